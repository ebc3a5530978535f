"""JSON-LD: what a page tells search engines about its article.

Seen as one object, as a list, and as "@graph" with references by "@id"; authors as a name, an
object, or lists of both. Broken JSON is common and says nothing.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

_ARTICLES = frozenset(
    [
        "article", "newsarticle", "blogposting", "reportagenewsarticle", "analysisnewsarticle",
        "opinionnewsarticle", "backgroundnewsarticle", "techarticle", "scholarlyarticle", "report",
        "liveblogposting", "socialmediaposting", "satiricalarticle", "advertisercontentarticle",
        "medicalscholarlyarticle", "review", "recipe", "reviewnewsarticle", "discussionforumposting",
    ]
)  # fmt: skip
_PAGES = frozenset(
    ["webpage", "itempage", "medicalwebpage", "aboutpage", "podcastepisode", "videoobject"]
)
_MOST_NODES, _MOST_PEOPLE = 3000, 40
_LONGEST = 1000
Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ToldAuthor:
    name: str
    post: str
    organisation: bool


@dataclass(frozen=True, slots=True)
class ToldArticle:
    """What structured data says of the article; "" and () where it says nothing."""

    headlines: tuple[str, ...] = ()
    authors: tuple[ToldAuthor, ...] = ()
    published: str = ""
    modified: str = ""
    page_published: str = ""  # of the web page, where the article itself gives none
    sections: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    language: str = ""
    publisher: str = ""
    site: str = ""
    address: str = ""
    description: str = ""
    body: str = ""


def read_json_ld(scripts: Sequence[str]) -> ToldArticle:
    """All that the scripts of a page tell; nothing where they hold no article."""
    nodes: list[Node] = []
    for script in scripts:
        nodes.extend(_nodes(script))
        if len(nodes) > _MOST_NODES:
            break
    named = {
        node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1
    }
    articles = [node for node in nodes if _types(node) & _ARTICLES]
    pages = [node for node in nodes if _types(node) & _PAGES]
    sites = [node for node in nodes if "website" in _types(node)]
    if not articles and not pages and not sites:
        return ToldArticle()
    return _told(articles, pages, sites, named)


def _told(
    articles: Sequence[Node],
    pages: Sequence[Node],
    sites: Sequence[Node],
    named: Mapping[str, Node],
) -> ToldArticle:
    main = articles[:1] or pages[:1]
    both = [*main, *pages[:1]]
    publishers = [*_people(both, "publisher", named), *_people(both, "sourceOrganization", named)]
    return ToldArticle(
        headlines=tuple(
            dict.fromkeys(
                text
                for node in articles[:4] or pages[:1]
                for key in ("headline", "name", "alternativeHeadline")
                if (text := _text(node.get(key)))
            )
        ),
        authors=tuple(_people(main, "author", named) or _people(main, "creator", named)),
        published=_first(articles, "datePublished") or _first(main, "dateCreated"),
        modified=_first(main, "dateModified"),
        page_published=_first(pages, "datePublished"),
        sections=_texts(main[0].get("articleSection")) if main else (),
        keywords=_texts(main[0].get("keywords")) if main else (),
        language=_first([*main, *pages, *sites], "inLanguage"),
        publisher=publishers[0].name if publishers else "",
        site=_first(sites, "name"),
        address=_first(main, "url") or _first(main, "mainEntityOfPage"),
        description=_first(both, "description"),
        body=max((str(node.get("articleBody") or "") for node in articles), key=len, default=""),
    )


def _nodes(script: str) -> Iterator[Node]:
    """All objects of a script, outermost first, without recursion."""
    text = script.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    text = (
        text.removeprefix("//<![CDATA[")
        .removesuffix("//]]>")
        .removeprefix("<![CDATA[")
        .removesuffix("]]>")
    )
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return
    waiting = [data]
    seen = 0
    while waiting and seen < _MOST_NODES:
        item = waiting.pop()
        seen += 1
        if isinstance(item, list):
            waiting.extend(reversed(item[:_MOST_NODES]))
        elif isinstance(item, dict):
            yield item
            waiting.extend(
                value
                for key, value in reversed(item.items())
                if isinstance(value, dict | list) and key not in _ASIDE
            )


_ASIDE = frozenset(["author", "creator", "publisher", "image", "logo", "comment", "review", "itemListElement",
    "hasPart", "mentions", "about", "potentialAction", "citation", "isRelatedTo", "relatedLink"])  # fmt: skip


def _types(node: Node) -> frozenset[str]:
    types = node.get("@type")
    if isinstance(types, str):
        return frozenset((types.lower().rpartition("/")[2],))
    if isinstance(types, list):
        return frozenset(str(kind).lower().rpartition("/")[2] for kind in types[:8])
    return frozenset()


def _text(value: Any) -> str:
    """The words of a value, without entities and doubled spaces."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or value.get("@id") or ""
    if not isinstance(value, str | int):
        return ""
    return " ".join(unescape(unescape(str(value)[:_LONGEST])).split())


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str) and "," in value:
        value = value[:_LONGEST].split(",")
    values = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(text for item in values[:_MOST_PEOPLE] if (text := _text(item))))


def _first(nodes: Sequence[Node], key: str) -> str:
    return next((text for node in nodes if (text := _text(node.get(key)))), "")


def _people(nodes: Sequence[Node], key: str, named: Mapping[str, Node]) -> list[ToldAuthor]:
    """Those whom the nodes name under `key`, each once."""
    found: dict[str, ToldAuthor] = {}
    for node in nodes:
        value = node.get(key)
        for item in (value if isinstance(value, list) else [value])[:_MOST_PEOPLE]:
            person = _person(item, named)
            if person is not None:
                found.setdefault(person.name, person)
        if found:
            break
    return list(found.values())


def _person(item: Any, named: Mapping[str, Node]) -> ToldAuthor | None:
    if isinstance(item, dict):
        identity = item.get("@id")
        if "name" not in item and isinstance(identity, str):
            item = named.get(identity, item)
        name = item.get("name")
        if not name and (item.get("givenName") or item.get("familyName")):
            name = f"{item.get('givenName') or ''} {item.get('familyName') or ''}"
        text = _text(name)
        organisation = bool(_types(item) & {"organization", "newsmediaorganization", "corporation"})
        return ToldAuthor(text, _text(item.get("jobTitle")), organisation) if text else None
    text = _text(item) if isinstance(item, str) else ""
    return ToldAuthor(text, "", organisation=False) if text and "://" not in text else None
