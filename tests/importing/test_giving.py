"""What an editor says of a line: the field follows in the editor's name, and the capture stays as it is."""

import pytest
from django.utils import timezone

from corpusapp.editing.naming import learn_section_names
from corpusapp.editing.trail import note
from corpusapp.extraction.article import Part
from corpusapp.importing.errors import (
    NeededError,
    NoNameError,
    NothingInItError,
    TooLongError,
)
from corpusapp.importing.giving import give, remake_body, take_candidate
from corpusapp.importing.reextracting import Choice, Reextraction
from corpusapp.models import (
    Act,
    Article,
    Author,
    Capture,
    FieldOwner,
    LearnedFurniture,
    LineChange,
    Section,
    Source,
)
from tests.factories import (
    ArticleFactory,
    DoubtFactory,
    LearnedFurnitureFactory,
    SectionFactory,
    SourceFactory,
    UserFactory,
)
from tests.importing.pages import page, paragraphs

pytestmark = pytest.mark.django_db


@pytest.fixture
def capture(tmp_path, imported):
    """A page whose lines are: 1 section, 3 title, 5 date, 6 author, 8 post, 10 … 18 text, 20, 21 furniture."""
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path)
    return Capture.objects.get()


def owned(capture):
    return dict(FieldOwner.objects.filter(article=capture.article).values_list("field", "user"))


def number_of(capture, words):
    lines = capture.bytes.raw.decode().split("\n")
    return next(number for number, line in enumerate(lines, 1) if words in line)


def now(capture):
    return Article.objects.get(pk=capture.article_id)


def test_line_given_to_the_title_is_the_title_and_the_editors(capture):
    editor = UserFactory()
    doubt = DoubtFactory(article=capture.article, field="title", code="title_uncertain")

    given = give(capture.pk, [1], Part.TITLE, editor)

    assert given.fields == ("section", "title")
    assert (now(capture).title, now(capture).section) == ("Harbour Affairs", None)
    assert owned(capture) == {"title": editor.pk, "section": editor.pk}
    doubt.refresh_from_db()
    assert doubt.settled_by == editor


def test_two_lines_given_together_are_one_title(capture):
    give(capture.pk, [1, 3], Part.TITLE)

    assert now(capture).title.startswith("Harbour Affairs What Place 1 Learned")


def test_furniture_leaves_the_text_and_comes_back(capture):
    whole = now(capture).body
    third = number_of(capture, paragraphs(1)[2])

    give(capture.pk, [third], Part.FURNITURE)
    without = now(capture).body
    give(capture.pk, [third], Part.BODY)

    assert paragraphs(1)[2] not in without
    assert [one for one in whole.split("\n\n") if one not in without.split("\n\n")] == [
        paragraphs(1)[2]
    ]
    assert now(capture).body == whole
    assert list(owned(capture)) == ["body"]


def test_what_was_said_of_a_line_can_be_taken_back(capture):
    title = now(capture).title

    give(capture.pk, [1], Part.TITLE)
    give(capture.pk, [1], None)

    assert (now(capture).title, now(capture).section.name) == (title, "Harbour Affairs")
    assert not LineChange.objects.exists()


def test_subheading_stands_in_the_text_as_one(capture):
    give(capture.pk, [20], Part.SUBHEADING)

    assert now(capture).body.endswith("\n\n## You might also like")


def test_text_that_somebody_wrote_stays_until_it_is_given_up(capture):
    Article.objects.filter(pk=capture.article_id).update(body="Written by hand.")

    kept = give(capture.pk, [20], Part.BODY)
    stayed = now(capture).body
    made = remake_body(capture.pk)

    assert (kept.fields, kept.kept, stayed) == ((), ("body",), "Written by hand.")
    assert made.fields == ("body",)
    assert now(capture).body.endswith("You might also like")


