"""Two people write in one article: what only one of them changed goes together by itself.

The form carries a fingerprint of each field as it was when the page was opened. What is posted, what
stands in the database and that fingerprint are the three sides of a merge, field by field. Where both
have written, nothing is saved: the page comes again with both texts, and the editor chooses.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from corpusapp.admin.article_form import ArticleForm
from corpusapp.admin.desk import row_ids
from corpusapp.admin.doubt_words import Words, field_words
from corpusapp.admin.form_values import (
    BASE,
    fingerprint,
    read_base,
    readable,
    take,
    value_of,
    verdict_on,
)
from corpusapp.models import Article, Author, Role
from corpusapp.text.folding import clean
from corpusapp.text.han import OTHER
from corpusapp.text.word_diff import Paragraph, compare

CHOICE = "merge-"  # of a field that both have written: "mine" or "theirs"
# Inputs that only make sense together
_TOGETHER = {
    "published_on": "published_at",
    "published_time": "published_at",
    "published_offset": "published_at",
    "published_precision": "published_at",
}
_WORDS: Mapping[str, str] = {
    "author_note": "biography",
    "captured_views": "views",
    "address_end": "slug",
}
_NO_FIELDS = {"version", "settled"}

_MOST_ROWS = 1000

Posted = dict[str, list[str]]
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows inside the form, merged as one."""

    unit: str
    prefix: str
    names: tuple[str, ...]  # what is compared
    there: tuple[str, ...]  # a row that has none of these is none
    hidden: tuple[str, ...] = ()  # posted besides


_SIGNED = Rows("authors", "bylines", ("author", "role", "name", "post"), ("author",), ("position",))
_WORDS_KEPT = Rows(
    *("glossary", "glossary", ("simplified", "traditional")), ("simplified", "traditional", "id")
)
_ALL_ROWS = (_SIGNED, _WORDS_KEPT)


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that two people changed, each otherwise."""

    unit: str
    words: Words
    mine: str
    theirs: str
    paragraphs: list[Paragraph]  # from theirs to mine


@dataclass(slots=True)
class Merge:
    """What is to be saved instead of what was posted, and what came of the comparison."""

    posted: QueryDict
    theirs: list[Words] = field(default_factory=list)  # fields of which the saved value was taken
    clashes: list[Clash] = field(default_factory=list)
    was_stale: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """The article as it stands, in the form of the form."""

    form: ArticleForm
    rows: Mapping[str, list[Row]]  # {unit: those that stand}

    def prints(self) -> str:
        """The fingerprints that the page carries, as JSON."""
        values = {unit: value_of(self.form, names, None) for unit, names in self.units().items()}
        values |= {kind.unit: _compared(kind, self.rows[kind.unit]) for kind in _ALL_ROWS}
        return json.dumps({unit: fingerprint(value) for unit, value in values.items()})

    def units(self) -> dict[str, list[str]]:
        """What is merged as one: {unit: its inputs}."""
        units: dict[str, list[str]] = {}
        for name, one in self.form.fields.items():
            if name not in _NO_FIELDS and not one.disabled:
                units.setdefault(_TOGETHER.get(name, name), []).append(name)
        return units


def stored(article: Article, form_class: type[ArticleForm]) -> Stored:
    """3 queries at most besides the article's own."""
    signed = article.bylines.order_by("position", "pk")
    kept = article.glossary.order_by("pk") if article.language in OTHER else ()
    rows = {
        _SIGNED.unit: [
            {
                "id": str(byline.pk),
                "author": str(byline.author_id),
                "role": byline.role,
                "name": byline.name,
                "post": byline.post,
                "position": str(byline.position),
            }
            for byline in signed
        ],
        _WORDS_KEPT.unit: [
            {"id": str(one.pk), "simplified": one.simplified, "traditional": one.traditional}
            for one in kept
        ],
    }
    return Stored(form_class(instance=article), rows)


def merged(posted: QueryDict, now: Stored) -> Merge:
    """Compare what was posted with what stands; what was posted stays where nobody else wrote."""
    article: Article = now.form.instance
    result = Merge(posted.copy(), was_stale=posted.get("version", "") != str(article.version))
    chosen = {
        name.removeprefix(CHOICE)
        for name in posted
        if name.startswith(CHOICE) and posted[name] == "theirs"
    }
    if not (result.was_stale or chosen):
        return result
    base = read_base(posted.get(BASE, ""))
    mine = type(now.form)(posted, instance=Article(pk=article.pk, language=article.language))
    for unit, names in now.units().items():
        if (
            base and unit not in base
        ):  # the page had no such input, or one that nobody could write in
            take(result.posted, now.form, names)
            continue
        ours, theirs = value_of(mine, names, posted), value_of(now.form, names, None)
        verdict = verdict_on(ours, theirs, base.get(unit), chosen=unit in chosen)
        if verdict == "theirs":
            take(result.posted, now.form, names)
            _note(result, unit, base.get(unit), theirs)
        elif verdict == "both":
            result.clashes.append(_clash(unit, readable(mine, names), readable(now.form, names)))
    for kind in _ALL_ROWS:
        if _is_writable(kind, posted):
            unit = kind.unit
            _merge_rows(kind, result, now.rows[unit], base.get(unit), chosen=unit in chosen)
    result.posted["version"] = str(article.version)
    result.posted[BASE] = now.prints()
    return result


