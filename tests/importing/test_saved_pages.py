"""Saved pages become articles like text captures."""

import codecs

import pytest

from corpusapp.extraction.readable import readable_text
from corpusapp.models import Article, Capture, Outcome
from tests.importing.pages import paragraphs

pytestmark = pytest.mark.django_db


def saved_page(seed, more=()):
    texts = "".join(f"<p>{text}</p>" for text in (*paragraphs(seed), *more))
    title = f"What Place {seed} Learned From Its Long and Stormy Winter"
    return (
        f"<!doctype html><meta charset=gb18030><title>{title}</title><nav><a href=/>Home</a></nav>"
        f"<article><h1>{title}</h1><p class=meta><time datetime=2015-05-21>May 21, 2015</time></p>{texts}</article>"
        "<footer><p>版权所有</p></footer>"
    ).encode("gb18030")


def test_saved_page_becomes_an_article_and_says_what_it_was(tmp_path, imported):
    (tmp_path / "a.html").write_bytes(saved_page(1))

    (result,) = imported(tmp_path)

    article, capture = Article.objects.get(), Capture.objects.get()
    assert result.outcome == Outcome.CREATED
    assert article.published_at == "2015-05-21"
    assert article.body == "\n\n".join(paragraphs(1))
    assert (capture.media_type, capture.path) == ("text/html", "a.html")
    assert codecs.lookup(capture.encoding).name == "gb18030"
    assert capture.bytes.raw == saved_page(1)


def test_changed_saved_page_is_a_later_state_of_the_same_page(tmp_path, imported):
    (tmp_path / "a.html").write_bytes(saved_page(1))
    imported(tmp_path)
    (tmp_path / "a.html").write_bytes(saved_page(1, more=paragraphs(9)[:1]))

    (rehearsed,) = imported(tmp_path, dry_run=True)
    (result,) = imported(tmp_path)

    assert rehearsed.outcome == result.outcome == Outcome.UPDATED
    assert result.reason == rehearsed.reason == "changed: body"
    assert Article.objects.get().body == "\n\n".join((*paragraphs(1), paragraphs(9)[0]))


def test_saved_page_and_its_text_are_one_article(tmp_path, imported):
    (tmp_path / "a.html").write_bytes(saved_page(1))
    (tmp_path / "a.txt").write_text(readable_text(saved_page(1), "text/html"))

    results = imported(tmp_path)

    assert [str(result.outcome) for result in results] == ["created", "duplicate"]
    assert Article.objects.count() == 1


def test_page_without_words_is_refused_with_its_reason(tmp_path, imported):
    (tmp_path / "a.html").write_bytes(b"")
    (tmp_path / "b.html").write_bytes(b"<html><body></body></html>")

    results = imported(tmp_path)

    assert [str(result.outcome) for result in results] == ["refused", "refused"]
    assert all(result.reason for result in results)
