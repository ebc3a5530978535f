"""Every place of a page that could name an author, each with the way in which it does.

Read are the lines around title and date, those after the text, those that a lead word opens, and those that
are printed more than once; a page of hundreds of lines is not read whole.
"""

import re
from collections.abc import Container, Iterator

from corpusapp.extraction.article import Part, Role
from corpusapp.extraction.lines import Line
from corpusapp.extraction.parts.byline.in_prose import (
    CLOSING,
    CLOSING_ABOVE,
    FOOTER_ABOVE,
    in_prose,
)
from corpusapp.extraction.parts.byline.leads import (
    FIRST_WORDS,
    GLUING_LETTERS,
    LEAD_ALONE,
    ROLE_ALONE,
    first_may_lead,
    led_names,
    may_lead,
)
from corpusapp.extraction.parts.byline.names import (
    HAN,
    JOINS,
    LONGEST_NAME,
    NO_NAMES,
    PARTICLES,
    POSTS,
    SECTIONS,
    is_name,
    is_person,
    is_post,
    is_signature,
)
from corpusapp.extraction.parts.byline.parsing import (
    WIDEST,
    han_names,
    names_in,
    without_tails,
)
from corpusapp.extraction.parts.byline.ways import Mention, Way, alternatives, each
from corpusapp.extraction.parts.scene import Scene
from corpusapp.extraction.vocabulary import folded
from corpusapp.text.folding import fold

_HEADER_ABOVE, _HEADER_BELOW = 6, 6  # lines about title and beginning of the text
_LONGEST_HEADER = 60
_FOOTER_BELOW = 22  # lines below the end of the text
_MOST_DATED = 6
_BESIDE_DATE = 2  # lines
_MOST_REPEATED = 10  # short lines printed more than once that are looked at
_WIDEST_ALONE, _WIDEST_SIGNATURE = 120, 44
_PLACES = 3  # of one line
_MOST_LED = 30
_MOST_MENTIONS = 160


_PORTRAIT = re.compile(
    rf"(?:{alternatives('portraits')})\s(?P<name>\S.{{1,80}})"
    rf"|(?P<after>[^\W\d_].{{1,40}}?)(?:['’]?\s?(?:{alternatives('portrait_tails')})|の写真)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    rf"(?:{alternatives('about')})(?:\s{{0,2}}[:：–—-]\s{{0,2}}|\s)(?P<name>\S.{{1,60}})",
    re.IGNORECASE,
)
_ABOUT_ALONE = folded("about")
_ABOUT_STARTS = frozenset(phrase.split(" ")[0] for phrase in _ABOUT_ALONE)
_PORTRAIT_STARTS = frozenset(phrase.split(" ")[0] for phrase in folded("portraits"))
_STARTS = _PORTRAIT_STARTS | _ABOUT_STARTS
_OPENERS = FIRST_WORDS | _STARTS
_PORTRAIT_ENDS = frozenset(phrase.split(" ")[-1] for phrase in folded("portrait_tails"))
_SECONDS = PARTICLES | JOINS
_FEWEST_IN_HEADING = 6  # words
_LIST_MARK = re.compile(r"[,;/|()@\[\t&+]|\s-|\s\s")
_BEHIND_NAMES = POSTS | JOINS | folded("name_tails", "by", "by_colon")
_HAN_INSIDE = re.compile(
    "(?:作者|撰文|记者|記者|撰稿|执笔|通讯员)\\s?[:：/]?\\s{0,2}(?P<names>[\u4e00-\u9fff]{2,4}(?:[、 ][\u4e00-\u9fff]{2,4}){0,4}?)"
    "(?=[\\s)）|｜/／，,；;]|$|来源|來源|编辑|發自|发自|报道|報導|通讯员)"
)
_DATE_LINE_PIECE = re.compile(r"\s?[|•·/]\s|\s[-–—]\s|\t|\s{3,10}|,\s")


def mentions(scene: Scene) -> list[Mention]:
    """All places that could name an author, in the order of their lines; at most a few dozen."""
    found: list[Mention] = []
    for index in _lines_read(scene):
        found.extend(_named_by(scene, index))
        if len(found) > _MOST_MENTIONS:
            break
    return found


