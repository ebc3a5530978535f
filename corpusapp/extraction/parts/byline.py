"""Who signed: names led by "By" and its kin, and names alone on a line beside title or date.

Seen in seeds/002_b626b8f401cf094e.txt: "  • Du Qiwen" as a bullet right under the date, and four
spaces in on the next line the post, "Member, Foreign Policy Advisory Committee". Elsewhere: "By X
and Y", "Von X", "文/张三", "X, Professor of Y", "May 5, 2020 by X", a lone name under the title.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpusapp.extraction.article import ExtractedByline, Part, Role
from corpusapp.extraction.lines import Line
from corpusapp.extraction.parts.scene import Scene
from corpusapp.extraction.vocabulary import folded, phrases, roles
from corpusapp.text.folding import fold, fold_words
from corpusapp.text.given_names import GIVEN_NAMES
from corpusapp.text.names import split_name

MOST_BYLINES = 30
_WIDEST = 160
_LED, _BULLET, _BESIDE_DATE, _REPEATED, _UNDER_TITLE = 0.93, 0.95, 0.84, 0.86, 0.66
_INSIDE, _ABOVE_TITLE = 0.82, 0.56
_IN_TEXT = 0.56  # half of those led in the text are of a quoted or another piece
_LED_OTHER, _PORTRAIT, _IN_DATE_LINE = 0.9, 0.7, 0.8
THRESHOLD = 0.65
LED, PORTRAIT = "led by a word for authorship", "portrait beside the title"
BIOGRAPHY = "name over a biography"
_UNDER_BULLET = 4  # spaces that put a line under a bullet
_WIDEST_POST, _WIDEST_TOLD_POST, _WIDEST_BELOW = 140, 90, 60
_MOST_BULLETS = 6  # names under a date; a longer list is a menu
_MOST_REPEATED_POST = 3  # "Staff writer" under a name is a post, on ten lines it is a menu's word
_LONGEST_HEADER = 300  # lines
_LAST_LINES = 4
_HEADER_REACH = 5  # lines
_FEWEST_BEFORE = 1  # lines of text before a biography
_ALIKE = 0.05  # of confidence
_NEIGHBOURS = 4  # lines between names that sign together


@dataclass(frozen=True, slots=True)
class Reason:
    """How sure it is that a line signs, and why."""

    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Names that one line gives, and how sure that is."""

    index: int
    bylines: tuple[ExtractedByline, ...]
    confidence: float
    rule: str
    post_index: int | None = None  # of the line with the post, where it is another one


def _alternatives(*fields: str) -> str:
    words = {phrase for field in fields for phrase in phrases(field)}
    return "|".join(
        sorted((re.escape(word).replace(r"\ ", r"\s") for word in words), key=len, reverse=True)
    )


