"""Learn which line is the title and which lines are the text: `python -m tests.extraction.training.text`.

Reads the annotated captures in the folder that EXTRACTION_SET names, writes the weights "words", "title_words",
"title_list", "title_rank", "title", "text" and "agreement", and prints what a five-fold split by host says
of them. Titles of pages on which the text is learned are those that trees grown on other hosts choose. The
same input gives the same bytes.

Needs lightgbm (`uv sync --group training`).
"""

import math
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from corpusapp.extraction import first_look
from corpusapp.extraction.article import Options
from corpusapp.extraction.errors import ExtractionError
from corpusapp.extraction.formats.plain_text import decode
from corpusapp.extraction.lines import Line, read_page
from corpusapp.extraction.lines import Page as Lines
from corpusapp.extraction.parts import text_features, title, title_candidates
from corpusapp.extraction.parts.line_words import LineWords, words_of
from corpusapp.extraction.parts.text_judge import choose, words_in
from corpusapp.extraction.parts.title_candidates import Candidates
from corpusapp.extraction.parts.title_words import title_words
from corpusapp.extraction.text_capture import TITLE_THRESHOLD
from corpusapp.text.folding import clean
from tests.extraction.scoring import body_overlap, harmonic, title_key, tokens
from tests.extraction.training.captures import annotated, fold_of
from tests.extraction.training.lexicon import Lexicon
from tests.extraction.training.trees import grow, save, write

FOLDS = 5
TITLE = {
    "learning_rate": 0.12,
    "num_leaves": 12,
    "max_depth": 4,
    "min_data_in_leaf": 30,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 3,
}
TEXT = {
    "learning_rate": 0.16,
    "num_leaves": 16,
    "max_depth": 4,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5,
}
LIST = {
    "learning_rate": 0.2,
    "num_leaves": 8,
    "max_depth": 3,
    "min_data_in_leaf": 60,
    "lambda_l2": 3,
}
LIST_ROUNDS, TITLE_ROUNDS, TEXT_ROUNDS = 30, 90, 80
RANKED_BY = (1, 2, 3)  # seeds: of two seeds' trees one page in eighty gets another title, by chance
_SHINGLE, _LEAST_SHARE, _JUDGED = 4, 0.6, 6  # tokens
_MOST_WEIGHT, _LEAST_WEIGHT, _LEAST_TEXT = 80, 3, 200  # tokens


@dataclass(slots=True)
class Page:
    """One annotated capture, what the engine sees of it before judging, and the truth line by line."""

    record: Mapping[str, Any]
    seen: first_look.FirstLook
    host: str
    words: list[list[str]]
    candidates: dict[int, list[str]]  # index of a line that may be the title -> its words
    titles: list[bool]
    text: np.ndarray | None  # of booleans; None where the text is not known
    sizes: np.ndarray  # tokens of each line
    chosen: int | None = None  # index of the title, by trees of other hosts
    chances: list[float] = field(default_factory=list)

    @property
    def fold(self) -> int:
        return fold_of(self.host, FOLDS)


def pages(folder: Path) -> list[Page]:
    found = []
    for record, raw in annotated(folder, ("txt-main", "txt-full")):
        try:
            seen = first_look.look(read_page(clean(decode(raw).text)), Options())
        except ExtractionError:
            continue
        lines = seen.page.lines
        split = [tokens(line.text) for line in lines]
        key = title_key(record["title"] or "")
        found.append(
            Page(
                record,
                seen,
                record["domain"],
                [words_of(line) for line in lines],
                {
                    index: title.words_of_title(lines[index])
                    for index in first_look.candidates(seen, {}).indexes
                },
                [_is_title(seen.page, line, key) for line in lines],
                None if record["body"] is None else text_lines(split, record["body"]),
                np.array([len(line) for line in split], float),
            )
        )
    return found


def _is_title(page: Lines, line: Line, key: str) -> bool:
    """Whether the line is the title whose key this is, or holds it in a way that the engine cuts out."""
    words = title_key(line.text)
    if not key or key not in words:
        return False
    return words == key or title_key(title_words(page, line.index)) == key


def text_lines(split: Sequence[list[str]], body: str) -> np.ndarray:
    """Which lines stand in the true text: most of a line's shingles, or a short one between its neighbours."""
    true = tokens(body)
    shingles = set(zip(*(true[at:] for at in range(_SHINGLE)), strict=False))
    joined = f" {' '.join(true)} "
    return np.array([_stands(split, at, shingles, joined) for at in range(len(split))], float)


