import uuid
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from corpusapp.models import Article, Precision, State, new_public_id
from corpusapp.models.article import _ID_ALPHABET
from tests.factories import ArticleFactory

db = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


# Who sees it ------------------------------------------------------------------------------------


@db
@pytest.mark.parametrize(
    ("at", "published", "scheduled"),
    [(NOON - MOMENT, False, True), (NOON, True, False), (NOON + MOMENT, True, False)],
)
def test_article_is_published_from_the_very_moment(at, published, scheduled):
    article = ArticleFactory(state=State.PUBLISHED, live_from=NOON)

    assert Article.objects.published(at).exists() is published
    assert Article.objects.scheduled(at).exists() is scheduled
    assert article.is_public(at) is published


@db
@pytest.mark.parametrize("trait", ["draft", "scheduled", "withdrawn"])
def test_article_that_is_not_published_is_not_public(trait):
    articles = [ArticleFactory(), ArticleFactory(**{trait: True})]

    assert list(Article.objects.published()) == []
    assert [article.is_public() for article in articles] == [False, False]


@db
def test_article_in_the_bin_is_in_no_set_but_the_bin():
    binned = [
        ArticleFactory(binned=True, **{trait: True})
        for trait in ("published", "scheduled", "withdrawn")
    ]

    assert list(Article.objects.in_bin().order_by("pk")) == binned
    for others in ("published", "scheduled", "once_public"):
        assert list(getattr(Article.objects, others)()) == []
    assert [article.is_public() for article in binned] == [False] * 3


@db
def test_now_is_meant_where_no_moment_is_given():
    public = ArticleFactory(published=True)
    scheduled = ArticleFactory(scheduled=True)

    assert list(Article.objects.published()) == [public]
    assert list(Article.objects.scheduled()) == [scheduled]


@db
@pytest.mark.parametrize(
    ("live_from", "once_public"), [(NOON - MOMENT, True), (NOON, True), (NOON + MOMENT, False)]
)
def test_withdrawn_before_anybody_saw_it_was_never_public(live_from, once_public):
    ArticleFactory(state=State.WITHDRAWN, live_from=live_from, withdrawn_at=NOON)

    assert Article.objects.once_public().exists() is once_public


@db
def test_withdrawn_draft_was_never_public():
    ArticleFactory(state=State.WITHDRAWN, live_from=None, withdrawn_at=timezone.now())

    assert not Article.objects.once_public().exists()


# Where it stands --------------------------------------------------------------------------------


def dated(day, precision=Precision.DAY, **columns):
    return ArticleFactory(published_on=day, published_precision=precision, **columns)


@db
def test_year_and_month_take_their_first_and_last_minute_and_no_other():
    before = dated(date(2014, 12, 31), "minute", published_time=time(23, 59))
    year_only = dated(date(2015, 1, 1), "year")
    first = dated(date(2015, 1, 1), "minute", published_time=time(0, 0))
    month_only = dated(date(2015, 2, 1), "month")
    last = dated(date(2015, 12, 31), "minute", published_time=time(23, 59))
    after = dated(date(2016, 1, 1), "year")
    ArticleFactory(undated=True)

    def found(articles):
        return set(articles)

    assert found(Article.objects.in_year(2014)) == {before}
    assert found(Article.objects.in_year(2015)) == {year_only, first, month_only, last}
    assert found(Article.objects.in_year(2016)) == {after}
    assert found(Article.objects.in_month(2014, 12)) == {before}
    assert found(Article.objects.in_month(2015, 1)) == {first}
    assert found(Article.objects.in_month(2015, 2)) == {month_only}
    assert found(Article.objects.in_month(2015, 12)) == {last}


@db
def test_newest_comes_first_and_undated_ones_last():
    undated = ArticleFactory(undated=True)
    whole_year = dated(date(2015, 1, 1), "year")
    older = dated(date(2015, 5, 21))
    same_day_later_import = dated(date(2015, 5, 21))
    newest = dated(date(2025, 9, 28))

    assert list(Article.objects.newest_first()) == [
        newest,
        same_day_later_import,
        older,
        whole_year,
        undated,
    ]


@db
def test_shelf_holds_its_language():
    english, german = ArticleFactory(), ArticleFactory(language="de")
    chinese = ArticleFactory(language="zh-Hans")

    assert set(Article.objects.on_shelf("en")) == {english, german}
    assert set(Article.objects.on_shelf("zh-hans")) == {chinese}


# What it costs ----------------------------------------------------------------------------------


@db
@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("index", "articles"),
    [
        ("article_public_listing", Article.objects.published().on_shelf("en").newest_first()),
        (
            "article_public_listing",
            Article.objects.published().on_shelf("en").in_year(2015).newest_first(),
        ),
        (
            "article_section_listing",
            Article.objects.published().filter(section=1).on_shelf("en").newest_first(),
        ),
        ("article_desk_listing", Article.objects.newest_first()),
    ],
)
def test_list_is_read_in_the_order_of_its_index(index, articles):
    plan = articles.values_list("pk")[:20].explain()

    assert f"USING COVERING INDEX {index}" in plan or f"USING INDEX {index}" in plan
    assert "TEMP B-TREE" not in plan


