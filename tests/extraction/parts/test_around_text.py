"""Fields that stand around title and text, each among the lines of a whole capture."""

import pytest

from corpusapp.extraction.article import ExtractedArticle, Part
from corpusapp.extraction.pipeline import extract

TITLE = "The ferry that would not sink keeps its last captain"
PARAGRAPHS = (
    "The ferry between the quays has been declared unsafe four times, and each time its captain took it out again.",
    "The harbour board met above the chandler's shop and talked about the ferry for three hours, without a decision.",
    "A new boat would cost more than the quay, and the towns on both sides agree that neither should pay for it.",
)
HAN_TITLE = "不肯沉的渡船留住了最后一位船长"
HAN_PARAGRAPHS = (
    "两个码头之间的渡船已经四次被判定为不安全，可是每一次船长都在第二天早上照常开船，因为没有别人愿意学怎么发动它的机器。",
    "港务会星期二在船具店楼上的大厅里开会，为这条船谈了三个小时，没有做出任何船长会从驾驶台上注意到的决定。",
    "新船的价钱比整个码头还要贵，两岸的镇子都同意，这笔钱不该由自己来出。",
)


def _read(*under: str, after: tuple[str, ...] = (), han: bool = False) -> ExtractedArticle:
    title, text = (HAN_TITLE, HAN_PARAGRAPHS) if han else (TITLE, PARAGRAPHS)
    return extract("\n\n".join((title, *under, *text, *after)).encode())


def _parts(article: ExtractedArticle) -> set[Part]:
    return {judgement.part for judgement in article.judgements}


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("2019-08-12 10:26　来源: 青渡晚报 举报", "青渡晚报"),
        ("2018-12-21 13:43:45 来源：北岭日报 作者：苏半夏", "北岭日报"),
        ("2024年04月24日23:52 | 来源：青渡晚报", "青渡晚报"),
        ("来源：北岭日报", "北岭日报"),
        ("2019-08-12 10:26　来源: 本站原创", ""),
        ("2019-08-12 10:26", ""),
        ("图片来源：北岭日报", ""),
    ],
)
def test_the_source_is_named_beside_the_date_and_ends_before_a_button(line, source):
    article = _read(line, han=True)

    assert article.source == source
    assert article.body == "\n\n".join(HAN_PARAGRAPHS)


@pytest.mark.parametrize(
    ("line", "source", "address"),
    [
        ("Source: The Quayside Observer", "The Quayside Observer", ""),
        (
            "This article first appeared in The Quayside Observer on 3 May.",
            "The Quayside Observer",
            "",
        ),
        ("Originally published at quayside.example.", "quayside.example", ""),
        ("Original link: https://quayside.example/ferry", "", "https://quayside.example/ferry"),
        ("This article was originally published in April and has been updated.", "", ""),
        ("First published on May 3, 2019", "", ""),
    ],
)
def test_the_source_under_the_text_is_a_name_or_an_address(line, source, address):
    article = _read("3 May 2019", after=(line,))

    assert (article.source, article.source_url) == (source, address)


@pytest.mark.parametrize(
    ("line", "views"),
    [
        ("views:1201", 1201),
        ("1.2k views", 1200),
        ("觀看次數：12,044", 12044),
        ("阅读 5万+", 50_000),
        ("时间：2019-09-25 作者：沈渡 阅读：1644", 1644),
        ("两岸一共有424次班船", None),
    ],
)
def test_views_are_counted_in_their_own_line_or_beside_the_date(line, views):
    assert _read(line, han=True).views == views


@pytest.mark.parametrize(
    ("lines", "tags"),
    [
        (("关键词：渡船 码头 船长",), ("渡船", "码头", "船长")),
        (("标签：渡船、码头 责任编辑：沈渡",), ("渡船", "码头")),
        (("Tags:", "  • ferries\n  • old quays"), ("ferries", "old quays")),
        (("#渡船 #码头",), ("渡船", "码头")),
        (("Tags:", "Nothing was listed here by anybody."), ()),
    ],
)
def test_tags_stand_behind_a_lead_or_in_a_list_under_it(lines, tags):
    assert _read("2019-08-12", after=lines, han=True).tags == tags


CAPTION = "The ferry leaves the northern quay on a calm morning."


@pytest.mark.parametrize(
    "lines",
    [
        (f"{CAPTION}\n{CAPTION}",),
        (f"image\n{CAPTION}",),
        (f"{CAPTION}\nPhoto: Orla Fenwick",),
    ],
)
def test_a_caption_stands_beside_a_picture(lines):
    article = _read("By Orla Fenwick", "3 May 2019", *lines)

    assert article.caption == CAPTION
    assert article.body == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize("line", ["分享 打印 收藏", "image"])
def test_other_lines_between_title_and_text_are_furniture(line):
    article = _read("By Orla Fenwick", "3 May 2019", line)

    assert article.caption == ""
    assert Part.CAPTION not in _parts(article)
    assert article.body == "\n\n".join(PARAGRAPHS)


SUMMARY = "Four times declared unsafe, it still sails every morning at six."


@pytest.mark.parametrize("under", [("By Orla Fenwick", "3 May 2019"), ("3 May 2019",)])
def test_a_summary_between_title_and_byline_is_the_standfirst(under):
    article = _read(SUMMARY, *under)

    assert article.standfirst == SUMMARY
    assert article.body == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "first",
    [
        f"{PARAGRAPHS[0]} {PARAGRAPHS[1]}",
        "The board met. It talked about the ferry for three hours. Nobody took notes, and nothing was decided at all.",
    ],
)
def test_a_first_paragraph_over_the_date_stays_in_the_text(first):
    article = _read(first, "3 May 2019")

    assert article.standfirst == ""
    assert first in article.body
