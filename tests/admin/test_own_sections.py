"""An editor of some sections: no way into other sections, nor out of their own, whatever the button."""

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from corpusapp.importing.outcome import CONFLICT
from corpusapp.models import (
    Article,
    Author,
    Glossary,
    LearnedFurniture,
    Picture,
    Section,
    Source,
    State,
    Tag,
)
from tests.admin.conftest import begun_by, messages_of
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    CaptureFactory,
    DoubtFactory,
    LearnedFurnitureFactory,
    PossibleDuplicateFactory,
    SectionFactory,
    SeriesFactory,
    SourceFactory,
    TagFactory,
)
from tests.importing.pages import page

pytestmark = pytest.mark.django_db
CONFLICTS = reverse("admin:corpusapp_article_conflicts")
REFUSED = "You are the editor of other sections than this."


@pytest.fixture
def own():
    return SectionFactory(name="Economy")


@pytest.fixture(autouse=True)
def other(db):  # noqa: ARG001 - a row that there is in every test
    return SectionFactory(name="Commentary")


@pytest.fixture
def one(desk, own):
    """An editor of one section."""
    somebody = desk("editor")
    own.editors.add(somebody.user)
    return somebody


def now(article):
    return Article.objects.get(pk=article.pk)


def press(desk, article, button, value="1", **changes):
    from tests.admin.test_reviewing import press as pressed  # noqa: PLC0415 - one way to press

    response = pressed(desk, article, button, value, **changes)
    return messages_of(desk.client.get(response.url)) if response.status_code == 302 else []


def captured(section, number=1, **columns):
    """An article of an imported page whose first line names a section."""
    return CaptureFactory(
        raw=page(number), article__title="As printed", article__section=section, **columns
    )


class TestReviewScreen:
    def test_line_that_names_another_section_moves_nothing(self, one, own):
        article = captured(own).article

        told = press(one, article, "_give", "section", lines=["1"], standfirst="Typed")

        assert told == [REFUSED]
        assert now(article).section == own
        assert now(article).standfirst == "Typed"
        assert not article.field_owners.filter(field="section").exists()

    def test_line_taken_from_the_section_does_not_empty_it(self, one, own, editor):
        article = captured(own).article
        press(editor, article, "_give", "section", lines=["1"])
        Article.objects.filter(pk=article.pk).update(section=own)

        told = press(one, article, "_give", "furniture", lines=["1"])

        assert (told, now(article).section) == ([REFUSED], own)

    def test_editor_of_all_sections_gives_the_same_line(self, editor, own):
        article = captured(own).article

        press(editor, article, "_give", "section", lines=["1"])

        assert now(article).section != own

    def test_candidate_of_another_section_is_not_taken(self, one, own):
        article = ArticleFactory(section=own)
        doubt = DoubtFactory(
            article=article, field="section", code="section_uncertain", candidates=["Commentary"]
        )

        told = press(one, article, "_take", f"{doubt.pk}:0")

        assert (told, now(article).section) == ([REFUSED], own)
        assert article.doubts.open().exists()

    def test_other_fields_are_theirs_to_answer(self, one, own):
        article = captured(own).article

        press(one, article, "_give", "title", lines=["3"])

        assert now(article).title.startswith("What Place 1")

    def test_own_begun_article_without_a_section_goes_into_an_own_one_alone(self, one, own):
        article = ArticleFactory(section=None)
        LogEntry.objects.create(
            user=one.user,
            content_type=ContentType.objects.get_for_model(Article),
            object_id=article.pk,
            object_repr="x",
            action_flag=ADDITION,
        )
        code = {"field": "section", "code": "section_uncertain"}
        wrong = DoubtFactory(article=article, candidates=["Commentary"], **code)

        press(one, article, "_take", f"{wrong.pk}:0")
        before = now(article).section
        right = DoubtFactory(article=article, candidates=["Economy"], **code)
        press(one, article, "_take", f"{right.pk}:0")

        assert (before, now(article).section) == (None, own)


def conflict(article, offered):
    return DoubtFactory(
        article=article, field="section", code=CONFLICT, holds=True, candidates=[offered]
    )


@pytest.mark.parametrize("offered", ["Commentary", ""])
def test_conflict_does_not_move_an_article_out_of_their_sections(one, own, offered):
    article = ArticleFactory(section=own)
    doubt = conflict(article, offered)

    answer = one.client.post(CONFLICTS, {"take": f"{doubt.pk}:{article.version}"}, follow=True)
    told = press(one, article, "_take_conflict", str(doubt.pk))

    assert messages_of(answer) == told == [REFUSED]
    assert now(article).section == own
    assert article.doubts.open().exists()


def test_conflict_is_decided_on_the_review_screen_by_either_button(editor):
    article = ArticleFactory(title="Mine")
    taken = DoubtFactory(article=article, field="title", code=CONFLICT, candidates=["Theirs"])
    press(editor, article, "_take_conflict", str(taken.pk))
    first = now(article).title
    kept = DoubtFactory(article=article, field="title", code=CONFLICT, candidates=["Newest"])

    press(editor, article, "_keep_conflict", str(kept.pk))

    assert (first, now(article).title) == ("Theirs", "Theirs")
    assert not article.doubts.open().exists()


def test_own_draft_elsewhere_is_theirs_without_what_readers_are_shown(one, other):
    article = begun_by(one, section=other, state=State.DRAFT)
    address = reverse("admin:corpusapp_article_change", args=[article.pk])

    one.save(article, title="Mine", editors_choice="on")

    assert (now(article).title, now(article).editors_choice) == ("Mine", False)
    assert 'name="editors_choice"' not in one.get(address).text


