"""Who may do what, asked of the server with every button and page, shown or not."""

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import Permission
from django.urls import reverse

from corpusapp.admin.article import ArticleDesk
from corpusapp.models import Article, State
from tests.admin.conftest import LIST, messages_of
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    CaptureFactory,
    ImportItemFactory,
    RedirectFactory,
    SectionFactory,
    SourceFactory,
    TagFactory,
)

ADD = reverse("admin:corpusapp_article_add")
MODELS = [
    "article",
    "author",
    "section",
    "tag",
    "source",
    "capture",
    "importrun",
    "importitem",
    "redirect",
]
ACTIONS = {
    "publish_chosen": {},
    "withdraw_chosen": {"note": ""},
    "review_chosen": {},
    "draft_chosen": {},
    "tag_chosen": {"tags": ["China"]},
    "untag_chosen": {"tags": ["China"]},
    "place_chosen": {"section": ""},
    "bin_chosen": {"sure": "1"},
    "restore_chosen": {},
}


def begun_by(desk, **columns):
    """An article that somebody began by hand."""
    desk.post(desk.get(ADD), "article", title="Mine", body="Text")
    article = Article.objects.latest("pk")
    Article.objects.filter(pk=article.pk).update(**columns)
    article.refresh_from_db()
    return article


@pytest.mark.parametrize("group", ["reader", "author", "editor", "administrator"])
@pytest.mark.parametrize("model", MODELS)
def test_every_group_reads_every_desk(desk, group, model):
    article = ArticleFactory()
    item = ImportItemFactory()
    things = {
        "article": article,
        "author": AuthorFactory(),
        "section": SectionFactory(),
        "tag": TagFactory(),
        "source": SourceFactory(),
        "capture": CaptureFactory(),
        "importrun": item.run,
        "importitem": item,
        "redirect": RedirectFactory(),
    }
    somebody = desk(group)

    assert somebody.get(reverse(f"admin:corpusapp_{model}_changelist")).status_code == 200
    assert somebody.page(things[model]).status_code == 200


@pytest.mark.parametrize(
    ("group", "may"),
    [
        ("reader", set()),
        ("author", {"article", "author", "tag"}),
        ("editor", {"article", "author", "tag", "section", "source"}),
        ("administrator", {"article", "author", "tag", "section", "source"}),
        ("superuser", {"article", "author", "tag", "section", "source"}),
    ],
)
def test_who_may_add_what(desk, group, may):
    somebody = desk(group)

    opened = {
        model
        for model in MODELS
        if somebody.get(reverse(f"admin:corpusapp_{model}_add")).status_code == 200
    }

    assert opened == may


@pytest.mark.parametrize("model", ["capture", "importrun", "importitem"])
def test_ledger_and_captures_are_for_reading_only(desk, model):
    item = ImportItemFactory()
    thing = {"capture": item.capture, "importrun": item.run, "importitem": item}[model]
    chief = desk("superuser")

    for deed in ("change", "delete"):
        address = reverse(f"admin:corpusapp_{model}_{deed}", args=[thing.pk])
        assert chief.client.post(address, {"post": "yes", "path": "x"}).status_code == 403


@pytest.mark.parametrize("group", ["reader", "author"])
def test_others_articles_are_for_reading_only(desk, group):
    article = ArticleFactory(draft=True, title="Old")
    somebody = desk(group)
    address = reverse("admin:corpusapp_article_change", args=[article.pk])

    page = somebody.page(article)
    answer = somebody.client.post(address, {"title": "New", "_save": "1"})

    assert 'name="_save"' not in page.text
    assert "Old" in page.text
    assert answer.status_code == 403
    article.refresh_from_db()
    assert article.title == "Old"


@pytest.mark.parametrize("group", ["reader", "author"])
@pytest.mark.parametrize("action", ACTIONS)
def test_bulk_deeds_need_their_right(desk, group, action):
    article = ArticleFactory(published=True, tags=["China"], section=SectionFactory())
    hidden = ArticleFactory(binned=True)
    before = list(Article.objects.values())

    response = desk(group).do(action, [article, hidden], **ACTIONS[action])

    # Django leaves the list of actions out altogether and shows the list
    assert response.status_code == 200
    assert list(Article.objects.values()) == before
    assert list(article.tags.names()) == ["China"]
    assert messages_of(response) in ([], ["No action selected."])


