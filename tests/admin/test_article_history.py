"""Every version of an article can be seen, compared and brought back."""

import hashlib
from datetime import timedelta

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from corpusapp.editing.history import history_of
from corpusapp.editing.revisions import revised
from corpusapp.editing.totals import recounted
from corpusapp.editing.trail import entries_of
from corpusapp.importing.exact import makes_anew
from corpusapp.models import (
    Article,
    Author,
    FieldOwner,
    Revision,
    Section,
    Source,
    Tag,
    VersionName,
)
from tests.admin.conftest import messages_of
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    BylineFactory,
    DoubtFactory,
    ImportItemFactory,
    ImportRunFactory,
    SectionFactory,
    SourceFactory,
    TagFactory,
)
from tests.public.pages import read


def address(article):
    return reverse("admin:corpusapp_article_history", args=[article.pk])


def history(desk, article, **asked):
    return desk.get(address(article), **asked)


def restore(desk, article, version, field=""):
    return desk.client.post(address(article), {"restore": version, "field": field}, follow=True)


def name(desk, article, words, version):
    sent = {"name": words, "version": version, "_name": "1"}
    return desk.client.post(address(article), sent, follow=True)


def names(page):
    """{version: its names} of the list."""
    return {
        version.number: [one.name for one in version.names]
        for version in page.context["versions"]
        if version.names
    }


def changed(page):
    """{field: (what goes, what comes)} of the comparison."""
    found = {}
    for field in page.context["differing"]:
        parts = [part for paragraph in field.paragraphs for part in paragraph.parts]
        goes = [part.text for part in parts if part.sign == "-"]
        comes = [part.text for part in parts if part.sign == "+"]
        found[field.name] = (goes, comes)
    return found


def test_first_edit_writes_the_first_revision_and_keeps_each_text_once(editor):
    article = ArticleFactory(title="One", body="The first text.")
    assert not Revision.objects.exists()

    editor.save(article, title="Two", body="The second text.")
    editor.save(article, body="The third text.")

    first, second = Revision.objects.all()
    assert first.changes["title"] == ["One", "Two"]
    assert [one.changes["body"][0] for one in (first, second)] == [
        "The first text.",
        "The second text.",
    ]
    assert set(first.changes["body"][1]) == {"sha256", "was", "became"}
    assert second.changes.keys() == {"body"}


def test_saving_nothing_writes_no_revision(editor):
    article = ArticleFactory(section=SectionFactory(), tags=["China"])
    BylineFactory(article=article)

    editor.save(article)

    assert not Revision.objects.exists()


def test_list_names_who_changed_which_fields(editor):
    article = ArticleFactory(title="One")
    editor.save(article, title="Two", tags=["China"])

    page = history(editor, article)

    newest, oldest = page.context["versions"]
    assert (newest.number, newest.event.who, oldest.number) == (1, editor.user.username, 0)
    assert list(map(str, newest.fields)) == ["title", "tags"]


def test_words_that_changed_are_marked_in_the_body(editor):
    article = ArticleFactory(body="The cat sat on the mat.\n\nIt stayed.")
    editor.save(article, body="The dog sat on the mat.\n\nIt stayed.")

    page = history(editor, article)

    assert changed(page) == {"body": (["cat"], ["dog"])}
    assert '<del><span class="visually-hidden">goes: </span>cat</del>' in page.text


def test_any_two_versions_are_compared_whichever_is_named_first(editor):
    article = ArticleFactory(title="One")
    for title in ("Two", "Three", "Four"):
        editor.save(article, title=title)

    assert changed(history(editor, article, a=0, b=2)) == {"title": (["One"], ["Three"])}
    assert changed(history(editor, article, a=3, b=1)) == {"title": (["Two"], ["Four"])}
    assert changed(history(editor, article, a=2, b=2)) == {}


@pytest.mark.parametrize("wrong", ["-1", "4", "x", "", "９", "1" * 30])
def test_a_version_there_is_not_shows_the_last_change(editor, wrong):
    article = ArticleFactory(title="One")
    editor.save(article, title="Two")

    assert changed(history(editor, article, a=wrong, b="1")) == {"title": (["One"], ["Two"])}


def test_one_field_is_restored_and_the_others_stay(editor):
    section = SectionFactory()
    article = ArticleFactory(title="One", body="Old", section=section)
    editor.save(article, title="Two", body="New", section="")

    page = restore(editor, article, 0, "section")

    article.refresh_from_db()
    assert (article.title, article.body, article.section) == ("Two", "New", section)
    assert messages_of(page) == ["Restored from version 0: section."]
    assert [str(revision.kind) for revision in Revision.objects.all()] == ["edited", "restored"]


