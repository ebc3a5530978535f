import pytest

from corpusapp.editing.naming import label_key
from corpusapp.importing.reextracting import Choice, Reextraction
from corpusapp.importing.ruling import Candidate, Rule, rules_in_force, tried
from corpusapp.models import Article, Capture, ImportItem, Outcome, State
from tests import factories
from tests.importing.pages import page

ONE = Candidate(
    "news/a.txt", "The Winter Ferry", "Harbour Affairs", "Daily", "en", "It *went* & came."
)


def rule(**values):
    return Rule(name="Ferries", **values)


@pytest.mark.parametrize(
    "values",
    [
        {"source": label_key("DAILY")},
        {"sections": frozenset([label_key("harbour affairs"), "x"])},
        {"language": "en"},
        {"path": "news/"},
        {"title": "winter ferry"},
        {"body": "went & came"},
        {"title": "ferry", "language": "en", "path": "a.txt"},
    ],
)
def test_rule_means_what_all_its_conditions_mean(values):
    assert rule(**values).means(ONE)


@pytest.mark.parametrize(
    "values",
    [
        {"source": "weekly"},
        {"sections": frozenset(["sea"])},
        {"language": "de"},
        {"path": "old/"},
        {"title": "summer"},
        {"body": "*went*"},
        {"title": "ferry", "language": "de"},
    ],
)
def test_one_condition_that_does_not_hold_is_enough(values):
    assert not rule(**values).means(ONE)


