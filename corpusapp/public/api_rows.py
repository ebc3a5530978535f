"""Articles, authors and topics as the API gives them: a fixed number of queries for any number."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet

from corpusapp.models import Article, Byline, Capture, Correction, Role, Tagging
from corpusapp.public import addresses

Row = dict[str, Any]

_DATE = ("published_on", "published_time", "published_offset", "published_precision")


def items(
    ids: Iterable[int],
    *,
    snippets: Mapping[int, str] | None = None,
    scores: Mapping[int, float] | None = None,
) -> list[Row]:
    """These articles in this order, as far as readers may see them. 3 queries, 4 with file names."""
    wanted = list(ids)
    if not wanted:
        return []
    articles: QuerySet[Article] = (
        Article.objects.published()
        .filter(pk__in=wanted)
        .select_related("section")
        .only(
            *("public_id", "shelf", "slug", "title", "standfirst", "language", "section__slug"),
            *_DATE,
        )
    )
    found = {article.pk: article for article in articles}
    authors, tags, names = _authors(found), _tags(found), _file_names(found)
    rows = []
    for pk in wanted:
        if article := found.get(pk):
            row = _item(article, authors.get(pk, []), tags.get(pk, []), names.get(pk))
            row["snippet"] = (snippets or {}).get(pk) or article.standfirst
            row["score"] = round((scores or {}).get(pk, 0.0), 4)
            rows.append(row)
    return rows


def _item(article: Article, authors: list[Row], tags: list[str], name: str | None) -> Row:
    return {
        "id": article.public_id,
        "title": article.title,
        "url": addresses.absolute(addresses.article(article)),
        "language": article.language,
        "published_at": article.published_at or None,
        "authors": authors,
        "section": article.section.slug if article.section else None,
        "tags": tags,
        "source_name": name,
    }


def _authors(ids: Collection[int]) -> dict[int, list[Row]]:
    signed = defaultdict(list)
    for article, printed, post, name, slug in (
        Byline.objects.filter(article__in=ids, role=Role.AUTHOR)
        .order_by("position", "pk")
        .values_list("article_id", "name", "post", "author__name", "author__slug")
    ):
        signed[article].append({"name": printed or name, "post": post, "slug": slug})
    return signed


def _tags(ids: Collection[int]) -> dict[int, list[str]]:
    tags = defaultdict(list)
    for article, slug in (
        Tagging.objects.filter(content_object__in=ids)
        .order_by("pk")
        .values_list("content_object_id", "tag__slug")
    ):
        tags[article].append(slug)
    return tags


def _file_names(ids: Collection[int]) -> dict[int, str]:
    """The file each article came from, if the site tells: of its newest capture that is no copy."""
    if not settings.API_FILE_NAMES:
        return {}
    captures = Capture.objects.filter(article__in=ids, undone_by__isnull=True)
    order = captures.order_by(F("duplicate_of").desc(nulls_last=True), "pk")
    return {
        article: path.rpartition("/")[2]
        for article, path in order.values_list("article_id", "path")
    }


def whole(article: Article) -> Row:
    """One article in full; its section and source are fetched. 5 queries, 6 with file names."""
    pk = article.pk
    editions = Article.objects.published().filter(translation_key=article.translation_key)
    others = editions.exclude(pk=pk).order_by("pk")
    row = _item(article, _authors([pk])[pk], _tags([pk])[pk], _file_names([pk]).get(pk))
    source = article.source
    return row | {
        "snippet": article.standfirst,
        "score": 0.0,
        "standfirst": article.standfirst,
        "body": article.body,
        "author_note": article.author_note,
        "words": article.units,
        "source": source
        and {"name": source.name, "url": addresses.outside(source.address) or None},
        "source_url": addresses.outside(article.source_address) or None,
        "editions": [
            {
                "id": other.public_id,
                "language": other.language,
                "url": addresses.absolute(addresses.article(other)),
            }
            for other in others.only("public_id", "shelf", "slug", "language")
        ],
        "corrections": list(
            Correction.objects.filter(article=pk)
            .order_by("made_on", "pk")
            .values("kind", "text", date=F("made_on"))
        ),
        "updated_at": article.updated_at.isoformat(timespec="seconds"),
    }
