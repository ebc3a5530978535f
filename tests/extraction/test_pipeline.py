import json
import time
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpusapp.extraction.article import Doubt, ExtractedArticle, Options, Part
from corpusapp.extraction.doubts import SENTENCES, Code, sentence
from corpusapp.extraction.errors import (
    EmptyError,
    ExtractionError,
    NotTextError,
    OnlyFurnitureError,
    TooLargeError,
    TooManyBreaksError,
)
from corpusapp.extraction.lines import MOST_BREAKS
from corpusapp.extraction.pipeline import extract

PARAGRAPHS = (
    "The assembly met on Monday to discuss the plan for the harbour, and most members spoke in favour of it.",
    "A second reading will follow in the autumn, when the costs of the harbour are known to all. Nobody objects.",
    "Until then the committee collects the views of the towns along the coast, as the law of the sea demands.",
)
TITLE = "A Plan for the Harbour Divides the Assembly"
TEXT = "\n\n".join(PARAGRAPHS)


def read(text: str, **options: str) -> ExtractedArticle:
    return extract(text.encode(), Options(**options))


def codes(article: ExtractedArticle) -> set[str]:
    return {doubt.code for doubt in article.doubts}


def parts(article: ExtractedArticle) -> list[Part]:
    return [line.part for line in article.judgements]


def test_a_bare_article_is_title_and_text_with_doubts_that_do_not_hold():
    article = read(f"{TITLE}\n\n{TEXT}")

    assert (article.title, article.body, article.language) == (TITLE, TEXT, "en")
    assert codes(article) == {"no_author", "no_date", "no_section"}
    assert not any(doubt.holds for doubt in article.doubts)


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\u2028"])
def test_line_ends_do_not_matter(line_end):
    assert read(f"{TITLE}\n\n{TEXT}".replace("\n", line_end)).body == TEXT


def test_captured_words_are_escaped_in_the_body():
    article = read(
        f"{TITLE}\n\n{TEXT}\n\n# 3 of the *members* left before the vote on the <b>harbour</b> was called."
    )

    assert article.body.endswith(
        "\\# 3 of the \\*members\\* left before the vote on the \\<b>harbour\\</b> was called."
    )


def test_subheadings_and_lists_are_kept_as_such():
    article = read(
        f"{TITLE}\n\n{PARAGRAPHS[0]}\n\nWhat comes next\n\n{PARAGRAPHS[1]}\n\n  • the first town on the coast is heard.\n  • the second town is heard.\n\n{PARAGRAPHS[2]}"
    )

    assert article.body == (
        f"{PARAGRAPHS[0]}\n\n## What comes next\n\n{PARAGRAPHS[1]}\n\n"
        f"- the first town on the coast is heard.\n- the second town is heard.\n\n{PARAGRAPHS[2]}"
    )


def test_text_wrapped_by_hand_is_joined_to_paragraphs():
    wrapped = (
        "The assembly met on Monday to discuss the plan for the harbour, and\n"
        "most members of the house spoke in favour of it, though some asked\n"
        "what it would cost the towns along the coast in the coming years.\n\n"
        "A second reading will follow in the autumn, when the costs of the\n"
        "harbour are known to all who live there and to those who may come\n"
        "to live there later on."
    )

    assert read(f"{TITLE}\n\n{wrapped}").body == "\n\n".join(
        " ".join(block.split("\n")) for block in wrapped.split("\n\n")
    )


def test_links_between_paragraphs_are_left_out_and_the_text_goes_on():
    article = read(
        f"{TITLE}\n\n{TEXT}\n\nRelated articles\n\nAnother harbour\n\nA third harbour\n\n{TEXT.replace('the', 'that')}\n\n{TEXT.replace('a', 'one')}"
    )

    assert "Another harbour" not in article.body
    assert article.body.count("\n\n") == 8


def test_a_sentence_before_the_byline_is_the_standfirst():
    dek = "Members ask who will pay for the new quay and when it is ready"
    article = read(f"{TITLE}\n\n{dek}\n\nBy Ann Lee\n\n{TEXT}")

    assert (article.standfirst, article.body) == (dek, TEXT)


def test_a_teaser_that_only_repeats_the_text_is_no_standfirst():
    article = read(f"{TITLE}\n\n{TEXT}\n\nRecommend\n\n{TITLE}\n\n{PARAGRAPHS[0]}\n\nLatest")

    assert (article.standfirst, article.body) == ("", TEXT)


