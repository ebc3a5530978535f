"""The lines of a capture at the desk, with what each was taken for."""

import pytest
from django.utils.translation import override

from corpusapp.admin.evidence import ALONE, BESIDE, MOST_JUDGED, captured_text
from corpusapp.extraction.article import Options
from corpusapp.extraction.pipeline import EXTRACTOR_VERSION, extract
from tests.config.test_settings import start
from tests.factories import CaptureFactory
from tests.importing.pages import page, paragraphs
from tests.public.pages import read

pytestmark = pytest.mark.django_db

SAVED = (
    "<html><head><title>t</title></head><body><nav><a href='/'>Home</a></nav>"
    "<article><h1>A Winter at the Harbour and What It Left Behind</h1><p>May 21, 2015</p>"
    + "".join(f"<p>{text}</p>" for text in paragraphs(3))
    + "</article><footer><p>All rights reserved</p></footer></body></html>"
).encode()


def lines_of(response):
    return read(response).one("ol", cls="raw-lines").all("li")


def test_every_line_stands_with_its_judgement_in_words_and_its_reason(editor):
    raw = page(1)

    shown = lines_of(editor.page(CaptureFactory(raw=raw)))

    judged = extract(raw).judgements
    assert [line["value"] for line in shown] == [str(judgement.line) for judgement in judged]
    assert [line["class"] for line in shown[:6]] == [
        "part-section begins", None, "part-title begins", None, "part-date begins", "part-byline begins",
    ]  # fmt: skip
    assert shown[2].text == (
        f"title {judged[2].rule} What Place 1 Learned From Its Long and Stormy Winter"
    )
    assert shown[2]["title"] == f"title: {judged[2].rule}"
    assert shown[1].text == ""


def test_run_of_lines_names_its_judgement_once_for_the_eye_and_always_for_the_ear(editor):
    shown = lines_of(editor.page(CaptureFactory(raw=page(1))))

    body = [line for line in shown if "part-body" in (line["class"] or "")]
    assert [line["class"] for line in body] == ["part-body begins"] + ["part-body"] * 4
    assert len(body[0].all("span", cls="judged-as")) == 1
    assert [line.one("span", cls="visually-hidden").text for line in body[1:]] == ["body"] * 4


def test_legend_names_what_there_is_with_its_number_of_lines(editor):
    response = editor.page(CaptureFactory(raw=page(1)))

    legend = read(response).one("ul", cls="legend")

    assert [entry.text for entry in legend.all("li")][:3] == [
        "title 1 line",
        "byline 1 line",
        "post 1 line",
    ]
    assert "body 5 lines" in legend.text
    assert "blank" not in legend.text


def test_capture_is_judged_beside_its_article_too(editor):
    capture = CaptureFactory(raw=page(1))

    shown = lines_of(editor.page(capture.article))

    assert shown[2]["class"] == "part-title begins"


def test_words_of_a_capture_are_no_markup(editor):
    raw = page(1, title="What <script>alert(1)</script> Learned From Its Long and Stormy Winter")

    response = editor.page(CaptureFactory(raw=raw))

    assert "&lt;script&gt;alert(1)" in response.text
    assert "<script>alert" not in response.text


def test_saved_page_is_shown_as_the_lines_a_browser_would_show():
    capture = CaptureFactory(raw=SAVED, media_type="text/html")

    captured = captured_text(capture, ALONE)

    judged = extract(SAVED, Options(media_type="text/html")).judgements
    assert [(line.number, line.part) for line in captured.lines] == [
        (judgement.line, judgement.part) for judgement in judged
    ]
    texts = [line.text for line in captured.lines]
    assert paragraphs(3)[0] in texts
    assert not any("<p>" in text for text in texts)


def test_saved_page_is_downloaded_under_its_own_ending(editor):
    capture = CaptureFactory(raw=SAVED, media_type="text/html")

    response = editor.get(f"/admin/corpusapp/capture/{capture.pk}/raw/")

    assert response.headers["Content-Disposition"].endswith('.html"')
    assert response.headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(("version", "told"), [(EXTRACTOR_VERSION, False), ("0.1-old", True)])
def test_page_says_when_another_version_read_the_fields(editor, version, told):
    capture = CaptureFactory(raw=page(1), extractor=version)

    text = editor.page(capture).text

    assert ("were read by version 0.1-old of the extraction" in text) is told


@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_capture_that_is_refused_today_is_shown_without_judgements(editor, media_type):
    capture = CaptureFactory(raw=b"%PDF-1.4\nno text", media_type=media_type)

    response = editor.page(capture)

    assert response.context["captured"].is_refused
    assert "takes this capture for no article" in response.text
    assert "part-" not in response.text


def test_capture_too_long_to_be_judged_shows_its_beginning():
    capture = CaptureFactory(raw=b"One line of words.\n" * (MOST_JUDGED // 19 + 2))

    captured = captured_text(capture, BESIDE)

    assert captured.is_cut
    assert not captured.judged_by
    assert captured.lines[0].text == "One line of words."
    assert sum(len(line.text) + 40 for line in captured.lines) <= BESIDE


def test_one_endless_line_is_cut():
    capture = CaptureFactory(raw="港口".encode() * 400_000)

    captured = captured_text(capture, BESIDE)

    assert len(captured.lines) == 1
    assert len(captured.lines[0].text.encode()) <= BESIDE


def test_bytes_that_end_too_early_are_not_taken_for_the_whole():
    capture = CaptureFactory(raw=page(1))
    capture.bytes.data = capture.bytes.data[:-20]

    assert captured_text(capture, ALONE).is_gone


def test_judgements_are_named_in_the_language_of_the_desk():
    capture = CaptureFactory(raw=page(1))

    with override("zh-hans"):
        captured = captured_text(capture, ALONE)
        assert str(captured.lines[2].words) == "标题"
        assert str(captured.lines[-1].words) == "页面杂项"


def test_worker_that_shows_no_capture_never_loads_extraction(tmp_path):
    program = (
        "import sys, django; django.setup(); from django.urls import get_resolver; "
        "get_resolver().url_patterns; "
        "print([name for name in ('numpy', 'lxml', 'trafilatura') if name in sys.modules])"
    )

    result = start(tmp_path, ["-c", program], DJANGO_SETTINGS_MODULE="config.settings")

    assert (result.returncode, result.stdout.strip()) == (0, "[]"), result.stderr
