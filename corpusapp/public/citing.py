"""An article as a reference: what the cite box, the citation tags and the exchange formats say."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from corpusapp.models import Precision, Role
from corpusapp.public import addresses
from corpusapp.public.edition import Piece
from corpusapp.text.references import Work, sentence

# The three that readers of each language are asked for most
_STYLES = {
    "en": ("APA", "MLA", "Chicago"),
    "zh-hans": ("GB/T 7714", "APA", "MLA"),
    "zh-hant": ("APA", "Chicago", "MLA"),
}
FORMATS = (("bib", "BibTeX"), ("ris", "RIS"), ("csl.json", "CSL-JSON"))
OTHER_FORMS = (("md", "Markdown"), ("txt", "Text"), ("json", "JSON"))
MEDIA_TYPES = {
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "csl.json": "application/vnd.citationstyles.csl+json",
}


@dataclass(frozen=True, slots=True)
class Twin:
    name: str
    address: str
    media_type: str  # without its parameters


@dataclass(frozen=True, slots=True)
class CiteBox:
    sentences: list[tuple[str, str]]  # style, and the reference in it
    formats: list[Twin]
    forms: list[Twin]
    address: str  # permanent


def work_of(piece: Piece) -> Work:
    article = piece.article
    day, precision = article.published_on, article.published_precision
    source = article.source
    return Work(
        key=article.public_id,
        title=piece.text.title,
        language=piece.text.language,
        site=settings.SITE_NAME,
        address=_permanent(piece),  # short, and no new title changes it
        authors=tuple(author.person for author in piece.authors),
        translators=tuple(
            author.person for role, author in piece.signed if role == Role.TRANSLATOR
        ),
        year=day.year if day else 0,
        month=day.month if day and precision != Precision.YEAR else 0,
        day=day.day if day and precision in {Precision.DAY, Precision.MINUTE} else 0,
        publication=source.name if source and source.name != settings.SITE_NAME else "",
        accessed=timezone.localdate(),
        abstract=piece.text.standfirst,
        keywords=tuple(tag.text for tag in piece.tags),
        retracted=piece.retracted.date if piece.retracted else None,
        notices=tuple(
            one.sentence
            for one in sorted(piece.around.corrections, key=lambda one: not one.is_retraction)
        ),
    )


def _permanent(piece: Piece) -> str:
    return addresses.absolute(addresses.short(piece.shelf.key, piece.article.public_id))


def cite_box(piece: Piece, work: Work) -> CiteBox:
    shelf = piece.shelf
    return CiteBox(
        [(style, sentence(work, style)) for style in _STYLES[shelf.key]],
        [_twin(piece, *format_) for format_ in FORMATS],
        [_twin(piece, *form) for form in OTHER_FORMS],
        _permanent(piece),
    )


def _twin(piece: Piece, ending: str, name: str) -> Twin:
    address = addresses.twin(piece.shelf.key, piece.article.public_id, ending)
    return Twin(name, address, MEDIA_TYPES[ending].partition(";")[0])
