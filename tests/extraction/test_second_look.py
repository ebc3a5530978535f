import numpy as np
import pytest

from corpusapp.extraction.formats.html.reading import read_saved_page
from corpusapp.extraction.lines import read_page
from corpusapp.extraction.markup_features import measure
from corpusapp.extraction.overlook import look_over
from corpusapp.extraction.page_text import judged_text
from corpusapp.extraction.second_look import FEATURES, look_again
from corpusapp.extraction.witnesses.json_ld import read_json_ld

TEASERS = "".join(
    f'<div class="teaser"><h4>Ferry {n}</h4><p class="sum">The {n} ferry is late.</p></div>'
    for n in range(3)
)
PAGE = f"""<html><body><div class="text"><p>The lamp on the headland turns.</p><p>The keepers mean to go on.</p>
</div><div class="list">{TEASERS}</div></body></html>""".encode()
CHANCES = [0.9, 0.8, 0.5, 0.6, 0.1, 0.2, 0.1, 0.1]
HEARD = [1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]


@pytest.fixture(name="columns")
def columns_():
    page = read_saved_page(PAGE).page
    lines = read_page(judged_text(page), unwrap=False)
    marks = [None] * len(lines.lines)
    seen = look_over(page, lines, marks, read_json_ld(page.json_ld), frozenset())
    table = look_again(seen, measure(seen).table, CHANCES, 0.6, HEARD)
    widths = np.array([line.width for line in lines.lines], dtype=float)
    return dict(zip(FEATURES, table.T, strict=True)), widths


def test_lines_of_one_make_are_judged_by_what_is_thought_of_all_of_them(columns):
    found, widths = columns
    teasers = [3, 5, 7]  # the sentences under the three headings
    chances = np.array(CHANCES)
    mean = (widths * chances)[teasers].sum() / widths[teasers].sum()

    assert found["text of alike in all"][teasers] == pytest.approx([mean] * 3)
    assert found["lines alike in all"].tolist() == [2, 2, 3, 3, 3, 3, 3, 3]


def test_a_line_is_told_what_is_thought_of_those_above_and_below(columns):
    found, widths = columns
    below = widths[3:] * np.array(CHANCES[3:])

    assert found["text 5 above"][0] == 0
    assert found["text 5 below"][2] == pytest.approx(below.sum() / widths[3:].sum())
    assert found["since sure"].tolist() == [0, 0, 1, 2, 3, 4, 5, 6]
    assert found["to sure"].tolist()[:2] == [0, 0]


def test_a_box_is_told_how_much_of_the_text_it_is_likely_to_hold(columns):
    found, widths = columns
    likely = widths * np.array(CHANCES)

    assert found["share in box"][0] == pytest.approx(likely[:2].sum() / likely.sum())
    assert found["text of box"][0] == pytest.approx(likely[:2].sum() / widths[:2].sum())


def test_what_another_reader_takes_for_text_is_told_of_the_line_its_neighbours_and_its_box(columns):
    found, _widths = columns

    assert found["heard"].tolist() == HEARD
    assert found["heard -1"].tolist() == [0, 1, 1, 0, 0, 0, 0, 0]
    assert found["heard +1"].tolist() == [1, 0, 0, 0, 0, 0, 0, 0]
    assert found["heard in box"].tolist() == HEARD
