"""What was learned of a source can be seen, written down, turned off and taken away on its page."""

import pytest

from corpusapp.extraction.learned_furniture import furniture_key
from corpusapp.models import LearnedFurniture
from tests.factories import LearnedFurnitureFactory, SourceFactory

pytestmark = pytest.mark.django_db


def test_editor_writes_a_line_down(editor):
    source = SourceFactory()

    editor.save(
        source,
        **{
            "furniture-TOTAL_FORMS": "1",
            "furniture-0-text": "Read  OUR letter",
            "furniture-0-is_on": "on",
        },
    )

    row = LearnedFurniture.objects.get()
    assert (row.source, row.key, row.is_on) == (source, furniture_key("read our letter"), True)


def test_editor_turns_a_line_off_and_takes_another_away(editor):
    source = SourceFactory()
    first, second = LearnedFurnitureFactory.create_batch(2, source=source)

    page = editor.page(source)
    assert first.text in page.text
    rows = {row.pk: n for n, row in enumerate(source.furniture.all())}
    editor.save(
        source,
        **{f"furniture-{rows[first.pk]}-is_on": [], f"furniture-{rows[second.pk]}-DELETE": "on"},
    )

    assert [(row.pk, row.is_on) for row in LearnedFurniture.objects.all()] == [(first.pk, False)]


def test_line_without_words_and_one_that_is_known_are_refused(editor):
    source = SourceFactory()
    known = LearnedFurnitureFactory(source=source)

    for text in ("•••", known.text.upper()):
        response = editor.save(
            source,
            **{"furniture-TOTAL_FORMS": "2", "furniture-1-text": text, "furniture-1-is_on": "on"},
        )
        assert response.status_code == 200

    assert LearnedFurniture.objects.count() == 1


def test_reader_of_drafts_sees_it_and_changes_nothing(reader):
    known = LearnedFurnitureFactory()

    page = reader.page(known.source)

    assert known.text in page.text
    assert 'name="furniture-0-text"' not in page.text


def test_only_what_is_in_force_is_given_to_extraction():
    on = LearnedFurnitureFactory()
    LearnedFurnitureFactory(source=on.source, is_on=False)
    LearnedFurnitureFactory(is_on=False)

    assert LearnedFurniture.objects.by_source() == {on.source.key: frozenset({on.key})}
