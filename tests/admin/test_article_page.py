import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from corpusapp.editing.totals import recount_all
from corpusapp.editing.twins import body_marks, remember
from corpusapp.models import Article, Doubt, PublicTotal, State, Tag, TextMark
from tests.admin.conftest import messages_of
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    BylineFactory,
    CaptureFactory,
    DoubtFactory,
    SectionFactory,
    TagFactory,
)
from tests.importing.pages import paragraphs

ADD = reverse("admin:corpusapp_article_add")


def totals():
    return set(
        PublicTotal.objects.filter(articles__gt=0).values_list(
            "listing", "key", "shelf", "articles"
        )
    )


def errors_of(response):
    return response.context["errors"]


@pytest.mark.parametrize("bylines", [1, 5])
def test_page_costs_the_same_however_many_sign(editor, bylines, django_assert_max_num_queries):
    article = ArticleFactory(section=SectionFactory(), tags=["China", "UN"])
    BylineFactory.create_batch(bylines, article=article)
    CaptureFactory(article=article)
    DoubtFactory.create_batch(bylines, article=article)

    # each signature shows its author: the one query that Django's choice of authors costs;
    # a dozen and some look up whose words are near, for the tags that are suggested; others ask who
    # else is here, what was left unsaved, and for which sections the editor writes
    with django_assert_max_num_queries(40 + bylines):
        assert editor.page(article).status_code == 200


def test_capture_stands_beside_its_article_line_by_line(editor):
    raw = b"Foreign Policy\r\n\r\nA <b>New</b> Type\r\nThe text."
    fields = {
        "section": {"value": "Foreign Policy", "confidence": 0.8, "rule": "first", "lines": [1, 1]},
        "title": {"value": "A New Type", "confidence": 0.95, "rule": "longest", "lines": [3, 3]},
    }
    capture = CaptureFactory(raw=raw, fields=fields)

    page = editor.page(capture.article)

    assert [(line.number, line.text) for line in page.context["captured"].lines] == [
        (1, "Foreign Policy"),
        (2, ""),
        (3, "A <b>New</b> Type"),
        (4, "The text."),
    ]
    assert "A &lt;b&gt;New&lt;/b&gt; Type" in page.text
    assert "95 %" in page.text
    assert reverse("admin:corpusapp_capture_change", args=[capture.pk]) in page.text


def test_newest_capture_that_is_no_copy_stands_beside_the_article(editor):
    article = ArticleFactory()
    old = CaptureFactory(article=article)
    new = CaptureFactory(article=article)
    copy = CaptureFactory(article=article, duplicate_of=old)

    page = editor.page(article)

    assert page.context["capture"] == new
    assert list(page.context["other_captures"]) == [old, copy]


def test_long_capture_is_cut_beside_its_article(editor):
    capture = CaptureFactory(raw=("一行字\n" * 50_000).encode())

    page = editor.page(capture.article)

    assert page.context["captured"].is_cut
    assert len(page.content) < 700_000
    assert "\ufffd" not in page.text


@pytest.mark.parametrize("data", [None, b"no zlib"])
def test_purged_or_damaged_capture_says_so(editor, data):
    capture = CaptureFactory()
    capture.bytes.data = data
    capture.bytes.save()

    assert "was purged" in editor.page(capture.article).text


def test_saving_nothing_changes_nothing(editor):
    article = ArticleFactory(
        body="One\n\nTwo\n\nThree", section=SectionFactory(), tags=["China"], published=True
    )
    BylineFactory(article=article)
    DoubtFactory(article=article, field="body", code="body_uncertain")
    before = Article.objects.values().get()

    response = editor.save(article)

    assert messages_of(response)
    assert Article.objects.values().get() == before
    assert article.doubts.open().exists()


