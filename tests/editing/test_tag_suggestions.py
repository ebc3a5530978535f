import pytest

from corpusapp.editing.read_next import refresh
from corpusapp.editing.tag_suggestions import (
    LIKELY,
    _Known,
    _stems,
    _trust,
    learned,
    suggest_tags,
)
from corpusapp.text.aboutness import Rarity, packed, weights
from tests.factories import ArticleFactory, TagFactory, TagSynonymFactory
from tests.importing.pages import paragraphs

HARBOUR = "The harbour master counted ferries, ropes and lanterns along the old quay."
PLAIN = "It is said by all that their names are what they say, and that of it they had before."
WALL = (
    "The town council voted to repair the harbour wall before the autumn gales, after divers had found "
    "cracks below the waterline and loose granite beside the slipway. Fishermen moored their boats in the "
    "lee of the breakwater, sold herring from barrels, and argued with the surveyor about cement, timber "
    "and tides. A mason of eighty years told the mayor that his grandfather had laid those stones by "
    "lamplight, and that no page of any ledger says what they cost. Pictures of it hang in the library."
)
ORCHARD = "Frost came to the orchard, and the apple blossom fell before the bees woke."


def suggested(article):
    return [tag.name for tag in suggest_tags(article)]


@pytest.fixture
def corpus(db):  # noqa: ARG001 - rows
    for text, tags in ((HARBOUR, ["Ports"]), (HARBOUR, ["Ports"]), (ORCHARD, ["Fruit"])):
        ArticleFactory(published=True, body=text, tags=tags)
    for number in range(6):
        ArticleFactory(published=True, body=f"Matter{number} of thing{number}.")
    refresh()


@pytest.mark.usefixtures("corpus")
def test_tags_of_the_nearest_articles_are_suggested():
    assert suggested(ArticleFactory(title="New", body=HARBOUR + " Again.")) == ["Ports"]
    assert suggested(ArticleFactory(title="New", body=ORCHARD + " Again.")) == ["Fruit"]


@pytest.mark.django_db
def test_text_about_something_else_is_offered_no_tags_of_the_only_article_that_has_some():
    seo = (
        "Search engines rank a page by its links, and every council of marketing says that words count. "
        "Write headings, name the pictures, and let an engine crawl the site in the evening, while "
        "the market of keywords changes near the end of the season."
    )
    ArticleFactory(published=True, body=seo, tags=["Holistic SEO", "Network"])
    for number in range(6):
        ArticleFactory(published=True, body="\n\n".join([*paragraphs(number), PLAIN]))
    refresh()

    assert suggested(ArticleFactory(title="New", body=WALL)) == []
    assert suggested(ArticleFactory(title="New", body=seo)) == ["Holistic SEO", "Network"]


def test_faint_neighbour_says_little_and_a_far_one_nothing():
    def profile(**shared):
        return packed({"ferry": 1.0, **shared})

    def score(shared):
        mine = packed({"rope": 1.0, "ferry": shared})
        (score, *_none) = learned(mine, [(profile(), {1})]).values() or [0.0]
        return score

    far, faint, near, same = (score(weight) for weight in (0.06, 0.13, 0.5, 100.0))

    assert far == 0
    assert 0.05 < faint < LIKELY < near < same


@pytest.mark.usefixtures("corpus")
def test_tags_that_the_article_has_are_not():
    assert suggested(ArticleFactory(title="New", body=HARBOUR, tags=["Ports"])) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "A word about global governance, no more."),
        ("en", "Governed, and global as well."),
        ("zh-Hans", "关于全球治理的话。"),
        ("zh-Hant", "關於全球治理的話。"),
    ],
)
def test_tags_that_the_text_names_in_any_language_are_suggested(language, body):
    tag = TagFactory(name="Global governance")
    TagSynonymFactory(tag=tag, text="全球治理")
    TagFactory(name="Rope")
    article = ArticleFactory(title="T", language=language, body=body)

    named = "Governed" not in body
    assert suggested(article) == (["Global governance"] if named else [])


@pytest.mark.django_db
def test_name_that_tagged_texts_hold_without_having_the_tag_counts_for_less():
    trusted, loose = TagFactory(name="Harbour"), TagFactory(name="Text")
    for number in range(6):
        body = f"Harbour text{number} word{number}, and a text of it."
        ArticleFactory(published=True, body=body, tags=["Harbour"])
    refresh()

    trust = _trust(
        {trusted.pk: _stems("en", "harbour"), loose.pk: _stems("en", "text")}, None, _Known()
    )

    assert trust[trusted.pk] > 0.6
    assert trust[loose.pk] < 0.15


@pytest.mark.django_db
def test_name_that_nobody_used_yet_is_trusted_a_little():
    tag = TagFactory(name="Harbour")

    assert _trust({tag.pk: _stems("en", "harbour")}, None, _Known()) == {tag.pk: 0.25}


@pytest.mark.django_db
def test_part_of_a_word_names_nothing():
    TagFactory(name="Art")

    assert suggested(ArticleFactory(title="T", body="The start of the party.")) == []


@pytest.mark.django_db
def test_article_without_a_word_gets_no_suggestion():
    TagFactory(name="Art")

    assert suggested(ArticleFactory(title="", body="")) == []


def test_likeliest_tag_is_that_of_the_words_that_go_with_it():
    rarity = Rarity(100, {"ferry": 5, "rope": 9, "bee": 5, "market": 30})

    def text(*words):
        return packed(weights(dict.fromkeys(words, 1), rarity))

    tagged = [
        (text("ferry", "market"), {1}),
        (text("ferry", "rope"), {1}),
        (text("bee", "market"), {2}),
        (text("bee", "rope"), {2, 3}),
    ]

    scores = learned(text("ferry", "rope", "market"), tagged)

    assert max(scores, key=scores.get) == 1
    assert learned(text("ferry"), []) == learned(b"", tagged) == {}