def test_signature_comes_and_goes_with_its_line(capture):
    give(capture.pk, [6], Part.FURNITURE)
    nobody = list(now(capture).bylines.all())
    give(capture.pk, [6], Part.BYLINE)

    signed = [(one.name, one.post) for one in now(capture).bylines.all()]
    assert nobody == []
    assert signed == [("Ada Quill", "Keeper, Lighthouse Board")]


def test_post_goes_to_whom_the_line_above_names(capture):
    give(capture.pk, [8], Part.FURNITURE)
    without = now(capture).bylines.get().post
    give(capture.pk, [20], Part.POST)

    assert (without, now(capture).bylines.get().post) == ("", "You might also like")


def test_signature_whose_author_an_editor_chose_stays_when_another_is_added(capture):
    byline = now(capture).bylines.get()

    give(capture.pk, [1], Part.BYLINE)

    assert byline in now(capture).bylines.all()
    assert now(capture).bylines.count() == 2


@pytest.mark.parametrize(
    ("part", "column"), [(Part.CAPTION, "caption"), (Part.STANDFIRST, "standfirst")]
)
def test_line_given_to_a_small_field_is_its_words(capture, part, column):
    give(capture.pk, [6], part)

    assert getattr(now(capture), column) == "Ada Quill"
    assert not now(capture).bylines.exists()


def test_date_is_read_in_its_line_and_only_there(capture):
    give(capture.pk, [5], Part.FURNITURE)
    undated = now(capture).published_at
    give(capture.pk, [5], Part.DATE)

    assert (undated, now(capture).published_at) == ("", "2015-05-21")
    with pytest.raises(NothingInItError):
        give(capture.pk, [20], Part.DATE)
    assert now(capture).published_at == "2015-05-21"
    assert not LineChange.objects.filter(line=20).exists()


def test_published_article_is_not_left_without_its_title(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path, publish=True)
    capture = Capture.objects.get()

    with pytest.raises(NeededError):
        give(capture.pk, [3], Part.FURNITURE)

    assert now(capture).title


def test_candidate_is_taken_and_its_doubt_settled(capture):
    doubt = DoubtFactory(article=capture.article, field="published_at", candidates=["2015-06-05"])

    take_candidate(capture.article_id, "published_at", "2015-06-05")

    assert now(capture).published_at == "2015-06-05"
    doubt.refresh_from_db()
    assert doubt.settled_at


class TestLearning:
    LINE = "Subscribe to the harbour letter and read the whole of it every week, from the first to the last."

    @pytest.fixture
    def captures(self, tmp_path, imported):
        for seed in range(1, 5):
            texts = [*paragraphs(seed)[:2], self.LINE, *paragraphs(seed)[2:]]
            (tmp_path / f"{seed}.txt").write_bytes(page(seed, texts=texts))
        imported(tmp_path, source="The Ferry")
        return list(Capture.objects.order_by("pk"))

    def call_furniture(self, captures):
        return [
            give(capture.pk, [number_of(capture, self.LINE)], Part.FURNITURE).learned
            for capture in captures
        ]

    def test_line_is_learned_after_a_handful_of_captures(self, captures):
        assert self.LINE in now(captures[3]).body

        learned = self.call_furniture(captures[:3])

        assert learned == [(), (), (self.LINE,)]
        row = LearnedFurniture.objects.get()
        assert (row.source.name, row.text, row.learned_from) == ("The Ferry", self.LINE, 3)

    def test_learned_line_leaves_the_others_when_they_are_read_again(self, captures):
        self.call_furniture(captures[:3])

        list(Reextraction(Choice(source="The Ferry")))

        assert self.LINE not in now(captures[3]).body
        assert paragraphs(4)[0] in now(captures[3]).body

    def test_learned_line_is_left_out_of_what_comes_in_later(self, captures, tmp_path, imported):
        self.call_furniture(captures[:3])
        texts = [*paragraphs(9)[:2], self.LINE, *paragraphs(9)[2:]]
        for folder, source in (("ours", "the  FERRY"), ("other", "The Bridge")):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / f"{folder}.txt").write_bytes(
                page(9, title=f"A Page of {folder} Boats on the River", texts=texts)
            )
            imported(tmp_path / folder, source=source)

        bodies = dict(
            Article.objects.filter(title__startswith="A Page").values_list("source__name", "body")
        )
        assert self.LINE not in bodies["The Ferry"]
        assert self.LINE in bodies["The Bridge"]

    def test_line_that_was_turned_off_stays_in_the_text_and_is_not_learned_again(self, captures):
        source = captures[0].source
        LearnedFurnitureFactory(source=source, text=self.LINE, is_on=False)

        assert self.call_furniture(captures[:3]) == [(), (), ()]

    def test_captures_without_a_source_teach_nothing(self, capture):
        for _ in range(3):
            assert give(capture.pk, [20], Part.FURNITURE).learned == ()

    def test_captures_of_several_sources_teach_none_of_them(self, captures):
        for capture in captures[:2]:
            Capture.objects.filter(pk=capture.pk).update(source=SourceFactory())

        assert self.call_furniture(captures) == [(), (), (), ()]