def _stands(
    split: Sequence[list[str]], at: int, shingles: set[tuple[str, ...]], joined: str
) -> bool:
    line = split[at]
    if len(line) >= _JUDGED:
        own = list(zip(*(line[start:] for start in range(_SHINGLE)), strict=False))
        return sum(shingle in shingles for shingle in own) >= _LEAST_SHARE * len(own)
    if not line or f" {' '.join(line)} " not in joined:
        return False
    if len(line) >= _SHINGLE:
        return True
    above = split[at - 1][-3:] if at else []
    below = split[at + 1][:3] if at + 1 < len(split) else []
    return bool(above and f" {' '.join(above + line)} " in joined) or bool(
        below and f" {' '.join(line + below)} " in joined
    )


@dataclass(slots=True)
class Known:
    """Pages to learn from, and the weights of words that they give."""

    pages: Sequence[Page]
    text_words: Lexicon = field(default_factory=lambda: Lexicon(6, 1.0))
    title_words: Lexicon = field(default_factory=lambda: Lexicon(4, 0.5))
    text_weights: dict[str, float] = field(default_factory=dict)
    title_weights: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for page in self.pages:
            if page.text is not None:
                for words, is_text in zip(page.words, page.text, strict=True):
                    self.text_words.count(page.host, words, inside=bool(is_text))
            if any(page.titles[index] for index in page.candidates):
                for index, words in page.candidates.items():
                    self.title_words.count(page.host, words, inside=page.titles[index])
        self.text_weights = self.text_words.weights()
        self.title_weights = self.title_words.weights()

    def own_text_weights(self, page: Page) -> dict[str, float]:
        words = {word for words in page.words for word in words}
        return self.text_words.without(page.host, words, self.text_weights)

    def own_title_weights(self, page: Page) -> dict[str, float]:
        words = {word for words in page.candidates.values() for word in words}
        return self.title_words.without(page.host, words, self.title_weights)


@dataclass(frozen=True, slots=True)
class TitleTrees:
    """Which candidates are worth a look, which of them comes first, how likely a line is the title."""

    listed: lightgbm.Booster
    rank: Sequence[lightgbm.Booster]  # whose scores are added up
    likely: lightgbm.Booster


def listed(page: Page, words: Mapping[str, float], trees: lightgbm.Booster) -> Candidates:
    among = first_look.candidates(page.seen, words)
    if len(among.indexes) <= title_candidates.MOST_LISTED:
        return among
    odds = trees.predict(np.array(title_candidates.shortlist_rows(among), float), raw_score=True)
    return title_candidates.best_of(among, np.asarray(odds).tolist())


def title_rows(among: Candidates) -> np.ndarray:
    return title.features(among).astype(float)


def learn_titles(known: Known) -> TitleTrees:
    titled = [page for page in known.pages if any(page.titles[at] for at in page.candidates)]
    rows = [
        np.array(title_candidates.shortlist_rows(first_look.candidates(page.seen, {})), float)
        for page in titled
    ]
    wanted = [np.array([page.titles[at] for at in page.candidates], float) for page in titled]
    shortlist = grow(rows, wanted, LIST, rounds=LIST_ROUNDS)
    chosen = [listed(page, known.own_title_weights(page), shortlist) for page in titled]
    rows = [title_rows(among) for among in chosen]
    wanted = [
        np.array([page.titles[at] for at in among.indexes], float)
        for page, among in zip(titled, chosen, strict=True)
    ]
    ranking = {**TITLE, "objective": "lambdarank", "lambdarank_truncation_level": 5}
    groups = [len(table) for table in rows]
    return TitleTrees(
        shortlist,
        [
            grow(rows, wanted, {**ranking, "seed": seed}, rounds=TITLE_ROUNDS, groups=groups)
            for seed in RANKED_BY
        ],
        grow(rows, wanted, TITLE, rounds=TITLE_ROUNDS),
    )


def choose_title(
    trees: TitleTrees, page: Page, words: Mapping[str, float]
) -> tuple[int | None, float]:
    if not page.candidates:
        return None, 0.0
    among = listed(page, words, trees.listed)
    table = title_rows(among)
    best = int(np.argmax(sum(np.asarray(rank.predict(table)) for rank in trees.rank)))
    chance = np.asarray(trees.likely.predict(table[best : best + 1]))[0]
    return among.indexes[best], float(chance)


def text_rows(page: Page, words: Mapping[str, float]) -> tuple[np.ndarray, np.ndarray]:
    """(rows, which of them are worth judging)"""
    known = first_look.surroundings(page.seen, page.chosen)
    near = text_features.near_text(page.seen.page, known)
    return text_features.features(
        page.seen.page, page.seen.marks, known, near, LineWords(words)
    ), near


