import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.extraction.article import Options
from corpusapp.extraction.errors import ExtractionError
from corpusapp.extraction.pipeline import EXTRACTOR_VERSION, extract
from corpusapp.importing.explaining import explain
from tests.importing.pages import page, paragraphs

SAVED = "<h1>A Winter at the Harbour</h1>" + "".join(f"<p>{text}</p>" for text in paragraphs(3))
_MARKS = ("\n", "\r\n", "\t", "\x0b", "<p>", "</p>", "<li>", "<br>", "<!--")
WORDS = st.sampled_from([*_MARKS, "May 21, 2015", "By Ada Quill", *paragraphs(5)])


def test_lines_of_a_text_are_its_own_with_their_judgements():
    raw = page(1)

    explanation = explain(raw, "text/plain")

    assert [line.text for line in explanation.lines] == raw.decode().split("\n")
    assert [(line.number, line.part, line.rule) for line in explanation.lines] == [
        (judged.line, judged.part, judged.rule) for judged in extract(raw).judgements
    ]
    assert explanation.version == EXTRACTOR_VERSION


def test_lines_of_a_saved_page_are_those_a_browser_shows():
    explanation = explain(SAVED.encode(), "text/html")

    assert [line.text for line in explanation.lines if line.text] == [
        "A Winter at the Harbour",
        *paragraphs(3),
    ]


def test_capture_larger_than_an_import_takes_is_still_explained(settings):
    settings.MAX_CAPTURE_MB = 0

    assert explain(page(1), "text/plain").lines


@pytest.mark.parametrize("raw", [b"", b"\x89PNG\r\n", b"Menu\nHome"])
def test_what_is_no_article_is_refused_by_name(raw):
    with pytest.raises(ExtractionError):
        explain(raw, "text/plain")


@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
@given(pieces=st.lists(WORDS | st.text(max_size=20), max_size=30))
def test_every_line_has_its_judgement_whatever_the_capture_holds(media_type, pieces):
    raw = "".join(pieces).encode("utf-8", "surrogatepass")
    try:
        judged = extract(raw, Options(media_type=media_type)).judgements
    except ExtractionError:
        return

    assert len(explain(raw, media_type).lines) == len(judged)
