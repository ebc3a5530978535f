"""Source, language, date, new extraction and export of many: each shows first what it will do."""

import csv
import io
import json

import pytest

from corpusapp.admin import bulk_choice
from corpusapp.models import Article, AuditEntry, FieldOwner, ImportRun, Revision
from tests.admin.conftest import LIST, messages_of
from tests.factories import (
    ArticleFactory,
    BylineFactory,
    CaptureFactory,
    SectionFactory,
    SourceFactory,
)
from tests.importing.pages import page as capture_of


def choose(desk, action, articles, *, sure=False, **answers):
    """As far as the page that shows what will be done; `sure`: and say yes to it."""
    page = desk.do(action, articles)
    if answers:
        page = desk.say_yes(page, **answers)
    return desk.say_yes(page) if sure else page


def rows(*names):
    return list(Article.objects.order_by("pk").values_list(*names))


DEEDS = {
    "source_chosen": lambda: {"source": SourceFactory(name="The Lantern").pk},
    "language_chosen": lambda: {"language": "zh-Hans"},
    "date_chosen": lambda: {"published": "2019-03-04", "precision": "month"},
    "place_chosen": lambda: {"section": SectionFactory(name="Harbour").pk},
    "tag_chosen": lambda: {"tags": ["Europe"]},
}


@pytest.mark.parametrize("action", DEEDS)
def test_nothing_changes_before_it_was_shown(editor, action):
    articles = ArticleFactory.create_batch(2)
    answer = DEEDS[action]()
    before = Article.objects.order_by("pk").values()[:]

    asked = choose(editor, action, articles)
    shown = choose(editor, action, articles, **answer)

    assert asked.context["question"].plan is None
    assert shown.context["question"].plan.going == [article.pk for article in articles]
    assert articles[0].title in shown.text
    assert list(before) == list(Article.objects.order_by("pk").values())

    done = choose(editor, action, articles, sure=True, **answer)

    assert messages_of(done)
    assert Revision.objects.count() == 2
    assert AuditEntry.objects.filter(act="changed", who=editor.user.username).count() == 2
    assert FieldOwner.objects.count() == 2
    assert rows("version") == [(2,), (2,)]


def test_those_that_have_it_already_are_not_counted(editor):
    source = SourceFactory(name="The Lantern")
    articles = [ArticleFactory(source=source), ArticleFactory()]

    shown = choose(editor, "source_chosen", articles, source=source.pk)
    choose(editor, "source_chosen", articles, sure=True, source=source.pk)

    assert shown.context["question"].plan.going == [articles[1].pk]
    assert [one.titles for one in shown.context["apart"]] == [[articles[0].title]]
    assert rows("source__name", "version") == [("The Lantern", 1), ("The Lantern", 2)]


def test_source_can_be_taken_away(editor):
    article = ArticleFactory(source=SourceFactory())

    choose(editor, "source_chosen", [article], sure=True, source="")

    assert rows("source") == [(None,)]


def test_language_moves_articles_to_their_shelf(editor):
    article = ArticleFactory(published=True)

    choose(editor, "language_chosen", [article], sure=True, language="zh-Hant")

    assert rows("language", "shelf") == [("zh-Hant", "zh-hant")]


@pytest.mark.parametrize(
    ("written", "stored"),
    [("zh-CN", ("zh-Hans", "zh-hans")), ("zh_TW", ("zh-Hant", "zh-hant")), ("DE", ("de", "en"))],
)
def test_language_is_stored_as_this_product_writes_it(editor, written, stored):
    one, other = ArticleFactory.create_batch(2)

    choose(editor, "language_chosen", [one], sure=True, language=written)
    editor.save(other, language=written)

    assert rows("language", "shelf") == [stored, stored]


@pytest.mark.parametrize("written", ["xx", "english", "e", "zh--Hans"])
def test_what_is_no_language_is_refused(editor, written):
    one, other = ArticleFactory.create_batch(2)

    pages = [
        choose(editor, "language_chosen", [one], sure=True, language=written),
        editor.save(other, language=written),
    ]

    assert all("Write it as en, de, zh-Hans or zh-Hant." in page.text for page in pages)
    assert rows("language") == [("en",), ("en",)]


