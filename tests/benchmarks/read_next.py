"""How good what to read next is, and what it costs. For suggested tags see `tests.search.tags`.

    python -m tests.benchmarks.read_next FOLDER [--copies N]

FOLDER holds `docs.jsonl` (id, title, body, lang) and `queries.jsonl` (relevant: ids) of a judged set. Two
documents are related where some question finds both. The
documents become published articles of a database of their own, which is emptied first (DATA_DIR has to
be one that nobody misses). Printed are, for related reading, precision@5 beside that of plain TF-IDF
cosine and of the newest articles.
`--copies` adds so many reshuffled texts first, to see what a refresh costs among many.
"""

# ruff: noqa: T201 - what it is for is printing
# ruff: noqa: S311 - dice, not secrets

import argparse
import json
import math
import os
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import mean

import django
import numpy as np

AT_LEAST = 5  # related documents, or five cannot be found


def precision_at_5(
    ids: Sequence[str], related: Mapping[str, set[str]], nearest: Callable[[str], Sequence[str]]
) -> tuple[float, int]:
    asked = [one for one in ids if len(related[one]) >= AT_LEAST]
    return mean(len(set(nearest(one)[:5]) & related[one]) / 5 for one in asked), len(asked)


def cosine(docs: Sequence[dict[str, str]]) -> Mapping[str, list[str]]:
    """The five nearest by plain TF-IDF over title and body: raw counts, log(N / n), nothing cut."""
    from corpusapp.text.analysis import analyser, stem_of  # noqa: PLC0415 - once Django is ready

    counts = [
        Counter(map(stem_of, analyser(doc["lang"]).terms(f"{doc['title']} {doc['body']}")))
        for doc in docs
    ]
    holders = Counter(word for one in counts for word in one)
    column = {word: number for number, word in enumerate(holders)}
    table = np.zeros((len(docs), len(column)), np.float32)
    for row, one in enumerate(counts):
        for word, number in one.items():
            table[row, column[word]] = number * math.log(len(docs) / holders[word])
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    close = table @ table.T
    np.fill_diagonal(close, -1)
    return {
        doc["id"]: [docs[at]["id"] for at in np.argsort(-close[row])[:5]]
        for row, doc in enumerate(docs)
    }


def articles(docs: Sequence[dict[str, str]], copies: int) -> dict[int, str]:
    """Published ones of these documents, indexed; document id by article id."""
    from django.utils import timezone  # noqa: PLC0415

    from corpusapp.editing.totals import recount_all  # noqa: PLC0415
    from corpusapp.models import Article, State  # noqa: PLC0415
    from corpusapp.search.upkeep import tick  # noqa: PLC0415

    dice = random.Random(7)
    words = [word for doc in docs for word in doc["body"].split()]
    texts = [
        Article(title=" ".join(dice.sample(words, 6)), body=" ".join(dice.sample(words, 300)))
        for _ in range(copies)
    ]
    texts += [
        Article(
            title=doc["title"][:500] or "-", body=doc["body"] or "-", language=doc["lang"] or "en"
        )
        for doc in docs
    ]
    for one in texts:
        one.state, one.live_from = State.PUBLISHED, timezone.now()
    Article.objects.bulk_create(texts, batch_size=500)
    recount_all()
    tick()
    return {one.pk: doc["id"] for one, doc in zip(texts[copies:], docs, strict=True)}


def related_reading(
    docs: Sequence[dict[str, str]], tags: Mapping[str, set[str]], copies: int
) -> None:
    from corpusapp.editing.read_next import refresh  # noqa: PLC0415
    from corpusapp.models import Related  # noqa: PLC0415

    holders = defaultdict(set)
    for doc, own in tags.items():
        for tag in own:
            holders[tag].add(doc)
    related = {
        doc["id"]: set().union(*(holders[tag] for tag in tags[doc["id"]])) - {doc["id"]}
        for doc in docs
    }
    name = articles(docs, copies)
    started = time.process_time()
    done = refresh()
    spent = time.process_time() - started
    kept: dict[str, list[str]] = defaultdict(list)
    for pk, other in Related.objects.order_by("-closeness").values_list("article", "other"):
        if pk in name:
            kept[name[pk]].append(name.get(other, ""))
    ids = [doc["id"] for doc in docs]
    plain = cosine(docs)
    print(
        f"{done} articles, {1000 * spent / done:.1f} ms of CPU each, {Related.objects.count()} rows"
    )
    for what, nearest in (
        ("ours", kept.__getitem__),
        ("plain TF-IDF cosine", plain.__getitem__),
        ("newest", lambda _one: ids[-5:]),
    ):
        figure, number = precision_at_5(ids, related, nearest)
        print(f"  precision@5 {figure:.3f}  {what} ({number} asked)")


def main() -> None:
    asking = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asking.add_argument("folder", type=Path)
    asking.add_argument("--copies", type=int, default=0)
    given = asking.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - once Django is ready

    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    docs = [json.loads(line) for line in (given.folder / "docs.jsonl").open(encoding="utf-8")]
    tags: dict[str, set[str]] = defaultdict(set)
    for number, line in enumerate((given.folder / "queries.jsonl").open(encoding="utf-8")):
        for doc in json.loads(line)["relevant"]:
            tags[doc].add(str(number))
    related_reading(docs, tags, given.copies)


if __name__ == "__main__":
    main()
