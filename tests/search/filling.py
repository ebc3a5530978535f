"""A database that holds one set of documents, published, and nothing else."""

from datetime import UTC, date, datetime
from pathlib import Path

from django.db import transaction

from corpusapp.editing.changes import kept
from corpusapp.models import (
    Article,
    Author,
    AuthorName,
    Byline,
    Precision,
    Section,
    State,
    Tag,
    Tagging,
)
from corpusapp.search.word_counts import fold
from corpusapp.text.markdown import escape
from corpusapp.text.slugs import slugify
from tests.search.scoring import rows_of

_LIVE = datetime(2020, 1, 1, tzinfo=UTC)


def fill(folder: Path) -> dict[int, str]:
    """Replace all articles by those of the set; their names in the set by id."""
    with transaction.atomic():
        gone = list(Article.objects.values_list("pk", flat=True))
        Article.objects.all().delete()
        kept(gone)
        documents = rows_of(folder / "docs.jsonl")
        sections = {name: _section(name) for name in {row["section"] for row in documents} if name}
        articles = Article.objects.bulk_create(
            Article(
                title=row["title"][:500] or "-",
                body="\n\n".join(map(escape, row["body"].split("\n\n"))) or "-",
                language=row["lang"],
                section=sections.get(row["section"]),
                published_on=date.fromisoformat(row["date"]) if row["date"] else None,
                published_precision=Precision.DAY if row["date"] else Precision.UNKNOWN,
                state=State.PUBLISHED,
                live_from=_LIVE,
            )
            for row in documents
        )
        _sign(articles, documents)
        _tag(articles, documents)
        kept([article.pk for article in articles])
        fold()
    return {article.pk: str(row["id"]) for article, row in zip(articles, documents, strict=True)}


def _section(name: str) -> Section:
    return Section.objects.get_or_create(name=name[:200], defaults={"slug": slugify(name)})[0]


def _sign(articles: list[Article], documents: list[dict]) -> None:
    authors: dict[str, Author] = {}
    for article, row in zip(articles, documents, strict=True):
        name = (row.get("author") or "")[:200]
        if not name:
            continue
        if name not in authors:
            slug = f"{slugify(name, 80)}-{len(authors)}"
            made, _new = Author.objects.get_or_create(
                name=name, defaults={"slug": slug, "sort_name": name}
            )
            AuthorName.objects.get_or_create(author=made, text=name, defaults={"key": name.lower()})
            authors[name] = made
        Byline.objects.create(article=article, author=authors[name], name=name)


def _tag(articles: list[Article], documents: list[dict]) -> None:
    tags = {
        name: Tag.objects.get_or_create(name=name[:100], defaults={"slug": slugify(name)})[0]
        for name in {name for row in documents for name in row.get("tags") or ()}
    }
    Tagging.objects.bulk_create(
        Tagging(content_object=article, tag=tags[name])
        for article, row in zip(articles, documents, strict=True)
        for name in dict.fromkeys(row.get("tags") or ())
    )