_ROLES = roles()
_COLON_BY = _alternatives("by_colon")
_LATIN_BY = "|".join(
    sorted(
        (re.escape(p).replace(r"\ ", r"\s") for p in phrases("by") if p[0] < "\u2e80"),
        key=len,
        reverse=True,
    )
)
_HAN_BY = "|".join(
    sorted(
        (re.escape(p).replace(r"\ ", r"\s?") for p in phrases("by") if p[0] >= "\u2e80"),
        key=len,
        reverse=True,
    )
)
_LED_BY = re.compile(
    rf"[-–—|•·(\[（【]?\s?(?:(?P<lead>{_LATIN_BY})(?:\s{{0,2}}[:：|/]\s{{0,3}}|\s{{1,4}})"
    rf"|(?P<colon>{_COLON_BY})\s?[:：]\s{{0,3}}"
    rf"|(?P<han>{_HAN_BY})(?:\s{{0,2}}[:：/／|｜丨]\s{{0,3}}|\s{{1,4}}))(?=\S)",
    re.IGNORECASE,
)
_LEAD_ALONE = folded("by", "by_colon")
_OTHER_ROLE = re.compile(
    r"[(\[（【]?\s?(?P<lead>"
    + "|".join(
        sorted((re.escape(lead).replace(r"\ ", r"[\s-]") for lead in _ROLES), key=len, reverse=True)
    )
    + r")\s{0,2}(?P<colon>[:：/|｜丨]|(?<=by)\s|(?<=von)\s|(?<=por)\s|(?<=par)\s)\s{0,3}(?=\S)",
    re.IGNORECASE,
)
_JOINS = "|".join(
    sorted((re.escape(word) for word in phrases("joins") if word.isascii()), key=len, reverse=True)
)
_SEPARATOR = re.compile(
    rf"\s{{0,3}}[;；、]\s{{0,3}}|,{{1,2}}\s{{1,3}}(?:(?:{_JOINS})\s)?|\s(?:{_JOINS})\s",
    re.IGNORECASE,
)
# What follows one of these is a post, a place or a paper, seldom another name.
_FIELD = re.compile(r"\s{0,3}[/／|｜•·]\s{0,3}|\s[-–—]\s|\s{2,6}|\t")
_NOTE = re.compile(r"\s?\d{1,2}(?:,\d{1,2}){0,5}$")
_LONGEST_ASIDE = 30
_POST_IN_BRACKETS = re.compile(
    r"(?P<names>[^()（）]{2,100})[(（](?P<post>[^()（）]{2,80})[)）]\s{0,3}"
)
_HANDLE = re.compile(r"@?[^\W\d_][\w.-]{1,24}")
_HAN_SEPARATOR = re.compile(r"[\s、，,;；/／|｜和与與&]+")
_NO_NAMES = folded("no_names")
_SECTIONS = folded("sections")
_POSTS = folded("posts")
_HAN_POSTS = tuple(post for post in _POSTS if not post.isascii() and post[0] > "\u2e80")
_ORGANISATIONS = folded("organisations")
_HAN_ORGANISATIONS = tuple(word for word in _ORGANISATIONS if word[0] > "\u2e80")
_TOKEN = re.compile(r"(?:[^\W\d_]\.|[^\W\d_][\w’'.‘-]{0,24}|[^\W\d_][’'][\w-]{1,20}|St\.)")
_PARTICLES = frozenset(
    [
        "van",
        "von",
        "der",
        "den",
        "de",
        "di",
        "da",
        "del",
        "della",
        "dos",
        "das",
        "du",
        "la",
        "le",
        "al",
        "el",
        "bin",
        "ibn",
        "ter",
        "ten",
        "zu",
        "af",
        "av",
        "y",
        "e",
        "und",
    ]
)
_HAN_NAME = re.compile("[\u4e00-\u9fff\u3400-\u4dbf]{2,4}")
_DOTTED_NAME = re.compile("[\u4e00-\u9fff]{1,8}(?:[·•・][\u4e00-\u9fff]{1,8}){1,3}")
_JAPANESE_NAME = re.compile("[\u4e00-\u9fff々ヶ]{1,3}\\s[\u4e00-\u9fff々\u3040-\u30ff]{1,4}")
_HANGUL_NAME = re.compile("[\uac00-\ud7a3]{2,4}")
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PICTURE_OF = re.compile(
    r"(?:Picture|Photo|Avatar|Headshot|Portrait|Image|Foto|Bild)\s(?:of|for|von|de)\s(?P<name>\S.{1,120})|(?P<after>\S.{1,30})(?:の写真|'s (?:avatar|picture|photo))",
    re.IGNORECASE,
)
_DATE_LINE_PIECE = re.compile(r"\s?[|•·/]\s|\s[-–—]\s|\t|\s{3,10}")
_TAIL = re.compile(
    r"\s{0,3}(?:[(（\[][^)）\]]{0,60}[)）\]]?|\(?@\w{2,30}\)?|\d{1,3}\smin.{0,10}|[|•·].{0,40})\s?$"
)
_HONOUR = re.compile(
    r"^(?:Dr|Prof|Mr|Mrs|Ms|Sir|Dame)\b\.?\s+(?:(?:Dr|h\.\s?c)\.\s+)*", re.IGNORECASE
)
_DEGREE = re.compile(
    r",?\s+(?:Ph\.?\s?D\.?|M\.?D\.?|MBA|M\.?A\.?|MSc|RD|RN|MPH|J\.?D\.?|LL\.?M\.?|CFA|CPA|Esq\.?|FRCP)(?=$|[\s,])"
)
_TRAILING_POST = re.compile(r"\s(?:in|from|reporting from|aus|à|en|em|a)\s\S.{1,40}$")
# A Chinese byline inside a line of sources and dates, or in brackets at either end of the text.
_HAN_INSIDE = re.compile(
    r"(?:作者|撰文|记者|記者|撰稿)\s?[:：]?\s{0,2}(?P<names>[\u4e00-\u9fff]{2,4}(?:[、 ][\u4e00-\u9fff]{2,4}){0,4}?)(?=[\s)）|｜/／，,]|$|来源|來源|编辑|發自|发自|报道|報導)"
)
_IN_BRACKETS = re.compile(
    r"[（(][^（()）]{0,12}?(?:记者|記者|作者|通讯员)[:：\s]{0,2}(?P<names>[\u4e00-\u9fff]{2,4}(?:[、 ][\u4e00-\u9fff]{2,4}){0,4}?)(?:\s?(?:报道|整合|摄|[/／].{1,8}))?[)）]"
)
_BRACKETS_READ = 80  # characters of the first paragraphs
_REPORTER = frozenset(
    (
        "기자",
        "记者",
        "記者",
        "特派员",
        "인턴기자",
        "선임기자",
        "报道",
        "報導",
        "特派員",
        "さん",
        "氏",
    )
)
_HAN_TAIL = re.compile("(?:记者|記者|报道|報導|报|電|电|编辑|文|摄影|기자|特派员|本报)$")


