"""What searches cost: CPU and time of each kind of query, and the size of the index.

    python -m tests.benchmarks.searches 1000 10000 [100000] [--database postgres://…]

For each number so many articles of our own making are written into a new database (SQLite, or the
empty one that is named) and indexed as an import would. Their words are drawn by Zipf's law, so
that there are common and rare ones; a third are Chinese. CPU is that of this process, so PostgreSQL's
own is told by the time alone.
"""

# ruff: noqa: T201, PLC0415 - what it is for is printing; Django is set up late

import argparse
import bisect
import itertools
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
_WORDS, _CHARACTERS, _LENGTH = 40_000, 3000, 1000
_BATCH = 250
_ROUNDS = 15
_RARE = "quillonbrax"
QUERIES = {
    "rare word": _RARE,
    "common word": "{0}",
    "two words": "{20} {40}",
    "Chinese, 2 letters": "{zh2}",
    "Chinese, 4 letters": "{zh4}",
    "misspelt": "quilonbrax",
    "quote": '"{0} {1}"',
    "question": "{0} {5} {9} {300} {2000} {30} {4000} {11}",
    "last word begun": "{20} {b}",
}


class Language:
    """Words and characters with their frequencies; the same for everyone who makes one."""

    def __init__(self) -> None:
        drawn = random.Random(4)  # noqa: S311 - texts that are the same in every run
        syllables = [
            a + b for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "u", "an", "er", "it")
        ]
        self.words = list(
            dict.fromkeys(
                "".join(drawn.choices(syllables, k=drawn.choice((2, 2, 3, 3, 4))))
                for _ in range(_WORDS * 2)
            )
        )[:_WORDS]
        self.characters = [chr(0x4E00 + 6 * number) for number in range(_CHARACTERS)]
        self.pairs = ["".join(drawn.choices(self.characters[:1200], k=2)) for _ in range(8000)]
        self._weights = {
            size: list(itertools.accumulate(1 / (rank + 3) for rank in range(size)))
            for size in (len(self.words), len(self.pairs))
        }

    def drawn(self, source: random.Random, of: list[str], number: int) -> list[str]:
        weights = self._weights[len(of)]
        return [of[bisect.bisect(weights, source.random() * weights[-1])] for _ in range(number)]

    def english(self, number: int) -> tuple[str, str]:
        source = random.Random(number)  # noqa: S311
        title = " ".join(self.drawn(source, self.words, 8)).capitalize()
        paragraphs = [
            " ".join(self.drawn(source, self.words, _LENGTH // 8)).capitalize() + "."
            for _ in range(8)
        ]
        if number % 1000 == 7:
            paragraphs.append(f"{_RARE.capitalize()}.")
        return title, "\n\n".join(paragraphs)

    def chinese(self, number: int) -> tuple[str, str]:
        source = random.Random(number)  # noqa: S311
        sentences = ["".join(self.drawn(source, self.pairs, 6)) for _ in range(160)]
        return sentences[0], "。\n\n".join(
            "，".join(sentences[at : at + 20]) for at in range(0, 160, 20)
        )

    def queries(self) -> dict[str, str]:
        names = {
            str(rank): self.words[rank] for rank in (0, 1, 5, 9, 11, 20, 30, 40, 300, 2000, 4000)
        }
        names |= {
            "zh2": self.pairs[0],
            "zh4": self.pairs[1] + self.pairs[2],
            "b": self.words[50][:4],
        }
        found = {}
        for kind, text in QUERIES.items():
            for name, word in names.items():
                text = text.replace(f"{{{name}}}", word)  # noqa: PLW2901
            found[kind] = text
        return found


def fill(language: Language, number: int) -> tuple[float, int]:
    """Write and index so many articles; CPU seconds of indexing, and bytes of text."""
    from django.db import transaction

    from corpusapp.editing.changes import kept
    from corpusapp.models import Article, Precision, Section, State

    sections = [Section.objects.create(name=f"Section {one}", slug=f"s{one}") for one in range(12)]
    spent, size = 0.0, 0
    for start in range(0, number, _BATCH):
        with transaction.atomic():
            made = []
            for one in range(start, min(start + _BATCH, number)):
                is_chinese = one % 3 == 1
                title, body = language.chinese(one) if is_chinese else language.english(one)
                size += len(title.encode()) + len(body.encode())
                made.append(
                    Article(
                        title=title,
                        body=body,
                        language="zh-Hans" if is_chinese else "en",
                        section=sections[one % 12],
                        published_on=date(2010 + one % 15, 1 + one % 12, 1 + one % 28),
                        published_precision=Precision.DAY,
                        state=State.PUBLISHED,
                        live_from=datetime(2020, 1, 1, tzinfo=UTC),
                    )
                )
            Article.objects.bulk_create(made)
            started = time.process_time()
            kept([article.pk for article in made])
            spent += time.process_time() - started
    kept(())
    return spent, size


def index_bytes() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE '%%search%%'")
        else:
            cursor.execute(
                "SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c "
                "WHERE relkind = 'r' AND relname LIKE 'corpusapp_search%%'"
            )
        return int(cursor.fetchone()[0])


def best(deed: Callable[[], object]) -> tuple[float, float]:
    """The least CPU and the median time of some rounds, in milliseconds."""
    cpu, wall = [], []
    for _ in range(_ROUNDS):
        started, begun = time.process_time(), time.perf_counter()
        deed()
        cpu.append(time.process_time() - started)
        wall.append(time.perf_counter() - begun)
    return min(cpu) * 1000, sorted(wall)[_ROUNDS // 2] * 1000


def measure(number: int) -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)

    from corpusapp.search.contract import Query
    from corpusapp.search.engines import engine, index

    language = Language()
    spent, size = fill(language, number)
    print(f"\n{number:,} articles, {size / 1e6:.1f} MB of text")
    print(f"  indexing: {spent / number * 1000:.2f} ms CPU an article")
    before = index_bytes()
    index().optimise()
    print(f"  index / text: {before / size:.2f}, in its best order {index_bytes() / size:.2f}")
    for kind, text in language.queries().items():
        query = Query(text)
        total = engine().find(query).total
        cpu, wall = best(lambda query=query: engine().find(query))
        print(f"  {kind:<20} {total:>7,} found   {cpu:6.1f} ms CPU   {wall:6.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("numbers", type=int, nargs="+")
    parser.add_argument(
        "--database", default="", help="an empty PostgreSQL database, for one number"
    )
    given = parser.parse_args()
    if len(given.numbers) > 1:  # each in a process and a database of its own
        for number in given.numbers:
            subprocess.run(  # noqa: S603 - this command
                [sys.executable, "-m", "tests.benchmarks.searches", str(number)],
                cwd=ROOT,
                check=True,
            )
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "LOG_LEVEL": "WARNING",
            "DATABASE_URL": given.database or f"sqlite:///{folder}/corpus.sqlite3",
        }
        measure(given.numbers[0])


if __name__ == "__main__":
    main()
