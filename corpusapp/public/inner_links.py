"""Links between articles lead to where the other one stands today, and nowhere if readers cannot see it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from corpusapp.models import Article
from corpusapp.public.readings import Reading, address_on
from corpusapp.public.shelves import Shelf
from corpusapp.text.inner_links import rendered_ids, with_addresses

_Key = TypeVar("_Key")


def addresses_for(public_ids: Iterable[str], shelf: Shelf) -> dict[str, str]:
    """{public id: path}, of those that readers can see, as they stand on `shelf`; 1 query, or none."""
    wanted = set(public_ids)
    if not wanted:
        return {}
    rows = Article.objects.published().filter(public_id__in=wanted).select_related("rendition")
    return {row.public_id: address_on(row, shelf) for row in rows.defer("body", "rendered")}


def with_links(readings: Mapping[_Key, Reading], shelf: Shelf) -> dict[_Key, Reading]:
    """The same texts, their links between articles as they are today; 1 query at most."""
    found = {key: rendered_ids(text.html) for key, text in readings.items()}
    known = addresses_for((one for ids in found.values() for one in ids), shelf)
    return {
        key: replace(text, html=with_addresses(text.html, known.get)) if found[key] else text
        for key, text in readings.items()
    }
