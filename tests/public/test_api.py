"""The API: exact shapes, nothing but what is public, and the same calm about silly questions."""

import json
from urllib.parse import unquote, urlsplit

import pytest

from corpusapp.editing.publish import withdraw
from corpusapp.editing.read_next import choose
from corpusapp.editing.renditions import make_wanting
from corpusapp.editing.totals import recount_all
from corpusapp.models import Article, PublicTotal
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    AuthorNameFactory,
    BylineFactory,
    SectionFactory,
    TagFactory,
)
from tests.public.pages import read

pytestmark = pytest.mark.django_db

API = "/api/v1"


def get(client, path, **parameters):
    response = client.get(f"{API}{path}", parameters)
    assert response.headers["Content-Type"].startswith("application/json")
    return response.json()


def test_list_has_the_promised_shape(client, harbours):
    answer = get(client, "/articles", q="harbour", page_size=2)

    assert list(answer) == [
        "total",
        "page",
        "page_size",
        "facets",
        "corrected_query",
        "items",
    ]
    assert (answer["total"], answer["page"], answer["page_size"]) == (3, 1, 2)
    assert answer["corrected_query"] is None
    assert set(answer["facets"]) == {"section", "author", "tag", "year", "language", "source"}
    assert answer["facets"]["section"] == [
        {"value": "peace", "label": "Peace", "count": 2},
        {"value": "trade", "label": "Trade", "count": 1},
    ]
    assert answer["facets"]["year"][0] == {"value": "2015", "label": "2015", "count": 2}
    by_id = {article.public_id: article for article in harbours}
    for item in answer["items"]:
        article = by_id[item["id"]]
        assert item.pop("score") >= 0
        assert "harbour" in item.pop("snippet").lower()
        byline = article.bylines.get()
        assert item == {
            "id": article.public_id,
            "title": article.title,
            "url": f"http://127.0.0.1:8000/en/articles/{article.public_id}/{article.slug}/",
            "language": "en",
            "published_at": article.published_at,
            "authors": [
                {"name": byline.author.name, "post": byline.post, "slug": byline.author.slug}
            ],
            "section": article.section.slug,
            "tags": [tag.slug for tag in article.tags.order_by("taggings__pk")],
            "source_name": None,
        }


@pytest.mark.usefixtures("harbours")
def test_file_names_are_told_only_where_the_site_says_so(client, settings):
    assert {item["source_name"] for item in get(client, "/articles")["items"]} == {None}

    settings.API_FILE_NAMES = True

    names = {item["source_name"] for item in get(client, "/articles")["items"]}
    assert names == {None, "h0.txt", "h1.txt", "h2.txt"}


@pytest.mark.usefixtures("harbours")
def test_without_a_question_the_newest_come_first_and_undated_ones_last(client):
    ArticleFactory(published=True, undated=True, title="Undated")

    answer = get(client, "/articles")

    assert answer["total"] == 6
    assert answer["items"][0]["title"] == "Harbour report 2"
    assert (answer["items"][-1]["title"], answer["items"][-1]["published_at"]) == ("Undated", None)
    assert {item["score"] for item in answer["items"]} == {0}


@pytest.mark.usefixtures("harbours")
def test_filters_may_repeat_and_all_kinds_have_to_hold(client):
    def titles(**parameters):
        found = get(client, "/articles", **parameters)["items"]
        return {item["title"][-1] for item in found}

    assert titles(year=["2015", "2016"]) >= {"0", "1", "2"}
    assert titles(year=["2015", "2016"], author="ann-quay") == {"0", "2"}
    assert titles(tag="un", section="trade") == {"2"}
    for name in ("quay-journal", "quay journal", "Quay Journal"):
        assert titles(source=name) == {"1", "2"}, name
    assert titles(section="nowhere") == set()


@pytest.mark.usefixtures("harbours")
def test_unknown_parameters_and_those_of_the_database_change_nothing(client):
    plain = get(client, "/articles", q="harbour")

    odd = get(client, "/articles", q="harbour", state="draft", body__contains="x", ordering="pk")

    assert odd == plain


@pytest.mark.usefixtures("harbours")
def test_misspelt_words_say_what_was_searched_instead(client):
    assert get(client, "/articles", q="harbuor")["corrected_query"] == "harbour"
    assert get(client, "/articles", q="harbuor", exact="1")["total"] == 0


@pytest.mark.parametrize(
    "path", ["/articles/xxx", "/articles/xxx/related", "/nowhere", "/articles/"]
)
def test_whatever_is_no_address_is_missing_as_json(client, path):
    for method in (client.get, client.head, client.post):
        response = method(f"{API}{path}")

        assert response.status_code == 404
        assert response.headers["Content-Type"].startswith("application/json")
    assert get(client, path) == {"detail": "Not found"}


