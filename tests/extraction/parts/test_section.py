import pytest

from corpusapp.extraction.around_text import SECTION_THRESHOLD
from corpusapp.extraction.article import Options
from corpusapp.extraction.lines import read_page
from corpusapp.extraction.parts.section import find_section
from corpusapp.extraction.text_capture import opened

TITLE = "The ferry that would not sink keeps its last captain"
TEXT = """
By Orla Fenwick

12 March 2021

The ferry between the two quays has been declared unsafe four times, and each time the captain has taken it out
again on the next morning, because nobody else wanted to learn how its engine is started.

The harbour board met on Tuesday in the hall above the chandler's shop and talked about the ferry for three hours,
without coming to any decision that the captain would have noticed from his bridge.

A new boat would cost more than the whole quay, and the towns on both sides agree that neither should pay for it.
"""


def _section(above: str, below: str = "") -> str:
    page = read_page(f"{above}\n\n{TITLE}\n{below}\n{TEXT}", unwrap=False)
    place = opened(page, Options())
    assert place is not None
    assert page.lines[place.title].text == TITLE
    found = find_section(place)
    return found.value if found is not None and found.confidence >= SECTION_THRESHOLD else ""


@pytest.mark.parametrize("kicker", ["Politics", "TRANSPORT", "Local News |", "Culture"])
def test_a_kicker_above_the_title_is_the_section(kicker):
    assert _section(kicker) == kicker.rstrip(" |")


def test_the_section_stands_also_between_a_menu_and_the_title():
    menu = "\n".join(
        f"  • {word}"
        for word in ("Home", "Weather at sea", "Tide tables", "Lost property", "Contact")
    )

    assert _section(f"{menu}\n\nBusiness") == "Business"


@pytest.mark.parametrize(
    "above",
    [
        "",
        "Search",
        "Advertisement",
        "Sign up for our letter",
        "18 °C",
        "Hello, captain!",
    ],
)
def test_other_lines_above_the_title_are_no_section(above):
    assert _section(above) == ""


@pytest.mark.parametrize(
    ("crumbs", "section"),
    [
        ("Home › News › Harbours", "Harbours"),
        ("Home › Harbours › The ferry that would not sink", "Harbours"),
        (f"Home » Ships and boats » {TITLE}", "Ships and boats"),
        ("Home / Ships and boats / Ferries", "Ferries"),
        ("您的位置：首页 > 船舶 > 正文", "船舶"),
    ],
)
def test_the_last_step_of_a_breadcrumb_that_is_no_title_is_the_section(crumbs, section):
    assert _section(crumbs) == section


def test_a_row_of_links_without_the_way_home_is_a_menu():
    assert _section("Ships and boats / Ferries / Anchors") == ""