def test_a_chinese_teaser_that_may_be_either_is_a_doubt():
    teaser = "多边主义是应对全球挑战的唯一正确选择。"
    text = f"{teaser}联合国成立八十周年之际，国际社会再次聚焦合作，各国代表在大会上发言，讨论全球治理的未来方向与改革。"
    article = read(
        f"观点\n\n国际合作的新浪潮：应对共同挑战\n\n{text}\n\n推荐\n\n国际合作的新浪潮：应对共同挑战\n\n{teaser}\n\n最新"
    )

    assert (article.standfirst, article.body) == ("", text)
    assert (
        Doubt("standfirst", "standfirst_uncertain", holds=False, candidates=(teaser,))
        in article.doubts
    )


def test_an_ambiguous_date_is_left_open_with_both_readings():
    article = read(f"{TITLE}\n\n05/06/2015\n\n{TEXT}")

    assert article.published is None
    assert (
        Doubt(
            "published_at", "date_ambiguous", holds=False, candidates=("2015-06-05", "2015-05-06")
        )
        in article.doubts
    )


def test_an_impossible_date_leaves_the_field_empty_and_says_so():
    article = read(f"{TITLE}\n\nFebruary 31, 2015\n\n{TEXT}")

    assert article.published is None
    assert (
        Doubt("published_at", "date_impossible", holds=False, candidates=("February 31, 2015",))
        in article.doubts
    )


def test_the_date_of_publication_comes_before_that_of_an_update():
    article = read(f"{TITLE}\n\nUpdated May 7, 2020\nPublished May 5, 2020\n\n{TEXT}")

    assert str(article.published) == "2020-05-05"


def test_a_date_inside_a_paragraph_is_no_date_of_publication():
    article = read(
        f"{TITLE}\n\n{TEXT}\n\nThe plan was first heard on May 5, 2020, in the old house of the assembly by the sea."
    )

    assert article.published is None


def test_options_overrule_the_language_of_the_text():
    assert read(f"{TITLE}\n\n{TEXT}", language="zh-tw").language == "zh-Hant"


def test_thirty_digits_of_views_are_no_number():
    article = read(f"Opinion\n\n  • views:{'9' * 30}\n\n{TITLE}\n\n{TEXT}")

    assert article.views is None
    assert "views_impossible" in codes(article)


def test_a_title_without_text_holds():
    article = read(f"{TITLE}\n\nShort text here.\n\nAnd more of it, too.\n\nNot much, though.")

    assert any(doubt.holds and doubt.field == "body" for doubt in article.doubts)


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (b"", EmptyError),
        (b" \n \n", EmptyError),
        ("\u200b\ufeff\n".encode(), EmptyError),
        (b"\x00\x01\x02" * 30, NotTextError),
        (b"Home\n\nAbout us\n\nContact\n\nShare\n\nBack to Top\n", OnlyFurnitureError),
        (b"x" * 101, TooLargeError),
    ],
)
def test_what_cannot_become_an_article_is_refused_with_a_reason(raw, error):
    with pytest.raises(error) as refusal:
        extract(raw, Options(max_bytes=100))

    assert str(refusal.value).endswith(".")


def test_every_doubt_has_its_sentence():
    assert set(SENTENCES) == set(Code)
    assert all(sentence(code).endswith(".") for code in Code)
    assert sentence("from_a_newer_version") == "from_a_newer_version"


UNSTOPPED = (
    "The towns along the coast have asked for a longer hearing and for a second report on what the quay "
    "will cost them in the coming years and who is to pay for its upkeep"
)


@pytest.mark.parametrize(
    "end",
    ["", " https://example.org/report", " (see below)", " –", " 2019.1", " ”", ", says the mayor"],
)
@pytest.mark.parametrize("place", [0, 3])
def test_a_paragraph_at_either_end_is_kept_though_no_mark_of_a_sentence_ends_it(place, end):
    paragraphs = [*PARAGRAPHS]
    paragraphs.insert(place, UNSTOPPED + end)
    text = "\n\n".join(paragraphs)

    article = read(f"{TITLE}\n\nBy Ann Lee\n\n{text}")

    assert article.body == text
    assert codes(article) == {"no_date", "no_section"}


def test_a_chinese_paragraph_without_marks_is_kept_at_the_end():
    text = (
        "议会星期一开会讨论港口计划，多数议员发言表示支持，认为这对沿海城镇有利。\n\n"
        "秋天将进行第二次审议，届时港口的费用将为大家所知，没有人反对这个计划。\n\n"
        "沿海城镇已经要求延长听证会并且要求提出第二份报告说明码头未来几年的费用以及由谁负担维护费用见附注"
    )

    assert read(f"港口计划引起议会的激烈争论\n\n作者：杜起文\n\n{text}").body == text


def test_long_lines_under_a_heading_over_links_stay_out():
    article = read(f"{TITLE}\n\n{TEXT}\n\nRelated articles\n\n{UNSTOPPED}")

    assert article.body == TEXT
    assert parts(article)[-1] is Part.CROSS_LINKS


