"""The rules that editors keep for imports: which documents one means, and what becomes of these.

What a rule gives is part of what the import gives: the evidence of the field names the rule, and an
editor's change stays an editor's.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.db.models.fields.json import KT

from corpusapp.editing.naming import label_key
from corpusapp.extraction.article import Doubt, Evidence, ExtractedArticle
from corpusapp.extraction.doubts import Code
from corpusapp.models import Capture, ImportRule, Section, Tag
from corpusapp.text.languages import canonical
from corpusapp.text.markdown import plain

MOST_LOOKED_THROUGH = 20_000  # captures, when a rule is tried
_GIFT = "rule “"  # so begins the evidence of what a rule has given


@dataclass(frozen=True, slots=True)
class Candidate:
    """What rules ask about a document."""

    path: str  # below the folder that was imported
    title: str
    section: str
    source: str
    language: str
    body: str  # Markdown


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule without its rows: an import asks it of every document."""

    name: str
    source: str = ""  # a key, as the others
    sections: frozenset[str] = frozenset()
    language: str = ""
    path: str = ""
    title: str = ""
    body: str = ""
    tags: tuple[str, ...] = ()
    section: str = ""  # the name
    publishes: bool = False
    refuses: bool = False

    def means(self, one: Candidate) -> bool:
        """Whether every condition holds that the rule has."""
        return (
            (not self.source or label_key(one.source) == self.source)
            and (not self.sections or label_key(one.section) in self.sections)
            and (not self.language or one.language == self.language)
            and self.path in _simple(one.path)
            and self.title in _simple(one.title)
            and (not self.body or self.body in _simple(plain(one.body)))
        )


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rules make of a document."""

    article: ExtractedArticle
    publishes: bool = False
    refusal: str = ""  # why it is refused
    names: tuple[str, ...] = ()  # of the rules that gave something


def compiled(rule: ImportRule, tags: Sequence[str], section_keys: Sequence[str]) -> Rule:
    """The rule as imports ask it; its section is known by these keys."""
    return Rule(
        name=rule.name,
        source=rule.source.key if rule.source else "",
        sections=frozenset(section_keys),
        language=canonical(rule.language),
        path=_simple(rule.path_contains),
        title=_simple(rule.title_contains),
        body=_simple(rule.body_contains),
        tags=tuple(tags),
        section=known_name(rule.gives_section) if rule.gives_section else "",
        publishes=rule.publishes,
        refuses=rule.refuses,
    )


def rules_in_force() -> tuple[Rule, ...]:
    """In their order; 3 queries and one for each rule that gives a section."""
    rules = ImportRule.objects.in_force().select_related("source", "section", "gives_section")
    rules = rules.prefetch_related("tags__synonyms", "section__names")
    return tuple(
        compiled(rule, [word_for(tag) for tag in rule.tags.all()], keys_of(rule.section))
        for rule in rules
    )


def keys_of(section: Section | None) -> list[str]:
    """What imports know a section by."""
    if section is None:
        return []
    return [label_key(section.name), *(name.key for name in section.names.all())]


def known_name(section: Section) -> str:
    """A name by which imports find this section and no other."""
    known = section.names.first()
    return known.text if known else section.name


def word_for(tag: Tag) -> str:
    """A word by which imports find this tag and no other."""
    synonym = next(iter(tag.synonyms.all()), None)
    return synonym.text if synonym else tag.name


def _simple(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def ruled(
    article: ExtractedArticle, path: str, rules: Sequence[Rule], default_language: str
) -> Ruled:
    """What the rules make of `article`, which was found at `path`."""
    if not rules:
        return Ruled(article)
    one = Candidate(
        path,
        article.title,
        article.section,
        article.source,
        article.language or default_language,
        article.body,
    )
    meaning = [rule for rule in rules if rule.means(one)]
    for rule in meaning:
        if rule.refuses:
            return Ruled(article, refusal=f"The rule “{rule.name}” refuses it.", names=(rule.name,))
    given = article
    for rule in meaning:
        given = _with_section(_with_tags(given, rule), rule)
    publishes = any(rule.publishes for rule in meaning)
    names = tuple(rule.name for rule in meaning if rule.tags or rule.section or rule.publishes)
    return Ruled(given, publishes, names=names)


def _with_tags(article: ExtractedArticle, rule: Rule) -> ExtractedArticle:
    known = {label_key(tag, 100) for tag in article.tags}
    more = tuple(tag for tag in rule.tags if label_key(tag, 100) not in known)
    if not more:
        return article
    evidence = {**article.evidence, "tags": _evidence(rule)}
    return replace(article, tags=(*article.tags, *more), evidence=evidence)


def _with_section(article: ExtractedArticle, rule: Rule) -> ExtractedArticle:
    if not rule.section:
        return article
    return replace(
        article,
        section=rule.section,
        evidence={**article.evidence, "section": _evidence(rule)},
        doubts=tuple(one for one in article.doubts if not _is_about_no_section(one)),
    )


def _evidence(rule: Rule) -> Evidence:
    return Evidence(1.0, f"{_GIFT}{rule.name}”", 1, 1)


def _is_about_no_section(doubt: Doubt) -> bool:
    return doubt.code in {Code.NO_SECTION.value, Code.SECTION_UNCERTAIN.value}


# trying a rule on what is there already ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hit:
    """A stored capture that a rule means."""

    capture: int
    path: str
    title: str
    section: str
    source: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What a rule would mean among the newest captures."""

    hits: tuple[Hit, ...]  # the newest
    count: int
    looked_through: int
    has_more: bool  # captures that were not looked at

    @property
    def more(self) -> int:
        """How many are meant besides `hits`."""
        return self.count - len(self.hits)


def tried(rule: Rule, source: int | None, shown: int) -> Trial:
    """Ask a rule of the newest captures, as they were read when they came in; it writes nothing.

    The text asked is that of the article, which an editor may have changed since. `source` is the id
    of the one that the rule names.
    """
    found: list[Hit] = []
    count = looked = 0
    rows = _rows(rule, source)
    for row in islice(rows, MOST_LOOKED_THROUGH):
        looked += 1
        pk, path, title, section, section_rule, language, source_name, body = row
        if (section_rule or "").startswith(_GIFT):
            section = ""  # what the document itself said was not kept
        one = Candidate(
            path, title or "", section or "", source_name or "", language or "", body or ""
        )
        if rule.means(one):
            count += 1
            if len(found) < shown:
                found.append(Hit(pk, path, one.title, one.section, one.source))
    return Trial(tuple(found), count, looked, next(rows, None) is not None)


def _rows(rule: Rule, source: int | None) -> Iterator[tuple[Any, ...]]:
    captures: QuerySet[Capture] = Capture.objects.filter(
        duplicate_of=None, undone_by__isnull=True
    ).order_by("-pk")
    if rule.source:
        captures = captures.filter(source=source)
    if rule.language:
        captures = captures.filter(fields__language__value=rule.language)
    body = ("article__body",) if rule.body else ("article__public_id",)
    # as texts: a title "1984" would come back as a number
    section = (KT("fields__section__value"), KT("fields__section__rule"))
    texts = (KT("fields__title__value"), *section)
    language = KT("fields__language__value")
    rows = captures.values_list("pk", "path", *texts, language, "source__name", *body)
    return rows.iterator(chunk_size=1000)
