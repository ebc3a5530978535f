"""Both values of a conflict, and one click for either."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from corpusapp.models import Article, Byline, Doubt, FieldOwner
from tests.admin.conftest import messages_of
from tests.factories import ArticleFactory, BylineFactory, DoubtFactory

pytestmark = pytest.mark.django_db
CONFLICTS = reverse("admin:corpusapp_article_conflicts")


def conflict(field="title", offered="The Capture's Title", **article):
    return DoubtFactory(
        article=ArticleFactory(title="An editor's title", **article),
        field=field,
        code="conflict",
        holds=True,
        candidates=[offered],
    )


def press(desk, button, doubt, version=None):
    token = f"{doubt.pk}:{doubt.article.version if version is None else version}"
    return desk.client.post(CONFLICTS, {button: token}, follow=True)


def test_each_conflict_stands_once_with_both_values(editor):
    doubt = conflict()
    conflict(binned=True)
    DoubtFactory(article=doubt.article, field="title", code="title_uncertain")

    (shown,) = editor.get(CONFLICTS).context["conflicts"]

    assert (str(shown.field), shown.ours, shown.theirs) == (
        "title", "An editor's title", "The Capture's Title"
    )  # fmt: skip


def test_one_click_takes_the_captures_value(editor):
    doubt = conflict()

    page = press(editor, "take", doubt)

    assert Article.objects.get().title == "The Capture's Title"
    assert messages_of(page) == ["“An editor's title” has the newer capture’s value now: title."]
    assert not Doubt.objects.open().exists()
    assert FieldOwner.objects.get().user == editor.user
    assert LogEntry.objects.get().get_change_message() == "Taken from the newer capture: title."


def test_one_click_keeps_the_editors(editor):
    doubt = conflict()

    page = press(editor, "keep", doubt)

    assert Article.objects.get().title == "An editor's title"
    assert messages_of(page) == ["“An editor's title” stays as it is: title."]
    assert not Doubt.objects.open().exists()


def test_value_is_not_taken_over_a_change_that_nobody_saw(editor):
    doubt = conflict()
    Article.objects.update(title="Another editor's title", version=7)

    page = press(editor, "take", doubt)

    assert Article.objects.get().title == "Another editor's title"
    assert "has changed since you saw it" in messages_of(page)[0]
    assert Doubt.objects.open().exists()


@pytest.mark.parametrize("token", ["", "x", "1_0:1", "9" * 30, "0:1", ":"])
def test_what_no_page_sends_is_answered_calmly(editor, token):
    conflict()

    page = editor.client.post(CONFLICTS, {"take": token}, follow=True)

    assert messages_of(page) == ["That conflict is decided already."]
    assert Article.objects.get().title == "An editor's title"


def test_authors_and_texts_are_shown_as_people_read_them(editor):
    doubt = conflict("authors", [{"name": "Tom Reef", "post": "Captain", "role": "translator"}])
    BylineFactory(article=doubt.article, name="Ada Quill", post="")
    text = "\n\n".join(f"Paragraph {number} of the text of an editor." for number in range(20))
    DoubtFactory(
        article=ArticleFactory(body=text),
        field="body",
        code="conflict",
        candidates=[text.replace("Paragraph 7 of", "Section 7 of")],
    )

    authors, body = editor.get(CONFLICTS).context["conflicts"]

    assert (authors.ours, authors.theirs) == ("Ada Quill", "Tom Reef (Captain) [translator]")
    assert [(line.sign, line.text) for line in body.differing] == [
        ("…", ""),
        (" ", "Paragraph 6 of the text of an editor."),
        ("-", "Paragraph 7 of the text of an editor."),
        ("+", "Section 7 of the text of an editor."),
        (" ", "Paragraph 8 of the text of an editor."),
        ("…", ""),
    ]
    press(editor, "take", doubt)
    assert str(Byline.objects.get()) == "Tom Reef (Captain)"


def test_button_on_the_articles_page_saves_what_was_typed_and_then_decides(editor):
    doubt = conflict()

    page = editor.page(doubt.article)
    fields = {"standfirst": "Typed just before.", "_take_conflict": str(doubt.pk)}
    editor.post(page, "article", button="_ignored", **fields)

    article = Article.objects.get()
    assert "Take the newer capture’s" in page.text
    assert (article.title, article.standfirst) == ("The Capture's Title", "Typed just before.")
    assert set(FieldOwner.objects.values_list("field", flat=True)) == {"title", "standfirst"}


def test_keeping_on_the_articles_page_settles_it(editor):
    doubt = conflict()

    editor.save(doubt.article, "_ignored", _keep_conflict=str(doubt.pk))

    assert Article.objects.get().title == "An editor's title"
    assert not Doubt.objects.open().exists()


def test_conflict_of_another_article_is_not_decided_from_here(editor):
    doubt, other = conflict(), conflict()

    page = editor.save(doubt.article, "_ignored", _take_conflict=str(other.pk))

    assert messages_of(page)[-1] == "That conflict is decided already."
    assert Doubt.objects.open().count() == 2


def test_who_may_not_change_an_article_sees_and_decides_nothing(reader, author):
    doubt = conflict(published=True)

    for desk in (reader, author):
        page = desk.get(CONFLICTS)
        assert "The Capture&#x27;s Title" in page.text
        assert 'name="take"' not in page.text
        assert press(desk, "take", doubt).status_code == 403
    assert Article.objects.get().title == "An editor's title"


def test_saving_a_field_makes_it_the_editors_and_settling_a_doubt_confirms_it(editor):
    article = ArticleFactory()
    doubt = DoubtFactory(article=article, field="published_at", code="date_uncertain")

    editor.save(article, title="A new title", settled=str(doubt.pk))

    assert set(FieldOwner.objects.values_list("field", "kind", "user")) == {
        ("title", "edited", editor.user.pk),
        ("published_at", "confirmed", editor.user.pk),
    }


@pytest.mark.parametrize("conflicts", [1, 5])
def test_list_costs_the_same_however_many(editor, conflicts, django_assert_num_queries):
    for _ in range(conflicts):
        conflict()
        conflict("tags", ["Lanterns"], tags=["Harbours"])
        conflict("authors", [{"name": "Ada Quill", "post": ""}])

    # session, user, rights (2), the sections an editor is kept to, count, conflicts, the articles with
    # their authors and tags (3), whose they are
    with django_assert_num_queries(11):
        editor.get(CONFLICTS)
