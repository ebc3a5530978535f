import pytest

from corpusapp.extraction.article import Precision, PrintedDate
from corpusapp.extraction.lines import read_page
from corpusapp.extraction.parts.chrome import judge_chrome
from corpusapp.extraction.parts.date_features import FEATURES, Span, rows
from corpusapp.extraction.parts.dateline import choose_date, dated_lines, nearest

PARAGRAPH = (
    "The council of the island met for the third time this year, and nobody could say with any"
    " certainty what the harbour would cost, or who was to pay for it in the end."
)


def found(text: str, title: int, body: int):
    page = read_page(text)
    marks = [judge_chrome(line) for line in page.lines]
    lines = dated_lines(page, day_first=None)
    return choose_date(lines, page, Span(title, body, len(page.lines) - 1), marks)


def test_the_date_under_the_title_is_taken_before_those_of_a_list():
    others = "\n".join(f"A piece about the harbour\n{day} May 2021" for day in range(1, 6))

    chosen = found(
        f"The harbour is late\nBy Ann Lee\n3 March 2020\n{PARAGRAPH}\n{PARAGRAPH}x\nLatest\n{others}",
        0,
        3,
    )

    assert chosen is not None
    assert chosen.line.date.printed == PrintedDate("2020-03-03", Precision.DAY)
    assert chosen.confidence > 0.8


def test_publication_goes_before_the_update():
    chosen = found(
        "The harbour is late\nPublished 3 March 2020\nLast updated 9 August 2023\n"
        f"{PARAGRAPH}\n{PARAGRAPH}x",
        0,
        3,
    )

    assert chosen is not None
    assert str(chosen.line.date.printed) == "2020-03-03"
    assert chosen.rule == "date led by “published”"


def test_one_of_two_readings_is_taken_where_the_page_prints_it_in_words():
    chosen = found(
        f"The harbour is late\n05/06/2015\n{PARAGRAPH}\n{PARAGRAPH}x\nThe harbour is late\nJune 5, 2015",
        0,
        2,
    )

    assert chosen is not None
    assert str(chosen.line.date.printed) == "2015-06-05"


def test_two_readings_stay_two_without_another_date():
    chosen = found(f"The harbour is late\n05/06/2015\n{PARAGRAPH}\n{PARAGRAPH}x", 0, 2)

    assert chosen is not None
    assert chosen.line.date.printed is None
    assert chosen.line.date.candidates == ("2015-06-05", "2015-05-06")


def test_no_date_no_choice():
    assert found(f"The harbour is late\n{PARAGRAPH}", 0, 1) is None


@pytest.mark.parametrize("text", ["© 2020 The Harbour Office", "Copyright March 2020"])
def test_a_claim_of_copyright_is_no_date(text):
    assert dated_lines(read_page(text), day_first=None) == []


def test_a_sign_of_copyright_behind_a_date_leaves_it_one():
    [line] = dated_lines(read_page("5. November 2023, 14:09 / ©Hafenblatt"), day_first=None)

    assert (str(line.date.printed), line.owned) == ("2023-11-05T14:09", False)


def test_each_date_is_a_row_of_all_features():
    page = read_page(f"The harbour is late\n3 March 2020 | 4 March 2020\n{PARAGRAPH}")
    lines = dated_lines(page, day_first=None)

    table = rows(lines, page, Span(0, 2, 2), [None] * len(page.lines))

    assert [len(row) for row in table] == [len(FEATURES)] * 2


def test_of_thousands_of_dates_those_nearest_to_the_title_are_looked_at():
    page = read_page("\n".join(f"{1 + number % 28} March 2020" for number in range(1000)))
    lines = dated_lines(page, day_first=None)

    near = nearest(lines, Span(500, 501, 999))

    assert [line.index for line in near] == list(range(near[0].index, near[-1].index + 1))
    assert (len(near), near[100].index) == (200, 500)


def test_an_update_above_the_publication_does_not_hide_it():
    chosen = found(
        "The harbour is late\nWritten by Ann Lee, RN\nUpdated on 11 April 2022\nPublished on 8 March 2021\n"
        f"{PARAGRAPH}\n{PARAGRAPH}x",
        0,
        4,
    )

    assert chosen is not None
    assert str(chosen.line.date.printed) == "2021-03-08"
