"""Word documents (.docx): mammoth makes HTML of them by their styles, and ours makes Markdown of that.

What is styled as title or subtitle is that; else a first heading is the title, else a first line
that is no paragraph, or any short one over a signature. Around the title a standfirst, a signature and a
date may stand. Whom the properties of the file name is a candidate at most: often it is whoever owned the
machine. Words of pictures, and files that the document names, are never looked at.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from xml.parsers import expat

from corpusapp.extraction.article import (
    ExtractedArticle,
    ExtractedByline,
    Options,
    PrintedDate,
    Role,
)
from corpusapp.extraction.doubts import Code, doubt
from corpusapp.extraction.errors import EmptyError, UnreadableError
from corpusapp.extraction.formats.html.fragment import Fragment, read_fragment
from corpusapp.extraction.formats.plain_text import Decoded
from corpusapp.extraction.formats.xml_parsing import broken, parser_with, tree
from corpusapp.extraction.markup import Markup
from corpusapp.extraction.parts.byline import led_names, names_in
from corpusapp.extraction.parts.dates import find_dates
from corpusapp.extraction.sheet import Sheet
from corpusapp.extraction.stated import Stated, one_line, people, read_date
from corpusapp.text.folding import fold

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TEXT = "word/document.xml"
_PROPERTIES = "docProps/core.xml"
_MOST_PARTS, _MOST_UNPACKED, _MOST_RATIO = 2000, 16 * 1024 * 1024, 200
_MOST_ELEMENTS = 150_000
_RATIO_FROM = 4 * 1024 * 1024
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => summary:fresh
p[style-name='Author'] => address:fresh
p[style-name='Date'] => legend:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
u => em
"""
"""Elements that the lines of the document keep the name of (`Markup.place.tag`)."""
_NAMED = {"summary": "standfirst", "address": "authors", "legend": "published_at"}
_BROKEN = (
    *(zipfile.BadZipFile, expat.ExpatError, KeyError, ValueError, IndexError, AttributeError),
    *(TypeError, NotImplementedError, RuntimeError, OSError, EOFError),
)
"""What mammoth, and what it stands on, raise on broken documents; it has no error of its own."""
# A cell of one paragraph, as Word makes them all: without its <p> a row is a line, as of a saved page
_CELL = re.compile(
    r"(<t[dh]\b[^<>]*>)<p>((?:[^<]|<(?!/?p>|/?t[dhr]\b|/?table\b))*+)</p>(?=</t[dh]>)"
)
_LONGEST_LINE, _LINES_ABOVE = 200, 6  # characters; lines above the text that may be name or date
_SENTENCE = re.compile(r"[.!?。！？…][\"'”’」』)）]*$")
_UNSTYLED = {
    "title": (0.9, "first line of the document"),
    "standfirst": (0.9, "above the text of the document"),
    "authors": (0.9, "above the text of the document"),
    "published_at": (0.9, "above the text of the document"),
}
_LONGEST_TITLE, _LONGEST_NAME, _LONGEST_STANDFIRST = 500, 200, 500
_MOST_WORDS_BESIDE = 3  # "Published online on"
_AROUND_A_DATE = " \t,;|/•·–—-()\u3000，、"
_NO_OWNERS = frozenset(  # what programs call whoever made the file
    (
        *("python-docx", "apache poi", "microsoft office user", "microsoft", "windows user"),
        *("user", "admin", "administrator", "unknown", "author", "default", "pandoc", "openoffice"),
    )
)


@dataclass(frozen=True, slots=True)
class WordDocuments:
    media_type: str = WORD
    endings: tuple[str, ...] = (".docx",)

    def extract(self, raw: bytes, options: Options) -> ExtractedArticle:
        return _Page(_fragment(raw)).article(options, _signed_as(raw))

    def readable(self, raw: bytes) -> str:
        page = _Page(_fragment(raw))
        page.look()
        return page.sheet.text


WORD_DOCUMENTS = WordDocuments()


