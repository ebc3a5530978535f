import time

import pytest

from corpusapp.editing import rendering_anew
from corpusapp.editing.rendering_anew import render_anew
from corpusapp.models import Article
from corpusapp.text import markdown
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_process(monkeypatch):
    monkeypatch.setattr(rendering_anew, "_none_at", None)


@pytest.fixture
def outdated():
    """Three articles as an earlier version had rendered them."""
    articles = ArticleFactory.create_batch(3, body="*One* word.")
    Article.objects.update(body_renderer=markdown.RENDERER_VERSION - 1, rendered=b"")
    return articles


def test_texts_of_an_earlier_version_are_rendered_and_stay_what_they_were(outdated):
    before = list(Article.objects.order_by("pk").values_list("version", "updated_at", "body"))

    assert render_anew(at_most=10) == len(outdated)

    rows = Article.objects.order_by("pk")
    assert list(rows.values_list("version", "updated_at", "body")) == before
    assert {row.body_renderer for row in rows} == {markdown.RENDERER_VERSION}
    assert all(bytes(row.rendered) for row in rows)


@pytest.mark.usefixtures("outdated")
def test_so_many_at_a_time_until_none_is_left(django_assert_num_queries):
    assert [render_anew(at_most=2), render_anew(at_most=2)] == [2, 1]
    with django_assert_num_queries(0):  # this process has looked, and nothing renders the old way
        assert render_anew(at_most=2) == 0


def test_what_is_rendered_already_is_left_alone(django_assert_num_queries):
    ArticleFactory(body="Fresh.")

    with django_assert_num_queries(1):
        assert render_anew(at_most=10) == 0


def test_a_text_that_cannot_be_rendered_holds_up_no_other(outdated, monkeypatch, caplog):
    bad = outdated[1]
    Article.objects.filter(pk=bad.pk).update(body="bad")
    render = markdown.render

    def rendered(body):
        if body == "bad":
            raise ValueError
        return render(body)

    monkeypatch.setattr(markdown, "render", rendered)

    assert render_anew(at_most=10) == 2
    older = Article.objects.exclude(body_renderer=markdown.RENDERER_VERSION)
    assert [one.pk for one in older] == [bad.pk]
    assert "cannot be rendered" in caplog.text


@pytest.mark.usefixtures("outdated")
def test_what_an_older_process_saves_meanwhile_is_found_an_hour_later(monkeypatch):
    monkeypatch.setattr(rendering_anew, "_none_at", time.monotonic())
    soon = render_anew(at_most=10)
    monkeypatch.setattr(rendering_anew, "_none_at", time.monotonic() - 3601)

    assert (soon, render_anew(at_most=10)) == (0, 3)
