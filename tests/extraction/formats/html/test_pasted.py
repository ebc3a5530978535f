"""What somebody pastes: Word, Google Docs, LibreOffice, and pages of the web."""

import time
from contextlib import suppress

import pytest

from corpusapp.extraction.errors import ExtractionError
from corpusapp.extraction.formats.html.pasted import Pasted, read_pasted
from corpusapp.text.markdown import render
from tests.extraction.formats.html.clipboards import (
    GOOGLE,
    LIBREOFFICE,
    of_word,
    word_item,
    word_mark,
    word_note,
)


def text(html):
    return read_pasted(html).text


# Lists ---------------------------------------------------------------------------------------


def test_numbered_paragraphs_of_word_are_a_list_however_deep():
    html = of_word(
        "<p class=MsoNormal>Before</p>"
        + word_item("1.", "<b>First</b> item", kind="First")
        + word_item("a.", "under it", level=2)
        + word_item("i.", "and deeper", level=3)
        + word_item("2.", "Second item", kind="Last")
        + "<p class=MsoNormal>After</p>"
    )

    assert text(html) == (
        "Before\n\n1. **First** item\n   1. under it\n      1. and deeper\n2. Second item\n\nAfter"
    )
    assert render(text(html)).count("<ol>") == 3


@pytest.mark.parametrize("sign", ["·", "o", "§", "Ø", "v", "-", "•"])
def test_bulleted_paragraphs_of_word_are_a_list(sign):
    html = of_word(word_item(sign, "one") + word_item(sign, "two", level=2) + word_item(sign, "x"))

    assert text(html) == "- one\n  - two\n- x"


@pytest.mark.parametrize("sign", ["1.", "(1)", "a)", "iv.", "一、", "①", "第一条", "1.1."])
def test_what_counts_is_a_numbered_list(sign):
    assert text(of_word(word_item(sign, "one"))) == "1. one"


def test_list_goes_on_with_its_number_after_a_paragraph():
    html = of_word(
        word_item("1.", "one") + "<p class=MsoNormal>Between</p>" + word_item("2.", "two")
    )

    assert text(html) == "1. one\n\nBetween\n\n2. two"


def test_further_paragraph_of_an_item_stays_in_it():
    html = of_word(
        word_item("10.", "one")
        + "<p class=MsoListParagraphCxSpMiddle>more of it</p>"
        + word_item("11.", "two")
    )

    assert text(html) == "10. one\n\n    more of it\n11. two"
    assert render(text(html)).count("<ol") == 1


def test_another_kind_of_list_is_another_list():
    html = of_word(word_item("1.", "one") + word_item("·", "dot", run="l1 level{} lfo2"))

    assert text(html) == "1. one\n- dot"


def test_levels_that_are_left_out_make_no_block_of_code():
    html = of_word(word_item("·", "one") + word_item("·", "far in", level=6) + word_item("·", "x"))

    assert text(html) == "- one\n  - far in\n- x"


def test_list_in_a_cell_ends_with_it():
    html = of_word(
        f"<div>{word_item('1.', 'one')}</div><p>After</p><div>{word_item('1.', 'other')}</div>"
    )

    assert text(html) == "1. one\n\nAfter\n\n1. other"


def test_heading_keeps_its_own_number():
    html = of_word(
        "<h1 style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.</span> Ice</h1>"
        "<p class=MsoNormal style='mso-list:none'>Plain</p>"
    )

    assert text(html) == "## 1\\. Ice\n\nPlain"


def test_item_without_a_number_or_words_is_none():
    html = of_word(
        "<p style='mso-list:l0 level1 lfo1'></p><p style='mso-list:l0 level1 lfo1'>x</p>"
    )

    assert text(html) == "- x"


# Notes ---------------------------------------------------------------------------------------


def test_notes_and_endnotes_of_word_are_footnotes_in_the_order_of_their_marks():
    html = of_word(
        f"<p>One{word_mark(1, kind='edn', shown='i')} two{word_mark(1)} three{word_mark(2)}.</p>"
        "<div style='mso-element:footnote-list'><![if !supportFootnotes]><br><hr><![endif]>"
        + word_note(1, "See <i>Quill</i>.</p><p class=MsoFootnoteText>And more")
        + word_note(2, "B")
        + "</div>"
        + word_note(1, "At the end", kind="edn", shown="i")
    )

    pasted = read_pasted(html)

    assert pasted == Pasted(
        "One[^1] two[^2] three[^3].",
        "[^1]: At the end\n\n[^2]: See *Quill*. And more\n\n[^3]: B",
    )
    assert render(f"{pasted.text}\n\n{pasted.notes}").count('<li id="fn-') == 3


