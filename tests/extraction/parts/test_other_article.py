import pytest

from corpusapp.extraction.article import Part
from corpusapp.extraction.lines import read_page
from corpusapp.extraction.parts.chrome import judge_chrome
from corpusapp.extraction.parts.other_article import mark_other_articles

FIRST = "The ferry between the quays has been declared unsafe four times, and its captain took it out again."
NEXT = "A lamp that was lit for a hundred years went out on Sunday, and nobody on the island had noticed it."
TITLE = "The lamp on the northern pier goes out"


def _parts(*lines: str, dated: frozenset[int], end: int = 0) -> list[Part | None]:
    page = read_page("\n\n".join((FIRST, *lines)), unwrap=False)
    marks = [judge_chrome(line) for line in page.lines]
    mark_other_articles(page, (0, end), dated, marks)
    return [mark.part if mark else None for mark in marks[1:]]


def test_a_title_a_date_and_paragraphs_after_the_text_are_another_article():
    parts = _parts(TITLE, "4 May 2019", NEXT, NEXT, dated=frozenset((2,)))

    assert parts == [Part.OTHER_ARTICLE] * 4


@pytest.mark.parametrize(
    ("lines", "dated"),
    [
        ((TITLE, NEXT, NEXT), frozenset()),
        ((TITLE, "4 May 2019", NEXT), frozenset((2,))),
        ((TITLE, "4 May 2019"), frozenset((2,))),
    ],
)
def test_a_teaser_or_a_notice_is_none(lines, dated):
    assert Part.OTHER_ARTICLE not in _parts(*lines, dated=dated)


def test_what_readers_wrote_is_none():
    parts = _parts("Comments", TITLE, "4 May 2019", NEXT, NEXT, dated=frozenset((3,)))

    assert Part.OTHER_ARTICLE not in parts


def test_inside_what_was_judged_text_it_must_be_signed_under_a_heading_over_links():
    page = (NEXT, "Read next", TITLE, "By Orla Fenwick", "4 May 2019", NEXT, NEXT)

    assert _parts(*page, dated=frozenset((5,)), end=7)[2:] == [Part.OTHER_ARTICLE] * 5
    unsigned = [line for line in page if not line.startswith("By")]
    assert Part.OTHER_ARTICLE not in _parts(*unsigned, dated=frozenset((4,)), end=6)
    assert Part.OTHER_ARTICLE not in _parts(NEXT, *page[2:], dated=frozenset((4,)), end=7)
