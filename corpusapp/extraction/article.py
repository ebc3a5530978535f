"""What a capture gives: fields, the evidence for each, and what became of every line.

These values are the contract between the engine and all who call it (import, dry run,
re-extraction, benchmarks): frozen, plain, and free of anything but the capture and the options.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """The part a person or organisation had in a piece."""

    AUTHOR = "author"
    TRANSLATOR = "translator"
    INTERVIEWER = "interviewer"
    EDITOR = "editor"


class Precision(StrEnum):
    """How much of a date the capture prints."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"


class Part(StrEnum):
    """What a line of a capture was judged to be."""

    TITLE = "title"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    POST = "post"
    DATE = "date"
    SECTION = "section"
    VIEWS = "views"
    TAGS = "tags"
    SOURCE = "source"
    CAPTION = "caption"
    BODY = "body"
    SUBHEADING = "subheading"  # between the parts of the text
    QUOTATION = "quotation"  # set apart in the text
    BIOGRAPHY = "biography"
    LANGUAGES = "languages"  # a switcher between editions
    CROSS_LINKS = "cross-links"  # "Recommend", "You might also like" and what stands under them
    OTHER_ARTICLE = "other-article"  # the text of another piece on the same page
    FURNITURE = "furniture"  # everything else the page prints around its text
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a capture: in its sidecar, and in the defaults of its folder.

    Both by the names that people use (see stated.py). A sidecar overrules what the capture itself
    says; a default stands in where nothing is stated.
    """

    sidecar: Mapping[str, object] = field(default_factory=dict)
    defaults: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller knows beforehand; nothing here is read from settings, clock or file.

    `language` overrules what the text shows (BCP 47); `site_language` is what Latin text is taken
    for when its own words do not tell. `links` keeps the addresses that a page links in its text:
    a body is words, and most links are the site's own. `media_type` names the format that reads the bytes.
    `beside` is what other files say about this one. `furniture` are lines that are part of no article,
    by their keys (see learned_furniture.py): what editors have taught of the source. Where the source
    is not known, `learned` holds them by source, and `source` is the one the caller says it is.
    """

    media_type: str = "text/plain"  # see formats/known.py
    language: str = ""
    site_language: str = "en"
    links: bool = False
    max_bytes: int = 20 * 1024 * 1024
    beside: Beside | None = None
    furniture: frozenset[str] = frozenset()
    learned: Mapping[str, frozenset[str]] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a field has its value: 0 <= confidence <= 1, the rule's name, raw lines from 1."""

    confidence: float
    rule: str
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class ExtractedByline:
    name: str
    post: str  # as printed; "" where the capture gives none
    role: Role
    line: int  # line of the capture that carries the name, from 1


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A publication date as printed: local wall time, never moved between zones."""

    iso: str  # ISO 8601, cut to its precision: "2015", "2015-05", "2015-05-21", "2025-09-28T16:08"
    precision: Precision
    offset: int | None = None  # minutes east of UTC, only if the capture names it

    def __str__(self) -> str:
        """The contract's form: with its offset where one was printed."""
        if self.offset is None:
            return self.iso
        sign, minutes = ("-", -self.offset) if self.offset < 0 else ("+", self.offset)
        return f"{self.iso}{sign}{minutes // 60:02d}:{minutes % 60:02d}"


@dataclass(frozen=True, slots=True)
class Doubt:
    """What an editor should look at; one that `holds` keeps the article out of sight.

    `code` is stable and has its sentence in `doubts.py`; `candidates` are what the field could be.
    """

    field: str
    code: str
    holds: bool
    candidates: tuple[str, ...] = ()


class Judgement(NamedTuple):
    """One line of the capture and what it was taken for; every line of it has exactly one."""

    line: int  # from 1
    part: Part
    rule: str


@dataclass(frozen=True, slots=True)
class ExtractedArticle:
    title: str = ""
    standfirst: str = ""
    bylines: tuple[ExtractedByline, ...] = ()
    published: PrintedDate | None = None
    section: str = ""
    language: str = ""  # BCP 47: "en", "zh-Hans", "zh-Hant", "de"; "" is unknown
    source: str = ""
    source_url: str = ""
    views: int | None = None
    tags: tuple[str, ...] = ()
    caption: str = ""
    biography: str = ""
    body: str = ""  # Markdown; the capture's own words are escaped
    doubts: tuple[Doubt, ...] = ()
    # by field name: title, standfirst, authors, published_at, section, language, source, views, tags,
    # caption, biography, body
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    judgements: tuple[Judgement, ...] = ()
    encoding: str = "utf-8"
    text_hash: str = ""  # SHA-256 (hex) of the whole text, folded: the same for a re-wrapped copy
    own_id: str = ""  # what its source calls the document, where it names no address for it
    is_draft: bool = False  # its source says that it is not public: it is not published here either
    not_understood: tuple[str, ...] = ()  # names of columns and fields that mean nothing here
