"""Columns that follow from others: right however the row is written."""

from datetime import date, time

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as some

from corpusapp.models import Article, Precision
from corpusapp.text import markdown
from corpusapp.text.markdown import RENDERER_VERSION
from corpusapp.text.packing import unpack
from tests.factories import ArticleFactory

db = pytest.mark.django_db


def stored(article, *columns):
    """As the row has them, body_html from its packed form."""
    row = Article.objects.get(pk=article.pk)
    assert "body_html" not in columns or unpack(row.rendered, row.body) == row.body_html
    return tuple(getattr(row, name) for name in columns)


@db
def test_body_that_another_renderer_made_is_rendered_anew_when_it_is_shown(monkeypatch):
    article = ArticleFactory(body="One.")
    monkeypatch.setattr(markdown, "render", lambda _source: "<p>By another.</p>")

    assert article.body_html == "<p>One.</p>\n"
    monkeypatch.setattr(markdown, "RENDERER_VERSION", RENDERER_VERSION + 1)
    assert article.body_html == "<p>By another.</p>"


# When -------------------------------------------------------------------------------------------

COLUMNS = ("slug", "shelf", "body_html", "body_renderer", "units", "published_order")
NEW = {
    "title": "On Peace",
    "language": "zh-Hant",
    "body": "Two *words*.",
    "published_on": date(2015, 5, 1),
    "published_precision": Precision.MONTH,
}
DERIVED = ("on-peace", "zh-hant", "<p>Two <em>words</em>.</p>\n", RENDERER_VERSION, 2, 201505000000)


@db
def test_columns_follow_when_a_row_is_created():
    assert stored(Article.objects.create(**NEW), *COLUMNS) == DERIVED


@db
def test_columns_follow_when_rows_are_created_in_bulk():
    (article,) = Article.objects.bulk_create([Article(**NEW)])

    assert stored(article, *COLUMNS) == DERIVED


@db
def test_columns_follow_when_a_row_is_saved():
    article = ArticleFactory(slug="on-peace")
    for name, value in NEW.items():
        setattr(article, name, value)
    article.save()

    assert stored(article, *COLUMNS) == DERIVED


@db
@pytest.mark.parametrize(
    ("changed", "names", "columns"),
    [
        ({"body": "One."}, Article.BODY, {"body_html": "<p>One.</p>\n", "units": 1}),
        (
            {"published_on": None, "published_precision": ""},
            Article.DATE,
            {"published_order": 0},
        ),
    ],
)
def test_columns_follow_when_named_beside_their_source(changed, names, columns):
    article = ArticleFactory()
    for name, value in changed.items():
        setattr(article, name, value)
    article.save(update_fields=names)

    assert stored(article, *columns) == tuple(columns.values())


@db
def test_column_stays_when_its_source_was_not_loaded():
    article = ArticleFactory(body="One two three.")
    loaded = Article.objects.defer("body", "rendered", "published_on").get(pk=article.pk)
    loaded.title = "Another title"
    loaded.save()

    assert stored(article, "title", "units", "published_order") == (
        "Another title",
        3,
        article.published_order,
    )


@db
def test_article_loaded_without_its_text_keeps_it_when_saved():
    article = ArticleFactory(body="One two three.")
    Article.objects.defer("body", "rendered").get(pk=article.pk).save()

    assert stored(article, "body", "body_html", "units") == (
        "One two three.",
        "<p>One two three.</p>\n",
        3,
    )


@db
def test_a_body_changed_behind_its_rendering_is_rendered_when_it_is_read():
    article = ArticleFactory(body="One two three.")
    Article.objects.filter(pk=article.pk).update(body="*Four.*")

    assert Article.objects.get(pk=article.pk).body_html == "<p><em>Four.</em></p>\n"


# What -------------------------------------------------------------------------------------------


@db
def test_slug_of_what_readers_may_have_seen_stays_with_another_title():
    article = ArticleFactory(title="On Peace", published=True)
    article.title = "On War"
    article.save()

    assert article.slug == "on-peace"


@db
def test_slug_follows_the_title_until_then():
    article = ArticleFactory(title="")
    article.title = "On War"
    article.save()

    assert article.slug == "on-war"


@db
@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("On Peace, and War!", "on-peace-and-war"),
        ("全球治理", "全球治理"),
        ("", "untitled"),
        ("word " * 100, "word-" * 15 + "word"),
    ],
)
def test_slug_is_made_of_the_title(title, slug):
    assert ArticleFactory(title=title).slug == slug


@db
@pytest.mark.parametrize(
    ("language", "shelf"),
    [("en", "en"), ("zh-Hans", "zh-hans"), ("zh-Hant", "zh-hant"), ("de", "en"), ("zh", "en")],
)
def test_shelf_is_the_language_or_the_default_one(language, shelf):
    assert ArticleFactory(language=language).shelf == shelf


@db
def test_shelf_of_other_languages_follows_the_setting(settings):
    settings.DEFAULT_LANGUAGE = "zh-hans"

    assert ArticleFactory(language="de").shelf == "zh-hans"


@db
def test_raw_html_of_a_body_never_becomes_html():
    article = ArticleFactory(body="<script>alert(1)</script>")

    assert "<script" not in article.body_html


@pytest.mark.parametrize(
    ("precision", "order"),
    [
        (Precision.YEAR, 2015_00_00_00_00),
        (Precision.MONTH, 2015_05_00_00_00),
        (Precision.DAY, 2015_05_21_00_00),
        (Precision.MINUTE, 2015_05_21_16_08),
    ],
)
def test_order_is_cut_to_the_precision(precision, order):
    article = Article(
        published_on=date(2015, 5, 21), published_time=time(16, 8), published_precision=precision
    )

    assert Article._meta.get_field("published_order").derive(article) == order


def test_order_of_an_unknown_date_is_before_every_other():
    derive = Article._meta.get_field("published_order").derive

    assert derive(Article()) == 0
    assert derive(Article(published_on=date.min, published_precision=Precision.YEAR)) > 0


DATES = some.builds(
    Article,
    published_on=some.dates(),
    published_time=some.times().map(lambda t: t.replace(second=0, microsecond=0)),
    published_precision=some.sampled_from([p for p in Precision if p]),
)


def iso(article):
    """A whole day and its midnight minute are one place in the order."""
    return article.published_at.removesuffix("T00:00")


@given(some.lists(DATES, max_size=8))
def test_order_sorts_like_the_iso_text(articles):
    derive = Article._meta.get_field("published_order").derive

    assert [iso(article) for article in sorted(articles, key=derive)] == sorted(map(iso, articles))


@db
@time_machine.travel("2026-01-01T12:00:00Z", tick=False)
def test_moment_of_the_last_change_follows():
    article = ArticleFactory()
    with time_machine.travel("2026-01-02T12:00:00Z", tick=False):
        article.save()

    assert (article.created_at.isoformat(), article.updated_at.isoformat()) == (
        "2026-01-01T12:00:00+00:00",
        "2026-01-02T12:00:00+00:00",
    )
