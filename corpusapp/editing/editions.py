"""Editions of one piece: begun from one another, linked when they came apart, and parted again."""

import logging
import uuid
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from corpusapp.editing.linking import note_links
from corpusapp.editing.renditions import converter_of
from corpusapp.editing.totals import recounted, settle
from corpusapp.editing.trail import note, note_articles
from corpusapp.models import Act, Article, AuthorName, Byline, State, Tagging
from corpusapp.text.han import OTHER

logger = logging.getLogger(__name__)

_CARRIED = (
    *("section_id", "source_id", "source_address", "series_id", "picture_id"),
    *("published_on", "published_time", "published_offset", "published_precision"),
)


class EditionError(Exception):
    """These articles cannot be editions of one piece."""


class SameLanguageError(EditionError):
    """A piece has one edition in each language."""

    def __init__(self, languages: Collection[str]) -> None:
        self.languages = sorted(languages)
        super().__init__(f"two editions in {', '.join(self.languages)}")


class SamePieceError(EditionError):
    def __init__(self) -> None:
        super().__init__("the two are editions of one piece already")


def editions_of(article: Article) -> list[Article]:
    """Every edition of its piece, itself included, the first written first; those in the bin as well."""
    piece = Article.objects.filter(translation_key=article.translation_key)
    return list(piece.defer("body", "rendered").select_related("section").order_by("pk"))


def clash(article: Article, other: Article) -> set[str]:
    """Languages in which the two pieces both have an edition, so that they cannot be one."""
    rows = Article.objects.filter(
        translation_key__in=[article.translation_key, other.translation_key]
    )
    pieces: dict[Any, set[str]] = {}
    for key, language in rows.order_by().values_list("translation_key", "language"):
        pieces.setdefault(key, set()).add(language)
    return pieces[article.translation_key] & pieces[other.translation_key]


def link(article: Article, other: Article) -> int:
    """Make one piece of both; every edition of `other`'s goes over. Returns how many went.

    Raises EditionError, and nothing is changed, where both have an edition in one language.
    """
    with recounted(_ids([article.translation_key, other.translation_key])):
        for one in (article, other):  # somebody may have been quicker
            one.refresh_from_db(fields=["translation_key"])
        if article.translation_key == other.translation_key:
            raise SamePieceError
        if languages := clash(article, other):
            raise SameLanguageError(languages)
        going = _ids([other.translation_key])
        kept = Article.objects.filter(translation_key=article.translation_key)
        note_articles(Act.CHANGED, going, details={"linked_with": list(map(str, kept))})
        _move(going, article.translation_key)
    logger.info("linked %d editions to piece %s", len(going), article.translation_key)
    return len(going)


def part(article: Article, leaving: Collection[int]) -> int:
    """Let these editions (ids) of its piece be a piece of their own, together. Returns how many left.

    At least one edition stays; none leaves otherwise.
    """
    with recounted(_ids([article.translation_key])):
        article.refresh_from_db(fields=["translation_key"])
        piece = Article.objects.filter(translation_key=article.translation_key)
        staying = list(piece.exclude(pk__in=leaving))
        going = list(piece.filter(pk__in=leaving).values_list("pk", flat=True))
        if not (staying and going):
            return 0
        note_articles(Act.CHANGED, going, details={"parted_from": list(map(str, staying))})
        _move(going, uuid.uuid4())
    logger.info("parted %d editions from piece %s", len(going), article.translation_key)
    return len(going)


def _ids(pieces: Collection[uuid.UUID]) -> list[int]:
    return list(Article.objects.filter(translation_key__in=pieces).values_list("pk", flat=True))


def _move(ids: Collection[int], piece: uuid.UUID) -> None:
    Article.objects.filter(pk__in=ids).update(
        translation_key=piece, version=F("version") + 1, updated_at=timezone.now()
    )


# A new edition ------------------------------------------------------------------------------------


def promote(article: Article) -> Article:
    """An edition in the other Chinese script made of the rendition: a draft, which an editor goes on with.

    The rendition stands until the new edition is public, and its address then leads there.
    """
    return begin(article, OTHER[article.language])


def begin(article: Article, language: str, *, with_text: bool = True) -> Article:
    """A draft edition of the piece in `language`, with all that is the same in every language.

    `with_text`: its words are those of `article`, to be translated in place; in the other Chinese
    script they are converted. Raises SameLanguageError where the piece has an edition in it.
    """
    bylines = list(article.bylines.select_related("author"))
    is_other_script = OTHER.get(article.language) == language
    converter = converter_of(article, bylines) if is_other_script else None

    def convert(text: str) -> str:
        return converter.text(text) if converter else text

    words: dict[str, str] = {}
    if with_text:
        words = {
            name: convert(getattr(article, name))
            for name in ("title", "standfirst", "author_note", "caption")
        }
        words["title"] = words["title"][:500]
        words["body"] = converter.markdown(article.body) if converter else article.body
    with transaction.atomic():
        piece = Article.objects.select_for_update().filter(translation_key=article.translation_key)
        if language in {row.language for row in piece.only("language")}:
            raise SameLanguageError([language])
        edition = Article.objects.create(
            translation_key=article.translation_key,
            language=language,
            state=State.DRAFT,
            series_position=_free_place(article, language),
            **words,
            **{name: getattr(article, name) for name in _CARRIED},
        )
        names = _names_in(language, [byline.author_id for byline in bylines])
        Byline.objects.bulk_create(
            Byline(
                article=edition,
                author_id=byline.author_id,
                position=byline.position,
                role=byline.role,
                name=_signed(byline, names, converter),
                post=convert(byline.post),
            )
            for byline in bylines
        )
        tags = Tagging.objects.filter(content_object=article).values_list("tag_id", flat=True)
        Tagging.objects.bulk_create(
            Tagging(tag_id=tag, content_object=edition) for tag in list(tags)
        )
        note_links({edition.pk: edition.body}, are_new=True)
        note(Act.ADDED, edition, details={"edition_of": str(article)})
        settle([edition.pk])
    logger.info("article %s has a draft edition in %s", article.public_id, language)
    return edition


def _free_place(article: Article, language: str) -> int | None:
    """Its place in the series, unless another article in that language has it."""
    place = article.series_position
    taken = Article.objects.filter(
        series=article.series_id, series_position=place, language=language
    )
    return None if place is None or taken.exists() else place


def _names_in(language: str, authors: Collection[int]) -> dict[int, str]:
    """How these authors sign in that language, of those of whom it is known."""
    names = AuthorName.objects.filter(author__in=authors, is_main=True, language=language)
    return dict(names.values_list("author_id", "text"))


def _signed(byline: Byline, names: dict[int, str], converter: Any) -> str:
    known = names.get(byline.author_id)
    if known:
        return "" if known == byline.author.name else known
    return str(converter.words.get(byline.name, byline.name) if converter else byline.name)