def test_save_keeps_the_totals_right(editor):
    old, new = SectionFactory(), SectionFactory()
    article = ArticleFactory(section=old, published=True, tags=["China"])
    byline = BylineFactory(article=article)
    other = AuthorFactory()
    ArticleFactory(section=old, published=True, tags=["China"])

    response = editor.save(
        article,
        section=new.pk,
        tags=["UN", "Climate"],
        language="zh-Hans",
        published_on="2019-03-01",
        published_precision="month",
        **{"bylines-0-author": other.pk},
    )
    after = totals()
    recount_all()

    assert response.redirect_chain
    article.refresh_from_db()
    assert (article.section, article.shelf, article.published_order) == (
        new,
        "zh-hans",
        201903000000,
    )
    assert set(article.tags.names()) == {"UN", "Climate"}
    assert after == totals()
    assert ("author", byline.author_id, "en", 1) not in after
    assert ("author", other.pk, "zh-hans", 1) in after


def test_new_article_is_a_draft_with_tags_and_byline(editor):
    author = AuthorFactory(name="Du Qiwen")
    page = editor.get(ADD)

    editor.post(
        page,
        "article",
        title="A\nNew Type\u200b",
        body="Text\r\n\r\nMore",
        tags=["China", " Chinese  economy ", "China"],
        **{"bylines-0-author": author.pk, "bylines-0-post": "Member"},
    )

    article = Article.objects.get()
    assert (article.state, article.title, article.body) == ("draft", "A New Type", "Text\n\nMore")
    assert set(article.tags.names()) == {"China", "Chinese economy"}
    assert str(article.bylines.get()) == "Du Qiwen (Member)"
    assert totals() == set()


def test_known_word_in_another_case_is_the_tag_it_means(editor):
    TagFactory(name="Climate")
    article = ArticleFactory()

    editor.save(article, tags=["CLIMATE"])

    assert list(article.tags.names()) == ["Climate"]
    assert Tag.objects.count() == 1


def test_new_word_becomes_a_tag_that_imports_find(editor):
    article = ArticleFactory(language="zh-Hans")

    editor.save(article, tags=["多边主义"])

    tag = Tag.objects.get()
    assert (tag.name, tag.label_zh_hans, tag.slug) == ("多边主义", "多边主义", "多边主义")
    assert Tag.objects.known_as({"多边主义"}) == {"多边主义": tag}


def test_who_may_not_make_tags_chooses_among_them(desk):
    author = desk("author")
    author.user.groups.get().permissions.remove(
        author.user.groups.get().permissions.get(codename="add_tag")
    )
    author.post(author.get(ADD), "article", title="Mine", body="Text")
    TagFactory(name="China")

    refused = author.save(Article.objects.get(), tags=["China", "Novelty"])
    taken = author.save(Article.objects.get(), tags=["China"])

    assert "Novelty" in str(errors_of(refused))
    assert taken.redirect_chain
    assert [tag.name for tag in Tag.objects.all()] == ["China"]


def test_two_authors_may_change_places(editor):
    article = ArticleFactory()
    first, second = BylineFactory.create_batch(2, article=article)

    response = editor.save(
        article,
        **{"bylines-0-author": second.author_id, "bylines-1-author": first.author_id},
    )

    assert response.redirect_chain
    assert list(article.bylines.values_list("author", "role")) == [
        (second.author_id, "author"),
        (first.author_id, "author"),
    ]


def test_one_author_twice_in_one_role_is_a_sentence(editor):
    article = ArticleFactory()
    first, _second = BylineFactory.create_batch(2, article=article)

    response = editor.save(article, **{"bylines-1-author": first.author_id})

    assert "signs the article twice" in str(errors_of(response))


def test_editor_writes_the_note_about_the_author_and_settles_its_doubt(editor):
    article = ArticleFactory(author_note="Old.", caption="A harbour.")
    doubt = DoubtFactory(article=article, field="biography", code="conflict")

    editor.save(article, author_note="New.\r\n\r\nTwo.", caption="Another\u200b harbour.")

    article.refresh_from_db()
    doubt.refresh_from_db()
    assert (article.author_note, article.caption) == ("New.\n\nTwo.", "Another harbour.")
    assert doubt.settled_by == editor.user


# Doubts --------------------------------------------------------------------------------------


