from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.utils import timezone

from corpusapp.editing.read_next import choose
from corpusapp.models import Article, Author, Precision
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    AuthorNameFactory,
    BylineFactory,
    CaptureFactory,
    SectionFactory,
    SourceFactory,
    TagFactory,
)
from tests.public.pages import read, titles

pytestmark = pytest.mark.django_db


def address(article):
    return f"/{article.shelf}/articles/{article.public_id}/{article.slug}/"


@pytest.fixture
def article():
    section = SectionFactory(name="Foreign Policy")
    source = SourceFactory(
        name="The Journal",
        address="https://journal.example/",
        rights="All rights with the Journal.",
    )
    article = ArticleFactory(
        published=True,
        title="A New Type of Win-Win Cooperation",
        standfirst="Where a concept comes from.",
        body="The *first* paragraph.\n\nThe second.",
        section=section,
        source=source,
        published_on=date(2025, 9, 28),
        published_time=time(16, 8),
        published_precision=Precision.MINUTE,
        tags=["China", "UN"],
    )
    author = AuthorFactory(name="Du Qiwen", slug="du-qiwen")
    AuthorNameFactory(author=author, text="杜起文", language="zh-Hans")
    BylineFactory(article=article, author=author, post="Member, Advisory Committee")
    return article


def test_article_shows_everything_in_the_order_of_the_brief(client, article):
    with time_machine.travel(datetime(2026, 11, 22, tzinfo=UTC), tick=False):
        CaptureFactory(article=article)
    nearby = ArticleFactory(published=True, title="Nearby", section=article.section)

    page = read(client.get(address(article)))
    column = page.one("div", cls="column")
    cite = column.one("details", cls="cite")

    assert column.text.replace(cite.text, "[cite box]") == (
        "Foreign Policy A New Type of Win-Win Cooperation Where a concept comes from. "
        "Du Qiwen 杜起文Member, Advisory Committee 28 September 2025, 16:08 · 1 min read "
        "The first paragraph. The second. "
        "Source: The Journal "
        "From a capture of the original page, taken into this archive on 22 November 2026. "
        "All rights with the Journal. "
        f"http://127.0.0.1:8000{address(article)}Read on {timezone.localdate():%-d %B %Y} "
        "China UN [cite box] "
        "You might also like Nearby Foreign Policy · 21 May 2015"
    )
    assert [link["href"] for link in column.all("a") if link not in cite.all("a")] == [
        "/en/authors/du-qiwen/",
        "https://journal.example/",
        "/en/tags/china/",
        "/en/tags/un/",
        address(nearby),
    ]


def test_note_about_the_author_stands_under_the_text_as_printed(client, article):
    article.author_note = "Du Qiwen is a <b>Member</b>.\n\nHe lives in Beijing."
    article.save()

    page = read(client.get(address(article)))

    (note,) = page.all("div", cls="author-note")
    assert [line.text for line in note.all("p")] == [
        "Du Qiwen is a <b>Member</b>.",
        "He lives in Beijing.",
    ]
    assert page.one("article").text.endswith("The second. " + note.text)


def test_article_without_a_note_has_no_place_for_one(client, article):
    assert "author-note" not in client.get(address(article)).text


def test_article_names_the_language_of_every_foreign_run(client, article):
    page = read(client.get(address(article)))

    foreign = [
        (run.text, run["lang"]) for run in page.one("main").all() if run["lang"] not in {None, "en"}
    ]
    assert foreign == [("杜起文", "zh-Hans")]


def test_hyphenated_compound_of_a_title_stays_whole(client, article):
    page = read(client.get(address(article)))

    assert page.one("h1").one("span", cls="keep").text == "Win-Win"


def test_article_says_what_machines_ask(client, article):
    page = read(client.get(address(article)))
    here = f"http://127.0.0.1:8000{address(article)}"

    assert page.one("title").text == "A New Type of Win-Win Cooperation · Corpus"
    assert page.one("meta", name_="description")["content"] == "Where a concept comes from."
    assert page.one("link", rel="canonical")["href"] == here
    assert page.one("time", datetime="2025-09-28T16:08").text == "28 September 2025, 16:08"
    said = {meta["property"]: meta["content"] for meta in page.all("meta") if meta["property"]}
    assert said == {
        "og:site_name": "Corpus",
        "og:locale": "en_US",
        "og:type": "article",
        "og:title": "A New Type of Win-Win Cooperation",
        "og:url": here,
        "og:description": "Where a concept comes from.",
        "og:image": f"http://127.0.0.1:8000/en/articles/{article.public_id}.png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "A New Type of Win-Win Cooperation",
        "article:published_time": "2025-09-28",  # no zone is printed, and robots would add theirs
        "article:modified_time": f"{article.updated_at:%Y-%m-%dT%H:%M:%S}+00:00",
        "article:author": "Du Qiwen",
        "article:section": "Foreign Policy",
        "article:tag": "UN",
    }