def test_language_of_another_edition_is_not_given_twice(editor):
    article = ArticleFactory(title="Mine")
    ArticleFactory(translation_key=article.translation_key, language="de")

    done = choose(editor, "language_chosen", [article], sure=True, language="de")

    assert rows("language") == [("en",), ("de",)]
    assert "1 article has an edition in that language already." in done.text


@pytest.mark.parametrize("wrong", ["", "English", "<b>"])
def test_wrong_language_is_asked_again(editor, wrong):
    page = choose(editor, "language_chosen", [ArticleFactory()], sure=True, language=wrong)

    assert page.context["question"].form.errors
    assert rows("language") == [("en",)]


def test_date_is_kept_as_precise_as_it_was_given_and_orders(editor):
    articles = [ArticleFactory(), ArticleFactory(undated=True)]

    choose(
        editor,
        "date_chosen",
        articles,
        sure=True,
        published="2019-03-04",
        precision="month",
    )
    assert rows("published_order") == [(201903000000,)] * 2

    choose(editor, "date_chosen", articles, sure=True, published="", precision="day")
    assert rows("published_on", "published_order") == [(None, 0)] * 2


def test_captures_of_the_chosen_are_read_again_after_a_look(editor):
    right, other = CaptureFactory(raw=capture_of(1)), CaptureFactory(raw=capture_of(2))
    for capture in (right, other):
        capture.fields["title"]["value"] = "Wrong"
        capture.save()
    Article.objects.update(title="Wrong")

    shown = choose(editor, "reread_chosen", [right.article])
    assert shown.context["question"].plan.going
    assert set(rows("title")) == {("Wrong",)}

    choose(editor, "reread_chosen", [right.article], sure=True)

    titles = dict(Article.objects.values_list("pk", "title"))
    assert titles[right.article.pk] != "Wrong"
    assert titles[other.article.pk] == "Wrong"
    assert ImportRun.objects.get().kind == "reextract"


def test_export_as_a_table_holds_no_formula(editor):
    article = ArticleFactory(title="=HYPERLINK(1)", tags=["UN"], section=SectionFactory(name="Sea"))
    BylineFactory(article=article, name="Ada Quill", post="Keeper")

    answer = choose(editor, "export_chosen", [article], form="csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")

    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["id"], row["title"]) == (article.public_id, "'=HYPERLINK(1)")
    assert (row["authors"], row["posts"], row["section"], row["tags"]) == (
        "Ada Quill",
        "Keeper",
        "Sea",
        "UN",
    )
    assert "no-store" in answer.headers["Cache-Control"]


def test_export_as_records_is_imported_again(editor, imported, tmp_path):
    article = ArticleFactory(title="On Peace", body="The *text*.")
    BylineFactory(article=article, name="Ada Quill", post="Keeper")

    answer = choose(editor, "export_chosen", [article], form="jsonl")
    raw = b"".join(answer.streaming_content)
    (tmp_path / "articles.jsonl").write_bytes(raw)
    (result,) = imported(tmp_path / "articles.jsonl")

    assert json.loads(raw)["body"] == "The *text*."
    assert str(result.outcome) in {"created", "duplicate"}


def test_export_holds_all_that_the_filter_finds(editor, monkeypatch):
    monkeypatch.setattr(bulk_choice, "MOST_AT_ONCE", 2)
    drafts = ArticleFactory.create_batch(5, draft=True)
    ArticleFactory()

    answer = editor.do("export_chosen", drafts[:1], f"{LIST}?state=draft", across="1", form="jsonl")
    records = map(json.loads, b"".join(answer.streaming_content).splitlines())

    assert [one["id"] for one in records] == [one.public_id for one in drafts]


def test_each_deed_asks_for_its_permission(desk):
    article = ArticleFactory(title="Theirs")
    for trait in ("reader", "author"):
        for action in (*DEEDS, "reread_chosen", "export_chosen"):
            page = choose(desk(trait), action, [article])
            assert not page.streaming
            assert page.context.get("question") is None
    assert rows("version") == [(1,)]


def test_selection_across_pages_is_found_anew_by_its_filter(editor):
    ArticleFactory.create_batch(3, draft=True)
    ArticleFactory()
    given = {"published": "2001-02-03", "precision": "day"}

    editor.do("date_chosen", [Article.objects.first()], f"{LIST}?state=draft", across="1", **given)

    assert [str(day) for (day,) in rows("published_on")] == ["2001-02-03"] * 3 + ["2015-05-21"]
