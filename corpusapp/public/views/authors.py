from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from corpusapp.models import Author, Listing
from corpusapp.public import addresses, linked_data
from corpusapp.public.cards import Card, Link
from corpusapp.public.contents import contents
from corpusapp.public.frame import Frame
from corpusapp.public.indexes import author_index
from corpusapp.public.moved import merged, moved
from corpusapp.public.names import main_names, names_for
from corpusapp.public.shots import shot


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
    found = (
        Author.objects.filter(slug=slug)
        .select_related("portrait")
        .prefetch_related("names")
        .first()
    )
    if found is None:
        return moved(Listing.AUTHOR, slug, frame.shelf)
    if found.merged_into_id:
        return merged(found, frame.shelf)
    listed = contents(request, frame, Listing.AUTHOR, found.pk)
    names = names_for(frame.shelf, found.name, main_names(found))
    biography = found.biography(frame.shelf.key)
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
        post=_latest_post(
            addresses.author(frame.shelf.key, found.slug),
            [*listed.cards, *(card for block in listed.elsewhere for card in block.cards)],
        ),
        biography=biography,
        portrait=shot(found.portrait, frame.shelf),
        link=addresses.outside(found.link),
        contents=listed,
    )


def _latest_post(address: str, newest_first: list[Card]) -> Link | None:
    """What the author of this address was in the newest article on the page that says so."""
    for card in newest_first:
        for signature in card.authors:
            if signature.address == address and signature.post:
                return Link(signature.post, card.address, card.lang)
    return None