def test_writing_in_a_field_settles_its_doubts_and_no_others(editor):
    article = ArticleFactory(undated=True)
    DoubtFactory(article=article, field="published_at", code="no_date")
    DoubtFactory(article=article, field="authors", code="no_author")
    DoubtFactory(article=article, field="title", code="title_uncertain")

    editor.save(article, published_on="2015-05-21", published_precision="day")

    settled = article.doubts.exclude(settled_at=None)
    assert [(doubt.field, doubt.settled_by) for doubt in settled] == [("published_at", editor.user)]


def test_a_signature_settles_the_doubt_about_authors(editor):
    article = ArticleFactory()
    doubt = DoubtFactory(article=article)

    editor.save(article, **{"bylines-0-author": AuthorFactory().pk})

    doubt.refresh_from_db()
    assert doubt.settled_by == editor.user


def test_end_of_the_address_follows_the_title_until_readers_have_it_and_is_the_editors_then(
    editor, client
):
    article = ArticleFactory(title="")
    editor.save(article, title="On Harbours", address_end="of-mine")
    article.refresh_from_db()
    assert article.slug == "on-harbours"
    editor.save(article, "_publish")
    before = f"/en/articles/{article.public_id}/on-harbours/"
    assert client.get(before).status_code == 200

    editor.save(article, title="On Ports")
    article.refresh_from_db()
    assert article.slug == "on-harbours"
    editor.save(article, address_end="Ports & Piers!")

    now = f"/en/articles/{article.public_id}/ports-piers/"
    assert client.get(now).status_code == 200
    moved = client.get(before)
    assert (moved.status_code, moved.headers["Location"]) == (301, now)
    editor.save(article, address_end="")
    article.refresh_from_db()
    assert article.slug == "on-ports"


def test_an_address_that_was_nobodys_to_write_is_no_conflict(editor, desk):
    article = ArticleFactory(title="A draft", draft=True)
    page = editor.page(article)
    desk("editor").save(article, "_publish")

    editor.post(page, "article", standfirst="Mine.")

    article.refresh_from_db()
    assert (article.standfirst, article.slug, article.state) == ("Mine.", "a-draft", "published")


def test_address_is_that_of_the_title_with_which_an_article_is_planned(editor):
    article = ArticleFactory(title="Old words", draft=True)

    editor.save(article, title="New words", live_from_0="2099-01-01", live_from_1="08:00:00")

    article.refresh_from_db()
    assert (article.live_from is not None, article.slug) == (True, "new-words")


def test_a_conflict_that_came_after_the_page_was_opened_waits_for_a_decision(editor):
    article = ArticleFactory(title="As imported", published=True)
    page = editor.page(article)
    doubt = DoubtFactory(article=article, field="title", code="conflict", candidates=["Newer"])

    saved = editor.post(page, "article", title="As edited")

    doubt.refresh_from_db()
    assert doubt.settled_at is None
    assert Article.objects.get().title == "As edited"
    assert messages_of(saved)[0] == (
        "A newer capture has brought other values for “As edited” meanwhile: choose."
    )
    editor.save(article, title="As edited, and seen")
    assert not Doubt.objects.open().exists()


def test_ticked_doubt_is_settled(editor):
    article = ArticleFactory()
    ticked = DoubtFactory(article=article)
    left = DoubtFactory(article=article, field="section", code="no_section")
    foreign = DoubtFactory()

    refused = editor.save(article, settled=[str(ticked.pk), str(foreign.pk)])
    editor.save(article, settled=[str(ticked.pk)])

    assert errors_of(refused)
    assert list(article.doubts.open()) == [left]
    assert foreign.article.doubts.open().exists()


