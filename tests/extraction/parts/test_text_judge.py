"""Lines are chosen together, so that chosen and true text are expected to agree best."""

from hypothesis import given
from hypothesis import strategies as st

from corpusapp.extraction.lines import read_page
from corpusapp.extraction.parts.chrome import judge_chrome
from corpusapp.extraction.parts.line_words import LineWords, words_of
from corpusapp.extraction.parts.text_features import (
    FEATURES,
    Surroundings,
    features,
    near_text,
)
from corpusapp.extraction.parts.text_judge import choose

PARAGRAPH = "The assembly met on Monday to discuss the plan for the harbour, and most members spoke in favour of it."


def test_a_doubtful_line_is_dropped_beside_sure_ones_and_kept_among_doubtful_ones():
    sure = choose([0.99, 0.98, 0.4, 0.01], [20, 20, 20, 20])
    doubtful = choose([0.45, 0.42, 0.4, 0.01], [20, 20, 20, 20])

    assert sure.chosen == {0, 1}
    assert doubtful.chosen == {0, 1, 2}
    assert sure.agreement > 0.85 > doubtful.agreement


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_at_least_one_line_is_chosen_and_none_less_likely_than_one_left_out(chances):
    chosen = choose(chances, [10.0] * len(chances)).chosen

    assert chosen
    left = [chance for index, chance in enumerate(chances) if index not in chosen]
    assert min(chances[index] for index in chosen) >= max(left, default=0)


def page_of(text):
    page = read_page(text)
    return page, [judge_chrome(line) for line in page.lines]


def test_lines_far_from_any_paragraph_are_not_judged():
    menu = "\n".join(f"Item {number}" for number in range(60))
    page, _ = page_of(f"{menu}\n{PARAGRAPH}")

    near = near_text(page, Surroundings(60, 60, None, frozenset()))

    assert near.tolist() == [False] * 40 + [True] * 21


def test_each_line_has_a_number_for_every_feature():
    page, marks = page_of(f"Harbour Plan\n\nBy Ann Lee\n\n{PARAGRAPH}\n\n  • a bullet\n•\n")
    known = Surroundings(2, 2, 0, frozenset())

    words = LineWords({"harbour": 1.5, "^harbour plan": 2.0})
    table = features(page, marks, known, near_text(page, known), words)

    assert table.shape == (5, len(FEATURES))
    assert table[0, FEATURES.index("words")] == 1.75
    assert table[3, FEATURES.index("bullet")] == 1


def test_words_are_looked_up_alone_opening_and_whole():
    line = read_page("Read more").lines[0]

    assert words_of(line) == ["read", "more", "^read more", "=read more"]
    assert words_of(read_page("相关阅读").lines[0])[:3] == ["相关", "关阅", "阅读"]


def test_what_short_lines_show_is_the_same_the_second_time():
    lines = read_page(f"Read more\n{PARAGRAPH}\n相关阅读\nHarbour, 3rd Plan:").lines
    words = LineWords({"read": 1.5, "harbour": -1.0, "相关": 2.0})

    first = words.measure(lines)

    assert (words.measure(lines[:3]) == first[:3]).all()
    assert (
        words.measure(lines)
        == LineWords({"read": 1.5, "harbour": -1.0, "相关": 2.0}).measure(lines)
    ).all()
