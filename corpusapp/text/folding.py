"""One form for words that people take for the same, and text without what nobody can see."""

import hashlib
import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

# A word: letters and digits, with the vowel signs that Indic and south-east Asian scripts write
# beside their letters and that Python does not count as word characters.
_SIGNS = "\u0300-\u036f\u0900-\u0963\u0966-\u0e3e\u0e40-\u109f\u1780-\u17d3"
_WORD = re.compile(rf"[\w{_SIGNS}]+")  # and the underscore, which is taken out beforehand
_ASCII_FOLDED = bytes(
    ord(chr(code).lower()) if chr(code).isascii() and chr(code).isalnum() else ord(" ")
    for code in range(256)
)
_WIDE_MARKS = "，：；！？（）"
LONG = 1 << 18  # characters: of a longer text no copy is made whole
_ASCII = bytes(range(128))
_ASCII_LINES = bytes(
    code if code == ord("\n") or code >= len(_ASCII) else _ASCII_FOLDED[code] for code in range(256)
)
# Characters that no neighbour changes: most letters of the common scripts, punctuation and pictures;
# and of these, letters that folding leaves as they are.
_ALONE = re.compile(
    "[\xa0-\xa7\xa9\xab-\xae\xb0-\xb3\xb5-\xb7\xb9-\u012f\u0131-\u017f\u0391-\u03a9\u03b1-\u03c9\u0400-\u045f"
    "\u05d0-\u05ea\u0621-\u064a\u1ea0-\u1ef9\u2010-\u2016\u2018-\u2027\u2030-\u203d\u203f-\u205e\u20a0-\u20bf\u2100-\u29ff\u2b00-\u2bff"
    "\u3000-\u3029\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff\uac00-\ud7a3\ufe0e\ufe0f\uff01-\uff5e\ufffd\U0001f000-\U0001faff]"
)
_MAY_CHANGE = re.compile(
    "[^\xe0-\xf6\xf8-\xff\u0430-\u044f\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]"
)


def fold_words(text: str) -> list[str]:
    """The folded words of `text`; Chinese and Japanese runs count as one word."""
    if text.isascii():
        return ascii_words(text)
    # Chinese is full of these, and normalising a text that holds one takes ten times as long
    for wide in _WIDE_MARKS:
        text = text.replace(wide, " ")
    composed = unicodedata.normalize("NFKC", text).casefold()
    return word_runs(unicodedata.normalize("NFKC", composed))


def ascii_words(text: str) -> list[str]:
    """The folded words of a text in ASCII."""
    return text.encode().translate(_ASCII_FOLDED).decode().split()


def word_runs(text: str) -> list[str]:
    """The runs of letters, digits and vowel signs in `text`, as they are."""
    return _WORD.findall(text.replace("_", " "))


def beyond_ascii(text: str) -> str:
    """The characters of `text` that are not ASCII, as they follow; found in a tenth of a search's time."""
    raw = text.encode("utf-8", "surrogatepass")
    return raw.translate(None, _ASCII).decode("utf-8", "surrogatepass")


def lowered(text: str) -> str:
    """`text.lower()`, in a fraction of its time where what is not ASCII has no capitals."""
    if text.isascii():
        return text.lower()
    raw = text.encode("utf-8", "surrogatepass")
    beyond = raw.translate(None, _ASCII).decode("utf-8", "surrogatepass")
    if beyond.lower() != beyond:
        return text.lower()
    return raw.lower().decode("utf-8", "surrogatepass")


def fold(text: str) -> str:
    """Letters and digits of `text` (NFKC, casefolded), one space between words."""
    return " ".join(fold_words(text))


class Folded(NamedTuple):
    """A text whose lines are folded all at once, in a fraction of what one after the other takes."""

    words: str  # the folded words of each line in one line, white space for all else
    beyond: str = ""  # the characters of the text that are not ASCII, as they follow
    even: bool = True  # each character has become one

    @property
    def hash(self) -> str:
        """The `text_hash` of the text."""
        return hashlib.sha256(_without_spaces(self.words)).hexdigest()