def test_an_editor_of_some_sections_does_not_move_an_article_out_of_them(desk):
    one, elsewhere, own = desk("editor"), SectionFactory(), SectionFactory()
    own.editors.add(one.user)
    article = ArticleFactory(title="One", section=elsewhere)
    desk("editor").save(article, title="Two", section=str(own.pk))

    alone = restore(one, article, 0, "section")
    restore(one, article, 0)

    article.refresh_from_db()
    assert (article.title, article.section) == ("One", own)
    assert messages_of(alone) == ["You are the editor of other sections than this."]


def test_a_field_that_is_none_restores_nothing(editor):
    article = ArticleFactory(title="Before")
    editor.save(article, title="After")

    assert restore(editor, article, 0, "titel").status_code == 404
    article.refresh_from_db()
    assert article.title == "After"


def test_whole_article_is_restored_with_tags_and_signatures(editor):
    article = ArticleFactory(title="One", body="Old", tags=["China", "UN"])
    byline = BylineFactory(article=article, post="Keeper")
    other = AuthorFactory()
    editor.save(
        article,
        title="Two",
        body="New",
        tags=["Europe"],
        published_on="2019-03-01",
        published_precision="month",
        **{"bylines-0-author": other.pk, "bylines-0-post": "Nobody"},
    )

    restore(editor, article, 0)

    article.refresh_from_db()
    assert (article.title, article.body, article.published_at) == ("One", "Old", "2015-05-21")
    assert set(article.tags.names()) == {"China", "UN"}
    assert [(one.author, one.post) for one in article.bylines.all()] == [(byline.author, "Keeper")]
    assert changed(history(editor, article, a=0, b=2)) == {}


def test_restoring_can_be_taken_back(editor):
    article = ArticleFactory(title="One")
    editor.save(article, title="Two")
    restore(editor, article, 0)

    restore(editor, article, 1)

    assert Article.objects.get().title == "Two"


def test_what_was_restored_is_the_editors_and_answers_doubts(editor):
    article = ArticleFactory(title="One", body="Old")
    editor.save(article, title="Two")
    FieldOwner.objects.all().delete()
    doubt = DoubtFactory(article=article, field="title", code="title_uncertain")

    restore(editor, article, 0)

    doubt.refresh_from_db()
    assert [(one.field, one.user) for one in FieldOwner.objects.all()] == [("title", editor.user)]
    assert doubt.settled_by == editor.user


def test_published_article_keeps_the_title_it_needs(editor):
    article = ArticleFactory(title="", body="Text", standfirst="Old")
    editor.save(article, title="Two", standfirst="New")
    editor.do("publish_chosen", [article], sure="1")

    page = restore(editor, article, 0)

    article.refresh_from_db()
    assert (article.title, article.standfirst) == ("Two", "Old")
    assert "cannot stand otherwise: title" in " ".join(messages_of(page))


def test_language_of_another_edition_is_not_taken_back(editor):
    article = ArticleFactory(language="en")
    editor.save(article, language="de")
    ArticleFactory(translation_key=article.translation_key, language="en")

    restore(editor, article, 0)

    article.refresh_from_db()
    assert article.language == "de"


def test_runs_stand_in_the_same_history(editor):
    article = ArticleFactory(title="One")
    editor.save(article, title="Two")
    run = ImportRunFactory()
    ImportItemFactory(
        run=run, article=article, outcome="updated", changes={"title": ["Two", "Three"]}
    )
    Revision.objects.update(at=run.started_at.replace(year=2001))
    Article.objects.filter(pk=article.pk).update(title="Three")

    page = history(editor, article)

    assert changed(page) == {"title": (["Two"], ["Three"])}
    assert page.context["versions"][0].event.run == run.pk
    restore(editor, article, 1)
    article.refresh_from_db()
    assert article.title == "Two"


def run_over(article, **outcome):
    """A run that had begun long before anybody wrote in the article, and came to it just now."""
    run = ImportRunFactory()
    run.started_at, run.finished_at = timezone.now() - timedelta(hours=1), None
    run.save()
    return ImportItemFactory(run=run, article=article, outcome="updated", **outcome)


