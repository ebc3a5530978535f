import pytest
from hypothesis import given, settings

from corpusapp.extraction.article import Options, Part
from corpusapp.extraction.errors import ExtractionError, OnlyFurnitureError
from corpusapp.extraction.pipeline import extract
from corpusapp.extraction.readable import readable_text
from corpusapp.text.markdown import plain
from tests.extraction.formats.html import pages
from tests.extraction.formats.html.test_rendering import SOUP

SAVED = Options(media_type="text/html")


def read(raw):
    return extract(raw, SAVED)


def names(article):
    return [byline.name for byline in article.bylines]


@pytest.mark.parametrize(
    ("raw", "title", "author", "language"),
    [
        (pages.ENGLISH, "The lighthouse keeps its lamp", "Mara Oswin", "en"),
        (pages.SIMPLIFIED, "灯塔守望者留了下来", "李明", "zh-Hans"),
        (pages.TRADITIONAL, "燈塔守望者留了下來", "陳國華", "zh-Hant"),
        (pages.GERMAN, "Der Leuchtturm behält seine Lampe", "Jana Weidmann", "de"),
    ],
)
def test_an_article_is_found_whatever_its_language(raw, title, author, language):
    article = read(raw)

    assert (article.title, names(article), article.language) == (title, [author], language)
    assert str(article.published).startswith("2024-03-05")
    assert article.body.count("\n\n") == 2
    assert "©" not in article.body
    assert article.source == "The Quay Review"


def test_a_page_that_names_nobody_gets_nobody():
    raw = pages.article(
        title="The tide table for June",
        paragraphs=["The tide comes in twice a day, and it goes out twice a day, as it always did."]
        * 3,
    )

    assert names(read(raw)) == []


def test_the_site_and_its_machine_are_no_authors():
    head = '<meta name="author" content="admin"><script type="application/ld+json">{"@type":"Article","author":{"@type":"Organization","name":"The Quay Review"}}</script>'
    raw = pages.article(
        title="The tide table for June",
        head=head,
        paragraphs=["The tide comes in twice a day, and it goes out twice a day, as it always did."]
        * 3,
    )

    assert "admin" not in names(read(raw))


def test_a_day_that_can_be_read_in_two_ways_is_left_to_an_editor():
    raw = pages.article(
        title="The tide table for June", date="<span>05/06/2015</span>",
        paragraphs=["The tide comes in twice a day, and it goes out twice a day, as it always did."] * 3,
    )  # fmt: skip
    article = read(raw)

    assert article.published is None
    assert ("published_at", "date_ambiguous") in [
        (doubt.field, doubt.code) for doubt in article.doubts
    ]


def test_every_line_has_one_judgement_and_the_text_is_judged_text():
    article = read(pages.ENGLISH)
    shown = readable_text(pages.ENGLISH, "text/html").split("\n")
    body = plain(article.body)

    assert [judged.line for judged in article.judgements] == list(range(1, len(shown) + 1))
    assert all(
        (judged.part is Part.BLANK) == (not line)
        for judged, line in zip(article.judgements, shown, strict=True)
    )
    for judged, line in zip(article.judgements, shown, strict=True):
        assert (judged.part is Part.BODY) == (bool(line) and line in body)


def test_evidence_counts_the_lines_that_are_shown():
    article = read(pages.ENGLISH)
    shown = readable_text(pages.ENGLISH, "text/html").split("\n")

    assert shown[article.evidence["title"].first_line - 1] == article.title
    assert "Mara Oswin" in shown[article.evidence["authors"].first_line - 1]


def test_a_page_of_menus_is_refused():
    with pytest.raises(OnlyFurnitureError):
        read(b"<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul></nav>")


def test_the_same_page_gives_the_same_article():
    assert read(pages.GERMAN) == read(pages.GERMAN)


@given(SOUP)
@settings(max_examples=60, deadline=None)
def test_any_soup_is_judged_line_by_line_or_refused(soup):
    raw = soup.encode()
    try:
        article = read(raw)
    except ExtractionError:
        return

    shown = readable_text(raw, "text/html").split("\n")
    assert [judged.line for judged in article.judgements] == list(range(1, len(shown) + 1))


def test_a_long_list_of_teasers_under_a_short_text_is_told_from_it_at_a_second_look():
    text = [
        "The harbour office has moved its clock by four minutes, and nobody on the quay has missed them so far.",
        "Masters who come in by night read the new hour on the tower, which is lit until the last ferry has gone.",
        "A ferry that left without its mate turned back after a mile, to the amusement of those who had missed it.",
        "The board wants to plant trees along the road to the station and asks which ones stand the salt in the wind.",
    ]
    told = [
        "The market on the quay opens an hour later until the spring, and the fishmongers say they are glad of it.",
        "A crane that had stood still for a year was moved to the north mole, where it will load timber from now on.",
        "The library lends charts as well as books, and three of them have come back wet in the course of a week.",
        "Two pilots have been asked to train the third, who came from a river and has never seen a tide before.",
        "The lamp on the headland was cleaned at dawn, which takes two keepers, a ladder and a bucket of vinegar.",
        "Children of the school have counted the gulls on the roof of the hall and found more of them than last year.",
    ]
    teasers = "".join(
        f'<div class="item"><h3><a href="/{day}">Day {day} on the quay of the town</a></h3>'
        f'<p>{told[day % len(told)]}</p><a href="/{day}">Read more</a></div>'
        for day in range(14)
    )
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text)
    raw = (
        '<html lang="en"><head><title>The clock of the harbour</title></head><body>'
        f'<div class="post"><h1>The clock of the harbour</h1>{paragraphs}</div>'
        f"<div>{teasers}</div></body></html>"
    ).encode()

    assert read(raw).body == "\n\n".join(text)


def test_a_date_above_verse_is_no_line_of_it():
    verse = [
        "河水不问来处",
        "灯也不问",
        "渡船在雾里",
        "数自己的桨",
        "岸上的人",
        "把夜收进袖子",
        "把名字留给潮水",
    ]
    lines = "<br>".join(verse)
    raw = (
        '<html lang="zh-CN"><head><title>渡口</title></head><body><article><h1>渡口</h1>'
        f'<div class="entry-content"><p>2017年4月2日</p><p>{lines}</p></div></article></body></html>'
    ).encode()

    assert read(raw).body == "\n".join(verse)


def test_who_put_the_page_up_is_no_byline_beside_an_authors_and_no_text():
    text = "<p>港口的渡船今天早上停开了，码头上站满了等船的人。船长说，风浪还要持续两天。</p>" * 4
    page = (
        "<html><body><article><h1>港口的渡船停开</h1><p>作者：李明</p>"
        f"{text}<p>【责任编辑：王小红】</p></article></body></html>"
    )

    found = read(page.encode())

    assert names(found) == ["李明"]
    assert "王小红" not in found.body
