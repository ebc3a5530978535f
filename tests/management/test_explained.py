import re
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.extraction.article import Doubt, Part
from corpusapp.extraction.pipeline import extract
from corpusapp.importing.outcome import Result, doubt_sentence
from corpusapp.management.explained import Screen, cut, explained, places
from corpusapp.models import Outcome
from tests.importing.pages import page, paragraphs

_PAINT = re.compile(r"\x1b\[[\d;]*m")


def told(raw, **screen):
    article = extract(raw)
    result = Result(
        "a.txt", Outcome.CREATED, "", "", article, article.doubts, "text/plain", zlib.compress(raw)
    )
    return list(explained(result, Screen(**screen)))


def test_each_line_has_its_number_judgement_reason_and_words():
    raw = page(1)

    lines = told(raw)
    numbered = lines[1 : lines.index("", 1)]

    assert [int(line[:2]) for line in numbered] == list(range(1, raw.count(b"\n") + 2))
    rows = [re.split(r"\s{2,}", line.strip()) for line in numbered]
    assert [[row[0], row[1], row[-1]] for row in rows[:8]] == [
        ["1", "section", "Harbour Affairs"],
        ["2", "blank", "blank"],
        ["3", "title", "What Place 1 Learned From Its Long and Stormy Winter"],
        ["4", "blank", "blank"],
        ["5", "date", "May 21, 2015"],
        ["6", "byline", "• Ada Quill"],
        ["7", "blank", "blank"],
        ["8", "post", "Keeper, Lighthouse Board"],
    ]
    assert [row[2] for row in rows[:8] if len(row) > 3] == [
        judgement.rule for judgement in extract(raw).judgements[:8] if judgement.part != "blank"
    ]
    assert rows[-1][-1] == "Back to Top"


def test_columns_are_aligned_also_with_wide_letters_in_them():
    text = "这里是一段足够长的正文，说明港口与灯塔之间的往来，也说明人们为什么记得那个冬天。" * 4
    raw = f"海港的冬天与灯塔的故事\n\n发布时间：2015年5月21日\n\n{text}\n\n{text[::-1]}\n".encode()

    numbered = [line for line in told(raw) if re.match(r"\s*\d+  \w", line)]
    words = [raw.decode().split("\n")[int(line[:2]) - 1] for line in numbered]
    columns = {
        places(line.removesuffix(word)) for line, word in zip(numbered, words, strict=True) if word
    }

    assert len(columns) == 1


def test_fields_follow_with_evidence_and_doubts_with_their_sentences():
    raw = page(1, author="", post="")
    lines = told(raw)
    fields = lines[lines.index("Fields") + 1 : lines.index("Doubts") - 1]
    rows = {row[0]: row[1:] for row in (re.split(r"\s{2,}", line.strip()) for line in fields)}
    section = extract(page(1)).evidence["section"]

    assert rows["section"][1:] == ["line 1", section.rule, "Harbour Affairs"]
    assert re.fullmatch(r"\d\d%", rows["section"][0])
    assert rows["published_at"][-1] == "2015-05-21 (day)"
    size = f"{len(chr(10).join(paragraphs(1))) + 4:,}"
    assert rows["body"][-1] == f"5 paragraphs, {size} characters"
    assert rows["authors"] == rows["views"] == ["–"]
    sentences = [doubt_sentence(doubt.code) for doubt in extract(raw).doubts]
    shown = [line for line in lines[lines.index("Doubts") + 1 :] if "  or: " not in line]
    assert [line.endswith(said) for line, said in zip(shown, sentences, strict=False)] == [
        True for _ in sentences
    ]


def test_holding_doubt_says_so_and_offers_what_the_field_could_be():
    article = extract(page(1))
    doubts = (
        Doubt("title", "title_uncertain", holds=True, candidates=("One", "Two\nlines")),
        Doubt("section", "no_section", holds=False),
    )
    result = Result(
        "a.txt", Outcome.CREATED, "", "", article, doubts, "text/plain", zlib.compress(page(1))
    )

    lines = list(explained(result, Screen()))

    assert lines[lines.index("Doubts") + 1 :] == [
        "  title    holds  The title is a guess; other lines may be it.",
        "                  or: One",
        "                  or: Two lines",
        "  section         The capture names no section.",
        "",
    ]


def test_pipe_gets_whole_lines_and_a_terminal_what_fits():
    longest = max(paragraphs(1), key=len)

    assert any(line.endswith(longest) for line in told(page(1)))
    for width in (60, 80, 132):
        lines = told(page(1), width=width)
        assert max(map(places, lines)) <= width
        assert any(line.endswith("…") for line in lines)


def test_colours_change_no_word_and_furniture_is_dimmed():
    painted = told(page(1), colour=True)

    assert [_PAINT.sub("", line) for line in painted] == told(page(1))
    assert any(line.endswith("\x1b[2mBack to Top\x1b[0m") for line in painted)
    assert not any("\x1b" in line for line in told(page(1)))


def test_refused_document_has_nothing_to_explain():
    assert list(explained(Result("a.txt", Outcome.REFUSED, "Empty."), Screen())) == []


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("harbour", 7, "harbour"),
        ("harbour", 6, "harbo…"),
        ("海港海港", 8, "海港海港"),
        ("海港海港", 7, "海港海…"),
        ("海港海港", 6, "海港…"),
        ("cafe\u0301", 4, "cafe\u0301"),
        ("", 3, ""),
    ],
)
def test_words_are_cut_to_the_places_they_take(text, width, shown):
    assert cut(text, width) == shown


@given(st.text(max_size=40), st.integers(1, 30))
def test_nothing_is_ever_wider_than_its_column(text, width):
    assert places(cut(text, width)) <= width


def test_every_part_has_a_name_that_fits_its_column():
    assert max(len(part) for part in Part) <= 14
