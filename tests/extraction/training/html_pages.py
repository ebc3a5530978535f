"""The annotated pages from which the judges of saved pages learn, as rows with what is right.

Reads the folder that EXTRACTION_SET names (truth.jsonl.xz, docs-html.tar.xz). A row is a line of a page for the
judge of the text, a candidate for those of title, authors and date.
"""

import hashlib
import json
import lzma
import os
import tarfile
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from corpusapp.extraction.errors import ExtractionError
from corpusapp.extraction.formats.html.reading import read_saved_page
from corpusapp.extraction.lines import read_page
from corpusapp.extraction.markup import SavedPage
from corpusapp.extraction.markup_features import Lookout, measure
from corpusapp.extraction.overlook import look_over
from corpusapp.extraction.page_text import judged_text
from corpusapp.extraction.parts.byline.mentions import mentions
from corpusapp.extraction.parts.byline.ways import Mention
from corpusapp.extraction.parts.chrome import judge_chrome
from corpusapp.extraction.parts.dateline import dated_lines, day_first_of
from corpusapp.extraction.parts.line_words import words_of
from corpusapp.extraction.parts.scene import Scene
from corpusapp.extraction.witnesses import authors, dates, titles
from corpusapp.extraction.witnesses.authors import Around
from corpusapp.extraction.witnesses.json_ld import ToldArticle, read_json_ld
from corpusapp.extraction.witnesses.second_opinion import heard
from corpusapp.text.folding import fold
from corpusapp.text.languages import canonical
from tests.extraction.training.alignment import SHINGLE, in_place

FOLDS = 5
NOBODY_WEIGHT = 0.3  # of a page whose authors were taken out, beside one of a page as it is
IN_TEXT = 0.6  # of a line's shingles: then it is a line of the text
_QUOTES = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "..."}
)


@dataclass(slots=True)
class Rows:
    """What one judge sees of one page."""

    domain: str
    table: np.typing.NDArray[np.float64]
    right: list[bool]
    weights: list[float]
    wanted: int  # how many are right, found or not
    truth: "Truth | None" = None  # of the text
    seen: Lookout | None = None  # the page, for a second look at its text
    heard: list[float] | None = None  # what another reader takes for the text
    words: list[list[str]] = field(default_factory=list)  # of each line of the page
    right_lines: list[bool] = field(default_factory=list)  # whether each of them is of the text
    asked: np.typing.NDArray[np.intp] | None = None  # the lines that have a row, where not all have


@dataclass(slots=True)
class Truth:
    """What the text of a page is to be, beside its lines."""

    body: str
    title: str
    lines: list[str]
    widths: list[int]


@dataclass(slots=True)
class Example:
    """One page, as each of the four judges sees it; None where the truth is silent."""

    identity: str
    text: Rows | None
    title: Rows | None
    authors: Rows | None
    nobody: Rows | None  # the authors' rows of the page once nothing names them
    date: Rows | None


def annotated() -> Iterator[tuple[dict[str, Any], bytes]]:
    """(record, raw page) of each page with a truth, in the order of their names."""
    folder = Path(os.environ["EXTRACTION_SET"])
    with lzma.open(folder / "truth.jsonl.xz", "rt", encoding="utf-8") as lines:
        records = [record for record in map(json.loads, lines) if record["form"] == "html"]
    by_file = {record["file"]: record for record in records}
    pages = {}
    with tarfile.open(folder / "docs-html.tar.xz") as archive:
        for member in archive:
            name = member.name.removeprefix("./")
            if name in by_file and (opened := archive.extractfile(member)):
                pages[name] = opened.read()
    for name in sorted(pages):
        yield by_file[name], pages[name]


def examples() -> Iterator[Example]:
    """What the judges see of every page that the engine reads."""
    for record, raw in annotated():
        try:
            yield example(record, raw)
        except ExtractionError:
            continue


