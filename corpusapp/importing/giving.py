"""Give lines of a capture to fields, in an editor's name: the article follows, the capture stays as it is."""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from corpusapp.editing.doubts import settle_doubts_about
from corpusapp.editing.ownership import own_fields
from corpusapp.editing.totals import hold, recounted
from corpusapp.editing.twins import body_changed
from corpusapp.editing.unused_names import drop_unused
from corpusapp.extraction.article import ExtractedArticle, Part, Role
from corpusapp.extraction.errors import ExtractionError
from corpusapp.extraction.given_lines import (
    body_of,
    date_in,
    is_only_a_date,
    is_too_long_for_a_name,
    line_spans,
    paragraphs_of,
    source_in,
    tags_in,
    words_of,
)
from corpusapp.extraction.learned_furniture import furniture_key, keys_of
from corpusapp.importing.bases import whole
from corpusapp.importing.errors import (
    GivingError,
    NeededError,
    NoBytesError,
    NoNameError,
    NothingInItError,
    TooLongError,
)
from corpusapp.importing.exact import apply, taken
from corpusapp.importing.explaining import (
    ONE_FOR_ALL,
    Explanation,
    JudgedLine,
    explain,
    with_changes,
)
from corpusapp.importing.fields import digest, room_for, within_columns
from corpusapp.importing.furniture import learn
from corpusapp.importing.one_writer import one_writer
from corpusapp.importing.registry import Registry
from corpusapp.importing.signing import sign
from corpusapp.models import (
    Article,
    Author,
    Capture,
    LearnedFurniture,
    LineChange,
    Section,
    Source,
    State,
)

logger = logging.getLogger(__name__)

FIELD_OF: Mapping[Part, str] = {
    Part.TITLE: "title",
    Part.STANDFIRST: "standfirst",
    Part.BYLINE: "authors",
    Part.POST: "authors",
    Part.DATE: "published_at",
    Part.SECTION: "section",
    Part.SOURCE: "source",
    Part.TAGS: "tags",
    Part.CAPTION: "caption",
    Part.BIOGRAPHY: "biography",
    Part.BODY: "body",
    Part.SUBHEADING: "body",
    Part.QUOTATION: "body",
}
GIVEABLE = (*FIELD_OF, Part.FURNITURE)
REFUSALS = (GivingError, ExtractionError)  # what `give` and `take_candidate` raise
_NEEDED = frozenset(("title", "body"))  # without them nothing is published
_NAMES = frozenset((Part.BYLINE, Part.SECTION, Part.SOURCE))
_TEXT = frozenset(part for part, field in FIELD_OF.items() if field == "body")


@dataclass(frozen=True, slots=True)
class Given:
    """What giving lines did. `kept` are fields that an editor wrote by hand, and that stay."""

    fields: tuple[str, ...]
    kept: tuple[str, ...] = ()
    learned: tuple[str, ...] = ()  # lines that are furniture of the source from now on


@dataclass(slots=True)
class _Lines:
    """The lines of a capture before and after somebody said what some of them are."""

    raw: bytes
    media_type: str
    explanation: Explanation
    said_before: dict[int, str]
    said: dict[int, str]

    @property
    def before(self) -> tuple[JudgedLine, ...]:
        return with_changes(self.explanation.lines, self.said_before)

    @property
    def after(self) -> tuple[JudgedLine, ...]:
        return with_changes(self.explanation.lines, self.said)

    def body(self, lines: Collection[JudgedLine], said: Mapping[int, str]) -> str:
        """The text these lines make; the engine's own where nobody said anything about a line of it."""
        own = {line.number for line in self.explanation.lines if line.part in _TEXT}
        chosen = {line.number: line.part for line in lines if line.part in _TEXT}
        told = {
            number: Part(part)
            for number, part in said.items()
            if number in chosen and part in (Part.SUBHEADING, Part.QUOTATION)
        }
        whole_text = self.explanation.article.body
        if set(chosen) == own and not told:
            return whole_text
        made = body_of(self.raw, self.media_type, chosen, told)
        # a teaser that the page had glued to its first paragraph was cut off there
        first, rest = made.partition("\n\n")[0], made.partition("\n\n")[2]
        own_first = whole_text.partition("\n\n")[0]
        if own_first and first != own_first and first.endswith(own_first):
            return f"{own_first}\n\n{rest}" if rest else own_first
        return made


