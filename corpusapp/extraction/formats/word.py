"""Word documents (.docx): mammoth makes HTML of them by their styles, and ours makes Markdown of that.

What is styled as title or subtitle is that; else a first heading is the title, else a first line
that is no paragraph. Between title and text a name and a date may stand. Words of pictures, and
files that the document names, are never looked at.
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
    Role,
)
from corpusapp.extraction.errors import EmptyError, UnreadableError
from corpusapp.extraction.formats.html.fragment import Fragment, read_fragment
from corpusapp.extraction.formats.plain_text import Decoded
from corpusapp.extraction.formats.xml_parsing import broken, parser_with, tree
from corpusapp.extraction.markup import Markup
from corpusapp.extraction.parts.byline import led_names
from corpusapp.extraction.sheet import Sheet
from corpusapp.extraction.stated import Stated, one_line, people, read_date

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
_LONGEST_LINE, _LINES_ABOVE = 200, 6  # characters; lines above the text that may be name or date
_SENTENCE = re.compile(r"[.!?。！？…][\"'”’」』)）]*$")
_UNSTYLED = {
    "title": (0.9, "first line of the document"),
    "authors": (0.9, "above the text of the document"),
    "published_at": (0.9, "above the text of the document"),
}
_LONGEST_TITLE, _LONGEST_NAME = 500, 200


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

    def article(self, options: Options, author: str) -> ExtractedArticle:
        self.look()
        body = self.fragment.markdown(below=self.below)
        if author and not self.stated.bylines:
            byline = ExtractedByline(author, "", Role.AUTHOR, 1)
            self.stated = replace(self.stated, bylines=(byline,))
            self.sheet.less_sure["authors"] = (0.6, "properties of the document")
        return self.sheet.article(self.stated, body, options, Decoded("", "utf-8"))

    def look(self) -> None:
        """Tell title, standfirst, authors and date from the text, and lay all lines out."""
        lines = self.fragment.lines
        if lines and self._is_title(lines[0], is_alone=len(lines) == 1):
            self._state("title", lines[0], sure=lines[0].heading > 0)
            self.stated = replace(self.stated, title=one_line(lines[0].text)[:_LONGEST_TITLE])
            self.below = 1
        while self.below < min(len(lines), _LINES_ABOVE) and self._take(lines[self.below]):
            self.below += 1
        self.sheet.put_text([line.rendered for line in lines[self.below :]])

    @staticmethod
    def _is_title(line: Markup, *, is_alone: bool) -> bool:
        if line.heading:
            return True
        return not is_alone and len(line.text) <= _LONGEST_LINE and not _SENTENCE.search(line.text)

    def _take(self, line: Markup) -> bool:
        """Whether a line above the text states a field; it is noted."""
        if line.heading or len(line.text) > _LONGEST_LINE:
            return False
        styled = _NAMED.get(line.place.tag, "")
        if styled == "standfirst":
            self.stated = replace(self.stated, standfirst=one_line(line.text))
            self._state(styled, line, sure=True)
            return True
        if _SENTENCE.search(line.text) and not styled:
            return False
        date, _code, _candidates = read_date(line.text)
        if date and not self.stated.published:
            self.stated = replace(self.stated, published=date)
            self._state("published_at", line, sure=styled == "published_at")
            return True
        signed = _signed(line.text, styled=styled == "authors")
        if signed and not self.stated.bylines:
            self.stated = replace(self.stated, bylines=signed)
            self._state("authors", line, sure=styled == "authors")
            return True
        return False

    def _state(self, name: str, line: Markup, *, sure: bool) -> None:
        self.sheet.state(name, line.text)
        if not sure:
            self.sheet.less_sure[name] = _UNSTYLED[name]


def _signed(text: str, *, styled: bool) -> tuple[ExtractedByline, ...]:
    led = led_names(text)
    if led:
        names, role = led
        return tuple(ExtractedByline(name, post, role or Role.AUTHOR, 1) for name, post in names)
    people_named = people(one_line(text)) if styled else []
    return tuple(ExtractedByline(name, "", Role.AUTHOR, 1) for name in people_named)


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
        reason = f"It is no readable Word document ({type(error).__name__})."
        raise UnreadableError(reason) from error
    fragment = read_fragment(result.value)
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
        reason = f"It is no Word document, or a broken one ({type(error).__name__})."
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
