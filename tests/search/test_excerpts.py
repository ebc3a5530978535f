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


def test_a_quote_is_marked_as_a_whole_and_nowhere_in_parts():
    text = f"Rule and law. {'Nothing of it. ' * 60}The *Rule of Law*: it ends. {'Law. ' * 99}"

    marked = shown(snippet_of(text.replace("*", ""), Wanted(quotes=("rule of law",)), TERMS))

    assert "The [Rule of Law]: it ends. Law." in marked
    assert marked.count("[") == 1


@pytest.mark.parametrize(
    ("quote", "text", "expected"),
    [
        ("don't stop", "We don’t stop", "We [don’t stop]"),
        ("don't stop", "We dont stop don't", "We [dont stop] don't"),
        ("café noir", "Un cafe noir, un CAFÉ\nNOIR", "Un [cafe noir], un [CAFÉ NOIR]"),
        ("rules", "rule, rules, ruled", "rule, [rules], ruled"),
        (
            "全球，治理",
            "全球治理；全球、治理论；论全球 治理",
            "全球治理；[全球、治理]论；论[全球 治理]",
        ),
        ("论G20治", "論G20治理，论G20", "[論G20治]理，论G20"),
    ],
)
def test_a_quote_is_marked_wherever_its_terms_follow_one_another(quote, text, expected):
    wanted = Wanted(quotes=(quote,))

    assert shown(title_of(text, wanted, TERMS)) == " ".join(expected.split())
    assert shown(snippet_of(text, wanted, TERMS)) == " ".join(expected.split())


@pytest.mark.parametrize(("common", "rare"), [("law ", "Zebra"), ("法律。", "治理")])
def test_a_snippet_shows_the_rare_word_however_late_and_marks_the_others_there(common, rare):
    text = f"{common * 900}{'x. ' * 200}{rare} {common}"
    wanted = Wanted(frozenset({"law_", "zebra_"}), runs=("法律", "治理"))

    marked = shown(snippet_of(text, wanted, TERMS))

    assert f"[{rare}] [{common.strip('。 ')}]" in marked


def test_a_snippet_shows_rather_one_rare_word_than_two_that_stand_everywhere():
    text = f"{'Law and rule. ' * 30}{'Nothing. ' * 60}A zebra.{' Nothing.' * 60}"
    wanted = Wanted(frozenset({"law_", "rule_", "zebra_"}))

    assert "A [zebra]." in shown(snippet_of(text, wanted, TERMS))


def test_a_quote_longer_than_a_snippet_is_marked_as_far_as_it_is_shown():
    text = f"{'Before. ' * 60}{'so long a quote ' * 30}"

    marked = shown(snippet_of(text, Wanted(quotes=(f"{'so long a quote ' * 30}",)), TERMS))

    assert "[so long a quote so" in marked


def test_without_anything_found_it_is_the_beginning():
    assert shown(snippet_of("One.\n\nTwo.", Wanted(), TERMS)) == "One. Two."


@given(
    MIXED,
    st.sets(st.sampled_from(["run_", "zé", "a_", "z_"])),
    st.sampled_from(["治理", "球", "电影"]),
)
def test_nothing_but_white_space_is_changed(text, stems, run):
    wanted = Wanted(frozenset(stems), ("z",), (run,), (f"{run} a", f"z{run}"))
    for excerpt in (title_of(text, wanted, TERMS), snippet_of(text, wanted, TERMS)):
        cut = "".join(piece.text for piece in excerpt if piece.text != "…")
        assert "".join(cut.split()) == "".join(text.replace("…", "").split()) or len(text) > 100