def _lines_read(scene: Scene) -> list[int]:
    """The lines that are looked at, in their order."""
    count = len(scene.page.lines)
    title = scene.body if scene.title is None else scene.title
    first, last = min(title, scene.body), max(title, scene.body)
    header_end = min(count, last + _HEADER_BELOW, first + _LONGEST_HEADER)
    read = set(range(max(0, first - _HEADER_ABOVE), header_end))
    read.update(range(max(0, scene.end - FOOTER_ABOVE), min(count, scene.end + _FOOTER_BELOW)))
    for place in sorted(scene.dated, key=lambda index: abs(index - title))[:_MOST_DATED]:
        read.update(range(max(0, place - _BESIDE_DATE), min(count, place + _BESIDE_DATE + 1)))
    read.update(_led_or_repeated(scene))
    return sorted(read)


def _led_or_repeated(scene: Scene) -> Iterator[int]:
    """Lines that a lead opens, wherever they stand, and names printed more than once."""
    led = repeated = 0
    count = len(scene.page.lines)
    for key, places in scene.page.places.items():
        first, _, rest = key.partition(" ")
        leads = first in _OPENERS or (key[0] in GLUING_LETTERS and first_may_lead(first))
        if leads and led < _MOST_LED:
            yield places[0]
            if key in LEAD_ALONE:
                yield from (place + 1 for place in places[:_PLACES] if place + 1 < count)
            led += 1
        elif len(places) > 1 and repeated < _MOST_REPEATED and _could_be_name(first, rest):
            yield from places[:_PLACES]
            repeated += 1


def _could_be_name(first: str, rest: str) -> bool:
    """Whether folded words could be a name: two to four of which none tells the contrary."""
    words = rest.split(" ")
    return (
        bool(rest)
        and len(words) <= 3  # noqa: PLR2004
        and first not in NO_NAMES
        and words[0] not in NO_NAMES
        and len(rest) < LONGEST_NAME
    )


def _named_by(scene: Scene, index: int) -> Iterator[Mention]:
    line = scene.page.lines[index]
    if index == scene.title or not line.text:
        return
    if line.prose or line.width > WIDEST:
        yield from in_prose(scene, line)
        return
    if index and scene.page.lines[index - 1].key in LEAD_ALONE:
        yield from _below_lead(scene, line)
        return
    if index and scene.page.lines[index - 1].key in ROLE_ALONE and (names := names_in(line.text)):
        yield from each(line, names, Way.OTHER, None)
        return
    if index in scene.dated and (rest := scene.dated[index].rest):
        yield from _in_date_line(scene, line, rest)
        return
    if index in scene.dated and not may_lead(line.key):
        return
    yield from _short(scene, line)


def _short(scene: Scene, line: Line) -> Iterator[Mention]:
    """The first of the ways in which a short line can name someone."""
    mark = scene.marks[line.index]
    first, last = line.key.partition(" ")[0], line.key.rpartition(" ")[2]
    leads = first_may_lead(first)
    opens = leads or first in _STARTS or last in _PORTRAIT_ENDS
    if not opens and mark is not None and mark.part is Part.FURNITURE and _is_menu(line.text):
        return
    if leads and (mark is None or mark.part is not Part.TAGS):
        names, role = led_names(line.text) or ((), None)
        if names:
            yield from each(line, names, Way.LED if role is Role.AUTHOR else Way.OTHER, role)
            return
    if line.text[0] in "(（" and line.index >= scene.end - CLOSING_ABOVE:
        names = han_names(line.text.strip("()（）"), led=False) if HAN.match(line.text, 1) else ()
        if names and CLOSING.fullmatch(line.text):
            yield from each(line, names, Way.INSIDE)
            return
    if opens or not line.text.isascii():
        named = _shown_or_told(line, first, last)
        if named is not None:
            yield from named
            return
    if "|" in line.text or "•" in line.text or "·" in line.text:
        yield from _led_later(line)
    if (mark is None or mark.part is not Part.FURNITURE) and not line.numbered:
        yield from _alone(scene, line)


def _is_menu(text: str) -> bool:
    """Whether a line of furniture can name nobody: most lines of a page are its menus."""
    return text.isascii() and "|" not in text


def _shown_or_told(line: Line, first: str, last: str) -> Iterator[Mention] | None:
    """A portrait's stand-in text, a heading over an author's pieces, a Chinese reporter in a line."""
    if first in _PORTRAIT_STARTS or last in _PORTRAIT_ENDS or line.text.endswith("の写真"):
        match = _PORTRAIT.fullmatch(line.text)
        if match and (names := names_in((match["name"] or match["after"]).partition(",")[0])):
            return each(line, names[:1], Way.PORTRAIT)
    if first in _ABOUT_STARTS and (match := _ABOUT.match(line.text)):
        names = names_in(match["name"])
        if names:
            return each(line, names[:1], Way.ABOUT)
    if not line.text.isascii() and (match := _HAN_INSIDE.search(line.text)):
        names = han_names(match["names"], led=_set_apart(line.text, match))
        if names:
            return each(line, names, Way.INSIDE)
    return None