# Promises of the model become sentences --------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"published_on": "", "published_precision": "day"}, "A date needs to say how precise"),
        ({"published_precision": "minute"}, "A time of day goes with the precision"),
        ({"published_offset": "480"}, "An offset goes with a time of day"),
        ({"published_on": "2015-02-31"}, "Enter a valid date"),
        ({"captured_views": "-1"}, "Write a number from 0 to 999,999,999,999."),
        ({"captured_views": "9" * 30}, "Write a number from 0 to 999,999,999,999."),
        ({"published_offset": "841"}, "Write a number from -840 to 840."),
        ({"series_position": "32768"}, "Write a number from 1 to 32,767."),
        ({"language": "Klingon"}, "Write it as en, de, zh-Hans or zh-Hant."),
        ({"title": ""}, "A published article needs a title and a text."),
        ({"body": "  "}, "A published article needs a title and a text."),
        (
            {"live_from_0": "", "live_from_1": ""},
            "A published article needs the moment it goes live.",
        ),
        ({"section": "9" * 30}, "Select a valid choice"),
        ({"tags": ["x" * 101]}, "A tag has at most 100 characters"),
        ({"bylines-0-author": "9" * 30}, "Select a valid choice"),
    ],
)
def test_broken_promise_is_a_sentence_and_saves_nothing(editor, changes, sentence):
    article = ArticleFactory(published=True)
    before = Article.objects.values().get()

    response = editor.save(article, **changes)

    assert sentence in str(errors_of(response))
    assert Article.objects.values().get() == before


def test_second_edition_in_one_language_is_a_sentence(editor):
    article = ArticleFactory(language="en")
    ArticleFactory(language="de", translation_key=article.translation_key)

    response = editor.save(article, language="de")

    assert "already has an edition in that language" in str(errors_of(response))


def test_month_is_stored_as_its_first_day(editor):
    article = ArticleFactory(undated=True)

    editor.save(article, published_on="2015-05-21", published_precision="month")

    article.refresh_from_db()
    assert article.published_at == "2015-05"


@pytest.mark.parametrize(
    ("typed", "chosen", "stored"),
    [
        ("2015", "", "2015"),
        ("2015-05", "", "2015-05"),
        ("2015年5月", "day", "2015-05"),
        ("2015", "month", "2015"),
        ("2015-05", "year", "2015"),
        ("2015-05-21", "day", "2015-05-21"),
        ("2015/5/21", "", "2015-05-21"),
    ],
)
def test_date_is_as_precise_as_it_is_written(editor, typed, chosen, stored):
    article = ArticleFactory(undated=True)

    editor.save(article, published_on=typed, published_precision=chosen)

    article.refresh_from_db()
    assert article.published_at == stored


def test_precision_that_follows_a_date_is_the_editors(editor):
    article = ArticleFactory(published_on=date(2015, 1, 1))

    editor.save(article, published_on="2015")

    article.refresh_from_db()
    assert article.published_at == "2015"
    assert list(article.field_owners.values_list("field", flat=True)) == ["published_at"]


def test_what_cannot_be_seen_leaves_no_space_behind(editor):
    article = ArticleFactory()

    editor.save(article, title="\u202e evil \u200b\u2066 title \u2069", body="\u2066 Text \u2069")

    article.refresh_from_db()
    assert (article.title, article.body) == ("evil title", "Text")


def test_stored_spaces_are_no_change_of_who_saves_something_else(editor):
    article = ArticleFactory(title="Two  spaces")

    editor.save(article, caption="New")

    assert list(article.field_owners.values_list("field", flat=True)) == ["caption"]


@pytest.mark.parametrize("button", ["_save", "_continue"])
def test_long_title_is_shortened_where_it_is_told(editor, button):
    article = ArticleFactory(title="A & b " * 80)

    (said,) = messages_of(editor.save(article, button, caption="New"))

    words = re.sub("<[^>]*>", "", said)
    assert "A &amp; b A &amp; b" in words
    assert "…" in words
    assert len(unescape(words)) < 220


# Buttons -------------------------------------------------------------------------------------


def test_save_and_publish_does_both(editor):
    article = ArticleFactory(title="Old", section=SectionFactory())

    response = editor.save(article, "_publish", title="New")

    article.refresh_from_db()
    assert (article.title, article.is_public(), article.counted) == ("New", True, True)
    assert "“New” is published." in messages_of(response)
    after = totals()
    recount_all()
    assert after == totals() != set()


def test_new_article_can_be_published_at_once(editor):
    editor.post(editor.get(ADD), "article", "_publish", title="New", body="Text")

    assert Article.objects.published().get().title == "New"
    assert ("all", 0, "en", 1) in totals()