def give(
    capture_id: int,
    numbers: Collection[int],
    part: Part | None,
    user: User | None = None,
    *,
    overwrite: bool = False,
    teaches: bool = True,
) -> Given:
    """Say that these lines are `part` (None: take back what was said), and let the article follow.

    The fields concerned are the editor's from then on. A text written by hand is not made anew
    unless `overwrite`. An author, a section or a source that only such a line had made goes with it. What is called furniture counts towards being learned for the whole source,
    and is learned when somebody says it who `teaches`. Raises GivingError, and ExtractionError for what is no capture any more.
    """
    with transaction.atomic():
        one_writer()
        capture = Capture.objects.select_related("bytes", "article", "source").get(pk=capture_id)
        raw = capture.bytes.raw
        if raw is None or capture.article is None:
            raise NoBytesError
        lines = _changed(capture, raw, numbers, part)
        with recounted([capture.article.pk]):
            article = whole(capture.article)
            before = _named_by(article)
            registry = Registry()
            given = _follow(article, capture, lines, user, registry, overwrite=overwrite)
            if part in _NAMES:
                _only_names(registry)
        if _takes_a_name_back(lines):
            drop_unused(before - _named_by(whole(Article.objects.only("pk").get(pk=article.pk))))
        learned = _learned(capture, lines, numbers) if teaches and part is Part.FURNITURE else ()
    logger.info("gave lines %s of capture %d to %s", list(numbers), capture_id, part)
    return replace(given, learned=tuple(learned))


def _named_by(article: Article) -> set[Author | Section | Source]:
    """Who signs a whole article, and where it stands and comes from."""
    named = {byline.author for byline in article.bylines.all()}
    return {one for one in (*named, article.section, article.source) if one is not None}


def _takes_a_name_back(lines: _Lines) -> bool:
    """Whether something that an editor had given to a name is given to it no more."""
    return any(
        said in _NAMES and lines.said.get(number) != said
        for number, said in lines.said_before.items()
    )


def _only_names(registry: Registry) -> None:
    """Raises NoNameError where a row was made that is called by what can be no name."""
    for row in registry.made:
        name = str(row.name)
        if (is_date := is_only_a_date(name)) or is_too_long_for_a_name(name):
            raise NoNameError(name, is_date=is_date)


def remake_body(capture_id: int, user: User | None = None) -> Given:
    """Make the text anew from the lines, whatever was written by hand."""
    return give(capture_id, (), None, user, overwrite=True)


def explained(capture: Capture, raw: bytes) -> Explanation:
    """A capture's lines as extraction and editors have them."""
    return explain(raw, capture.media_type, changes_of(capture), _furniture_of(capture))


def changes_of(capture: Capture) -> dict[int, str]:
    return dict(capture.line_changes.values_list("line", "part"))


def _furniture_of(capture: Capture) -> frozenset[str]:
    source = _source_of(capture)
    if source is None:
        return frozenset()
    known = LearnedFurniture.objects.in_force().filter(source=source)
    return frozenset(known.values_list("key", flat=True))


def _source_of(capture: Capture) -> int | None:
    """Where it came from; what nobody said of the capture may have been said of its article."""
    return capture.source_id or (capture.article.source_id if capture.article else None)


def _changed(capture: Capture, raw: bytes, numbers: Collection[int], part: Part | None) -> _Lines:
    """Write down what was said of the lines; the lines before and after."""
    explanation = explain(raw, capture.media_type, furniture=_furniture_of(capture))
    before = changes_of(capture)
    spans = line_spans(raw, capture.media_type)
    texts = {line.number: line for line in explanation.lines if line.part is not Part.BLANK}
    meant = {
        other
        for number in numbers
        for other in range(*_span(spans.get(number, (number, number))))
        if other in texts
    }
    after = {number: said for number, said in before.items() if number not in meant}
    if part in ONE_FOR_ALL:
        after = {number: said for number, said in after.items() if said != part}
    if part is not None:
        after |= dict.fromkeys(meant, part.value)
    gone = [number for number in before if after.get(number) != before[number]]
    capture.line_changes.filter(line__in=gone).delete()
    return _Lines(raw, capture.media_type, explanation, before, after)


def _span(span: tuple[int, int]) -> tuple[int, int]:
    return span[0], span[1] + 1


def _follow(
    article: Article,
    capture: Capture,
    lines: _Lines,
    user: User | None,
    registry: Registry,
    *,
    overwrite: bool,
) -> Given:
    """Bring the fields that the changed lines belong or belonged to up to what the lines say."""
    pairs = [
        (old, new)
        for old, new in zip(lines.before, lines.after, strict=True)
        if old.part != new.part or lines.said_before.get(old.number) != lines.said.get(new.number)
    ]
    names = {FIELD_OF[line.part] for pair in pairs for line in pair if line.part in FIELD_OF} | (
        {"body"} if overwrite or _lags(article, lines, pairs) else set()
    )
    made, kept = _made(article, capture, lines, names, overwrite=overwrite)
    LineChange.objects.bulk_create(
        LineChange(
            capture=capture,
            line=number,
            part=said,
            key=furniture_key(lines.explanation.lines[number - 1].text),
            user=user,
        )
        for number, said in lines.said.items()
        if lines.said_before.get(number) != said
    )
    moved = sorted(names - kept - {"authors"})
    registry.look_up([made])
    for name in _NEEDED.intersection(moved):
        if article.state == State.PUBLISHED and not getattr(made, name):
            raise NeededError(name)
    before = article.body
    if moved:
        apply(article, made, moved, registry)
    if "authors" in names:
        sign(article, pairs, lines.after, registry)
        if not moved:
            Article.objects.filter(pk=article.pk).update(
                version=F("version") + 1, updated_at=timezone.now()
            )
    if "body" in moved:
        body_changed(article.pk, before, article.body)
    changed = [*moved, *(["authors"] if "authors" in names else [])]
    own_fields([article.pk], changed, user)
    settle_doubts_about(article.pk, changed, user)
    return Given(tuple(changed), tuple(sorted(kept)))


