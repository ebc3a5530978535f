import pytest

from corpusapp.extraction.formats.html.reading import read_saved_page
from corpusapp.extraction.lines import read_page
from corpusapp.extraction.page_text import judged_text
from corpusapp.extraction.witnesses.second_opinion import heard
from tests.extraction.formats.html import pages


def lines_of(raw):
    return read_page(judged_text(read_saved_page(raw).page), unwrap=False).lines


def test_another_reader_tells_the_lines_of_the_text_from_what_is_around_it():
    lines = lines_of(pages.ENGLISH)
    said = dict(
        zip([line.text for line in lines], heard(pages.ENGLISH.decode(), lines), strict=True)
    )

    assert [said[line.text] for line in lines if line.prose and "lamp" in line.text] == [1.0]
    assert said["One harbour, two ferries"] == 0.0


@pytest.mark.parametrize("markup", ["", "<p></p>", "x" * 200_001])
def test_nothing_is_heard_of_a_page_without_text_or_too_large_to_ask_about(markup):
    assert heard(markup, lines_of(pages.ENGLISH)) is None