def test_future_moment_schedules(editor):
    article = ArticleFactory()
    moment = timezone.now() + timedelta(days=2)

    response = editor.save(
        article,
        "_publish",
        live_from_0=moment.strftime("%Y-%m-%d"),
        live_from_1=moment.strftime("%H:%M:%S"),
    )

    assert messages_of(response) == [
        f"“{article}” is scheduled: readers see it from {moment:%Y-%m-%d %H:%M} on."
    ]
    assert Article.objects.scheduled().get() == article
    assert totals() == set()


def test_what_readers_see_is_not_hidden_by_planning_it(editor):
    article = ArticleFactory(published=True)
    moment = timezone.now() + timedelta(days=2)

    page = editor.save(article, live_from_0=moment.strftime("%Y-%m-%d"), live_from_1="12:00:00")

    assert "Readers see it already" in page.text
    assert Article.objects.published().get() == article


@pytest.mark.parametrize(
    ("button", "trait", "state", "is_asked"),
    [
        ("_withdraw", "published", State.WITHDRAWN, True),
        ("_review", "published", State.REVIEW, True),
        ("_review", "draft", State.REVIEW, False),
        ("_publish", "withdrawn", State.PUBLISHED, False),
    ],
)
def test_buttons_move_the_article(editor, button, trait, state, is_asked):
    article = ArticleFactory(**{trait: True})

    if is_asked:
        editor.move(article, button, title="And saved", why="A reason")
    else:
        editor.save(article, button, title="And saved")

    article.refresh_from_db()
    assert (article.state, article.title) == (state, "And saved")
    after = totals()
    recount_all()
    assert after == totals()


def test_bin_and_back(editor):
    article = ArticleFactory(published=True)

    editor.move(article, "_bin")
    gone = totals()
    editor.save(article, "_restore")

    assert gone == set()
    assert Article.objects.published().get() == article
    assert LogEntry.objects.filter(object_id=str(article.pk)).count() == 4


def test_without_title_or_text_nothing_is_published_and_nothing_lost(editor):
    article = ArticleFactory(title="", body="")

    response = editor.save(article, "_publish", standfirst="Work")

    assert "Needed before the article can be published." in str(errors_of(response))
    assert "Work" in response.text


def test_only_public_articles_lead_to_the_site(editor):
    public = ArticleFactory(published=True, language="zh-Hans")
    hidden = ArticleFactory(scheduled=True)

    assert f"/zh-hans/articles/{public.public_id}/" in editor.page(public).text
    assert f"/articles/{hidden.public_id}/" not in editor.page(hidden).text


def test_saved_text_is_found_by_its_own_marks_and_no_more_by_those_it_had(editor):
    before, after = ("\n\n".join(paragraphs(seed)[1:]) for seed in (1, 2))  # nothing in common
    article = ArticleFactory(body=before)
    remember({article.pk: body_marks(before)})

    editor.save(article, body=after)

    assert Article.objects.get().body == after
    assert TextMark.objects.holders(body_marks(before)) == {}
    assert TextMark.objects.holders(body_marks(after)) == {
        mark: [article.pk] for mark in body_marks(after)
    }


def test_save_of_another_field_leaves_the_marks_as_they_are(editor):
    article = ArticleFactory(body="\n\n".join(paragraphs(1)))

    editor.save(article, title="Another title")

    assert not TextMark.objects.holders(body_marks(article.body))


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("history", "History"),
        ("corrections", "Corrections"),
        ("editions", "Editions"),
        ("share", "Share a preview"),
        ("move/_withdraw", "Withdraw"),
    ],
)
def test_pages_about_an_article_lead_back_to_it_alike(editor, page, words):
    article = ArticleFactory(title="港口", language="zh-Hans", published=True)
    here = reverse("admin:corpusapp_article_change", args=[article.pk])

    text = editor.get(here.replace("change", page)).text

    crumbs = re.search(r'<ol class="breadcrumbs">(.*?)</ol>', text, re.DOTALL)[1]
    assert [line.strip() for line in crumbs.strip().splitlines()] == [
        '<li><a href="/admin/">Home</a></li>',
        '<li><a href="/admin/corpusapp/article/">Articles</a></li>',
        f'<li><a href="{here}" lang="zh-Hans">港口</a></li>',
        f'<li aria-current="page">{words}</li>',
    ]
