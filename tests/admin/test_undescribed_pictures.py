"""A picture in a text that does not say what it shows is counted, and holds the article back; one shown anywhere stays."""

import pytest
from django.urls import reverse

from corpusapp.editing.tagging import set_tags
from corpusapp.editing.undescribed import UNDESCRIBED
from corpusapp.models import Article, Doubt, Picture, State
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture():
    return Picture.objects.create(
        name="Harbour", width=900, height=600, sizes=[[900, 600]], alt_en="A harbour"
    )


def shown(picture, alt=""):
    return f"Text.\n\n![{alt}]({picture.address(900, 600, 'jpg')})"


def waits(article):
    return Doubt.objects.open().filter(article=article, code=UNDESCRIBED, holds=True).count()


def test_it_is_doubted_until_words_stand_there(editor, picture):
    article = ArticleFactory()

    editor.save(article, body=shown(picture))
    editor.save(article, body=f"More. {shown(picture)}")
    assert waits(article) == 1

    editor.save(article, body=shown(picture, "A harbour at dawn"))
    assert waits(article) == 0


def test_publishing_asks_first(editor, picture):
    article = ArticleFactory(draft=True)

    asked = editor.save(article, "_publish", body=shown(picture))

    assert Article.objects.get().state == State.DRAFT
    assert "A picture in the text shows something, and no word says what." in asked.text


def test_publishing_many_leaves_it(editor, picture):
    article, other = ArticleFactory.create_batch(2)
    editor.save(article, body=shown(picture))

    editor.do("publish_chosen", [article, other], held_too="")

    article.refresh_from_db()
    other.refresh_from_db()
    assert (article.state, other.state) == (State.REVIEW, State.PUBLISHED)


def test_new_article_is_looked_at_too(editor, picture):
    add = editor.get(reverse("admin:corpusapp_article_add"))

    editor.post(add, "article", title="New", body=shown(picture))

    assert waits(Article.objects.get()) == 1


def test_ticking_it_describes_nothing(editor, picture):
    article = ArticleFactory()
    editor.save(article, body=shown(picture))
    doubt = Doubt.objects.open().get(code=UNDESCRIBED)

    editor.save(article, settled=[str(doubt.pk)])

    assert waits(article) == 1


def test_decoration_is_said_of_the_picture_and_can_be_taken_back(editor, picture):
    article = ArticleFactory()
    editor.save(article, body=shown(picture))

    editor.save(picture, is_decorative="on")
    assert waits(article) == 0

    editor.save(picture, is_decorative=[])
    assert waits(article) == 1


def test_pictures_of_nobody_here_hold_nothing(editor, picture):
    article = ArticleFactory()

    editor.save(article, body=shown(picture).replace(picture.key, "0" * 24))

    assert waits(article) == 0


def test_other_changes_leave_it_alone(editor, picture):
    article = ArticleFactory()
    editor.save(article, body=shown(picture))

    set_tags(article.pk, [])
    editor.save(article, title="Another")

    assert waits(article) == 1


class TestDeleting:
    def address(self, picture):
        return reverse("admin:corpusapp_picture_delete", args=[picture.pk])

    @pytest.mark.parametrize("binned", [False, True])
    @pytest.mark.parametrize("place", ["lead", "text"])
    def test_picture_that_an_article_shows_stays_and_the_page_says_where(
        self, editor, picture, place, binned
    ):
        columns = {"picture": picture} if place == "lead" else {"body": shown(picture, "A harbour")}
        article = ArticleFactory(title="The harbour", binned=binned, **columns)

        page = editor.get(self.address(picture))
        refused = editor.client.post(self.address(picture), {"post": "yes"})

        address = reverse("admin:corpusapp_article_change", args=[article.pk])
        for answer in (page, refused):
            assert "These articles show the picture." in answer.text
            assert f'<a href="{address}" lang="en">The harbour</a>' in answer.text
        assert Picture.objects.filter(pk=picture.pk).exists()

    def test_picture_that_nothing_shows_goes(self, editor, picture):
        ArticleFactory()

        editor.client.post(self.address(picture), {"post": "yes"})

        assert not Picture.objects.exists()
