import time

from hypothesis import given
from hypothesis import strategies as st

from corpusapp.extraction.formats.html.prose import markdown
from corpusapp.extraction.formats.html.reading import read_saved_page
from corpusapp.text.markdown import plain


def body(html, *, links=False):
    return markdown(read_saved_page(html.encode()).page.lines, links=links)


def test_the_shallowest_heading_is_the_second():
    assert body("<h3>A</h3><p>x</p><h4>B</h4>") == "## A\n\nx\n\n### B"


def test_lists_stay_lists_however_deep():
    assert body("<ul><li>A<ul><li>B</li></ul></li><li>C</li></ul>") == "- A\n  - B\n- C"


def test_quotations_and_code_are_kept():
    html = "<blockquote><p>A</p><p>B</p></blockquote><pre>x = 1\n  y</pre>"

    assert body(html) == "> A\n>\n> B\n\n```\nx = 1\n  y\n```"


def test_a_simple_table_is_a_table():
    html = "<table><tr><th>Y</th><th>N</th></tr><tr><td>1|2</td><td>3</td></tr></table>"

    assert body(html) == "| Y | N |\n| --- | --- |\n| 1\\|2 | 3 |"


def test_emphasis_is_kept_where_words_end():
    assert body("<p>a <em>fine</em> day, <strong>truly</strong></p>") == "a *fine* day, **truly**"
    assert body("<p><b>T</b>he lamp</p>") == "The lamp"


def test_lines_of_one_element_stay_together():
    assert body("<p>One<br>Two<br><br>Three</p>") == "One\nTwo\n\nThree"


def test_links_are_kept_only_where_asked_for_and_safe():
    html = (
        '<p>see <a href="https://a.example/b">this page</a> and <a href="javascript:x">that</a></p>'
    )

    assert body(html) == "see this page and that"
    assert body(html, links=True) == "see [this page](https://a.example/b) and that"


@given(st.text(alphabet="ab*_`#[]()!\\~|+-.1 ", min_size=1, max_size=40))
def test_the_words_of_a_page_are_data(text):
    if not any(map(str.isalnum, text)):
        return
    html = f"<p>{text} <em>{text}</em></p>"

    assert "".join(plain(body(html)).split()) == "".join((text * 2).split())


def seconds_to_set(emphases):
    """The least of two, for so many in one paragraph."""
    lines = read_saved_page(b"<p>" + b"<em>one</em> two " * emphases).page.lines
    took = []
    for _ in range(2):
        started = time.process_time()
        assert markdown(lines).endswith("*one* two")
        took.append(time.process_time() - started)
    return min(took)


def test_twice_as_many_emphases_in_a_paragraph_take_about_twice_as_long():
    # Adding each to all before took three times as long. Both texts are long ones, which white space
    # is taken out of in another way than out of short ones.
    few, many = map(seconds_to_set, (50_000, 100_000))
    assert many < 2.6 * few
