"""Authors, sections and tags: their pages, their lists, and where their old addresses lead."""

from datetime import date

import pytest

from corpusapp.models import Listing, Tag
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    AuthorNameFactory,
    BylineFactory,
    RedirectFactory,
    SectionFactory,
    TagFactory,
)
from tests.public.pages import read, titles

pytestmark = pytest.mark.django_db


def sign(author, **article):
    return BylineFactory(article=ArticleFactory(published=True, **article), author=author)


def test_author_shows_names_posts_biography_and_articles_by_year(client):
    author = AuthorFactory(
        name="Du Qiwen", slug="du", biography_en="A diplomat.", link="https://du.example/"
    )
    AuthorNameFactory(author=author, text="杜起文", language="zh-Hans")
    sign(author, title="Old", published_on=date(2001, 2, 3))
    new = sign(author, title="New", published_on=date(2015, 5, 21))
    new.post = "Ambassador"
    new.save()
    sign(author, title="Undated", undated=True)

    page = read(client.get("/en/authors/du/"))

    assert page.one("header", cls="head").text == (
        "Du Qiwen 杜起文 Ambassador 2015 Professor of International Relations 2001 A diplomat. https://du.example/ 3 articles · Feed"
    )
    assert [(g.one("h2").text, [h.text for h in g.all("h3")]) for g in page.all(cls="group")] == [
        ("2015", ["New"]),
        ("2001", ["Old"]),
        ("Undated", ["Undated"]),
    ]
    assert [link.text for link in page.one(cls="crumbs").all("a")] == ["Home", "Authors"]


def test_author_is_no_link_to_an_address_that_is_none(client):
    author = AuthorFactory(slug="du", link="javascript:alert(1)")
    sign(author)

    assert "javascript" not in client.get("/en/authors/du/").text


def test_author_who_only_translated_has_no_page(client):
    author = AuthorFactory(slug="tom")
    BylineFactory(article=ArticleFactory(published=True), author=author, role="translator")

    assert client.get("/en/authors/tom/").status_code == 404


def test_authors_stand_from_a_to_z_with_their_articles_in_all_languages(client):
    for name, sort_name in [
        ("Cäcilie Zorn", "zorn"),
        ("Ann Abel", "abel"),
        ("Ben Abt", "abt"),
        ("杜起文", "杜起文"),
    ]:
        author = AuthorFactory(name=name, sort_name=sort_name, names=None)
        sign(author)
    sign(author, language="zh-Hans")  # and, as a rendition, in the other script: one piece
    AuthorFactory(name="Nobody yet")

    page = read(client.get("/en/authors/"))

    letters = [
        (
            block.one("h2").text,
            [(li.one("a").text, li.one(cls="number").text) for li in block.all("li")],
        )
        for block in page.all(cls="letter")
    ]
    assert letters == [
        ("A", [("Ann Abel", "1"), ("Ben Abt", "1")]),
        ("Z", [("Cäcilie Zorn", "1")]),
        ("Other scripts", [("杜起文", "2")]),
    ]


def test_section_shows_its_description_and_its_articles(client):
    section = SectionFactory(name="Peace", description_en="On war's absence.")
    ArticleFactory(published=True, title="Old", section=section, published_on=date(2001, 1, 1))
    ArticleFactory(published=True, title="New", section=section)
    ArticleFactory(published=True, title="Elsewhere", section=SectionFactory())

    response = client.get("/en/sections/peace/")

    page = read(response)
    assert page.one("header", cls="head").text == "Peace On war's absence. 2 articles · Feed"
    assert page.one("meta", name_="description")["content"] == "On war's absence."
    assert titles(response) == ["New", "Old"]


def test_tag_shows_its_articles_and_tags_stand_with_their_totals(client):
    ArticleFactory(published=True, title="Both", tags=["China", "UN"])
    ArticleFactory(published=True, title="One", tags=["UN"])
    TagFactory(name="Unused")

    assert titles(client.get("/en/tags/un/")) == ["One", "Both"]
    assert [li.text for li in read(client.get("/en/tags/")).one(cls="tags").all("li")] == [
        "China 1",
        "UN 2",
    ]


@pytest.mark.parametrize("rows", [5, 6])
def test_newest_of_a_section_with_more_than_a_few_leads_its_page(client, rows):
    section, ann = SectionFactory(name="Peace"), AuthorFactory(name="Ann")
    for number in range(1, rows + 1):
        article = ArticleFactory(
            published=True,
            title=f"No. {number}",
            section=section,
            published_on=date(2001, 1, number),
            standfirst="Why.",
            tags=["UN"],
        )
        BylineFactory(article=article, author=ann)

    response = client.get("/en/sections/peace/")
    leads = read(response).all(cls="lead")

    assert titles(response) == [f"No. {number}" for number in range(rows, 0, -1)]
    assert [lead.text for lead in leads] == (
        []
        if rows == 5
        else ["No. 6 Why. Ann, Professor of International Relations · 6 January 2001 · 1 min read"]
    )


