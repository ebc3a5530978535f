from datetime import UTC, datetime

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType

from corpusapp.admin import bulk_choice
from corpusapp.editing.totals import recount_all
from corpusapp.models import Article, PublicTotal, State, Tag
from tests.admin.browser import fields_of
from tests.admin.conftest import LIST, messages_of
from tests.factories import ArticleFactory, DoubtFactory, SectionFactory, TagFactory


def totals():
    rows = PublicTotal.objects.filter(articles__gt=0)
    return set(rows.values_list("listing", "key", "shelf", "articles"))


@pytest.fixture(autouse=True)
def _totals_stay_right(db):  # noqa: ARG001 - asked for, so that it outlives the test
    """Whatever is done here, the totals say afterwards what counting anew says."""
    yield
    kept = totals()
    recount_all()
    assert kept == totals()


@pytest.mark.usefixtures("db")
class TestPublish:
    def test_publishes_and_names_what_could_not_be(self, editor):
        good = ArticleFactory()
        empty = ArticleFactory(title="No text", body="")

        asked = editor.do("publish_chosen", [good, empty])
        response = editor.say_yes(asked)

        assert apart(asked) == [("1 article needs a title and a text first.", ["No text"])]
        assert Article.objects.published().get() == good
        assert messages_of(response) == ["Published 1 article."]

    def test_asks_first_where_a_doubt_holds(self, editor):
        held, free = ArticleFactory(title="Held"), ArticleFactory(title="Free")
        DoubtFactory(article=held, code="title_uncertain", field="title", holds=True)

        asked = editor.do("publish_chosen", [held, free])
        states = set(Article.objects.values_list("state", flat=True))
        response = editor.do("publish_chosen", [held, free], held_too="")

        assert "The title is a guess" in asked.text
        assert states == {"review"}
        assert Article.objects.published().get() == free
        assert messages_of(response) == [
            "Published 1 article.",
            "1 article is held back by a doubt and stays as it was.",
        ]

    def test_several_are_published_only_after_a_look(self, editor):
        asked = editor.do("publish_chosen", ArticleFactory.create_batch(2))

        assert "2 articles will be published." in asked.text
        assert not Article.objects.published().exists()

    def test_publishes_the_doubted_when_told_to(self, editor):
        held = ArticleFactory()
        DoubtFactory(article=held, code="title_uncertain", field="title", holds=True)

        editor.do("publish_chosen", [held], held_too="on")

        assert Article.objects.published().get() == held

    def test_mild_or_settled_doubts_hold_nothing(self, editor):
        article = ArticleFactory()
        DoubtFactory(article=article)
        DoubtFactory(article=article, holds=True, settled_at="2020-01-01T00:00Z")

        editor.do("publish_chosen", [article], sure="1")

        assert Article.objects.published().get() == article

    def test_what_cannot_go_is_listed_apart_and_not_counted(self, editor):
        going = ArticleFactory(title="Going")
        ArticleFactory(title="Public", published=True)
        ArticleFactory(title="Planned", published=True, live_from=datetime(2999, 1, 1, tzinfo=UTC))
        ArticleFactory(title="Binned", binned=True)

        asked = editor.do("publish_chosen", Article.objects.exclude(title="Binned"))

        assert "1 article will be published." in asked.text
        assert asked.context["going"] == [going.title]
        assert apart(asked) == [
            ("2 articles are published or planned already.", ["Public", "Planned"])
        ]

    def test_single_article_is_published_after_a_look_too(self, editor):
        article = ArticleFactory()

        asked = editor.do("publish_chosen", [article])

        assert "1 article will be published." in asked.text
        assert not Article.objects.published().exists()
        assert messages_of(editor.say_yes(asked)) == ["Published 1 article."]

    def test_where_nothing_would_change_there_is_no_button(self, editor):
        asked = editor.do("publish_chosen", [ArticleFactory(published=True)])

        assert "None of these will be published as they stand." in asked.text
        assert 'class="default"' not in asked.text

    def test_is_logged_for_each_article(self, editor):
        articles = ArticleFactory.create_batch(2)

        editor.do("publish_chosen", articles, held_too="")

        logged = LogEntry.objects.filter(user=editor.user).values_list(
            "object_id", "change_message"
        )
        assert set(logged) == {(str(article.pk), "Published.") for article in articles}


def test_withdraw_asks_for_the_note_that_readers_see(editor):
    article = ArticleFactory(published=True)

    asked = editor.do("withdraw_chosen", [article])
    editor.do("withdraw_chosen", [article], note="At the author's wish.", why="He asked")

    assert "1 published article will be withdrawn" in asked.text
    article.refresh_from_db()
    assert (article.state, article.withdrawal_note) == (State.WITHDRAWN, "At the author's wish.")


def test_back_to_review_asks_before_readers_miss_something(editor):
    article = ArticleFactory(published=True)

    asked = editor.do("review_chosen", [article])
    article.refresh_from_db()
    before = article.state
    editor.do("review_chosen", [article], sure="1")

    article.refresh_from_db()
    assert "will vanish from the public pages" in asked.text
    assert before == State.PUBLISHED
    assert (article.state, article.live_from) == (State.REVIEW, None)


