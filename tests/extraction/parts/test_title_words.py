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
