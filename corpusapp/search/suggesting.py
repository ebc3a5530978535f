"""What is offered while somebody types: titles, and names of authors, sections and tags."""

from collections.abc import Iterator, Sequence

from django.db.models import Q

from corpusapp.models import Article, Author, AuthorName, Section, Tag
from corpusapp.search.contract import QuerySyntaxError, Scope, Suggestion
from corpusapp.search.expressions import Expression, InTitle, Phrase, Term, all_of
from corpusapp.search.postings import Postings
from corpusapp.search.query_language import Asked, Run, Word, read

_LEAST = 2  # letters of a name
_NAMES = 4  # of the suggestions, at most


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
    if len(text) < _LEAST and text.isascii():
        return
    public = scope == Scope.PUBLIC
    authors = Author.objects.listed() if public else Author.objects.filter(merged_into=None)
    names = AuthorName.objects.filter(
        Q(text__istartswith=text) | Q(text__icontains=f" {text}"), author__in=authors
    )
    seen = set()
    for slug, name, language in names.order_by("author__sort_name", "pk").values_list(
        "author__slug", "text", "language"
    )[: 2 * _NAMES]:
        if slug not in seen:
            seen.add(slug)
            yield Suggestion("author", slug, name, language)
    starts = Q(name__istartswith=text) | Q(
        **{f"label_{shelf.replace('-', '_')}__istartswith": text}
    )
    for kind, model in (("section", Section), ("tag", Tag)):
        rows = model.objects.listed() if public else model.objects.all()
        for row in rows.filter(starts)[:_NAMES]:
            label = row.label(shelf)
            yield Suggestion(kind, row.slug, label.text, label.language)


def _titled(postings: Postings, asked: Asked, scope: Scope, limit: int) -> Iterator[Suggestion]:
    ids: list[int] = []
    for match in _in_titles(asked):
        found = postings.latest(match, scope, 3 * limit)
        ids += [pk for pk in found if pk not in ids]
        if len(ids) >= limit:
            break
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
    rules = ("en",)
    parts: list[Term | Phrase] = []
    for clause in asked.clauses:
        whole = clause.expression(rules)
        if isinstance(whole, Term | Phrase):
            parts.append(whole)
    if not parts:
        return
    last = asked.last_word
    if isinstance(last, Word) and (beginning := last.beginning()):
        ways = getattr(beginning, "parts", (beginning,))
        before = [InTitle(part) for part in parts[:-1]]
        for way in (*ways, parts[-1]):
            yield all_of([*before, InTitle(way)])
        return
    if isinstance(asked.clauses[-1], Run):
        yield all_of(InTitle(part) for part in parts)
        return
    yield all_of(InTitle(part) for part in parts)