def test_pages_end(client):
    ArticleFactory.create_batch(3, published=True)

    assert len(get(client, "/articles", page_size=2, page=2)["items"]) == 1
    for page in ("3", "0", "x", "-1"):
        response = client.get(f"{API}/articles", {"page_size": 2, "page": page})
        assert (response.status_code, response.json()) == (404, {"detail": "Not found"})
    assert get(client, "/articles", page_size=5000)["page_size"] == 100


def test_one_article_in_full(client, harbours):
    article = harbours[1]
    other = ArticleFactory(
        published=True, language="zh-Hans", title="港口", translation_key=article.translation_key
    )
    ArticleFactory(language="zh-Hant", translation_key=article.translation_key)

    found = get(client, f"/articles/{article.public_id}")

    assert found["body"] == article.body
    assert found["source"] == {"name": "Quay Journal", "url": article.source.address}
    assert found["authors"][0]["name"] == "Bo Lantern"
    assert [(one["id"], one["language"]) for one in found["editions"]] == [
        (other.public_id, "zh-Hans")
    ]
    assert found["words"] == article.units


def test_related_begin_with_the_editors_choice_and_have_the_same_shape(client, harbours):
    first, second, third = harbours
    choose(first.pk, [third.pk])

    items = get(client, f"/articles/{first.public_id}/related")["items"]

    assert items[0]["id"] == third.public_id
    assert first.public_id not in {item["id"] for item in items}
    assert second.public_id in {item["id"] for item in items}
    assert set(items[0]) == set(get(client, "/articles")["items"][0])


@pytest.mark.usefixtures("harbours")
def test_lists_of_authors_sections_and_tags_name_what_is_public(client):
    AuthorNameFactory(author__name="Nobody")
    TagFactory(name="Unused")

    authors = get(client, "/authors")

    assert (authors["total"], authors["page"], authors["page_size"]) == (2, 1, 20)
    assert {one["slug"]: one["articles"] for one in authors["items"]} == {
        "ann-quay": 2,
        "bo-lantern": 1,
    }
    assert get(client, "/sections")["items"][0] == {
        "slug": "peace",
        "name": "Peace",
        "labels": {"en": "Peace"},
        "url": "http://127.0.0.1:8000/en/sections/peace/",
        "articles": 2,
    }
    assert [one["name"] for one in get(client, "/tags")["items"]] == ["Rope", "UN"]


@pytest.mark.usefixtures("harbours")
def test_suggestions_lead_to_pages_of_the_language_asked_for(client, settings):
    answer = get(client, "/search/suggest", q="harb")

    assert list(answer) == ["items"]
    assert {"Harbour report 0", "Harbour report 1"} <= {one["text"] for one in answer["items"]}
    assert all(list(one) == ["text", "url"] for one in answer["items"])
    (ann,) = get(client, "/search/suggest", q="ann qu", language="zh-Hans")["items"]
    assert ann == {"text": "Ann Quay", "url": f"{settings.SITE_URL}/zh-hans/authors/ann-quay/"}
    assert get(client, "/search/suggest") == {"items": []}
    assert get(client, "/search/suggest", q="\"('*%") == {"items": []}


@pytest.mark.parametrize("is_stored", [False, True])
def test_suggestions_are_in_the_script_asked_for(client, is_stored):
    article = ArticleFactory(published=True, language="zh-Hans", title="美国总统访问柏林")
    ArticleFactory(published=True, language="zh-Hant", title="美國的港口")
    if is_stored:
        make_wanting()

    def suggested(language):
        found = get(client, "/search/suggest", q="美国", language=language)["items"]
        return {one["text"]: unquote(urlsplit(one["url"]).path) for one in found}

    assert suggested("zh-Hant")["美國總統訪問柏林"] == (
        f"/zh-hant/articles/{article.public_id}/美國總統訪問柏林/"
    )
    assert set(suggested("zh-Hant")) == {"美國總統訪問柏林", "美國的港口"}
    assert set(suggested("zh-Hans")) == {"美国总统访问柏林", "美国的港口"}
    in_english = suggested("en")  # where they have no page of their own
    assert in_english["美国总统访问柏林"].startswith("/zh-hans/")
    assert in_english["美國的港口"].startswith("/zh-hant/")