def test_second_page_of_a_section_has_no_lead(client):
    section = SectionFactory(name="Peace")
    ArticleFactory.create_batch(27, published=True, section=section)

    assert read(client.get("/en/sections/peace/?page=2")).all(cls="lead") == []
    assert len(titles(client.get("/en/sections/peace/?page=2"))) == 7


def test_section_and_tag_name_the_tags_that_most_of_their_articles_carry(client):
    section = SectionFactory(name="Peace")
    TagFactory(name="Tea", label_en="Teas")
    for tags in (["UN", "Tea"], ["UN", "Tea"], ["UN"], ["UN", "Rope"], []):
        ArticleFactory(published=True, section=section, tags=tags)
    ArticleFactory(published=True, section=SectionFactory(), tags=["Elsewhere"])
    ArticleFactory(section=section, tags=["Hidden"])

    def topics(path):
        return [
            (link.text, link["href"]) for link in read(client.get(path)).one(cls="topics").all("a")
        ]

    un, teas, rope = (("UN", "/en/tags/un/"), ("Teas", "/en/tags/tea/"), ("Rope", "/en/tags/rope/"))
    assert topics("/en/sections/peace/") == [un, teas, rope]
    assert topics("/en/tags/un/") == [teas, rope]
    assert read(client.get("/en/tags/elsewhere/")).all(cls="topics") == []


@pytest.mark.parametrize("path", ["/en/authors/", "/en/tags/"])
def test_list_without_entries_stands_and_says_so(client, path):
    assert read(client.get(path)).one(cls="notice").text.startswith("No article here")


def test_long_list_of_authors_turns_its_pages(client):
    article = ArticleFactory(published=True)
    for number in range(101):
        BylineFactory(article=article, author__sort_name=f"name {number:03}", author__names=None)

    first, second = (read(client.get("/en/authors/", {"page": number})) for number in (1, 2))

    assert [len(page.one("main").all("li")) for page in (first, second)] == [101, 2]  # and crumbs
    assert first.one(cls="turn").one("a", rel="next").text == "Next page"
    assert client.get("/en/authors/?page=3").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/en/authors/", 6),  # due, count, authors, their names, totals, menu
        ("/en/tags/", 5),
        ("/en/authors/ann/", 9),  # as a list, and the author with the names
        ("/en/sections/peace/", 8),  # as a list, and the tags of what it shows
        ("/en/tags/un/", 8),
    ],
)
def test_page_costs_the_same_however_much_it_shows(
    client, rows, path, queries, django_assert_num_queries
):
    ann, peace, un = AuthorFactory(name="Ann"), SectionFactory(name="Peace"), TagFactory(name="UN")
    for _row in range(rows):
        article = ArticleFactory(published=True, section=peace)
        BylineFactory(article=article, author=ann)
        BylineFactory(article=article)
        article.tags.add(TagFactory())
        ArticleFactory(published=True, section=peace, tags=["UN"])
    assert un

    with django_assert_num_queries(queries):
        assert client.get(path).status_code == 200


# Moved --------------------------------------------------------------------------------------------


@pytest.fixture
def target(request):
    article = ArticleFactory(published=True)
    if request.param == Listing.AUTHOR:
        return BylineFactory(article=article, author__slug="new").author
    if request.param == Listing.TAG:
        ArticleFactory(published=True, tags=["new"])
        return Tag.objects.get(name="new")
    return ArticleFactory(published=True, section=SectionFactory(slug="new")).section


_KINDS = pytest.mark.parametrize(
    ("target", "folder"),
    [(Listing.AUTHOR, "authors"), (Listing.SECTION, "sections"), (Listing.TAG, "tags")],
    indirect=["target"],
)


@_KINDS
def test_old_address_leads_to_the_new_one_for_ever(client, target, folder):
    RedirectFactory(kind=folder[:-1], slug="旧", target=target.pk)

    response = client.get(f"/zh-hans/{folder}/旧/")

    assert (response.status_code, response.headers["Location"]) == (301, f"/zh-hans/{folder}/new/")


@_KINDS
def test_old_address_of_another_kind_leads_nowhere(client, target, folder):
    others = {"author": "section", "section": "tag", "tag": "author"}
    RedirectFactory(kind=others[folder[:-1]], slug="old", target=target.pk)

    assert client.get(f"/en/{folder}/old/").status_code == 404


