"""What an editor decides about two articles, and taking it back: nothing is lost either way."""

import pytest

from corpusapp.editing.ownership import own_fields
from corpusapp.editing.publish import put_in_bin
from corpusapp.importing import joining
from corpusapp.importing.joining import DecidedAlreadyError
from corpusapp.models import (
    Article,
    Capture,
    Doubt,
    FieldOwner,
    PossibleDuplicate,
    PublicTotal,
    State,
    Verdict,
)
from tests.factories import UserFactory
from tests.importing import pages
from tests.importing.pages import paragraphs

pytestmark = pytest.mark.django_db

TEXT = paragraphs(1, count=8)


def page(seed, **parts):
    """Without a section above it, any title is one."""
    return pages.page(seed, **{"section": "", **parts})


_UNSTABLE = ("version", "updated_at", "rendered", "counted")


def rows():
    """All that the deeds may touch, save what counts how often a row was written."""
    articles = [
        {name: value for name, value in row.items() if name not in _UNSTABLE}
        for row in Article.objects.order_by("pk").values()
    ]
    return (
        articles,
        list(Capture.objects.order_by("pk").values("pk", "article")),
        sorted(Article.bylines.rel.related_model.objects.values_list("article", "author", "name")),
        sorted(Article.tags.through.objects.values_list("content_object", "tag")),
        list(Doubt.objects.order_by("pk").values("pk", "article", "code", "settled_at")),
        list(FieldOwner.objects.values("article", "field")),
        list(PublicTotal.objects.filter(articles__gt=0).order_by("pk").values()),
        list(PossibleDuplicate.objects.values()),
    )


@pytest.fixture
def pair(tmp_path, imported):
    """The earlier one is short and signed by nobody; the later one has all of it and an author."""
    (tmp_path / "a.txt").write_bytes(
        page(1, title="The First Title of This Piece", texts=TEXT[:5], author="", post="")
    )
    imported(tmp_path, publish=True)
    (tmp_path / "b.txt").write_bytes(
        page(1, title="A Second and Longer Title for the Very Same Piece", texts=TEXT)
    )
    imported(tmp_path)
    return PossibleDuplicate.objects.select_related("earlier", "later").get()


@pytest.fixture
def user(db):  # noqa: ARG001 - people are rows
    return UserFactory(editor=True)


def titles():
    return {
        article.title: (article.binned_at is None, article.bylines.count())
        for article in Article.objects.all()
    }


def test_keeping_both_settles_the_doubt_and_changes_nothing_else(pair, user):
    joining.keep_both(pair, user)

    pair.refresh_from_db()
    assert (pair.verdict, pair.decided_by) == (Verdict.KEEP_BOTH, user)
    assert Article.objects.filter(binned_at__isnull=True).count() == 2
    doubt = Doubt.objects.get(code="possible_duplicate")
    assert doubt.settled_by == user


def test_merging_keeps_the_one_and_fills_what_it_lacked(pair, user):
    filled = joining.merge(pair, pair.earlier, user)

    assert filled == {"authors"}
    assert titles() == {
        "The First Title of This Piece": (True, 1),
        "A Second and Longer Title for the Very Same Piece": (False, 1),
    }
    kept, gone = pair.earlier, Article.objects.get(pk=pair.later_id)
    assert gone.merged_into == kept
    assert Article.objects.get(pk=kept.pk).body == "\n\n".join(TEXT[:5])
    assert set(Capture.objects.values_list("article", flat=True)) == {kept.pk}


def test_the_later_one_may_be_the_one_that_is_kept(pair, user):
    joining.merge(pair, pair.later, user)

    kept, gone = Article.objects.get(pk=pair.later_id), Article.objects.get(pk=pair.earlier_id)
    assert (kept.binned_at, gone.merged_into) == (None, kept)
    # readers had it: it does not vanish because the other one was still in review
    assert (kept.state, kept.live_from) == (State.PUBLISHED, gone.live_from)
    assert kept.is_public()
    assert PublicTotal.objects.get(listing="all").articles == 1


def test_a_newer_version_moves_what_nobody_wrote_and_keeps_what_an_editor_did(pair, user):
    Article.objects.filter(pk=pair.earlier_id).update(title="An Editor’s Title")
    own_fields([pair.earlier_id], ["title"], user)

    moved, kept = joining.take_newer(pair, user)

    article = Article.objects.get(pk=pair.earlier_id)
    assert (moved, kept) == ({"body", "authors"}, {"title"})
    assert (article.title, article.body) == ("An Editor’s Title", "\n\n".join(TEXT))
    assert [byline.printed_name for byline in article.bylines.all()] == ["Ada Quill"]
    conflict = Doubt.objects.open().get(article=article, code="conflict")
    assert (conflict.field, conflict.candidates) == (
        "title",
        ["A Second and Longer Title for the Very Same Piece"],
    )