def text_hash(text: str) -> str:
    """SHA-256 (hex) of the folded text without spaces: wrapping and punctuation do not matter."""
    digest = hashlib.sha256()
    for piece in _pieces(text):
        digest.update(_without_spaces(folded_text(piece).words))
    return digest.hexdigest()


def _without_spaces(words: str) -> bytes:
    return words.encode("utf-8", "surrogatepass").translate(None, b" \n")


def _pieces(text: str) -> Iterator[str]:
    """A long text in parts that end at white space, so that no part needs much memory."""
    start = 0
    while len(text) - start > LONG:
        end = max(text.rfind(space, start, start + LONG) for space in (" ", "\n")) + 1
        end = end if end > start else start + LONG
        yield text[start:end]
        start = end
    yield text[start:]


def folded_text(text: str) -> Folded:
    """All lines of `text` folded; of one longer than `LONG` that takes much memory."""
    raw = text.encode("utf-8", "surrogatepass")
    beyond = "" if text.isascii() else raw.translate(None, _ASCII).decode("utf-8", "surrogatepass")
    return _folded(text, raw, beyond)


def _folded(text: str, raw: bytes, beyond: str) -> Folded:
    """The same of a text, its bytes in UTF-8, and its characters that are not ASCII."""
    spaced = raw.translate(_ASCII_LINES).decode("utf-8", "surrogatepass")
    bound = []
    even = True
    for character in set(_MAY_CHANGE.findall(beyond)):
        folded = _folded_alone(character)
        if folded is None:
            bound.append(character)
        elif folded != character:
            spaced = spaced.replace(character, folded)
            even = even and len(folded) == 1
    if bound:
        return Folded(_folded_one_by_one(text, spaced, bound), beyond, even=False)
    return Folded(spaced, beyond, even)


@lru_cache(maxsize=1 << 14)
def _folded_alone(character: str) -> str | None:
    """What becomes of `character` among any others; None where that depends on them."""
    if not _ALONE.match(character):
        return None
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).casefold())
    return "".join(one if one != "_" and _WORD.match(one) else " " for one in folded)


def _folded_one_by_one(text: str, spaced: str, bound: Sequence[str]) -> str:
    """`spaced`, the lines that hold one of the characters `bound` folded each by itself."""
    holds = re.compile(f"[{re.escape(''.join(bound))}]").search
    lines = spaced.split("\n")
    for number, line in enumerate(text.split("\n")):
        if not line.isascii() and holds(line):
            lines[number] = fold(line)
    return "\n".join(lines)


_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,20});")


def unescaped(text: str) -> str:
    """`text` with the characters that HTML's names for them mean: "News &amp; Views"."""
    return html.unescape(text) if _ENTITY.search(text) else text


# Anything that `clean` may have to change; most texts hold none of it.
_SUSPECT = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u061c\u115f\u1160\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_ASCII_SEEN = bytes([ord("\n"), *range(ord(" "), ord("\x7f"))])
_LINE_ENDS = re.compile("[\r\x0b\x0c\x85\u2028\u2029]")
_NEVER = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u115f\u1160\u180e\u202a-\u202e\u2060-\u206f\u3164"
    "\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile("[\t\u2000-\u200a\u205f]")
