from corpusapp.extraction.article import Options
from corpusapp.extraction.first_look import candidates, look
from corpusapp.extraction.lines import read_page
from corpusapp.extraction.parts.title_candidates import (
    MOST_LISTED,
    SHORTLIST_FEATURES,
    best_of,
    shortlist,
    shortlist_rows,
)

PARAGRAPH = (
    "The ferry left the harbour before dawn, and nobody on the pier had come to see it go out."
)
TEXT = "\n\n".join(
    [PARAGRAPH.replace("ferry", word) for word in ("ferry", "tug", "barge", "trawler")]
)


def listed(capture):
    seen = look(read_page(capture), Options())
    return [seen.page.lines[index].text for index in candidates(seen, {}).indexes]


def test_a_line_over_the_text_may_be_the_title():
    assert listed(f"The last ferry\n\n{TEXT}") == ["The last ferry"]


def test_a_title_at_the_top_counts_however_far_below_the_heaviest_text_stands():
    notes = "\n".join(
        f"{hour} o'clock, wind from the {side}" for hour in range(40) for side in "NS"
    )

    assert "The last ferry" in listed(f"The last ferry\n\n{notes}\n\n{TEXT}")


def test_a_line_in_the_text_counts_over_a_date_and_not_elsewhere():
    below = f"{TEXT}\n\n{TEXT}\n\n{TEXT}\n\n{{}}\n\n{TEXT}\n\n{TEXT}"

    assert "Second ferry sold" in listed(below.format("Second ferry sold\n\nMay 5, 2020"))
    assert "Second ferry sold" not in listed(below.format("Second ferry sold"))


def test_a_title_may_ask_a_long_question_and_a_paragraph_is_none():
    question = (
        "Who will pay for the second ferry once the harbour board has sold the first one abroad?"
    )

    assert listed(f"{question}\n\n{TEXT}") == [question]
    assert PARAGRAPH not in listed(f"Harbour news\n\n{TEXT}")


def test_what_is_set_in_under_a_bullet_is_a_post_only_under_a_date():
    under_date = "May 5, 2020\n  • Ada Quill\n      Keeper of the pier"
    under_title = "Harbour\n  • News\n      The last ferry"

    assert "Keeper of the pier" not in listed(f"The last ferry\n\n{under_date}\n\n{TEXT}")
    assert "The last ferry" in listed(f"{under_title}\n\n{TEXT}")


def test_a_shortlist_leaves_few_of_many_in_the_order_of_the_page_and_few_as_they_are():
    menu = "\n".join(f"Pier {number} timetable" for number in range(30))
    many = candidates(look(read_page(f"{menu}\n\nThe last ferry\n\n{TEXT}"), Options()), {})
    few = candidates(look(read_page(f"The last ferry\n\n{TEXT}"), Options()), {})

    chosen = shortlist(many)

    assert len(many.indexes) > MOST_LISTED == len(chosen.indexes)
    assert list(chosen.indexes) == sorted(chosen.indexes)
    assert shortlist(few) is few


def test_the_best_of_many_are_those_with_the_best_odds():
    menu = "\n".join(f"Pier {number} timetable" for number in range(30))
    many = candidates(look(read_page(f"{menu}\n\nThe last ferry\n\n{TEXT}"), Options()), {})

    chosen = best_of(many, [float(place) for place in range(len(many.indexes))])

    assert list(chosen.indexes) == list(many.indexes[-MOST_LISTED:])


def test_a_row_has_a_number_for_each_feature():
    few = candidates(look(read_page(f"The last ferry\n\n{TEXT}"), Options()), {})

    assert [len(row) for row in shortlist_rows(few)] == [len(SHORTLIST_FEATURES)]
