"""The golden captures: what they cover, and what must hold for each of them.

How well the fields are found is the gate's business (`python -m tests.extraction.gate`); that no
figure of theirs fell is asked here too, because they are quickly read.
"""

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pytest

from corpusapp.extraction.article import ExtractedArticle, Options, Part
from corpusapp.extraction.errors import ExtractionError
from corpusapp.extraction.formats.plain_text import decode
from corpusapp.extraction.lines import width_of
from corpusapp.extraction.pipeline import extract
from corpusapp.extraction.readable import readable_text
from tests.extraction.captures import FIGURES, GOLDEN, Sample, golden, names, trait_table, traits
from tests.extraction.gate import as_pinned, changes, measure
from tests.extraction.scoring import squashed

SAMPLES = {f"{sample.name}-{sample.form}": sample for sample in golden()}
TEXT_PARTS = {Part.BODY, Part.SUBHEADING, Part.QUOTATION}
SHORT_PARTS = {
    Part.BYLINE, Part.POST, Part.DATE, Part.SECTION, Part.VIEWS, Part.TAGS, Part.SOURCE
}  # fmt: skip
STOPS = (".", "!", "?", "。", "！", "？", ")", "）", "”", "」")


@cache
def read(key: str) -> tuple[ExtractedArticle, list[str]]:
    """The article, and the lines that its judgements and evidence count; empty if refused."""
    sample = SAMPLES[key]
    try:
        article = extract(sample.raw, Options(media_type=sample.media_type))
    except ExtractionError:
        return ExtractedArticle(), []
    return article, readable_text(sample.raw, sample.media_type).split("\n")


# What the set covers -------------------------------------------------------------------------


def test_each_trait_has_a_capture_and_no_capture_a_trait_without_a_name():
    named = json.loads((GOLDEN / "traits.json").read_text("utf-8"))

    assert set(traits()) == set(named)


def test_the_table_of_traits_is_that_of_the_captures():
    assert trait_table() in (GOLDEN / "README.md").read_text("utf-8")


def test_both_chinese_scripts_and_english_weigh_most_and_others_are_heard():
    languages = [told["language"] for told in names().values()]

    counted = {language: languages.count(language) for language in languages}
    assert counted["en"] >= 20
    assert counted["zh-Hans"] >= 15
    assert counted["zh-Hant"] >= 12
    assert set(counted) >= {"de", "ja", "es", "fr", "ar", "ru", "pt", "it", "ko"}
    assert sum(counted.values()) >= 70


def test_a_dozen_captures_name_nobody():
    nobody = [names()[name] for name in traits()["names-nobody"]]

    assert len(nobody) >= 12
    assert all(told["authors"] == [] for told in nobody)


def above_title(lines: list[str], title: str) -> int:
    """How many lines that are not blank stand above the one that is the title; 0 without one."""
    own = [squashed(line) for line in lines if line.strip()]
    return own.index(squashed(title)) if title and squashed(title) in own else 0


Seen = Callable[[Mapping[str, Any], list[str]], bool]
SEEN: dict[str, Seen] = {
    "1": lambda told, _: len(told["authors"]) > 1,
    "27": lambda told, lines: above_title(lines, told["title"]) > 0,
    "28": lambda told, lines: above_title(lines, told["title"]) > 10,
    "29": lambda told, lines: above_title(lines, told["title"]) > 50,
    "33": lambda told, _: told["title"].isupper() and told["title"].isascii(),
    "34": lambda told, _: told["title"].endswith((".", "?", "!", "…", "。", "？", "！")),
    "35": lambda told, _: bool(re.search(r"[:：|｜]|\s[-–—]\s|——", told["title"])),
    "36": lambda told, _: bool(re.search("[“”‘’„–—]", told["title"])),
    "37": lambda told, _: bool(told["standfirst"]),
    "40": lambda _, lines: sum("  • " in line for line in lines) > 1,
    "41": lambda _, lines: any(line.startswith("    • ") for line in lines),
    "42": lambda _, lines: any(line.strip() == "•" for line in lines),
    "66": lambda _, lines: any("\t" in line.strip() for line in lines),
    "71": lambda _, lines: any(re.search("[\u0590-\u08ff]", line) for line in lines),
    "72": lambda told, lines: (
        told["language"][:2] in ("zh", "ja") or bool(re.search("[\u4e00-\u9fff]", "".join(lines)))
    ),
    "73": lambda _, lines: bool(re.search("[\u00a0\u00ad\u200b\u202f\ufeff]", "".join(lines))),
    "76": lambda _, lines: len(lines) > 400,
}  # fmt: skip
"""Traits that can be counted: what makes a capture have one."""


