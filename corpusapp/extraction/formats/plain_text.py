"""Bytes of a text capture -> text, never guessing in silence.

UTF-8 if it is valid; a byte order mark; what the file itself declares; then the likeliest of the
encodings in which old Chinese and Western pages come. Python 3.11's codecs do the reading.
"""

import codecs
import re
from dataclasses import dataclass

from corpusapp.extraction.errors import EmptyError, NotTextError


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str
    guessed: bool = False  # nothing in the bytes names the encoding
    mixed: bool = False  # some bytes fit no encoding and show as U+FFFD


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "it is a PDF"),
    (b"PK\x03\x04", "it is an archive or an office document"),
    (b"\x89PNG", "it is a picture"),
    (b"\xff\xd8\xff", "it is a picture"),
    (b"GIF8", "it is a picture"),
    (b"\x1f\x8b", "it is compressed"),
    (b"\x7fELF", "it is a program"),
    (b"\xd0\xcf\x11\xe0", "it is an old office document"),
)
_DECLARED = re.compile(rb"charset\s{0,3}=\s{0,3}[\"']?([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_DECLARED_WITHIN = 2048
_CONTROLS = bytes((*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)))
_MOST_CONTROLS = 0.02  # of the first bytes; a text has none, a stray one is forgiven
_PROBE = 65536
_FEW_BAD = 0.01  # of all bytes: UTF-8 with so little damage is damaged UTF-8, not another encoding
# Letters of Chinese that every text uses; a wrong codec yields rare ones instead.
_COMMON_HAN = frozenset(
    "的一是不了在人有我他這这個个上們们來来到時时大地為为子中你說说生國国年著着就那和要她出也得里後后自以會会家可下而過过天去能對对小多然於于心學学發发成"
)
_LEAST_COMMON_HAN = 0.04


def decode(raw: bytes) -> Decoded:
    """The text of `raw`. Raises EmptyError for nothing, NotTextError for what is no text."""
    if raw.isspace() or not raw:
        raise EmptyError
    for signature, clue in _SIGNATURES:
        if raw.startswith(signature):
            raise NotTextError(clue)
    for mark, codec, name in _MARKS:
        if raw.startswith(mark):
            return _marked(raw, codec, name)
    probe = raw[:_PROBE]
    if len(probe) - len(probe.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(probe):
        clue = "it holds bytes that no text holds"
        raise NotTextError(clue)
    try:
        return Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _other_than_utf8(raw, error.start)


def _marked(raw: bytes, codec: str, name: str) -> Decoded:
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError:
        return Decoded(raw.decode(codec, "replace"), name, mixed=True)
    if not text.strip("\ufeff \r\n\t"):
        raise EmptyError
    return Decoded(text, name)


def _other_than_utf8(raw: bytes, first_bad: int) -> Decoded:
    damaged = raw.decode("utf-8", "replace")
    bad = damaged.count("\ufffd")
    multibyte = len(raw) - len(damaged) > bad
    if multibyte and bad <= max(1, _FEW_BAD * len(raw)) and _mostly_utf8(damaged, bad):
        return Decoded(damaged, "utf-8", mixed=True)
    if declared := _DECLARED.search(raw, 0, _DECLARED_WITHIN):
        text = _strict(raw, declared[1].decode("ascii"))
        if text is not None:
            return Decoded(text, declared[1].decode("ascii").lower())
    return _guessed(raw, first_bad)


def _mostly_utf8(damaged: str, bad: int) -> bool:
    """More letters beyond ASCII came out well than came out broken."""
    return len(damaged) - len(damaged.encode("ascii", "ignore")) > 2 * bad


def _strict(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except (LookupError, UnicodeError, ValueError):
        return None


def _guessed(raw: bytes, first_bad: int) -> Decoded:
    for codec in ("gb18030", "big5"):
        text = _strict(raw, codec)
        if text is not None and _reads_as_chinese(text):
            return Decoded(text, codec, guessed=True)
    western = _strict(raw, "cp1252")
    if western is not None and _reads_as_western(western):
        return Decoded(western, "windows-1252", guessed=True)
    window = raw[max(0, first_bad - 4096) : first_bad + 32768]
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow, and hardly ever needed

    best = from_bytes(window).best()
    if best is not None and (text := _strict(raw, best.encoding)) is not None:
        return Decoded(text, best.encoding.replace("_", "-"), guessed=True)
    return Decoded(raw.decode("utf-8", "replace"), "utf-8", mixed=True)


def _reads_as_chinese(text: str) -> bool:
    sample = [c for c in text[:_PROBE] if "\u3400" <= c <= "\u9fff" or "\ue000" <= c <= "\uf8ff"]
    common = sum(c in _COMMON_HAN for c in sample)
    return bool(sample) and common >= _LEAST_COMMON_HAN * len(sample)


_WESTERN_BEYOND = frozenset("äöüßÄÖÜéèêëàâçîïôûùáíóúñÁÉÍÓÚÑãõåøæÅØÆ“”‘’–—…€«»°§©®·•£¿¡ªº²³½\xa0")


def _reads_as_western(text: str) -> bool:
    beyond = [c for c in text[:_PROBE] if c > "\x7f"]
    return sum(c in _WESTERN_BEYOND for c in beyond) >= 0.9 * len(beyond)
