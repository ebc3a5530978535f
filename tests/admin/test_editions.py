"""Editions at the desk: made of renditions, begun, linked, parted, listed; and the glossary."""

import pytest
from django.urls import reverse

from corpusapp.editing.editions import begin
from corpusapp.models import Article, Glossary, Rendition
from tests.admin.conftest import LIST, messages_of
from tests.factories import ArticleFactory, SectionFactory

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


# The page of editions -----------------------------------------------------------------------------


def page_of(desk, article, **parameters):
    address = reverse("admin:corpusapp_article_editions", args=[article.pk])
    return desk.get(address, **parameters)


def post_to(desk, article, **fields):
    address = reverse("admin:corpusapp_article_editions", args=[article.pk])
    return desk.client.post(address, fields, follow=True)


def pieces():
    return Article.objects.order_by().values("translation_key").distinct().count()


class TestPageOfEditions:
    def test_it_says_which_there_are_and_which_are_missing(self, editor, article):
        begin(article, "en")

        page = page_of(editor, article)

        assert [one.language for one in page.context["editions"]] == ["zh-Hans", "en"]
        assert [(one.language, one.is_converted) for one in page.context["lacking"]] == [
            ("zh-Hant", True)
        ]
        assert "none of its own: converted automatically" in page.text

    @pytest.mark.parametrize("given", ["id", "address", "title"])
    def test_two_are_linked_after_a_look_at_what_that_does(self, editor, article, given):
        english = ArticleFactory(title="On Peace")
        other = {
            "id": english.public_id,
            "address": f"http://127.0.0.1:8000/en/articles/{english.public_id}/on-peace/",
            "title": "On Peace",
        }[given]

        page = page_of(editor, article, other=other)
        assert page.context["found"]["other"] == english
        assert "1 edition comes into this piece." in page.text
        assert pieces() == 2

        response = post_to(editor, article, _link="1", other=english.public_id)

        assert messages_of(response) == ["“On Peace” is an edition of this piece now."]
        assert pieces() == 1
        answer = post_to(editor, article, _part="1", edition=[english.pk])
        assert messages_of(answer) == ["1 edition stands on its own now."]
        assert pieces() == 2

    def test_one_language_twice_is_told_before_and_refused_after(self, editor, article):
        other = ArticleFactory(language="zh-Hans")

        page = page_of(editor, article, other=other.public_id)
        assert "both have an edition in Simplified Chinese" in page.text
        assert 'name="_link"' not in page.text

        response = post_to(editor, article, _link="1", other=other.public_id)
        assert messages_of(response) == [
            "Not linked: there would be two editions in one language (Simplified Chinese)."
        ]
        assert pieces() == 2

    def test_what_is_no_article_is_an_error_of_the_field(self, editor, article):
        ArticleFactory.create_batch(2, title="Twice")

        for words in ("nothing", "Twice", "zzzzzzzz"):
            page = page_of(editor, article, other=words)
            assert "There is no article of that title or id" in page.text

    def test_an_edition_is_begun_and_shown(self, editor, article):
        response = post_to(editor, article, _begin="1", language="en", text="empty")

        edition = Article.objects.get(language="en")
        there = reverse("admin:corpusapp_article_change", args=[edition.pk])
        assert response.redirect_chain[-1][0] == there
        assert (edition.title, edition.state) == ("", "draft")
        again = post_to(editor, article, _begin="1", language="en", text="base")
        assert messages_of(again) == ["This piece already has an edition in that language."]

    def test_an_author_begins_editions_and_links_none(self, author, article):
        english = ArticleFactory()

        assert page_of(author, article).context["form"] is None
        refused = post_to(author, article, _link="1", other=english.public_id)
        assert refused.status_code == 403
        assert post_to(author, article, _part="1", edition=[article.pk]).status_code == 403
        post_to(author, article, _begin="1", language="en", text="base")

        edition = Article.objects.get(translation_key=article.translation_key, language="en")
        assert "_save" in author.page(edition).text  # whoever begins it may go on with it
        assert pieces() == 2

    def test_a_reader_of_drafts_looks_and_changes_nothing(self, reader, article):
        page = page_of(reader, article)

        assert (page.context["form"], page.context["begin"]) == (None, None)
        answer = post_to(reader, article, _begin="1", language="en", text="base")
        assert answer.status_code == 403
        assert Article.objects.count() == 1

    def test_an_editor_of_some_sections_links_and_begins_in_these_alone(self, desk, article):
        mine, theirs = SectionFactory(), SectionFactory()
        limited = desk("editor")
        mine.editors.add(limited.user)
        Article.objects.filter(pk=article.pk).update(section=mine)
        other = ArticleFactory(section=theirs)

        page = page_of(limited, article, other=other.public_id)
        assert "That article is not yours to change." in page.text
        assert post_to(limited, article, _link="1", other=other.public_id).status_code == 403
        answer = post_to(limited, other, _begin="1", language="zh-Hant", text="base")
        assert answer.status_code == 403
        assert pieces() == 2


class TestListOfEditions:
    @pytest.fixture
    def _pieces(self):
        english = ArticleFactory(title="english")
        ArticleFactory(title="binned", language="zh-Hans", binned=True)
        hans = ArticleFactory(title="hans", language="zh-Hans")
        ArticleFactory(title="hant", language="zh-Hant")
        edition = begin(hans, "en")
        Article.objects.filter(pk=edition.pk).update(title="of hans")
        gone = begin(english, "zh-Hans")
        Article.objects.filter(pk=gone.pk).update(binned_at=english.created_at)

    @pytest.mark.usefixtures("_pieces")
    @pytest.mark.parametrize(
        ("value", "found"),
        [
            ("no-en", {"hant"}),
            ("no-zh", {"english"}),
            ("no-zh-Hans", {"english", "hant"}),
            ("no-zh-Hant", {"english", "hans", "of hans"}),
            ("several", {"hans", "of hans"}),
            ("nonsense", set()),
        ],
    )
    def test_the_list_is_narrowed_to_what_is_missing(self, editor, value, found):
        rows = editor.get(LIST, edition=value).context["cl"].result_list

        assert {article.title for article in rows} == found

    @pytest.mark.usefixtures("_pieces")
    def test_a_row_names_the_other_editions(self, editor):
        rows = editor.get(LIST).context["cl"].result_list

        assert {article.title: article.other_languages for article in rows} == {
            "english": [],
            "hant": [],
            "hans": ["en"],
            "of hans": ["zh-Hans"],
        }


@pytest.mark.parametrize("editions", [1, 5])
def test_page_of_editions_costs_the_same(editor, editions, django_assert_num_queries):
    article = ArticleFactory()
    for language in ("de", "fr", "ja", "ru")[: editions - 1]:
        begin(article, language)

    # session, user, rights of user and groups, sections, the article, its editions
    with django_assert_num_queries(7):
        page_of(editor, article)
