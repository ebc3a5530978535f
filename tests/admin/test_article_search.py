"""The desk's search: all that is not in the bin, best first, with how many are in which state."""

import pytest

from corpusapp.search.upkeep import tick
from tests.admin.conftest import LIST
from tests.factories import ArticleFactory, BylineFactory, CaptureFactory, SectionFactory

pytestmark = pytest.mark.django_db


def shown(response):
    return [article.title for article in response.context["cl"].result_list]


@pytest.fixture
def corpus(db):  # noqa: ARG001 - rows
    ArticleFactory(title="In review", body="The lantern burns.")
    ArticleFactory(title="Draft of a lantern", body="Nothing more.", draft=True)
    ArticleFactory(title="Published", body="The lantern burns.", published=True)
    ArticleFactory(title="Withdrawn", body="The lantern burns.", withdrawn=True)
    ArticleFactory(title="Later", body="The lantern burns.", scheduled=True)
    ArticleFactory(title="Binned lantern", body="The lantern burns.", binned=True)
    ArticleFactory(title="Another matter", body="Of bees.")
    tick()


@pytest.mark.usefixtures("corpus")
def test_finds_words_of_the_text_in_every_state_and_the_title_first(editor):
    response = editor.get(LIST, q="lanterns")

    assert shown(response)[0] == "Draft of a lantern"
    assert set(shown(response)) == {
        "In review",
        "Draft of a lantern",
        "Published",
        "Withdrawn",
        "Later",
    }


@pytest.mark.usefixtures("corpus")
def test_counts_by_state_lead_to_those_of_it(editor):
    states = editor.get(LIST, q="lantern").context["cl"].states

    assert [(str(link.words), link.number) for link in states] == [
        ("All", 5),
        ("In review", 1),
        ("Draft", 1),
        ("Published", 2),
        ("Withdrawn", 1),
    ]
    narrowed = editor.client.get(LIST + states[2].address)
    assert shown(narrowed) == ["Draft of a lantern"]
    assert [link.is_chosen for link in narrowed.context["cl"].states] == [
        False,
        False,
        True,
        False,
        False,
    ]


@pytest.mark.usefixtures("corpus")
def test_list_without_a_search_has_no_counts(editor):
    assert editor.get(LIST).context["cl"].states == ()


@pytest.mark.usefixtures("corpus")
def test_filters_narrow_what_was_found_and_a_column_can_order_it(editor):
    section = SectionFactory()
    ArticleFactory(title="A lantern of the section", section=section)
    tick()

    assert shown(editor.get(LIST, q="lantern", section=section.slug)) == [
        "A lantern of the section"
    ]
    assert len(shown(editor.get(LIST, q="lantern", o="-8"))) == 6


@pytest.mark.usefixtures("corpus")
def test_bin_is_searched_by_title(editor):
    assert shown(editor.get(LIST, q="lantern", bin="yes")) == ["Binned lantern"]


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_two_characters_are_found_in_either_script(editor, language):
    ArticleFactory(title="论多边主义", language="zh-Hans", body="关于多边主义。")
    ArticleFactory(title="論多邊主義", language="zh-Hant", body="關於多邊主義。")

    tick()

    words = {"zh-Hans": "多边", "zh-Hant": "多邊"}[language]

    assert set(shown(editor.get(LIST, q=words))) == {"论多边主义", "論多邊主義"}


@pytest.mark.parametrize("rows", [1, 12])
def test_search_costs_the_same_however_much_it_finds(editor, rows, django_assert_max_num_queries):
    for article in ArticleFactory.create_batch(rows, body="The lantern burns."):
        BylineFactory(article=article)
        CaptureFactory(article=article)
    tick()
    editor.get(LIST, q="lantern")

    with django_assert_max_num_queries(40):
        response = editor.get(LIST, q="lantern")

    assert len(shown(response)) == rows