def test_a_field_that_differs_from_its_capture_is_an_editors_even_without_an_owner(pair, user):
    Article.objects.filter(pk=pair.earlier_id).update(title="Written Behind the Desk’s Back")

    _moved, kept = joining.take_newer(pair, user)

    assert kept == {"title"}


def test_what_an_editor_wrote_in_the_newer_one_stays_an_editors(pair, user, tmp_path, imported):
    Article.objects.filter(pk=pair.later_id).update(title="Corrected in the Later One")
    own_fields([pair.later_id], ["title"], user)

    joining.take_newer(pair, user)
    (tmp_path / "b.txt").write_bytes(page(1, title="A Third Title", texts=TEXT[:7]))
    imported(tmp_path)

    article = Article.objects.get(pk=pair.earlier_id)
    assert (article.title, article.body) == ("Corrected in the Later One", "\n\n".join(TEXT[:7]))


def test_another_import_of_both_files_changes_nothing(pair, user, tmp_path, imported):
    joining.take_newer(pair, user)
    before = rows()

    assert [str(result.outcome) for result in imported(tmp_path)] == ["unchanged", "unchanged"]
    assert rows() == before


@pytest.mark.parametrize(
    "deed",
    [
        joining.keep_both,
        joining.take_newer,
        lambda pair, user: joining.merge(pair, pair.earlier, user),
        lambda pair, user: joining.merge(pair, pair.later, user),
    ],
    ids=["keep both", "newer", "keep earlier", "keep later"],
)
def test_every_decision_can_be_taken_back_to_the_last_row(pair, user, deed):
    own_fields([pair.earlier_id], ["section"], user)
    before = rows()

    deed(pair, user)
    assert rows() != before
    left = joining.take_back(pair, user)

    assert left == frozenset()
    assert rows() == before


def test_what_was_changed_since_stays_when_a_decision_is_taken_back(pair, user):
    joining.take_newer(pair, user)
    article = Article.objects.get(pk=pair.earlier_id)
    article.title = "Written Since"
    article.save()

    left = joining.take_back(pair, user)

    article.refresh_from_db()
    assert left == {"title"}
    assert (article.title, article.body) == ("Written Since", "\n\n".join(TEXT[:5]))


@pytest.mark.parametrize("deed", [joining.keep_both, joining.take_newer])
def test_nothing_is_decided_twice(pair, user, deed):
    joining.keep_both(pair, user)

    with pytest.raises(DecidedAlreadyError):
        deed(pair, user)


def test_nothing_is_decided_about_what_lies_in_the_bin(pair, user):
    Article.objects.filter(pk=pair.later_id).update(binned_at="2020-01-01T00:00Z")

    with pytest.raises(DecidedAlreadyError):
        joining.take_newer(pair, user)
    with pytest.raises(DecidedAlreadyError):
        joining.take_back(pair, user)


def test_what_goes_into_the_bin_while_one_waits_for_it_is_not_merged_into(pair, user, monkeypatch):
    hold = joining.hold

    def held_late(ids):
        put_in_bin([pair.earlier_id])  # by whoever held it
        return hold(ids)

    monkeypatch.setattr(joining, "hold", held_late)

    with pytest.raises(DecidedAlreadyError):
        joining.merge(pair, pair.earlier, user)


@pytest.mark.usefixtures("pair")
def test_a_doubt_stays_open_while_another_pair_of_the_article_waits(user, tmp_path, imported):
    (tmp_path / "c.txt").write_bytes(
        page(1, title="The Third and Last Title That This Piece Was Given", texts=TEXT[1:])
    )
    imported(tmp_path)
    third = PossibleDuplicate.objects.filter(
        later__title="The Third and Last Title That This Piece Was Given"
    )

    joining.keep_both(third[0], user)
    assert (
        Doubt.objects.open().filter(article=third[0].later_id, code="possible_duplicate").exists()
    )
    joining.keep_both(third[1], user)
    assert (
        not Doubt.objects.open()
        .filter(article=third[0].later_id, code="possible_duplicate")
        .exists()
    )
