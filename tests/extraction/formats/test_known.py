import logging
from dataclasses import dataclass
from importlib.metadata import EntryPoint

import pytest

from corpusapp.extraction.article import (
    Doubt,
    Evidence,
    ExtractedArticle,
    ExtractedByline,
    Options,
    Precision,
    PrintedDate,
    Role,
)
from corpusapp.extraction.errors import UnknownFormatError, UnreadableError
from corpusapp.extraction.formats import known
from corpusapp.extraction.formats.captures import TEXT_CAPTURES
from corpusapp.extraction.formats.known import by_name, format_of, gathered
from corpusapp.extraction.pipeline import extract
from corpusapp.extraction.readable import readable_text
from corpusapp.extraction.sound import sound
from corpusapp.text.folding import text_hash


@dataclass(frozen=True)
class Letters:
    """What a package of others would bring."""

    media_type: str = "text/x-letter"
    endings: tuple[str, ...] = (".letter", ".txt")

    def extract(self, raw: bytes, options: Options) -> ExtractedArticle:
        return ExtractedArticle(title=raw.decode(), language=options.language)

    def readable(self, raw: bytes) -> str:
        return raw.decode()


LETTERS = Letters()
NO_FORMAT = object()


@pytest.fixture
def installed(monkeypatch):
    """Install entry points, as a package of others would."""

    def install(**values):
        points = [EntryPoint(name, value, known.GROUP) for name, value in values.items()]
        monkeypatch.setattr(known, "entry_points", lambda group: points if group else [])
        known.formats.cache_clear()

    yield install
    known.formats.cache_clear()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", "text/plain"),
        ("A.TXT", "text/plain"),
        ("a.b.html", "text/html"),
        ("a.md", "text/markdown"),
        ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.pdf", None),
        ("txt", None),
        ("", None),
    ],
)
def test_ending_tells_the_format(name, expected):
    found = by_name(name)

    assert getattr(found, "media_type", None) == expected


def test_media_type_that_nothing_reads_is_refused_with_its_name():
    with pytest.raises(UnknownFormatError, match="text/x-letter"):
        format_of("text/x-letter")


def test_format_of_another_package_is_found_by_its_ending_and_reads_its_documents(installed):
    installed(letters=f"{__name__}:LETTERS")

    article = extract(b"Dear Sir", Options(media_type="text/x-letter", language="de"))

    assert by_name("x.letter") is LETTERS
    assert (article.title, article.language) == ("Dear Sir", "de")
    assert readable_text(b"Dear Sir", "text/x-letter") == "Dear Sir"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (None, "gives no article"),
        ("Dear Sir", "gives no article"),
        (ExtractedArticle(title=None), "wrong “title”"),
        (ExtractedArticle(title="A", body=b"words"), "wrong “body”"),
        (ExtractedArticle(title="A", published="2001"), "wrong “published”"),
        (ExtractedArticle(title="A", published=PrintedDate("soon", Precision.DAY)), "“published”"),
        (ExtractedArticle(title="A", views=10**30), "wrong “views”"),
        (ExtractedArticle(title="A", bylines=("Ann",)), "wrong “bylines”"),
        (ExtractedArticle(title="A", tags=(None,)), "wrong “tags”"),
        (ExtractedArticle(title="A", evidence={"title": 1}), "wrong “evidence”"),
    ],
)
def test_what_is_no_article_is_refused(given, reason):
    with pytest.raises(UnreadableError, match=reason):
        sound(given, str)


def test_characters_that_no_database_takes_are_taken_out_wherever_they_stand():
    bad = "\ud800a\0"
    given = ExtractedArticle(
        title=bad,
        bylines=(ExtractedByline(bad, bad, Role.AUTHOR, 1),),
        tags=(bad, "b"),
        body=f"one\n\n{bad}",
        doubts=(Doubt("title", "no_title", holds=False, candidates=(bad,)),),
        evidence={"title": Evidence(1.0, bad, 1, 1)},
        own_id=bad,
    )

    article = sound(given, str)

    assert "\\ud800" not in ascii(article)
    assert "\\x00" not in ascii(article)
    assert (article.title, article.tags, article.body) == ("a", ("a", "b"), "one\n\na")
    assert sound(article, str) is article


def test_documents_of_a_format_that_leaves_out_the_hash_are_told_apart(installed):
    installed(letters=f"{__name__}:LETTERS")
    options = Options(media_type="text/x-letter")

    hashes = [extract(raw, options).text_hash for raw in (b"Dear Sir", b"Dear Madam", b"DEAR sir!")]

    assert len(hashes[0]) == 64
    assert hashes[0] != hashes[1]
    assert hashes[0] == hashes[2]
    with_text = ExtractedArticle(title="A", body="*Words* of it")
    assert sound(with_text, str).text_hash == text_hash("A\nWords of it")


def test_ending_of_ours_stays_ours_and_the_log_says_so(installed, caplog):
    installed(letters=f"{__name__}:LETTERS")

    with caplog.at_level(logging.ERROR):
        assert by_name("x.txt") is TEXT_CAPTURES
    assert "format letters: .txt is another's already" in caplog.text


@pytest.mark.parametrize("value", [f"{__name__}:MISSING", f"{__name__}:NO_FORMAT", "no.such:x"])
def test_entry_point_that_leads_nowhere_costs_no_other_format(installed, caplog, value):
    installed(broken=value)

    assert by_name("x.txt") is TEXT_CAPTURES
    assert "format broken" in caplog.text


def test_second_format_for_a_media_type_is_left_out(caplog):
    formats = gathered([LETTERS, Letters(endings=(".other",))])

    assert sorted(formats.by_ending) == [".letter", ".txt"]
    assert "left out: media type text/x-letter" in caplog.text