def test_a_row_of_links_under_the_text_stays_out():
    row = "Harbour news of the week | Weather at sea and on land | The town hall and its offices | Contact us"

    article = read(f"{TITLE}\n\n{TEXT}\n\n{row}")

    assert article.body == TEXT


def test_an_address_alone_under_the_text_may_be_its_source_and_is_kept():
    article = read(f"{TITLE}\n\n{TEXT}\n\nhttps://example.org/{'harbour/' * 12}")

    assert article.body.startswith(f"{TEXT}\n\nhttps://example.org/")


LIST = "1. Build the quay\n2. Ask the towns\n3. Vote again"
VERSE = "The sea is wide,\nthe quay is long,\nthe towns abide,\nand hear its song."
BULLETS = "  • the first town\n  • the second town\n  • the third"


@pytest.mark.parametrize("lines", [LIST, VERSE])
@pytest.mark.parametrize("first", [True, False])
def test_a_numbered_list_and_verse_at_either_end_are_text(lines, first):
    text = f"{lines}\n\n{TEXT}" if first else f"{TEXT}\n\n{lines}"

    article = read(f"{TITLE}\n\nBy Ann Lee\n\n{text}")

    assert article.body.replace("\\", "").replace("\n\n", "\n") == text.replace("\n\n", "\n")


def test_bullets_at_the_end_are_text_where_a_colon_opens_them():
    article = read(f"{TITLE}\n\n{TEXT}\n\n{UNSTOPPED}:\n\n{BULLETS}")

    assert article.body.endswith("upkeep:\n\n- the first town\n- the second town\n- the third")


def test_bullets_under_a_heading_over_links_stay_out():
    article = read(f"{TITLE}\n\n{TEXT}\n\nYou might also like\n\n{BULLETS}")

    assert article.body == TEXT


@pytest.mark.parametrize(
    "last",
    [
        "Nobody knows.",
        "The towns have asked for a longer hearing",
        "The sea is wide\nthe quay is long\nand the towns abide",
    ],
)
def test_what_could_be_a_sentence_at_the_end_is_kept_or_doubted(last):
    article = read(f"{TITLE}\n\n{TEXT}\n\n{last}")

    kept = article.body.replace("\\\n", "\n").replace("\n\n", "\n").endswith(last)
    assert kept or Doubt("body", "body_edges", holds=False) in article.doubts


def test_the_foot_of_a_page_is_no_text():
    foot = "Back to Top\n\n  • Home\n  • Harbour news\n  • Town hall\n  • Contact us\n\n© 2020 The Harbour Times"

    assert read(f"{TITLE}\n\n{TEXT}\n\n{foot}").body == TEXT


@pytest.mark.parametrize("first", [f"{UNSTOPPED}.", UNSTOPPED, PARAGRAPHS[0]])
def test_a_capture_without_a_title_gets_none_and_keeps_its_first_paragraph(first):
    text = f"{first}\n\n{TEXT.replace('the', 'that')}"

    article = read(text)

    assert (article.title, article.body) == ("", text)
    assert "title" not in article.evidence
    assert [doubt.code for doubt in article.doubts if doubt.holds] == ["no_title"]


def test_the_name_of_a_section_is_no_title():
    article = read(f"Opinion\n\nMay 5, 2020\n\n{TEXT}")

    assert (article.title, article.body, str(article.published)) == ("", TEXT, "2020-05-05")
    assert Doubt("title", "no_title", holds=True) in article.doubts


def test_a_short_title_over_a_byline_is_one():
    article = read(f"Harbour Lights\n\nBy Ann Lee\n\n{TEXT}")

    assert (article.title, article.body) == ("Harbour Lights", TEXT)
    assert not any(doubt.holds for doubt in article.doubts)


@pytest.mark.parametrize("printed", ["May 5, 3015", "5 May 1432", "May 5, 2150"])
def test_a_year_that_no_capture_can_be_of_is_a_doubt(printed):
    article = read(f"{TITLE}\n\n{printed}\n\n{TEXT}")

    assert article.published is None
    assert (
        Doubt("published_at", "date_impossible", holds=False, candidates=(printed,))
        in article.doubts
    )


@pytest.mark.parametrize(
    ("raw", "counted"),
    [(b"Home", "the one line holds menus"), (b"Home\nContact", "the 2 lines hold menus")],
)
def test_a_refusal_counts_its_lines_in_words_that_agree(raw, counted):
    with pytest.raises(OnlyFurnitureError, match=counted):
        extract(raw)


