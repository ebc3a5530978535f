"""Suggested tags for many: which article gets what is shown first, and what stays ticked is given."""

import pytest
from django.contrib.admin.models import LogEntry

from corpusapp.admin import bulk_suggest
from corpusapp.editing.read_next import refresh
from corpusapp.models import Article, AuditEntry, Revision
from tests.admin.conftest import LIST, messages_of
from tests.factories import ArticleFactory, TagFactory, TagSynonymFactory

HARBOUR = "The harbour master counted ferries, ropes and lanterns along the old quay."
ORCHARD = "Frost came to the orchard, and the apple blossom fell before the bees woke."


@pytest.fixture
def chosen(db):  # noqa: ARG001 - rows
    """Two articles without a tag, among others that have theirs; and one about nothing known."""
    for text, tag in ((HARBOUR, "Ports"), (HARBOUR, "Ports"), (ORCHARD, "Fruit")):
        ArticleFactory(published=True, body=text, tags=[tag])
    for number in range(6):
        ArticleFactory(published=True, body=f"Matter{number} of thing{number}.")
    refresh()
    texts = {"Quay": HARBOUR, "Bees": ORCHARD, "Odd": "Quite another matter."}
    return [ArticleFactory(title=title, body=text) for title, text in texts.items()]


def tags():
    return {
        article.title: sorted(article.tags.names())
        for article in Article.objects.filter(title__in=["Quay", "Bees", "Odd"])
    }


def test_page_shows_which_article_gets_which_tags_and_gives_nothing_yet(editor, chosen):
    asked = editor.do("suggest_chosen", chosen)

    rows = {
        row.article.title: [tag.name for tag in row.tags] for row in asked.context["question"].rows
    }
    assert rows == {"Quay": ["Ports"], "Bees": ["Fruit"]}
    assert [(one.why, one.titles) for one in asked.context["apart"]] == [
        ("For 1 article there is nothing likely to suggest.", ["Odd"])
    ]
    assert tags() == {"Quay": [], "Bees": [], "Odd": []}


def test_what_stays_ticked_is_given(editor, chosen):
    asked = editor.do("suggest_chosen", chosen)
    quay = next(row for row in asked.context["question"].rows if row.article.title == "Quay")

    done = editor.say_yes(asked, give=[f"{quay.article.pk}:{quay.tags[0].pk}"])

    assert tags() == {"Quay": ["Ports"], "Bees": [], "Odd": []}
    assert messages_of(done) == ["Added tags to 1 article."]
    assert Revision.objects.get().article == quay.article
    assert LogEntry.objects.get().object_id == str(quay.article.pk)
    assert AuditEntry.objects.filter(act="changed", who=editor.user.username).count() == 1


def test_all_that_is_ticked_is_given_across_pages(editor, chosen):
    editor.do("suggest_chosen", chosen[:1], f"{LIST}?tag=no&state=review", across="1", sure="1")

    assert tags() == {"Quay": ["Ports"], "Bees": ["Fruit"], "Odd": []}


@pytest.mark.parametrize("ticked", ["", "x:y", "1", "9:9", f"{'9' * 30}:1", "²:²"])
def test_nonsense_gives_nothing(editor, chosen, ticked):
    done = editor.say_yes(editor.do("suggest_chosen", chosen), give=[ticked])

    assert done.status_code == 200
    assert tags() == {"Quay": [], "Bees": [], "Odd": []}


def test_article_that_was_not_shown_gets_none(editor, chosen):
    other = ArticleFactory(title="Other")
    tag = TagFactory()

    editor.say_yes(editor.do("suggest_chosen", chosen), give=[f"{other.pk}:{tag.pk}"])

    assert not other.tags.exists()


def test_those_for_which_there_was_no_time_are_named(editor, chosen, monkeypatch):
    monkeypatch.setattr(bulk_suggest, "_SECONDS", -1)

    asked = editor.do("suggest_chosen", chosen)

    assert len(asked.context["question"].rows) == 1
    assert "2 articles were not looked at: do the same again for them." in asked.text


@pytest.mark.parametrize("articles", [2, 12])
def test_page_costs_the_same_however_many(editor, chosen, articles, django_assert_max_num_queries):
    given = [article for _ in range(articles // 2) for article in again(chosen[:2])]
    TagSynonymFactory(tag=TagFactory(name="Quays"), text="quay")
    editor.get(LIST)

    with django_assert_max_num_queries(31):
        asked = editor.do("suggest_chosen", given)

    assert len(asked.context["question"].rows) == articles


def again(articles):
    return [ArticleFactory(title=one.title, body=one.body) for one in articles]
