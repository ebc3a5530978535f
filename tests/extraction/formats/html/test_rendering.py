import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpusapp.extraction.errors import EmptyError, ExtractionError, TooManyLinesError
from corpusapp.extraction.formats.html.limits import DEEPEST, TooDeepError
from corpusapp.extraction.formats.html.reading import read_saved_page
from corpusapp.extraction.markup import Area
from corpusapp.extraction.readable import readable_text


def lines(html):
    return [line.text for line in read_saved_page(html.encode()).page.lines]


def shown(html):
    return readable_text(html.encode(), "text/html")


def test_each_block_is_a_line_and_inline_elements_are_none():
    assert lines("<div><p>One <b>two</b> three</p><p>Four</p></div>") == ["One two three", "Four"]


def test_a_break_ends_a_line():
    assert lines("<p>One<br>Two</p>") == ["One", "Two"]


def test_items_are_shown_as_bullets_under_each_other():
    assert shown("<ul><li>A<ul><li>B</li></ul></li><li>C</li></ul>") == "  • A\n\n    • B\n\n  • C"


def test_names_and_dates_that_only_a_style_parts_do_not_run_into_each_other():
    html = '<div><span>By</span><a href="/author/x">Ann Lee</a><time>5 May 2020</time></div>'

    assert lines(html) == ["By Ann Lee 5 May 2020"]


def test_a_drop_capital_stays_with_its_word():
    assert lines('<p><span class="dropcap">T</span>he lamp</p>') == ["The lamp"]


def test_scripts_styles_and_hidden_words_of_a_line_are_no_words():
    assert lines('<p>See<script>x()</script> it<span style="display: none">no</span></p>') == [
        "See it"
    ]


def test_the_words_of_a_picture_are_a_line_of_their_own():
    page = read_saved_page(b'<p><img alt="A tower at dusk"></p><p>Text</p><img alt="image">').page

    assert [(line.text, line.place.tag) for line in page.lines] == [
        ("A tower at dusk", "img"),
        ("Text", "p"),
    ]


def test_cells_of_a_row_stay_in_a_line():
    assert lines(
        "<table><tr><th>Year</th><th>Ships</th></tr><tr><td>1990</td><td>12</td></tr></table>"
    ) == [
        "Year | Ships",
        "1990 | 12",
    ]


def test_lines_of_code_keep_their_indentation():
    page = read_saved_page(b"<pre><code>if x:\n    y()</code></pre>").page

    assert [line.pieces[0] for line in page.lines] == ["if x:", "    y()"]


def test_links_of_a_menu_are_shown_but_not_judged():
    html = "<nav><a href='/'>Home</a></nav><main><p>Text with <a href='/a'>a link</a></p></main>"

    assert lines(html) == ["Text with a link"]
    assert shown(html).split() == ["Home", "Text", "with", "a", "link"]


def test_words_of_menus_and_the_foot_are_shown_line_for_line_and_none_is_judged():
    html = (
        "<nav><p>Sections <b>of</b> it</p><svg><text>x</text></svg><ul><li>One</li><li>Two<br>Three</li></ul></nav>"
        "<p>Text</p><footer><div>Contact</div><img alt='Our logo'></footer>"
    )

    assert lines(html) == ["Text"]
    assert shown(html).split("\n") == [
        "Sections of it", "One", "Two", "Three", "", "Text", "Contact", "Our logo",
    ]  # fmt: skip


def test_the_foot_of_an_article_is_judged():
    assert lines("<article><p>Text</p><footer><p>By Ann Lee</p></footer></article>") == [
        "Text",
        "By Ann Lee",
    ]


def test_data_in_a_foot_is_read():
    html = b'<p>Text</p><footer><script type="application/ld+json">{"a": 1}</script></footer>'

    assert read_saved_page(html).page.json_ld == ('{"a": 1}',)


def test_a_page_that_is_a_menu_as_a_whole_is_judged():
    paragraph = "The lamp has turned for ninety years, and the keepers mean to go on. " * 4

    assert len(lines(f"<nav><p>{paragraph}</p><p>{paragraph}</p></nav>")) == 2


def test_markup_tells_where_a_line_stands():
    page = read_saved_page(
        b'<article class="post"><h2>A</h2><blockquote><p class="lead">B</p></blockquote></article>'
    ).page
    heading, quoted = page.lines

    assert heading.heading == 2
    assert quoted.place.quotes == 1
    assert quoted.place.areas & Area.ARTICLE
    assert quoted.place.areas & Area.QUOTE