def is_name(text: str) -> bool:
    """Whether `text` looks like the name of one person, by its letters alone."""
    if not 2 <= len(text) <= 45:  # noqa: PLR2004
        return False
    if _HAN.search(text):
        return _is_han_name(text)
    tokens = text.split()
    if not 2 <= len(tokens) <= 5:  # noqa: PLR2004
        return False
    strong = 0
    for token in tokens:
        bare = token.strip(",.")
        if bare.lower() in _PARTICLES:
            continue
        if not _TOKEN.fullmatch(token.rstrip(",")) or not token[0].isupper():
            return False
        if len(bare) > 1 and bare.casefold() in _NO_NAMES:
            return False
        strong += len(bare) > 1
    return (
        strong >= 1
        and (tokens[0][0].isupper() or tokens[0].lower() in _PARTICLES)
        and tokens[-1][0].isupper()
    )


def _is_han_name(text: str) -> bool:
    if _DOTTED_NAME.fullmatch(text):
        return True
    if _JAPANESE_NAME.fullmatch(text):
        return not all(len(part) > 1 and split_name(part).family for part in text.split())
    plain = _HAN_NAME.fullmatch(text) or _HANGUL_NAME.fullmatch(text)
    return bool(plain and split_name(text).family) and text not in _SECTIONS | _NO_NAMES


def led_names(text: str) -> tuple[tuple[tuple[str, str], ...], Role | None] | None:
    """((name, post), …) and role of a line that a lead word opens; None where none does.

    The role is None for people who are neither author nor of a kept role (photographers).
    """
    if (match := _OTHER_ROLE.match(text)) and not _is_author_lead(match["lead"], text):
        role = _ROLES.get(fold(match["lead"]), "")
        return names_in(text[match.end() :], led=True), Role(role) if role else None
    match = _LED_BY.match(text)
    if match is None:
        return None
    rest = text[match.end() :]
    if (match["lead"] or "X")[0].islower() and rest[0].islower() and " " in rest.strip():
        return None
    names = names_in(rest, led=True)
    return (names, Role.AUTHOR) if names else None


