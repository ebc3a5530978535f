"""Whatever is edited, imported, undone and read again, in whatever order: an edited field stays."""

import tempfile
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from corpusapp.editing.ownership import own_fields
from corpusapp.extraction.pipeline import extract
from corpusapp.importing.conflicts import keep_ours, take_theirs
from corpusapp.importing.exact import exact
from corpusapp.importing.fields import FIELDS, current, same
from corpusapp.importing.fields import given as values_of
from corpusapp.importing.reextracting import Choice, Reextraction
from corpusapp.importing.run import Import, Request
from corpusapp.importing.undoing import Undoing
from corpusapp.models import Article, Deed, Doubt, ImportRun, Section
from tests.importing.pages import page, paragraphs

pytestmark = pytest.mark.django_db

_WRITTEN = ("title", "standfirst", "body", "section", "authors", "published_at", "tags")
_TITLES = [f"What Its {word} Title Says of a Long and Stormy Winter" for word in "ABC"]
_fields = st.sampled_from(_WRITTEN)
_steps = st.one_of(
    st.tuples(st.just("edit"), _fields, st.integers(0, 2)),
    st.tuples(st.just("import"), st.integers(0, 2), st.integers(0, 2)),
    st.tuples(st.just("undo"), st.integers(0, 3), st.just(0)),
    st.tuples(st.just("reextract"), st.just(0), st.just(0)),
    st.tuples(st.sampled_from(["keep", "take"]), st.just(0), st.just(0)),
)


def capture(title, other):
    """One of nine states of a page; an editor may happen to write what a capture says."""
    return page(
        1,
        title=_TITLES[title],
        section=["Harbour Affairs", "River Affairs", ""][other],
        author=["Ada Quill", "Tom Reef", ""][other],
        post="Keeper, Lighthouse Board" if other == 0 else "",
        date=["May 21, 2015", "June 2, 2016", ""][other],
        texts=[*paragraphs(1), *paragraphs(50 + other, count=1)],
    )


def edit(article, field, number):
    """Save as the desk does."""
    match field:
        case "section":
            names = ["Harbour Affairs", "River Affairs", "An Editor's Section"]
            article.section, _made = Section.objects.get_or_create(
                name=names[number], defaults={"slug": f"section-{number}"}
            )
        case "authors":
            article.bylines.update(post=["", "Keeper, Lighthouse Board", "Editor"][number])
        case "published_at":
            article.published_on = date(2010 + number, 1, 1)
            article.published_precision = "year"
        case "tags":
            article.tags.set([["Sea"], ["Storms"], []][number])
        case "title":
            article.title = _TITLES[number]
        case _:
            setattr(article, field, f"An editor's words, number {number}.")
    article.version += 1
    article.save()
    own_fields([article.pk], [field])


class Desk:
    """One article, its file, and what an editor wrote."""

    def __init__(self, folder):
        self.file = Path(folder) / "a.txt"
        self.written = {}

    @property
    def article(self):
        return Article.objects.select_related("section").get()

    def do(self, step, one, two):
        if step == "edit":
            edit(self.article, one, two)
            self.written[one] = exact(self.article, [one])[one]
        elif step == "import":
            self.file.write_bytes(capture(one, two))
            tags = [("Sea",), ("Storms",), ()][two]
            list(Import(Request(paths=[str(self.file)], jobs=1, tags=tags)))
        elif step == "undo":
            self.undo(one)
        elif step == "reextract":
            list(Reextraction(Choice()))
        else:
            self.decide(step)

    def undo(self, number):
        """A run that is not undone yet; the first stays, or there would be no article to look at."""
        runs = ImportRun.objects.filter(undone_by=None, items__outcome__in=["updated", "conflict"])
        for run in runs.exclude(items__outcome="created").distinct().order_by("-pk")[number:][:1]:
            list(Undoing(run))

    def decide(self, step):
        doubt = Doubt.objects.open().filter(code="conflict").first()
        if doubt is None:
            return
        deed = keep_ours if step == "keep" else take_theirs
        assert deed(doubt.pk)
        # deciding is editing: what stands there now is the editor's
        self.written[doubt.field] = exact(self.article, [doubt.field])[doubt.field]


@given(st.lists(_steps, min_size=3, max_size=9))
@settings(max_examples=30)
def test_an_edited_field_never_changes_by_itself(steps):
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        desk = Desk(folder)
        desk.do("import", 0, 0)
        for step in steps:
            desk.do(*step)

            assert exact(desk.article, desk.written) == desk.written
        transaction.set_rollback(True)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=5))
@settings(max_examples=15)
def test_a_field_nobody_edited_is_what_the_last_new_capture_says(states):
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        desk = Desk(folder)
        seen = {(0, 0)}
        desk.do("import", 0, 0)
        last = (0, 0)
        for state in states:
            desk.do("import", *state)
            last = state if state not in seen else last  # the same bytes again change nothing
            seen.add(state)

        now = current(desk.article)
        transaction.set_rollback(True)
    says = values_of(extract(capture(*last)), "en")
    about = ("title", "body", "section", "authors", "published_at")
    assert {name: same(name, now[name], says[name]) for name in about} == dict.fromkeys(about, True)


@given(st.lists(_steps, min_size=1, max_size=6), st.randoms(use_true_random=False))
@settings(max_examples=15)
def test_undoing_every_run_but_the_first_in_any_order_leaves_the_editors_words(steps, dice):
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        desk = Desk(folder)
        desk.do("import", 0, 0)
        before = exact(desk.article, FIELDS)
        first = ImportRun.objects.earliest("pk")
        for step in steps:
            if step[0] != "undo":
                desk.do(*step)
        runs = list(ImportRun.objects.exclude(pk=first.pk).exclude(kind=Deed.UNDO))
        dice.shuffle(runs)
        for run in runs:
            list(Undoing(run))

        assert exact(desk.article, FIELDS) == before | desk.written
        assert not Doubt.objects.open().filter(code="conflict").exists()
        transaction.set_rollback(True)