def _lags(
    article: Article, lines: _Lines, pairs: Collection[tuple[JudgedLine, JudgedLine]]
) -> bool:
    """Whether a line that somebody calls furniture was learned to be that, and is in the text still."""
    said = [new for _old, new in pairs if lines.said.get(new.number) == Part.FURNITURE]
    return bool(said) and not keys_of(article.body).isdisjoint(
        furniture_key(line.text) for line in said
    )


def _made(
    article: Article,
    capture: Capture,
    lines: _Lines,
    names: Collection[str],
    *,
    overwrite: bool,
) -> tuple[ExtractedArticle, set[str]]:
    """The values of these fields as the lines give them, and which of them an editor's text keeps."""
    texts: dict[Part, list[str]] = {}
    for line in lines.after:
        texts.setdefault(line.part, []).append(line.text)
    values: dict[str, Any] = {}
    kept: set[str] = set()
    for part, name in FIELD_OF.items():
        if name not in names or name in {"authors", "body"}:
            continue
        said = texts.get(part, [])
        match part:
            case Part.BIOGRAPHY:
                values["biography"] = paragraphs_of(said)
            case Part.DATE:
                # several lines may print a date: one that somebody gave counts, if there is one
                given = [line.text for line in lines.after if lines.said.get(line.number) == part]
                values["published"] = _date(given, article, lines)
            case Part.TAGS:
                values["tags"] = tuple(dict.fromkeys(tag for text in said for tag in tags_in(text)))
            case Part.SOURCE:
                values["source"] = source_in(said[0]) if said else ""
            case _:
                values[name] = _fitting(part, name, words_of(said))
    if "body" in names:
        before = lines.body(lines.before, lines.said_before)
        stored = (capture.fields.get("body") or {}).get("value")
        by_hand = article.body not in {before, ""} and digest(article.body) != stored
        values["body"] = lines.body(lines.after, lines.said)
        if by_hand and not overwrite and article.body != values["body"]:
            kept.add("body")
    return within_columns(ExtractedArticle(language=article.language, **values)), kept


def _fitting(part: Part, name: str, words: str) -> str:
    most = room_for(name)
    if most is not None and len(words) > most:
        raise TooLongError(part, len(words), most)
    return words


def _date(given: list[str], article: Article, lines: _Lines) -> Any:
    if not given:
        return None
    whole_text = "\n".join(line.text for line in lines.after)
    for text in given:
        if printed := date_in(text, article.language, whole_text):
            return printed
    raise NothingInItError(Part.DATE, given[0])


def _learned(capture: Capture, lines: _Lines, numbers: Collection[int]) -> Collection[str]:
    source = _source_of(capture)
    if source is None:
        return ()
    texts = [lines.explanation.lines[number - 1].text for number in numbers]
    return learn(source, {furniture_key(text): text for text in texts})


def take_candidate(article_id: int, field: str, words: str, user: User | None = None) -> None:
    """Let a field have what a doubt offers for it; raises NothingInItError for what cannot be one."""
    with transaction.atomic():
        one_writer()
        hold([article_id])
        article = whole(Article.objects.only("pk").get(pk=article_id))
        try:
            extracted = replace(taken(field, _value(field, words)), language=article.language)
        except (TypeError, ValueError) as error:
            raise NothingInItError(Part.FURNITURE, words) from error
        if field == "language":
            extracted = replace(extracted, language=words)
        extracted = within_columns(extracted)
        registry = Registry()
        registry.look_up([extracted])
        before = article.body
        with recounted([article.pk]):
            apply(article, extracted, [field], registry)
        if field == "body":
            body_changed(article.pk, before, article.body)
        own_fields([article.pk], [field], user)
        settle_doubts_about(article.pk, [field], user)


def _value(field: str, words: str) -> Any:
    match field:
        case "authors":
            return [{"name": words, "post": "", "role": str(Role.AUTHOR)}]
        case "tags":
            return [words]
        case "views":
            return int(words)
        case _:
            return words
