"""The fields of an article in a form that gives them back exactly: what undoing keeps, as JSON.

Sections, sources, tags and authors stand by their row, with the name beside it for people to read
and for the day the row is gone. In the ledger a text is kept once: where it was replaced, whole;
of what replaced it, which the article itself has, only the hash.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from corpusapp.editing.desk_fields import DESK_FIELDS, set_columns, set_rows, still_has
from corpusapp.editing.linking import note_links
from corpusapp.editing.naming import label_key
from corpusapp.editing.tagging import LONGEST_WORD
from corpusapp.extraction.article import ExtractedArticle, ExtractedByline, PrintedDate
from corpusapp.extraction.article import Precision as Printed
from corpusapp.extraction.article import Role as Part
from corpusapp.importing.fields import FIELDS, digest, set_date, set_texts
from corpusapp.importing.registry import Registry
from corpusapp.importing.rows import byline_rows
from corpusapp.models import Article, Author, Byline, Section, Source, Tag, Tagging, insert
from corpusapp.text.names import person_key

_ROW = ("section", "source")


def exact(article: Article, names: Collection[str]) -> dict[str, Any]:
    """Those of the fields `names` as they stand; a query each for authors and tags."""
    values: dict[str, Any] = {}
    for name in names:
        match name:
            case "authors":
                values[name] = [
                    {
                        "author": byline.author_id,
                        "name": byline.printed_name,
                        "post": byline.post,
                        "role": byline.role,
                    }
                    for byline in article.bylines.select_related("author").order_by(
                        "position", "pk"
                    )
                ]
            case "tags":
                rows = article.taggings.select_related("tag").order_by("pk")
                values[name] = [{"id": row.tag_id, "name": row.tag.name} for row in rows]
            case "section" | "source":
                row = getattr(article, name)
                values[name] = {"id": row.pk, "name": row.name} if row else None
            case "views":
                values[name] = article.captured_views
            case "biography":
                values[name] = article.author_note
            case _:
                values[name] = getattr(article, name)
    return values


def told(name: str, value: Any) -> Any:
    """The form in which the ledger keeps what a field was changed to."""
    return {"sha256": digest(value)} if name == "body" and isinstance(value, str) else value


def stands(name: str, now: Any, then: Any) -> bool:
    """Whether a field (`exact`) still is what the ledger says it was changed to."""
    if name in DESK_FIELDS:
        return still_has(name, now, then)
    if name == "body":
        return bool(told(name, now) == told(name, then))
    if name in _ROW:
        return (now or {}).get("id") == (then or {}).get("id")
    if name == "tags":
        return {tag["id"] for tag in now} == {tag["id"] for tag in then or ()}
    return bool(now == then)


def restore(article: Article, values: Mapping[str, Any]) -> None:
    """Write `values` (of `exact`) back and save the article; inside `recounted` only.

    What a value names and nobody has any more is made anew, under the name it had.
    """
    rows = _Rows(values)
    columns = _as_columns(values)
    set_texts(article, columns, frozenset(values) - {"published_at", *DESK_FIELDS})
    set_columns(article, values)
    if "published_at" in values:
        set_date(article, columns.published)
    if "section" in values:
        article.section = rows.section
    if "source" in values:
        article.source = rows.source
    article.version += 1
    article.save()
    if "body" in values:
        note_links({article.pk: article.body})
    if "authors" in values:
        article.bylines.all().delete()
        insert(rows.bylines(article))
    if "tags" in values:
        article.taggings.all().delete()
        insert(Tagging(content_object=article, tag=tag) for tag in rows.tags.values())
    set_rows(article, values)


def makes_anew(values: Mapping[str, Any]) -> frozenset[str]:
    """Those fields of `values` (of `exact`) that `restore` would have to make a row for."""
    found = set()
    section, source = values.get("section"), values.get("source")
    if section and not Section.objects.filter(pk=section["id"]).exists():
        key = label_key(section["name"])
        found |= set() if key in Section.objects.known_as({key}) else {"section"}
    if source and not Source.objects.filter(pk=source["id"]).exists():
        known = Source.objects.filter(key=label_key(source["name"])).exists()
        found |= set() if known else {"source"}
    tags = {tag["id"]: tag["name"] for tag in values.get("tags") or ()}
    words = {tags[pk] for pk in tags.keys() - Tag.objects.in_bulk(list(tags)).keys()}
    words -= set(Tag.objects.filter(name__in=words).values_list("name", flat=True))
    keys = {label_key(word, LONGEST_WORD) for word in words}
    if keys - Tag.objects.known_as(keys).keys():
        found.add("tags")
    people = {one["author"]: one["name"] for one in values.get("authors") or ()}
    lost = people.keys() - Author.objects.in_bulk(list(people)).keys()
    names = {person_key(people[pk]) for pk in lost} - {""}
    if names - Author.objects.known_as(names).keys():
        found.add("authors")
    return frozenset(found)


def apply(
    article: Article, extracted: ExtractedArticle, names: Collection[str], registry: Registry
) -> None:
    """Write those of the fields `names` that a capture gives, and save; inside `recounted` only."""
    set_texts(article, extracted, frozenset(names))
    if "section" in names:
        article.section = registry.section(extracted)
    if "source" in names:
        article.source = registry.source(extracted)
    article.version += 1
    article.save()
    if "body" in names:
        note_links({article.pk: article.body})
    if "authors" in names:
        article.bylines.all().delete()
        insert(byline_rows(article, extracted, registry))
    if "tags" in names:
        article.taggings.all().delete()
        insert(Tagging(content_object=article, tag=tag) for tag in registry.tags_of(extracted))


def offered(extracted: ExtractedArticle, name: str) -> Any:
    """A value that a capture gives, as JSON: what a conflict offers, and `taken` reads."""
    match name:
        case "authors":
            return [
                {"name": byline.name, "post": byline.post, "role": str(byline.role)}
                for byline in extracted.bylines
            ]
        case "published_at":
            return str(extracted.published) if extracted.published else ""
        case "tags":
            return list(extracted.tags)
        case "source_address":
            return extracted.source_url
        case _:
            return getattr(extracted, name)


def taken(name: str, value: Any) -> ExtractedArticle:
    """An extracted article that has this one field; the other way round from `offered`."""
    if name == "authors":
        return ExtractedArticle(
            bylines=tuple(
                ExtractedByline(byline["name"], byline["post"], Part(byline["role"]), 0)
                for byline in value
            )
        )
    if name == "published_at":
        return ExtractedArticle(published=printed_date(value))
    if name == "tags":
        return ExtractedArticle(tags=tuple(value))
    if name == "source_address":
        return ExtractedArticle(source_url=value)
    return ExtractedArticle(**{name: value})


def printed_date(iso: str) -> PrintedDate | None:
    """`Article.published_at`, read back."""
    if not iso:
        return None
    day, _, clock = iso.partition("T")
    precision = (Printed.YEAR, Printed.MONTH, Printed.DAY)[day.count("-")]
    if not clock:
        return PrintedDate(iso, precision)
    offset = None
    if zone := clock[5:]:
        minutes = int(zone[1:3]) * 60 + int(zone[4:6])
        offset = -minutes if zone[0] == "-" else minutes
    return PrintedDate(f"{day}T{clock[:5]}", Printed.MINUTE, offset)


def _as_columns(values: Mapping[str, Any]) -> ExtractedArticle:
    """The columns among `values`, as `set_texts` takes them."""
    columns = ExtractedArticle(published=printed_date(values.get("published_at") or ""))
    for name in FIELDS:
        if name in values and name not in {"authors", "tags", "published_at", *_ROW}:
            field = "source_url" if name == "source_address" else name
            columns = replace(columns, **{field: values[name]})
    return columns


class _Rows:
    """The rows that exact values name, looked up at once."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.signatures: list[dict[str, Any]] = list(values.get("authors") or ())
        authors = Author.objects.select_related("merged_into").in_bulk(
            [one["author"] for one in self.signatures]
        )
        self._authors = {pk: author.merged_into or author for pk, author in authors.items()}
        self._registry = Registry()
        section, source = values.get("section"), values.get("source")
        wanted_tags = values.get("tags") or ()
        tags = Tag.objects.in_bulk([tag["id"] for tag in wanted_tags])
        self.section = Section.objects.filter(pk=section["id"]).first() if section else None
        self.source = Source.objects.filter(pk=source["id"]).first() if source else None
        lost = ExtractedArticle(
            section=section["name"] if section and self.section is None else "",
            source=source["name"] if source and self.source is None else "",
            tags=tuple(tag["name"] for tag in wanted_tags if tag["id"] not in tags),
            bylines=tuple(
                ExtractedByline(one["name"], "", Part.AUTHOR, 0)
                for one in self.signatures
                if one["author"] not in self._authors
            ),
        )
        self._registry.look_up([lost])
        self.section = self.section or self._registry.section(lost)
        self.source = self.source or self._registry.source(lost)
        found = [*tags.values(), *self._registry.tags_of(lost)]
        self.tags = {tag.pk: tag for tag in found}

    def bylines(self, article: Article) -> Iterable[Byline]:
        signed: set[tuple[int, str]] = set()
        for position, one in enumerate(self.signatures, start=1):
            author = self._authors.get(one["author"]) or self._registry.authors.get(
                person_key(one["name"])
            )
            if author is None or (author.pk, one["role"]) in signed:
                continue  # two of them have become one author since
            signed.add((author.pk, one["role"]))
            yield Byline(
                article=article,
                author=author,
                position=position,
                role=one["role"],
                name=one["name"],
                post=one["post"],
            )
