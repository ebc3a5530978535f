import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpusapp.text import markdown
from corpusapp.text.markdown import escape, plain, render


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self.tags: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_starttag(self, tag, attrs) -> None:  # noqa: ARG002 - the parser's signature
        self.tags.append(tag)


def read(html: str) -> _Words:
    parser = _Words()
    parser.feed(html)
    parser.close()
    return parser


def squeeze(text: str) -> str:
    return " ".join(text.split())


hostile = st.lists(
    st.sampled_from(
        [
            *"#*_`~<>[]()!&;|\\:-+=.0123 \n\t\"'ab文é",
            "&amp;",
            "&#35;",
            "](",
            "---",
            "2. ",
            "# ",
            "www.a.b ",
        ]
    ),
    max_size=30,
).map("".join)
visible = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]), max_size=80)


@given(hostile | visible)
@example("2015. was a year")
@example("# 3")
@example("a\n:--|--")
@example("a\\")
def test_escaped_text_renders_to_exactly_that_text_in_one_paragraph(text):
    rendered = read(render(escape(text)))

    assert squeeze(rendered.words) == squeeze(text)
    assert set(rendered.tags) <= {"p"}


def by_the_parser(source, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(markdown, "_plain_paragraphs", lambda _source: None)
        return render(source), plain(source)


PIECES = [
    *("word", "12", "2. ", "é", "文", "\u3000", "\xa0", "\x85", "\u2028", "\x0b", "\x1f", "\ue010"),
    *(
        " ",
        "  ",
        "\n",
        "\n\n",
        " \n",
        "\t",
        "\r\n",
        "&",
        "&amp;",
        "<",
        ">",
        '"',
        "'",
        "https://a.b",
    ),
    *("#", "-", "+", "=", "~", ":", "|", "*", "_", "`", "[", "]", "(", ")", "!", "\\"),
    *("\\*", "\\_", "\\[", "\\<", "\\&", "\\.", "\\#", "\\\n"),
]


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | hostile.map(escape) | visible)
def test_text_without_markup_is_shown_as_the_parser_would_show_it(source):
    assert (render(source), plain(source)) == by_the_parser(source, pytest.MonkeyPatch())


@pytest.mark.parametrize("source", ["Two words.\n\nAnd “two” more: 3 & 4", r"\[1\] a \*star\*"])
def test_ordinary_paragraphs_need_no_parser(source, monkeypatch):
    monkeypatch.setattr(markdown, "_PARSER", None)

    assert render(source).startswith("<p>")
    assert plain(source)


@given(hostile | visible)
def test_plain_gives_back_what_was_escaped(text):
    assert squeeze(plain(escape(text))) == squeeze(text)


@pytest.mark.parametrize(
    "text",
    [
        "A plain sentence, with commas (and brackets).",
        "F&E, snake_case, a - b, 3 + 4 = 7",
        "第 3 章：治理",
    ],
)
def test_ordinary_words_stay_as_they_are(text):
    assert escape(text) == text


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("# One\n\n## Two", "<h2>One</h2>\n<h3>Two</h3>\n"),
        ("### Deep only", "<h2>Deep only</h2>\n"),
        ("## As it should be", "<h2>As it should be</h2>\n"),
    ],
)
def test_outline_of_a_body_begins_at_h2(source, html):
    assert render(source) == html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"),
        ("[a](javascript:x)", "<p>[a](javascript:x)</p>\n"),
        ("[a](ftp://e.org)", '<p><a rel="noopener nofollow">a</a></p>\n'),
        ("[a](https://e.org)", '<p><a href="https://e.org" rel="noopener nofollow">a</a></p>\n'),
    ],
)
def test_only_harmless_links_and_no_raw_html_come_through(source, html):
    assert render(source) == html


def test_picture_of_our_own_becomes_a_figure_with_its_title_as_caption():
    assert render('![A port](/media/a.jpg "At dawn & later")') == (
        '<figure><img src="/media/a.jpg" alt="A port" loading="lazy">'
        "<figcaption>At dawn &amp; later</figcaption></figure>\n"
    )


@pytest.mark.parametrize("address", ["https://e.org/a.jpg", "//e.org/a.jpg"])
def test_picture_of_another_host_becomes_a_link(address):
    html = render(f"![A port]({address})")

    assert "<img" not in html
    assert re.search(r"<a [^>]*>A port</a>", html)


def test_columns_of_a_table_stand_where_its_second_line_says():
    html = render("|a|b|c|d|\n|-|:-|:-:|-:|\n|1|2|3|4|")

    assert html == (
        '<div class="wide" tabindex="0"><table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n<th class="middle">c</th>\n'
        '<th class="end">d</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n'
        '<td class="middle">3</td>\n<td class="end">4</td>\n</tr>\n</tbody>\n</table></div>\n'
    )


def test_plain_keeps_paragraphs_apart_and_drops_marks():
    source = "## Head\n\nOne *two* [three](https://e.org).\n\n- four\n- five"

    assert plain(source) == "Head\n\nOne two three.\n\nfour\n\nfive"


@pytest.mark.parametrize(
    "mark", ["[", "![[", "[a](", "[a](<", "*a ", "_a", "*_", "&", "<", "<a:b>", "\\"]
)
def test_marks_without_end_are_letters_and_cost_no_time(mark):
    source = mark * (60_000 // len(mark))
    started = time.process_time()

    html = render(source)

    assert time.process_time() - started < 5  # quadratic, it would be minutes
    assert html.startswith("<p>")
    assert "<a" not in html
    assert "<em" not in html


def test_table_of_thousands_of_columns_is_a_paragraph():
    source = "|a" * 5000 + "|\n" + "|-" * 5000 + "|\n"

    assert "<table" not in render(source)


def test_marks_that_people_set_keep_their_meaning():
    links = " ".join(f"[{n}](https://example.org/{n})" for n in range(900))
    table = "|" + "a|" * 100 + "\n|" + "-|" * 100 + "\n"

    assert render(links).count("<a ") == 900
    assert render("*a* " * 400).count("<em>") == 400
    assert render(table).count("<th>") == 100
