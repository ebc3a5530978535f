"""What stands around the text of a saved page is found by how the page prints and names it."""

import pytest

from corpusapp.extraction.article import Options
from corpusapp.extraction.pipeline import extract

TITLE = "The Ferry That Learned to Wait for the Tide"
TEXT = (
    "The ferry leaves when the water lets it, and the village has set its clocks by that for a hundred years.",
    "On some mornings nobody crosses at all, and the captain reads the newspaper aloud to the gulls on the pier.",
    "When the new bridge was planned, the council asked who would still need a boat, and everybody raised a hand.",
    "So the ferry stayed, the bridge was built a mile upstream, and the two of them have got along ever since.",
)


def read(above="", below="", after="", title=f"<h1>{TITLE}</h1>", text=TEXT):
    paragraphs = "".join(f"<p>{words}</p>" for words in text)
    page = (
        f"<html lang=en><title>{TITLE}</title><header>{above}</header>"
        f"<article>{title}{below}<div class=content>{paragraphs}</div>{after}</article></html>"
    )
    return extract(page.encode(), Options(media_type="text/html"))


def test_date_and_byline_under_the_title_are_not_printed_again():
    article = read(below="<p class=byline>By Ann Lee</p><p class=meta>May 21, 2015</p>")

    assert [byline.name for byline in article.bylines] == ["Ann Lee"]
    assert str(article.published) == "2015-05-21"
    assert article.body == "\n\n".join(TEXT)


def test_date_alone_between_paragraphs_stays_in_the_text():
    chronicle = (*TEXT[:2], "May 21, 1915", *TEXT[2:])

    assert "May 21, 1915" in read(text=chronicle).body


@pytest.mark.parametrize("name", ["section", "cat-links", "kicker", "field-topic"])
def test_link_above_the_title_that_is_named_for_a_section_is_the_section(name):
    assert read(above=f"<a class={name} href=/s>River life</a>").section == "River life"


def test_date_beside_the_section_is_no_section():
    assert read(above="<div class=topics>May 21, 2015</div>").section == ""


def test_printed_tags_are_tags_and_no_text():
    article = read(after="<div class=tags-links>Tags: ferries, tides</div>")

    assert article.tags == ("ferries", "tides")
    assert article.body == "\n\n".join(TEXT)


def test_counter_that_shares_its_line_with_the_date_counts():
    line = "<div><span>May 21, 2015</span> <span class=views>views: 5621</span></div>"

    assert read(below=line).views == 5621


def test_number_in_a_sentence_counts_no_views():
    assert (
        read(
            text=(*TEXT, "The pier has 5621 views of the sea, says its keeper, and is proud.")
        ).views
        is None
    )


LEAD = "A captain, a bridge and a village that never learned to hurry across its own river."


def test_lead_that_the_byline_parts_from_the_text_is_the_standfirst():
    article = read(below=f"<p class=lead>{LEAD}</p><p class=byline>By Ann Lee</p>")

    assert article.standfirst == LEAD
    assert article.body == "\n\n".join(TEXT)


def test_lead_in_one_piece_with_the_text_is_never_lost():
    article = read(below=f"<p class=lead>{LEAD}</p>")

    assert LEAD in (article.standfirst, article.body.partition("\n")[0])
