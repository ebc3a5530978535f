"""What an index has to hear of: triggers leave a row for each article whose words or place changed.

Whoever writes, by whatever way - a form, a bulk insert, `QuerySet.update`, a shell - cannot forget it,
and a row is committed with the change or not at all. `Index.renew` reads these rows: at the end of
each deed, inside its transaction, and every minute for what came otherwise.
"""

from dataclasses import dataclass

from corpusapp.models import (
    Article,
    Author,
    AuthorName,
    Byline,
    SearchStale,
    Section,
    Tag,
    Tagging,
    TagSynonym,
)

STALE = SearchStale._meta.db_table
ARTICLE = Article._meta.db_table
TEXTS = ("standfirst", "body", "caption", "author_note")
PLACES = (
    "title", "language", "section_id", "source_id", "published_order", "state", "live_from", "binned_at",
    "counted",  # a scheduled article that has gone live
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Watched:
    """A table beside the articles'. `articles` selects the ids that a row (OLD or NEW) tells of."""

    name: str
    table: str
    articles: str
    columns: str = ""  # of an update; "" for any
    comes_and_goes: bool = (
        True  # False: a new row tells of no article yet, and an old one of none any more
    )


def _signed(author: str) -> str:
    return f"SELECT article_id FROM {_table(Byline)} WHERE author_id = {author}"


def _tagged(tag: str) -> str:
    return f"SELECT content_object_id FROM {_table(Tagging)} WHERE tag_id = {tag}"


def _table(model: type) -> str:
    return str(model._meta.db_table)  # type: ignore[attr-defined]


_LABELS = "name, label_en, label_zh_hans, label_zh_hant"

WATCHED = (
    Watched("byline", _table(Byline), "SELECT {row}.article_id"),
    Watched("tagging", _table(Tagging), "SELECT {row}.content_object_id"),
    Watched("author_name", _table(AuthorName), _signed("{row}.author_id")),
    Watched("synonym", _table(TagSynonym), _tagged("{row}.tag_id")),
    Watched("author", _table(Author), _signed("{row}.id"), "name", comes_and_goes=False),
    Watched("tag", _table(Tag), _tagged("{row}.id"), _LABELS, comes_and_goes=False),
    Watched(
        "section",
        _table(Section),
        f"SELECT id FROM {ARTICLE} WHERE section_id = {{row}}.id",
        _LABELS,
        comes_and_goes=False,
    ),
)
