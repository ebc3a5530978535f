"""How many copies are found, how many pairs are none, and what the search costs as texts get many.

    python -m tests.benchmarks.twins FOLDER... [--most 2000]

Of each capture in the folders the body is taken, and copies are made of it: edited (one word in
twelve is another), cut (a third is gone from the middle), half (either), furnished (a menu before it and
links behind). Looked up among all bodies and all copies before it, each copy has to find its original;
any two bodies that are found to be alike without being copies are named, for a look with the eye.
With two folders that hold captures of the same names, the copies are the other folder's.
"""

# ruff: noqa: T201 - what it is for is printing

import argparse
import contextlib
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from corpusapp.extraction.article import Options
from corpusapp.extraction.errors import ExtractionError
from corpusapp.extraction.pipeline import extract
from corpusapp.importing.files import media_type_of
from corpusapp.text.likeness import shared_part, shingle_set, text_marks
from corpusapp.text.markdown import plain

SHARED_AT_LEAST = 0.5
_CLOSEST = 5
_COMMON = 64


def edited(text: str, dice: random.Random) -> str:
    pieces = text.split(" ") if " " in text else list(text)
    joined = " " if " " in text else ""
    return joined.join("改" if dice.random() < 1 / 12 else piece for piece in pieces)


def cut(text: str, _dice: random.Random) -> str:
    third = len(text) // 3
    return text[:third] + text[2 * third :]


def first_half(text: str, _dice: random.Random) -> str:
    return text[: len(text) // 2]


def second_half(text: str, _dice: random.Random) -> str:
    return text[len(text) // 2 :]


def furnished(text: str, dice: random.Random) -> str:
    menu = "\n".join(f"Menu item {dice.randrange(10**6)} of this site" for _ in range(40))
    return f"{menu}\n\n{text}\n\n{menu[::-1]}"


COPIES: tuple[Callable[[str, random.Random], str], ...] = (
    edited,
    cut,
    first_half,
    second_half,
    furnished,
)


class Index:
    """What the database's index does, in memory."""

    def __init__(self) -> None:
        self.holders: dict[int, list[int]] = defaultdict(list)
        self.shingles: list[frozenset[int]] = []

    def alike(self, text: str) -> list[int]:
        counts: dict[int, int] = defaultdict(int)
        for mark in text_marks(text):
            held = self.holders.get(mark, ())
            for number in held if len(held) < _COMMON else ():
                counts[number] += 1
        own = shingle_set(text) if counts else frozenset()
        closest = sorted(counts, key=lambda number: -counts[number])[:_CLOSEST]
        return [n for n in closest if shared_part(own, self.shingles[n]) >= SHARED_AT_LEAST]

    def add(self, text: str) -> None:
        for mark in text_marks(text):
            self.holders[mark].append(len(self.shingles))
        self.shingles.append(shingle_set(text))


def bodies(folder: Path, most: int) -> Iterator[tuple[str, str]]:
    paths = sorted(path for path in folder.rglob("*") if media_type_of(path.name))
    for path in paths[:: max(1, len(paths) // most)]:
        with contextlib.suppress(ExtractionError):
            options = Options(media_type=media_type_of(path.name) or "")
            if body := plain(extract(path.read_bytes(), options).body):
                yield path.stem, body


def two_captures(folders: Iterable[Path], most: int) -> None:
    """The same pages captured in two ways: each of the second has to find its first."""
    first, second = (dict(bodies(folder, most)) for folder in folders)
    index, names = Index(), list(first)
    for body in first.values():
        index.add(body)
    pairs = first.keys() & second.keys()
    truly = {
        name
        for name in pairs
        if shared_part(shingle_set(first[name]), shingle_set(second[name])) >= SHARED_AT_LEAST
    }
    found = {name: {names[n] for n in index.alike(second[name])} for name in pairs}
    hits = sum(name in found[name] for name in truly)
    print(
        f"{len(pairs)} pages captured twice, {len(truly)} share half: {hits / len(truly):.4f} found"
    )
    for name in sorted(pairs):
        for other in sorted(found[name] - {name}):
            print(f"  alike, and not one page: {name}  {other}")


def made_copies(folder: Path, most: int) -> None:
    dice = random.Random(1)  # noqa: S311 - dull text, not a secret
    texts = dict(bodies(folder, most))
    index, names = Index(), list(texts)
    started = time.process_time()
    for name, text in texts.items():
        for other in index.alike(text):
            print(f"  alike, and not one page: {names[other]}  {name}")
        index.add(text)
    spent = (time.process_time() - started) / max(1, len(texts))
    print(f"{len(texts)} different texts; {spent * 1000:.2f} ms CPU for each")
    for copy in COPIES:
        hits = asked = 0
        for number, text in enumerate(texts.values()):
            other = copy(text, dice)
            if shared_part(shingle_set(text), shingle_set(other)) >= SHARED_AT_LEAST:
                asked += 1
                hits += number in index.alike(other)
        print(f"{copy.__name__:<12} {hits / max(1, asked):.4f} of {asked} found")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--most", type=int, default=2000)
    given = parser.parse_args()
    if len(given.folders) == 2:
        two_captures(given.folders, given.most)
    else:
        for folder in given.folders:
            made_copies(folder, given.most)


if __name__ == "__main__":
    main()
