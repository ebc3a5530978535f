"""Links between articles, for readers."""

import pytest

from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def linking(*targets, **options):
    body = " ".join(f"[to {target.title}](article:{target.public_id})" for target in targets)
    return ArticleFactory(body=body, published=True, **options)


def test_feeds_and_plain_twins_lead_there_too(client):
    other = ArticleFactory(title="Other", published=True, language="zh-Hans")
    hidden = ArticleFactory(title="Hidden")
    article = linking(other, hidden)
    address = f"/zh-hans/articles/{other.public_id}/other/"

    feed = client.get("/en/feed.json").json()
    twin = client.get(f"/en/articles/{article.public_id}.json").json()

    for html in (feed["items"][0]["content_html"], twin["body_html"]):
        assert f'{address}">to Other</a> to Hidden' in html


def test_feed_costs_the_same_however_many_link(client, django_assert_num_queries):
    other = ArticleFactory(title="Other", published=True)
    linking(other)
    client.get("/en/feed.json")
    # the newest, those corrected of late, both with their bylines, tags and corrections, links of texts
    with django_assert_num_queries(7) as queries:
        client.get("/en/feed.json")
    linking(other)
    linking(other)
    with django_assert_num_queries(len(queries)):
        client.get("/en/feed.json")


def test_address_without_language_leads_to_the_article(client):
    article = ArticleFactory(title="Other", published=True, language="zh-Hant")

    answer = client.get(f"/articles/{article.public_id}/")

    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/zh-hant/articles/{article.public_id}/other/",
    )


@pytest.mark.parametrize("trait", ["draft", "scheduled", "binned"])
def test_address_of_what_readers_cannot_see_is_that_of_nothing(client, trait):
    hidden = ArticleFactory(**{trait: True})

    # what is found under no language is looked for under the reader's
    for public_id in (hidden.public_id, "bcdf2345"):
        answer = client.get(f"/articles/{public_id}/")
        assert answer["Location"] == f"/en/articles/{public_id}/"
        assert client.get(answer["Location"]).status_code == 404
