"""A section that only captures named: looked at before it stands in the menu, dropped by one key."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.management import call_command
from django.db.models import F
from django.urls import reverse

from corpusapp.editing.publish import publish
from corpusapp.editing.trail import entries_of
from corpusapp.models import Article, FieldOwner, Section
from tests.admin.browser import fields_of
from tests.admin.conftest import begun_by, messages_of
from tests.admin.test_reviewing import NEXT, QUEUE, now, press, screen
from tests.factories import ArticleFactory, SectionFactory
from tests.public.pages import read

pytestmark = pytest.mark.django_db
LIST = reverse("admin:corpusapp_section_changelist")


@pytest.fixture
def new():
    return SectionFactory(name="Request a demo", is_new=True)


@pytest.fixture
def article(new):
    return ArticleFactory(title="A Harbour", section=new)


def menu(client):
    named = [
        link.text for link in read(client.get("/en/about/")).one("nav", cls="sections").all("a")
    ]
    footer = read(client.get("/en/about/")).one("footer").text
    return "Request a demo" in named, "Request a demo" in footer


def is_new(section):
    return Section.objects.get(pk=section.pk).is_new


def test_import_makes_new_sections_but_for_the_one_it_is_told(imported, tmp_path):
    (tmp_path / "one.md").write_text(
        "---\ntitle: One\nsection: Harbours\n---\n\nA text of its own.\n"
    )
    (tmp_path / "two.md").write_text("---\ntitle: Two\n---\n\nAnother text, and a longer one.\n")

    imported(tmp_path, section="Essays")

    found = Section.objects.order_by("name").values_list("name", "is_new")
    assert list(found) == [("Essays", False), ("Harbours", True)]


def test_who_publishes_what_comes_vouches_for_its_sections(imported, tmp_path, client):
    (tmp_path / "one.md").write_text(
        "---\ntitle: One\nsection: Harbours\n---\n\nA text of its own.\n"
    )

    imported(tmp_path, publish=True)

    assert not Section.objects.get().is_new
    nav = read(client.get("/en/about/")).one("nav", cls="sections")
    assert "Harbours" in [link.text for link in nav.all("a")]


@pytest.mark.parametrize("word", ["Economy", "economy"])
def test_section_that_is_known_stays_known(imported, tmp_path, word):
    SectionFactory(name="Economy")
    (tmp_path / "one.md").write_text(f"---\ntitle: One\nsection: {word}\n---\n\nA text.\n")

    imported(tmp_path)

    assert [section.is_new for section in Section.objects.all()] == [False]


def test_new_section_has_its_page_and_stands_in_no_menu(client, article):
    publish([article.pk])
    page = read(client.get(f"/en/articles/{article.public_id}/a-harbour/"))

    assert menu(client) == (False, False)
    assert client.get("/en/sections/request-a-demo/").status_code == 200
    assert "/en/sections/request-a-demo/" in [link["href"] for link in page.one("main").all("a")]


def test_new_section_has_no_block_on_the_home_page(client, new):
    known = SectionFactory(name="Known")
    for number in range(24):
        ArticleFactory(published=True, section=known if number % 2 else new)

    blocks = [head.text for head in read(client.get("/en/")).one("main").all("h2")]

    assert "Known" in blocks
    assert "Request a demo" not in blocks


@pytest.mark.parametrize("button", ["_approve", "_approve_draft"])
def test_screen_says_so_and_approving_with_it_seen_confirms(client, editor, new, article, button):
    page = editor.get(screen(article)).text

    press(editor, article, button)

    assert "New section" in page
    assert f'name="_keep_section" value="{new.pk}"' in page
    assert not is_new(new)
    (entry,) = entries_of(new)
    assert entry.details == {"changes": {"is_new": [True, False]}}
    if button == "_approve":
        assert menu(client) == (True, True)


def test_approving_waits_where_the_page_did_not_show_it(editor, new):
    article = ArticleFactory(title="A Harbour")
    fields = {**fields_of(editor.get(screen(article)), "article_form"), "_approve": "1"}
    Article.objects.filter(pk=article.pk).update(section=new, version=F("version") + 1)

    response = editor.client.post(screen(article), fields)

    assert (now(article).state, now(article).section, is_new(new)) == ("review", new, True)
    assert "Look again, then decide." in messages_of(editor.client.get(response.url))[-1]


def test_new_section_that_is_chosen_by_hand_is_shown_before_it_counts(editor, new):
    article = ArticleFactory(title="A Harbour")

    press(editor, article, "_approve", section=str(new.pk))
    waits = (now(article).state, now(article).section, is_new(new))
    press(editor, article, "_approve")

    assert waits == ("review", new, True)
    assert (now(article).state, is_new(new)) == ("published", False)


def test_one_button_keeps_it_and_one_drops_it(editor, new, article):
    elsewhere = ArticleFactory(section=new)

    press(editor, elsewhere, "_drop_section", str(new.pk), title="Typed")
    dropped = now(elsewhere)
    press(editor, article, "_keep_section", str(new.pk))

    assert (dropped.section, dropped.title) == (None, "Typed")
    assert FieldOwner.objects.filter(article=elsewhere, field="section").exists()
    assert (now(article).section, is_new(new)) == (new, False)
    assert "New section" not in editor.get(screen(article)).text


@pytest.mark.parametrize("button", ["_keep_section", "_drop_section"])
@pytest.mark.parametrize("token", ["", "x", "0", "9" * 30])
def test_button_for_another_section_does_nothing(editor, new, article, button, token):
    press(editor, article, button, token)

    assert (now(article).section, is_new(new)) == (new, True)


def test_known_section_is_not_asked_about(editor):
    article = ArticleFactory(section=SectionFactory(name="Economy"))

    press(editor, article, "_drop_section", str(article.section_id))

    assert "New section" not in editor.get(screen(article)).text
    assert now(article).section is not None


def test_editor_of_another_section_does_not_keep_it(editor, new):
    SectionFactory(name="Theirs").editors.add(editor.user)
    mine = begun_by(editor, section=new)

    page = editor.get(screen(mine)).text
    refused = press(editor, mine, "_keep_section", str(new.pk))
    press(editor, mine, "_approve_draft")

    assert "New section" in page
    assert "_keep_section" not in page
    assert refused.status_code == 403
    assert is_new(new)


def test_author_may_drop_it_and_not_keep_it(author, new):
    mine = begun_by(author, section=new)

    page = author.get(screen(mine)).text
    refused = press(author, mine, "_keep_section", str(new.pk))
    press(author, mine, "_approve_draft")
    drafted = is_new(new)
    press(author, mine, "_drop_section", str(new.pk))

    assert "_keep_section" not in page
    assert refused.status_code == 403
    assert drafted
    assert now(mine).section is None


def test_articles_of_new_sections_come_with_the_new_names(editor, article):
    ArticleFactory(title="Older one of a known section", section=SectionFactory())

    parts = [part for part in editor.get(QUEUE).context["parts"] if part["articles"]]

    assert [str(part["words"]) for part in parts] == [
        "new names and sections",
        "the others, the oldest first",
    ]
    assert editor.get(NEXT).url == screen(article)


def test_publishing_from_the_article_page_shows_it_first(client, editor, new, article):
    asked = editor.save(article, "_publish")

    assert "“Request a demo” is a new section" in asked.text
    assert "Held back by a doubt" not in asked.text
    assert (now(article).state, is_new(new)) == ("review", True)
    editor.client.post(asked.wsgi_request.get_full_path(), {"why": ""}, follow=True)
    assert (now(article).state, is_new(new)) == ("published", False)
    assert menu(client) == (True, True)


@pytest.mark.usefixtures("article")
def test_list_confirms_them_and_the_first_page_counts_them(editor, new):
    SectionFactory(name="Empty", is_new=True)
    ArticleFactory(section=SectionFactory(name="Binned", is_new=True), binned=True)
    SectionFactory(name="Known")

    listed = editor.get(LIST, new="yes").context["cl"].result_list
    (count,) = [
        line.count
        for line in editor.get(reverse("admin:index")).context["waiting"]
        if str(line.words) == "new sections"
    ]
    done = editor.client.post(
        LIST, {"action": "confirm_chosen", ACTION_CHECKBOX_NAME: [new.pk]}, follow=True
    )

    assert ([section.name for section in listed], count) == (["Request a demo"], 1)
    assert messages_of(done) == ["Confirmed: Request a demo."]
    assert not is_new(new)


def test_saving_its_page_confirms_it(editor, new):
    editor.save(new, label_en="Demonstrations")

    assert not is_new(new)


def test_sections_of_the_seeds_are_known(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path

    call_command("quickstart", no_serve=True)

    assert Section.objects.exists()
    assert not Section.objects.filter(is_new=True).exists()
