"""A capture at the desk: its lines with what each was taken for, and where each field came from."""

import codecs
import logging
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from corpusapp.admin.doubt_words import Words, field_words
from corpusapp.admin.part_words import part_words, rank
from corpusapp.admin.rule_words import rule_words
from corpusapp.extraction.errors import ExtractionError
from corpusapp.models import Capture
from corpusapp.text.folding import clean

if TYPE_CHECKING:
    from corpusapp.importing.explaining import Explanation, JudgedLine

logger = logging.getLogger(__name__)

BESIDE = 48_000  # bytes of a capture shown beside its article: some 4,000 words
ALONE = 400_000  # on a page of its own; the rest is downloaded
MOST_JUDGED = 2_000_000  # bytes: what takes a second is judged when a page is asked for
_LINE_COST = 40  # in the same currency: what a page needs for a line beside its words
_LONGEST_VALUE = 300
_LEARNED = "furniture learned from this source"  # the rule of extraction that says so
_SEEN_IN_THE_WHOLE = frozenset({"language"})  # comes of all lines alike: nothing to mark


@dataclass(frozen=True, slots=True)
class RawLine:
    number: int  # from 1, as extraction counts
    text: str
    part: str = ""  # what it was taken for; "" where it was not judged
    words: Words = ""
    rule: Words = ""
    begins: bool = False  # whether the line before was taken for something else, or by another rule
    taken: bool = False  # whether a field came of it; asked where lines are not judged
    fields: tuple[Words, ...] = ()  # those that begin with this line; likewise
    lags: bool = False  # learned to be furniture since the article was made, and in its text still


@dataclass(frozen=True, slots=True)
class LegendEntry:
    part: str
    words: Words
    lines: int


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
    """What a page shows of a capture; `lines` is empty where its words cannot be shown."""

    lines: tuple[RawLine, ...] = ()
    evidence: tuple[FieldEvidence, ...] = ()
    legend: tuple[LegendEntry, ...] = ()  # empty where the lines are not judged
    judged_by: str = ""  # version of the extraction that judged the lines
    is_cut: bool = False
    is_gone: bool = False  # purged, or damaged
    is_refused: bool = False  # today's extraction takes it for no article


def captured_text(capture: Capture, limit: int, body: str = "") -> CapturedText:
    """The words of a capture, each line with what it is taken for, and where each field came from.

    A line costs its bytes and `_LINE_COST` more; lines beyond `limit` are left out. Captures of
    more than `MOST_JUDGED` bytes are not judged: a text then shows what its fields came of. `body` is
    the article's, in which lines may stand that have been learned to be furniture since.
    """
    raw = _beginning(capture, MOST_JUDGED)
    if raw is None:
        return CapturedText(evidence=tuple(_evidence(capture.fields, [])), is_gone=True)
    explanation = _explained(raw, capture) if len(raw) <= MOST_JUDGED else None
    if explanation:
        lines = list(_judged(explanation.lines, body))
    elif capture.media_type == "text/plain":
        lines = list(_unjudged(raw, capture))
    else:
        lines = []
    shown = _fitting(lines, limit)
    return CapturedText(
        tuple(shown),
        tuple(_evidence(capture.fields, [line.text for line in lines])),
        _legend(lines) if explanation else (),
        explanation.version if explanation else "",
        is_cut=len(shown) < len(lines) or len(raw) > MOST_JUDGED,
        is_refused=explanation is None and len(raw) <= MOST_JUDGED,
    )


def _explained(raw: bytes, capture: Capture) -> "Explanation | None":
    # Extraction brings numpy and lxml: only into a process that is asked for a capture
    from corpusapp.importing.giving import explained  # noqa: PLC0415

    try:
        return explained(capture, raw)
    except ExtractionError:
        return None


def _judged(lines: Iterable["JudgedLine"], body: str) -> Iterator[RawLine]:
    from corpusapp.extraction.learned_furniture import furniture_key, keys_of  # noqa: PLC0415 - as above

    stand = keys_of(body)
    before: tuple[str, str] | None = None
    for line in lines:
        part = line.part.value
        if part == "blank":
            yield RawLine(line.number, "", part)
            continue
        same, before = before == (part, line.rule), (part, line.rule)
        yield RawLine(
            line.number,
            line.text,
            part,
            part_words(part),
            rule_words(line.rule),
            begins=not same,
            lags=line.rule == _LEARNED and furniture_key(line.text) in stand,
        )


def _unjudged(raw: bytes, capture: Capture) -> Iterator[RawLine]:
    """The lines of a text, marked by the evidence that was stored when it came in."""
    is_whole = len(raw) <= MOST_JUDGED
    text = clean(_decoded(raw[:MOST_JUDGED], capture.encoding, is_whole=is_whole))
    became: dict[int, list[Words]] = {}
    taken: list[range] = []
    for name, first, last in _spans(capture.fields):
        if name in _SEEN_IN_THE_WHOLE:
            continue
        became.setdefault(first, []).append(field_words(name))
        taken.append(range(first, last + 1))
    for number, line in enumerate(text.split("\n"), 1):
        yield RawLine(
            number,
            line,
            taken=any(number in span for span in taken),
            fields=tuple(became.get(number, ())),
        )


def _fitting(lines: list[RawLine], limit: int) -> list[RawLine]:
    """The first lines, as many as `limit` allows; of a single longer one its beginning."""
    spent = 0
    for index, line in enumerate(lines):
        spent += len(line.text.encode()) + _LINE_COST
        if spent > limit:
            if index:
                return lines[:index]
            return [replace(line, text=line.text[: limit // 4])]
    return lines


def _legend(lines: Iterable[RawLine]) -> tuple[LegendEntry, ...]:
    counts = Counter(line.part for line in lines if line.part != "blank")
    return tuple(
        LegendEntry(part, part_words(part), counts[part]) for part in sorted(counts, key=rank)
    )


def _beginning(capture: Capture, limit: int) -> bytes | None:
    """One byte more than `limit`, if there are as many."""
    data = capture.bytes.data
    if data is None:
        return None
    packed = zlib.decompressobj()
    try:
        raw = packed.decompress(bytes(data), limit + 1)
    except zlib.error:
        logger.exception("bytes of capture %d are damaged", capture.pk)
        return None
    if not packed.eof and len(raw) <= limit:
        logger.error("bytes of capture %d end too early", capture.pk)
        return None
    return raw


def _decoded(raw: bytes, encoding: str, *, is_whole: bool) -> str:
    """A character that our own cut went through is left out, not shown as a wrong one."""
    try:
        decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    except (LookupError, TypeError):
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    return decoder.decode(raw, final=is_whole).removeprefix("\ufeff")


_SAID_ELSEWHERE = frozenset({"given", "sidecar", "default of the folder"})
"""Rules of fields that no line of the capture shows."""


def _spans(fields: Mapping[str, Any]) -> Iterator[tuple[str, int, int]]:
    for name, evidence in fields.items():
        match evidence:
            case {"rule": rule} if rule in _SAID_ELSEWHERE:
                continue
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
