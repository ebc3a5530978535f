"""Captures are found by what became of them, by their files, and by what stands in them alone."""

import pytest
from django.urls import reverse

from corpusapp.admin import capture_search
from corpusapp.search.upkeep import tick
from tests.factories import ArticleFactory, CaptureFactory

pytestmark = pytest.mark.django_db

CAPTURES = reverse("admin:corpusapp_capture_changelist")


def paths(response):
    return [capture.path for capture in response.context["cl"].result_list]


def capture(path, raw="", article=None):
    return CaptureFactory(path=path, raw=f"{raw}\n{path}".encode(), article=article)


def test_words_of_the_article_find_its_captures_in_any_state(editor):
    capture("draft.txt", article=ArticleFactory(body="Many lanterns burn.", draft=True))
    capture("other.txt", article=ArticleFactory(body="Of bees."))
    tick()

    assert paths(editor.get(CAPTURES, q="lantern")) == ["draft.txt"]


def test_part_of_a_file_name_and_an_identifier_find_it_too(editor):
    one = capture("inbox/2015_07.txt", article=ArticleFactory())

    assert paths(editor.get(CAPTURES, q="2015_0")) == ["inbox/2015_07.txt"]
    assert paths(editor.get(CAPTURES, q=one.article.public_id.upper())) == ["inbox/2015_07.txt"]


def test_what_no_article_has_is_found_in_the_text_as_it_came_when_asked_for(editor):
    capture("has.txt", "Subscribe to  OUR newsletter!\nText.", article=ArticleFactory())
    capture("has-not.txt", "Our own newsletter.")
    first = editor.get(CAPTURES, q="our newsletter")

    assert paths(first) == []
    assert paths(editor.client.get(CAPTURES + first.context["cl"].deeper)) == ["has.txt"]


@pytest.mark.parametrize(
    ("raw", "more"),
    [
        ("多邊主義與我們", {"encoding": "big5"}),
        ("<p>多边&#20027;义</p>", {"media_type": "text/html"}),
        ("多边主义", {"encoding": "an-old-name"}),
    ],
)
def test_text_is_read_in_its_encoding_and_in_either_script(editor, raw, more):
    encoding = more.get("encoding", "")
    CaptureFactory(path="x.txt", raw=raw.encode("big5" if encoding == "big5" else "utf-8"), **more)

    assert paths(editor.get(CAPTURES, q="多邊主義", deep="1")) == ["x.txt"]


def test_looking_stops_in_time_and_goes_on_with_what_is_older(editor, monkeypatch):
    monkeypatch.setattr(capture_search, "_TOGETHER", 2)
    monkeypatch.setattr(capture_search, "_SECONDS", 0.0)
    clock = iter([0, -1, 1, 0, -1, -1])  # each search begins, looks once or twice ...
    monkeypatch.setattr(capture_search, "monotonic", lambda: next(clock))
    for number in range(3):
        capture(f"{number}.txt", "The lantern.")
    first = editor.get(CAPTURES, q="lantern", deep="1")

    assert paths(first) == ["2.txt", "1.txt"]
    assert first.context["cl"].as_captured.looked_through == 2
    second = editor.client.get(CAPTURES + first.context["cl"].deeper)
    assert paths(second) == ["0.txt"]
    assert second.context["cl"].deeper == ""


def test_a_page_of_hits_is_enough_for_once(editor, monkeypatch):
    monkeypatch.setattr(capture_search, "_MOST", 1)
    for number in range(2):
        capture(f"{number}.txt", "The lantern.")
    first = editor.get(CAPTURES, q="lantern", deep="1")

    assert paths(first) == ["1.txt"]
    assert paths(editor.client.get(CAPTURES + first.context["cl"].deeper)) == ["0.txt"]


def test_purged_bytes_and_odd_questions_break_nothing(editor):
    purged = capture("purged.txt", "The lantern.")
    purged.bytes.data = None
    purged.bytes.save()

    for question in (
        {"q": "lantern", "deep": "1"},
        {"q": "!!!", "deep": "1"},
        {"q": "lantern", "deep": "1", "below": "x"},
        {"q": '"', "below": "1"},
    ):
        assert paths(editor.get(CAPTURES, **question)) == []
    assert editor.get(CAPTURES, deep="1").status_code == 200


def test_copies_stand_apart_from_what_they_are_copies_of(editor):
    first = capture("first.txt", "one")
    copy = capture("copy.txt", "two")
    copy.duplicate_of = first
    copy.save()

    assert paths(editor.get(CAPTURES, copies="only")) == ["copy.txt"]
    assert paths(editor.get(CAPTURES, copies="none")) == ["first.txt"]
    odd = editor.get(CAPTURES, copies="odd")
    assert (paths(odd), "“odd” is none of the choices of" in odd.text) == ([], True)