def test_notes_are_counted_on_from_those_of_the_text():
    html = of_word(f"<p>One{word_mark(1)}</p>{word_note(1, 'A')}")

    assert read_pasted(html, 4) == Pasted("One[^5]", "[^5]: A")


def test_half_of_a_note_stays_words():
    html = of_word(
        f"<p>One{word_mark(1)} two{word_mark(2)}</p>{word_note(2, 'B')}{word_note(7, 'C')}"
    )

    assert read_pasted(html) == Pasted("One[1] two[^1]\n\n[7] C", "[^1]: B")


def test_note_stands_in_an_item_a_heading_and_a_cell():
    html = of_word(
        f"<h1>A{word_mark(1)}</h1>"
        + word_item("1.", f"B{word_mark(2)}")
        + f"<table><tr><td>x</td><td>C{word_mark(3)}</td></tr><tr><td>y</td><td>z</td></tr></table>"
        + "".join(word_note(number, "n") for number in (1, 2, 3))
    )

    assert text(html) == "## A[^1]\n\n1. B[^2]\n\n| x | C[^3] |\n| --- | --- |\n| y | z |"


def test_notes_of_a_page_of_ours_are_footnotes_again():
    html = render("One[^a] two[^b].\n\n[^a]: First\n\n[^b]: Second")

    assert read_pasted(html) == Pasted("One[^1] two[^2].", "[^1]: First\n\n[^2]: Second")


def test_words_that_look_like_a_note_are_words():
    assert text("<p>See [^1] and [^2]: x</p>") == "See \\[^1] and \\[^2]: x"


FAR = "https://other.example/page"


@pytest.mark.parametrize("end", ["fn1", "ftnt2", "_ftn3", "fnref1", "_ednref2"])
def test_link_whose_words_are_no_mark_is_a_link(end):
    words = "the long discussion of this question in another article entirely"
    html = f'<p>See <a href="{FAR}#{end}">the <b>long</b>{words[8:]}</a> for more.</p>'

    assert read_pasted(html) == Pasted(
        f"See [the]({FAR}#{end}) [**long**]({FAR}#{end}) [{words[9:]}]({FAR}#{end}) for more.", ""
    )


@pytest.mark.parametrize(
    "mark",
    [
        *(
            "1",
            "[12]",
            "(3)",
            "a",
            "iv",
            "XII",
            "*",
            "††",
            "†",
            "¹",
            "②",
            "三",
            "［4］",
            "〔五〕",
            "1.",
        ),
        *("↩", "↩\ufe0e", "↩2", "^"),
    ],
)
def test_what_looks_like_a_mark_is_one(mark):
    html = f'<p>One<a href="#fn1">{mark}</a></p><p>A <a href="#fnref1">↩</a></p>'

    assert read_pasted(html) == Pasted("One[^1]", "[^1]: A")


@pytest.mark.parametrize(("mark", "shown"), [("[1]", "[[1]]"), ("†", "[†]"), ("iv", "[iv]")])
def test_mark_of_a_note_that_is_not_here_is_a_link(mark, shown):
    html = f'<p>One! <a href="{FAR}#fn1">{mark}</a> two</p>'

    assert text(html) == f"One! {shown}({FAR}#fn1) two"
    assert f'href="{FAR}#fn1"' in render(text(html))
    assert f'href="{FAR}#fn1"' in render(text(html.replace("One! ", "One")))
    assert f'href="{FAR}#fn1"' in render(text(html.replace("One! ", "One!")))


def test_mark_of_another_page_does_not_name_a_note_of_this_one():
    html = f'<p>One<a href="{FAR}#fn1">1</a></p><p>A <a href="#fnref1">↩</a></p>'

    assert read_pasted(html) == Pasted(f"One[1]({FAR}#fn1)\n\nA [↩]", "")


MARKS = '<p>One<a href="#fn1">1</a> two<a href="#fn2">2</a></p>'
BACK = '<a href="#fnref{}">↩</a>'


def test_what_stands_below_the_notes_is_text():
    html = (
        f"{MARKS}<p>{BACK.format(1)} A</p><p>{BACK.format(2)} B</p>"
        "<h2>The author</h2><p>Ann Quill writes.</p><ul><li>x</li></ul>"
    )

    assert read_pasted(html) == Pasted(
        "One[^1] two[^2]\n\n## The author\n\nAnn Quill writes.\n\n- x", "[^1]: A\n\n[^2]: B"
    )


@pytest.mark.parametrize("parts", ["<div>{}</div>", "<article><div>{}</div></article>", "{}"])
def test_what_stands_below_a_note_after_a_break_is_text(parts):
    html = parts.format(f"{MARKS}<p>{BACK.format(1)} A<br>{BACK.format(2)} B<br>Ann Quill</p>")

    assert read_pasted(html) == Pasted("One[^1] two[^2]\n\nAnn Quill", "[^1]: A\n\n[^2]: B")