@dataclass(slots=True)
class _Page:
    fragment: Fragment
    sheet: Sheet = field(default_factory=lambda: Sheet("style of the document"))
    stated: Stated = field(default_factory=Stated)
    below: int = 0  # index of the first line of the text

    def article(self, options: Options, owner: str) -> ExtractedArticle:
        self.look()
        if not self.stated.bylines:
            self._doubt_author(owner)
        body = self.fragment.markdown(below=self.below)
        return self.sheet.article(self.stated, body, options, Decoded("", "utf-8"))

    def look(self) -> None:
        """Tell title, standfirst, authors and date from the text, and lay all lines out."""
        lines = self.fragment.lines
        while self.below < min(len(lines), _LINES_ABOVE) and self._take(self.below):
            self.below += 1
        self.sheet.put_text([line.rendered for line in lines[self.below :]])

    def _take(self, index: int) -> bool:
        """Whether a line above the text states fields; they are noted."""
        line = self.fragment.lines[index]
        if self._is_title(index):
            self._state("title", line, sure=line.heading > 0)
            self.stated = replace(self.stated, title=one_line(line.text)[:_LONGEST_TITLE])
            return True
        if line.heading:
            return False
        styled = _NAMED.get(line.place.tag, "")
        if styled != "standfirst" and (signed := self._signed(index, styled)) != _NOTHING:
            self._note(line, signed, sure=bool(styled))
            return True
        if not self.stated.standfirst and (styled == "standfirst" or self._is_standfirst(index)):
            self.stated = replace(self.stated, standfirst=one_line(line.text))
            self._state("standfirst", line, sure=bool(styled))
            return True
        return False

    def _signed(self, index: int, styled: str) -> "_Signature":
        """What a line signs with that no line above it has said."""
        text = self.fragment.lines[index].text
        signed = _signature(text, styled)
        if signed == _NOTHING and index and not styled and self._is_bare_name(index):
            signed = _Signature(_authors(text))
        is_second = (signed.date and self.stated.published) or (
            signed.bylines and self.stated.bylines
        )
        return _NOTHING if is_second else signed

    def _note(self, line: Markup, signed: "_Signature", *, sure: bool) -> None:
        if signed.bylines:
            self.stated = replace(self.stated, bylines=signed.bylines)
            self._state("authors", line, sure=sure)
        if signed.date:
            self.stated = replace(self.stated, published=signed.date)
            if signed.bylines:  # one line for both
                number = len(self.sheet.lines)
                self.sheet.spans["published_at"] = (number, number)
                self.sheet.less_sure["published_at"] = _UNSTYLED["published_at"]
            else:
                self._state("published_at", line, sure=sure)

    def _is_title(self, index: int) -> bool:
        line = self.fragment.lines[index]
        if self.stated.title or (line.place.tag in _NAMED and not line.heading):
            return False
        if line.heading:
            return index == 0 or self._is_signed_above
        if len(line.text) > _LONGEST_LINE or _signs_only(line.text):
            return False
        if _SENTENCE.search(line.text):
            return index == 0 and self._signs(index + 1)
        return (index == 0 and len(self.fragment.lines) > 1) or self._is_signed_above

    @property
    def _is_signed_above(self) -> bool:
        return bool(self.stated.bylines or self.stated.published)

    def _is_standfirst(self, index: int) -> bool:
        """Whether a line stands between the title and a signature, with the text below that."""
        line = self.fragment.lines[index]
        if not self.stated.title or self._is_signed_above or len(line.text) > _LONGEST_STANDFIRST:
            return False
        below = index + 1
        while self._signs(below):
            below += 1
        return below > index + 1 and self._line(below) is not None

    def _is_bare_name(self, index: int) -> bool:
        """Whether a line is a name and nothing else, over a date: so people sign, without "by"."""
        text = self.fragment.lines[index].text
        if len(text) > _LONGEST_NAME or not _authors(text):
            return False
        after = self._line(index + 1)
        return after is not None and _signature(after.text).date is not None

    def _signs(self, index: int) -> bool:
        line = self._line(index)
        if line is None or line.heading:
            return False
        styled = _NAMED.get(line.place.tag, "")
        if styled in {"authors", "published_at"} or _signature(line.text) != _NOTHING:
            return True
        return self._is_bare_name(index)

    def _line(self, index: int) -> Markup | None:
        lines = self.fragment.lines
        return lines[index] if index < len(lines) else None

    def _doubt_author(self, owner: str) -> None:
        """Where nothing above the text is a signature: the last line, if it is one, and the file's owner."""
        last = self.fragment.lines[-1].text
        named = [byline.name for byline in _signature(last).bylines] if self.below else []
        if owner and owner.casefold() not in _NO_OWNERS:
            named.append(owner)
        if named:
            unsure = doubt("authors", Code.AUTHOR_UNCERTAIN, tuple(dict.fromkeys(named)))
            self.stated = replace(self.stated, doubts=(*self.stated.doubts, unsure))

    def _state(self, name: str, line: Markup, *, sure: bool) -> None:
        self.sheet.state(name, line.text)
        if not sure:
            self.sheet.less_sure[name] = _UNSTYLED[name]