def test_long_title_stands_in_the_bar_without_the_name_of_the_site(client):
    title = "On Harbours: " + "What Was Built and " * 5
    article = ArticleFactory(published=True, title=title.strip())

    assert read(client.get(address(article))).one("title").text == title.strip()


def test_description_of_an_article_without_standfirst_is_its_first_sentence(client):
    article = ArticleFactory(published=True, body="Peace & trade *matter*. More words.")

    page = read(client.get(address(article)))

    assert page.one("meta", name_="description")["content"] == "Peace & trade matter. More words."


def test_article_without_anything_but_a_text_has_no_empty_boxes(client):
    article = ArticleFactory(published=True, title="Alone", body="Words.", undated=True)

    page = read(client.get(address(article)))

    column = page.one("div", cls="column")
    assert column.text.replace(column.one("details").text, "[cite box]") == (
        f"Alone 1 min read Words. http://127.0.0.1:8000{address(article)}"
        f"Read on {timezone.localdate():%-d %B %Y} [cite box]"
    )
    assert [link.text for link in page.one("nav", cls="crumbs").all("a")] == [
        "Home",
        "All articles",
    ]


def test_translator_stands_beside_the_authors_with_the_role(client):
    article = ArticleFactory(published=True)
    BylineFactory(article=article, author__name="Ann Author", post="")
    BylineFactory(article=article, author__name="Tom Word", role="translator", post="", position=2)

    page = read(client.get(address(article)))

    assert [line.text for line in page.all("p", cls="author")] == [
        "Ann Author",
        "Translator Tom Word",
    ]


@pytest.mark.parametrize("scheme", ["javascript:alert(1)", "data:text/html,x", "//evil.example"])
def test_address_that_a_page_may_not_link_to_is_no_link(client, scheme):
    article = ArticleFactory(
        published=True, source=SourceFactory(name="Odd", address=scheme), source_address=scheme
    )

    response = client.get(address(article))

    assert read(response).one("aside", cls="note").text == "Source: Odd"
    assert scheme not in response.text


def test_text_of_a_capture_is_data(client):
    nasty = '<script>alert("x")</script>'
    article = ArticleFactory(published=True, title=nasty, standfirst=nasty, body=nasty)
    BylineFactory(article=article, author__name=nasty, author__slug="nasty", post=nasty)

    for path in (address(article), "/en/", "/en/articles/", "/en/authors/", "/en/authors/nasty/"):
        assert nasty not in client.get(path).text


@pytest.mark.parametrize("slug", ["another", "on-peace-and-more", "和平", "%2e%2e"])
def test_any_other_slug_leads_to_the_right_one_for_ever(client, slug):
    article = ArticleFactory(published=True, title="On Peace")

    response = client.get(f"/en/articles/{article.public_id}/{slug}/?page=7")

    assert (response.status_code, response.headers["Location"]) == (301, address(article))


def test_address_without_a_slug_leads_to_the_whole_one(client):
    article = ArticleFactory(published=True, title="On Peace")

    response = client.get(f"/en/articles/{article.public_id}/")

    assert (response.status_code, response.headers["Location"]) == (301, address(article))


def test_chinese_slug_stays_chinese(client):
    article = ArticleFactory(published=True, title="论和平", language="zh-Hans")

    response = client.get(f"/zh-hans/articles/{article.public_id}/论和平/")

    assert read(response).one("h1").text == "论和平"


def test_edition_answers_under_its_own_language_only(client):
    article = ArticleFactory(published=True, title="On Peace")

    for language in ("zh-hans", "zh-hant"):
        path = f"/{language}/articles/{article.public_id}/on-peace/"
        assert client.get(path).status_code == 404


def test_edition_in_a_language_without_a_shelf_stands_on_the_default_one(client):
    article = ArticleFactory(published=True, title="Über den Frieden", language="de")

    page = read(client.get(f"/en/articles/{article.public_id}/{article.slug}/"))

    assert page.one("html")["lang"] == "en"
    assert page.one("article", lang="de").one("h1").text == "Über den Frieden"
    assert page.one("p", cls="facts").text == "21 May 2015 · 1 min read · German"