def learn_text(known: Known) -> lightgbm.Booster:
    judged = [page for page in known.pages if page.text is not None]
    rows, wanted, weights = [], [], []
    for page in judged:
        table, near = text_rows(page, known.own_text_weights(page))
        sizes = np.minimum(page.sizes, _MOST_WEIGHT) + _LEAST_WEIGHT
        weights.append(1000 * sizes[near] / max(_LEAST_TEXT, sizes[page.text > 0].sum()))
        rows.append(table[near])
        wanted.append(page.text[near])
    return grow(rows, wanted, TEXT, rounds=TEXT_ROUNDS, weight=weights)


def main() -> None:
    folder = os.environ.get("EXTRACTION_SET")
    if not folder:
        sys.exit("EXTRACTION_SET must name the folder with the annotated captures.")
    everything = pages(Path(folder))
    titles: dict[int, tuple[int | None, float]] = {}
    splits = []
    for fold in range(FOLDS):
        known = Known([page for page in everything if page.fold != fold])
        splits.append(known)
        booster = learn_titles(known)
        for page in everything:
            if page.fold == fold:
                titles[id(page)] = choose_title(booster, page, known.title_weights)
    for page in everything:
        index, chance = titles[id(page)]
        page.chosen = index if chance >= TITLE_THRESHOLD else None
    print_titles(everything, titles)
    for fold, known in enumerate(splits):
        booster = learn_text(known)
        for page in everything:
            if page.fold == fold and page.text is not None:
                rows, near = text_rows(page, known.text_weights)
                chances = np.where(near, np.asarray(booster.predict(rows)), 0.0)
                page.chances = chances.tolist()
    print_text(everything)
    known = Known(everything)
    save("words", {word: weight for word, weight in known.text_weights.items() if weight})
    save("title_words", known.title_weights)
    trees = learn_titles(known)
    write("title_list", [trees.listed], title_candidates.SHORTLIST_FEATURES, LIST["max_depth"])
    write("title_rank", trees.rank, title.FEATURES, TITLE["max_depth"])
    write("title", [trees.likely], title.FEATURES, TITLE["max_depth"])
    write("text", [learn_text(known)], text_features.FEATURES, TEXT["max_depth"])


def print_titles(
    everything: Sequence[Page], titles: Mapping[int, tuple[int | None, float]]
) -> None:
    for form in ("txt-main", "txt-full"):
        some = [page for page in everything if page.record["form"] == form and page.record["title"]]
        for least in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5):
            given = [(page, titles[id(page)]) for page in some if titles[id(page)][1] >= least]
            right = sum(page.titles[index] for page, (index, _) in given if index is not None)
            precision, recall = right / max(1, len(given)), right / len(some)
            say(
                f"{form} title at {least}: P {precision:.3f} R {recall:.3f} F1 {harmonic(precision, recall):.3f}"
            )
        for low in range(10):
            part = [
                page.titles[index]
                for page in some
                for index, chance in [titles[id(page)]]
                if index is not None and low <= chance * 10 < low + 1
            ]
            say(
                f"  chance {low / 10}: {len(part)} given, {sum(part) / max(1, len(part)):.2f} right"
            )


def print_text(everything: Sequence[Page]) -> None:
    sure: list[tuple[float, bool]] = []
    for form in ("txt-main", "txt-full"):
        precisions, recalls, good = [], [], 0
        for page in everything:
            if page.record["form"] != form or page.text is None:
                continue
            lines = page.seen.page.lines
            judged = choose(page.chances, [words_in(line) for line in lines])
            body = "\n".join(line.text for line in lines if line.index in judged.chosen)
            precision, recall = body_overlap(page.record["body"], body, page.record["title"] or "")
            precisions.append(precision)
            recalls.append(recall)
            is_good = harmonic(precision, recall) >= 0.9
            good += is_good
            sure.append((judged.agreement, is_good))
        precision, recall = float(np.mean(precisions)), float(np.mean(recalls))
        say(
            f"{form} text: P {precision:.3f} R {recall:.3f} F1 {harmonic(precision, recall):.4f}"
            f" f>=.9 {good / len(precisions):.3f}"
        )
    slope, offset = sureness(sure)
    save("agreement", {"slope": round(slope, 3), "offset": round(offset, 3)})
    for low in range(10):
        part = [
            is_good
            for agreement, is_good in sure
            if low <= 10 / (1 + math.exp(-slope * agreement - offset)) < low + 1
        ]
        say(
            f"  body confidence {low / 10}: {len(part)} given, {sum(part) / max(1, len(part)):.2f} right"
        )


def sureness(pairs: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """(slope, offset) of the logistic curve from expected agreement to a right text, by gradient descent."""
    at = np.array([agreement for agreement, _ in pairs])
    right = np.array([is_right for _, is_right in pairs], float)
    slope, offset = 10.0, -8.0
    for _ in range(20_000):
        error = right - 1 / (1 + np.exp(-slope * at - offset))
        slope += 5 * float((error * at).mean())
        offset += 5 * float(error.mean())
    return slope, offset


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