def test_drafts_are_made_of_what_waits_in_review_and_of_nothing_else(editor):
    states = {"published": True}, {"withdrawn": True}, {}
    articles = [ArticleFactory(**state) for state in states]

    asked = editor.do("draft_chosen", articles)
    editor.say_yes(asked)

    for article in articles:
        article.refresh_from_db()
    assert [article.state for article in articles] == [
        State.PUBLISHED,
        State.WITHDRAWN,
        State.DRAFT,
    ]
    assert [why for why, _titles in apart(asked)] == ["2 articles are not in a state for that."]


def test_tags_are_added_after_a_look(editor):
    public, draft = ArticleFactory(published=True, tags=["UN"]), ArticleFactory(draft=True)

    asked = editor.do("tag_chosen", [public, draft])
    response = editor.do("tag_chosen", [public, draft], tags=["UN", "Climate"])

    assert "2 articles are chosen." in asked.text
    assert public.title in asked.text
    assert set(public.tags.names()) == set(draft.tags.names()) == {"UN", "Climate"}
    assert messages_of(response) == ["Added tags to 2 articles."]
    public.refresh_from_db()
    assert public.version == 2


def test_tags_are_removed(editor):
    tagged, other = ArticleFactory(published=True, tags=["UN", "China"]), ArticleFactory()

    response = editor.do("untag_chosen", [tagged, other], tags=["un"])

    assert list(tagged.tags.names()) == ["China"]
    assert messages_of(response) == ["Removed tags from 1 article."]
    other.refresh_from_db()
    assert other.version == 1


def test_removing_makes_no_tag(editor):
    response = editor.do("untag_chosen", [ArticleFactory()], tags=["Novelty"])

    assert "There is no such tag: Novelty." in response.text
    assert not Tag.objects.exists()


def test_section_is_set_and_taken_away(editor):
    section = SectionFactory()
    article = ArticleFactory(published=True)

    editor.do("place_chosen", [article], section=section.pk)
    article.refresh_from_db()
    placed = article.section
    editor.do("place_chosen", [article], section="")
    article.refresh_from_db()

    assert (placed, article.section) == (section, None)


def test_bin_asks_before_readers_miss_something(editor):
    public, draft = ArticleFactory(published=True), ArticleFactory(draft=True)

    asked = editor.do("bin_chosen", [public])
    lightly = editor.do("bin_chosen", [draft])
    binned_at_once = Article.objects.in_bin().exists()
    editor.say_yes(lightly)

    assert not binned_at_once
    assert "will vanish from the public pages" not in lightly.text
    assert "will vanish from the public pages" in asked.text
    assert list(Article.objects.in_bin()) == [draft]


def test_bin_and_back(editor):
    article = ArticleFactory(published=True)

    editor.do("bin_chosen", [article], sure="1")
    binned = totals()
    response = editor.do("restore_chosen", [article], f"{LIST}?bin=yes", sure="1")

    assert binned == set()
    assert messages_of(response) == ["Restored 1 article."]
    assert Article.objects.published().get() == article


def test_all_that_a_filter_finds_can_be_chosen(editor):
    section = SectionFactory(slug="economy")
    ArticleFactory.create_batch(3, section=section)
    ArticleFactory()
    economy = f"{LIST}?section=economy"

    asked = editor.do("tag_chosen", Article.objects.all()[:1], economy, across="1")
    editor.do("tag_chosen", Article.objects.all()[:1], economy, across="1", tags=["Trade"])

    assert "3 articles are chosen." in asked.text
    assert Article.objects.filter(tags__name="Trade").count() == 3


def apart(page):
    """Why articles are left as they are, and which."""
    return [(one.why, one.titles) for one in page.context["apart"]]