def test_the_head_is_read():
    page = read_saved_page(
        b'<html lang="de"><head><title>T</title><meta name="author" content="A B"><link rel="canonical" href="https://x.example/a">'
        b'<script type="application/ld+json">{"a": 1}</script></head><body>Text</body></html>'
    ).page

    assert (page.language, page.titles, page.meta("author")) == ("de", ("T",), "A B")
    assert (page.address, page.json_ld) == ("https://x.example/a", ('{"a": 1}',))


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "gb18030"])
def test_the_declared_encoding_or_the_mark_is_read(codec):
    html = '<html><head><meta charset="gb18030"></head><body><p>灯塔守望者留了下来，灯还在转动。</p></body></html>'

    assert "灯塔守望者" in readable_text(html.encode(codec), "text/html")


def test_an_endless_comment_swallows_no_page():
    assert lines("<!--[if IE]> <html> <p>Still here</p>")[-1] == "Still here"


def test_a_page_without_words_is_empty():
    with pytest.raises(EmptyError):
        read_saved_page(b"<html><head></head><body><img src=x></body></html>")


@pytest.mark.parametrize("tag", ["div", "span", "b", "ul", "blockquote", "table"])
def test_a_bottomless_page_is_refused(tag):
    with pytest.raises((TooDeepError, TooManyLinesError)):
        read_saved_page(f"<{tag}><p>x".encode() * 100_000)


def test_deep_but_bearable_nesting_is_read():
    deep = DEEPEST - 10
    assert lines("<div>" * deep + "x" + "</div>" * deep) == ["x"]


def test_entities_are_not_expanded_and_no_file_is_opened():
    html = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY f SYSTEM "file:///etc/hostname">]><p>x &a;&a; &f; y</p>'

    assert lines(html)[-1].replace(" ", "") in {"x&a;&a;&f;y", "]>x&a;&a;&f;y"}


def calls_to_read(raw):
    """How many functions are called to read `raw`: a clock without seconds."""
    count = 0

    def note(_frame, event, _argument):
        nonlocal count
        count += event == "call"

    sys.setprofile(note)
    try:
        read_saved_page(raw)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        "<p>word</p>",
        "<a href=x>w</a>",
        "</b></i>x<br>",
        "<td>x<td>y",
        "<li>a<ul></ul>",
        "&amp;&lt;",
        "<span class='byline author'>A B</span>",
    ],
)
def test_twice_the_page_is_at_most_twice_the_work(piece):
    small, large = (calls_to_read(f"<p>begin {piece * count}".encode()) for count in (1000, 2000))

    assert large < 2.2 * small


def test_one_endless_attribute_is_no_burden():
    assert calls_to_read(b'<p class="' + b"a " * 1_000_000 + b'">x</p>') < 500


def test_fifty_thousand_attributes_are_read_within_seconds():
    crowd = " ".join(f"a{number}" for number in range(50_000))
    started = time.process_time()

    assert lines(f"<p class=x {crowd}>x</p>") == ["x"]
    assert time.process_time() - started < 4


TAGS = st.sampled_from(
    [
        "p",
        "div",
        "span",
        "a",
        "h1",
        "h2",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "pre",
        "code",
        "blockquote",
        "br",
        "img",
        "b",
        "em",
        "nav",
        "footer",
        "article",
        "time",
        "section",
        "script",
        "title",
        "form",
        "x-y",
    ]
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        ' class="author byline"',
        ' href="/author/a"',
        ' style="display:none"',
        " hidden",
        ' itemprop="headline"',
        ' datetime="2020-01-02"',
        ' alt="a b"',
        ' lang="de"',
    ]
)
WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="<>&"), max_size=20)
SOUP = st.lists(
    st.one_of(
        WORDS,
        st.builds("<{}{}>".format, TAGS, ATTRIBUTES),
        st.builds("</{}>".format, TAGS),
        st.just("&nbsp;"),
        st.just("<!--"),
    ),
    max_size=60,
).map("".join)


@given(SOUP)
@settings(max_examples=150, deadline=None)
def test_any_soup_is_lines_or_a_refusal(soup):
    try:
        page = read_saved_page(soup.encode()).page
    except ExtractionError:
        return

    for line in page.lines:
        assert page.shown[line.number - 1] == line.rendered
        assert "\n" not in line.rendered
    assert len(page.parents) > max((line.place.container for line in page.lines), default=0)


@given(st.lists(st.from_regex(r"[a-z]{3,9}", fullmatch=True), min_size=1, max_size=8), TAGS)
@settings(max_examples=80, deadline=None)
def test_no_visible_word_is_lost(words, tag):
    if tag in {"script", "title"}:
        return
    text = shown("".join(f"<{tag}>{word}</{tag}> " for word in words))

    assert [word for word in words if word not in text] == []