@dataclass(frozen=True, slots=True)
class _Signature:
    """What a line says of who wrote the piece and when."""

    bylines: tuple[ExtractedByline, ...] = ()
    date: PrintedDate | None = None


_NOTHING = _Signature()


def _signature(text: str, styled: str = "") -> _Signature:
    """The authors and the date in a short line; nothing for a line of the text."""
    if len(text) > _LONGEST_LINE or (_SENTENCE.search(text) and not styled):
        return _NOTHING
    date, _code, _candidates = read_date(text)
    names = _without_date(text)
    if date and not styled and len(fold(names).split()) > _MOST_WORDS_BESIDE:
        date = None  # it stands in a sentence
    led = led_names(names) if names else None
    if led:
        people_led, role = led
        return _Signature(
            tuple(ExtractedByline(name, post, role or Role.AUTHOR, 1) for name, post in people_led),
            date,
        )
    if date is None and styled == "authors":
        named = people(one_line(text))
        return _Signature(tuple(ExtractedByline(name, "", Role.AUTHOR, 1) for name in named))
    return _Signature(date=date)


def _without_date(text: str) -> str:
    found = find_dates(text)
    if not found or found[0].year_only:
        return text
    return f"{text[: found[0].start]}{text[found[0].end :]}".strip(_AROUND_A_DATE)


def _signs_only(text: str) -> bool:
    """Whether a line is a signature or a date and no title that names a day."""
    signed = _signature(text)
    return bool(signed.bylines) or (signed.date is not None and not _without_date(text))


def _authors(text: str) -> tuple[ExtractedByline, ...]:
    """The people that a line names which names nobody's part."""
    return tuple(ExtractedByline(name, post, Role.AUTHOR, 1) for name, post in names_in(text))


def _fragment(raw: bytes) -> Fragment:
    """The lines of a document. Raises UnreadableError for what is none, broken or hostile."""
    _check(raw)
    import mammoth  # type: ignore[import-untyped]  # noqa: PLC0415 - slow to import, and few files need it

    try:
        result = mammoth.convert_to_html(
            BytesIO(raw),
            style_map=_STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=lambda _picture: [],
        )
    except _BROKEN as error:
        reason = "It is no readable Word document."
        raise UnreadableError(reason) from error
    fragment = read_fragment(_CELL.sub(r"\1\2", result.value))
    if not fragment.lines:
        raise EmptyError
    return fragment


def _check(raw: bytes) -> None:
    """Refuse what would grow, before anything of it is unpacked whole."""
    if not raw:
        raise EmptyError
    for _name, part in _parts(raw):
        _check_part(part)


def _parts(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """The XML files in a document."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            members = archive.infolist()
            inner = [one for one in members if one.filename.endswith((".xml", ".rels"))]
            size = sum(one.file_size for one in inner)
            if len(members) > _MOST_PARTS or size > _MOST_UNPACKED:
                megabytes = _MOST_UNPACKED // (1024 * 1024)
                reason = f"It has more than {_MOST_PARTS:,} parts or {megabytes} MB of text."
                raise UnreadableError(reason)
            if size > _RATIO_FROM and size > _MOST_RATIO * len(raw):
                reason = f"It unpacks to more than {_MOST_RATIO} times its size."
                raise UnreadableError(reason)
            if all(one.filename != _TEXT for one in inner):
                reason = "It is no Word document: it has no word/document.xml."
                raise UnreadableError(reason)
            for one in inner:
                yield one.filename, archive.read(one)
    except _BROKEN as error:
        reason = "It is no Word document, or a broken one."
        raise UnreadableError(reason) from error


def _check_part(part: bytes) -> None:
    count = 0

    def start(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > _MOST_ELEMENTS:
            reason = f"It has more than {_MOST_ELEMENTS:,} elements."
            raise UnreadableError(reason)

    parser = parser_with(start, lambda _name: None, lambda _words: None)
    try:
        parser.Parse(part, True)  # noqa: FBT003 - expat's signature
    except expat.ExpatError as error:
        raise broken(error) from error


def _signed_as(raw: bytes) -> str:
    """Whom the properties of the document name: often whoever owned the machine."""
    for name, part in _parts(raw):
        if name == _PROPERTIES:
            root, _decoded = tree(part)
            return one_line(root.first("creator"))[:_LONGEST_NAME]
    return ""
