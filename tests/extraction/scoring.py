"""How near an extraction comes to the truth about its capture.

The definitions are those of the public benchmark, so that its figures and ours can be compared. For
each record and metric there is a `Credit`; over many records
    precision = sum of precise / sum of given,   recall = sum of recalled / sum of due.
Nothing here shares code with the engine: a judge has eyes of its own.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from corpusapp.extraction.article import ExtractedArticle

Truth = Mapping[str, Any]

_WIDE = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af\u0e00-\u0e7f"
_WORD = re.compile(rf"[{_WIDE}]|[^\W_{_WIDE}]+")
_WIDE_ONE = re.compile(rf"[{_WIDE}]")
_LIKE = {
    "'": "‘’‚‛`´",
    '"': "“”„«»「」『』",
    "-": "‐‑‒–—―−",
    "...": "…",
    "": "\u00ad\u200b\ufeff\u200e\u200f",
}
_UNIFIED = {ord(odd): plain for plain, odds in _LIKE.items() for odd in odds}
_OUTER = " \"'.,;:!-|*#"
_LEADS = (
    "written by", "words by", "text by", "story by", "by", "von", "par", "por", "di", "door", "av", "af", "author",
    "作者", "记者", "記者", "文", "撰文",
)  # fmt: skip
_LEAD = re.compile(rf"(?:{'|'.join(_LEADS)})\s*[:：|｜]?\s*(?=\S)")
_ACADEMIC = re.compile(r"(?:dr|prof|professor|mr|mrs|ms|sir|dame|amb|ambassador)\b\.?\s+")
_CLOCK = re.compile(r"[T ](\d{1,2}:\d{2})")
_RUN = 4  # tokens in a shingle
_NEARLY = 0.9
_SAME_POST = 0.6


@dataclass(frozen=True, slots=True)
class Credit:
    """What one record adds to a metric's precision (precise / given) and recall (recalled / due)."""

    precise: float
    given: float
    recalled: float
    due: float


@dataclass(frozen=True, slots=True)
class Figure:
    records: int
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return harmonic(self.precision, self.recall)


def figure(credits_: Sequence[Credit]) -> Figure:
    """The figure over all records that a metric was judged in."""
    given, due = (sum(c.given for c in credits_), sum(c.due for c in credits_))
    return Figure(
        len(credits_),
        sum(c.precise for c in credits_) / given if given else 0.0,
        sum(c.recalled for c in credits_) / due if due else 0.0,
    )


def harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


# What counts as the same --------------------------------------------------------------------


def folded(text: object) -> str:
    plain = str(text or "").translate(_UNIFIED)
    return unicodedata.normalize("NFKC", plain).casefold()


def tokens(text: object) -> list[str]:
    """Words; each Han character, kana, hangul syllable or Thai letter by itself."""
    return _WORD.findall(folded(text))


def squashed(text: object) -> str:
    """Letters and digits alone."""
    return "".join(letter for letter in folded(text) if letter.isalnum())


def title_key(text: object) -> str:
    spaced = " ".join(folded(text).translate(_UNIFIED).split())
    return re.sub(r"\s*-\s*", "-", spaced).strip(_OUTER)


def name_key(name: object) -> str:
    """Words of a name, without a lead such as "by" and an academic title."""
    words = " ".join(folded(name).split())
    if lead := _LEAD.match(words):
        rest = words[lead.end() :]
        parted = lead[0][-1] in " :：|｜"
        if parted or (_WIDE_ONE.match(rest) and len(rest) > 1 and not words.startswith("文")):
            words = rest
    return " ".join(
        _WORD.findall(_ACADEMIC.sub("", words, count=1) if _ACADEMIC.match(words) else words)
    )


def language_key(tag: object) -> str:
    """The primary subtag; for Chinese with its script."""
    parts = str(tag or "").strip().lower().replace("_", "-").split("-")
    if parts[0] not in ("zh", "cmn", "yue"):
        return {"nb": "no", "nn": "no", "iw": "he", "in": "id"}.get(parts[0], parts[0])
    if {"hant", "tw", "hk", "mo"} & set(parts):
        return "zh-hant"
    return "zh-hans" if {"hans", "cn", "sg"} & set(parts) else "zh"


