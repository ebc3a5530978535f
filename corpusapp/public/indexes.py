"""Lists of authors and of tags, a hundred a page, with how many articles each has in all languages."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from corpusapp.models import Author, Label, Listing, PublicTotal, Tag
from corpusapp.public import addresses
from corpusapp.public.cards import Link
from corpusapp.public.frame import Frame, Turn
from corpusapp.public.lists import due_in, page_of, pieces
from corpusapp.public.names import main_names, names_for
from corpusapp.public.shelves import Shelf, foreign

_PAGE_SIZE = 100
_Row = TypeVar("_Row", Author, Tag)


@dataclass(frozen=True, slots=True)
class Entry:
    link: Link
    others: tuple[Label, ...]  # an author's names in other scripts
    articles: int
    initial: str


@dataclass(frozen=True, slots=True)
class Index:
    total: int
    turn: Turn | None
    entries: list[Entry]

    def by_initial(self) -> list[tuple[str, list[Entry]]]:
        return [
            (initial, list(group))
            for initial, group in groupby(self.entries, lambda entry: entry.initial)
        ]


def author_index(request: HttpRequest, frame: Frame) -> Index:
    """By sort name. 5 queries beside the frame's."""
    authors = (
        Author.objects.filter(merged_into__isnull=True)
        .order_by("sort_name", "pk")
        .prefetch_related("names")
    )
    found, total, turn, counts = _page(request, frame, authors, Listing.AUTHOR)
    entries = []
    for author in found:
        names = names_for(frame.shelf, author.name, main_names(author))
        address = addresses.author(frame.shelf.key, author.slug)
        entries.append(
            Entry(
                Link(names.main.text, address, names.main.language),
                names.others,
                counts[author.pk],
                _initial(author.sort_name),
            )
        )
    return Index(total, turn, entries)


def tag_index(request: HttpRequest, frame: Frame) -> Index:
    """By name. 4 queries beside the frame's."""
    tags = Tag.objects.order_by("name", "pk")
    found, total, turn, counts = _page(request, frame, tags, Listing.TAG)
    entries = [
        Entry(tag_link(tag, frame.shelf), (), counts[tag.pk], _initial(tag.name)) for tag in found
    ]
    return Index(total, turn, entries)


def tag_link(tag: Tag, shelf: Shelf) -> Link:
    label = tag.label(shelf.key)
    return Link(label.text, addresses.tag(shelf.key, tag.slug), foreign(label.language, shelf))


def _page(
    request: HttpRequest, frame: Frame, rows: QuerySet[_Row], listing: Listing
) -> tuple[list[_Row], int, Turn | None, Counter[int]]:
    """The rows of the page asked for, of those with anything public in any language."""
    due = due_in(listing)
    public = rows.filter(Q(PublicTotal.any_of(listing)) | Q(pk__in={key for key, _shelf in due}))
    total = public.count()
    page = page_of(total, request.GET.get("page"), _PAGE_SIZE)
    turn = frame.turned(page.number, page.pages)
    found = list(public[(page.number - 1) * _PAGE_SIZE : page.number * _PAGE_SIZE])
    keys = [row.pk for row in found]
    by_shelf: dict[int, Counter[str]] = defaultdict(Counter)
    for key, shelf in due:
        by_shelf[key][shelf] += 1
    for key, shelf, number in PublicTotal.objects.filter(listing=listing, key__in=keys).values_list(
        "key", "shelf", "articles"
    ):
        by_shelf[key][shelf] += number
    return found, total, turn, Counter({key: pieces(by_shelf[key]) for key in keys})


def _initial(name: str) -> str:
    first = name[:1].upper()
    return first if "A" <= first <= "Z" else _("Other scripts")