# You might also like ------------------------------------------------------------------------------


def nearby(client, article):
    page = read(client.get(address(article)))
    return [heading.text for block in page.all(cls="nearby") for heading in block.all("h3")]


def test_nearby_are_of_the_section_first_then_of_shared_tags_then_newest(client):
    peace, trade = SectionFactory(name="Peace"), SectionFactory(name="Trade")
    here = ArticleFactory(published=True, section=peace, tags=["China", "UN"])
    for title, section, year, tags in [
        ("old of the section", peace, 2001, []),
        ("newest of all", trade, 2024, []),
        ("two tags", trade, 2002, ["China", "UN"]),
        ("one tag", trade, 2003, ["UN"]),
        ("one tag of the section", peace, 2000, ["UN"]),
    ]:
        ArticleFactory(
            published=True, title=title, section=section, published_on=date(year, 1, 1), tags=tags
        )

    assert nearby(client, here) == [
        "one tag of the section",
        "old of the section",
        "two tags",
        "one tag",
    ]


def test_nearby_has_two_by_one_author_at_most_beside_what_editors_chose(client):
    here = ArticleFactory(published=True)
    author, other = AuthorFactory(), AuthorFactory()
    many = [
        ArticleFactory(published=True, title=f"Of many {n}", published_on=date(2020 - n, 1, 1))
        for n in range(4)
    ]
    few = [
        ArticleFactory(published=True, title=f"Of few {n}", published_on=date(2010 - n, 1, 1))
        for n in range(2)
    ]
    for one in many:
        BylineFactory(article=one, author=author)
    BylineFactory(article=few[0], author=other)

    assert nearby(client, here) == ["Of many 0", "Of many 1", "Of few 0", "Of few 1"]

    choose(here.pk, [many[3].pk])
    assert nearby(client, here) == ["Of many 3", "Of many 0", "Of few 0", "Of few 1"]

    choose(here.pk, [one.pk for one in many[1:]])
    assert nearby(client, here) == ["Of many 1", "Of many 2", "Of many 3", "Of few 0"]


def test_nearby_is_never_another_edition_of_the_same_piece(client):
    here = ArticleFactory(published=True)
    ArticleFactory(published=True, language="de", translation_key=here.translation_key)
    ArticleFactory(published=True, title="Another piece")

    assert nearby(client, here) == ["Another piece"]


def test_nearby_is_of_the_same_language(client):
    here = ArticleFactory(published=True)
    ArticleFactory(published=True, language="zh-Hans")

    assert nearby(client, here) == []


# Withdrawn ----------------------------------------------------------------------------------------


def test_article_withdrawn_after_having_been_public_is_gone_with_its_note_only(client):
    article = ArticleFactory(
        withdrawn=True, title="A secret title", standfirst="Secret.", body="Secret body."
    )
    ArticleFactory(published=True, title="Still here")

    response = client.get(f"/en/articles/{article.public_id}/whatever/")

    page = read(response)
    assert response.status_code == 410
    assert page.one("h1").text == "Article withdrawn"
    assert page.one("p", cls="note").text == "Withdrawn at the author's wish."
    assert titles(response) == ["Still here"]
    assert "secret" not in response.text.lower()


def test_withdrawn_article_is_gone_under_its_own_language_only(client):
    article = ArticleFactory(withdrawn=True)

    assert client.get(f"/zh-hans/articles/{article.public_id}/x/").status_code == 404


def test_article_withdrawn_before_its_time_came_was_never_there(client):
    article = ArticleFactory(withdrawn=True, live_from=datetime(2030, 1, 1, tzinfo=UTC))

    assert client.get(f"/en/articles/{article.public_id}/x/").status_code == 404


def merged(**columns):
    """An article that was public and then merged into another public one."""
    heir = ArticleFactory(published=True, title="The one that stays")
    gone = ArticleFactory(published=True, title="The one that went")
    Article.objects.filter(pk=gone.pk).update(
        **{"merged_into": heir, "binned_at": timezone.now()} | columns
    )
    return gone, heir


def test_address_of_a_merged_article_leads_to_the_other_for_ever(client):
    gone, heir = merged()

    response = client.get(f"/en/articles/{gone.public_id}/whatever/")

    assert (response.status_code, response.headers["Location"]) == (
        301,
        f"/en/articles/{heir.public_id}/the-one-that-stays/",
    )


