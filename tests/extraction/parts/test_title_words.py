import pytest

from corpusapp.extraction.lines import read_page
from corpusapp.extraction.parts.title_words import title_words

TITLE = "The ferry keeps its last captain"


def _title(first: str, *others: str) -> str:
    return title_words(read_page("\n\n".join((first, *others)), unwrap=False), 0)


@pytest.mark.parametrize(
    ("line", "other"),
    [
        (f"{TITLE} | Quayside Observer", "Quayside Observer"),
        (f"{TITLE} – Quayside Observer", "© 2021 Quayside Observer"),
        (f"Quayside Observer | {TITLE}", "© 2021 Quayside Observer"),
        (f"{TITLE}｜港口週報", "港口週報"),
    ],
)
def test_a_name_that_the_page_prints_elsewhere_is_cut(line, other):
    assert _title(line, "Text", other) == TITLE


@pytest.mark.parametrize(
    ("line", "other"),
    [
        (f"{TITLE} | Quayside Observer", "Nothing else"),
        (f"Ferries – {TITLE}", "Ferries"),
        (f"The ferry | {TITLE} and the two quays of the old town", "The ferry"),
        (TITLE, TITLE),
    ],
)
def test_other_parts_of_a_title_stay(line, other):
    assert _title(line, "Text", other) == line


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (f"“It will begin soon”{TITLE}", TITLE),
        (f"Quayside meetingHolly Tidewell {TITLE}", f"Holly Tidewell {TITLE}"),
    ],
)
def test_a_kicker_that_runs_into_the_title_is_cut(line, title):
    assert _title(line, "The board heard Holly Tidewell at noon.") == title


@pytest.mark.parametrize(
    "line",
    [
        f"“It will begin soon” {TITLE}",
        f"“渡輪革命”{TITLE}".replace(TITLE, "改善港口"),
        "HarborScript keeps its last captain",  # a name that the page writes so elsewhere
        "QuaysideOnline keeps its last captain",  # the second word never stands by itself
        "The ferry keeps its last captain at HarborScript",  # what follows is no title
    ],
)
def test_words_that_are_one_name_or_stand_apart_stay_together(line):
    assert _title(line, "A Script is kept in HarborScript by the quay.") == line


def test_the_number_of_a_trail_s_last_step_is_cut_and_a_list_s_own_number_stays():
    trail = read_page(f"1. Home\n2. News\n3. {TITLE}", unwrap=False)
    alone = read_page(f"Home\n3. {TITLE}", unwrap=False)

    assert title_words(trail, 2) == TITLE
    assert title_words(alone, 1) == f"3. {TITLE}"


def test_what_stands_behind_a_bar_is_cut_where_the_page_has_the_title_by_itself():
    assert _title(f"{TITLE} | Timetables | Quayside", TITLE) == TITLE
    assert _title(f"{TITLE} | Timetables | Quayside", "Text") == f"{TITLE} | Timetables | Quayside"