@db
@pytest.mark.sqlite
def test_articles_not_counted_are_found_by_their_index():
    plan = Article.objects.published().filter(counted=False).values_list("pk").explain()

    assert "USING INDEX article_not_counted" in plan


@db
@pytest.mark.postgresql
def test_list_has_an_index_in_its_order_on_postgresql():
    articles = Article.objects.published().on_shelf("en").newest_first().values_list("pk")[:20]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = articles.explain()

    assert "article_public_listing" in plan
    assert "Sort" not in plan


# The public id ----------------------------------------------------------------------------------


def test_public_id_is_eight_characters_nobody_misreads():
    ids = {new_public_id() for _ in range(2000)}

    assert len(ids) == 2000
    assert {len(public_id) for public_id in ids} == {8}
    assert set().union(*ids) == set(_ID_ALPHABET)
    assert not set(_ID_ALPHABET) & set("01aeiouly")
    assert len(_ID_ALPHABET) == 27


@db
def test_editions_of_one_piece_share_its_key_and_not_their_public_id():
    english = ArticleFactory()
    chinese = ArticleFactory(language="zh-Hans", translation_key=english.translation_key)
    stranger = ArticleFactory()

    assert isinstance(stranger.translation_key, uuid.UUID)
    assert stranger.translation_key != english.translation_key
    assert english.public_id != chinese.public_id


# The date as printed ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("precision", "offset", "expected"),
    [
        ("year", None, "2015"),
        ("month", None, "2015-05"),
        ("day", None, "2015-05-21"),
        ("minute", None, "2015-05-21T06:08"),
        ("minute", 480, "2015-05-21T06:08+08:00"),
        ("minute", -210, "2015-05-21T06:08-03:30"),
        ("minute", 0, "2015-05-21T06:08+00:00"),
        ("minute", 345, "2015-05-21T06:08+05:45"),
    ],
)
def test_date_is_said_as_precisely_as_it_was_printed(precision, offset, expected):
    article = Article(
        published_on=date(2015, 5, 21),
        published_time=time(6, 8) if precision == "minute" else None,
        published_offset=offset,
        published_precision=precision,
    )

    assert article.published_at == expected


def test_unknown_date_is_not_said():
    assert Article().published_at == ""


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"published_on": date(2015, 5, 21)}, (date(2015, 5, 21), "day")),
        (
            {"published_on": date(2015, 5, 21), "published_time": time(6, 8)},
            (date(2015, 5, 21), "minute"),
        ),
        (
            {"published_on": date(2015, 5, 21), "published_precision": "month"},
            (date(2015, 5, 1), "month"),
        ),
        (
            {"published_on": date(2015, 5, 21), "published_precision": "year"},
            (date(2015, 1, 1), "year"),
        ),
        ({}, (None, "")),
    ],
)
def test_typed_date_is_brought_to_its_normal_form(given, expected):
    article = Article(**given)
    article.clean()

    assert (article.published_on, article.published_precision) == expected


# Small facts ------------------------------------------------------------------------------------


def test_article_without_a_title_is_called_by_its_id():
    assert str(Article(public_id="bcdfghjk")) == "[bcdfghjk]"
    assert str(Article(title="On Peace")) == "On Peace"


@pytest.mark.parametrize(
    ("units", "language", "minutes"), [(0, "en", 1), (2380, "en", 10), (4000, "zh-Hans", 10)]
)
def test_reading_time(units, language, minutes):
    assert Article(units=units, language=language).minutes == minutes


@pytest.mark.parametrize(
    "language", ["en", "de", "zh-Hans", "zh-Hant", "pt-BR", "zh-Hant-HK", "fil"]
)
def test_language_tag_is_taken(language):
    Article(language=language, title="A").clean_fields(exclude=["published_on"])


@pytest.mark.parametrize("language", ["", "EN", "english", "zh-hans", "zh_CN", "en-us", "zh-Hans "])
def test_anything_else_is_no_language_tag(language):
    with pytest.raises(ValidationError):
        Article(language=language, title="A").clean_fields()


@pytest.mark.parametrize(
    ("violation", "sentence"),
    [
        ({"state": "published", "title": "A", "body": "B"}, "needs the moment it goes live"),
        ({"state": "published", "live_from": NOON}, "needs a title and a text"),
        ({"state": "withdrawn"}, "needs the moment it was withdrawn"),
        ({"published_precision": "day"}, "how precise it is"),
        ({"published_on": NOON.date(), "published_precision": "minute"}, "precision “Minute”"),
        ({"published_offset": 60}, "goes with a time of day"),
        ({"captured_views": -1}, "cannot be negative"),
    ],
)
@db
def test_editor_is_told_in_a_sentence(violation, sentence):
    with pytest.raises(ValidationError, match=sentence):
        Article(**violation).validate_constraints()
