"""What stands around the text of a saved page: section, tags, source, counter, standfirst, notes, caption.

The head is believed first where it speaks; else the lines about the title, by the names of their
elements ("kicker", "lead", "tags-links") and by their words, as in a text capture.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from corpusapp.extraction.article import ExtractedByline, Part, Role
from corpusapp.extraction.doubts import Code
from corpusapp.extraction.formats.html.hints import BITS
from corpusapp.extraction.lines import Line, folded_key, width_of
from corpusapp.extraction.markup import Markup
from corpusapp.extraction.page_record import LONGEST_FIELD, PageRecord
from corpusapp.extraction.parts import chrome, counting
from corpusapp.extraction.parts.biography import biography_lines
from corpusapp.extraction.parts.chrome import Mark
from corpusapp.extraction.parts.section import Place, find_section
from corpusapp.extraction.witnesses.authors import Around

_NARROWEST_STANDFIRST, _WIDEST_STANDFIRST = 40, 500
_MOST_TAGS, _LONGEST_TAG = 20, 80
_NEAR, _SECTION_REACH, _NOTES_READ = 12, 15, 40  # lines
_KICKER_REACH, _WIDEST_KICKER = 6, 40
_COUNTED_WIDTH = 200
SECTION_THRESHOLD = 0.5
_LEAST_TEXT = 2  # lines: with fewer, what is called a lead is the text
_STANDFIRST, _CAPTION, _BIOGRAPHY, _TAGS = (
    BITS["standfirst"], BITS["caption"], BITS["bio"], BITS["tags"],
)  # fmt: skip
_DECLARED = "declared by the page"


def section(record: PageRecord, around: Around, first: int) -> str:
    """As the head files the page; else as a line about the title does that is named for it."""
    page, told = record.page, record.told
    named = [*told.sections, page.meta("article:section"), page.meta("parsely-section")]
    declared = [name for name in named if name]
    for name in declared:
        places = record.lines.places.get(folded_key(name), ())
        near = min(
            (place for place in places if place != around.title),
            key=lambda place: abs(place - around.title),
            default=None,
        )
        if near is not None and abs(near - around.title) <= _SECTION_REACH:
            if record.marks[near] is None:
                record.marks[near] = Mark(Part.SECTION, _DECLARED)
            record.found("section", 0.9, _DECLARED, near)
            return record.line(near).text
    if declared:
        record.found("section", 0.75, _DECLARED, None)
        return declared[0][:LONGEST_FIELD]
    return _undeclared_section(record, around, first)


def _undeclared_section(record: PageRecord, around: Around, first: int) -> str:
    """The line about the title that is named for a section, else the one that looks like it."""
    for place in _about(record, around, first):
        if kicker := _kicker(record, place):
            if record.line(place).text == kicker:
                record.marks[place] = Mark(Part.SECTION, _DECLARED)
            record.found("section", 0.7, _DECLARED, place)
            return kicker
    near = {
        place: "date" for place, mark in enumerate(record.marks) if mark and mark.part is Part.DATE
    }
    found = find_section(Place(record.lines, around.title, first, record.marks, near), lonely=False)
    if found is None or found.confidence < SECTION_THRESHOLD:
        record.doubted("section", Code.NO_SECTION, () if found is None else (found.value,))
        return ""
    record.marks[found.index] = Mark(Part.SECTION, found.rule)
    record.found("section", found.confidence, found.rule, found.index)
    return found.value


def _about(record: PageRecord, around: Around, first: int) -> Iterator[int]:
    """The lines above the title, the nearest first, then those between it and the text."""
    above = range(around.title - 1, max(-1, around.title - 1 - _KICKER_REACH), -1)
    below = range(around.title + 1, min(first, around.title + 1 + _KICKER_REACH, len(record.marks)))
    return chain(above, below)


def _kicker(record: PageRecord, place: int) -> str:
    """The one short link, or the short line, in an element that is named for sections; "" for none."""
    line, markup = record.line(place), record.markup(place)
    if not (markup.inner | markup.place.own) & _TAGS or line.width > _COUNTED_WIDTH:
        return ""
    words = [line.text] if markup.links <= 1 and not _shares(markup) else _links(markup)
    fitting = [
        text
        for text in words
        if 1 < width_of(text) <= _WIDEST_KICKER
        and any(map(str.isalpha, text))
        and not any(map(str.isdigit, text))
    ]
    if len(words) != 1 or not fitting or record.marks[place] not in (None, chrome.MENU_WORD):
        return ""
    return fitting[0].strip(" |/›»>:：·-–—")


def _shares(markup: Markup) -> bool:
    return any(type(piece) is not str and piece[0] == "part" for piece in markup.pieces) or (
        0 < markup.linked < 1
    )


def _links(markup: Markup) -> list[str]:
    return [text for text, linked in _segments(markup) if linked]


def _segments(markup: Markup) -> Iterator[tuple[str, bool]]:
    """The words of a line as its elements part them, and whether they are a link."""
    held: list[str] = []
    linked = False
    for piece in (*markup.pieces, ("part",)):
        if isinstance(piece, str):
            held.append(piece)
        elif piece[0] in {"part", "a", "/a", "cell"}:
            if text := " ".join("".join(held).split()):
                yield text, linked
            held = []
            linked = piece[0] == "a" or (linked and piece[0] == "part")


def declared(record: PageRecord) -> tuple[tuple[str, ...], str, str]:
    """Tags, the publication and the page's own address."""
    page, told = record.page, record.told
    tags = [content for key, content in page.metas if key in {"article:tag", "parsely-tags"}]
    words = [word.strip() for tag in tags for word in tag.split(",")] or list(told.keywords)
    chosen = tuple(dict.fromkeys(word[:_LONGEST_TAG] for word in words if word))[:_MOST_TAGS]
    if chosen:
        record.found("tags", 0.8, _DECLARED, None)
    else:
        chosen = _printed_tags(record)
    source = page.meta("og:site_name") or told.publisher or told.site
    if source:
        record.found("source", 0.9, _DECLARED, None)
    addresses = (page.address, page.meta("og:url"), told.address)
    address = next((one for one in addresses if one.startswith(("https://", "http://"))), "")
    return chosen, source[:LONGEST_FIELD], address


