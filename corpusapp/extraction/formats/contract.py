"""What a format has to offer; packages of others bring their own by the entry point `corpus.formats`.

A *format* makes an article of the bytes of one document. A *container* holds many documents and
hands them out one by one; what it hands out, some format reads. An entry point leads to an instance
of either. In the `pyproject.toml` of the package:

    [project.entry-points."corpus.formats"]
    letters = "letters_for_corpus:LETTERS"
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol, runtime_checkable

from corpusapp.extraction.article import ExtractedArticle, Options


@runtime_checkable
class Format(Protocol):
    """Reads one kind of document. Pure: the same bytes and options give the same article, for ever."""

    @property
    def media_type(self) -> str:
        """Stored with every capture, at most 100 characters: by it the format is found again."""

    @property
    def endings(self) -> tuple[str, ...]:
        """Of file names, in small letters with their dot; none for what only containers hand out."""

    def extract(self, raw: bytes, options: Options) -> ExtractedArticle:
        """The article in `raw`; raises an ExtractionError whose sentence tells an editor why not.

        `judgements` has one entry for each line of `readable(raw)`, and `evidence` counts those.
        A `text_hash` that is left out is that of title and body.
        """

    def readable(self, raw: bytes) -> str:
        """The document as the lines that an editor is shown. Raises an ExtractionError."""


@dataclass(frozen=True, slots=True)
class Record:
    """One document out of a container; or what stood there instead of one."""

    suffix: str  # behind the container's path: "#12" for a record, "/b.txt" for a member
    media_type: str = ""
    raw: bytes = b""
    refusal: str = ""  # why it is none; `raw` is then what was there, if it could be read
    place: str = ""  # where it stands, for people: "Line 12"
    passed: str = ""  # what it is, if that is no document: counted in the summary
    repeats_id: bool = (
        False  # another above it in the file has its id: it is no newer state of that
    )


@runtime_checkable
class Container(Protocol):
    """Hands out the documents of a file, in constant memory however many there are."""

    @property
    def endings(self) -> tuple[str, ...]:
        """Of file names, in small letters with their dot."""

    def records(self, file: BinaryIO, max_bytes: int) -> Iterator[Record]:
        """The documents of `file`, read from its beginning to its end.

        One that is broken, or has more than `max_bytes`, comes as a refusal with its place, and the
        next one follows. Raises an ExtractionError where nothing more can be read.
        """