class TestPinned:
    """The deed is done to what the page showed, whatever becomes of the list meanwhile."""

    ALL = f"{LIST}?state=review"

    @pytest.fixture
    def asked(self, editor):
        """Two articles shown as going to be published: all that wait in review."""
        articles = ArticleFactory.create_batch(2)
        return editor.do("publish_chosen", articles[:1], self.ALL, across="1")

    def test_newcomer_is_left_out_and_said(self, editor, asked):
        newcomer = ArticleFactory()

        told = messages_of(editor.say_yes(asked))

        assert now(newcomer).state == State.REVIEW
        assert Article.objects.published().count() == 2
        assert told == [
            "1 article has come into the list since you looked, and is left out.",
            "Published 2 articles.",
        ]

    @pytest.mark.parametrize(
        "meanwhile", [{"title": "Another", "version": 2}, {"state": State.DRAFT, "version": 2}]
    )
    def test_what_somebody_changed_meanwhile_is_left_and_said(self, editor, asked, meanwhile):
        first = Article.objects.earliest("pk")
        Article.objects.filter(pk=first.pk).update(**meanwhile)

        told = messages_of(editor.say_yes(asked))

        assert now(first).state != State.PUBLISHED
        assert Article.objects.published().count() == 1
        assert told == [
            "1 article has changed since you looked, and is left as it is.",
            "Published 1 article.",
        ]

    def test_doubt_that_came_meanwhile_holds(self, editor, asked):
        first = Article.objects.earliest("pk")
        DoubtFactory(article=first, holds=True)

        told = messages_of(editor.say_yes(asked))

        assert now(first).state == State.REVIEW
        assert told[-1] == "1 article is held back by a doubt and stays as it was."

    def test_what_the_page_set_apart_is_no_newcomer(self, editor):
        article, empty = ArticleFactory(), ArticleFactory(body="")
        asked = editor.do("publish_chosen", [article], self.ALL, across="1")

        told = messages_of(editor.say_yes(asked))

        assert told == ["Published 1 article."]
        assert now(empty).state == State.REVIEW

    @pytest.mark.parametrize("pinned", ["", "x", "1.2.3", "9" * 40, "-1.1", ",,,"])
    def test_nonsense_does_nothing(self, editor, pinned):
        article = ArticleFactory()
        sent = {"action": "publish_chosen", "_selected_action": [article.pk]}

        answer = editor.client.post(
            LIST, {**sent, "_answer": "1", "_sure": "1", "_pinned": pinned}, follow=True
        )

        assert answer.status_code == 200
        assert now(article).state == State.REVIEW

    def test_nothing_is_done_without_the_page_between(self, editor):
        article = ArticleFactory()
        sent = {"action": "bin_chosen", "_selected_action": [article.pk], "_answer": "1"}

        answer = editor.client.post(LIST, {**sent, "_sure": "1"}, follow=True)

        assert answer.context["question"].plan.going == [article.pk]
        assert not now(article).binned_at

    def test_pin_opens_no_article_of_another_section(self, desk):
        one, section = desk("editor"), SectionFactory()
        section.editors.add(one.user)
        mine, theirs = ArticleFactory(section=section), ArticleFactory(section=SectionFactory())
        asked = one.do("bin_chosen", [mine])
        fields = fields_of(asked, "bulk_form")
        both = {"_pinned": f"{mine.pk}.1,{theirs.pk}.1", "_selected_action": [mine.pk, theirs.pk]}

        one.client.post(LIST, {**fields, **both}, follow=True)

        assert list(Article.objects.in_bin()) == [mine]


def test_work_is_done_in_batches(editor, monkeypatch):
    monkeypatch.setattr(bulk_choice, "DONE_AT_ONCE", 2)
    articles = ArticleFactory.create_batch(5)

    response = editor.do("publish_chosen", articles, held_too="")

    assert Article.objects.published().count() == 5
    assert messages_of(response) == ["Published 5 articles."]


def now(article):
    return Article.objects.get(pk=article.pk)


def test_too_many_at_once_are_refused(editor, monkeypatch):
    monkeypatch.setattr(bulk_choice, "MOST_AT_ONCE", 2)

    response = editor.do("publish_chosen", ArticleFactory.create_batch(3))

    assert "At most 2 articles at once" in messages_of(response)[0]
    assert not Article.objects.published().exists()


@pytest.mark.parametrize(
    "posted",
    [
        {"_selected_action": ["abc", "9" * 40, "-1"]},
        {"_selected_action": "1", "index": "zz"},
        {"_selected_action": "1", "action": "no_such"},
        {"_selected_action": "1", "action": "place_chosen", "_answer": "1", "section": "9" * 40},
        {"_selected_action": "1", "action": "tag_chosen", "_answer": "1", "tags": ["x" * 500]},
    ],
)
def test_silly_choices_are_answered_calmly(editor, posted):
    ArticleFactory()

    response = editor.client.post(LIST, {"action": "publish_chosen", **posted}, follow=True)

    assert response.status_code == 200


def test_deed_needs_a_token_and_a_post(editor):
    article = ArticleFactory()
    editor.client.handler.enforce_csrf_checks = True
    chosen = {"action": "publish_chosen", "_selected_action": [article.pk], "index": "0"}

    assert editor.client.post(LIST, chosen).status_code == 403
    assert editor.client.get(LIST, chosen).status_code == 400
    assert not Article.objects.published().exists()


def test_tag_that_is_known_by_a_synonym_is_used(editor):
    tag = TagFactory(name="Climate")
    tag.synonyms.create(text="气候", key="气候")
    article = ArticleFactory()

    editor.do("tag_chosen", [article], tags=["气候"])

    assert list(article.tags.all()) == [tag]


def test_an_editor_of_one_section_publishes_and_withdraws_there_alone(desk):
    one = desk("editor")
    section = SectionFactory()
    section.editors.add(one.user)
    begun = ArticleFactory(draft=True, section=None)
    LogEntry.objects.create(
        user=one.user,
        content_type=ContentType.objects.get_for_model(Article),
        object_id=begun.pk,
        object_repr=begun.title,
        action_flag=ADDITION,
    )
    there = ArticleFactory(draft=True, section=section)

    asked = one.do("publish_chosen", [begun, there])
    told = messages_of(one.say_yes(asked))
    one.do("withdraw_chosen", [begun], why="x")

    assert list(Article.objects.published()) == [there]
    assert apart(asked) == [("1 article is not yours to change.", [])]
    assert told == ["Published 1 article."]