def test_what_somebody_wrote_while_a_run_went_on_stands_before_what_the_run_made_of_it(editor):
    article = ArticleFactory(title="One", body="Old")
    editor.save(article, title="Two", body="New")
    digest = hashlib.sha256(b"Newer").hexdigest()
    run_over(article, changes={"title": ["Two", "Three"], "body": ["New", {"sha256": digest}]})
    Article.objects.filter(pk=article.pk).update(title="Three", body="Newer")
    editor.save(article, standfirst="After all")

    page = history(editor, article, a=1, b=2)

    told = [version.event and bool(version.event.run) for version in page.context["versions"]]
    assert told == [False, True, False, None]
    assert changed(page) == {"title": (["Two"], ["Three"]), "body": (["New"], ["Newer"])}

    restore(editor, article, 1)

    article.refresh_from_db()
    assert (article.title, article.body) == ("Two", "New")


def test_what_a_page_shows_is_restored_and_named_though_its_number_is_another_by_now(editor):
    article = ArticleFactory(title="One")
    for title in ("Two", "Three"):
        editor.save(article, title=title)
    shown = history(editor, article, a=1, b=2)
    key = read(shown).one("input", name_="restore")["value"]
    run_over(article, changes={"standfirst": ["", "By a run"]})
    Article.objects.filter(pk=article.pk).update(standfirst="By a run")

    named = name(editor, article, "Sent", key)
    restore(editor, article, key)

    assert names(named) == {2: ["Sent"]}
    article.refresh_from_db()
    assert (article.title, article.standfirst) == ("Two", "By a run")


def test_a_version_gets_a_name(editor):
    article = ArticleFactory(title="One")

    editor.client.post(address(article), {"name": " As  imported ", "_name": "1"})
    editor.save(article, title="Two")
    page = name(editor, article, "<b>Sent</b>", 1)

    assert names(page) == {0: ["As imported"], 1: ["<b>Sent</b>"]}
    assert "&lt;b&gt;Sent&lt;/b&gt;" in page.text
    assert "<b>Sent" not in page.text


def test_any_version_may_have_several_names_and_keeps_them(editor):
    article = ArticleFactory(title="One")
    for title in ("Two", "Three"):
        editor.save(article, title=title)

    name(editor, article, "Sent", 1)
    name(editor, article, "Agreed", 1)
    page = name(editor, article, "Begun", 0)

    assert names(page) == {0: ["Begun"], 1: ["Sent", "Agreed"]}


def test_a_name_is_that_of_one_version(editor):
    article = ArticleFactory(title="One")
    editor.save(article, title="Two")
    name(editor, article, "Sent", 0)

    page = name(editor, article, "Sent", 1)

    assert names(page) == {0: ["Sent"]}
    assert messages_of(page) == ["Another version is called “Sent” already; nothing was changed."]


@pytest.mark.parametrize(
    ("button", "left", "told"),
    [("_rename", {0: ["Final"]}, ["Sent", "Final"]), ("_unname", {}, ["Sent", None])],
)
def test_trail_keeps_the_name_that_goes(editor, button, left, told):
    article = ArticleFactory()
    name(editor, article, "Sent", 0)
    pk = VersionName.objects.get().pk

    sent = {button: pk, "name": "Final"}
    page = editor.client.post(address(article), sent, follow=True)

    assert names(page) == left
    entry = entries_of(article).first()
    assert entry.details == {"changes": {"version_name": told}}


def test_names_hold_nothing_that_cannot_be_seen(editor):
    article = ArticleFactory()
    name(editor, article, "Se\u202ent\x07", 0)
    assert VersionName.objects.get().name == "Sent"

    sent = {"_rename": VersionName.objects.get().pk, "name": "Fi\u202enal\x00"}
    editor.client.post(address(article), sent)

    assert VersionName.objects.get().name == "Final"


def test_name_of_another_article_is_left_alone(editor):
    theirs, mine = ArticleFactory.create_batch(2)
    name(editor, theirs, "Sent", 0)
    pk = VersionName.objects.get().pk

    page = editor.client.post(address(mine), {"_unname": pk}, follow=True)

    assert messages_of(page) == ["That name is gone already."]
    assert VersionName.objects.get().name == "Sent"


def test_list_narrows_to_versions_with_a_name(editor):
    article = ArticleFactory(title="One")
    for title in ("Two", "Three"):
        editor.save(article, title=title)
    name(editor, article, "Sent", 1)

    page = history(editor, article, named="1")

    assert [version.number for version in page.context["versions"]] == [1]
    assert 'href="?named=1" aria-current="true"' in page.text