def test_form_keeps_them_in_their_sections(one, own, other):
    article = ArticleFactory(section=own)

    moved = one.save(article, section=str(other.pk))
    emptied = one.save(article, section="")

    assert REFUSED in moved.text
    assert REFUSED in emptied.text
    assert now(article).section == own


@pytest.mark.parametrize("teaches", [True, False])
def test_only_who_edits_all_sections_teaches_a_source(desk, own, one, teaches):
    source = SourceFactory()
    last = desk("editor") if teaches else one
    for number, somebody in enumerate((one, one, one, last)):
        article = captured(own, number, source=source, article__source=source).article
        press(somebody, article, "_give", "furniture", lines=["20"])

    assert LearnedFurniture.objects.exists() is teaches
    assert now(article).captures.get().line_changes.get().part == "furniture"


def glossary():
    return Glossary.objects.create(simplified="后", traditional="後")


class TestWhatConcernsAll:
    def test_source_and_its_furniture_are_for_looking_at(self, one):
        known = LearnedFurnitureFactory()
        address = reverse("admin:corpusapp_source_change", args=[known.source_id])

        shown = one.page(known.source)
        answer = one.client.post(address, {"name": "Mine"})

        assert known.text in shown.text
        assert 'name="furniture-0-text"' not in shown.text
        assert answer.status_code == 403
        assert Source.objects.get().name == known.source.name

    @pytest.mark.parametrize("factory", [TagFactory, AuthorFactory, SeriesFactory, glossary])
    def test_what_all_sections_share_is_for_looking_at(self, one, factory):
        thing = factory()
        address = one.page(thing).wsgi_request.get_full_path()

        assert one.client.get(address).status_code == 200
        assert one.client.post(address, {"name": "Mine"}).status_code == 403

    @pytest.mark.parametrize(("model", "kind"), [("tag", Tag), ("author", Author)])
    def test_review_needs_new_names_from_everybody(self, one, model, kind):
        page = one.get(reverse(f"admin:corpusapp_{model}_add"))

        one.post(page, model, name="Brand New", slug="")

        assert kind.objects.get().name == "Brand New"

    def test_picture_is_theirs_until_another_section_has_it(self, one, own, other):
        picture = Picture.objects.create(
            name="Quay", alt_en="A boat", key="0" * 24, width=640, height=480, sizes=[[640, 480]]
        )
        ArticleFactory(section=own, picture=picture)
        one.save(picture, alt_en="A ferry")
        address = reverse("admin:corpusapp_picture_change", args=[picture.pk])
        text = f"![](/media/pictures/{picture.key}/640x480.jpg)"
        ArticleFactory(section=other, body=text)

        refused = one.client.post(address, {"alt_en": "Mine"})

        assert refused.status_code == 403
        assert Picture.objects.get().alt_en == "A ferry"

    @pytest.mark.parametrize("model", ["source", "importrule", "section", "series", "glossary"])
    def test_none_is_added(self, one, model):
        assert one.get(reverse(f"admin:corpusapp_{model}_add")).status_code == 403

    def test_own_section_is_named_and_others_are_not(self, one, own, other):
        one.save(own, label_en="Economics")
        address = reverse("admin:corpusapp_section_change", args=[other.pk])
        refused = one.client.post(address, {"name": "Mine"})

        assert Section.objects.get(pk=own.pk).label_en == "Economics"
        assert refused.status_code == 403

    def test_what_the_publication_says_of_itself_is_not_theirs(self, one):
        address = reverse("admin:corpusapp_publication_change", args=[1])

        assert one.client.post(address, {"about_en": "Mine"}).status_code == 403

    def test_pair_of_which_one_is_elsewhere_is_not_theirs_to_decide(self, one, own, other):
        pair = PossibleDuplicateFactory(earlier__section=own, later__section=other)
        both = PossibleDuplicateFactory(earlier__section=own, later__section=own)
        decide = "admin:corpusapp_possibleduplicate_change"

        refused = one.client.post(reverse(decide, args=[pair.pk]), {"keep_both": "1"})
        done = one.client.post(reverse(decide, args=[both.pk]), {"keep_both": "1"})

        assert (refused.status_code, done.status_code) == (403, 302)

    def test_upload_names_no_other_section(self, one):
        upload = reverse("admin:corpusapp_importrun_upload")

        other_one = one.client.post(upload, {"section": "Commentary"})
        new_one = one.client.post(upload, {"section": "Brand new"})
        own_one = one.client.post(upload, {"section": "economy"})

        assert REFUSED in other_one.text
        assert REFUSED in new_one.text
        assert REFUSED not in own_one.text


def test_bulk_offers_their_sections_alone(one, own, other):
    article = ArticleFactory(section=own)

    page = one.do("place_chosen", [article])

    field = page.context["question"].form.fields["section"]
    assert [str(label) for _value, label in field.choices] == ["Economy"]
    assert one.say_yes(page, section=str(other.pk)).context["question"].form.errors
    assert now(article).section == own


def test_bulk_offers_every_section_to_an_editor_of_all(editor, own):
    page = editor.do("place_chosen", [ArticleFactory(section=own)])

    field = page.context["question"].form.fields["section"]
    assert [str(label) for _value, label in field.choices] == [
        "No section",
        "Commentary",
        "Economy",
    ]


def test_publishing_what_stands_in_no_section_of_theirs_says_why_it_does_not_happen(one):
    article = begun_by(one, section=None, state=State.DRAFT)

    told = messages_of(one.save(article, "_publish", title="Mine"))

    assert told == ["“Mine” was saved. What readers see of it, an editor of its section decides."]
    assert now(article).state == State.DRAFT