@pytest.mark.django_db
class TestImport:
    @pytest.fixture
    def folder(self, tmp_path):
        for number in (1, 2):
            (tmp_path / f"{number}.txt").write_bytes(page(number))
        return tmp_path

    def test_rule_gives_tags_and_section_and_the_evidence_names_it(self, folder, imported):
        given = factories.SectionFactory(name="Ports")
        tag = factories.TagFactory(name="ferry")
        factories.ImportRuleFactory(
            name="Ferries", title_contains="PLACE 1", gives_section=given, tags=[tag]
        )

        first, second = imported(folder)

        article = Article.objects.get(public_id=first.public_id)
        assert (article.section, [tag.name for tag in article.tags.all()]) == (given, ["ferry"])
        assert first.reason == "By the rule “Ferries”."
        assert ImportItem.objects.get(article=article).reason == first.reason
        fields = Capture.objects.get(article=article).fields
        assert fields["section"]["rule"] == fields["tags"]["rule"] == "rule “Ferries”"
        assert (second.reason, second.article.section) == ("", "Harbour Affairs")

    def test_rule_gives_a_section_and_tag_as_they_are_now_called(self, folder, imported):
        given = factories.SectionFactory(name="Renamed since")
        factories.SectionNameFactory(section=given, text="Ports", key="ports")
        factories.ImportRuleFactory(gives_section=given, title_contains="place")

        first, _second = imported(folder)

        assert Article.objects.get(public_id=first.public_id).section == given

    def test_rule_refuses_and_names_itself(self, folder, imported):
        factories.ImportRuleFactory(name="No ones", title_contains="place 1", refuses=True)

        first, second = imported(folder)

        assert (first.outcome, first.reason) == (
            Outcome.REFUSED,
            "The rule “No ones” refuses it.",
        )
        assert second.outcome == Outcome.CREATED
        assert ImportItem.objects.get(outcome=Outcome.REFUSED).refused_bytes.raw == page(1)

    def test_rule_publishes_but_not_what_a_doubt_holds(self, folder, imported):
        (folder / "3.md").write_text("A text that has no title at all.")
        factories.ImportRuleFactory(language="en", title_contains="", publishes=True)

        imported(folder)

        assert list(Article.objects.order_by("pk").values_list("state", flat=True)) == [
            State.PUBLISHED,
            State.PUBLISHED,
            State.REVIEW,
        ]

    def test_rule_that_is_off_does_nothing(self, folder, imported):
        factories.ImportRuleFactory(language="en", title_contains="", refuses=True, is_on=False)

        assert [str(one.outcome) for one in imported(folder)] == ["created", "created"]

    def test_dry_run_tells_what_the_rules_will_do(self, folder, imported):
        factories.ImportRuleFactory(title_contains="place 1", refuses=True)
        factories.ImportRuleFactory(
            title_contains="place 2", tags=[factories.TagFactory(name="sea")]
        )

        rehearsed = imported(folder, dry_run=True)
        results = imported(folder)

        assert [(one.outcome, one.reason) for one in rehearsed] == [
            (one.outcome, one.reason) for one in results
        ]
        assert rehearsed[1].article.tags == ("sea",)

    def test_what_was_imported_stays_unchanged_whatever_rules_come(self, folder, imported):
        imported(folder)
        factories.ImportRuleFactory(language="en", title_contains="", refuses=True)

        assert [str(one.outcome) for one in imported(folder)] == ["unchanged", "unchanged"]

    def test_editors_section_stays_though_a_rule_gives_another(self, folder, imported):
        given = factories.SectionFactory(name="Ports")
        imported(folder / "1.txt")
        article = Article.objects.get()
        article.section = own = factories.SectionFactory()
        article.save()
        factories.ImportRuleFactory(title_contains="place 1", gives_section=given)
        (folder / "1.txt").write_bytes(page(1).replace(b"lantern", b"candle"))

        (result,) = imported(folder / "1.txt")

        assert result.outcome == Outcome.CONFLICT
        assert Article.objects.get().section == own

    def test_what_a_rule_gave_stays_when_captures_are_read_again(self, folder, imported):
        factories.ImportRuleFactory(
            title_contains="place 1", tags=[factories.TagFactory(name="sea")]
        )
        imported(folder)

        again = [str(one.outcome) for one in Reextraction(Choice())]

        assert again == ["unchanged", "unchanged"]
        assert [tag.name for tag in Article.objects.order_by("pk")[0].tags.all()] == ["sea"]

    def test_rules_are_asked_for_once(self, django_assert_max_num_queries):
        factories.ImportRuleFactory(tags=[factories.TagFactory()])

        with django_assert_max_num_queries(4):
            assert len(rules_in_force()) == 1

    def test_trial_tells_the_stored_captures_that_a_rule_means(self, folder, imported):
        imported(folder)

        trial = tried(rule(title="place 2", body="the"), None, 10)
        nothing = tried(rule(title="nowhere"), None, 10)

        assert [(hit.path, hit.section) for hit in trial.hits] == [("2.txt", "Harbour Affairs")]
        assert (trial.count, trial.looked_through, trial.has_more) == (1, 2, False)
        assert (nothing.hits, nothing.count) == ((), 0)

    def test_trial_asks_for_the_section_of_the_document_and_not_for_another_rules_gift(
        self, folder, imported
    ):
        given = factories.SectionFactory(name="Ports")
        factories.ImportRuleFactory(title_contains="place 1", gives_section=given)
        imported(folder)

        gift = tried(rule(sections=frozenset({"ports"})), None, 10)
        printed = tried(rule(sections=frozenset({"harbour affairs"})), None, 10)

        assert Article.objects.filter(section=given).exists()
        assert (gift.count, gift.looked_through) == (0, 2)
        assert [hit.path for hit in printed.hits] == ["2.txt"]

    def test_trial_asks_for_language_and_source_in_the_database(self, folder, imported):
        imported(folder, source="Daily")
        source = Capture.objects.first().source

        found = tried(rule(source="daily", language="en"), source.pk, 1)

        assert (len(found.hits), found.count) == (1, 2)
        assert tried(rule(language="de"), None, 1).looked_through == 0
        assert tried(rule(source="weekly"), source.pk + 1, 1).looked_through == 0


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["1984", "true", "[1]", '"'])
def test_title_that_looks_like_another_kind_of_value_is_asked_as_it_is(title):
    capture = factories.CaptureFactory(article=factories.ArticleFactory(title=title))

    assert [hit.capture for hit in tried(rule(title=title), None, 10).hits] == [capture.pk]


@pytest.mark.django_db
def test_capture_whose_import_was_undone_is_no_longer_meant():
    factories.CaptureFactory(undone_by=factories.ImportRunFactory())

    assert tried(rule(title="article"), None, 10).looked_through == 0
