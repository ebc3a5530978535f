import pytest

from corpusapp.extraction.article import Options
from corpusapp.extraction.pipeline import extract

_TEXT = (
    "the drift of moored boats in a tidal harbour has been measured at three piers . it is found that the"
    " length of the rope matters less than the state of the moon, and that a second rope halves the drift .\n\n"
    "a short account of the method is given, with tables of the tides on all days of measurement .\n"
)
TITLE = "on the drift of moored boats in harbours with a tidal range of more than three metres, with notes on rope ."


def capture(*head, text=_TEXT):
    return "\n\n".join((*head, text, "You might also like\nBack to Top\n")).encode()


@pytest.mark.parametrize(
    "above", [(), ("Language : English 简体 繁體\nOpinion",), ("Print", "Research")]
)
def test_a_sentence_over_the_date_at_the_head_is_the_title(above):
    article = extract(capture(*above, TITLE, "2011-04-06"), Options())

    assert article.title == TITLE
    assert article.evidence["title"].confidence == 0.5
    assert article.body.startswith("the drift of moored boats")
    assert str(article.published) == "2011-04-06"
    assert not any(doubt.field == "title" for doubt in article.doubts)


@pytest.mark.parametrize(
    "head",
    [
        (TITLE,),  # no date
        (_TEXT.strip(), "2011-04-06"),  # too long for a title
        (_TEXT.strip(), TITLE, "2011-04-06"),  # text above
        ("One", "Two", "Three", TITLE, "2011-04-06"),  # a menu above
    ],
)
def test_elsewhere_a_sentence_is_no_title(head):
    assert extract(capture(*head), Options()).title != TITLE


def test_a_line_that_looks_like_a_title_is_preferred():
    article = extract(capture("Boats That Drift", TITLE, "2011-04-06"), Options())

    assert article.title == "Boats That Drift"
