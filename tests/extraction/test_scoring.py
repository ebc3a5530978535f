import pytest

from corpusapp.extraction.article import (
    Evidence,
    ExtractedArticle,
    ExtractedByline,
    Precision,
    PrintedDate,
    Role,
)
from tests.extraction.scoring import (
    Credit,
    body_overlap,
    confident,
    credits_of,
    figure,
    language_key,
    likeness,
    name_key,
    shingles,
    title_key,
    tokens,
)

RIGHT = Credit(1.0, 1.0, 1.0, 1.0)
WRONG = Credit(0.0, 1.0, 0.0, 1.0)
MISSED = Credit(0.0, 0.0, 0.0, 1.0)


def signed(*names, post=""):
    return tuple(ExtractedByline(name, post, Role.AUTHOR, 1) for name in names)


def test_titles_are_the_same_whatever_their_quotes_dashes_and_spaces():
    assert title_key("  “Slow  lifts” – a history. ") == title_key('"slow lifts"-a history')
    assert title_key("Slow lifts") != title_key("Slow lift")


@pytest.mark.parametrize(
    "printed",
    ["By Ann Lee", "by: Ann Lee", "Dr. Ann Lee", "ANN LEE", "Von Ann Lee", "Ann\u00a0Lee"],
)
def test_names_are_the_same_without_lead_and_academic_title(printed):
    assert name_key(printed) == "ann lee"


@pytest.mark.parametrize(
    ("printed", "left"),
    [
        ("作者：杜起文", "杜 起 文"),
        ("文/杜起文", "文 杜 起 文"),
        ("文天祥", "文 天 祥"),
        ("Byron", "byron"),
        ("Vonda Lee", "vonda lee"),
    ],
)
def test_a_lead_is_one_only_where_something_parts_it_from_the_name(printed, left):
    assert name_key(printed) == left


@pytest.mark.parametrize(
    ("tag", "key"),
    [
        ("en-GB", "en"),
        ("zh-CN", "zh-hans"),
        ("zh_Hant", "zh-hant"),
        ("zh", "zh"),
        ("nb", "no"),
        ("", ""),
    ],
)
def test_languages_are_compared_by_their_first_part_and_chinese_by_its_script(tag, key):
    assert language_key(tag) == key


def test_each_han_character_is_a_token_and_latin_words_stay_whole():
    assert tokens("港口 Port-2計画") == ["港", "口", "port", "2", "計", "画"]
    assert shingles("one two three") == {("one", "two", "three"): 1}
    assert list(shingles("a b c d e")) == [tuple("abcd"), tuple("bcde")]


def test_a_body_is_compared_without_a_first_line_that_repeats_the_title():
    assert body_overlap("a b c d", "The title\n\na b c d", "The Title") == (1.0, 1.0)
    assert body_overlap("a b c d", "a b c d e", "") == (0.5, 1.0)
    assert body_overlap("a b c d", "", "") == (0.0, 0.0)


def test_likeness_counts_shared_words():
    assert likeness("Member, Committee", "committee member") == 1.0
    assert likeness("a", "b") == 0.0


def test_what_is_wrong_costs_precision_and_what_is_missing_only_recall():
    truth = {"title": "Slow lifts", "published_days": ["2020-05-05"], "published": "2020-05-05"}
    date = PrintedDate("2020-05-06", Precision.DAY)

    assert credits_of(truth, ExtractedArticle(title="Fast lifts", published=date)) == {
        "title": WRONG, "title~": WRONG, "date": WRONG
    }  # fmt: skip
    assert credits_of(truth, None) == {"title": MISSED, "title~": MISSED, "date": MISSED}


def test_a_field_that_is_not_judged_earns_nothing():
    truth = {"title": None, "authors": None, "published_days": None, "section": None, "body": None}

    assert credits_of(truth, ExtractedArticle(title="Slow lifts", bylines=signed("Ann Lee"))) == {}


def test_authors_are_counted_name_by_name_and_a_page_of_nobody_has_none():
    two = credits_of({"authors": ["Ann Lee", "Bo Wu"]}, ExtractedArticle(bylines=signed("Ann Lee")))
    none = credits_of({"authors": []}, ExtractedArticle(bylines=signed("Ann Lee")))

    assert two == {"authors": Credit(1.0, 1.0, 1.0, 2.0), "authors=": WRONG}
    assert none == {"authors": Credit(0.0, 1.0, 0.0, 0.0), "authors=": WRONG, "nobody": WRONG}


def test_a_post_is_right_if_most_of_its_words_are():
    truth = {"posts": {"Ann Lee": "Member, Foreign Committee"}}

    near = credits_of(truth, ExtractedArticle(bylines=signed("Ann Lee", post="Foreign Committee")))
    none = credits_of(truth, ExtractedArticle(bylines=signed("Ann Lee")))

    assert near == {"posts": RIGHT}
    assert none == {"posts": MISSED}


def test_a_title_given_where_there_is_none_costs_precision_alone():
    truth = {"title": None, "absent": ["title"]}

    assert credits_of(truth, ExtractedArticle(title="Harbour"))["title"] == Credit(
        0.0, 1.0, 0.0, 0.0
    )
    assert credits_of(truth, ExtractedArticle())["title"] == Credit(0.0, 0.0, 0.0, 0.0)


def test_segments_reward_what_is_kept_and_what_is_left_out_alike():
    truth = {"must": ["One sentence.", "Another."], "mustnot": ["Share this"]}

    half = credits_of(truth, ExtractedArticle(body="One sentence."))
    nothing = credits_of(truth, ExtractedArticle())

    assert half["segments"].precise == 0.75
    assert nothing["segments"].precise == 0.0


def test_a_figure_is_made_of_sums():
    found = figure([RIGHT, WRONG, MISSED, MISSED])

    assert (found.records, found.precision, found.recall) == (4, 0.5, 0.25)
    assert found.f1 == pytest.approx(1 / 3)
    assert figure([Credit(0.0, 0.0, 0.0, 0.0)]).f1 == 0.0


def test_confidence_is_told_with_whether_the_field_is_right():
    article = ExtractedArticle(
        title="Slow lifts",
        section="News",
        evidence={"title": Evidence(0.9, "a rule", 1, 1), "section": Evidence(0.7, "a rule", 2, 2)},
    )

    earned = credits_of({"title": "Slow lifts", "section": "Sport"}, article)

    assert confident(article, earned) == {"title": (0.9, True), "section": (0.7, False)}
