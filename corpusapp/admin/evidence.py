"""The capture beside its article: its words with line numbers, and where each field came from."""

import codecs
import logging
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from corpusapp.admin.doubt_words import Words, field_words
from corpusapp.admin.rule_words import rule_words
from corpusapp.models import Capture
from corpusapp.text.folding import clean

logger = logging.getLogger(__name__)

BESIDE = 24_000  # bytes of a capture shown beside its article: some 4,000 words
ALONE = 400_000  # on a page of its own; the rest is downloaded
_LONGEST_VALUE = 300
_SEEN_IN_THE_WHOLE = frozenset({"language"})  # comes of all lines alike: nothing to mark


@dataclass(frozen=True, slots=True)
class RawLine:
    number: int  # from 1, as extraction counts
    text: str
    taken: bool  # whether a field came of it
    fields: tuple[Words, ...]  # those that begin with this line


@dataclass(frozen=True, slots=True)
class FieldEvidence:
    field: Words
    value: str
    confidence: int  # per cent
    rule: Words
    first: int
    last: int
    raw: str  # the lines it came from; "" when they are not shown


@dataclass(frozen=True, slots=True)
class CapturedText:
    lines: tuple[RawLine, ...]
    evidence: tuple[FieldEvidence, ...]
    is_cut: bool
    is_gone: bool  # purged, or damaged


def captured_text(capture: Capture, limit: int) -> CapturedText:
    """What the first `limit` bytes of the capture say; unpacks no more than those."""
    raw = _beginning(capture, limit)
    if raw is None:
        return CapturedText((), tuple(_evidence(capture.fields, [])), is_cut=False, is_gone=True)
    is_cut = len(raw) > limit
    text = clean(_decoded(raw[:limit], capture.encoding, is_whole=not is_cut))
    texts = text.split("\n")
    became: dict[int, list[Words]] = {}
    taken: set[int] = set()
    for name, first, last in _spans(capture.fields):
        if name in _SEEN_IN_THE_WHOLE:
            continue
        became.setdefault(first, []).append(field_words(name))
        taken.update(range(first, min(last, len(texts)) + 1))
    return CapturedText(
        tuple(
            RawLine(number, line, number in taken, tuple(became.get(number, ())))
            for number, line in enumerate(texts, 1)
        ),
        tuple(_evidence(capture.fields, texts)),
        is_cut=is_cut,
        is_gone=False,
    )


def _beginning(capture: Capture, limit: int) -> bytes | None:
    """One byte more than `limit`, if there are as many."""
    data = capture.bytes.data
    if data is None:
        return None
    try:
        return zlib.decompressobj().decompress(bytes(data), limit + 1)
    except zlib.error:
        logger.exception("bytes of capture %d are damaged", capture.pk)
        return None


def _decoded(raw: bytes, encoding: str, *, is_whole: bool) -> str:
    """A character that our own cut went through is left out, not shown as a wrong one."""
    try:
        decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    except (LookupError, TypeError):
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    return decoder.decode(raw, final=is_whole).removeprefix("\ufeff")


def _spans(fields: Mapping[str, Any]) -> Iterator[tuple[str, int, int]]:
    for name, evidence in fields.items():
        match evidence:
            case {"lines": [int(first), int(last)]} if 0 < first <= last:
                yield name, first, last


def _evidence(fields: Mapping[str, Any], texts: list[str]) -> Iterator[FieldEvidence]:
    spans = {name: (first, last) for name, first, last in _spans(fields)}
    for name, evidence in fields.items():
        if not isinstance(evidence, dict):
            continue
        first, last = spans.get(name, (0, 0))
        confidence = evidence.get("confidence")
        if not evidence.get("rule") and not evidence.get("value"):
            continue  # the capture gives none
        yield FieldEvidence(
            field_words(name),
            "" if name == "body" else _readable(evidence.get("value")),
            round(confidence * 100) if isinstance(confidence, int | float) else 0,
            rule_words(str(evidence.get("rule", ""))),
            first,
            last,
            "\n".join(texts[first - 1 : last])[:_LONGEST_VALUE] if first else "",
        )


def _readable(value: Any) -> str:
    match value:
        case None:
            text = ""
        case list():
            text = "; ".join(_readable(part) for part in value)
        case {"name": name, **rest}:
            post = rest.get("post")
            text = f"{name} ({post})" if post else str(name)
        case _:
            text = str(value)
    return text[:_LONGEST_VALUE]