@pytest.mark.parametrize("kind", ["author", "section", "tag"])
def test_old_address_of_what_is_not_public_is_404(client, kind):
    hidden = {"author": AuthorFactory, "section": SectionFactory, "tag": TagFactory}[kind]()
    RedirectFactory(kind=kind, slug="old", target=hidden.pk)
    RedirectFactory(kind=kind, slug="older", target=10**15)

    assert client.get(f"/en/{kind}s/old/").status_code == 404
    assert client.get(f"/en/{kind}s/older/").status_code == 404


def test_merged_author_leads_to_the_one_at_the_end(client):
    last = AuthorFactory(slug="last")
    middle = AuthorFactory(slug="middle", merged_into=last)
    AuthorFactory(slug="first", merged_into=middle)
    RedirectFactory(kind=Listing.AUTHOR, slug="before-first", target=middle.pk)
    assert client.get("/en/authors/first/").status_code == 404

    sign(last)

    for slug in ("first", "middle", "before-first"):
        response = client.get(f"/en/authors/{slug}/")
        assert (response.status_code, response.headers["Location"]) == (301, "/en/authors/last/")


def test_authors_merged_in_a_ring_are_404(client):
    one = AuthorFactory(slug="one")
    two = AuthorFactory(slug="two", merged_into=one)
    one.merged_into = two
    one.save()

    assert client.get("/en/authors/one/").status_code == 404


def test_author_shows_every_post_with_its_years(client):
    author = AuthorFactory(slug="du")
    for year, post in ((2001, "Attaché"), (2005, "Attaché"), (2015, "Ambassador"), (2016, "")):
        signed = sign(author, published_on=date(year, 2, 3))
        signed.post = post
        signed.save()
    hidden = BylineFactory(article=ArticleFactory(), author=author, post="Nobody yet")

    posts = read(client.get("/en/authors/du/")).one("ul", cls="posts")

    assert [post.text for post in posts.all("li")] == ["Ambassador 2015", "Attaché 2001–2005"]
    assert hidden.post not in posts.text


def test_author_shows_posts_in_the_language_of_the_page_if_any_article_has_them_in_it(client):
    author = AuthorFactory(slug="du")
    for year, language, post in (
        (2001, "en", "Attaché"),
        (2005, "zh-Hans", "干部"),
        (2015, "zh-Hant", "幹部"),
    ):
        signed = sign(author, published_on=date(year, 2, 3), language=language)
        signed.post = post
        signed.save()

    def posts(path):
        shown = read(client.get(path)).one("ul", cls="posts").all("li")
        return [(post.text, post.one("span", cls="")["lang"]) for post in shown]

    assert posts("/en/authors/du/") == [("Attaché", None)]
    assert posts("/zh-hant/authors/du/") == [("幹部", None)]
    assert posts("/zh-hans/authors/du/") == [("干部", None)]


def test_author_without_posts_in_the_language_of_the_page_shows_those_there_are(client):
    author = AuthorFactory(slug="du")
    sign(author)

    (post,) = read(client.get("/zh-hans/authors/du/")).one("ul", cls="posts").all("li")

    assert (post.text, post.one("span")["lang"]) == ("Professor of International Relations", "en")


def test_list_of_an_author_names_who_signed_only_where_others_did(client):
    ann, bo = AuthorFactory(name="Ann", slug="ann"), AuthorFactory(name="Bo", slug="bo")
    sign(ann, title="Alone", published_on=date(2001, 2, 3))
    together = sign(ann, title="Together", published_on=date(2002, 2, 3))
    BylineFactory(article=together.article, author=bo, position=2)
    sign(ann, title="单独", language="zh-Hans")

    page = read(client.get("/en/authors/ann/"))

    assert [entry.text for entry in page.all("article", cls="entry")] == [
        "3 February 2002 Together Ann, Bo",
        "3 February 2001 Alone",
        "21 May 2015 单独",
    ]


def test_list_of_an_author_says_under_which_other_name_an_article_was_printed(client):
    ann = AuthorFactory(name="Ann", slug="ann")
    AuthorNameFactory(author=ann, text="安", language="zh-Hans")
    AuthorNameFactory(author=ann, text="A. Quay", language="en", is_main=False)
    for year, printed in enumerate(["Ann", "安", "A. Quay", "Lantern"], 2001):
        article = ArticleFactory(published=True, title="Piece", published_on=date(year, 2, 3))
        BylineFactory(article=article, author=ann, name=printed)

    page = read(client.get("/en/authors/ann/"))

    assert [entry.text for entry in page.all("article", cls="entry")] == [
        "3 February 2004 Piece Lantern",
        "3 February 2003 Piece A. Quay",
        "3 February 2002 Piece",
        "3 February 2001 Piece",
    ]
