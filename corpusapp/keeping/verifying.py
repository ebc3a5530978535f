"""Compare what is kept beside the articles with what would be made of them now."""

from collections.abc import Iterator
from dataclasses import dataclass

from corpusapp.models import Article
from corpusapp.search import upkeep
from corpusapp.text import markdown
from corpusapp.text.packing import unpack

SAVE_AGAIN = "save these articles at the desk again, and find out who wrote their rendering"
_COLUMNS = ("pk", "public_id", "body", "rendered", "body_renderer")


@dataclass(frozen=True, slots=True)
class Difference:
    finding: str
    remedy: str


def differences() -> Iterator[Difference]:
    """All there are; reads every article, changes nothing."""
    for finding, remedy in upkeep.differences():
        yield Difference(f"search: {finding}", remedy)
    articles = Article.objects.order_by("pk").values_list(*_COLUMNS, named=True)
    for row in articles.iterator(chunk_size=200):
        if row.body_renderer != markdown.RENDERER_VERSION:
            continue  # rendered whenever it is shown
        if unpack(row.rendered, row.body) != markdown.render(row.body):
            yield Difference(
                f"rendering: article {row.public_id} is shown otherwise than its text", SAVE_AGAIN
            )