@pytest.mark.parametrize("trait", SEEN)
def test_a_trait_that_can_be_counted_is_named_where_it_is_and_nowhere_else(trait):
    texts = {
        sample.name: decode(sample.raw).text.split("\n")
        for sample in SAMPLES.values()
        if sample.form != "html"
    }

    seen = [name for name, text in texts.items() if SEEN[trait](names()[name], text)]

    assert traits()[trait] == seen


# What holds for each -------------------------------------------------------------------------


def test_no_figure_of_the_golden_captures_fell():
    found = as_pinned({"golden": measure(SAMPLES.values())})
    pinned = json.loads(FIGURES.read_text("utf-8"))

    fell, _ = changes({"golden": pinned["golden"]}, found)

    assert not fell, "\n".join(["keep it with `python -m tests.extraction.gate --pin`:", *fell])


@pytest.mark.parametrize("key", SAMPLES)
def test_each_line_is_judged_and_what_is_judged_text_is_in_the_body(key):
    article, lines = read(key)

    body = squashed(article.body)
    assert [judged.line for judged in article.judgements] == list(range(1, len(lines) + 1))
    for line, judged in zip(lines, article.judgements, strict=True):
        assert (judged.part is Part.BLANK) == (not line.strip()), line
        assert judged.rule, line
        if judged.part in TEXT_PARTS:
            words = squashed(line)
            assert words in body or squashed(article.standfirst) in words, line


@pytest.mark.parametrize("key", SAMPLES)
def test_a_sentence_of_the_text_is_in_the_body_or_judged_to_be_something_else(key):
    article, lines = read(key)

    body = squashed(article.body)
    judged = [
        squashed(line)
        for line, judgement in zip(lines, article.judgements, strict=True)
        if judgement.part not in TEXT_PARTS | {Part.BLANK}
    ]
    for sentence in str(SAMPLES[key].truth["body"]).split("\n\n"):
        words = squashed(sentence)
        if article.judgements and words:
            assert words in body or any(words in line for line in judged), sentence


@pytest.mark.parametrize("key", SAMPLES)
def test_no_sentence_is_lost_in_a_field_that_holds_less_than_it(key):
    article, lines = read(key)

    kept = squashed(f"{article.body} {article.section} {article.source} {' '.join(article.tags)}")
    for line, judged in zip(lines, article.judgements, strict=True):
        if judged.part in SHORT_PARTS and width_of(line) >= 60 and line.rstrip().endswith(STOPS):
            assert squashed(line) in kept, (judged, line)


@pytest.mark.parametrize("key", SAMPLES)
def test_the_evidence_of_a_field_points_at_lines_that_hold_it(key):
    article, lines = read(key)

    values = {
        "title": [article.title],
        "standfirst": [article.standfirst],
        "section": [article.section],
        "source": [article.source],
        "authors": [byline.name for byline in article.bylines[:1]],
        "tags": list(article.tags),
        "views": [str(article.views)],
        "published_at": [str(article.published)[:4]],
    }
    held = {
        field: squashed("\n".join(lines[found.first_line - 1 : found.last_line]))
        for field, found in article.evidence.items()
        if not told_by_the_head(key, found.first_line)
    }
    for field in values.keys() & held.keys():
        for value in values[field]:
            assert squashed(value) in held[field], (field, value)
    for byline in article.bylines:
        if not told_by_the_head(key, byline.line):
            assert squashed(byline.name) in squashed(lines[byline.line - 1]), byline


def told_by_the_head(key: str, line: int) -> bool:
    """What no line of a saved page shows, its head has told; its evidence is the first line."""
    return SAMPLES[key].form == "html" and line == 1


@pytest.mark.parametrize("key", list(SAMPLES)[::4])
def test_the_same_bytes_give_the_same_article(key):
    sample = SAMPLES[key]

    assert read(key)[0] in (ExtractedArticle(), again(sample))


def again(sample: Sample) -> ExtractedArticle:
    try:
        return extract(sample.raw, Options(media_type=sample.media_type))
    except ExtractionError:
        return ExtractedArticle()
