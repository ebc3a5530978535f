import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.extraction.errors import EmptyError, ExtractionError, NotTextError
from corpusapp.extraction.formats.plain_text import Decoded, decode

HANS = "联合国成立八十周年之际，国际社会的目光再次聚焦多边主义，我们要在合作中发展。" * 3
HANT = "聯合國成立八十週年之際，國際社會的目光再次聚焦多邊主義，我們要在合作中發展。" * 3
FRENCH = "L’été dernier, le théâtre a joué à guichets fermés — « déjà vu ».\n" * 3


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (HANS.encode(), "utf-8"),
        (codecs.BOM_UTF8 + HANS.encode(), "utf-8"),
        (HANS.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + HANS.encode("utf-16-be"), "utf-16"),
    ],
)
def test_what_the_bytes_say_themselves_is_no_guess(raw, encoding):
    assert decode(raw) == Decoded(HANS, encoding)


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [(HANS, "gb18030", "gb18030"), (HANT, "big5", "big5"), (FRENCH, "cp1252", "windows-1252")],
)
def test_old_encodings_are_guessed_and_said_to_be(text, codec, encoding):
    assert decode(text.encode(codec)) == Decoded(text, encoding, guessed=True)


def test_a_declared_encoding_is_believed():
    text = f"charset=gb2312\n{HANS}"

    assert decode(text.encode("gb2312")) == Decoded(text, "gb2312")


def test_a_cut_character_and_a_mixture_are_reported():
    cut = decode(HANS.encode()[:-1])
    mixture = decode(HANS.encode() * 20 + b"\xff\xfe broken")

    assert (cut.encoding, cut.mixed) == ("utf-8", True)
    assert (mixture.encoding, mixture.mixed) == ("utf-8", True)


@pytest.mark.parametrize(
    "raw", [b"%PDF-1.7 ...", b"PK\x03\x04rest", b"\x89PNG\r\n", bytes(range(32)) * 40]
)
def test_binary_files_are_refused(raw):
    with pytest.raises(NotTextError):
        decode(raw)


@pytest.mark.parametrize("raw", [b"", b" \r\n\t ", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_empty_files_are_refused(raw):
    with pytest.raises((EmptyError, NotTextError)):
        decode(raw)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw):
    try:
        decoded = decode(raw)
    except ExtractionError:
        return
    assert (
        decoded.mixed
        or "\ufffd" not in decoded.text
        or "\ufffd".encode() in raw
        or decoded.guessed
        or decoded.encoding != "utf-8"
    )
