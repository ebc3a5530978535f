"""What is offered while somebody types: titles, and names of authors, sections and tags."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import reduce
from itertools import islice, product
from operator import or_

from django.db.models import Exists, OuterRef, Q

from corpusapp.models import Article, Author, AuthorName, Section, Tag, TagSynonym
from corpusapp.search.contract import QuerySyntaxError, Scope, Suggestion
from corpusapp.search.expressions import Expression, InTitle, Phrase, Term, all_of
from corpusapp.search.postings import Postings
from corpusapp.search.query_language import Asked, Run, read
from corpusapp.text.analysis import RUN, fold_word, is_paired, simplified, traditional
from corpusapp.text.folding import fold

_LEAST = 2  # letters of a name
_NAMES = 4  # of the suggestions, at most
_LOOKED_AT = 40  # names, some of which only look alike
_MOST_SECTIONS = 200
_SPELLINGS = 16
_LABELS = ("name", "label_en", "label_zh_hans", "label_zh_hant")


def suggestions(
    postings: Postings, text: str, scope: Scope, shelf: str, limit: int
) -> Sequence[Suggestion]:
    """Names that begin so first, then titles with all the words; nothing for what cannot be read."""
    try:
        asked = read(text.strip())
    except QuerySyntaxError:
        return ()
    if not asked.clauses:
        return ()
    named = list(_named(asked.text, scope, shelf))[:_NAMES]
    return [*named, *_titled(postings, asked, scope, limit - len(named))][:limit]


def _named(text: str, scope: Scope, shelf: str) -> Iterator[Suggestion]:
    """Names of which each word typed begins a word, whatever its case, accents and Chinese script."""
    words = _levelled(text)
    if not words or (len(words) < _LEAST and words.isascii()):
        return
    public = scope == Scope.PUBLIC
    names = AuthorName.objects.filter(_like(words, fold(text)), author__merged_into=None)
    if public:  # of those that look alike, not of all
        names = names.filter(Exists(Author.objects.listed().filter(pk=OuterRef("author"))))
    seen = set()
    for slug, name, language in names.order_by("author__sort_name", "pk").values_list(
        "author__slug", "text", "language"
    )[:_LOOKED_AT]:
        if slug not in seen and _is_meant(words, name):
            seen.add(slug)
            yield Suggestion("author", slug, name, language)
    sections = Section.objects.listed() if public else Section.objects.all()
    for section in sections[:_MOST_SECTIONS]:
        if _is_meant(words, *(getattr(section, column) for column in _LABELS)):
            yield _labelled("section", section, shelf)
    tags = Tag.objects.listed() if public else Tag.objects.all()
    for tag in tags.filter(_tag_like(words, fold(text)))[:_NAMES]:
        yield _labelled("tag", tag, shelf)


def _labelled(kind: str, row: Section | Tag, shelf: str) -> Suggestion:
    label = row.label(shelf)
    return Suggestion(kind, row.slug, label.text, label.language)


def _levelled(text: str) -> str:
    """The words of a name without what the analyser levels, a space between them."""
    return " ".join(fold_word(run) for run in RUN.findall(simplified(text)))


def _is_meant(words: str, *names: str) -> bool:
    """Whether one of the names has a word for each of these that begins so."""
    levelled = (f" {_levelled(name)}" for name in names)
    return any(all(f" {word}" in name for word in words.split()) for name in levelled)


def _spellings(word: str) -> list[str]:
    """A word in Han in either script's characters; any other as it is."""
    letters = ([letter, *traditional(letter)] for letter in word)
    return ["".join(one) for one in islice(product(*letters), _SPELLINGS)]


def _like(words: str, typed: str) -> Q:
    """Of names the sort name has no accents, and the key, as the text, is the spelling itself."""
    found = Q(key__startswith=typed) | Q(key__contains=f" {typed}")
    each = Q()
    for word in words.split():
        columns = ("text",) if is_paired(word) else ("author__sort_name", "key")
        each &= _any_of(
            Q(**{f"{column}__startswith": spelled}) | Q(**{f"{column}__contains": f" {spelled}"})
            for column in columns
            for spelled in _spellings(word)
        )
    return found | each


def _tag_like(words: str, typed: str) -> Q:
    """By name, labels and synonyms, of which the keys are folded."""
    keys = [typed, *(_spellings(words) if is_paired(words) else [words])]
    known = TagSynonym.objects.filter(_any_of(Q(key__startswith=key) for key in keys))
    return Q(pk__in=known.values("tag")) | _any_of(
        Q(**{f"{column}__istartswith": key}) for column in _LABELS for key in keys
    )


def _any_of(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions)


def _titled(postings: Postings, asked: Asked, scope: Scope, limit: int) -> Iterator[Suggestion]:
    ids: list[int] = []
    for match in _in_titles(asked):
        found = postings.latest(match, scope, 3 * limit)
        ids += [pk for pk in found if pk not in ids]
        if len(ids) >= limit:
            break
    last = asked.last_word
    if not ids and last and not last.beginning() and last is not asked.clauses[0]:
        # a letter alone says nothing yet
        before = replace(asked, text=asked.text[: last.start], clauses=asked.clauses[:-1])
        ids = postings.latest(all_of(map(InTitle, _parts(before))), scope, limit)
    articles = (
        Article.objects.published()
        if scope == Scope.PUBLIC
        else Article.objects.filter(binned_at__isnull=True)
    )
    rows = articles.filter(pk__in=ids).values_list("pk", "public_id", "title", "language")
    by_id = {pk: Suggestion("article", key, title, language) for pk, key, title, language in rows}
    for pk in ids[:limit]:
        if pk in by_id:
            yield by_id[pk]


def _in_titles(asked: Asked) -> Iterator[Expression]:
    """All words in the title, the last as typed so far."""
    parts = _parts(asked)
    if not parts:
        return
    last = asked.last_word
    if last and (beginning := last.beginning()):
        ways = getattr(beginning, "parts", (beginning,))
        before = [InTitle(part) for part in parts[:-1]]
        for way in (*ways, parts[-1]):
            yield all_of([*before, InTitle(way)])
        return
    if isinstance(asked.clauses[-1], Run):
        yield all_of(InTitle(part) for part in parts)
        return
    yield all_of(InTitle(part) for part in parts)


def _parts(asked: Asked) -> list[Term | Phrase]:
    """What can be asked of a title, of each clause."""
    wholes = (clause.expression(("en",)) for clause in asked.clauses)
    return [whole for whole in wholes if isinstance(whole, Term | Phrase)]