def names_in(text: str, *, led: bool = False) -> tuple[tuple[str, str], ...]:
    """The (name, post) pairs at the beginning of `text`; empty unless it begins with a name.

    After a lead word, organisations, single names and handles count, too. A post may follow in
    brackets: "歐陽明（研究員）".
    """
    text = text[:_WIDEST]
    if (match := _POST_IN_BRACKETS.fullmatch(text)) and _is_post(match["post"]):
        *names, last = names_in(match["names"], led=led) or (("", ""),)
        return (*names, (last[0], last[1] or match["post"].strip())) if last[0] else ()
    text = _tidy(text)
    if not text:
        return ()
    if _HAN.match(text):
        return _han_names(text, led=led)
    if led and _HANDLE.fullmatch(text) and text.casefold() not in _NO_NAMES:
        return ((text, ""),)
    head, *tail = _FIELD.split(_DEGREE.sub("", text))
    found, post = _names_and_post(head, led=led)
    for field in map(str.strip, tail) if found else ():
        if led and is_person(field):
            found.append((field, ""))
        elif _is_post(field):
            post.append(field)
    words = ", ".join(post)
    if found and _is_post(words):
        found[-1] = (found[-1][0], words)
    elif not led and len(words) > _LONGEST_ASIDE:  # a sentence about a person
        return ()
    return tuple(found[:MOST_BYLINES])


def _names_and_post(head: str, *, led: bool) -> tuple[list[tuple[str, str]], list[str]]:
    """The names of a list, and what follows the last of them there."""
    found: list[tuple[str, str]] = []
    post: list[str] = []
    for piece in _SEPARATOR.split(head):
        candidate = _bare(piece)
        if not candidate:
            continue
        named = is_name(candidate) and (not post or (led and not _is_post(candidate)))
        if named or (led and not found and _is_signature(candidate)):
            if post:
                found[-1], post = (found[-1][0], ", ".join(post)), []
            found.append((candidate, ""))
        elif not found:
            return [], []
        else:
            post.append(piece.strip())
    return found, post


def _bare(piece: str) -> str:
    """A name without honours, marks of a note, and a doubled print: "Ann Lee Ann Lee"."""
    name = _NOTE.sub("", _HONOUR.sub("", piece.strip(" .,;:()*†")))
    name = _TRAILING_POST.sub("", name).strip(" .,*†")
    half = len(name) // 2
    return name[:half] if name[:half] == name[half + 1 :] and " " in name[:half] else name


def is_person(text: str) -> bool:
    """A name that begins with a known given name, or a Chinese, Japanese or Korean one."""
    return is_name(text) and (bool(_HAN.search(text)) or fold(text).split(" ")[0] in GIVEN_NAMES)


def _tidy(text: str) -> str:
    text = text[:_WIDEST].strip(" -–—|•·:：")
    shorter = _TAIL.sub("", text)
    return (shorter if len(shorter) > 1 else text).strip(" -–—|,，")


def _han_names(text: str, *, led: bool) -> tuple[tuple[str, str], ...]:
    if is_name(text):
        return ((text, ""),)
    found: list[tuple[str, str]] = []
    rest: list[str] = []
    for piece in _HAN_SEPARATOR.split(text):
        word = piece.strip("()（）[]【】:：。")
        word = word if is_name(word) else _HAN_TAIL.sub("", word)
        if is_name(word) and not rest:
            found.append((word, ""))
        elif piece in _REPORTER:
            continue
        elif found:
            rest.append(piece)
        elif led and word and not _is_han_post(word) and 1 < len(word) <= 14:  # noqa: PLR2004
            found.append((word, ""))
        elif word and not led:
            return ()
    if rest and found and any(_is_han_post(word) for word in rest):
        found[-1] = (found[-1][0], " ".join(rest))
    elif rest and not led and not rest[0].endswith(_HAN_ORGANISATIONS):
        return ()
    return tuple(found[:MOST_BYLINES])


def _is_han_post(word: str) -> bool:
    return word.endswith(_HAN_POSTS)


