"""The marks that an article is found by follow its text, whoever changes it."""

import pytest

from corpusapp.editing.twins import body_marks
from corpusapp.importing.fields import digest
from corpusapp.importing.reextracting import Choice, Reextraction
from corpusapp.importing.undoing import Undoing
from corpusapp.models import Article, Capture, ImportRun, TextMark
from tests.importing.pages import page, paragraphs

pytestmark = pytest.mark.django_db


def kept():
    """The marks of the one article there is."""
    article = Article.objects.get()
    every = {mark for text in texts() for mark in body_marks(text)} | set(body_marks(article.body))
    return {mark for mark, who in TextMark.objects.holders(every).items() if who == [article.pk]}


def texts():
    return ["\n\n".join(paragraphs(seed)) for seed in (1, 2)]


def marks_of(seed):
    return set(body_marks("\n\n".join(paragraphs(seed))))


def test_marks_follow_a_changed_capture_and_the_undoing_of_it(tmp_path, imported):
    address = {"url": "https://example.org/a"}
    for seed in (1, 2):
        (tmp_path / "a.txt").write_bytes(
            page(seed, title="One Page in Two States of Its Long Life")
        )
        (tmp_path / "a.json").write_text(str(address).replace("'", '"'))
        imported(tmp_path)
        assert kept() == marks_of(seed)

    list(Undoing(ImportRun.objects.first()))

    assert kept() == marks_of(1)


def test_marks_follow_a_new_extraction(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path)
    capture = Capture.objects.get()
    other = "\n\n".join(paragraphs(2))
    Article.objects.update(body=other)
    TextMark.objects.forget()
    TextMark.objects.put((mark, capture.article_id) for mark in marks_of(2))
    capture.fields["body"]["value"] = digest(other)
    capture.save()

    list(Reextraction(Choice()))

    assert Article.objects.get().body == "\n\n".join(paragraphs(1))
    assert kept() == marks_of(1)