def test_a_version_that_a_run_made_has_its_name(editor):
    article = ArticleFactory(title="Two")
    ImportItemFactory(
        run=ImportRunFactory(),
        article=article,
        outcome="updated",
        changes={"title": ["One", "Two"]},
    )

    page = name(editor, article, "From the agency", 1)
    later = editor.save(article, title="Three") and history(editor, article)

    assert names(page) == names(later) == {1: ["From the agency"]}


def test_changes_of_many_at_once_are_in_the_history_of_each(editor):
    articles = ArticleFactory.create_batch(2)

    editor.do("tag_chosen", articles, tags=["Europe"])
    editor.do("publish_chosen", articles, held_too="")

    assert [(one.kind, list(one.changes)) for one in Revision.objects.all()] == [
        ("together", ["tags"]),
        ("together", ["tags"]),
        ("moved", ["live_from"]),
        ("moved", ["live_from"]),
    ]


def test_a_conflict_decided_is_in_the_history(editor):
    doubt = DoubtFactory(
        article=ArticleFactory(title="Mine"),
        field="title",
        code="conflict",
        holds=True,
        candidates=["The capture's"],
    )

    editor.client.post(
        reverse("admin:corpusapp_article_conflicts"),
        {"take": f"{doubt.pk}:{doubt.article.version}"},
    )

    (revision,) = Revision.objects.all()
    assert (revision.kind, revision.changes) == ("decided", {"title": ["Mine", "The capture's"]})


class TestWhatIsGone:
    """Restoring makes no row that who asks could not make otherwise."""

    def article_of(self, desk):
        """A draft of theirs whose first version names what is gone by now."""
        section, source = SectionFactory(), SourceFactory()
        tags = ["China"]
        article = ArticleFactory(title="One", section=section, source=source, tags=tags, draft=True)
        BylineFactory(article=article, author__name="Ada Quill")
        desk.user.groups.first().permissions.remove(*Permission.objects.filter(codename="add_tag"))
        LogEntry.objects.create(
            user=desk.user,
            content_type=ContentType.objects.get_for_model(Article),
            object_id=article.pk,
            object_repr="x",
            action_flag=ADDITION,
        )
        with revised([article.pk], desk.user), recounted([article.pk]):
            Article.objects.filter(pk=article.pk).update(title="Two", section=None, source=None)
            article.taggings.all().delete()
            article.bylines.all().delete()
        for model in (Section, Source, Tag, Author):
            model.objects.all().delete()
        return article

    def test_it_is_left_and_said_where_it_is_not_theirs_to_make(self, author):
        article = self.article_of(author)

        page = restore(author, article, 0)

        article.refresh_from_db()
        assert (article.title, article.section, article.source) == ("One", None, None)
        assert not Section.objects.exists()
        assert not Tag.objects.exists()
        assert [told for told in messages_of(page) if "not yours to make" in told]

    def test_it_is_made_anew_by_who_may_make_it(self, desk):
        chief = desk("superuser")
        chief.user.groups.add(Group.objects.get(name="Editor"))
        article = self.article_of(chief)

        restore(chief, article, 0)

        article.refresh_from_db()
        assert article.section == Section.objects.get()
        assert article.source == Source.objects.get()

    @pytest.mark.parametrize("field", ["section", "source", "tags", "authors"])
    def test_what_is_known_by_its_name_is_not_made(self, author, field):
        article = self.article_of(author)
        values = history_of(article).values_at(0)
        named = {
            "section": lambda name: SectionFactory(name=name),
            "source": lambda name: SourceFactory(name=name),
            "tags": lambda name: TagFactory(name=name),
            "authors": lambda name: AuthorFactory(name=name),
        }
        value = values[field]
        before = makes_anew({field: value})
        named[field]((value if isinstance(value, dict) else value[0])["name"])

        assert (before, makes_anew({field: value})) == ({field}, frozenset())


def test_readers_of_drafts_may_look_and_not_restore(desk, editor):
    article = ArticleFactory(title="One")
    editor.save(article, title="Two")
    reader = desk("reader")

    page = history(reader, article)
    refused = restore(reader, article, 0)

    assert "Restore" not in page.text
    assert refused.status_code == 403
    assert Article.objects.get().title == "Two"


@pytest.mark.parametrize("edits", [1, 4])
def test_history_costs_the_same_however_long(editor, edits, django_assert_num_queries):
    article = ArticleFactory(title="Old", tags=["China"])
    for number in range(edits):
        editor.save(article, title=f"Title {number}")
    history(editor, article)

    with django_assert_num_queries(16):
        history(editor, article)


def test_history_of_nothing_leads_back(editor):
    assert editor.get(reverse("admin:corpusapp_article_history", args=[999_999])).status_code == 302