def _is_signature(text: str) -> bool:
    """A name after a lead word: capitalised, a few words; a person, an organisation, a handle."""
    tokens = text.split()
    if not 1 <= len(tokens) <= 6 or len(text) > 60:  # noqa: PLR2004
        return False
    if len(tokens) == 1:
        upright = text[0].isupper() or text.startswith("@")
        return upright and text.casefold() not in _NO_NAMES and bool(_HANDLE.fullmatch(text))
    capitals = sum(
        token[0].isupper() or token.lower() in _PARTICLES or token in {"&", "of", "the"}
        for token in tokens
    )
    unlikely = sum(token.casefold().strip(",.") in _NO_NAMES for token in tokens)
    organisation = any(token.casefold() in _ORGANISATIONS for token in tokens)
    return capitals == len(tokens) and tokens[0][0].isupper() and (organisation or unlikely == 0)


def _is_post(text: str) -> bool:
    return any(word in _POSTS for word in fold_words(text)) or _is_han_post(text)


def _is_author_lead(lead: str, text: str) -> bool:
    """Tell that "Text: X" is an author's line though "text" also leads others; "Photo by X" is not."""
    match = _LED_BY.match(text)
    return match is not None and len(match["lead"] or match["colon"] or match["han"] or "") > len(
        lead
    )


def signatures(scene: Scene) -> list[Signature]:
    """All lines that may sign the article, in their order."""
    found: list[Signature] = []
    last = min(
        len(scene.page.lines), max(scene.body + 5, scene.top + 12), scene.top + _LONGEST_HEADER
    )
    for index in range(scene.top, last):
        if index != scene.title:
            found.extend(_sign(scene, index))
    if not any(signature.confidence >= THRESHOLD for signature in found):
        found.extend(_signed_inside(scene))
    if not any(signature.confidence >= THRESHOLD for signature in found):
        found.extend(_signed_below(scene))
    return found


def _signed_inside(scene: Scene) -> Iterator[Signature]:
    """Chinese names in a line of sources and dates near the title, or in brackets in the text."""
    last = min(len(scene.page.lines), scene.body + 2)
    for index in range(scene.top, last):
        line = scene.page.lines[index]
        if index == scene.title or line.text.isascii():
            continue
        if not line.prose and line.width <= _WIDEST:
            match = _HAN_INSIDE.search(line.text)
        else:
            match = _IN_BRACKETS.search(line.text, 0, _BRACKETS_READ)
        names = _han_names(match["names"], led=False) if match else ()
        if names and all(is_name(name) for name, _ in names):
            reason = Reason(_INSIDE, "led by a word for authorship inside a line")
            yield _signature(scene, line, names, Role.AUTHOR, reason)


def _sign(scene: Scene, index: int) -> Iterator[Signature]:
    line = scene.page.lines[index]
    mark = scene.marks[index]
    if line.width > _WIDEST or (line.prose and not _LED_BY.match(line.text)):
        return
    if _leads_alone(scene, index):
        yield from _after_lead(scene, index + 1)
    elif index in scene.dated:
        yield from _beside_date_in_line(scene, line, scene.dated[index].rest)
    elif led := led_names(line.text):
        names, role = led
        if role is not None and names and (mark is None or mark.part is not Part.TAGS):
            confidence = _LED if role is Role.AUTHOR else _LED_OTHER
            yield _signature(scene, line, names, role, Reason(confidence, LED))
    elif picture := _PICTURE_OF.fullmatch(line.text):
        name = _bare((picture["name"] or picture["after"]).split(",")[0])
        if is_person(name) and scene.below_title(index):
            yield _signature(scene, line, ((name, ""),), Role.AUTHOR, Reason(_PORTRAIT, PORTRAIT))
    elif mark is None and not line.ends and not line.numbered and _is_header(scene, index):
        yield from _alone(scene, line)


def _leads_alone(scene: Scene, index: int) -> bool:
    """A lead word on a line of its own: the name stands on the next."""
    key = scene.page.lines[index].key
    return index + 1 < len(scene.page.lines) and key in _LEAD_ALONE


def _after_lead(scene: Scene, index: int) -> Iterator[Signature]:
    line = scene.page.lines[index]
    if line.width > _WIDEST or index in scene.dated:
        return
    names = names_in(line.text, led=True)
    if names and (all(is_name(name) for name, _ in names) or scene.below_title(index)):
        yield _signature(scene, line, names, Role.AUTHOR, Reason(_LED, LED))


