"""What narrows a search down: the values of its facets as links, and the filters in use in words."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote_plus

from django.db.models import Exists, OuterRef
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from corpusapp.models import Article, Author, Label, Source, Tag
from corpusapp.public import addresses
from corpusapp.public.asking import FILTERS, Asked
from corpusapp.public.cards import Link
from corpusapp.public.frame import Frame
from corpusapp.public.names import main_names, names_for
from corpusapp.public.shelves import foreign, language_name, language_of_label
from corpusapp.search.contract import FacetValue
from corpusapp.text.folding import fold

_SHOWN = 6  # values of a facet; the others are folded away

Found = Mapping[str, Iterable[FacetValue]]  # by the name of a filter


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet: a link that adds it, or takes it away where it is chosen."""

    text: str
    number: int
    address: str
    is_chosen: bool
    lang: str  # of the text, where it is not the page's


@dataclass(frozen=True, slots=True)
class Facet:
    heading: str
    first: list[Value]
    others: list[Value]


def facets_of(found: Found, asked: Asked, frame: Frame, total: int) -> list[Facet]:
    """Those that would part what was found, `total` articles."""
    facets = (_facet(name, found.get(name, ()), asked, frame, total) for name in FILTERS)
    return [facet for facet in facets if facet]


def filters_in_use(asked: Asked, found: Found, frame: Frame) -> list[Link]:
    """Every filter in words, with the address of the search without it.

    A value that nothing has is called what it is called where it is listed, and one that readers
    are told nothing of by its own letters. No query for what was found, else one for each kind.
    """
    path = frame.at["search"]
    return [
        Link(_in_words(name, label), asked.without_value(name, value).address(path))
        for name in FILTERS
        for value, label in _labels(name, asked.filters.get(name, ()), found, frame)
    ]


def without(filters: Iterable[Link]) -> list[Link]:
    """The same as offers to search without each."""
    words = _("Without “%(filter)s”") % {"filter": "{}"}
    return [Link(format_html(words, one.text), one.address) for one in filters]


def heading_of(name: str) -> str:
    return {
        "section": pgettext("facet", "Section"),
        "author": pgettext("facet", "Author"),
        "tag": pgettext("facet", "Tag"),
        "year": pgettext("facet", "Year"),
        "language": pgettext("facet", "Language"),
        "source": pgettext("facet", "Source"),
    }[name]


def _in_words(name: str, label: Label) -> str:
    words = pgettext("a filter and its value", "%(name)s: %(value)s")
    value: str = label.text
    if label.language:
        value = format_html('<span lang="{}">{}</span>', label.language, value)
    return format_html(
        words % {"name": "{name}", "value": "{value}"}, name=heading_of(name), value=value
    )


def _facet(
    name: str, values: Iterable[FacetValue], asked: Asked, frame: Frame, total: int
) -> Facet | None:
    """The links of one facet; None where it would not part anything."""
    path = frame.at["search"]
    picked = asked.filters.get(name, ())
    here = replace(asked, page=1).address(path)
    more = f"{here}{'&' if '?' in here else '?'}{name}="
    choices = [
        Value(
            text=label.text,
            number=value.count,
            address=(
                asked.without_value(name, value.value).address(path)
                if value.value in picked
                else more + quote_plus(value.value)
            ),
            is_chosen=value.value in picked,
            lang=label.language,
        )
        for value, label in _called(name, values, frame)
    ]
    if not choices or (len(choices) == 1 and not picked and choices[0].number == total):
        return None
    choices.sort(key=lambda choice: not choice.is_chosen)  # stable: most frequent first within
    shown = max(_SHOWN, sum(choice.is_chosen for choice in choices))
    if len(choices) == shown + 1:
        shown += 1  # to fold one away saves nothing
    return Facet(heading_of(name), choices[:shown], choices[shown:])


def _called(
    name: str, values: Iterable[FacetValue], frame: Frame
) -> list[tuple[FacetValue, Label]]:
    """Values that were found, and what readers call each, with its language where it is not the page's."""
    found = list(values)
    if name == "language":
        return [(value, Label(language_name(value.value), "")) for value in found]
    listed = _listed_sections([one.value for one in found], frame) if name == "section" else {}
    return [
        (value, listed.get(value.value) or _in_its_language(value.label, frame)) for value in found
    ]


def _in_its_language(text: str, frame: Frame) -> Label:
    return Label(text, foreign(language_of_label(text, frame.shelf), frame.shelf))


def _labels(
    name: str, values: Collection[str], found: Found, frame: Frame
) -> list[tuple[str, Label]]:
    """Each of the chosen values, and what readers call it."""
    if not values:
        return []
    known = {one.value: label for one, label in _called(name, found.get(name, ()), frame)}
    missing = [value for value in values if value not in known]
    if missing and (listed := _LISTED.get(name)):
        known |= listed(missing, frame)
    return [(value, known.get(value) or Label(value, "")) for value in values]


def _listed_sections(slugs: Iterable[str], frame: Frame) -> dict[str, Label]:
    """As the menu calls them. No query."""
    links = {link.address: link for link in frame.sections.values()}
    places = {slug: addresses.section(frame.shelf.key, slug) for slug in slugs}
    return {
        slug: Label(links[place].text, links[place].lang)
        for slug, place in places.items()
        if place in links
    }


def _listed_authors(slugs: Iterable[str], frame: Frame) -> dict[str, Label]:
    authors = Author.objects.listed().filter(slug__in=slugs).prefetch_related("names")
    return {
        author.slug: names_for(frame.shelf, author.name, main_names(author)).main
        for author in authors
    }


def _listed_tags(slugs: Iterable[str], frame: Frame) -> dict[str, Label]:
    labels = {
        tag.slug: tag.label(frame.shelf.key) for tag in Tag.objects.listed().filter(slug__in=slugs)
    }
    return {
        slug: Label(label.text, foreign(label.language, frame.shelf))
        for slug, label in labels.items()
    }


def _listed_sources(slugs: Iterable[str], frame: Frame) -> dict[str, Label]:
    """Of those that anything public came from; no page lists the others."""
    public = Article.objects.published().filter(source=OuterRef("pk"))
    rows = Source.objects.filter(Exists(public), key__in=[*slugs, *map(fold, slugs)])
    return {row.slug: _in_its_language(row.name, frame) for row in rows}


def _languages(codes: Iterable[str], frame: Frame) -> dict[str, Label]:  # noqa: ARG001 - names of the page's own
    return {code: Label(language_name(code), "") for code in codes}


_LISTED: Mapping[str, Callable[[Iterable[str], Frame], dict[str, Label]]] = {
    "section": _listed_sections,
    "author": _listed_authors,
    "tag": _listed_tags,
    "source": _listed_sources,
    "language": _languages,
}