def _set_apart(text: str, match: re.Match[str]) -> bool:
    """Whether marks or "发自" part the name from other words: "作者最新文章" names nobody."""
    before = text[match.start("names") - 1]
    return not before.isalnum() or text.startswith(("发自", "發自", "报道", "報導"), match.end())


def _led_later(line: Line) -> Iterator[Mention]:
    """A byline behind something else: "Opinion | By Ann Lee"."""
    for piece in _DATE_LINE_PIECE.split(line.text)[1:12]:
        words = piece.strip(" |")
        if may_lead(fold(words[:12])) and (led := led_names(words)) and led[1] is Role.AUTHOR:
            yield from each(line, led[0], Way.LED)
            return


def _below_lead(scene: Scene, line: Line) -> Iterator[Mention]:
    names = names_in(line.text, led=True, known=scene.page.places)
    above = scene.page.lines[line.index - 1].key
    if above in _ABOUT_ALONE and not all(is_name(name) for name, _ in names):
        names = ()
    yield from each(line, names, Way.LED_ABOVE)


def _alone(scene: Scene, line: Line) -> Iterator[Mention]:
    if line.ends and line.text[-1] in "?!:：。！？;；":
        return
    if (
        line.width <= _WIDEST_ALONE
        and _begins_like_name(line)
        and not _is_heading(line, scene.page.places)
    ):
        names = names_in(line.text, known=scene.page.places)
        if names and (not is_post(names[0][0]) or is_person(names[0][0])):
            yield from each(line, names, Way.ALONE)
            return
    if line.width > _WIDEST_SIGNATURE or line.ends or scene.marks[line.index] is not None:
        return
    if (
        _beside_title_or_date(scene, line.index)
        and line.key not in SECTIONS
        and line.key not in NO_NAMES
        and is_signature(line.text)
    ):
        yield from each(line, ((line.text, ""),), Way.WEAK)


def _begins_like_name(line: Line) -> bool:
    """A quick look at the first two words, before the line is taken apart."""
    text = line.text
    if text[0] > "\u2e80":
        return line.key not in SECTIONS
    first, _, rest = line.key.partition(" ")
    if not rest or first in NO_NAMES or rest.split(" ", 1)[0] in NO_NAMES:
        return False
    if not text[0].isupper():
        return not text[0].isalpha()
    second = text.split(None, 2)[1:2]
    return bool(second) and (not second[0][0].islower() or second[0].casefold() in _SECONDS)


def _is_heading(line: Line, known: Container[str]) -> bool:
    """Whether so many words hold neither a list nor a post nor a name of the page: another piece's heading."""
    words = line.key.split(" ")
    return (
        len(words) >= _FEWEST_IN_HEADING
        and line.text.isascii()
        and not _LIST_MARK.search(line.text)
        and _BEHIND_NAMES.isdisjoint(words)
        and f"{words[0]} {words[1]}" not in known
        and f"{words[0]} {words[1]} {words[2]}" not in known
    )


def _beside_title_or_date(scene: Scene, index: int) -> bool:
    if scene.title is not None and -1 <= index - scene.title <= 4:  # noqa: PLR2004
        return True
    if index - 1 in scene.dated or index + 1 in scene.dated:
        return True
    return scene.end - 1 <= index <= scene.end + 1


def _in_date_line(scene: Scene, line: Line, rest: str) -> Iterator[Mention]:
    if may_lead(line.key) and (led := led_names(line.text)) and led[0]:
        yield from each(line, led[0], Way.LED if led[1] is Role.AUTHOR else Way.OTHER, led[1])
        return
    if not rest.isascii() and (match := _HAN_INSIDE.search(rest)):
        yield from each(line, han_names(match["names"], led=True), Way.INSIDE)
        return
    for piece in _DATE_LINE_PIECE.split(rest):
        words = without_tails(piece.strip(" ,;()[]|"))
        if not words:
            continue
        if led := led_names(words):
            yield from each(
                line, led[0], Way.LED_DATE if led[1] is Role.AUTHOR else Way.OTHER, led[1]
            )
        elif names := names_in(words, known=scene.page.places):
            if not is_post(names[0][0]):
                yield from each(line, names, Way.DATE_LINE)
        elif is_signature(words) and len(words) <= _WIDEST_SIGNATURE:
            yield from each(line, ((words, ""),), Way.WEAK)
