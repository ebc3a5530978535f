"""Links to other sites, listed for an editor to follow; nothing here opens an address."""

import pytest
from django.urls import reverse

from corpusapp.admin import outside_links
from tests.factories import ArticleFactory

LINKS = reverse("admin:corpusapp_article_outside_links")
pytestmark = pytest.mark.django_db


def shown(response):
    return [
        (str(leading.article), [link.address for link in leading.links])
        for leading in response.context["found"]
    ]


@pytest.fixture
def _texts():
    ArticleFactory(title="none", body="No link, and a path: [x](/en/).")
    ArticleFactory(title="ours", body="[x](http://127.0.0.1:8000/en/)")
    ArticleFactory(title="one", body="[x](https://one.example/a)")
    ArticleFactory(title="two", body="[x](https://two.example/) [y](https://ONE.example/b)")
    ArticleFactory(title="gone", body="[x](https://gone.example/)", binned=True)


@pytest.mark.usefixtures("_texts")
def test_each_article_stands_with_its_links_the_newest_first(editor):
    assert shown(editor.get(LINKS)) == [
        ("two", ["https://two.example/", "https://ONE.example/b"]),
        ("one", ["https://one.example/a"]),
    ]
    assert shown(editor.get(LINKS, q="one.EXAMPLE")) == [
        ("two", ["https://ONE.example/b"]),
        ("one", ["https://one.example/a"]),
    ]


@pytest.mark.usefixtures("_texts")
def test_a_page_looks_at_so_many_articles_and_the_next_goes_on(editor, monkeypatch):
    monkeypatch.setattr(outside_links, "_LOOKED_AT", 2)
    found, address, pages = [], LINKS, 0
    while address:
        page = editor.client.get(address)
        found += shown(page)
        pages += 1
        address = page.context["go_on"] and f"{LINKS}?{page.context['go_on']}"

    assert [title for title, _links in found] == ["two", "one"]
    assert pages == 2


@pytest.mark.usefixtures("_texts")
def test_a_full_page_goes_on_after_its_last(editor, monkeypatch):
    monkeypatch.setattr(outside_links, "_SHOWN", 1)

    first = editor.get(LINKS)
    second = editor.client.get(f"{LINKS}?{first.context['go_on']}")

    assert [title for title, _ in shown(first) + shown(second)] == ["two", "one"]


def test_a_link_tells_the_other_site_nothing_and_runs_nothing(editor):
    ArticleFactory(body='[<b>x</b>](https://one.example/"onclick=alert(1))')

    text = editor.get(LINKS).text

    assert 'rel="external noopener noreferrer"' in text
    assert '"onclick' not in text
    assert "&lt;b&gt;x" in text


@pytest.mark.parametrize("articles", [1, 6])
def test_page_costs_the_same(editor, articles, django_assert_num_queries):
    ArticleFactory.create_batch(articles, body="[x](https://one.example/)")

    # session, user, rights of user and groups, ids, texts
    with django_assert_num_queries(6):
        editor.get(LINKS)


def test_it_is_for_those_who_may_see_articles(desk, client):
    assert client.get(LINKS).status_code == 302
    assert desk("reader").get(LINKS).status_code == 200