@pytest.mark.parametrize("state", [{}, {"draft": True}, {"scheduled": True}, {"binned": True}])
def test_hidden_articles_are_nowhere(client, state):
    published = {"published": True} if "binned" in state else {}
    hidden = ArticleFactory(title="Zanzibar", body="Zanzibar", tags=["Zanzi"], **published, **state)
    BylineFactory(article=hidden, author__name="Zanzibari")

    missing = client.get(f"{API}/articles/zzzzzzzz")
    for path in ("", "/related"):
        response = client.get(f"{API}/articles/{hidden.public_id}{path}")
        assert (response.status_code, response.content) == (404, missing.content)
    for path in ("/articles", "/articles?q=zanzibar", "/authors", "/tags", "/search/suggest?q=zan"):
        response = client.get(API + path)
        assert "zanzibar" not in response.text.lower()
        assert response.json().get("total", 0) == 0


def test_withdrawn_article_is_gone_with_its_note_only(client):
    article = ArticleFactory(published=True, title="A secret")
    withdraw([article.pk], "At the author's wish.")

    response = client.get(f"{API}/articles/{article.public_id}")

    assert (response.status_code, response.json()) == (410, {"detail": "At the author's wish."})
    assert client.get(f"{API}/articles/{article.public_id}/related").status_code == 404


PATHS = ["/articles", "/authors", "/sections", "/tags", "/search/suggest?q=a", "/openapi.json", "/"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.usefixtures("harbours")
def test_every_answer_has_a_mark_sets_no_cookie_and_is_for_reading_only(client, path):
    response = client.get(API + path)

    again = client.get(API + path, headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head(API + path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == response.headers["ETag"]
    assert dict(response.cookies) == {}
    for method in ("post", "put", "patch", "delete"):
        refused = getattr(client, method)(API + path)
        assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("query", ["q=%00", "q=%ff", "section=%ff", "page=%ff"])
def test_bytes_that_are_no_text_are_refused(client, query):
    response = client.get(f"{API}/articles?{query}")

    assert (response.status_code, response.json()) == (400, {"detail": "Bad request"})


@pytest.mark.parametrize("path", ["/articles", "/articles/abcdefgh", "/tags", "/openapi.json"])
def test_other_methods_are_refused_in_the_form_of_the_api(client, path):
    response = client.post(API + path)

    assert response.json() == {"detail": "This API is for reading only."}


def test_lists_count_an_article_once_whatever_scripts_it_is_read_in(client):
    section = SectionFactory(slug="sea")
    tag, ann = TagFactory(name="Rope"), AuthorFactory(name="Ann Quay")
    for language in ("en", "zh-Hans", "zh-Hant", "zh-Hans"):
        article = ArticleFactory(language=language, section=section, published=True)
        article.tags.add(tag)
        BylineFactory(article=article, author=ann)
    Article.objects.update(counted=False)
    PublicTotal.objects.all().delete()
    lists = ("/sections", "/tags", "/authors")
    unsettled = [get(client, path)["items"] for path in lists]
    recount_all()

    settled = [get(client, path)["items"] for path in lists]

    assert [[one["articles"] for one in items] for items in (*unsettled, *settled)] == [[4]] * 6
    assert get(client, "/articles", section="sea")["total"] == 4


@pytest.mark.parametrize("number", [1, 6])
def test_list_costs_the_same_however_many(client, number, django_assert_max_num_queries, settings):
    settings.API_FILE_NAMES = True
    for article in ArticleFactory.create_batch(number, published=True, tags=["UN", "Rope"]):
        BylineFactory(article=article)
    client.get(f"{API}/articles")

    with django_assert_max_num_queries(14):
        assert get(client, "/articles")["total"] == number


def test_document_names_every_address_and_is_valid_json(client):
    document = client.get(f"{API}/openapi.json").json()

    assert document["openapi"].startswith("3.")
    assert list(document["paths"]) == [
        f"{API}/articles",
        f"{API}/articles/{{public_id}}",
        f"{API}/articles/{{public_id}}/related",
        f"{API}/authors",
        f"{API}/sections",
        f"{API}/tags",
        f"{API}/search/suggest",
    ]
    assert json.dumps(document)


def test_page_about_the_api_is_made_of_the_document_and_asks_nobody_else(client):
    response = client.get(f"{API}/", headers={"Accept-Language": "zh-TW"})

    page = read(response)
    assert page.one("html")["lang"] == "zh-Hant"
    assert "Accept-Language" in response.headers["Vary"]
    assert [heading.text for heading in page.one("main").all("h2")] == list(
        client.get(f"{API}/openapi.json").json()["paths"]
    )
    assert [script["src"] for script in page.all("script")] == [
        "/static/corpusapp/theme.js",
        "/static/corpusapp/site.js",
    ]