def _is_header(scene: Scene, index: int) -> bool:
    """Above the text, or under its first paragraph when that is a standfirst."""
    if index < scene.body:
        return True
    paragraphs = sum(scene.page.lines[place].prose for place in range(scene.body, index))
    return paragraphs <= 1 and index - scene.body <= _HEADER_REACH


def _alone(scene: Scene, line: Line) -> Iterator[Signature]:
    names = names_in(line.text)
    if not names or line.key in _SECTIONS or _is_post(names[0][0]):
        return
    if _written_small(scene, names[0][0]):
        return
    if reason := _reason(scene, line, known=is_person(names[0][0])):
        yield _signature(scene, line, names, Role.AUTHOR, reason)


def _written_small(scene: Scene, name: str) -> bool:
    """A word of it stands in the text in small letters: "Content Map" is no name where "content" is."""
    if _HAN.search(name) or is_person(name):
        return False
    text = scene.opening
    return any(
        f" {word.lower()} " in text for word in name.split() if word.lower() not in _PARTICLES
    )


def _reason(scene: Scene, line: Line, *, known: bool) -> Reason | None:
    """Why a name alone on its line signs, if it does; `known` given names make it surer."""
    index = line.index
    if line.bullet:
        header = scene.below_title(index) and index < scene.body
        signs = header and _under_date(scene, index)
        return Reason(_BULLET, "bullet under the date") if signs else None
    beside = any(place in scene.dated for place in (index - 2, index - 1, index + 1, index + 2))
    repeated = scene.page.repeats(line) > 1
    if scene.title is None or index < scene.title:
        above = Reason(_ABOVE_TITLE + 0.1 * known, "name beside the date, above the title")
        return above if beside else None
    if beside:
        return Reason(_BESIDE_DATE + 0.08 * repeated - 0.06 * (not known), "name beside the date")
    if repeated:
        return Reason(_REPEATED - 0.1 * (not known), "name under the title, repeated")
    doubt = 0.03 * (index - scene.title - 1) + 0.05 * (not known) - 0.1 * known
    return Reason(_UNDER_TITLE - doubt, "name under the title")


def _under_date(scene: Scene, index: int) -> bool:
    """Only bullets and what is indented under them stand between the line and a date above."""
    for above in range(index - 1, max(-1, index - 1 - 2 * _MOST_BULLETS), -1):
        if above in scene.dated:
            return True
        line = scene.page.lines[above]
        if not line.bullet and line.indent < _UNDER_BULLET:
            return False
    return False


def _beside_date_in_line(scene: Scene, line: Line, rest: str) -> Iterator[Signature]:
    for piece in map(_strip_piece, _DATE_LINE_PIECE.split(rest)):
        if led := led_names(piece):
            names, role = led
            if names and role is not None:
                yield _signature(
                    scene, line, names, role, Reason(_LED - 0.03, "led, in the line of the date")
                )
        elif is_name(piece):
            reason = Reason(_IN_DATE_LINE, "name in the line of the date")
            yield _signature(scene, line, ((piece, ""),), Role.AUTHOR, reason)


def _strip_piece(piece: str) -> str:
    return piece.strip(" ,;()[]")


def _signed_below(scene: Scene) -> Iterator[Signature]:
    """A byline after the text: "Text: X", "作者：张三", or a line of its own in brackets."""
    for index in range(scene.body, min(len(scene.page.lines), scene.end + 25)):
        line = scene.page.lines[index]
        if _leads_alone(scene, index) and index >= scene.end:
            yield from _after_lead(scene, index + 1)
        if index > scene.body + _FEWEST_BEFORE and _has_biography(scene, index):
            yield _signature(scene, line, ((line.text, ""),), Role.AUTHOR, Reason(0.75, BIOGRAPHY))
        if line.prose or line.width > _WIDEST_BELOW or not line.key:
            continue
        names, role = led_names(line.text) or ((), None)
        sure = index > scene.end - _LAST_LINES and all(is_person(name) for name, _ in names)
        if role is not None and names and all(is_name(name) for name, _ in names):
            yield _signature(
                scene,
                line,
                names,
                role,
                Reason(_IN_TEXT + 0.14 * sure, "led by a word for authorship, in the text"),
            )


