"""Filters as marks of the index, and counted marks as facets that people can read."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from corpusapp.models import Author, AuthorName, Section, Source, State, Tag
from corpusapp.search.contract import DESK_FACETS, FACETS, FacetValue, Filters, Scope
from corpusapp.search.documents import (
    author_mark,
    language_mark,
    section_mark,
    source_mark,
    state_mark,
    tag_mark,
    year_mark,
)
from corpusapp.search.expressions import Mark
from corpusapp.search.postings import Tally
from corpusapp.text.folding import fold

_MOST_VALUES = 30  # of a facet that are named, the most frequent
_LANGUAGE_OF = {"en": "en", "zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}
_REGION = 2  # letters; a script has four
_NOTHING = "=none"  # a mark no article has: of a slug that means nothing


def marks_of(filters: Filters, scope: Scope) -> dict[str, tuple[Mark, ...]]:
    """For each kind of filter that is set, the marks of which an article needs one; a query for a kind."""
    found: dict[str, tuple[Mark, ...]] = {}
    for name, model, column, mark in (
        ("section", Section, "slug", section_mark),
        ("author", Author, "slug", author_mark),
        ("tag", Tag, "slug", tag_mark),
        ("source", Source, "key", source_mark),
    ):
        if values := getattr(filters, name):
            known = [value for value in values if value.isprintable()]  # others no database takes
            if model is Source:  # by its name, too, however it is written
                known += [fold(value) for value in known]
            rows = model._default_manager.filter(**{f"{column}__in": known}).values_list(
                "pk", flat=True
            )
            found[name] = tuple(map(mark, rows)) or (_NOTHING,)
    if filters.year:
        found["year"] = tuple(map(year_mark, filter(None, filters.year))) or (_NOTHING,)
    if filters.language:
        found["language"] = tuple(map(language_mark, filters.language))
    if filters.state and scope == Scope.DESK:
        found["state"] = tuple(map(state_mark, filters.state))
    return found


_KINDS = {
    "s": "section",
    "a": "author",
    "t": "tag",
    "y": "year",
    "l": "language",
    "o": "source",
    "p": "state",
}


def counted(tally: Tally) -> dict[str, Counter[Mark]]:
    """The marks of a tally by the facet they belong to, without those that say "none"."""
    found: dict[str, Counter[Mark]] = {name: Counter() for name in DESK_FACETS}
    for place, number in tally.places.items():
        for mark in place.split("|"):
            found[_KINDS[mark[1]]][mark] += number
    for mark, number in tally.people.items():
        found[_KINDS[mark[1]]][mark] += number
    for name, none in (("section", "=s0"), ("source", "=o0"), ("year", "=y0")):
        found[name].pop(none, None)
    return found


def labelled(
    counts: Mapping[str, Counter[Mark]],
    chosen: Mapping[str, Sequence[Mark]],
    scope: Scope,
    shelf: str,
) -> dict[str, tuple[FacetValue, ...]]:
    """The facets of `scope` with labels for readers of `shelf`.

    At the desk those chosen are named at any rate; readers are told no name of what is not found.
    5 queries at most.
    """
    kept = {
        name: _most(
            counts[name],
            [mark for mark in chosen.get(name, ()) if scope == Scope.DESK or counts[name][mark]],
        )
        for name in (FACETS if scope == Scope.PUBLIC else DESK_FACETS)
    }
    facets: dict[str, tuple[FacetValue, ...]] = {}
    for name, marks in kept.items():
        names = _NAMES[name]([mark[2:] for mark, _number in marks], shelf)
        facets[name] = tuple(
            FacetValue(*names[mark[2:]], number) for mark, number in marks if mark[2:] in names
        )
    return facets


def _most(counter: Counter[Mark], chosen: Iterable[Mark]) -> list[tuple[Mark, int]]:
    found = dict(counter.most_common(_MOST_VALUES))
    found |= {mark: counter[mark] for mark in chosen if mark not in found and mark != _NOTHING}
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))


Names = Mapping[str, tuple[str, str]]  # what follows the mark's letter -> value and label


def _sections(keys: Sequence[str], shelf: str) -> Names:
    rows = Section.objects.in_bulk(map(int, keys)) if keys else {}
    return {str(pk): (row.slug, str(row.label(shelf))) for pk, row in rows.items()}


def _tags(keys: Sequence[str], shelf: str) -> Names:
    rows = Tag.objects.in_bulk(map(int, keys)) if keys else {}
    return {str(pk): (row.slug, str(row.label(shelf))) for pk, row in rows.items()}


def _sources(keys: Sequence[str], shelf: str) -> Names:  # noqa: ARG001 - a source has one name
    rows = Source.objects.in_bulk(map(int, keys)) if keys else {}
    return {str(pk): (row.slug, row.name) for pk, row in rows.items()}


def _authors(keys: Sequence[str], shelf: str) -> Names:
    if not keys:
        return {}
    rows = Author.objects.in_bulk(map(int, keys))
    named = AuthorName.objects.filter(
        author__in=rows, language=_LANGUAGE_OF.get(shelf, shelf), is_main=True
    )
    names = dict(named.values_list("author_id", "text"))
    return {str(pk): (row.slug, names.get(pk, row.name)) for pk, row in rows.items()}


def _years(keys: Sequence[str], shelf: str) -> Names:  # noqa: ARG001
    return {key: (key, key) for key in keys}


def _languages(keys: Sequence[str], shelf: str) -> Names:  # noqa: ARG001 - the door names languages
    return {key: (_tag_of(key), _tag_of(key)) for key in keys}


def _tag_of(key: str) -> str:
    """BCP 47 of what a mark makes of it: "zh.hans" is zh-Hans, "en.us" en-US."""
    language, *rest = key.split(".")
    return "-".join(
        [language, *(part.upper() if len(part) == _REGION else part.title() for part in rest)]
    )


def _states(keys: Sequence[str], shelf: str) -> Names:  # noqa: ARG001
    labels = dict(State.choices)
    return {key: (key, str(labels[key])) for key in keys if key in labels}


_NAMES: dict[str, Callable[[Sequence[str], str], Names]] = {
    "section": _sections,
    "author": _authors,
    "tag": _tags,
    "year": _years,
    "language": _languages,
    "source": _sources,
    "state": _states,
}