@pytest.mark.parametrize("action", ACTIONS)
def test_editors_may_do_every_bulk_deed(desk, action):
    response = desk("editor").do(action, [ArticleFactory()], **ACTIONS[action])

    assert response.status_code == 200
    assert "No action selected." not in messages_of(response)


def give(desk, *codenames):
    """Rights of their own, besides those of the group."""
    permissions = Permission.objects.filter(codename__in=codenames)
    assert len(permissions) == len(codenames)
    desk.user.user_permissions.add(*permissions)


def test_bulk_right_alone_does_not_publish_nor_touch_what_is_public(author):
    give(author, "bulk_publish_article", "bulk_tag_article", "bulk_bin_article")
    mine, public = begun_by(author), ArticleFactory(published=True)

    author.do("publish_chosen", [mine, public], held_too="")
    asked = author.do("tag_chosen", [mine, public])
    shown = author.say_yes(asked, tags=["China"])
    author.say_yes(shown)
    author.do("bin_chosen", [public], sure="1")

    assert list(mine.tags.names()) == ["China"]
    assert list(public.tags.names()) == []
    assert "1 article is not yours to change." in asked.text
    assert list(Article.objects.published()) == [public]


RIGHTS = {
    "publish_chosen": {"bulk_publish_article", "publish_article"},
    "withdraw_chosen": {"bulk_withdraw_article", "publish_article"},
    "review_chosen": {"bulk_review_article"},
    "draft_chosen": {"bulk_draft_article"},
    "suggest_chosen": {"bulk_suggest_article"},
    "tag_chosen": {"bulk_tag_article"},
    "untag_chosen": {"bulk_tag_article"},
    "place_chosen": {"bulk_section_article"},
    "source_chosen": {"bulk_source_article"},
    "language_chosen": {"bulk_language_article"},
    "date_chosen": {"bulk_date_article"},
    "reread_chosen": {"bulk_reread_article", "import_article"},
    "export_chosen": {"export_article"},
    "bin_chosen": {"bulk_bin_article"},
    "restore_chosen": {"bulk_restore_article"},
}


def test_every_deed_of_the_list_has_its_right():
    assert tuple(RIGHTS) == ArticleDesk.actions


@pytest.mark.parametrize("action", RIGHTS)
def test_each_bulk_deed_is_offered_by_its_own_right_and_no_other(author, action):
    def offered():
        # asked of the desk itself: an empty list of actions shows none at all
        request = author.get(LIST).wsgi_request
        return set(site._registry[Article].get_actions(request)) - {"delete_selected"}

    ArticleFactory()
    before = offered()
    give(author, *RIGHTS[action])

    same = {name for name, rights in RIGHTS.items() if rights <= RIGHTS[action]}
    assert before == set()
    assert offered() == same


# Authors and their own drafts ------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.DRAFT, State.REVIEW])
def test_author_changes_an_own_unfinished_article(author, state):
    article = begun_by(author, state=state)

    response = author.save(article, title="Better")

    article.refresh_from_db()
    assert response.redirect_chain
    assert article.title == "Better"


@pytest.mark.parametrize(
    "columns",
    [
        {"state": State.PUBLISHED, "live_from": "2020-01-01T00:00Z"},
        {"state": State.WITHDRAWN, "withdrawn_at": "2020-01-01T00:00Z"},
        {"binned_at": "2020-01-01T00:00Z"},
    ],
)
def test_author_leaves_alone_what_readers_saw_or_the_bin_holds(author, columns):
    article = begun_by(author, **columns)
    address = reverse("admin:corpusapp_article_change", args=[article.pk])

    assert author.client.post(address, {"title": "New", "_save": "1"}).status_code == 403


def test_author_takes_their_own_draft_back_from_the_bin(author):
    article = begun_by(author)
    author.move(article, "_bin")
    there = reverse("admin:corpusapp_article_move", args=[article.pk, "_restore"])

    shown = author.page(article).text
    author.client.post(there, {"why": "Not so bad"})

    assert f'href="{there}"' in shown
    assert not Article.objects.in_bin().exists()


