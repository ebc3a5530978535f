from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Exists, Max, Min, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from corpusapp.models import Article, Author, Byline, Listing, Role
from corpusapp.public import addresses, linked_data
from corpusapp.public.cards import Card, Link
from corpusapp.public.contents import Contents, contents
from corpusapp.public.frame import Frame
from corpusapp.public.indexes import author_index
from corpusapp.public.moved import called, merged, moved
from corpusapp.public.names import Names, main_names_of, names_for
from corpusapp.public.prepared import ask_part
from corpusapp.public.readings import on_the_spot
from corpusapp.public.shelves import Shelf, foreign
from corpusapp.public.shots import shot
from corpusapp.text.han import OTHER

_MOST_POSTS = 12
_READ_POSTS = 40  # those in other languages among them


@dataclass(frozen=True, slots=True)
class Post:
    text: str
    lang: str
    years: str  # "2015", "2015–2021", "" if unknown


def authors(request: HttpRequest) -> HttpResponse:
    frame = Frame(request)
    return frame.show(
        "corpusapp/authors.html",
        title=_("Authors"),
        description=_("Everyone who wrote the articles here, from A to Z."),
        index=author_index(request, frame),
    )


def author(request: HttpRequest, slug: str) -> HttpResponse:
    frame = Frame(request)
    found = called(Listing.AUTHOR, slug)
    if found is None:
        return moved(Listing.AUTHOR, slug, frame.shelf)
    if found.merged_into_id:
        return merged(found, frame.shelf)
    listed = contents(request, frame, Listing.AUTHOR, found.pk)
    names = names_for(frame.shelf, found.name, main_names_of(found.pk))
    biography = found.biography(frame.shelf.key)
    if listed.total:
        frame.with_feed(names.main.text)
    return frame.show(
        "corpusapp/author.html",
        title=names.main.text,
        description=biography
        or _("Articles by %(name)s at %(site)s, newest first.")
        % {"name": names.main.text, "site": frame.site},
        linked=[
            linked_data.profile(
                frame.canonical,
                frame.shelf.code,
                names.main.text,
                others=[label.text for label in names.others],
                biography=biography,
                link=addresses.outside(found.link),
            ),
            linked_data.website(),
        ],
        crumbs=[Link(_("Authors"), frame.at["authors"])],
        names=names,
        posts=_posts(found, frame.shelf),
        biography=biography,
        portrait=shot(found.portrait, frame.shelf),
        link=addresses.outside(found.link),
        contents=_unsigned(listed, addresses.author(frame.shelf.key, found.slug), names),
    )


def _unsigned(listed: Contents, author: str, names: Names) -> Contents:
    """The same without the byline of what the author of this address alone has signed.

    Unless it was printed under a name that the page does not show: readers would miss it.
    """
    shown = {names.main.text, *(label.text for label in names.others)}

    def without(card: Card) -> Card:
        alone = [one.address for one in card.authors] == [author]
        return replace(card, authors=()) if alone and card.authors[0].name in shown else card

    for block in listed.elsewhere:
        block.cards = [without(card) for card in block.cards]
    return replace(listed, cards=[without(card) for card in listed.cards])


def _posts(author: Author, shelf: Shelf) -> list[Post]:
    """What the author was, as printed, with the years of the articles that say so; the latest first. 1 query.

    In the page's language as far as any article says it in that, so that one post stands once.
    """

    def posts(author: int, at: datetime) -> QuerySet[Any, Any]:
        public = Article.objects.published(at).filter(bylines=OuterRef("pk"))
        return (
            Byline.objects.filter(Exists(public), author=author, role=Role.AUTHOR)
            .exclude(post="")
            .values_list("post", "article__language")
            .annotate(first=Min("article__published_order"), last=Max("article__published_order"))
            .order_by("-last", "post")
        )

    rows = ask_part("posts", posts, (0, _READ_POSTS), author=author.pk, at=timezone.now())
    here = [row for row in rows if shelf.code in {row[1], OTHER.get(row[1])}] or rows
    years: dict[tuple[str, str], list[int]] = {}
    for post, language, first, last in here:
        shown = on_the_spot(post, language) if OTHER.get(language) == shelf.code else post
        lang = "" if shelf.code in {language, OTHER.get(language)} else foreign(language, shelf)
        years.setdefault((shown, lang), []).extend((first // 10**8, last // 10**8))
    return [
        Post(post, lang, _years(min(known, default=0), max(known, default=0)))
        for (post, lang), said in years.items()
        for known in [[year for year in said if year]]
    ][:_MOST_POSTS]


def _years(first: int, last: int) -> str:
    if not last:
        return ""
    return str(last) if first == last else f"{first}–{last}"
