from tests.extraction.training.alignment import in_place

BODY = ["the lamp on the headland turns", "the keepers mean to go on", "fog"]
TEXT = [line.split() for line in BODY]


def lines(*texts):
    return {place: text.split() for place, text in enumerate(texts)}


def test_a_teaser_that_says_a_line_of_the_text_before_it_is_not_the_text():
    page = lines("the keepers mean to go on", *BODY)

    assert in_place(page, TEXT) == {1, 2, 3}


def test_a_second_copy_of_the_text_is_left_out():
    assert in_place(lines(*BODY, *BODY[:2]), TEXT) in ({0, 1, 2}, {2, 3, 4})


def test_what_the_text_says_twice_stands_twice():
    page = lines(*BODY, *BODY[:2])

    assert in_place(page, [*TEXT, *TEXT[:2]]) == {0, 1, 2, 3, 4}


def test_lines_that_the_text_has_in_another_order_are_kept():
    page = lines("the keepers mean to go on", "the lamp on the headland turns", "fog")

    assert in_place(page, TEXT) == {0, 1, 2}


def test_lines_that_the_text_has_nowhere_are_kept_as_they_were_called():
    assert in_place(lines("a gale is on its way"), TEXT) == {0}