@pytest.mark.parametrize(
    "columns", [{"state": State.WITHDRAWN, "withdrawn_at": "2020-01-01T00:00Z"}, {}]
)
def test_author_takes_nothing_back_that_was_not_theirs_to_bin(author, columns):
    mine = begun_by(author, binned_at="2020-01-01T00:00Z", **columns)
    article = mine if columns else ArticleFactory(binned=True)
    there = reverse("admin:corpusapp_article_move", args=[article.pk, "_restore"])

    assert author.client.post(there, {"why": ""}).status_code == 403
    assert there not in author.page(article).text


def test_author_does_not_publish(author):
    article = begun_by(author)

    page = author.page(article)
    answer = author.save(article, "_publish", title="Published?")

    assert 'name="_publish"' not in page.text
    assert answer.status_code == 403
    article.refresh_from_db()
    assert (article.state, article.title) == (State.DRAFT, "Mine")


def test_author_hands_in_a_draft(author):
    article = begun_by(author)

    author.save(article, "_review")

    article.refresh_from_db()
    assert article.state == State.REVIEW


def test_fields_of_publishers_are_not_taken_from_others(author):
    article = begun_by(author)

    author.save(
        article,
        live_from_0="2020-01-01",
        live_from_1="00:00:00",
        editors_choice="on",
        withdrawal_note="Mine",
        state="published",
        state_now="published",
        public_id="abcdefgh",
        binned_at="2020-01-01",
        counted="on",
    )

    article.refresh_from_db()
    assert (article.live_from, article.editors_choice, article.withdrawal_note) == (None, False, "")
    assert (article.state, article.binned_at, article.counted) == (State.DRAFT, None, False)
    assert article.public_id != "abcdefgh"


def test_editor_changes_the_state_by_buttons_only(desk):
    article = ArticleFactory()

    desk("editor").save(article, state="published", counted="on", version_="9")

    article.refresh_from_db()
    assert (article.state, article.counted) == (State.REVIEW, False)


def test_own_drafts_stand_on_the_first_page_of_their_author(desk):
    first, second = desk("author"), desk("author")
    begun_by(first)

    assert "Mine" in first.get(reverse("admin:index")).text
    assert "Mine" not in second.get(reverse("admin:index")).text


# People ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", ["reader", "author", "editor"])
@pytest.mark.parametrize("model", ["user", "group"])
def test_people_are_the_administrators_business(desk, group, model):
    assert desk(group).get(reverse(f"admin:auth_{model}_changelist")).status_code == 403


def test_password_hashes_are_shown_to_nobody(desk):
    chief = desk("superuser")

    page = chief.page(chief.user)

    assert page.status_code == 200
    assert "Reset password" in page.text
    for part in chief.user.password.split("$"):
        assert part not in page.text


def test_administrator_makes_no_superuser(desk):
    chief, plain = desk("administrator"), desk("reader").user

    chief.save(plain, is_superuser="on", first_name="Anna")

    plain.refresh_from_db()
    assert (plain.is_superuser, plain.first_name) == (False, "Anna")


def test_administrator_leaves_superusers_alone(desk):
    chief, root = desk("administrator"), desk("superuser").user
    change = reverse("admin:auth_user_change", args=[root.pk])
    password = reverse("admin:auth_user_password_change", args=[root.pk])

    assert chief.client.post(change, {"username": "x"}).status_code == 403
    assert chief.client.post(password, {"password1": "x"}).status_code == 403
    assert chief.client.post(reverse("admin:auth_user_delete", args=[root.pk])).status_code == 403


def test_who_has_done_something_is_not_deleted(desk):
    chief, busy, idle = desk("administrator"), desk("editor"), desk("editor").user
    busy.save(ArticleFactory(), title="Changed")

    kept = chief.client.post(
        reverse("admin:auth_user_delete", args=[busy.user.pk]), {"post": "yes"}
    )
    gone = chief.client.post(reverse("admin:auth_user_delete", args=[idle.pk]), {"post": "yes"})

    assert (kept.status_code, gone.status_code) == (403, 302)


def test_silly_groups_are_refused(desk):
    chief, plain = desk("administrator"), desk("reader").user

    response = chief.save(plain, groups=["9" * 40])

    assert response.context["errors"]


@pytest.mark.django_db
def test_nobody_signed_in_is_led_to_the_door(client):
    for address in (LIST, ADD, reverse("admin:index"), reverse("admin:autocomplete")):
        response = client.get(address)

        assert response.status_code == 302
        assert response.headers["Location"].startswith(reverse("admin:login"))
