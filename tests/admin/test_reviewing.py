"""The review queue and the review screen: the worst first, one button to the next, nothing typed is lost."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from corpusapp.admin.review_queue import Place
from corpusapp.editing.trail import entries_of
from corpusapp.editing.twins import POSSIBLE_DUPLICATE
from corpusapp.editing.undescribed import UNDESCRIBED
from corpusapp.importing.outcome import CONFLICT
from corpusapp.models import (
    Article,
    Author,
    Capture,
    FieldOwner,
    LineChange,
    Picture,
    State,
    Verdict,
)
from tests.admin.browser import fields_of
from tests.admin.conftest import messages_of
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    BylineFactory,
    CaptureFactory,
    DoubtFactory,
    PossibleDuplicateFactory,
    SectionFactory,
    SourceFactory,
)
from tests.importing.pages import page

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:corpusapp_article_review_queue")
NEXT = reverse("admin:corpusapp_article_review_next")


LIST_OF_PAIRS = reverse("admin:corpusapp_possibleduplicate_changelist")


def screen(article):
    return reverse("admin:corpusapp_article_review", args=[article.pk])


def press(desk, article, button, value="1", **changes):
    """Open the review screen, change these fields and press a button; where that leads."""
    fields = fields_of(desk.get(screen(article)), "article_form")
    for name, given in changes.items():
        fields[name] = given if isinstance(given, list) else [given]
    return desk.client.post(screen(article), {**fields, button: value})


def followed(desk, response):
    return desk.client.get(response.url)


def now(article):
    return Article.objects.get(pk=article.pk)


@pytest.fixture
def capture():
    """An article of an imported page, whose third line is the title."""
    return CaptureFactory(raw=page(1), article__title="A Title That Was Guessed")


@pytest.fixture
def waiting():
    """One article for each part of the queue, made in the opposite order."""
    oldest = ArticleFactory(title="Oldest")
    younger = ArticleFactory(title="Younger")
    named = ArticleFactory(title="New name")
    BylineFactory(article=named, author=AuthorFactory(is_new=True))
    unsure = ArticleFactory(title="Unsure", sureness=40)
    worse = ArticleFactory(title="Worse", sureness=3)
    twin = ArticleFactory(title="Twin", sureness=0)
    DoubtFactory(article=twin, code=POSSIBLE_DUPLICATE, field="body")
    disputed = ArticleFactory(title="Disputed", published=True)
    DoubtFactory(article=disputed, code=CONFLICT, field="title", candidates=["Other"])
    ArticleFactory(title="Public", published=True)
    ArticleFactory(title="Draft", draft=True)
    ArticleFactory(title="Binned", binned=True)
    return [disputed, twin, worse, unsure, named, oldest, younger]


class TestQueue:
    def test_worst_comes_first_and_each_once(self, editor, waiting):
        met = []
        response = editor.get(NEXT)
        while response.url != QUEUE:
            article = Article.objects.get(pk=response.url.split("/")[-3])
            met.append(article)
            response = press(editor, article, "_skip")

        assert met == waiting

    def test_page_names_each_part_with_its_articles(self, editor, waiting):
        response = editor.get(QUEUE)

        shown = [(len(part["articles"]), part["count"]) for part in response.context["parts"]]
        assert shown == [(1, "1"), (1, "1"), (2, "2"), (1, "1"), (2, "2")]
        assert editor_parts(response) == waiting

    @pytest.mark.parametrize("articles", [1, 30])
    def test_page_costs_the_same_however_many_wait(
        self, editor, articles, django_assert_max_num_queries
    ):
        ArticleFactory.create_batch(articles, sureness=7)
        ArticleFactory.create_batch(articles)
        editor.get(QUEUE)

        with django_assert_max_num_queries(
            14
        ):  # session, user, rights, sections, five parts, two counts, who is there, captures to be read again
            editor.get(QUEUE)

    def test_empty_queue_says_so(self, editor):
        assert "Nothing waits" in editor.get(QUEUE).text
        assert editor.get(NEXT).url == QUEUE

    def test_author_reviews_what_they_began_and_nothing_else(self, author, waiting):
        assert editor_parts(author.get(QUEUE)) == []
        assert author.get(screen(waiting[-1])).status_code == 403

    def test_reader_of_drafts_has_no_queue(self, reader, waiting):
        assert reader.get(QUEUE).status_code == 403
        assert reader.get(screen(waiting[-1])).status_code == 403
        assert reader.client.post(screen(waiting[-1]), {"_approve": "1"}).status_code == 403

    @pytest.mark.parametrize(
        "after", ["", "9.9.9", "1.2", "2.40.99999999999999999999", "x", "3.0.0"]
    )
    @pytest.mark.usefixtures("waiting")
    def test_any_place_in_the_address_leads_on(self, editor, after):
        assert editor.get(NEXT, after=after).status_code == 302

    def test_place_is_read_as_it_is_written(self):
        assert Place.read(str(Place(2, 40, 7))) == Place(2, 40, 7)


def editor_parts(response):
    return [article for part in response.context["parts"] for article, _who in part["articles"]]


class TestDecision:
    def test_approving_publishes_confirms_and_goes_on(self, editor, waiting):
        named, oldest = waiting[4], waiting[5]
        doubt = DoubtFactory(article=named, field="published_at", code="no_date")

        response = press(editor, named, "_approve")

        assert response.url == screen(oldest)
        assert (now(named).state, now(named).sureness) == (State.PUBLISHED, 100)
        assert not named.bylines.get().author.is_new
        doubt.refresh_from_db()
        assert doubt.settled_by == editor.user
        assert FieldOwner.objects.get(article=named).field == "published_at"
        assert "is published" in messages_of(followed(editor, response))[0]

    @pytest.mark.parametrize("button", ["_approve", "_approve_draft"])
    def test_doubt_that_came_meanwhile_is_shown_before_it_is_settled(self, editor, waiting, button):
        article = waiting[5]
        fields = fields_of(editor.get(screen(article)), "article_form")
        doubt = DoubtFactory(article=article, code=CONFLICT, field="title", holds=True)

        response = editor.client.post(screen(article), {**fields, button: "1"})

        assert response.url == screen(article)
        assert "has changed since you saw it" in messages_of(followed(editor, response))[0]
        doubt.refresh_from_db()
        assert (doubt.settled_at, now(article).state) == (None, State.REVIEW)

        press(editor, article, "_approve")

        assert now(article).state == State.PUBLISHED
        assert not article.doubts.open().exists()

    def test_picture_without_words_is_not_settled_by_approving(self, editor, waiting):
        picture = Picture.objects.create(name="Harbour", width=9, height=6, sizes=[[9, 6]])
        article, body = waiting[5], f"Text.\n\n![]({picture.address(9, 6, 'jpg')})"

        typed = press(editor, article, "_approve", body=body)

        assert "no word says what" in messages_of(followed(editor, typed))[0]
        assert press(editor, article, "_approve").url == screen(article)
        assert (now(article).body, now(article).state) == (body, State.REVIEW)

        press(editor, article, "_approve_draft")

        assert now(article).state == State.DRAFT
        assert article.doubts.open().get().code == UNDESCRIBED

    def test_approving_as_a_draft_publishes_nothing(self, editor, waiting):
        press(editor, waiting[5], "_approve_draft")

        assert now(waiting[5]).state == State.DRAFT

    def test_what_was_typed_is_saved_with_the_decision(self, editor, waiting):
        press(editor, waiting[5], "_approve", title="Another title")

        assert (now(waiting[5]).title, now(waiting[5]).state) == ("Another title", State.PUBLISHED)

    def test_two_who_wrote_in_one_field_decide_nothing_before_they_have_seen_it(
        self, editor, waiting
    ):
        article = waiting[5]
        fields = fields_of(editor.get(screen(article)), "article_form")
        Article.objects.filter(pk=article.pk).update(title="Theirs", version=2)

        sent = {**fields, "title": ["Ours"], "_approve": "1"}
        response = editor.client.post(screen(article), sent)

        assert response.status_code == 200
        assert response.context["clashes"]
        assert (now(article).title, now(article).state) == ("Theirs", State.REVIEW)

    @pytest.mark.parametrize("meanwhile", [{"binned": True}, {"withdrawn": True}])
    def test_what_somebody_refused_or_withdrew_meanwhile_stays_so(self, editor, meanwhile):
        article = ArticleFactory(**meanwhile)

        response = press(editor, article, "_approve")

        assert not Article.objects.published().exists()
        assert "meanwhile; it stays so" in messages_of(followed(editor, response))[0]

    def test_nothing_without_title_and_text_is_approved(self, editor):
        article = ArticleFactory(title="")

        response = press(editor, article, "_approve")

        assert response.url == screen(article)
        assert now(article).state == State.REVIEW
        assert messages_of(followed(editor, response)) == [
            f"“[{article.public_id}]” needs a title first."
        ]

    def test_approving_before_its_moment_says_when_readers_see_it(self, editor):
        moment = datetime(2999, 1, 2, 3, 4, tzinfo=UTC)
        article = ArticleFactory(title="Later", live_from=moment)

        response = press(editor, article, "_approve")

        assert now(article).live_from == moment
        assert messages_of(followed(editor, response))[0].startswith(
            "“Later” is scheduled: readers see it from 2999-01-02 03:04 on. <a href="
        )

    def test_possible_duplicate_is_decided_first(self, editor):
        pair = PossibleDuplicateFactory()

        response = press(editor, pair.later, "_approve")

        assert response.url == screen(pair.later)
        assert now(pair.later).state == State.REVIEW

    def test_two_pieces_are_kept_on_the_screen_itself(self, editor):
        pair = PossibleDuplicateFactory(
            earlier__section=SectionFactory(name="Sea"), later__title="Later"
        )
        DoubtFactory(article=pair.later, code=POSSIBLE_DUPLICATE, field="body", holds=True)
        page = editor.get(screen(pair.later))

        response = press(editor, pair.later, "_keep_both", pair.pk)
        again = press(editor, pair.later, "_keep_both", pair.pk)

        assert f'name="_keep_both" value="{pair.pk}"' in page.text
        assert response.url == again.url == screen(pair.later)
        pair.refresh_from_db()
        assert pair.verdict == Verdict.KEEP_BOTH
        assert not pair.later.doubts.open().exists()
        assert "meanwhile" in messages_of(followed(editor, again))[-1]

    def test_pair_of_another_section_is_not_decided_on_the_screen(self, desk):
        limited = desk("editor")
        mine = SectionFactory(name="Sea")
        limited.user.sections.add(mine)
        pair = PossibleDuplicateFactory(later__section=mine, earlier__section=SectionFactory())

        page = limited.get(screen(pair.later))
        response = press(limited, pair.later, "_keep_both", pair.pk, standfirst="Typed")

        assert "_keep_both" not in page.text
        assert messages_of(followed(limited, response))[-1].startswith("You are the editor of")
        pair.refresh_from_db()
        assert (pair.verdict, now(pair.later).standfirst) == (Verdict.OPEN, "Typed")

    def test_comparing_the_two_leads_back_to_the_screen(self, editor, waiting):
        pair = PossibleDuplicateFactory()
        DoubtFactory(article=pair.later, code=POSSIBLE_DUPLICATE, field="body", holds=True)
        there = reverse("admin:corpusapp_possibleduplicate_change", args=[pair.pk])
        address = f"{there}?review={pair.later_id}"

        assert f'href="{address}"' in editor.get(screen(pair.later)).text
        joined = editor.client.post(address, {"merge_later": "1"})
        editor.client.post(there, {"take_back": "1"})
        left = editor.client.post(address, {"merge_earlier": "1"})
        astray = editor.client.post(f"{there}?review={waiting[0].pk}", {"keep_both": "1"})

        assert joined.url == screen(pair.later)
        assert left.url == reverse("admin:corpusapp_article_review_next")
        assert astray.url == LIST_OF_PAIRS

    def test_refusing_needs_a_reason_and_puts_it_in_the_bin(self, editor, waiting):
        oldest, younger = waiting[5:]

        without = press(editor, oldest, "_refuse")
        stays = now(oldest).binned_at
        refused = press(editor, oldest, "_refuse", why="A list of links")

        assert (without.url, stays) == (screen(oldest), None)
        assert refused.url == screen(younger)
        assert now(oldest).binned_at

    def test_refusing_what_somebody_has_published_takes_nothing_from_readers(self, editor, desk):
        article = ArticleFactory(title="Two at it")
        opened = fields_of(editor.get(screen(article)), "article_form")
        press(desk("editor"), article, "_approve")

        stale = editor.client.post(screen(article), {**opened, "_refuse": "1", "why": "A list"})
        said = messages_of(followed(editor, stale))
        fresh = press(editor, article, "_refuse", why="A list")

        assert now(article).binned_at is None
        assert stale.url == fresh.url == screen(article)
        assert "has changed since you saw it" in said[-1]
        assert "is published: withdraw it" in messages_of(followed(editor, fresh))[-1]

    def test_what_readers_see_is_called_no_draft(self, editor):
        article = ArticleFactory(title="Seen", published=True)

        response = press(editor, article, "_approve_draft")

        assert now(article).state == State.PUBLISHED
        assert messages_of(followed(editor, response))[0].startswith(
            "“Seen” is looked through, and published as it was."
        )

    def test_author_cannot_publish_what_they_may_change(self, author):
        article = begun_by(author)

        response = author.client.post(screen(article), {"_approve": "1"})

        assert response.status_code == 403
        press(author, article, "_approve_draft")
        assert now(article).state == State.DRAFT

    def test_fields_that_the_screen_does_not_show_stay(self, editor):
        article = ArticleFactory(editors_choice=True, withdrawal_note="Kept")

        press(editor, article, "_save_review", title="New")

        assert (now(article).title, now(article).editors_choice, now(article).withdrawal_note) == (
            "New",
            True,
            "Kept",
        )


def begun_by(desk):
    add = reverse("admin:corpusapp_article_add")
    desk.post(desk.get(add), "article", title="Mine", body="Text")
    article = Article.objects.latest("pk")
    Article.objects.filter(pk=article.pk).update(state=State.REVIEW)
    return article


class TestLines:
    def test_chosen_lines_are_given_to_a_field(self, editor, capture):
        response = press(editor, capture.article, "_give", "title", lines=["3"])

        assert response.url == screen(capture.article) + "#line-3"
        assert now(capture.article).title == "What Place 1 Learned From Its Long and Stormy Winter"
        assert set(FieldOwner.objects.values_list("field", "user")) == {("title", editor.user.pk)}

    def test_line_that_was_given_is_told_to_who_hears_the_page(self, editor, capture):
        response = press(editor, capture.article, "_give", "title", lines=["3"])

        shown = followed(editor, response)
        (said,) = shown.context["messages"]
        assert (str(said), said.tags) == (
            "Given lines of the capture: title.",
            "visually-hidden success",
        )

    def test_first_link_of_the_screen_skips_to_the_decisions(self, editor, capture):
        page = editor.get(screen(capture.article)).text

        link = page.index('<a href="#decisions" class="skip-to-content-link">')
        assert link < page.index('name="lines"') < page.index('id="decisions"')

    def test_what_was_typed_is_saved_with_the_line(self, editor, capture):
        press(editor, capture.article, "_give", "title", lines=["3"], standfirst="Typed")

        assert now(capture.article).standfirst == "Typed"
        assert now(capture.article).title.startswith("What Place 1")

    def test_line_shows_what_it_was_given_to(self, editor, capture):
        press(editor, capture.article, "_give", "caption", lines=["20"])

        lines = {
            line.number: line
            for line in editor.get(screen(capture.article)).context["captured"].lines
        }
        assert (lines[20].part, str(lines[20].rule)) == ("caption", "given by an editor")

    def test_line_is_given_back_to_what_it_was_judged(self, editor, capture):
        press(editor, capture.article, "_give", "furniture", lines=["3"])
        press(editor, capture.article, "_give", "judged", lines=["3"])

        assert not LineChange.objects.exists()

    @pytest.mark.parametrize(
        ("part", "lines"), [("title", []), ("blank", ["3"]), ("nonsense", ["3"]), ("title", ["x"])]
    )
    def test_nonsense_changes_nothing(self, editor, capture, part, lines):
        response = press(editor, capture.article, "_give", part, lines=lines)

        assert response.status_code == 302
        assert now(capture.article).title == "A Title That Was Guessed"

    def test_line_beyond_the_capture_changes_nothing(self, editor, capture):
        response = press(editor, capture.article, "_give", "furniture", lines=["999"])

        assert response.status_code == 302
        assert not LineChange.objects.exists()

    @pytest.mark.parametrize(
        ("part", "shown", "most"), [("title", "title", 500), ("section", "section", 200)]
    )
    def test_line_too_long_for_its_field_is_not_cut_off(self, editor, part, shown, most):
        capture = CaptureFactory(
            raw=page(1, texts=["The ice came late. " * 80]), article__title="Kept"
        )
        number = next(
            number
            for number, line in enumerate(page(1, texts=["x"]).decode().split("\n"), 1)
            if line == "x"
        )

        response = press(editor, capture.article, "_give", part, lines=[str(number)])

        said = (
            f"Too long for this field ({shown}): 1,519 characters, and it holds {most}."
            " Nothing was changed; write it in the field yourself."
        )
        assert messages_of(followed(editor, response)) == [said]
        assert now(capture.article).title == "Kept"
        assert not LineChange.objects.exists()

    def test_line_without_a_date_says_so(self, editor, capture):
        response = press(editor, capture.article, "_give", "date", lines=["20"])

        assert messages_of(followed(editor, response)) == ["No date can be read in that line."]

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("5", "“May 21, 2015” is a date and no name"),
            ("3", "“What Place 1 Learned From Its Long and Stormy Winter, and W"),
        ],
    )
    def test_line_that_can_be_no_name_makes_no_author(self, editor, line, said):
        title = "What Place 1 Learned From Its Long and Stormy Winter, and What Its Neighbours Did About It Then and Now"
        capture = CaptureFactory(raw=page(1, title=title))

        response = press(editor, capture.article, "_give", "byline", lines=[line])

        (told,) = messages_of(followed(editor, response))
        assert told.startswith(said)
        assert told.endswith("Nothing was changed; if it is one, say so in the field yourself.")
        assert not Author.objects.exists()

    def test_text_written_by_hand_stays_until_a_button_gives_it_up(self, editor, capture):
        press(editor, capture.article, "_save_review", body="By hand.")
        kept = press(editor, capture.article, "_give", "body", lines=["20"])
        told, stayed = messages_of(followed(editor, kept)), now(capture.article).body
        press(editor, capture.article, "_remake")

        assert stayed == "By hand."
        assert "written by hand" in told[-1]
        assert now(capture.article).body.endswith("You might also like")

    def test_candidate_is_taken_by_a_plain_button(self, editor, capture):
        doubt = DoubtFactory(
            article=capture.article,
            field="title",
            code="title_uncertain",
            candidates=["One", "Two"],
        )

        press(editor, capture.article, "_take", f"{doubt.pk}:1")

        assert now(capture.article).title == "Two"
        assert not capture.article.doubts.open().exists()

    @pytest.mark.parametrize("token", ["", "x:y", "0:0", "1:99", "99999999999999999999:0"])
    def test_candidate_there_is_not_changes_nothing(self, editor, capture, token):
        assert press(editor, capture.article, "_take", token).status_code == 302
        assert now(capture.article).title == "A Title That Was Guessed"

    def test_learned_furniture_offers_to_read_the_others_again(self, editor):
        source = SourceFactory()
        for number in range(3):
            one = CaptureFactory(raw=page(number), source=source, article__source=source)
            response = press(editor, one.article, "_give", "furniture", lines=["20"])

        told = messages_of(followed(editor, response))
        assert "Learned: “You might also like”" in told[0]
        assert f"/importrun/reextract/?source={source.pk}&amp;look=1" in told[0]

    def test_screen_costs_the_same_however_long_the_capture(
        self, editor, django_assert_max_num_queries
    ):
        for count in (2, 60):
            text = page(
                1, texts=[f"Paragraph {n} of a long account, told in full." for n in range(count)]
            )
            one = CaptureFactory(raw=text)
            editor.get(screen(one.article))
            with django_assert_max_num_queries(48):
                editor.get(screen(one.article))

    def test_article_without_a_capture_can_be_reviewed(self, editor):
        article = ArticleFactory()

        assert "No capture stands behind" in editor.get(screen(article)).text

    def test_capture_whose_bytes_are_gone_can_be_reviewed(self, editor, capture):
        capture.bytes.data = None
        capture.bytes.save()

        response = press(editor, capture.article, "_give", "title", lines=["3"])

        assert response.status_code == 302
        assert Capture.objects.get().article == capture.article


class TestNewNames:
    @pytest.fixture
    def signed(self):
        """An article signed by a new name, and somebody who it may be."""
        known = AuthorFactory(name="John Smith", family_name="Smith", given_name="John")
        new = AuthorFactory(name="J. Smith", family_name="Smith", given_name="J.", is_new=True)
        article = ArticleFactory()
        BylineFactory(article=article, author=new, name="J. Smith")
        return article, new, known

    def test_one_button_says_that_it_is_somebody_known(self, editor, signed):
        article, new, known = signed

        shown = editor.get(screen(article))
        response = press(editor, article, "_same", f"{new.pk}:{known.pk}", title="Typed")

        assert f'name="_same" value="{new.pk}:{known.pk}"' in shown.text
        assert (article.bylines.get().author, article.bylines.get().name) == (known, "J. Smith")
        assert now(article).title == "Typed"
        assert ">Undo</a>" in messages_of(followed(editor, response))[0]

    def test_one_button_says_that_it_is_somebody_new(self, editor, signed):
        article, new, _known = signed

        press(editor, article, "_new_name", str(new.pk))

        new.refresh_from_db()
        assert (new.is_new, article.bylines.get().author) == (False, new)
        assert editor.get(screen(article)).context["new_names"] == []

    @pytest.mark.parametrize("token", ["", "x:y", "0:0", "9" * 30, ":"])
    def test_nonsense_changes_nobody(self, editor, signed, token):
        article, new, _known = signed

        press(editor, article, "_same", token)
        press(editor, article, "_new_name", token)

        new.refresh_from_db()
        assert (new.is_new, new.merged_into) == (True, None)

    def test_name_under_another_article_is_not_decided_here(self, editor, signed):
        _article, new, known = signed
        elsewhere = ArticleFactory()

        press(editor, elsewhere, "_same", f"{new.pk}:{known.pk}")
        press(editor, elsewhere, "_new_name", str(new.pk))

        new.refresh_from_db()
        assert (new.is_new, new.merged_into) == (True, None)

    def test_merging_needs_its_right(self, author, signed):
        _article, new, known = signed
        mine = begun_by(author)
        BylineFactory(article=mine, author=new)

        response = press(author, mine, "_same", f"{new.pk}:{known.pk}")

        assert response.status_code == 403
        assert author.get(screen(mine)).context["new_names"] == [(new, [])]

    def test_saying_that_it_is_somebody_new_is_in_the_trail(self, editor, signed):
        article, new, _known = signed

        press(editor, article, "_new_name", str(new.pk))

        (entry,) = entries_of(new)
        assert entry.details == {"changes": {"is_new": [True, False]}}

    def test_saying_that_it_is_somebody_new_needs_the_right_to_authors(self, author, signed):
        _article, new, _known = signed
        mine = begun_by(author)
        BylineFactory(article=mine, author=new)

        response = press(author, mine, "_new_name", str(new.pk))

        new.refresh_from_db()
        assert (response.status_code, new.is_new) == (403, True)
        assert "_new_name" not in author.get(screen(mine)).text


def test_first_page_leads_to_the_queue_for_those_who_may_change(editor, reader):
    index = reverse("admin:index")

    assert QUEUE in editor.get(index).text
    assert QUEUE not in reader.get(index).text
