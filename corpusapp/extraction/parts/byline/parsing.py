"""The names, and the post behind the last of them, at the beginning of a line.

"Ann Lee and Bo Karlsson", "Ann Lee, Professor of Y", "Ann Lee | Editor", "Ann Lee Senior Contributor",
"Ann LeeUpdated: May 5" (glued by the capture), "歐陽明（研究員）", "李明/某某日报".
"""

import re
from collections.abc import Container, Iterator

from corpusapp.extraction.parts.byline.names import (
    HAN,
    NO_NAMES,
    PARTICLES,
    POSTS,
    TOKEN,
    has_given_name,
    is_han_post,
    is_name,
    is_organisation,
    is_person,
    is_post,
    is_signature,
    undoubled,
)
from corpusapp.extraction.vocabulary import folded, months, phrases
from corpusapp.text.folding import fold

MOST_BYLINES = 30
WIDEST = 160
_LONGEST_ASIDE = 30
_FEWEST_NAME, _MOST_NAME = 2, 4  # words of a name before a post without a comma
_LONGEST_HAN_SIGNATURE = 14
_MOST_BEHIND = 4  # words
_LONGEST_HAN_LISTED = 6

_JOINS = "|".join(
    sorted((re.escape(word) for word in phrases("joins") if word.isascii()), key=len, reverse=True)
)
_SEPARATOR = re.compile(
    rf"\s{{0,3}}[;；、]\s{{0,3}}|,{{1,2}}\s{{1,3}}(?:(?:{_JOINS})\s)?|\s(?:{_JOINS})\s",
    re.IGNORECASE,
)
# What follows one of these is a post, a place or a paper, seldom another name.
_FIELD = re.compile(r"\s{0,3}[/／|｜•·]\s{0,3}|\s[-–—@]\s|\s{2,6}|\t")
_NOTE = re.compile(r"\s?\d{1,2}(?:,\d{1,2}){0,5}$")
_IN_BRACKETS = re.compile(r"(?P<names>[^()（）]{2,100})[(（](?P<post>[^()（）]{2,80})[)）]\s{0,3}")
_HANDLE = re.compile(r"(?:@|u/)?[^\W_][\w.-]{1,24}")
_HAN_SEPARATOR = re.compile(
    r"[\s、，,;；/／|｜&＆:：]+|(?<=[\u4e00-\u9fff]{2})[和与與](?=[\u4e00-\u9fff]{2})"
)
_TAIL = re.compile(
    r"\s{0,3}(?:[(（\[][^)）\]]{0,60}[)）\]]?|\(?@\w{2,30}\)?|\d{1,3}\smin.{0,10})\s?$"
)
_TAIL_HINT = re.compile(r"[(（\[@]|\d\smin")
_HONOUR = re.compile(
    r"^(?:Dr|Prof|Professor|Mr|Mrs|Ms|Sir|Dame|Dipl)\b\.?-?(?:Ing\.)?\s+(?:(?:Dr|h\.\s?c|med)\.\s+)*",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r",?\s+(?:Ph\.?\s?D\.?|M\.?D\.?|MBA|M\.?A\.?|MSc|M\.?S\.?|MS|RD|RDN|RN|BSN|MPH|J\.?D\.?|LL\.?M\.?|CFA|CPA|Esq\.?|FRCP|FACC|DO|DDS|LCSW|CFP®?|EdD|PharmD|DVM|PT|DPT|NP)(?=$|[\s,])"
)
_DEGREE_HINT = re.compile("[A-Z][.A-Z]|[a-z]D|Esq|Sc")
_REPORTER = frozenset(
    str.split(
        "기자 记者 記者 特派员 인턴기자 선임기자 报道 報導 特派員 さん 氏 作者 文 撰文 发布 编辑 原创"
    )
)
_SPACED = re.compile("(?<![\u4e00-\u9fff])([\u4e00-\u9fff])\\s([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
_HAN_TAIL = re.compile("(?:记者|記者|报道|報導|报|電|电|编辑|文|摄影|기자|特派员|本报|著|さん)$")
# Han without a mark that parts names, and longer than any name with a word behind it.
_LONG_HAN = re.compile("(?:(?![和与與・])[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]){8}")
_TAILS = folded("name_tails")
_STOPPERS = NO_NAMES - frozenset(("min", "west", "best"))
_MONTHS = frozenset(months())


def _glued() -> re.Pattern[str]:
    """Where the capture sets two pieces of a page without a space between: "Ann LeeUpdated: Dec 19"."""
    words = {
        word.strip()
        for field in ("published", "updated", "by", "posts", "name_tails", "months")
        for phrase in phrases(field)
        for word in phrase.split("/")
    }
    capitals = {
        word[0].upper() + word[1:] for word in words if word[:1].isalpha() and word[0] < "\u0500"
    }
    glued = sorted((re.escape(word) for word in capitals if len(word) > 1), key=len, reverse=True)
    # The first letters stand in front: at most places no word need be tried.
    first = "".join({word[0] for word in glued})
    return re.compile(rf"(?<=[^\W\d_A-Z])(?=[{first}])(?=(?:{'|'.join(glued)})(?![^\W\d_]|[-’']))")


_GLUED = _glued()

# Two to four capitalised words and nothing else: most names, and told quickly.
_PLAIN = re.compile(r"[A-ZÀ-Þ][\w’'-]{1,20}(?: [A-ZÀ-Þ][\w’'-]{0,20}\.?){1,3}")
_NOT_PLAIN = NO_NAMES | POSTS | _TAILS | _MONTHS | folded("organisations", "by", "by_colon")
_INNER_CAPITAL = re.compile("[a-zß-ÿ][A-ZÄÖÜ]")

Names = tuple[tuple[str, str], ...]


def names_in(text: str, *, led: bool = False, known: Container[str] = ()) -> Names:
    """The (name, post) pairs at the beginning of `text`; empty unless it begins with a name.

    After a lead word, organisations, single names and handles count, too. `known` holds the folded
    short lines of the page: where one of them is a name, it tells where the name ends here.
    """
    if _is_plain(text):
        return ((undoubled(text), ""),)
    text = text[:WIDEST]
    if text[-1:] in ")）" and (match := _IN_BRACKETS.fullmatch(text)) and is_post(match["post"]):
        *names, last = names_in(match["names"], led=led, known=known) or (("", ""),)
        return (*names, (last[0], last[1] or match["post"].strip())) if last[0] else ()
    text = _tidy(text)
    if not text or HAN.match(text):
        return han_names(text, led=led) if text else ()
    text = _parted(text)
    if led and _HANDLE.fullmatch(text) and fold(text) not in NO_NAMES:
        return ((text, ""),)
    head, *tail = _FIELD.split(text)
    found, post = _names_and_post(head, led=led, known=known)
    for field in map(str.strip, tail) if found else ():
        if led and is_person(field) and not is_post(field):
            found.append((field, ""))
        elif is_post(field) and not any(map(str.isdigit, field)):
            post.append(field)
    return _with_post(found, ", ".join(post), led=led)


def _parted(text: str) -> str:
    """`text` with what a capture has glued set apart again, without academic degrees."""
    if _INNER_CAPITAL.search(text):
        text = _GLUED.sub(" | ", text)
    if " BY " in text and text.isupper():
        text = text.replace(" BY ", " | ")
    return _DEGREE.sub("", text) if _DEGREE_HINT.search(text) else text


def _is_plain(text: str) -> bool:
    return (
        bool(_PLAIN.fullmatch(text))
        and not _INNER_CAPITAL.search(text)
        and "’s" not in text
        and "'s" not in text
        and _NOT_PLAIN.isdisjoint(text.casefold().split(" "))
    )


def _with_post(found: list[tuple[str, str]], words: str, *, led: bool) -> Names:
    if found and is_post(words):
        if not found[-1][1]:
            found[-1] = (found[-1][0], words)
    elif not led and len(words) > _LONGEST_ASIDE:  # a sentence about a person
        return ()
    return tuple(found[:MOST_BYLINES])


def _names_and_post(
    head: str, *, led: bool, known: Container[str]
) -> tuple[list[tuple[str, str]], list[str]]:
    """The names of a list, and what follows the last of them there."""
    found: list[tuple[str, str]] = []
    post = ""
    first = 0  # where the post begins
    pieces = list(_pieces(head))
    for start, end in pieces:
        candidate = bare(head[start:end])
        if not candidate:
            continue
        name, own = _name_and_rest(candidate, led=led, known=known)
        named = bool(name) and (not post or (led and not is_post(candidate)))
        if named or (led and not found and _signs(candidate, listed=len(pieces) > 1)):
            if post:
                found[-1], post = (found[-1][0], found[-1][1] or post), ""
            found.append((name or candidate, own))
        elif not found and led and _handle_before_words(candidate):
            return [(candidate.split()[0], "")], []
        elif not found:
            if led or not is_organisation(candidate) or len(pieces) == 1 or start:
                return [], []
        else:
            first = start if not post else first
            post = head[first:end].strip()
    return found, [post] if post else []


def _handle_before_words(candidate: str) -> bool:
    """A single name, then a small word: "BeauHD from the office"."""
    first, _, rest = candidate.partition(" ")
    if not rest.strip() or not is_signature(first):
        return False
    return rest.split()[0] in _TAILS or bool(HAN.match(rest.lstrip()))


def _pieces(head: str) -> Iterator[tuple[int, int]]:
    """Where the names of a list begin and end in it."""
    start = 0
    for match in _SEPARATOR.finditer(head):
        yield start, match.start()
        start = match.end()
    yield start, len(head)


def _signs(candidate: str, *, listed: bool) -> bool:
    """A signature after a lead word; a small word only if it is all: "by jancak", not "by land and sea"."""
    return is_signature(candidate) and not (listed and candidate[0].islower())


def _name_and_rest(text: str, *, led: bool, known: Container[str]) -> tuple[str, str]:
    """A name and the post right behind it; ("", "") where none is, or other words follow it."""
    tokens = text.split()
    taken = _words_taken(tokens)
    for end in range(min(taken, _MOST_NAME, len(tokens) - 1), 1, -1):
        name = " ".join(tokens[:end])
        if fold(name) in known and is_name(name):
            return name, _as_post(" ".join(tokens[end:]))
    name, rest = " ".join(tokens[:taken]), tokens[taken:]
    if taken < _FEWEST_NAME or not is_name(name):
        return "", ""
    if rest and not led and is_organisation(rest[0]) and not has_given_name(name):
        return "", ""
    if _ends_there(name, rest, led=led):
        return name.rstrip("."), ""
    words = " ".join(rest)
    if is_post(words):
        long = taken > _FEWEST_NAME + 1 or (taken > _FEWEST_NAME and not _initial(tokens[1]))
        return _shorter_name(tokens, taken) if long else (name, _as_post(words))
    return (name, "") if led and len(rest) <= _MOST_BEHIND else ("", "")


def _words_taken(tokens: list[str]) -> int:
    """How many words at the beginning could be those of one name."""
    taken = 0
    for token in tokens[:6]:
        if not _goes_on(token) or (taken >= _FEWEST_NAME and _is_other(token, tokens[0])):
            break
        taken += 1
    while taken and tokens[taken - 1].lower() in PARTICLES:
        taken -= 1
    return taken


def _shorter_name(tokens: list[str], taken: int) -> tuple[str, str]:
    """Of three words before a post the third may be the post's: "Ann Lee Landespolitische Korrespondentin"."""
    end = taken if fold(tokens[taken]) in POSTS and taken == _FEWEST_NAME + 1 else _FEWEST_NAME
    return " ".join(tokens[:end]), _as_post(" ".join(tokens[end:]))


def _goes_on(token: str) -> bool:
    folded_token = token.casefold().strip(",.")
    if folded_token in PARTICLES:
        return True
    return (
        token[0].isupper()
        and bool(TOKEN.fullmatch(token))
        and (len(folded_token) == 1 or folded_token not in POSTS)
        and folded_token not in _TAILS
        and folded_token not in _MONTHS
        and not (len(folded_token) > 1 and folded_token in _STOPPERS)
        and not folded_token.endswith(("'s", "’s"))
    )


def _is_other(token: str, first: str) -> bool:
    """Whether a word behind two of a name is a paper's or a short form: "Ann Lee Reuters", "Ann Lee SEO Lead"."""
    short_form = token.isupper() and len(token) > 1 and "." not in token and not first.isupper()
    return short_form or (is_organisation(token) and token.lower() not in PARTICLES)


def _loose(token: str) -> bool:
    return (
        token[0].islower()
        or token[0].isdigit()
        or token.lower() in ("the", "|")
        or not token[0].isalnum()
    )


def _ends_there(name: str, rest: list[str], *, led: bool) -> bool:
    """Whether what stands behind a name is no part of a sentence: nothing, a button, a time, a paper."""
    if not rest or fold(rest[0]) in _TAILS or (led and _loose(rest[0])):
        return True
    if rest[0][0].isdigit() and len(rest) <= _MOST_BEHIND:
        return True
    if led and name.endswith(".") and len(name.rpartition(" ")[2]) > 2:  # noqa: PLR2004 - "By Ann Lee. This …"
        return True
    return len(rest) <= _MOST_BEHIND and is_organisation(rest[0])


def _initial(token: str) -> bool:
    return len(token.strip(".")) == 1


def _as_post(words: str) -> str:
    return words.strip(" ,-–—|") if is_post(words) else ""


def bare(piece: str) -> str:
    """A name without honours, marks of a note, and a doubled print: "Ann Lee Ann Lee"."""
    name = undoubled(piece.strip(" ,;:()*†"))
    if honour := _HONOUR.match(name):
        name = name[honour.end() :]
    if name[-1:].isdigit():
        name = _NOTE.sub("", name)
    return undoubled(name.strip(" .,;:()*†"))


def _tidy(text: str) -> str:
    text = text[:WIDEST].strip(" -–—|•·:：~&")
    if text[0:1] in "(（[【" and text[-1:] in ")）]】":
        text = text[1:-1]
    shorter = _TAIL.sub("", text) if _TAIL_HINT.search(text) else text
    return (shorter if len(shorter) > 1 else text).strip(" -–—|,，")


def han_names(text: str, *, led: bool) -> Names:
    """The names of a line in Chinese, Japanese or Korean, and the post behind the last."""
    if not led and _LONG_HAN.match(text):
        return ()
    text = text if text.isalnum() else _SPACED.sub(r"\1\2", text)
    if is_name(text):
        return ((text, ""),)
    found: list[tuple[str, str]] = []
    rest: list[str] = []
    listed = led and any(mark in text for mark in "、&＆")
    for piece in _HAN_SEPARATOR.split(text):
        word = piece.strip("()（）[]【】:：。")
        word = word if is_name(word) else _HAN_TAIL.sub("", word)
        if not word or piece in _REPORTER:
            continue
        if (is_name(word) or (listed and found and _is_listed(word))) and not rest:
            found.append((word, ""))
        elif found:
            rest.append(piece)
        elif led and _is_han_signature(word):
            found.append((word, ""))
        else:
            return ()
    if rest and found and any(is_han_post(word) for word in rest):
        found[-1] = (found[-1][0], " ".join(rest))
    elif rest and not led and not is_organisation(rest[0]):
        return ()
    return tuple(found[:MOST_BYLINES])


def _is_listed(word: str) -> bool:
    return 1 < len(word) <= _LONGEST_HAN_LISTED and not is_post(word)


def _is_han_signature(word: str) -> bool:
    return (
        1 < len(word) <= _LONGEST_HAN_SIGNATURE and word not in NO_NAMES and not is_han_post(word)
    )


def without_tails(text: str) -> str:
    """`text` without the buttons and labels printed behind it: "jancak Follow"."""
    words = text.split(" ")
    while len(words) > 1 and fold(words[-1]) in _TAILS:
        words.pop()
    return " ".join(words)


def strange_to_text(name: str, text: str) -> bool:
    """Whether no word of it stands in small letters in `text`: "Content Map" is no name where "content" is."""
    if HAN.search(name) or has_given_name(name):
        return True
    return not any(
        f" {word.lower()} " in text for word in name.split() if word.lower() not in PARTICLES
    )
