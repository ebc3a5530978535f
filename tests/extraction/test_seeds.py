"""The two seeds come out exactly so, by general rules."""

from dataclasses import replace
from pathlib import Path

from corpusapp.extraction.article import (
    Doubt,
    Evidence,
    ExtractedArticle,
    ExtractedByline,
    Part,
    Precision,
    PrintedDate,
    Role,
)
from corpusapp.extraction.pipeline import extract

SEEDS = Path(__file__).parents[2] / "seeds"


def read(name: str) -> ExtractedArticle:
    return extract((SEEDS / name).read_bytes())


def without_long_fields(article: ExtractedArticle) -> ExtractedArticle:
    return replace(article, body="", judgements=(), text_hash="")


def without_learned_confidence(article: ExtractedArticle, *fields: str) -> ExtractedArticle:
    """The article with 1.0 where a learned judge was sure enough: each training gives it anew."""
    evidence = dict(article.evidence)
    for field in fields:
        assert evidence[field].confidence >= 0.6
        evidence[field] = replace(evidence[field], confidence=1.0)
    return replace(article, evidence=evidence)


def parts(article: ExtractedArticle) -> dict[int, Part]:
    return {line.line: line.part for line in article.judgements if line.part is not Part.BLANK}


def test_first_seed_gives_every_field_of_its_page():
    article = without_learned_confidence(
        read("000_886a13f3fb6f00ce.txt"), "title", "section", "published_at", "body"
    )

    assert without_long_fields(article) == ExtractedArticle(
        title="The New Wave of International Cooperation: Multilateral Actions to Address Common Challenges",
        standfirst="At the Historic Moment of the UN's 80th Anniversary: Reaffirming Multilateralism for Global Governance.",
        published=PrintedDate("2025-09-28T16:08", Precision.MINUTE),
        section="Columns and Opinions",
        language="en",
        views=1201,
        doubts=(Doubt("authors", "no_author", holds=False),),
        evidence={
            "language": Evidence(0.9, "script and small words", 11, 27),
            "title": Evidence(1.0, "best of the lines above the text", 7, 7),
            "published_at": Evidence(1.0, "date beside the title", 1, 1),
            "section": Evidence(1.0, "short line about the title", 3, 3),
            "views": Evidence(0.95, "counter of views", 5, 5),
            "standfirst": Evidence(0.9, "repeated by the page's teaser, glued to the text", 11, 33),
            "body": Evidence(1.0, "judged text among its neighbours", 11, 27),
        },
    )


def test_first_seed_has_nine_paragraphs_and_nothing_around_them():
    paragraphs = read("000_886a13f3fb6f00ce.txt").body.split("\n\n")

    assert len(paragraphs) == 9
    assert paragraphs[0].startswith("At the historic moment when the United Nations (UN)")
    assert paragraphs[-1].endswith("address the common challenges facing humanity.")


def test_every_line_of_the_first_seed_is_named():
    assert parts(read("000_886a13f3fb6f00ce.txt")) == {
        1: Part.DATE,
        3: Part.SECTION,
        5: Part.VIEWS,
        7: Part.TITLE,
        9: Part.FURNITURE,
        **dict.fromkeys(range(11, 28, 2), Part.BODY),
        **dict.fromkeys((29, 31, 33, 35), Part.CROSS_LINKS),
    }


def test_second_seed_gives_every_field_of_its_page():
    article = without_learned_confidence(
        read("002_b626b8f401cf094e.txt"), "title", "section", "authors", "published_at", "body"
    )

    assert without_long_fields(article) == ExtractedArticle(
        title="A New Type of Win-Win International Cooperation",
        bylines=(
            ExtractedByline(
                "Du Qiwen", "Member, Foreign Policy Advisory Committee", Role.AUTHOR, 7
            ),
        ),
        published=PrintedDate("2015-05-21", Precision.DAY),
        section="Foreign Policy",
        language="en",
        evidence={
            "language": Evidence(0.9, "script and small words", 11, 29),
            "title": Evidence(1.0, "best of the lines above the text", 4, 4),
            "authors": Evidence(1.0, "bullet under the date", 7, 9),
            "published_at": Evidence(1.0, "date beside the title", 6, 6),
            "section": Evidence(1.0, "short line about the title", 2, 2),
            "body": Evidence(1.0, "judged text among its neighbours", 11, 29),
        },
    )


def test_second_seed_has_ten_paragraphs_and_nothing_around_them():
    paragraphs = read("002_b626b8f401cf094e.txt").body.split("\n\n")

    assert len(paragraphs) == 10
    assert paragraphs[0].startswith("In March 2013, during his speech")
    assert paragraphs[-1].endswith("a better chance for common prosperity for all.")


def test_every_line_of_the_second_seed_is_named():
    assert parts(read("002_b626b8f401cf094e.txt")) == {
        1: Part.LANGUAGES,
        2: Part.SECTION,
        4: Part.TITLE,
        6: Part.DATE,
        7: Part.BYLINE,
        9: Part.POST,
        **dict.fromkeys(range(11, 30, 2), Part.BODY),
        31: Part.CROSS_LINKS,
        32: Part.FURNITURE,
    }
