import pytest

from corpusapp.editing.placing import place_in_section
from corpusapp.editing.totals import recount_all
from corpusapp.models import PublicTotal
from tests.factories import ArticleFactory, SectionFactory

pytestmark = pytest.mark.django_db


def totals():
    rows = PublicTotal.objects.filter(articles__gt=0)
    return set(rows.values_list("listing", "key", "shelf", "articles"))


def test_articles_move_and_both_sections_are_counted_right():
    old, new = SectionFactory(), SectionFactory()
    moving = ArticleFactory(section=old, published=True)
    there = ArticleFactory(section=new, published=True)
    nowhere = ArticleFactory()

    moved = place_in_section([moving.pk, there.pk, nowhere.pk], new)

    assert moved.moved == 2
    assert ("section", new.pk, "en", 2) in totals()
    kept = totals()
    recount_all()
    assert kept == totals()


def test_section_is_taken_away():
    article = ArticleFactory(section=SectionFactory(), published=True)
    without = ArticleFactory()

    moved = place_in_section([article.pk, without.pk], None)

    article.refresh_from_db()
    assert (moved.moved, article.section, article.version) == (1, None, 2)
    assert not PublicTotal.objects.filter(listing="section", articles__gt=0).exists()
