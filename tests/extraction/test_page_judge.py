import numpy as np

from corpusapp.extraction.page_judge import PageText, in_question, likeliest, second_chances
from corpusapp.extraction.second_look import FEATURES


def test_the_likely_lines_are_taken_and_the_others_left():
    found = likeliest([100, 100, 100], [0.95, 0.05, 0.9])

    assert found.lines == [0, 2]
    assert 0.9 < found.expected < 1


def test_on_a_page_that_is_unsure_as_a_whole_more_of_its_lines_are_taken():
    doubtful = [0.4] * 4

    assert likeliest([100] * 4, doubtful).lines == [0, 1, 2, 3]
    assert likeliest([100] * 5, [*doubtful, 0.99]).lines != [4]
    assert 2 not in likeliest([900, 900, 100], [0.99, 0.99, 0.4]).lines


def test_a_line_without_a_chance_is_no_text_however_unsure_its_page():
    assert likeliest([100, 100], [0.14, 0.02]) == PageText([], 0.0)


def test_the_better_a_text_is_expected_to_be_the_surer_it_is():
    worst, middling, best = (PageText([], expected).sureness for expected in (0.5, 0.8, 0.97))

    assert worst < 0.2 < middling < 0.8 < best


def test_a_second_look_is_taken_at_lines_with_a_chance_and_at_what_another_reader_has():
    likely, heard = [0.5, 0.01, 0.01], [0.0, 1.0, 0.0]

    found = second_chances(np.zeros((3, len(FEATURES))), likely, heard)

    assert in_question(likely, heard).tolist() == [True, True, False]
    assert found[0] == found[1] != 0.01
    assert found[2] == 0.01


def test_a_page_without_a_line_in_question_is_left_as_it_was():
    assert second_chances(np.zeros((1, len(FEATURES))), [0.01], [0.0]) == [0.01]