def example(record: dict[str, Any], raw: bytes) -> Example:
    read = read_saved_page(raw)
    page = read.page
    lines = read_page(judged_text(page), unwrap=False)
    marks = [judge_chrome(line) for line in lines.lines]
    told = read_json_ld(page.json_ld)
    declared = canonical(page.language) or canonical(told.language)
    day_first = day_first_of(declared, lines)
    dated = dated_lines(lines, day_first=day_first)
    seen = look_over(
        page, lines, marks, told, frozenset(line.index for line in dated if line.alone)
    )
    measured = measure(seen)
    best = (measured.first, measured.last)
    first = next((line.index for line in lines.lines[best[0] : best[1] + 1] if line.prose), best[0])
    around = Around(first if seen.title is None else seen.title, first, best[1])
    domain = record["domain"]
    shown = Example(record["id"], None, None, None, None, None)
    if record["body"]:
        right, weights = text_labels([line.text for line in lines.lines], record["body"])
        truth = Truth(
            record["body"],
            record["title"] or "",
            [line.text for line in lines.lines],
            [line.width for line in lines.lines],
        )
        said = heard(read.decoded.text, lines.lines)
        words = [words_of(line) for line in lines.lines]
        shown.text = Rows(
            domain, measured.table, right, weights, 0, truth, seen, said, words, right
        )
    if record["title"] is not None:
        found = titles.gather(page, told, seen, best)
        right = [title_key(one.text) == title_key(record["title"]) for one in found]
        shown.title = _rows(domain, titles.rows(page, told, seen, best, found), right, 1)
    if record["authors"] is not None:
        scene = Scene(
            lines,
            marks,
            {line.index: line for line in dated},
            seen.title,
            around.first,
            around.last,
        )
        found = mentions(scene)
        named = authors.gather(page, told, found)
        wanted = {name_key(name) for name in record["authors"]}
        right = [name_key(one.name) in wanted for one in named]
        shown.authors = _rows(
            domain, authors.rows(page, told, seen, around, named), right, len(wanted)
        )
        if wanted:
            page, told, found = without_names(page, told, found, record["authors"])
            named = authors.gather(page, told, found)
            table = authors.rows(page, told, seen, around, named)
            shown.nobody = _rows(domain, table, [False] * len(named), 0)
            shown.nobody.weights = [NOBODY_WEIGHT] * len(named)
    if record["published_days"]:
        days = dates.gather(page, told, dated, day_first=day_first)
        right = [one.day.isoformat() in record["published_days"] for one in days]
        shown.date = _rows(domain, dates.rows(days, around) if days else [], right, 1)
    return shown


def without_names(
    page: SavedPage, told: ToldArticle, found: list[Mention], names: list[str]
) -> tuple[SavedPage, ToldArticle, list[Mention]]:
    """What the page would tell of its authors if it named none of these."""
    keys = [key for name in names if (key := name_key(name))]

    def tells(text: str) -> bool:
        folded = fold(text)
        return any(key in folded or (folded and folded in key) for key in keys)

    return (
        replace(
            page,
            metas=tuple(meta for meta in page.metas if not tells(meta[1])),
            marked=tuple(marked for marked in page.marked if not tells(marked.text)),
        ),
        replace(told, authors=tuple(one for one in told.authors if not tells(one.name))),
        [mention for mention in found if not tells(mention.name)],
    )


def _rows(domain: str, table: list[list[float]], right: list[bool], wanted: int) -> Rows:
    return Rows(domain, np.array(table, dtype=np.float64), right, [1.0] * len(right), wanted)


def text_labels(lines: list[str], body: str) -> tuple[list[bool], list[float]]:
    """Whether each line is of the true text, and not there once more; how much it weighs there."""
    shingles = set(_shingles(tokens(body)))
    whole = Counter(" ".join(tokens(line)) for line in body.split("\n"))
    words_of_lines = list(map(tokens, lines))
    right, lengths = [], []
    for words in words_of_lines:
        lengths.append(len(words))
        if len(words) >= SHINGLE:
            own = _shingles(words)
            right.append(sum(shingle in shingles for shingle in own) >= IN_TEXT * len(own))
        else:
            right.append(bool(words) and whole[" ".join(words)] > 0)
    held = {place: words for place, words in enumerate(words_of_lines) if right[place]}
    placed = in_place(held, list(map(tokens, body.split("\n"))))
    right = [place in placed for place in range(len(lines))]
    total = max(50, sum(length for length, held in zip(lengths, right, strict=True) if held))
    return right, [min(length, 150) / total * 100 + 0.3 for length in lengths]


def _shingles(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[place : place + SHINGLE]) for place in range(len(words) - SHINGLE + 1)]


def tokens(text: str) -> list[str]:
    """Words, each wide character one of them."""
    spaced = "".join(
        f" {c} " if _is_wide(c) else c for c in unicodedata.normalize("NFKC", text).casefold()
    )
    return "".join(c if c.isalnum() else " " for c in spaced).split()


def _is_wide(character: str) -> bool:
    return (
        "\u0e00" <= character <= "\u0e7f"
        or "\u3040" <= character <= "\u9fff"
        or "\uac00" <= character <= "\ud7af"
    )


def title_key(title: str) -> str:
    """What the benchmark takes for the same title."""
    text = unicodedata.normalize("NFKC", title.translate(_QUOTES).replace("\u00ad", "")).casefold()
    return " ".join(text.split()).replace(" - ", "-").strip(" \"'.,;:!-|*#")


def name_key(name: str) -> str:
    """What the benchmark takes for the same name."""
    key = fold(name)
    for lead in ("by ", "von ", "par ", "por ", "written by ", "dr ", "prof ", "professor "):
        key = key.removeprefix(lead)
    return key


def fold_of(domain: str) -> int:
    """The part of the pages to which a host belongs."""
    return int(hashlib.sha1(domain.encode(), usedforsecurity=False).hexdigest()[:8], 16) % FOLDS