def test_notes_at_the_end_of_each_chapter():
    html = (
        '<h2>I</h2><p>One<a href="#fn1">1</a></p>'
        f"<ol><li><p>A</p><p>more {BACK.format(1)}</p></li></ol>"
        f'<h2>II</h2><p>Two<a href="#fn2">2</a></p><ol><li>B {BACK.format(2)}</li></ol><p>End</p>'
    )

    assert read_pasted(html) == Pasted(
        "## I\n\nOne[^1]\n\n## II\n\nTwo[^2]\n\nEnd", "[^1]: A more\n\n[^2]: B"
    )


def test_notes_that_lead_back_from_their_last_paragraph():
    notes = "".join(
        f"{{0}}<p>N{number} a</p><p>N{number} b {BACK.format(number)}</p>{{1}}" for number in (1, 2)
    )

    assert read_pasted(f"{MARKS}<ol>{notes.format('<li>', '</li>')}</ol>") == Pasted(
        "One[^1] two[^2]", "[^1]: N1 a N1 b\n\n[^2]: N2 a N2 b"
    )
    assert read_pasted(MARKS + notes.format("", "")) == Pasted(
        "One[^1] two[^2]\n\nN1 a\n\nN2 a", "[^1]: N1 b\n\n[^2]: N2 b"
    )


def test_item_that_holds_the_text_too_is_no_note():
    html = f"<ul><li><p>{MARKS}</p><p>{BACK.format(1)} A</p><p>End</p></li></ul>"

    pasted = read_pasted(html)

    assert pasted.notes == "[^1]: A"
    assert pasted.text == "- One[^1] two[2]\n\n  End"


@pytest.mark.parametrize(
    "inner", ["<pre>x\ny</pre>", "<ul><li>x</li></ul>", "<h3>x</h3>", "<blockquote>x</blockquote>"]
)
def test_note_that_would_lose_its_form_stays_where_it_stood(inner):
    pasted = read_pasted(f"{MARKS}<ol><li><p>A {BACK.format(1)}</p>{inner}</li></ol><p>End</p>")

    assert pasted.notes == ""
    assert pasted.text.index("A ") < pasted.text.index("x") < pasted.text.index("End")


def test_two_notes_of_one_name_are_words():
    html = f"{MARKS}<p>{BACK.format(1)} A</p>{MARKS}<p>{BACK.format(1)} B</p>"

    assert read_pasted(html).notes == ""


# Marks of words ------------------------------------------------------------------------------


def test_google_docs():
    assert text(GOOGLE) == (
        "## Harbours\n\nThey **freeze** *slowly*, by the iPhone.\n\n1. one\n   - under it\n2. two"
    )


def test_libreoffice():
    assert read_pasted(LIBREOFFICE) == Pasted(
        "It is **cold**[^1] there[^2].\n\n3. three\n   - deeper\n4. four",
        "[^1]: First.\n\n[^2]: Last.",
    )


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<span style="font-weight: bold">a</span> b', "**a** b"),
        ('<span style="color:red;font-weight:500">a</span> b', "a b"),
        ("<b style='mso-bidi-font-weight:normal'>a</b> b", "**a** b"),
        ('<b style="font-weight:normal">a</b> b', "a b"),
        ('<i style="font-style:normal">a</i> b', "a b"),
        ('<span style="font-weight:700;font-style:oblique">a</span> b', "***a*** b"),
        ("<h2><b>a</b> b</h2>", "## a b"),
        ('<span style="display:none;font-weight:700">a</span>b', "b"),
    ],
)
def test_style_of_words_tells_what_is_strong(html, shown):
    assert text(f"<p>{html}</p>" if "<h2" not in html else html) == shown


# What is hostile -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "part",
    [
        word_item("1.", "x"),
        word_item("1.", "x", level=9) + word_item("·", "y"),
        f"<p>x{word_mark(1)}</p>",
        word_note(1, "x"),
        f"<li>x{word_note(1, 'x')}",
        '<a href="#fn1">x',
        '<a href="#fn1">1</a><p>x<a href="#fnref1">x y',
        "<p style='mso-list:l0 level1 lfo1'><span>",
        "</span></p></div>",
    ],
)
def test_ten_times_the_text_takes_about_ten_times_as_long(part):
    def seconds(count):
        took = []
        for _ in range(3):
            start = time.process_time()
            with suppress(ExtractionError):  # what nests too deeply
                read_pasted(part * count)
            took.append(time.process_time() - start)
        return min(took)

    seconds(10)
    assert seconds(1_000) < 60 * max(seconds(100), 0.003)