class TestNamesMadeByALine:
    """What a line has made anew goes with it again, and what can be no name is none."""

    @pytest.mark.parametrize("then", [None, Part.FURNITURE])
    @pytest.mark.parametrize(
        ("part", "model"),
        [(Part.BYLINE, Author), (Part.SECTION, Section), (Part.SOURCE, Source)],
    )
    def test_goes_when_the_line_is_taken_back_or_given_to_something_else(
        self, capture, part, model, then
    ):
        before = set(model.objects.values_list("name", flat=True))

        give(capture.pk, [20], part)
        made = set(model.objects.values_list("name", flat=True)) - before
        give(capture.pk, [20], then)

        assert len(made) == 1
        assert set(model.objects.values_list("name", flat=True)) == before

    def test_goes_when_another_line_is_given_in_its_place(self, capture):
        give(capture.pk, [20], Part.SOURCE)
        give(capture.pk, [20], None)
        give(capture.pk, [1], Part.SOURCE)

        assert [source.name for source in Source.objects.all()] == ["Harbour Affairs"]

    @pytest.mark.parametrize("kept_by", ["another article", "the desk"])
    def test_stays_where_something_refers_to_it_or_somebody_has_looked(self, capture, kept_by):
        give(capture.pk, [20], Part.SECTION)
        section = now(capture).section
        if kept_by == "another article":
            ArticleFactory(section=section, binned_at=timezone.now())
        else:
            note(Act.CHANGED, section)

        give(capture.pk, [20], None)

        assert now(capture).section.name == "Harbour Affairs"
        assert Section.objects.filter(pk=section.pk).exists()

    def test_what_an_import_has_made_stays_though_its_line_is_given_away(self, capture):
        author = Author.objects.get()

        give(capture.pk, [6], Part.FURNITURE)

        assert not now(capture).bylines.exists()
        assert Author.objects.get() == author

    @pytest.mark.parametrize("part", [Part.BYLINE, Part.SECTION, Part.SOURCE])
    @pytest.mark.parametrize("what", ["the date", "a paragraph"])
    def test_line_that_can_be_no_name_makes_nothing(self, capture, part, what):
        number = 5 if what == "the date" else number_of(capture, paragraphs(1)[0])
        counts = [model.objects.count() for model in (Author, Section, Source)]

        with pytest.raises((NoNameError, TooLongError)):
            give(capture.pk, [number], part)

        assert [model.objects.count() for model in (Author, Section, Source)] == counts
        assert not LineChange.objects.exists()

    def test_name_that_is_known_is_one_however_long(self, tmp_path, imported):
        name = " ".join(["Permanent Mission"] * 8)
        section = SectionFactory(name=name)
        learn_section_names(section)
        (tmp_path / "a.txt").write_bytes(page(1, title=name))
        imported(tmp_path)
        capture = Capture.objects.get()

        give(capture.pk, [3], Part.SECTION)

        assert now(capture).section == section
