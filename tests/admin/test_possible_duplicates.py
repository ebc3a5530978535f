import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from corpusapp.editing.publish import put_in_bin
from corpusapp.models import Article, Doubt, PossibleDuplicate, Verdict
from tests.admin.conftest import messages_of
from tests.factories import ArticleFactory, CaptureFactory, DoubtFactory, PossibleDuplicateFactory
from tests.importing.pages import paragraphs

LIST = reverse("admin:corpusapp_possibleduplicate_changelist")
TEXT = paragraphs(1, 6)


@pytest.fixture
def pair(db):  # noqa: ARG001 - articles are rows
    earlier = ArticleFactory(title="The Earlier One", published=True, body="\n\n".join(TEXT[:3]))
    later = ArticleFactory(
        title="The <b>Later</b> 100% One",
        body="\n\n".join([*TEXT[:3], "Quite another end, and nobody knows why."]),
    )
    CaptureFactory(article=later, path="pages/later.txt")
    DoubtFactory(article=later, field="body", code="possible_duplicate", holds=True)
    return PossibleDuplicateFactory(earlier=earlier, later=later, shared=0.93)


def press(desk, pair, button):
    page = desk.page(pair)
    return desk.client.post(page.wsgi_request.path, {button: "1"}, follow=True)


def test_list_shows_those_that_wait_most_alike_first(editor, pair):
    other = PossibleDuplicateFactory(shared=0.5)
    decided = PossibleDuplicateFactory(verdict=Verdict.KEEP_BOTH)
    binned = PossibleDuplicateFactory()
    put_in_bin([binned.earlier_id])

    assert list(editor.get(LIST).context["cl"].result_list) == [pair, other]
    assert list(editor.get(LIST, verdict="keep_both").context["cl"].result_list) == [decided]


@pytest.mark.parametrize("rows", [1, 5])
def test_list_loads_no_text_and_costs_the_same(editor, rows, django_assert_num_queries):
    PossibleDuplicateFactory.create_batch(rows)

    # the last asks whether who looks is the editor of some sections
    with django_assert_num_queries(7) as queries:
        editor.get(LIST)

    assert not any('"body"' in query["sql"] for query in queries.captured_queries)


def test_page_shows_both_texts_with_what_they_share_marked(editor, pair):
    page = editor.page(pair)

    comparison = page.context["comparison"]
    assert [
        [[(piece.text, piece.shared) for piece in paragraph] for paragraph in side.paragraphs]
        for side in comparison.sides
    ] == [
        [
            [(text[:-1], True), (".", False)] if text is TEXT[2] else [(text, True)]
            for text in TEXT[:3]
        ],
        [
            *([[(text, True)] for text in TEXT[:2]]),
            [(TEXT[2][:-1], True), (".", False)],
            [("Quite another end, and nobody knows why.", False)],
        ],
    ]
    assert comparison.later.files == ["pages/later.txt"]
    assert "The &lt;b&gt;Later&lt;/b&gt; 100% One" in page.text
    assert "<b>Later" not in page.text
    assert "93% of the smaller text in common" in page.text


def test_article_leads_to_the_comparison(editor, pair):
    page = editor.page(pair.later)

    assert (
        f'href="{reverse("admin:corpusapp_possibleduplicate_change", args=[pair.pk])}"' in page.text
    )
    assert "The Earlier One" in page.text


@pytest.mark.usefixtures("pair")
def test_first_page_counts_what_waits(editor):
    waiting = {str(line.words): line for line in editor.get("/admin/").context["waiting"]}

    assert (waiting["possible duplicates"].count, waiting["possible duplicates"].address) == (
        1,
        LIST,
    )


@pytest.mark.parametrize(
    ("button", "verdict", "in_bin"),
    [
        ("keep_both", Verdict.KEEP_BOTH, None),
        ("newer", Verdict.NEWER, "The <b>Later</b> 100% One"),
        ("merge_earlier", Verdict.MERGED, "The <b>Later</b> 100% One"),
        ("merge_later", Verdict.MERGED, "The Earlier One"),
    ],
)
def test_each_choice_is_done_noted_and_can_be_taken_back(editor, pair, button, verdict, in_bin):
    told = messages_of(press(editor, pair, button))

    pair.refresh_from_db()
    gone = Article.objects.filter(binned_at__isnull=False).first()
    assert (pair.verdict, pair.decided_by) == (verdict, editor.user)
    assert (gone.title if gone else None) == in_bin
    noted = LogEntry.objects.filter(user=editor.user)
    assert {entry.object_id for entry in noted} == {str(pair.earlier_id), str(pair.later_id)}
    assert {entry.change_message for entry in noted} == set(told)

    press(editor, pair, "take_back")

    pair.refresh_from_db()
    assert pair.verdict == Verdict.OPEN
    assert not Article.objects.filter(binned_at__isnull=False).exists()
    assert Doubt.objects.open().filter(code="possible_duplicate").count() == 1


def test_the_next_one_that_waits_follows(editor, pair):
    following = PossibleDuplicateFactory(shared=0.6)

    answer = press(editor, pair, "keep_both")

    assert answer.context["pair"] == following


def test_who_comes_too_late_is_told_and_changes_nothing(editor, pair):
    press(editor, pair, "keep_both")

    told = messages_of(press(editor, pair, "merge_earlier"))

    assert told == ["Somebody has decided this meanwhile, or one of the two lies in the bin."]
    assert PossibleDuplicate.objects.get().verdict == Verdict.KEEP_BOTH


@pytest.mark.parametrize("who", ["author", "reader"])
@pytest.mark.parametrize("button", ["keep_both", "newer", "merge_later", "take_back"])
def test_who_may_not_decide_may_look(desk, pair, who, button):
    page = desk(who).page(pair)

    assert page.status_code == 200
    assert f'name="{button}"' not in page.text
    assert press(desk(who), pair, button).status_code == 403
    assert PossibleDuplicate.objects.get().verdict == Verdict.OPEN


@pytest.mark.parametrize("odd", ["0", "99999999", "1_0", "99999999999999999999999", "x"])
def test_pair_that_is_none_is_not_found(editor, odd):
    assert editor.get(f"{LIST}{odd}/change/").status_code == 404


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ({}, "published in its place"),
        ({"draft": True}, "published in its place"),
        ({"withdrawn": True}, "find nothing"),
        ({"scheduled": True}, "find nothing"),
        ({"published": True}, ""),
    ],
)
def test_what_readers_would_notice_is_said_before(editor, state, told):
    earlier = ArticleFactory(body="\n\n".join(TEXT), **state)
    later = ArticleFactory(body="\n\n".join(TEXT), published=True)
    pair = PossibleDuplicateFactory(earlier=earlier, later=later)
    page = editor.page(pair)

    assert told in page.context["for_readers"]["earlier"]
    assert bool(page.context["for_readers"]["earlier"]) == bool(told)
    if told.startswith("published"):
        press(editor, pair, "merge_earlier")
        earlier.refresh_from_db()
        assert earlier.is_public()


def test_nothing_is_said_where_readers_see_neither(editor):
    pair = PossibleDuplicateFactory()

    assert editor.page(pair).context["for_readers"] == {"earlier": "", "later": ""}
