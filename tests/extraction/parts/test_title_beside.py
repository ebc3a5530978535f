"""What a candidate for the title is told of its neighbours and of the text."""

import pytest

from corpusapp.extraction.article import Options
from corpusapp.extraction.first_look import candidates, look
from corpusapp.extraction.lines import read_page
from corpusapp.extraction.parts.title import FEATURES, features
from corpusapp.extraction.parts.title_neighbours import words_in
from corpusapp.extraction.parts.title_text import ECHO, SIGNS, echo, signs_of

PARAGRAPHS = (
    "The ferry left the harbour before dawn, and nobody on the pier had come to see it go out.",
    "It was the last one: the harbour board had sold both, and the crossing is closed for good.",
    "A second ferry had been promised in spring, when the pier was painted and the lamps were lit.",
)
TEXT = "\n\n".join(PARAGRAPHS)


def told(capture):
    """Text of each candidate -> its numbers by name."""
    among = candidates(look(read_page(capture), Options()), {})
    rows = features(among).tolist()
    return {
        among.page.lines[index].text: dict(zip(FEATURES, row, strict=True))
        for index, row in zip(among.indexes, rows, strict=True)
    }


def test_each_candidate_is_told_what_the_ones_above_and_below_show():
    found = told(f"Harbour news\n\nThe last ferry\n\nNobody came to see it go\n\n{TEXT}")

    kicker, title, standfirst = found.values()
    assert title["width, candidate above"] == kicker["width"] == len("Harbour news")
    assert title["width, candidate below"] == standfirst["width"]
    assert title["echo, candidate above"] == pytest.approx(kicker["echo"])
    assert (kicker["width, candidate above"], standfirst["width, candidate below"]) == (-1, -1)
    assert [one["place among them"] for one in found.values()] == [0, 1, 2]
    assert {one["candidates"] for one in found.values()} == {3}


def test_words_that_two_candidates_share_are_told_to_both_and_of_both():
    short, long = told(f"Ferry tales\n\nFerry tales 3, the harbour pack\n\n{TEXT}").values()

    assert (short["words found below"], short["words found of one below"]) == (
        1,
        pytest.approx(1 / 3),
    )
    assert (long["words found above"], long["words found of one above"]) == (
        pytest.approx(1 / 3),
        1,
    )
    assert (short["words found above"], long["words found below"]) == (0, 0)


def test_the_same_line_again_shares_nothing_as_twins_are_counted_elsewhere():
    first = told(f"The last ferry\n\nMay 5, 2020\n\nThe last ferry\n\n{TEXT}")["The last ferry"]

    assert first["words found below"] == first["words found above"] == 0


def test_the_next_paragraph_and_the_weight_of_text_around_are_told():
    title = told(f"The last ferry\n\n{TEXT}")["The last ferry"]

    assert title["words in next paragraph"] == pytest.approx(2 / 3)  # not "last"
    assert (title["lines to next paragraph"], title["different words"]) == (1, 3)
    assert title["text in 6 lines above"] == 0
    assert title["text in 6 lines below"] == len(TEXT.replace("\n", ""))


def test_a_title_s_words_come_back_more_often_than_a_menu_s():
    line = read_page("The last ferry harbour").lines[0]

    found = dict(zip(ECHO, echo(line, TEXT.lower()), strict=True))

    assert found["echo"] == 1
    assert (found["echoed words"], found["most echoed"]) == (3, 2)
    assert found["echoed twice"] == pytest.approx(2 / 3)
    assert echo(read_page("Sign in to comment").lines[0], TEXT.lower())[0] == 0


def test_a_paragraph_is_no_echo_of_its_own_words():
    line = read_page(TEXT).lines[0]

    assert echo(line, line.text.lower())[0] == 0


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“The last ferry”", "opens with a quotation mark"),
        ("The “last ferry”", "ends with a quotation mark"),
        ("5 ferries", "opens with a digit"),
        ("Ferries, piers", "commas"),
        ("渡轮，码头", "commas"),
        ("Ferries (2)", "bracket"),
        ("More ferries:", "ends with a colon"),
        ("News › Ferries", "bars"),
        ("The last …", "dots"),
    ],
)
def test_a_sign_is_told_where_it_stands_and_not_where_it_does_not(text, name):
    assert dict(zip(SIGNS, signs_of(text), strict=True))[name] == 1
    assert dict(zip(SIGNS, signs_of("The last ferry"), strict=True))[name] == 0


def test_words_of_scripts_that_part_none_are_their_pairs():
    assert words_in("最后的渡轮 2020") == {"最后", "后的", "的渡", "渡轮", "2020"}
    assert words_in("The Last ferry") == {"the", "last", "ferry"}


def test_the_only_candidate_has_no_neighbours():
    (only,) = told(f"The last ferry\n\n{TEXT}").values()

    assert (only["width, candidate above"], only["width, candidate below"]) == (-1, -1)
    assert (only["place among them"], only["candidates"]) == (0, 1)
    assert only["words found above"] == only["words found of one below"] == 0