_NO_BREAKS, _JOINERS, _MARKS, _ZERO_SPACE = "\xa0\u202f", "\u200c\u200d", "\u200e\u200f", "\u200b"
_TAGS = "\U000e0000-\U000e007f"
# French sets a no-break space inside its quotation marks and before its tall punctuation.
_BEFORE_NO_BREAK, _BEHIND_NO_BREAK = "«‹", "!?;:»›%"
_LOOSE_NO_BREAK = re.compile(f"[{_NO_BREAKS}](?<![{_BEFORE_NO_BREAK}].)(?![{_BEHIND_NO_BREAK}])")
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_JOINED = f"{_RIGHT_TO_LEFT}\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff\u1800-\u18af"
_EMOJI = "\u200d\u2190-\u2bff\ufe0e\ufe0f\U0001f000-\U0001faff\U000e0020-\U000e007f"
_LOOSE_JOINER = re.compile(
    f"(?<![{_JOINED}{_EMOJI}])[{_JOINERS}]+|[{_JOINERS}]+(?![{_JOINED}{_EMOJI}])"
)
_LOOSE_MARK = re.compile(f"(?<![{_RIGHT_TO_LEFT}])[{_MARKS}]+(?![{_RIGHT_TO_LEFT}])")
_LOOSE_ZERO_SPACE = re.compile(f"(?<![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]){_ZERO_SPACE}+")
_LOOSE_TAG = re.compile(f"(?<![\U0001f3f4\U000e0020-\U000e007f])[{_TAGS}][{_TAGS}]*")
# Each step of `clean`: the characters it is about, what it looks for, what it leaves of that.
# Most texts hold characters of none or one of them, and need not be read for the others.
_STEPS = (
    (_LINE_ENDS, _LINE_ENDS, "\n"),
    (_NEVER, _NEVER, ""),
    (_SPACES, _SPACES, " "),
    (re.compile(f"[{_NO_BREAKS}]"), _LOOSE_NO_BREAK, " "),
    (re.compile(f"[{_JOINERS}]"), _LOOSE_JOINER, ""),
    (re.compile(f"[{_MARKS}]"), _LOOSE_MARK, ""),
    (re.compile(_ZERO_SPACE), _LOOSE_ZERO_SPACE, ""),
    (re.compile(f"[{_TAGS}]"), _LOOSE_TAG, ""),
)


def clean(text: str) -> str:
    """`text` without what cannot be seen and could deceive; line ends become line feeds.

    Goes: controls, bidi embeddings and overrides, noncharacters, zero-width characters. Stays:
    joiners in Arabic, Indic and emoji sequences, direction marks beside right-to-left letters,
    break hints in Thai, Khmer and Burmese, emoji, rare ideographs. Tabs and no-break spaces
    become spaces, save where French typography needs the latter.
    """
    return _cleaned(text, _unusual(text.encode("utf-8", "surrogatepass")))


def clean_and_folded(text: str, raw: bytes | None) -> tuple[str, Folded | None]:
    """`clean(text)`, and that folded; None in place of the latter where it is longer than `LONG`.

    `raw` are the bytes of the text in UTF-8, if it came so.
    """
    if raw is None:
        raw = text.encode("utf-8", "surrogatepass")
    unusual = _unusual(raw)
    cleaned = _cleaned(text, unusual)
    if len(cleaned) > LONG:
        return cleaned, None
    # what holds nothing to clean needs not be taken apart again
    return cleaned, _folded(text, raw, unusual) if cleaned is text else folded_text(cleaned)


def _unusual(raw: bytes) -> str:
    """The characters of a text that are neither visible ASCII nor line feeds."""
    return raw.translate(None, _ASCII_SEEN).decode("utf-8", "surrogatepass")


def _cleaned(text: str, unusual: str) -> str:
    if len(unusual) > LONG:  # what is found is an object for each place
        unusual = "".join(set(unusual))
    suspects = "".join(set(_SUSPECT.findall(unusual)))
    for characters, loose, left in _STEPS if suspects else ():
        for character in characters.findall(suspects):
            if characters is loose:  # whatever stands beside them
                if character == "\r":
                    text = text.replace("\r\n", left)
                text = text.replace(character, left)
            elif loose is _LOOSE_NO_BREAK and not _is_french(parts := text.split(character)):
                text = left.join(parts)
            else:
                text = loose.sub(left, text)
                break
    return text


def _is_french(parts: Sequence[str]) -> bool:
    """Whether a no-break space that parts them may have its place in French."""
    behind = {part[:1] for part in parts[1:]}
    before = {part[-1:] for part in parts[:-1]}
    return not (behind.isdisjoint(_BEHIND_NO_BREAK) and before.isdisjoint(_BEFORE_NO_BREAK))