pieces = st.sampled_from(
    [
        TITLE, *PARAGRAPHS, "By Ann Lee", "May 5, 2020", "05/06/2015", "Recommend", "Latest", "Comments", "image", "views:12", "",
        "", "  • bullet", "    indented", "1. numbered", "作者：杜起文", "2020年5月5日", "相关新闻", "联合国成立八十周年之际，国际社会的目光再次聚焦多边主义。",
        "Language : English 简体", "Tags: a, b", "Source: X", "\u202e", "***", "# 3", ":", "By", "•", "\x00",
    ]
)  # fmt: skip
captures = st.lists(pieces | st.text(max_size=40), max_size=25).map("\n".join)


@settings(max_examples=300)
@given(captures)
@example("By\n•\nBy")
def test_every_line_of_any_capture_is_judged_once_and_no_sentence_is_lost(text):
    try:
        article = extract(text.encode("utf-8", "replace"))
    except ExtractionError:
        return

    assert [line.line for line in article.judgements] == list(range(1, len(article.judgements) + 1))
    assert Part.BODY not in parts(article) or article.body
    for name, evidence in article.evidence.items():
        assert 0 < evidence.confidence <= 1, name
        assert 1 <= evidence.first_line <= evidence.last_line <= len(article.judgements), name
    assert article == extract(text.encode("utf-8", "replace"))


@given(st.binary(max_size=400))
def test_any_bytes_give_an_article_or_a_refusal(raw):
    with suppress(ExtractionError):
        extract(raw)


HOSTILE = {
    "one enormous line": "word " * 400_000,
    "one enormous word": "x" * 2_000_000,
    "a million blank lines": "\n" * 1_000_000,
    "a million tiny lines": "a\n" * 1_000_000,
    "tiny lines up to the limit": "a\n" * 49_999,
    "a title of 100 kB": f"{'Harbour ' * 12_500}\n\n{TEXT}",
    "a byline of 100 kB": f"{TITLE}\n\nBy {'Ann Lee, ' * 12_500}\n\n{TEXT}",
    "ten thousand bylines": f"{TITLE}\n\n" + "By Ann Lee\n" * 10_000 + f"\n{TEXT}",
    "ten thousand dates": f"{TITLE}\n\n" + "May 5, 2020\n" * 10_000 + f"\n{TEXT}",
    "digits and separators": "1/" * 300_000,
    "spaces": f"{TITLE}\n\n" + "By" + " " * 500_000 + f"x\n\n{TEXT}",
    "commas": f"{TITLE}\n\n" + "," * 500_000,
    "colons and dashes": "views: - : - " * 50_000,
    "markup": "*_`[](<&" * 50_000,
    "quotation marks": "“”\"'" * 100_000,
    "chinese": "联合国，" * 200_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_captures_are_read_in_seconds(name):
    start = time.process_time()
    with suppress(ExtractionError):
        extract(HOSTILE[name].encode())

    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("media_type", "blank"),
    [
        ("text/plain", "\n"),
        ("text/plain", " \n"),
        ("text/plain", "\u2028"),
        ("text/markdown", "\n"),
        ("text/markdown", "\r"),
    ],
)
def test_more_blank_lines_than_memory_is_for_are_refused_before_they_cost_any(media_type, blank):
    raw = f"{TITLE}\n\n{TEXT}\n{blank * (2 * MOST_BREAKS)}\n{TEXT}\n".encode()

    tracemalloc.start()
    try:
        with pytest.raises(TooManyBreaksError, match="more than 1,200,000 lines: "):
            extract(raw, Options(media_type=media_type))
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most < 8 * len(raw)


@pytest.mark.parametrize("name", ["markdown", "text"])
def test_text_of_a_record_may_not_be_millions_of_blank_lines_either(name):
    record = {"title": TITLE, name: f"{TEXT}{chr(10) * (MOST_BREAKS + 1)}{TEXT}"}

    with pytest.raises(TooManyBreaksError):
        extract(json.dumps(record).encode(), Options(media_type="application/json"))


def test_a_line_far_too_long_for_a_title_is_none():
    article = read(f"{'Harbour ' * 12_500}\n\n{TITLE}\n\n{TEXT}")

    assert len(article.title) < 300


def test_a_sentence_that_names_its_reporters_stays_in_the_text():
    text = (
        "议会星期一开会讨论港口计划，多数议员发言表示支持，认为这对沿海城镇有利。\n\n"
        "秋天将进行第二次审议，届时港口的费用将为大家所知，没有人反对这个计划。\n\n"
        "沿海城镇已经要求延长听证会，并且要求提出第二份报告，说明码头未来几年的费用。（记者杜起文、李安）"
    )

    assert read(f"港口计划引起议会的激烈争论\n\n2020年5月5日\n\n{text}").body == text
