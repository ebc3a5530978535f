"""How long a text takes, and how it begins."""

import re

from corpusapp.text.folding import beyond_ascii

# Scripts written without spaces: a reader's unit is the character.
_HAN_LIKE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_UNIT = re.compile(rf"[{_HAN_LIKE}]|[^\W_{_HAN_LIKE}]+(?:['’-][^\W_{_HAN_LIKE}]+)*")
_UNITS = re.compile(
    rf"([{_HAN_LIKE}]+)|[^\W_{_HAN_LIKE}]+(?:['’-][^\W_{_HAN_LIKE}]+)*"
)  # by the run
_WORD = re.compile(r"\S+")
_LONG = 1_000_000
_WIDE = re.compile(rf"[{_HAN_LIKE}\u3000-\u303f\uff00-\uff60]")

# Units a minute in silent reading of prose: words (Brysbaert 2019), or characters.
_RATES = {"zh": 400, "ja": 500, "ko": 230}
_RATE = 238

# A sentence ends with its closing quotes and brackets. A full stop ends one only before a space.
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|[。！？…]+[”’」』）]*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|Jr|Sr|vs|etc|No|Nos|Vol|pp|cf|al"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|Corp|approx|ca|bzw|usw|Nr|Abs|Art|Hr|Fr|Mio|Mrd)"
    r"|\d)\.$"
)
_SHORTEST = 0.12  # of the limit: an excerpt of "Wait." is none


def words(text: str) -> int:
    """Reading units: words, and single characters of Chinese and Japanese."""
    is_wide = _WIDE.search(beyond_ascii(text)) is not None
    if len(text) > _LONG:  # a list of all its words would need ten times its memory
        return sum(1 for _ in (_UNIT if is_wide else _WORD).finditer(text))
    if not is_wide:  # five times as fast, and only a lone dash counts differently
        return len(text.split())
    runs = _UNITS.findall(text)  # of Han, "" for a word
    return sum(map(len, runs)) + runs.count("")


def minutes(units: int, language: str) -> int:
    """Minutes to read `units` (of `words`) in `language` (BCP 47), rounded, at least 1."""
    return max(1, round(units / _RATES.get(language.partition("-")[0], _RATE)))


def first_sentence(plain_text: str, limit: int = 220) -> str:
    """The beginning of `plain_text`: the whole sentences that fit into `limit`, else words and "…".

    A wide (Chinese, Japanese) character takes two places, so that excerpts look alike long.
    """
    paragraph = " ".join(plain_text[: 4 * limit + 400].partition("\n\n")[0].split())
    room = _room(paragraph, limit)
    if len(paragraph) <= room:
        return paragraph
    best = 0
    for end in _SENTENCE_END.finditer(paragraph, 0, room):
        if _ABBREVIATION.search(paragraph, max(0, end.start() - 12), end.start() + 1):
            continue
        best = end.end()
    if best >= _SHORTEST * room:
        return paragraph[:best].strip()
    return _whole_words(paragraph, room)


def _room(text: str, limit: int) -> int:
    """How many characters of `text` fit into `limit` places."""
    if len(text) * 2 <= limit:
        return len(text)
    if text[: limit + 1].isascii():  # nothing wide in what could fit
        return min(limit, len(text))
    places = 0
    for count, character in enumerate(text):
        places += 2 if _WIDE.match(character) else 1
        if places > limit:
            return count
    return len(text)


def _whole_words(text: str, room: int) -> str:
    head = text[: max(room - 1, 1)]
    if not _WIDE.match(head[-1]) and not text[len(head)].isspace():
        at_space = head.rfind(" ")
        wide = [match.end() for match in _WIDE.finditer(head)]
        cut = max(at_space, wide[-1] if wide else -1)
        if cut > 0:
            head = head[:cut]
    return head.rstrip(" ,;:，；：、—–-") + "…"
