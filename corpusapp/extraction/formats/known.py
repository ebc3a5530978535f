"""All formats there are: the product's own, and those that installed packages bring."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import entry_points

from corpusapp.extraction.errors import UnknownFormatError
from corpusapp.extraction.formats.captures import SAVED_PAGES, TEXT_CAPTURES
from corpusapp.extraction.formats.contract import Container, Format
from corpusapp.extraction.formats.feed_items import FEED_ITEMS
from corpusapp.extraction.formats.feeds import FEEDS
from corpusapp.extraction.formats.front_matter import MARKDOWN_FILES
from corpusapp.extraction.formats.records import JSON_LINES, JSON_RECORDS, TABLE_ROWS, TABLES
from corpusapp.extraction.formats.word import WORD_DOCUMENTS

GROUP = "corpus.formats"
_LONGEST_MEDIA_TYPE = 100
_OURS: tuple[Format | Container, ...] = (
    *(TEXT_CAPTURES, SAVED_PAGES, MARKDOWN_FILES, WORD_DOCUMENTS),
    *(JSON_RECORDS, TABLE_ROWS, FEED_ITEMS),
    *(JSON_LINES, TABLES, FEEDS),
)

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Formats:
    """Formats by what is stored of them and by the endings of files; the first to claim one has it."""

    by_media_type: dict[str, Format] = field(default_factory=dict)
    by_ending: dict[str, Format | Container] = field(default_factory=dict)

    def add(self, one: Format | Container, name: str) -> None:
        """Take in a format; what another has already, it keeps, and the log says so."""
        if isinstance(one, Format):
            if one.media_type in self.by_media_type or len(one.media_type) > _LONGEST_MEDIA_TYPE:
                logger.error("format %s left out: media type %s", name, one.media_type)
                return
            self.by_media_type[one.media_type] = one
        for ending in one.endings:
            if self.by_ending.setdefault(ending, one) is not one:
                logger.error("format %s: %s is another's already", name, ending)


def gathered(ours: Iterable[Format | Container]) -> Formats:
    """`ours` and, after them, those of installed packages."""
    formats = Formats()
    for one in ours:
        formats.add(one, type(one).__name__)
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        try:
            one = entry.load()
        except Exception:  # whatever a package of others does, ours go on working
            logger.exception("format %s (%s) does not load", entry.name, entry.value)
            continue
        if isinstance(one, Format | Container):
            formats.add(one, entry.name)
        else:
            logger.error("format %s (%s) is neither format nor container", entry.name, entry.value)
    return formats


@cache
def formats() -> Formats:
    """Looked up once for a process: installing a package needs a new one anyway."""
    return gathered(_OURS)


def format_of(media_type: str) -> Format:
    """Raises UnknownFormatError for what no installed package reads."""
    try:
        return formats().by_media_type[media_type]
    except KeyError:
        raise UnknownFormatError(media_type) from None


def is_ours(form: Format) -> bool:
    """Whether the product itself brings a format."""
    return any(form is one for one in _OURS)


def by_name(name: str) -> Format | Container | None:
    """What reads a file of this name; None for what is no document. The longest ending counts."""
    parts = name.lower().split(".")
    known = formats().by_ending
    for start in range(max(1, len(parts) - 2), len(parts)):
        if one := known.get("." + ".".join(parts[start:])):
            return one
    return None
