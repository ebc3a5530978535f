import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.text.footnotes import unnamed
from corpusapp.text.markdown import escape, plain, render


def test_notes_stand_below_in_the_order_of_their_marks():
    html = render("One[^b] and two[^a].\n\n[^a]: First *note*\n[^b]: Second\n\nThe end.")

    assert html == (
        '<p>One<sup><a href="#fn-1" id="fnref-1" rel="noopener nofollow">1</a></sup> and two'
        '<sup><a href="#fn-2" id="fnref-2" rel="noopener nofollow">2</a></sup>.</p>\n'
        "<p>The end.</p>\n"
        '<div class="footnotes"><ol>\n'
        '<li id="fn-1"><p>Second <a href="#fnref-1" rel="noopener nofollow">↩ 1</a></p></li>\n'
        '<li id="fn-2"><p>First <em>note</em> <a href="#fnref-2" rel="noopener nofollow">↩ 2</a></p></li>\n'
        "</ol></div>\n"
    )


def test_two_marks_may_name_one_note_which_leads_back_to_both():
    html = render("One[^1] two[^1].\n\n[^1]: Note")

    rel = ' rel="noopener nofollow"'
    assert html == (
        f'<p>One<sup><a href="#fn-1" id="fnref-1"{rel}>1</a></sup>'
        f' two<sup><a href="#fn-1" id="fnref-1-2"{rel}>1</a></sup>.</p>\n'
        '<div class="footnotes"><ol>\n'
        f'<li id="fn-1"><p>Note <a href="#fnref-1"{rel}>↩ 1.1</a>'
        f' <a href="#fnref-1-2"{rel}>↩ 1.2</a></p></li>\n'
        "</ol></div>\n"
    )


@pytest.mark.parametrize(
    "source",
    ["A mark[^1] without a note.", "[^]: x", "[^a b]: x", "[^1]:", "> [^1]: in a quotation"],
)
def test_what_is_no_footnote_stays_as_it_was_typed(source):
    assert "footnotes" not in render(source)
    assert plain(source).strip("> ") == source.strip("> ")


def test_a_note_that_no_mark_names_is_not_shown_but_known():
    source = "Text[^2].\n\n[^1]: Lost\n\n[^2]: Kept"

    assert "Lost" not in render(source)
    assert unnamed(source) == ["1"]
    assert unnamed("One[^1]\n\n[^1]: Note") == []
    assert unnamed("One[^x]") == ["x"]


def test_note_is_sanitised_like_any_text():
    html = render("One[^1]\n\n[^1]: <script>x</script> [y](javascript:z)")

    assert "<script>" not in html
    assert "javascript" not in html.replace("[y](javascript:z)", "")


def test_notes_belong_to_the_words_of_a_text():
    assert plain("One[^1] more\n\n[^1]: A note") == "One more\n\nA note"


def test_captured_words_become_no_footnotes():
    captured = "One[^1]\n[^1]: Note"

    assert "footnotes" not in render(escape(captured))
    assert plain(escape(captured)) == captured


@given(
    st.lists(
        st.sampled_from(["[^1]", "[^a]:", "[^", "]", ":", " x", "\n", "\n\n", "> ", "- "]),
        max_size=30,
    )
)
def test_any_text_is_rendered_with_as_many_ways_back_as_marks(parts):
    html = render("".join(parts))

    assert html.count('<sup><a href="#fn-') == html.count("↩")
    assert html.count('<li id="fn-') == len(set(re.findall(r'href="(#fn-\d+)"', html)))


@pytest.mark.parametrize("part", ["[^1] ", "[^", "[^1]: x\n", "[^1]: x\n\n"])
def test_ten_times_the_notes_take_about_ten_times_as_long(part):
    def seconds(count):
        took = []
        for _ in range(3):
            start = time.process_time()
            render("[^1]: x\n\n" + part * count)
            took.append(time.process_time() - start)
        return min(took)

    seconds(100)
    assert seconds(10_000) < 60 * max(seconds(1_000), 0.005)
