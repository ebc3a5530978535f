"""The trail at the desk, moves that need a reason, and editors of some sections only."""

import pytest
from django.urls import reverse

from corpusapp.editing.trail import acting, entries_of, note
from corpusapp.models import Act, Article, AuditEntry, Section, State
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    CaptureFactory,
    PossibleDuplicateFactory,
    SectionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LIST = reverse("admin:corpusapp_auditentry_changelist")


def now(article):
    return Article.objects.get(pk=article.pk)


class TestTrail:
    def test_what_is_saved_at_the_desk_is_told_under_the_editors_name(self, editor):
        author = AuthorFactory()

        editor.save(author, sort_name="quill, ada")

        entry = entries_of(author).get()
        assert (entry.who, entry.act) == (editor.user.username, Act.CHANGED)
        assert "Sort name" in str(entry.details)

    def test_save_that_changes_nothing_is_not_told(self, editor):
        author = AuthorFactory()

        editor.save(author)

        assert not entries_of(author).exists()

    def test_list_shows_who_what_and_why_escaped(self, editor):
        article = ArticleFactory(title="<b>Bold</b>")
        with acting(editor.user):
            note(Act.WITHDRAWN, article, "<script>")

        text = editor.get(LIST).text

        assert "&lt;b&gt;Bold&lt;/b&gt;" in text
        assert "&lt;script&gt;" in text
        assert editor.user.username in text

    @pytest.mark.parametrize("entries", [1, 40])
    def test_list_costs_the_same_however_many(self, editor, entries, django_assert_max_num_queries):
        for _ in range(entries):
            note(Act.CHANGED, editor.user)
        editor.get(LIST)
        with django_assert_max_num_queries(8):
            editor.get(LIST)

    @pytest.mark.parametrize("group", ["reader", "author"])
    def test_it_is_not_for_everybody(self, desk, group):
        assert desk(group).get(LIST).status_code == 403

    def test_administrator_cannot_add_change_or_delete_an_entry(self, desk):
        somebody = desk("superuser")
        note(Act.CHANGED, why="True")
        entry = AuditEntry.objects.latest("pk")
        at = [
            reverse("admin:corpusapp_auditentry_add"),
            reverse("admin:corpusapp_auditentry_delete", args=[entry.pk]),
        ]

        assert [somebody.client.post(address, {}).status_code for address in at] == [403, 403]
        change = reverse("admin:corpusapp_auditentry_change", args=[entry.pk])
        assert somebody.client.post(change, {"why": "No"}).status_code == 403
        assert AuditEntry.objects.get(pk=entry.pk).why == "True"

    def test_history_of_an_article_tells_why(self, editor):
        article = ArticleFactory(published=True)
        editor.move(article, "_withdraw", why="The author asked")

        history = editor.get(reverse("admin:corpusapp_article_history", args=[article.pk]))

        assert "The author asked" in history.text


class TestWhy:
    def test_withdrawing_needs_a_reason(self, editor):
        article = ArticleFactory(published=True)

        without = editor.move(article, "_withdraw")
        stays = now(article).state
        editor.move(article, "_withdraw", why="The author asked")

        assert "Say why; readers do not see it." in without.text
        assert (stays, now(article).state) == (State.PUBLISHED, State.WITHDRAWN)
        assert entries_of(article).first().why == "The author asked"

    def test_withdrawing_many_needs_one_reason(self, editor):
        articles = ArticleFactory.create_batch(2, published=True)

        editor.do("withdraw_chosen", articles, note="")
        stay = {now(article).state for article in articles}
        editor.do("withdraw_chosen", articles, note="", why="A lawyer asked")

        assert stay == {State.PUBLISHED}
        assert {entries_of(article).first().why for article in articles} == {"A lawyer asked"}


class TestEditorsOfSections:
    @pytest.fixture
    def harbour(self):
        return SectionFactory(name="Harbour")

    @pytest.fixture
    def theirs(self, desk, harbour):
        """An editor of the section Harbour only."""
        somebody = desk("editor")
        harbour.editors.add(somebody.user)
        return somebody

    def test_they_change_and_publish_in_their_section(self, theirs, harbour):
        article = ArticleFactory(section=harbour)

        theirs.save(article, "_publish", title="New")

        assert (now(article).title, now(article).state) == ("New", State.PUBLISHED)

    @pytest.mark.parametrize("place", [None, "Bridges"])
    def test_they_only_read_elsewhere(self, theirs, place):
        section = SectionFactory(name=place) if place else None
        article = ArticleFactory(section=section)

        page = theirs.page(article)
        sent = {"title": "New", "body": "New", "version": "1", "_publish": "1"}
        response = theirs.client.post(page.wsgi_request.path, sent)

        assert (page.status_code, response.status_code) == (200, 403)
        review = reverse("admin:corpusapp_article_review", args=[article.pk])
        assert theirs.client.post(review, {"_approve": "1"}).status_code == 403
        assert now(article).state == State.REVIEW

    def test_they_do_not_file_in_another_section(self, theirs, harbour):
        article, other = ArticleFactory(section=harbour), SectionFactory()

        response = theirs.save(article, section=str(other.pk))

        assert "You are the editor of other sections than this." in response.text
        assert now(article).section == harbour

    def test_in_bulk_only_their_articles_move(self, theirs, harbour):
        mine, other = ArticleFactory(section=harbour), ArticleFactory()

        theirs.do("publish_chosen", [mine, other], sure="1")
        theirs.do("place_chosen", [mine], section=str(SectionFactory().pk))

        assert (now(mine).state, now(other).state) == (State.PUBLISHED, State.REVIEW)
        assert now(mine).section == harbour

    def test_what_concerns_all_sections_is_not_theirs(self, theirs):
        pair = PossibleDuplicateFactory()
        at = reverse("admin:corpusapp_possibleduplicate_change", args=[pair.pk])

        assert theirs.client.post(at, {"merge_earlier": "1"}).status_code == 403
        assert theirs.get(reverse("admin:corpusapp_importrun_reextract")).status_code == 403

    def test_their_queue_holds_their_section(self, theirs, harbour):
        mine = ArticleFactory(section=harbour)
        ArticleFactory()

        parts = theirs.get(reverse("admin:corpusapp_article_review_queue")).context["parts"]

        assert [article for part in parts for article, _who in part["articles"]] == [mine]

    def test_administrator_named_by_a_section_is_not_limited(self, desk, harbour):
        administrator = desk("administrator")
        harbour.editors.add(administrator.user)
        article = ArticleFactory()

        administrator.save(article, "_publish")

        assert now(article).state == State.PUBLISHED

    def test_only_who_gives_rights_names_the_editors_of_a_section(self, desk, editor, harbour):
        person = UserFactory(editor=True)

        editor.save(harbour, editors=[str(person.pk)])
        nobody = list(harbour.editors.all())
        desk("administrator").save(harbour, editors=[str(person.pk)])

        assert nobody == []
        assert list(Section.objects.get(pk=harbour.pk).editors.all()) == [person]

    def test_capture_beside_an_article_of_another_section_can_still_be_read(self, theirs):
        capture = CaptureFactory()

        assert theirs.page(capture.article).status_code == 200
