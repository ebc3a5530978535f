"""The glossary at the desk, and the button that makes an edition of a rendition."""

import pytest
from django.urls import reverse

from corpusapp.models import Article, Glossary, Rendition
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return ArticleFactory(published=True, title="论发展", body="发展。", language="zh-Hans")


def test_button_makes_a_draft_edition_once_and_leads_to_it(editor, article):
    assert "_edition" in editor.page(article).text

    response = editor.save(article, "_edition")

    edition = Article.objects.get(language="zh-Hant")
    there = reverse("admin:corpusapp_article_change", args=[edition.pk])
    assert response.redirect_chain[-1][0] == there
    assert (edition.title, edition.state) == ("論發展", "draft")
    assert "_edition" not in editor.page(article).text
    assert editor.save(article, "_edition").redirect_chain[-1][0] == there
    assert Article.objects.count() == 2


def test_only_chinese_articles_have_the_button(editor):
    assert "_edition" not in editor.page(ArticleFactory(published=True)).text


def test_who_may_not_publish_makes_no_editions(author, article):
    author.save(article, "_edition")

    assert Article.objects.count() == 1


def test_word_of_an_article_is_kept_on_its_page_and_changes_its_rendition(editor, article):
    editor.save(
        article,
        **{
            "glossary-TOTAL_FORMS": "1",
            "glossary-0-simplified": "发展",
            "glossary-0-traditional": "发展",
        },
    )

    assert list(Glossary.objects.values_list("simplified", "article")) == [("发展", article.pk)]
    assert Rendition.objects.get().title in {"论发展", "論發展"}
    assert Rendition.objects.get().maker == ""  # to be made anew
    assert Article.objects.get().field_owners.count() == 0


def test_editor_keeps_the_glossary_of_the_publication(editor, article):
    editor.post(
        editor.get(reverse("admin:corpusapp_glossary_add")),
        "glossary",
        simplified="老挝",
        traditional="寮國",
    )

    assert str(Glossary.objects.get()) == "老挝 · 寮國"
    assert Rendition.objects.get(article=article).maker == ""
