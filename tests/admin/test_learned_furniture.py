"""What was learned of a source can be seen, written down, turned off and taken away on its page."""

import pytest
from django.urls import reverse

from corpusapp.extraction.article import Part
from corpusapp.extraction.learned_furniture import furniture_key
from corpusapp.importing.giving import give
from corpusapp.importing.reextracting import Choice, Reextraction
from corpusapp.importing.run import Import, Request
from corpusapp.models import Article, LearnedFurniture, Source
from tests.admin.test_reviewing import QUEUE, press, screen
from tests.factories import CaptureFactory, LearnedFurnitureFactory, SectionFactory, SourceFactory
from tests.importing.pages import page

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


def test_line_learned_since_is_shown_in_the_text_still_and_one_key_takes_it_out(editor, tmp_path):
    source = SourceFactory(name="The Lantern")
    kept, donated = (
        "A paragraph that somebody wrote, and that stays.",
        "Every member who reads this letter gave our garden one seedling.",
    )
    (tmp_path / "one.txt").write_bytes(page(1, texts=[kept, donated, f"{kept} To its end."]))
    list(Import(Request(paths=[str(tmp_path)], jobs=1, source="The Lantern")))
    article = Article.objects.get()
    assert donated in article.body
    LearnedFurnitureFactory(source=source, text=donated, key=furniture_key(donated))

    shown = editor.get(screen(article))
    (line,) = [line for line in shown.context["captured"].lines if line.lags]
    press(editor, article, "_give", "furniture", lines=[str(line.number)])

    article.refresh_from_db()
    assert line.text == donated
    assert "still in the text" in shown.text
    assert donated not in article.body
    assert article.body.endswith(f"{kept} To its end.")
    assert not any(line.lags for line in editor.get(screen(article)).context["captured"].lines)


def test_a_short_line_within_other_words_is_not_said_to_be_in_the_text(editor):
    capture = CaptureFactory(raw=page(1), article__body="You might also like to read: a text.")
    source = capture.article.source = SourceFactory()
    capture.article.save()
    text = "You might also like"
    LearnedFurnitureFactory(source=source, text=text, key=furniture_key(text))

    lines = editor.get(screen(capture.article)).context["captured"].lines

    assert [line.text.strip() for line in lines if str(line.rule).startswith("furniture learned")]
    assert not any(line.lags for line in lines)


class TestOffer:
    """What was read before its furniture was known stays findable until it is read again, or left."""

    @pytest.fixture
    def source(self):
        """Three captures of a source end with the same line, and three editors' words taught it."""
        source = SourceFactory(name="The Lantern")
        CaptureFactory.create_batch(2, source=source)
        captures = [
            CaptureFactory(raw=page(number), source=source, article__source=source)
            for number in range(3)
        ]
        for capture in captures:
            give(capture.pk, [20], Part.FURNITURE)
        return source

    def test_stands_on_first_page_queue_and_source_with_its_number(self, editor, source):
        there = f"/admin/corpusapp/importrun/reextract/?source={source.pk}&amp;look=1"
        pages = [editor.get(reverse("admin:index")), editor.get(QUEUE), editor.page(source)]

        for shown in pages:
            assert there in shown.text
            assert "Look what reading 5 captures again would change" in shown.text

    @pytest.mark.usefixtures("source")
    def test_is_gone_once_all_were_read_again(self):
        for fields, left in ((("title",), 1), ((), 0)):
            list(Reextraction(Choice(source="The Lantern", fields=fields)))
            assert Source.objects.to_be_read_again().count() == left

    def test_rehearsal_takes_nothing_off(self, source):
        list(Reextraction(Choice(source="The Lantern"), dry_run=True))

        assert Source.objects.to_be_read_again().get() == source

    def test_is_gone_once_somebody_leaves_them(self, editor, source):
        editor.save(source, "_leave_unread")

        assert "Look what reading" not in editor.get(reverse("admin:index")).text

    def test_comes_back_when_a_line_is_turned_off(self, editor, source):
        editor.save(source, "_leave_unread")
        editor.save(source, **{"furniture-0-is_on": []})

        assert Source.objects.to_be_read_again().get().unread == 5

    def test_captures_that_came_later_are_not_counted(self, source):
        CaptureFactory(source=source)

        assert Source.objects.to_be_read_again().get().unread == 5

    @pytest.mark.usefixtures("source")
    def test_is_for_those_who_may_read_them_again(self, desk):
        one = desk("editor")
        SectionFactory().editors.add(one.user)
        for somebody in (desk("author"), one):
            assert "Look what reading" not in somebody.get(reverse("admin:index")).text


def test_only_what_is_in_force_is_given_to_extraction():
    on = LearnedFurnitureFactory()
    LearnedFurnitureFactory(source=on.source, is_on=False)
    LearnedFurnitureFactory(is_on=False)

    assert LearnedFurniture.objects.by_source() == {on.source.key: frozenset({on.key})}
