"""The trail at the desk, moves that need a reason, and editors of some sections only."""

import pytest
from django import forms
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from corpusapp.admin.trailed import changes_in
from corpusapp.editing.trail import acting, entries_of, note
from corpusapp.models import Act, Article, AuditEntry, Revision, Section, State
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    CaptureFactory,
    DoubtFactory,
    ImportItemFactory,
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
        assert entry.details == {"changes": {"sort_name": [author.sort_name, "quill, ada"]}}

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


class TestWhatWasChanged:
    """Each entry tells what stood there, what came in its place, and why."""

    def test_field_of_an_article_with_the_reason_given(self, editor):
        article = ArticleFactory(title="One", body="The cat sat.")

        editor.save(article, title="Two", body="The dog sat.", why="  The author\n asked ")

        (entry,) = entries_of(article)
        assert entry.why == "The author asked"
        text = editor.get(LIST).text
        assert '<span class="told-field">Title</span> <del>One</del> → <ins>Two</ins>' in text
        assert "<del>The cat sat.</del> → <ins>The dog sat.</ins>" in text
        page = editor.get(reverse("admin:corpusapp_article_history", args=[article.pk]))
        assert page.text.count('<span class="version-why">The author asked</span>') == 2

    def test_no_reason_is_asked_of_who_has_none(self, editor):
        article = ArticleFactory(title="One")

        editor.save(article, title="Two")

        assert entries_of(article).get().why == ""

    def test_reason_is_told_of_names_as_well_and_kept_where_the_form_is_wrong(self, editor):
        author = AuthorFactory()

        wrong = editor.save(author, name="", why="Printed otherwise")
        editor.save(author, name="Anna Quill", why="Printed otherwise")

        assert 'name="why" id="id_why" value="Printed otherwise"' in wrong.text
        assert entries_of(author).get().why == "Printed otherwise"

    def test_long_text_is_short_in_the_list_and_whole_on_its_page(self, editor):
        before = "One word after another. " * 60
        article = ArticleFactory(body=f"{before}The end.")
        editor.save(article, body=f"{before}The beginning.")
        (entry,) = entries_of(article)

        listed = editor.get(LIST).text
        whole = editor.page(entry).text

        assert before not in listed
        assert "<del>… another. One word after another. The end.</del> → " in listed
        assert "<ins>… another. One word after another. The beginning.</ins>" in listed
        assert before.strip() in whole
        assert "<del>end</del><ins>beginning</ins>" in whole

    def test_later_changes_leave_an_entry_what_it_was(self, editor):
        article = ArticleFactory(body="First")
        for text in ("Second", "Third"):
            editor.save(article, body=text)
        earlier = entries_of(article).last()

        page = editor.page(earlier).text

        assert "<del>First</del>" in page
        assert "<ins>Second</ins>" in page
        assert "Third" not in page

    def test_rows_of_an_author_are_told(self, editor):
        author = AuthorFactory(name="Anna Quill")
        name = author.names.get()

        editor.save(author, **{"names-0-text": "Anna M. Quill"})

        (entry,) = entries_of(author)
        assert entry.details["rows"] == [
            {
                "row": "authorname",
                "called": "Anna M. Quill",
                "changes": {"text": [name.text, "Anna M. Quill"]},
            }
        ]
        assert "<del>Anna Quill</del> → <ins>Anna M. Quill</ins>" in editor.get(LIST).text

    def test_row_chosen_in_a_field_is_told_by_its_name(self, editor):
        article = ArticleFactory(section=SectionFactory(name="Opinion"))
        editor.save(article, section=str(SectionFactory(name="World").pk))

        assert "<del>Opinion</del> → <ins>World</ins>" in editor.get(LIST).text

    def test_move_tells_both_states(self, editor):
        article = ArticleFactory(draft=True)

        editor.save(article, "_publish", why="Agreed")

        (entry,) = entries_of(article)
        assert (entry.act, entry.why) == (Act.PUBLISHED, "Agreed")
        assert entry.details["changes"]["state"] == ["draft", "published"]
        assert "<del>Draft</del> → <ins>Published</ins>" in editor.get(LIST).text

    def test_reason_given_with_the_button_stands_on_the_page_that_asks(self, editor):
        article = ArticleFactory(published=True)

        asked = editor.save(article, "_withdraw", why="The author asked")

        assert 'value="The author asked"' in asked.text

    def test_settled_doubt_is_told(self, editor):
        article = ArticleFactory()
        doubt = DoubtFactory(article=article, field="title", code="title_uncertain")

        editor.save(article, settled=[str(doubt.pk)])

        assert entries_of(article).get().details == {"doubts_settled": 1}

    def test_rights_of_a_group_are_told_by_what_went_and_what_came(self, desk):
        group = Group.objects.get(name="Author")
        gone = group.permissions.order_by("pk").first()
        come = Permission.objects.get(codename="publish_article")
        kept = group.permissions.exclude(pk=gone.pk).values_list("pk", flat=True)

        desk("superuser").save(group, permissions=[str(pk) for pk in (*kept, come.pk)])

        entry = entries_of(group).get()
        assert entry.details == {"changes": {"permissions": [str(gone), str(come)]}}

    def test_secret_is_told_by_its_name_alone(self):
        form = Form({"password1": "correct horse battery", "note": "b"}, initial={"note": "a"})
        form.full_clean()

        assert changes_in(form) == {"password1": [None, None], "note": ["a", "b"]}

    def test_purged_text_is_gone_from_the_trail(self, editor):
        article = ArticleFactory(title="One", body="A secret.")
        editor.save(article, body="Nothing.")
        Revision.objects.all().delete()

        text = editor.get(LIST).text

        assert "secret" not in text
        assert "body: what stood there is gone with the article." in text

    def test_run_leads_to_what_it_changed(self, editor):
        item = ImportItemFactory(
            article=ArticleFactory(title="Two"),
            outcome="updated",
            changes={"title": ["One", "Two"]},
        )
        note(Act.RUN, item.run)

        page = editor.page(AuditEntry.objects.get(act=Act.RUN)).text

        here = reverse("admin:corpusapp_importitem_change", args=[item.pk])
        assert f'<a href="{here}">Two</a>: title' in page


class Form(forms.Form):
    password1 = forms.CharField()
    note = forms.CharField()
