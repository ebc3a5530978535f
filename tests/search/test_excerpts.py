import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.search.excerpts import Wanted, snippet_of, title_of
from corpusapp.text.analysis import analyser
from tests.text.test_analysis import MIXED

TERMS = analyser("en")


def shown(excerpt):
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in excerpt)


def test_words_are_marked_in_any_form():
    wanted = Wanted(frozenset({"run_"}))

    assert shown(title_of("Running, he ran: RUNS of rungs", wanted, TERMS)) == (
        "[Running], he ran: [RUNS] of rungs"
    )


@pytest.mark.parametrize("text", ["论多邊主義之道", "论多边主义之道"])
def test_runs_are_marked_in_the_script_of_the_text(text):
    marked = shown(snippet_of(text, Wanted(runs=("多边主义", "多边")), TERMS))

    assert marked.replace("[", "").replace("]", "") == text
    assert f"[{text[1:5]}]" in marked


def test_accents_and_wide_letters_are_marked_as_they_stand():
    wanted = Wanted(frozenset({"cafe_", "bric_"}))

    assert (
        shown(snippet_of("Le Café des ＢＲＩＣＳ", wanted, TERMS)) == "Le [Café] des [ＢＲＩＣＳ]"
    )


def test_beginnings_of_words_are_marked_whole():
    assert shown(snippet_of("a governor", Wanted(beginnings=("gov",)), TERMS)) == "a [governor]"


def test_a_snippet_is_the_part_with_most_of_what_is_wanted():
    text = f"Law stands here. {'Nothing of it. ' * 60}Then rule of law ends it. {'More. ' * 99}"

    marked = shown(snippet_of(text, Wanted(frozenset({"law_", "rule_"})), TERMS))

    assert "[rule] of [law] ends it" in marked
    assert marked.startswith("…")
    assert marked.endswith("…")
    assert len(marked) < 300


def test_without_anything_found_it_is_the_beginning():
    assert shown(snippet_of("One.\n\nTwo.", Wanted(), TERMS)) == "One. Two."


@given(
    MIXED,
    st.sets(st.sampled_from(["run_", "zé", "a_", "z_"])),
    st.sampled_from(["治理", "球", "电影"]),
)
def test_nothing_but_white_space_is_changed(text, stems, run):
    wanted = Wanted(frozenset(stems), ("z",), (run,))
    for excerpt in (title_of(text, wanted, TERMS), snippet_of(text, wanted, TERMS)):
        cut = "".join(piece.text for piece in excerpt if piece.text != "…")
        assert "".join(cut.split()) == "".join(text.replace("…", "").split()) or len(text) > 100