def _note(result: Merge, unit: str, base: str | None, theirs: Any) -> None:
    if base != fingerprint(theirs):
        result.theirs.append(_words(unit))


def _words(unit: str) -> Words:
    return field_words(_WORDS.get(unit, unit))


def _clash(unit: str, mine: str, theirs: str) -> Clash:
    return Clash(unit, _words(unit), mine, theirs, compare(theirs, mine))


# Rows ------------------------------------------------------------------------------------------


def _is_writable(kind: Rows, posted: QueryDict) -> bool:
    """Whether the page had these rows as inputs: what may only be looked at posts how many there are."""
    if f"{kind.prefix}-TOTAL_FORMS" not in posted:
        return False
    shown = _number(posted.get(f"{kind.prefix}-INITIAL_FORMS", ""))
    return not shown or f"{kind.prefix}-0-{kind.names[0]}" in posted


def _merge_rows(
    kind: Rows, result: Merge, stand: list[Row], base: str | None, *, chosen: bool
) -> None:
    mine = list(_posted_rows(kind, result.posted))
    ours, theirs = _compared(kind, mine), _compared(kind, stand)
    verdict = verdict_on(ours, theirs, base, chosen=chosen)
    if verdict == "theirs":
        _note(result, kind.unit, base, theirs)
        mine = stand
    elif verdict == "both":
        told = _told_signed if kind is _SIGNED else _told_words
        result.clashes.append(_clash(kind.unit, told(mine), told(stand)))
    _put_rows(kind, result.posted, mine, stand)


def _posted_rows(kind: Rows, posted: QueryDict) -> Iterator[Row]:
    """The rows that are to stay, as they were posted."""
    total = _number(posted.get(f"{kind.prefix}-TOTAL_FORMS", ""))
    for number in range(min(total, _MOST_ROWS)):
        stem = f"{kind.prefix}-{number}-"
        row = {name: posted.get(f"{stem}{name}", "") for name in (*kind.names, *kind.hidden, "id")}
        if any(row[name] for name in kind.there) and f"{stem}DELETE" not in posted:
            yield row


def _compared(kind: Rows, rows: list[Row]) -> list[list[str]]:
    """Who signs, in the order of the byline; or the words that are kept, which have no order."""
    if kind is _SIGNED:
        rows = sorted(rows, key=lambda row: _number(row["position"]))
    plain = [[clean(row[name]).strip() for name in kind.names] for row in rows]
    return plain if kind is _SIGNED else sorted(plain)


def _number(text: str) -> int:
    """0 for what is none."""
    return next(iter(row_ids([text])), 0)


def _told_words(rows: list[Row]) -> str:
    return "\n".join(f"{row['simplified']} · {row['traditional']}" for row in rows)


def _told_signed(rows: list[Row]) -> str:
    """The signatures in words."""
    ids = row_ids([row["author"] for row in rows])
    names = {str(pk): str(author) for pk, author in Author.objects.in_bulk(ids).items()}
    lines = []
    for row in rows:
        words = row["name"] or names.get(row["author"], "?")
        words += f" ({row['post']})" if row["post"] else ""
        words += f" [{Role(row['role']).label}]" if row["role"] in Role.values else ""
        lines.append(words)
    return "\n".join(lines)


def _put_rows(kind: Rows, posted: QueryDict, wanted: list[Row], there: list[Row]) -> None:
    """Post the rows anew, so that those that stand become the wanted ones."""
    for name in [name for name in posted if name.startswith(f"{kind.prefix}-")]:
        if name.split("-")[1].isdigit():
            del posted[name]
    by_id = {row["id"]: row for row in wanted if row["id"]}
    known = {row["id"] for row in there}
    rows = [(by_id.get(row["id"], row), row["id"], row["id"] not in by_id) for row in there]
    rows += [(row, "", False) for row in wanted if row["id"] not in known]
    article = str(posted.get(f"{kind.prefix}-__prefix__-article", ""))
    for number, (row, pk, goes) in enumerate(rows):
        stem = f"{kind.prefix}-{number}-"
        for name in (*kind.names, *kind.hidden):
            posted[f"{stem}{name}"] = row[name]
        posted[f"{stem}id"], posted[f"{stem}article"] = pk, article
        if goes:
            posted[f"{stem}DELETE"] = "on"
    posted[f"{kind.prefix}-TOTAL_FORMS"] = str(len(rows))
    posted[f"{kind.prefix}-INITIAL_FORMS"] = str(len(there))
