import pytest

from corpusapp.editing.tagging import add_tags, known_tags, remove_tags, set_tags, tags_named
from corpusapp.editing.totals import recount_all
from corpusapp.models import PublicTotal, Tag
from tests.factories import ArticleFactory, TagFactory

pytestmark = pytest.mark.django_db


def totals():
    rows = PublicTotal.objects.filter(articles__gt=0)
    return set(rows.values_list("listing", "key", "shelf", "articles"))


def test_words_mean_tags_in_any_case_or_language():
    tag = TagFactory(name="Climate")
    tag.synonyms.create(text="气候", key="气候")

    assert known_tags(["climate", "气候", "Weather"]) == {"climate": tag, "气候": tag}


def test_new_words_become_tags_once():
    tags = tags_named(["Trade", "TRADE", "trade "], "en")

    assert [tag.name for tag in tags] == ["Trade"]
    assert Tag.objects.get().label_en == "Trade"


def test_new_tag_of_a_taken_address_gets_another():
    TagFactory(name="Commerce", slug="trade")

    assert [tag.slug for tag in tags_named(["Trade"], "en")] == ["trade-2"]


def test_tags_are_added_where_they_lack():
    has, lacks = ArticleFactory(tags=["UN"], published=True), ArticleFactory(published=True)
    tags = tags_named(["UN", "China"], "en")

    moved = add_tags([has.pk, lacks.pk], tags)
    again = add_tags([has.pk, lacks.pk], tags)

    assert (moved.moved, again.moved) == (2, 0)
    assert set(has.tags.names()) == set(lacks.tags.names()) == {"UN", "China"}
    kept = totals()
    recount_all()
    assert kept == totals()


def test_adding_to_an_article_that_is_gone_is_no_error():
    assert add_tags([999_999], [TagFactory()]).moved == 0


def test_tags_are_removed_where_they_are():
    has, lacks = ArticleFactory(tags=["UN", "China"], published=True), ArticleFactory()

    moved = remove_tags([has.pk, lacks.pk], [Tag.objects.get(name="UN")])

    assert moved.moved == 1
    assert list(has.tags.names()) == ["China"]
    lacks.refresh_from_db()
    assert lacks.version == 1
    kept = totals()
    recount_all()
    assert kept == totals()


def test_set_leaves_exactly_these():
    article = ArticleFactory(tags=["UN", "China"], published=True)

    set_tags(article.pk, tags_named(["China", "Trade"], "en"))

    assert set(article.tags.names()) == {"China", "Trade"}
    kept = totals()
    recount_all()
    assert kept == totals()
