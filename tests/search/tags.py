"""Measure the tags that are suggested: how many of the first three are right, and of the right ones found.

    python -m tests.search.tags                    a table for each set that has tags
    python -m tests.search.tags --only NAME        of one set alone

SEARCH_SET names the folder of sets. The tags of a set are those of its documents; where these have none,
the questions that a document answers are its tags, if several documents answer one (`cran`); a set whose
questions each look for one document (`dev-en`, `dev-zh`) says nothing about tags, and is left out.

Ours is what `suggest_tags` answers. Beside it stand, from the same texts, what the ten nearest
articles and the tags named in the text say, and a linear model of all tagged articles: ours has to be
at least about as good as the better of the two. Precision@3 counts against three, or as many as the
document has. Every figure is the mean of three drawings of who is tagged and who is asked.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np

TAGGED = (50, 200, 1000)
DRAWINGS = 3
ASKED = 100  # articles of each drawing
_FEWEST = 150  # documents with tags, or there is nothing to draw from
_RIDGE = 0.3
Tags = Mapping[int, set[str]]  # of an article, by its id
Suggest = Callable[[int], Sequence[str]]


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def tags_of(folder: Path) -> dict[str, set[str]]:
    """The tags of each document that has any."""
    tags: dict[str, set[str]] = defaultdict(set)
    for line in (folder / "docs.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        tags[str(row["id"])] |= set(row.get("tags") or ())
    if not any(tags.values()) and (folder / "queries.jsonl").is_file():
        for number, line in enumerate((folder / "queries.jsonl").open(encoding="utf-8")):
            relevant = json.loads(line)["relevant"]
            for name in relevant if len(relevant) > 1 else ():
                tags[str(name)].add(f"question {number}")
    return {name: own for name, own in tags.items() if own}


def figures(asked: Sequence[int], tags: Tags, known: set[str], suggest: Suggest) -> list[float]:
    """(precision@3, recall@5) over those of `asked` that have a tag somebody has."""
    precisions, recalls = [], []
    for pk in asked:
        if right := tags[pk] & known:
            found = list(suggest(pk))
            precisions.append(len(set(found[:3]) & right) / min(3, len(right)))
            recalls.append(len(set(found[:5]) & right) / len(right))
    return [mean(precisions), mean(recalls)]


class Plain:
    """Two plain ways to suggest tags, from texts alone."""

    def __init__(self, articles: Sequence[Any], tags: Tags) -> None:
        from corpusapp.text.analysis import analyser, stem_of  # noqa: PLC0415 - once Django is ready

        def stems(language: str, text: str) -> list[str]:
            return list(map(stem_of, analyser(language).terms(text)))

        self.tags = tags
        self.words = sorted({tag for own in tags.values() for tag in own})
        self.row = {article.pk: row for row, article in enumerate(articles)}
        counts = [Counter(stems(one.language, f"{one.title} {one.body}")) for one in articles]
        holders = Counter(word for one in counts for word in one)
        column = {word: number for number, word in enumerate(holders)}
        table = np.zeros((len(counts), len(column)), np.float32)
        for row, one in enumerate(counts):
            for word, number in one.items():
                rarity = np.log(len(counts) / holders[word])
                table[row, column[word]] = (1 + np.log(number)) * rarity
        table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
        self.close = table @ table.T
        names = [f" {' '.join(stems('en', word))} " for word in self.words]
        texts = [
            f" {' '.join(stems(one.language, f'{one.title} {one.body}'))} " for one in articles
        ]
        self.named = np.array([[name in text for name in names] for text in texts], float)

    def learn(self, taught: Sequence[int]) -> None:
        self.rows = [self.row[pk] for pk in taught]
        self.has = np.array([[tag in self.tags[pk] for tag in self.words] for pk in taught], float)
        square = self.close[np.ix_(self.rows, self.rows)] + _RIDGE * np.eye(len(self.rows))
        self.model = np.linalg.solve(square, self.has)

    def nearest(self, pk: int) -> list[str]:
        close = self.close[self.row[pk], self.rows]
        ten = np.argsort(-close)[:10]
        return self._best(close[ten] @ self.has[ten] / max(close[ten].sum(), 1e-9), pk)

    def linear(self, pk: int) -> list[str]:
        return self._best(self.close[self.row[pk], self.rows] @ self.model, pk)

    def _best(self, scores: Any, pk: int) -> list[str]:
        scores = scores + 0.35 * self.named[self.row[pk]]
        return [self.words[at] for at in np.argsort(-scores)[:5] if scores[at] > 0]


def measure(folder: Path, tags_by_name: Mapping[str, set[str]]) -> None:
    """Fill the database with the set and print its table."""
    from corpusapp.editing.naming import learn_tag_words  # noqa: PLC0415 - once Django is ready
    from corpusapp.editing.read_next import refresh  # noqa: PLC0415
    from corpusapp.editing.tag_suggestions import suggest_tags  # noqa: PLC0415
    from corpusapp.editing.totals import recount_all  # noqa: PLC0415
    from corpusapp.models import Article, Tag, Tagging  # noqa: PLC0415
    from tests.search.filling import fill  # noqa: PLC0415

    Tag.objects.all().delete()
    names = fill(folder)
    recount_all()  # how rare a word is depends on how many articles there are
    refresh()
    tags = {pk: tags_by_name[name] for pk, name in names.items() if name in tags_by_name}
    for number, word in enumerate(sorted({tag for own in tags.values() for tag in own})):
        tag, _made = Tag.objects.get_or_create(name=word[:100], defaults={"slug": f"tag-{number}"})
        learn_tag_words(tag)
    rows = {tag.name: tag for tag in Tag.objects.all()}
    articles = {one.pk: one for one in Article.objects.filter(pk__in=tags).order_by("pk")}
    plain = Plain(list(articles.values()), tags)
    spent: list[float] = []

    def ours(pk: int) -> list[str]:
        started = time.process_time()
        found = [tag.name for tag in suggest_tags(articles[pk])]
        spent.append(time.process_time() - started)
        return found

    ways: dict[str, Suggest] = {"ours": ours, "nearest": plain.nearest, "linear": plain.linear}
    _say(f"\n{folder.name}: {len(tags)} articles with {len(rows)} tags   precision@3 / recall@5")
    _say(f"  {'tagged':<8}" + "".join(f"{way:>16}" for way in ways))
    for number in TAGGED:
        drawn: dict[str, list[list[float]]] = {way: [] for way in ways}
        for drawing in range(DRAWINGS):
            ids = sorted(tags)
            random.Random(drawing).shuffle(ids)  # noqa: S311 - dice, not secrets
            asked, taught = ids[:ASKED], ids[ASKED:][:number]
            Tagging.objects.all().delete()
            Tagging.objects.bulk_create(
                Tagging(content_object_id=pk, tag=rows[tag[:100]])
                for pk in taught
                for tag in tags[pk]
            )
            known = {tag for pk in taught for tag in tags[pk]}
            plain.learn(taught)
            for way, suggest in ways.items():
                drawn[way].append(figures(asked, tags, known, suggest))
        told = "".join(
            f"{mean(one[0] for one in those):>9.3f} / {mean(one[1] for one in those):.3f}"[
                :16
            ].rjust(16)
            for those in drawn.values()
        )
        _say(f"  {len(taught):<8}{told}")
    _say(f"  CPU of a suggestion {1000 * mean(spent):.0f} ms")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", default="", help="the name of one set")
    asked = parser.parse_args(arguments)
    folder = os.environ.get("SEARCH_SET")
    if not folder:
        _say("SEARCH_SET names no folder of sets: nothing to measure.")
        return 2
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {
            "DATA_DIR": data,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "LOG_LEVEL": "WARNING",
        }
        os.environ.pop("DATABASE_URL", None)
        import django  # noqa: PLC0415 - its settings read the environment
        from django.core.management import call_command  # noqa: PLC0415

        django.setup()
        call_command("migrate", verbosity=0)
        for path in sorted(Path(folder).iterdir()):
            if not (path / "docs.jsonl").is_file() or asked.only not in {"", path.name}:
                continue
            tags = tags_of(path)
            if len(tags) < _FEWEST:
                _say(f"\n{path.name}: LEFT OUT, no tags to learn from")
            else:
                measure(path, tags)
    return 0


if __name__ == "__main__":
    sys.exit(main())