def test_address_of_one_merged_twice_leads_to_the_last(client):
    gone, between = merged()
    heir = ArticleFactory(published=True, title="The last")
    Article.objects.filter(pk=between.pk).update(merged_into=heir, binned_at=timezone.now())

    response = client.get(f"/en/articles/{gone.public_id}/x/")

    assert response.headers["Location"] == f"/en/articles/{heir.public_id}/the-last/"


@pytest.mark.parametrize(
    "columns", [{"state": "review"}, {"live_from": datetime(2090, 1, 1, tzinfo=UTC)}]
)
def test_merged_article_that_readers_never_saw_was_never_there(client, columns):
    gone, _heir = merged(**columns)

    assert client.get(f"/en/articles/{gone.public_id}/x/").status_code == 404


def test_merged_article_whose_heir_is_hidden_is_hidden_too(client):
    gone, heir = merged()
    Article.objects.filter(pk=heir.pk).update(state="review")

    assert client.get(f"/en/articles/{gone.public_id}/x/").status_code == 404


# The list -----------------------------------------------------------------------------------------


def test_all_articles_stand_newest_first_and_undated_last(client):
    ArticleFactory(published=True, title="undated, imported first", undated=True)
    ArticleFactory(published=True, title="of 2015", published_on=date(2015, 5, 21))
    ArticleFactory(
        published=True,
        title="some time in 2015",
        published_precision="year",
        published_on=date(2015, 1, 1),
    )
    ArticleFactory(published=True, title="of 2020", published_on=date(2020, 1, 1))
    ArticleFactory(published=True, title="undated, imported last", undated=True)

    assert titles(client.get("/en/articles/")) == [
        "of 2020",
        "of 2015",
        "some time in 2015",
        "undated, imported last",
        "undated, imported first",
    ]


def test_entry_shows_date_title_standfirst_authors_and_section(client):
    article = ArticleFactory(
        published=True, title="On Peace", standfirst="Why.", section=SectionFactory(name="Policy")
    )
    for number in range(5):
        BylineFactory(article=article, author__name=f"Author {number}", position=number)

    entry = read(client.get("/en/articles/")).one("article")

    assert entry.text == (
        "21 May 2015 On Peace Why. Author 0, Author 1, Author 2 and 2 more · Policy"
    )


def test_empty_list_stands_and_says_so(client):
    page = read(client.get("/en/articles/"))

    assert (
        page.one("p", cls="notice").text == "Nothing has been published here in this language yet."
    )


def test_article_tells_who_its_authors_are(client, article):
    Author.objects.update(
        biography_en="A diplomat of forty years. " + "He went far. " * 40,
        biography_zh_hans="外交官。",
    )
    BylineFactory(article=article, author__name="Nobody Known", position=2)
    BylineFactory(
        article=article, role="translator", position=3, author__biography_en="Translates."
    )

    told = read(client.get(address(article))).one(cls="introduced")

    assert told.one("h2").text == "About the author"
    assert [(link.text, link["href"]) for link in told.all("a")] == [
        ("Du Qiwen", "/en/authors/du-qiwen/")
    ]
    text = told.one("p").text
    assert text.startswith("A diplomat of forty years. He went far.")
    assert text.endswith("He went far.")
    assert len(text) <= 320


def test_article_whose_authors_nobody_described_says_nothing_of_them(client, article):
    Author.objects.update(biography_zh_hans="外交官。")

    assert read(client.get(address(article))).all(cls="introduced") == []


# What pages cost ----------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_however_many_articles(client, rows, django_assert_num_queries):
    for article in ArticleFactory.create_batch(rows, published=True, section=SectionFactory()):
        BylineFactory(article=article)

    with django_assert_num_queries(6):  # totals, those due, ids, menu, cards, bylines
        response = client.get("/en/articles/")

    assert len(titles(response)) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_article_costs_six_queries_at_most(client, article, rows, django_assert_max_num_queries):
    for number in range(rows):
        author = AuthorFactory()
        AuthorNameFactory(author=author, text=f"作者{number}", language="zh-Hans")
        BylineFactory(article=article, author=author, position=number + 2)
        article.tags.add(TagFactory())
        CaptureFactory(article=article)
        ArticleFactory(published=True, section=article.section)
    for language in ("zh-Hans", "zh-Hant"):
        ArticleFactory(published=True, language=language, translation_key=article.translation_key)

    with django_assert_max_num_queries(6):  # editions, tags, menu, bylines, nearby (twice)
        client.get(address(article))
