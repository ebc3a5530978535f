import pytest

from corpusapp.editing.doubts import settle_doubts, settle_doubts_about
from tests.factories import ArticleFactory, DoubtFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_open_doubts_are_settled_by_name():
    user = UserFactory()
    doubt, other = DoubtFactory.create_batch(2)

    settled = settle_doubts([doubt.pk], user)
    again = settle_doubts([doubt.pk], UserFactory())

    doubt.refresh_from_db()
    other.refresh_from_db()
    assert (settled, again) == (1, 0)
    assert (doubt.settled_by, other.settled_at) == (user, None)
    assert doubt.settled_at


def test_doubts_about_written_fields_are_settled_and_no_others():
    article = ArticleFactory()
    for field in ("title", "authors", "section"):
        DoubtFactory(article=article, field=field)
    DoubtFactory(field="title")

    assert settle_doubts_about(article.pk, {"title", "section"}) == 2
    assert [doubt.field for doubt in article.doubts.open()] == ["authors"]
