"""The chosen articles as a file: a table for people, or records that this product imports again."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone

from corpusapp.editing.revisions import CAPTURED_FIELDS, values_of
from corpusapp.models import Article

CSV, JSONL = "csv", "jsonl"
_BATCH = 200
_COLUMNS = (
    *("id", "title", "standfirst", "authors", "posts", "date", "section", "language"),
    *("tags", "source", "url", "state"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def exported(ids: Sequence[int], form: str) -> HttpResponse | StreamingHttpResponse:
    """A download; read from the database piece by piece while it is sent."""
    lines = _csv(ids) if form == CSV else _jsonl(ids)
    media_type = "text/csv; charset=utf-8" if form == CSV else "application/x-ndjson; charset=utf-8"
    response = StreamingHttpResponse(lines, content_type=media_type)
    name = f"articles-{timezone.localtime():%Y-%m-%d-%H%M}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _records(ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    """One for each article, under the names by which an import knows its fields."""
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        known = dict(Article.objects.filter(pk__in=batch).values_list("pk", "public_id"))
        states = dict(Article.objects.filter(pk__in=batch).values_list("pk", "state"))
        values = values_of(batch, CAPTURED_FIELDS)
        for pk in batch:
            if pk not in values or pk not in known:
                continue
            one = values[pk]
            yield {
                "id": known[pk],
                "title": one["title"],
                "standfirst": one["standfirst"],
                "authors": [
                    {"name": who["name"], "post": who["post"], "role": who["role"]}
                    for who in one["authors"]
                ],
                "date": one["published_at"],
                "section": (one["section"] or {}).get("name", ""),
                "language": one["language"],
                "tags": [tag["name"] for tag in one["tags"]],
                "source": (one["source"] or {}).get("name", ""),
                "url": one["source_address"],
                "views": one["views"],
                "caption": one["caption"],
                "biography": one["biography"],
                "status": states[pk],
                "body": one["body"],
            }


def _jsonl(ids: Sequence[int]) -> Iterator[str]:
    for record in _records(ids):
        yield json.dumps(record, ensure_ascii=False) + "\n"


def _csv(ids: Sequence[int]) -> Iterator[str]:
    yield "\ufeff" + _row(_COLUMNS)  # the mark by which spreadsheets know UTF-8
    for record in _records(ids):
        row = {
            **record,
            "authors": "; ".join(who["name"] for who in record["authors"]),
            "posts": "; ".join(who["post"] for who in record["authors"]),
            "tags": ", ".join(record["tags"]),
            "state": record["status"],
        }
        yield _row([_safe(str(row[name])) for name in _COLUMNS])


def _row(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _safe(cell: str) -> str:
    """No spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
