"""Measure the search, and stop where a figure fell.

    python -m tests.search.gate                         tables, and what fell or rose; 1 if anything fell
    python -m tests.search.gate --pin                   the same, and today's figures become the measure
    python -m tests.search.gate --database postgres://… on that (empty) database, instead of a new SQLite file

Our own set (`tests/search/own/`) is always measured; where SEARCH_SET names a folder of sets, each of
its folders is, too. What is asked is `Engine.find`; the articles are written as they stand in the set.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

HERE = Path(__file__).parent
FIGURES = HERE / "figures.json"
Figures = dict[str, dict[str, Mapping[str, float]]]  # set -> kind of query -> measure -> figure


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _sets() -> Iterator[tuple[str, Path]]:
    yield "own", HERE / "own"
    if folder := os.environ.get("SEARCH_SET"):
        for path in sorted(Path(folder).iterdir()):
            if (path / "queries.jsonl").is_file():
                yield path.name, path


def figures_of(folder: Path) -> dict[str, Mapping[str, float]]:
    """Fill the database with the set and no more, and ask all its queries."""
    from corpusapp.search.contract import Query  # noqa: PLC0415 - once Django is set up
    from corpusapp.search.engines import engine  # noqa: PLC0415
    from tests.search import filling, scoring  # noqa: PLC0415

    names = filling.fill(folder)
    spent: list[float] = []

    def find(text: str) -> list[str]:
        started = time.process_time()
        page = engine().find(Query(text, limit=scoring.SHOWN, facets=False, excerpts=False))
        spent.append(time.process_time() - started)
        return [names[hit.article_id] for hit in page.hits]

    found = scoring.measured(scoring.queries_of(folder), find)
    spent.sort()
    _say(
        f"  {len(names)} articles; CPU of a query {spent[len(spent) // 2] * 1000:.1f} ms, of one in twenty {spent[len(spent) * 19 // 20] * 1000:.1f} ms"
    )
    return found


def changes(pinned: Figures, found: Figures) -> tuple[list[str], list[str]]:
    """(what fell, what rose or is new), a line each. A set that is not here today cannot fall."""
    fell, rose = [], []
    for name, kinds in found.items():
        for kind, measures in kinds.items():
            for measure, now in measures.items():
                before = pinned.get(name, {}).get(kind, {}).get(measure)
                line = f"{name:<10} {kind:<16} {measure:<10} {'new' if before is None else before:>7} -> {now}"
                if before is not None and now < before:
                    fell.append(line)
                elif before is None or now > before:
                    rose.append(line)
        fell += [
            f"{name:<10} {kind:<16} gone" for kind in pinned.get(name, {}) if kind not in kinds
        ]
    return fell, rose


def _show(name: str, kinds: Mapping[str, Mapping[str, float]]) -> None:
    _say(f"\n{name:<18}{''.join(f'{measure:>11}' for measure in next(iter(kinds.values())))}")
    for kind, measures in kinds.items():
        _say(f"  {kind:<16}{''.join(f'{figure:>11.3f}' for figure in measures.values())}")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pin", action="store_true", help="make today's figures the measure")
    parser.add_argument("--database", default="", help="an empty PostgreSQL database")
    parser.add_argument("--only", default="", help="the name of one set")
    asked = parser.parse_args(arguments)
    found: Figures = {}
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "LOG_LEVEL": "WARNING",
        }
        os.environ.pop("DATABASE_URL", None)
        if asked.database:
            os.environ["DATABASE_URL"] = asked.database
        import django  # noqa: PLC0415 - its settings read the environment
        from django.core.management import call_command  # noqa: PLC0415

        django.setup()
        call_command("migrate", verbosity=0)
        for name, path in _sets():
            if not asked.only or asked.only == name:
                found[name] = figures_of(path)
                _show(name, found[name])
    pinned: Figures = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}
    fell, rose = changes(pinned, found)
    for heading, lines in (("Rose, or is new (keep it with --pin)", rose), ("FELL", fell)):
        if lines:
            _say(f"\n{heading}:\n  " + "\n  ".join(lines))
    if len(found) == 1 and not asked.only:
        _say("\nLEFT OUT: public sets (SEARCH_SET names no folder)")
    if asked.pin:
        FIGURES.write_text(_text(pinned | found), "utf-8")
        _say(f"\nPinned in {FIGURES.name}.")
        return 0
    _say(f"\n{'A figure fell.' if fell else 'No figure fell.'}")
    return 1 if fell else 0


def _text(pinned: Figures) -> str:
    """JSON with a kind a line, so that a change of one is a line in the history."""
    sets = [
        f" {json.dumps(name)}: {{\n"
        + ",\n".join(f"  {json.dumps(kind)}: {json.dumps(row)}" for kind, row in kinds.items())
        + "\n }"
        for name, kinds in sorted(pinned.items())
    ]
    return "{\n" + ",\n".join(sets) + "\n}\n"


if __name__ == "__main__":
    sys.exit(main())
