import pytest

from corpusapp.extraction.lines import read_page
from corpusapp.extraction.page_words import COPIED, WORDED, columns, copied
from corpusapp.extraction.parts.line_words import words_of

KEEPERS = "The keepers of the lamp on the headland mean to go on until the end of May."
FERRY = "The ferry to the island is late again, and nobody on the quay can tell when it will come."


def test_a_wide_line_is_told_how_far_away_its_copy_stands_and_a_short_one_nothing():
    lines = read_page(f"{KEEPERS}\nShare\n{FERRY}\n{KEEPERS}\nShare").lines

    found = dict(zip(COPIED, copied(lines).T, strict=True))

    assert found["copy above"].tolist() == [0, 0, 0, 3, 0]
    assert found["copy below"].tolist() == [3, 0, 0, 0, 0]
    share = len(KEEPERS) / (2 * len(KEEPERS) + len(FERRY))
    assert found["copied part of page"].tolist() == pytest.approx([share] * 5)


def test_a_page_without_wide_lines_has_no_copies():
    assert not copied(read_page("Share\nShare").lines).any()


def test_a_line_is_weighed_by_its_words_and_told_of_those_beside_it():
    lines = read_page("Read more:\nThe harbour\nFerries").lines
    weights = {"read": -2.0, "more": -1.0, "harbour": 3.0}

    found = dict(
        zip(WORDED, columns(lines, [words_of(line) for line in lines], weights).T, strict=True)
    )

    assert found["colon"].tolist() == [1, 0, 0]
    assert found["mean word"].tolist() == [-1.5, 3, 0]
    assert found["worst word"].tolist() == [-2, 3, 0]
    assert found["best word"].tolist() == [-1, 3, 0]
    assert found["mean word -1"].tolist() == [0, -1.5, 3]
    assert found["mean word +1"].tolist() == [3, 0, 0]
    around = (-1.5 * len("Read more:") + 3 * len("The harbour")) / len(
        "Read more:The harbourFerries"
    )
    assert found["mean word around 3"].tolist() == pytest.approx([around] * 3)
