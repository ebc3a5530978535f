import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType

from corpusapp.admin import bulk_choice
from corpusapp.editing.totals import recount_all
from corpusapp.models import Article, PublicTotal, State, Tag
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

        response = editor.do("publish_chosen", [good, empty], held_too="")

        assert Article.objects.published().get() == good
        assert messages_of(response) == [
            "Published 1 article.",
            "1 article needs a title and a text first: No text",
        ]

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

        editor.do("publish_chosen", [article])

        assert Article.objects.published().get() == article

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

    response = editor.do("draft_chosen", articles)

    for article in articles:
        article.refresh_from_db()
    assert [article.state for article in articles] == [
        State.PUBLISHED,
        State.WITHDRAWN,
        State.DRAFT,
    ]
    assert "2 articles are not in a state for that and stay as they were." in response.text


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
    editor.do("bin_chosen", [draft])

    assert "will vanish from the public pages" in asked.text
    assert list(Article.objects.in_bin()) == [draft]


def test_bin_and_back(editor):
    article = ArticleFactory(published=True)

    editor.do("bin_chosen", [article], sure="1")
    binned = totals()
    response = editor.client.post(
        f"{LIST}?bin=yes",
        {"action": "restore_chosen", "_selected_action": [article.pk], "index": "0"},
        follow=True,
    )

    assert binned == set()
    assert messages_of(response) == ["Restored 1 article."]
    assert Article.objects.published().get() == article


def test_all_that_a_filter_finds_can_be_chosen(editor):
    section = SectionFactory(slug="economy")
    ArticleFactory.create_batch(3, section=section)
    ArticleFactory()
    chosen = {"action": "tag_chosen", "select_across": "1", "_selected_action": "1"}

    asked = editor.client.post(f"{LIST}?section=economy", {**chosen, "index": "0"})
    editor.client.post(
        f"{LIST}?section=economy", {**chosen, "_answer": "1", "_sure": "1", "tags": ["Trade"]}
    )

    assert "3 articles are chosen." in asked.text
    assert Article.objects.filter(tags__name="Trade").count() == 3


def test_work_is_done_in_batches(editor, monkeypatch):
    monkeypatch.setattr(bulk_choice, "_DONE_AT_ONCE", 2)
    articles = ArticleFactory.create_batch(5)

    response = editor.do("publish_chosen", articles, held_too="")

    assert Article.objects.published().count() == 5
    assert messages_of(response) == ["Published 5 articles."]


def test_what_a_request_has_no_time_for_is_named_and_done_by_doing_the_same_again(
    editor, monkeypatch
):
    monkeypatch.setattr(bulk_choice, "_DONE_AT_ONCE", 2)
    monkeypatch.setattr(bulk_choice, "_SECONDS", -1)
    articles = ArticleFactory.create_batch(5)

    first = editor.do("publish_chosen", articles, held_too="")
    left = [article for article in articles if not now(article).is_public()]
    second = editor.do("publish_chosen", left, held_too="")

    assert messages_of(first) == [
        "3 articles are left as they were. Do the same again for them.",
        "Published 2 articles.",
    ]
    assert messages_of(second)[0] == "1 article is left as it was. Do the same again for it."
    assert Article.objects.published().count() == 4


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

    told = messages_of(one.do("publish_chosen", [begun, there], held_too=""))
    one.do("withdraw_chosen", [begun], why="x")

    assert list(Article.objects.published()) == [there]
    assert told == ["1 article is not yours to change.", "Published 1 article."]