def _printed_tags(record: PageRecord) -> tuple[str, ...]:
    for place, mark in enumerate(record.marks):
        if mark is chrome.KEYWORDS and (words := chrome.keywords(record.line(place).text)):
            record.found("tags", 0.8, chrome.KEYWORDS.rule, place)
            return tuple(word[:_LONGEST_TAG] for word in words[:_MOST_TAGS])
    return ()


def views(record: PageRecord, around: Around) -> int | None:
    """What a counter counts that has a line, or an element of a line about the title, for itself."""
    for place, mark in enumerate(record.marks):
        if (
            mark is chrome.COUNTER
            and (count := counting.views(record.line(place).text)) is not None
        ):
            record.found("views", 0.95, chrome.COUNTER.rule, place)
            return count
    for place in range(max(0, around.title - _NEAR), min(len(record.marks), around.title + _NEAR)):
        line = record.line(place)
        if line.prose or line.width > _COUNTED_WIDTH or not any(map(str.isdigit, line.text)):
            continue
        for text, _linked in _segments(record.markup(place)):
            if any(map(str.isdigit, text)) and (count := counting.views(text)) is not None:
                record.found("views", 0.9, chrome.COUNTER.rule, place)
                return count
    return None


def standfirst(
    record: PageRecord, around: Around, described: frozenset[int], text: Sequence[int]
) -> str:
    """A line between title and text that the page calls so, or that its description repeats.

    The first line of the text is one if its own element is called so, and byline or date part it
    from the paragraphs: else the page prints it as one of them.
    """
    first = text[0] if text else around.first
    called_first = len(text) > _LEAST_TEXT and first > around.title
    for place in range(around.title + 1, first + called_first):
        markup, line = record.markup(place), record.line(place)
        own = markup.place.own
        called = own & _STANDFIRST and not own & _CAPTION
        fits = _NARROWEST_STANDFIRST <= line.width <= _WIDEST_STANDFIRST
        if place == first:
            called = called and not markup.heading and _is_parted(record, first, text[1])
            fits = fits and bool(called)
        if fits and (called or place in described) and record.marks[place] is None:
            record.marks[place] = Mark(Part.STANDFIRST, "between title and text")
            record.found("standfirst", 0.8, "between title and text", place)
            return line.text
    return ""


def _is_parted(record: PageRecord, first: int, second: int) -> bool:
    between = record.marks[first + 1 : second]
    return any(mark is not None and mark.part in {Part.BYLINE, Part.DATE} for mark in between)


def biography(record: PageRecord, signed: Sequence[ExtractedByline], text: list[int]) -> str:
    """The note about the authors under the text; its lines leave the text."""
    found = biography_lines(
        [record.line(place) for place in text], [byline.name for byline in signed]
    )
    for line in found:
        record.marks[line.index] = Mark(Part.BIOGRAPHY, "begins with the author's name")
        text.remove(line.index)
    if not found and text:
        names = [byline.name for byline in signed if byline.role is Role.AUTHOR]
        found = [
            line for line in _notes(record, text[-1]) if any(name in line.text for name in names)
        ]
        for line in found:
            record.marks[line.index] = Mark(Part.BIOGRAPHY, "in a box about the author")
    return "\n\n".join(line.text for line in found)


def _notes(record: PageRecord, last: int) -> Iterator[Line]:
    """The paragraphs under the text in a box that is named for a biography."""
    for place in range(last + 1, min(len(record.marks), last + _NOTES_READ)):
        line, own = record.line(place), record.markup(place).place
        if line.prose and record.marks[place] is None and (own.own | own.above) & _BIOGRAPHY:
            yield line


def caption(record: PageRecord, around: Around) -> str:
    """The words of the first picture's caption about the beginning of the text."""
    for place in range(max(0, around.title - _NEAR), min(len(record.marks), around.first + _NEAR)):
        mark = record.marks[place]
        shown = record.markup(place).place.tag != "img"
        if mark is not None and mark.part is Part.CAPTION and shown:
            return record.line(place).text[:LONGEST_FIELD]
    return ""
