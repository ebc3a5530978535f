"""The desk's search: all that is not in the bin, best first, with how many are in which state."""

from datetime import date

import pytest
from django.urls import reverse

from corpusapp.admin import article_search
from corpusapp.search import finding
from corpusapp.search.upkeep import tick
from tests.admin.conftest import LIST
from tests.factories import (
    ArticleFactory,
    BylineFactory,
    CaptureFactory,
    DoubtFactory,
    SectionFactory,
    SourceFactory,
    TagFactory,
)

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


@pytest.fixture
def few_are_listed(monkeypatch):
    """A list that a search brings two articles to."""
    monkeypatch.setattr(article_search, "MOST", 2)


@pytest.fixture
def worse(few_are_listed):  # noqa: ARG001 - of many, these are the last
    """Three that fit better than one that is withdrawn."""
    for number in range(3):
        ArticleFactory(title=f"Lantern {number}", body="lantern " * 9, published=True)
    worst = ArticleFactory(title="The last", body="A lantern " + "and more " * 40, withdrawn=True)
    tick()
    return worst


def of_states(response):
    return {str(link.words): link.number for link in response.context["cl"].states}


def test_state_lists_as_many_as_it_says_however_badly_they_fit(editor, worse):
    response = editor.get(LIST, q="lantern")

    assert of_states(response) == {"All": 4, "Published": 3, "Withdrawn": 1}
    assert worse.title not in shown(response)
    narrowed = editor.get(LIST, q="lantern", state="withdrawn")
    assert shown(narrowed) == [worse.title]
    assert of_states(narrowed) == {"All": 4, "Published": 3, "Withdrawn": 1}


def _section(article):
    article.section = SectionFactory()
    article.save()
    return {"section": article.section.slug}


def _source(article):
    article.source = SourceFactory(name="The Old Paper")
    article.save()
    return {"source": article.source.pk}


def _language(article):
    article.language = "de"
    article.save()
    return {"language": "de"}


def _author(article):
    return {"bylines__author": BylineFactory(article=article).author_id}


def _tag(article):
    tag = TagFactory()
    article.tags.add(tag)
    return {"taggings__tag": tag.pk}


def _date(article):
    article.published_on, article.published_precision = date(1999, 5, 21), "day"
    article.save()
    return {"printed": "1999-05"}


def _year(article):
    return _date(article) and {"printed": "1999"}


def _range(article):
    return _date(article) and {"since": "1999-05-20", "until": "2000"}


def _doubt(article):
    DoubtFactory(article=article, code="no_title")
    return {"doubt": "any"}


def _choice(article):
    article.editors_choice = True
    article.save()
    return {"choice": "yes"}


@pytest.mark.parametrize(
    "mark",
    [_section, _source, _language, _author, _tag, _date, _year, _range, _doubt, _choice],
)
def test_filter_finds_what_fits_badly_and_counts_what_it_lists(editor, worse, mark):
    filters = mark(worse)
    tick()

    assert shown(editor.get(LIST, q="lantern", **filters)) == [worse.title]
    narrowed = editor.get(LIST, q="lantern", state="withdrawn", **filters)
    assert shown(narrowed) == [worse.title]
    assert of_states(narrowed) == {"All": 1, "Withdrawn": 1}
    assert shown(editor.get(LIST, q="lantern", state="published", **filters)) == []


@pytest.mark.usefixtures("worse")
def test_best_of_those_that_a_filter_leaves_stand_first(editor, monkeypatch):
    monkeypatch.setattr(article_search, "_RANKED", 1)
    best = ArticleFactory(title="Older", body="lantern " * 8 + "end", editors_choice=True)
    ArticleFactory(title="Newer", body="A lantern " + "and so on " * 30, editors_choice=True)
    tick()

    assert shown(editor.get(LIST, q="lantern", choice="yes"))[0] == best.title


def test_says_where_filters_looked_at_some_of_very_many(editor, monkeypatch):
    monkeypatch.setattr(finding, "COUNTED", 2)
    ArticleFactory.create_batch(3, body="The lantern burns.", editors_choice=True)
    tick()

    text = editor.get(LIST, q="lantern", choice="yes").text

    assert "More than 2 articles were found, and the filters looked at the best 2" in text
    assert "the filters looked at" not in editor.get(LIST, q="lantern").text


def test_says_what_it_searched_instead_and_searches_as_typed_where_asked(editor):
    ArticleFactory(title="Policy of the word test", body="Nothing else.")
    tick()

    response = editor.get(LIST, q="polciy", state="review")

    assert shown(response) == ["Policy of the word test"]
    assert "Showing results for <strong>policy</strong>." in response.text
    assert response.context["cl"].as_typed == "?exact=1&q=polciy&state=review"
    assert 'href="?exact=1&amp;q=polciy&amp;state=review">polciy</a>' in response.text
    exactly = editor.client.get(LIST + response.context["cl"].as_typed)
    assert exactly.status_code == 200
    assert shown(exactly) == []
    assert "Showing results for" not in exactly.text
    assert 'type="hidden" name="exact"' not in exactly.text.partition("date-range")[0]


def test_says_that_no_article_has_all_the_words(editor):
    ArticleFactory(title="Policy", body="Nothing else.")
    ArticleFactory(title="Zebra", body="Nothing else.")
    tick()
    sentence = "No article has all of these words."

    response = editor.get(LIST, q="policy zebra")

    assert set(shown(response)) == {"Policy", "Zebra"}
    assert sentence in response.text
    assert sentence not in editor.get(LIST, q="policy").text
    assert sentence not in editor.get(LIST, q="policy zebra", choice="yes").text


def test_name_of_a_file_or_public_id_is_no_slip(editor):
    article = ArticleFactory(title="From a file", body="Nothing else.")
    CaptureFactory(article=article, path="polciy_1.txt")
    ArticleFactory(title="Policy", body="Nothing else. txt")
    tick()

    response = editor.get(LIST, q="polciy_1.txt")

    assert article.title in shown(response)
    assert "Showing results for" not in response.text
    assert "No article has all" not in response.text
    assert shown(editor.get(LIST, q=article.public_id)) == [article.title]


def test_nothing_found_leads_on(editor):
    tag = TagFactory(name="Zeppelins")
    near = ArticleFactory(title="Another matter", body="Of bees.")
    near.tags.add(tag)
    tick()

    ways = editor.get(LIST, q="Zeppel", state="withdrawn").context["cl"].ways

    assert [(way.words, way.address) for way in ways] == [
        ("Search everything for these words", "?q=Zeppel"),
        ("Zeppelins", f"?taggings__tag={tag.pk}"),
        ("Look in the bin", "?q=Zeppel&bin=yes"),
        (
            "Look in the texts as they came, too, with all that no article has",
            f"{reverse('admin:corpusapp_capture_changelist')}?q=Zeppel&deep=1",
        ),
    ]
    assert "Nothing was found for “Zeppel”." in editor.get(LIST, q="Zeppel", choice="yes").text
    assert editor.get(LIST, q="bees").context["cl"].ways == ()
    assert editor.get(LIST).context["cl"].ways == ()
