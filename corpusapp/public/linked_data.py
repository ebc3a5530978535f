"""What a page says of itself in schema.org's words, as JSON-LD.

Dates are as precise as printed, with a zone only where the page named one; what is unknown is left
out.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings

from corpusapp.public import addresses
from corpusapp.public.cards import Link

Node = Mapping[str, Any]


def graph(*nodes: Node) -> Node:
    return {"@context": "https://schema.org", "@graph": list(nodes)}


def this_site() -> Node:
    return {"@id": f"{settings.SITE_URL}/#website"}


def website() -> Node:
    return {
        "@type": "WebSite",
        "@id": f"{settings.SITE_URL}/#website",
        "name": settings.SITE_NAME,
        "url": f"{settings.SITE_URL}/",
        "inLanguage": ["en", "zh-Hans", "zh-Hant"],
        "publisher": publisher(),
    }


def publisher() -> Node:
    return {
        "@type": "Organization",
        "@id": f"{settings.SITE_URL}/#publisher",
        "name": settings.SITE_NAME,
        "url": f"{settings.SITE_URL}/",
    }


def trail(crumbs: Iterable[Link], title: str, canonical: str) -> Node:
    """The breadcrumb of a page, itself at the end."""
    steps = [*((crumb.text, addresses.absolute(crumb.address)) for crumb in crumbs)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": address}
            for number, (name, address) in enumerate([*steps, (title, canonical)], 1)
        ],
    }


def profile(
    canonical: str,
    language: str,
    name: str,
    *,
    others: Sequence[str] = (),
    biography: str = "",
    link: str = "",
) -> Node:
    """The page of an author."""
    person = {
        "@type": "Person",
        "@id": f"{canonical.partition('?')[0]}#author",
        "name": name,
        "alternateName": list(others),
        "description": biography,
        "url": canonical,
        "sameAs": link,
    }
    return {
        "@type": "ProfilePage",
        "url": canonical,
        "inLanguage": language,
        "mainEntity": {key: value for key, value in person.items() if value},
    }


def listing(canonical: str, language: str, title: str, description: str) -> Node:
    """The page of a list."""
    node = {
        "@type": "CollectionPage",
        "url": canonical,
        "name": title,
        "description": description,
        "inLanguage": language,
        "isPartOf": this_site(),
    }
    return {key: value for key, value in node.items() if value}
