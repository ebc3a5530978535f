"""A conflict is listed once, and one deed decides it."""

from datetime import date

import pytest

from corpusapp.importing.conflicts import keep_ours, take_theirs
from corpusapp.models import Article, Doubt, FieldOwner, Section
from tests.importing.pages import page, paragraphs

pytestmark = pytest.mark.django_db

OURS = {
    "title": "An editor's title",
    "section": "An Editor's Section",
    "body": "An editor's text.",
    "published_at": "2001",
    "authors": "An Editor",
    "tags": ["Editing"],
    "language": "de",
}
THEIRS = {
    "title": "What the Page Now Calls Its Long and Stormy Winter",
    "section": "River Affairs",
    "body": "\n\n".join([*paragraphs(1), *paragraphs(9, count=1)]),
    "published_at": "2016-06-02",
    "authors": "Tom Reef (Captain)",
    "tags": ["Sea", "Storms"],
    "language": "en",
}


def write(article, field):
    match field:
        case "section":
            article.section = Section.objects.create(name=OURS[field], slug="ours")
        case "published_at":
            article.published_on, article.published_precision = date(2001, 1, 1), "year"
        case "authors":
            article.bylines.update(name=OURS[field], post="")
        case "tags":
            article.tags.set(OURS[field])
        case _:
            setattr(article, field, OURS[field])
    article.save()


def value(field):
    article = Article.objects.get()
    match field:
        case "section":
            return article.section.name
        case "authors":
            return "; ".join(map(str, article.bylines.all()))
        case "tags":
            return sorted(tag.name for tag in article.tags.all())
        case _:
            return getattr(article, field)


@pytest.fixture
def conflict(tmp_path, imported):
    """An open conflict about a field."""

    def make(field):
        (tmp_path / "a.txt").write_bytes(page(1))
        imported(tmp_path, tags=("Harbours",), language="fr" if field == "language" else "")
        write(Article.objects.get(), field)
        (tmp_path / "a.txt").write_bytes(
            page(
                1,
                title=THEIRS["title"],
                section=THEIRS["section"],
                texts=[*paragraphs(1), *paragraphs(9, count=1)],
                date="June 2, 2016",
                author="Tom Reef",
                post="Captain",
            )
        )
        imported(tmp_path, tags=("Sea", "Storms"))
        return Doubt.objects.get(code="conflict")

    return make


@pytest.mark.parametrize("field", OURS)
def test_one_deed_takes_the_captures_value_of_any_field(conflict, field):
    doubt = conflict(field)
    assert (doubt.field, value(field)) == (field, OURS[field])

    assert take_theirs(doubt.pk)

    assert value(field) == THEIRS[field]
    doubt.refresh_from_db()
    assert doubt.settled_at
    assert FieldOwner.objects.get().field == field


@pytest.mark.parametrize("field", OURS)
def test_one_deed_keeps_what_the_editor_wrote(conflict, field):
    doubt = conflict(field)

    assert keep_ours(doubt.pk)

    assert value(field) == OURS[field]
    assert not Doubt.objects.open().filter(code="conflict").exists()
    assert FieldOwner.objects.get().field == field


@pytest.mark.parametrize("deed", [keep_ours, take_theirs])
def test_conflict_is_decided_once(conflict, deed):
    doubt = conflict("title")
    assert keep_ours(doubt.pk)

    assert not deed(doubt.pk)
    assert not deed(doubt.pk + 1000)
    assert value("title") == OURS["title"]


def test_conflict_is_listed_once_and_again_only_when_the_capture_says_something_else(
    tmp_path, imported, conflict
):
    keep_ours(conflict("title").pk)
    changed = page(1, title=THEIRS["title"], post="Boatswain")
    (tmp_path / "a.txt").write_bytes(changed)
    imported(tmp_path)
    assert not Doubt.objects.open().filter(code="conflict", field="title").exists()

    (tmp_path / "a.txt").write_bytes(page(1, title="What It Calls Its Winter and Storms by Now"))
    imported(tmp_path)

    doubt = Doubt.objects.open().get(code="conflict", field="title")
    assert doubt.candidates == ["What It Calls Its Winter and Storms by Now"]


def test_conflict_is_over_when_the_capture_comes_to_say_what_the_editor_wrote(
    tmp_path, imported, conflict
):
    conflict("title")
    title = "What the Editor Calls Its Long and Stormy Winter"
    Article.objects.update(title=title)
    (tmp_path / "a.txt").write_bytes(page(1, title=title))

    imported(tmp_path)

    assert not Doubt.objects.open().filter(code="conflict", field="title").exists()
    (tmp_path / "a.txt").write_bytes(page(1, title="What the Capture Calls Its Stormy Winter Then"))
    assert value("title") == title


def test_value_taken_from_a_capture_is_the_editors_from_then_on(tmp_path, imported, conflict):
    take_theirs(conflict("title").pk)
    (tmp_path / "a.txt").write_bytes(page(1, title="What It Calls Its Winter and Storms by Now"))

    (result,) = imported(tmp_path)

    assert str(result.outcome) == "conflict"
    assert value("title") == THEIRS["title"]