def likeness(one: object, other: object) -> float:
    """F1 of the words of two texts, whatever their order."""
    left, right = Counter(tokens(one)), Counter(tokens(other))
    shared = (left & right).total()
    return 2 * shared / (left.total() + right.total()) if shared else 0.0


def shingles(text: object) -> Counter[tuple[str, ...]]:
    words = tokens(text)
    if not words:
        return Counter()
    if len(words) < _RUN:
        return Counter([tuple(words)])
    return Counter(zip(*(islice(words, start, None) for start in range(_RUN)), strict=False))


def body_overlap(true: str, given: str, title: str) -> tuple[float, float]:
    """(precision, recall) of shared shingles; a first line that repeats the title is left out."""
    due, found = (shingles(_untitled(text, title)) for text in (true, given))
    shared = (due & found).total()
    return (
        shared / found.total() if found else 0.0,
        shared / due.total() if due else 0.0,
    )


def _untitled(text: str, title: str) -> str:
    lines = (text or "").split("\n")
    first = next((place for place, line in enumerate(lines[:4]) if line.strip()), None)
    if title and first is not None and squashed(lines[first]) == squashed(title):
        return "\n".join(lines[first + 1 :])
    return text or ""


# One record ----------------------------------------------------------------------------------


def credits_of(truth: Truth, article: ExtractedArticle | None) -> dict[str, Credit]:
    """Metric -> credit, for each metric that the truth judges. `None` is a refused capture."""
    given = article or ExtractedArticle()
    earned: dict[str, Credit] = {}
    for judge in _JUDGES:
        earned.update(judge(truth, given))
    return earned


def _whole(*, right: bool, given: bool = True) -> Credit:
    return Credit(float(right), float(given), float(right), 1.0)


def _title(truth: Truth, given: ExtractedArticle) -> dict[str, Credit]:
    if truth.get("title") is None:
        return {}
    key = title_key(given.title)
    same = bool(key) and key == title_key(truth["title"])
    near = same or likeness(given.title, truth["title"]) >= _NEARLY
    return {
        "title": _whole(right=same, given=bool(key)),
        "title~": _whole(right=near, given=bool(key)),
    }


def _authors(truth: Truth, given: ExtractedArticle) -> dict[str, Credit]:
    if truth.get("authors") is None:
        return {}
    due = {name_key(name) for name in _listed(truth["authors"])}
    found = _posts_by_name(given).keys()
    shared = float(len(due & found))
    nobody = {} if due else {"nobody": _whole(right=not found)}
    return nobody | {
        "authors": Credit(shared, float(len(found)), shared, float(len(due))),
        "authors=": _whole(right=due == found),
    }


def _date(truth: Truth, given: ExtractedArticle) -> dict[str, Credit]:
    days = _listed(truth.get("published_days"))
    if not days:
        return {}
    printed = str(given.published or "")
    right = printed[:10] in days
    earned = {"date": _whole(right=right, given=bool(printed))}
    if (
        right
        and (clocks := _listed(truth.get("published_time")))
        and _CLOCK.search(str(truth.get("published")))
    ):
        clock = _CLOCK.search(printed)
        earned["time"] = _whole(
            right=clock is not None and clock[1] in clocks, given=clock is not None
        )
    return earned


def _language(truth: Truth, given: ExtractedArticle) -> dict[str, Credit]:
    return _same(truth, "language", given.language, language_key)


def _section(truth: Truth, given: ExtractedArticle) -> dict[str, Credit]:
    return _same(truth, "section", given.section, title_key)


def _same(
    truth: Truth, field: str, value: object, key: Callable[[object], str]
) -> dict[str, Credit]:
    if not truth.get(field):
        return {}
    found = key(value)
    return {field: _whole(right=found == key(truth[field]), given=bool(found))}


def _body(truth: Truth, given: ExtractedArticle) -> dict[str, Credit]:
    if not truth.get("body"):
        return {}
    precise, recalled = body_overlap(str(truth["body"]), given.body, str(truth.get("title") or ""))
    return {
        "body": Credit(precise, 1.0, recalled, 1.0),
        "body~": _whole(right=harmonic(precise, recalled) >= _NEARLY),
    }