def _has_biography(scene: Scene, index: int) -> bool:
    """A name alone, and under it a paragraph that begins with it: "Ann Lee is a fellow …"."""
    line = scene.page.lines[index]
    if line.prose or not is_person(line.text):
        return False
    first = line.text.split()[0]
    below = scene.page.lines[index + 1 : index + 4]
    return any(other.prose and other.text.startswith((line.text, first)) for other in below)


def _signature(
    scene: Scene, line: Line, names: Sequence[tuple[str, str]], role: Role, reason: Reason
) -> Signature:
    post_index = None
    if len(names) == 1 and not names[0][1] and line.index not in scene.dated:
        post_index = _post_line(scene, line)
        if post_index is not None:
            post = scene.page.lines[post_index].text
            names = ((names[0][0], post.removeprefix(names[0][0]).strip(" ,-–—|") or post),)
    bylines = tuple(ExtractedByline(name, post, role, line.number) for name, post in names)
    return Signature(line.index, bylines, reason.confidence, reason.rule, post_index)


def _post_line(scene: Scene, line: Line) -> int | None:
    """The line under a name, if it is indented under it or holds a word for a post."""
    index = line.index + 1
    if index >= len(scene.page.lines) or scene.marks[index] is not None or index in scene.dated:
        return None
    below = scene.page.lines[index]
    if (
        below.prose
        or below.bullet
        or below.ends
        or below.width > _WIDEST_POST
        or below.text[0].isdigit()
    ):
        return None
    if line.bullet and below.indent >= _UNDER_BULLET and below.indent > line.indent:
        return index
    told = below.width <= _WIDEST_TOLD_POST and _is_post(below.text) and not led_names(below.text)
    return index if told and scene.page.repeats(below) <= _MOST_REPEATED_POST else None


def choose(found: Sequence[Signature]) -> tuple[Signature, ...]:
    """Those that sign together: all that a word leads; else the best and its neighbours of one kind."""
    posts = {signature.post_index for signature in found if signature.confidence >= THRESHOLD}
    sure = [
        signature
        for signature in found
        if signature.confidence >= THRESHOLD and signature.index not in posts
    ]
    authors = [signature for signature in sure if signature.bylines[0].role is Role.AUTHOR]
    others = tuple(signature for signature in sure if signature.bylines[0].role is not Role.AUTHOR)
    if not authors:
        return others
    best = max(authors, key=lambda signature: (signature.confidence, -signature.index))
    return (*_chained(authors, best), *others)


def _chained(authors: Sequence[Signature], best: Signature) -> list[Signature]:
    """`best` and those next to it: of its own kind within a few lines, of others side by side."""
    chain = [best]
    first = last = best.index
    for signature in sorted(authors, key=lambda other: abs(other.index - best.index)):
        same = signature.rule == best.rule and signature.confidence >= best.confidence - _ALIKE
        known = is_person(signature.bylines[0].name)
        reach = _NEIGHBOURS if same else int(known)
        if reach and signature is not best and first - reach <= signature.index <= last + reach:
            chain.append(signature)
            first, last = min(first, signature.index), max(last, signature.index)
    return sorted(chain, key=lambda signature: signature.index)


def merged(chosen: Sequence[Signature]) -> tuple[ExtractedByline, ...]:
    """Their bylines, each person once, authors first, at most `MOST_BYLINES`."""
    found: dict[tuple[str, Role], ExtractedByline] = {}
    for signature in chosen:
        for byline in signature.bylines:
            key = (fold(byline.name), byline.role)
            if key not in found or (byline.post and not found[key].post):
                found[key] = byline
    authors = [byline for byline in found.values() if byline.role is Role.AUTHOR]
    others = [byline for byline in found.values() if byline.role is not Role.AUTHOR]
    return tuple((authors + others)[:MOST_BYLINES])
