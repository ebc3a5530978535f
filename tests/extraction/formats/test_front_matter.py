import time

import pytest

from corpusapp.extraction.article import Options, Part
from corpusapp.extraction.errors import ExtractionError
from corpusapp.extraction.pipeline import extract
from corpusapp.extraction.readable import readable_text
from corpusapp.text.markdown import render

MARKDOWN = "text/markdown"


def read(text, **options):
    raw = text.encode() if isinstance(text, str) else text
    return extract(raw, Options(media_type=MARKDOWN, **options))


PAGE = """---
title: "The Ferry: a history"
author: Ada Quill
date: 2015-05-21
tags:
  - winter
---

The *ferry* went.

> A word.

## Part
"""


def test_fields_come_from_the_front_matter_and_the_text_stays_as_it_is():
    article = read(PAGE)

    assert article.title == "The Ferry: a history"
    assert [byline.name for byline in article.bylines] == ["Ada Quill"]
    assert (str(article.published), article.tags) == ("2015-05-21", ("winter",))
    assert article.body == "The *ferry* went.\n\n> A word.\n\n## Part"
    assert [doubt.code for doubt in article.doubts] == ["no_section"]
    assert (article.evidence["title"].rule, article.evidence["title"].confidence) == (
        "front matter",
        1.0,
    )
    assert (article.evidence["tags"].first_line, article.evidence["tags"].last_line) == (5, 6)


def test_every_line_is_accounted_for():
    article = read(PAGE)

    lines = readable_text(PAGE.encode(), MARKDOWN).split("\n")
    parts = [judgement.part for judgement in article.judgements]
    assert len(lines) == len(parts)
    assert parts[1:6] == [Part.TITLE, Part.BYLINE, Part.DATE, Part.TAGS, Part.TAGS]
    assert parts[8:13:2] == [Part.BODY, Part.QUOTATION, Part.SUBHEADING]


def test_first_heading_is_the_title_where_nothing_states_one():
    article = read("# What *we* saw\n\nText.\n")

    assert (article.title, article.body) == ("What we saw", "Text.")
    assert article.evidence["title"].rule == "first heading"


def test_heading_in_the_text_is_no_title():
    article = read("Text.\n\n# Later\n")

    assert (article.title, article.body) == ("", "Text.\n\n# Later")
    assert article.doubts[0].code == "no_title"


def test_line_that_is_no_front_matter_stays_text():
    assert read("---\n\nText after a rule.\n").body == "---\n\nText after a rule."


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Setext\n======\n\nText.", "## Setext\n\nText."),
        ("A [word][1].\n\n[1]: https://example.org/a", "A [word](https://example.org/a)."),
        ("One<br>two <b>bold</b>.", "One\ntwo **bold**."),
        ("<script>alert(1)</script>\n\nText.", "Text."),
        ("Text.\n\n    code = 1\n    more", "Text.\n\n```\ncode = 1\nmore\n```"),
    ],
)
def test_markdown_that_ours_leaves_out_says_the_same_in_our_form(theirs, ours):
    assert read(theirs).body == ours


@pytest.mark.parametrize(
    "hostile",
    [
        "[x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>\n\ntext",
        "![x](https://evil.example/a.png)",
        "<a href='javascript:alert(1)'>x</a> text",
        "<iframe src=//evil.example></iframe> text",
    ],
)
def test_nothing_in_a_markdown_file_becomes_script_or_a_request(hostile):
    html = render(read(hostile).body)

    assert "javascript:" not in html.replace("](javascript:", "")
    assert "<img" not in html
    assert "<script" not in html
    assert "onerror" not in html
    assert "<iframe" not in html


def test_chinese_encodings_are_read_and_recorded():
    text = "---\ntitle: 你好世界\n---\n这是一个在中国的大学里的学生说的话，我们都是好人。\n"

    article = read(text.encode("gb18030"))

    assert (article.title, article.encoding) == ("你好世界", "gb18030")
    assert ("encoding", "encoding_guessed") in [(d.field, d.code) for d in article.doubts]


@pytest.mark.parametrize(
    "text", ["", "---\n---\n", "---\na: [\n---\nx", "---\na: &b 1\nc: *b\n---\nx"]
)
def test_what_states_nothing_or_is_broken_is_refused(text):
    with pytest.raises(ExtractionError):
        read(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("word\n" * 50_001, "50,000 lines"), ("*a " * 100_001 + "*" * 100_000, "200,000 marks")],
)
def test_text_that_would_take_a_minute_to_show_is_refused(text, reason):
    with pytest.raises(ExtractionError, match=reason):
        read(text)


TOML = """+++
title = "The Ferry: a history"
author = ["Ada Quill", "Bo Ray"]
date = 2015-05-21T10:30:00
draft = true
weight = 3
tags = [
  "winter",
]
+++

The *ferry* went.
"""


def test_fields_come_from_front_matter_in_toml_too():
    article = read(TOML)

    assert article.title == "The Ferry: a history"
    assert [byline.name for byline in article.bylines] == ["Ada Quill", "Bo Ray"]
    assert (str(article.published), article.tags) == ("2015-05-21T10:30", ("winter",))
    assert (article.body, article.is_draft) == ("The *ferry* went.", True)
    assert article.evidence["title"].rule == "front matter"
    assert (article.evidence["tags"].first_line, article.evidence["tags"].last_line) == (7, 9)


def test_tables_of_a_generator_are_looked_into():
    article = read(
        '+++\ntitle = "A"\n[taxonomies]\ntags = ["b"]\n[extra]\nauthor = "C"\n+++\nText.\n'
    )

    assert (article.tags, article.bylines[0].name) == (("b",), "C")


@pytest.mark.parametrize(
    ("matter", "reason"),
    [
        ("a = [", "no TOML: Invalid value"),
        ("date = 2015-02-31", "no TOML: Invalid date or datetime"),
        ("title: A", "no TOML"),
        ("a = " + "[" * 400 + "]" * 400, "nested too deeply"),
        ("a." * 30_000 + "b = 1", "nested too deeply"),
        ("a.b.c.d.e.f.g.h.i.j.k.l.m.n = 1", "nested too deeply"),
        ("a = [" + "1," * 20_000 + "]", "nested too deeply or too long"),
        ("a = " + "9" * 6000, "nested too deeply or too long"),
        ("#" * 70_000, "larger than 64 kB"),
    ],
)
def test_toml_that_is_broken_or_too_much_is_refused_at_once(matter, reason):
    started = time.process_time()

    with pytest.raises(ExtractionError, match=reason):
        read(f"+++\n{matter}\n+++\nText.\n")

    assert time.process_time() - started < 2