def _segments(truth: Truth, given: ExtractedArticle) -> dict[str, Credit]:
    must, mustnot = (_listed(truth.get(name)) for name in ("must", "mustnot"))
    if not must or not mustnot:
        return {}
    body = squashed(given.body)
    kept = sum(squashed(snippet) in body for snippet in must) / len(must)
    clean = (
        sum(squashed(snippet) not in body for snippet in mustnot) / len(mustnot) if body else 0.0
    )
    return {"segments": Credit((kept + clean) / 2, 1.0, (kept + clean) / 2, 1.0)}


def _posts(truth: Truth, given: ExtractedArticle) -> dict[str, Credit]:
    due = truth.get("posts")
    if not isinstance(due, Mapping) or not due:
        return {}
    found = _posts_by_name(given)
    printed = [(found.get(name_key(name), ""), post) for name, post in due.items()]
    right = float(sum(likeness(post, true) >= _SAME_POST for post, true in printed))
    return {
        "posts": Credit(
            right, float(sum(bool(post) for post, _ in printed)), right, float(len(due))
        )
    }


# Judged in our own captures only: "" or [] says that the capture has none


def _absent(truth: Truth, given: ExtractedArticle) -> dict[str, Credit]:
    """What is given for a field that the capture does not have costs precision."""
    values = {"title": given.title, "published_at": given.published, "section": given.section}
    return {
        _METRIC_OF[field]: Credit(0.0, float(bool(value)), 0.0, 0.0)
        for field, value in values.items()
        if field in _listed(truth.get("absent"))
    }


def _kept_fields(truth: Truth, given: ExtractedArticle) -> dict[str, Credit]:
    """Texts that have to be equal, and lists whose members count one by one."""
    if "bylines" not in truth:
        return {}
    earned: dict[str, Credit] = {}
    texts = {
        "standfirst": given.standfirst,
        "caption": given.caption,
        "biography": given.biography,
        "source": given.source,
        "views": given.views,
    }
    for name, value in texts.items():
        if name == "source" and truth[name] is None:  # not judged: a page's title alone tells it
            continue
        earned[name] = _members({squashed(truth[name])} - {""}, {squashed(value)} - {""})
    roles = {f"{name_key(byline.name)}/{byline.role}" for byline in given.bylines}
    due = {f"{name_key(name)}/{role}" for name, role in truth["bylines"]}
    tags = {title_key(tag) for tag in _listed(truth["tags"])}
    earned["roles"] = _members(due, roles)
    earned["tags"] = _members(tags, {title_key(tag) for tag in given.tags})
    return earned


def _members(due: set[str], found: set[str]) -> Credit:
    shared = float(len(due & found))
    return Credit(shared, float(len(found)), shared, float(len(due)))


_JUDGES: tuple[Callable[[Truth, ExtractedArticle], dict[str, Credit]], ...] = (
    _title, _authors, _date, _language, _section, _body, _segments, _posts, _absent, _kept_fields,
)  # fmt: skip


def _posts_by_name(given: ExtractedArticle) -> dict[str, str]:
    found: dict[str, str] = {}
    for byline in given.bylines:
        if key := name_key(byline.name):
            found.setdefault(key, byline.post)
    return found


def _listed(value: object) -> list[str]:
    return (
        [str(item) for item in value]
        if isinstance(value, Iterable) and not isinstance(value, str)
        else []
    )


# What a field's confidence is worth ----------------------------------------------------------

_METRIC_OF = {
    "title": "title", "authors": "authors=", "published_at": "date", "section": "section",
    "language": "language", "body": "body~",
}  # fmt: skip


def confident(
    article: ExtractedArticle, earned: Mapping[str, Credit]
) -> dict[str, tuple[float, bool]]:
    """Field -> (its confidence, whether it is right), where it is given and judged.

    Authors are right if all are, the body if its F1 is 0.9; a date or section that the truth knows
    to be missing is wrong whatever is given.
    """
    found = {}
    for field, metric in _METRIC_OF.items():
        evidence = article.evidence.get(field)
        if evidence is not None and metric in earned:
            found[field] = (evidence.confidence, earned[metric].precise == 1.0)
    return found
