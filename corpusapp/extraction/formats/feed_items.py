"""One item of a feed or of a WordPress export, as the small file that is kept of it.

The file holds the item as it stood there, and around it what it needs to be read alone: the outer
elements, the name, address and language of the whole, and whoever signed it.
"""

import html
from dataclasses import dataclass, replace
from typing import Any

from corpusapp.extraction.article import ExtractedArticle, Options
from corpusapp.extraction.doubts import Code, doubt
from corpusapp.extraction.errors import UnreadableError
from corpusapp.extraction.field_names import meaning
from corpusapp.extraction.formats.blogger import is_kind, kept_back
from corpusapp.extraction.formats.html.escaped import words
from corpusapp.extraction.formats.html.fragment import read_fragment
from corpusapp.extraction.formats.plain_text import Decoded
from corpusapp.extraction.formats.wordpress import EXPORT, html_of, is_signed_by, terms
from corpusapp.extraction.formats.xml_parsing import Node, tree
from corpusapp.extraction.sheet import Sheet
from corpusapp.extraction.stated import one_line, read_stated
from corpusapp.text.languages import canonical

FEED_ITEM = "application/rss+xml"
DUBLIN_CORE = "http://purl.org/dc/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
_XML_LANGUAGE = "http://www.w3.org/XML/1998/namespace lang"
_SHORTEST_BODY = 140  # characters, as of a saved page; less is a teaser
_WEB = "http"


@dataclass(frozen=True, slots=True)
class _Item:
    fields: dict[str, Any]  # by names that stated.py knows, without the text
    markup: str  # the text, as HTML
    rule: str
    language: str = ""  # of the whole feed: what Latin text is taken for
    is_teaser: bool = False  # the feed gives a summary only


@dataclass(frozen=True, slots=True)
class FeedItem:
    media_type: str = FEED_ITEM
    endings: tuple[str, ...] = ()

    def extract(self, raw: bytes, options: Options) -> ExtractedArticle:
        item, decoded = _item(raw)
        sheet, body = _laid_out(item)
        site = canonical(item.language) or options.site_language
        article = sheet.article(
            read_stated(item.fields), body, replace(options, site_language=site), decoded
        )
        if article.body and item.is_teaser and len(article.body) < _SHORTEST_BODY:
            unsure = doubt("body", Code.BODY_UNCERTAIN)
            return replace(article, doubts=(*article.doubts, unsure))
        return article

    def readable(self, raw: bytes) -> str:
        item, _decoded = _item(raw)
        return _laid_out(item)[0].text


FEED_ITEMS = FeedItem()


def _laid_out(item: _Item) -> tuple[Sheet, str]:
    body = read_fragment(item.markup).markdown() if item.markup else ""
    sheet = Sheet(item.rule)
    for key, value in item.fields.items():
        shown = ", ".join(map(one_line, value)) if isinstance(value, list) else one_line(value)
        if shown:
            sheet.state(meaning(key), f"{key}: {shown}")
    if body:
        sheet.put_text(body.split("\n"))
    return sheet, body


def _item(raw: bytes) -> tuple[_Item, Decoded]:
    root, decoded = tree(raw)
    channel = next(iter(root.all("channel")), root)
    for node in (*root.children, *channel.children):
        if node.local == "entry":
            return _atom(node, root), decoded
        if node.local == "item":
            read = _wordpress if node.all("post_type", EXPORT) else _rss
            return read(node, channel), decoded
    reason = "It holds no item."
    raise UnreadableError(reason)


def _rss(item: Node, channel: Node) -> _Item:
    whole = item.first("encoded", CONTENT)
    summary = item.first("description")
    authors = [node.text for node in item.all("creator", DUBLIN_CORE) or item.all("author")]
    fields: dict[str, Any] = {
        "title": words(item.first("title", "") or item.first("title")),
        "author": [words(author) for author in authors],
        "date": item.first("pubDate") or item.first("date", DUBLIN_CORE),
        "tags": [words(node.text) for node in item.all("category")],
        "link": item.first("link", "") or _permanent(item),
        "id": item.first("guid"),
        "source": words(channel.first("title")),
    }
    if whole and summary:
        fields["summary"] = _summary(summary, whole)
    return _Item(fields, whole or summary, "item of the feed", channel.first("language"), not whole)


def _permanent(item: Node) -> str:
    guid = item.first("guid")
    return guid if guid.startswith(_WEB) else ""


def _summary(summary: str, whole: str) -> str:
    """A summary that is not merely how the text begins."""
    said = words(summary).rstrip("…. []")
    return "" if read_fragment(whole).words.startswith(said[:200]) else words(summary)


def _atom(entry: Node, feed: Node) -> _Item:
    content = next(iter(entry.all("content")), None)
    summary = next(iter(entry.all("summary")), None)
    signed = entry.all("author") or feed.all("author")
    fields: dict[str, Any] = {
        "title": next((words(_atom_words(node)) for node in entry.all("title")), ""),
        "author": [words(author.first("name")) for author in signed],
        "date": entry.first("published") or entry.first("updated"),
        "tags": [
            words(node.attributes.get("label") or node.attributes.get("term", ""))
            for node in entry.all("category")
            if not is_kind(node.attributes)
        ],
        "link": _atom_link(entry),
        "id": entry.first("id"),
        "source": next((words(_atom_words(node)) for node in feed.all("title")), ""),
        "language": entry.attributes.get(_XML_LANGUAGE, ""),
        **kept_back(entry),
    }
    whole = _atom_markup(content) if content is not None else ""
    teaser = _atom_markup(summary) if summary is not None else ""
    if whole and teaser:
        fields["summary"] = _summary(read_fragment(teaser).words, whole)
    language = feed.attributes.get(_XML_LANGUAGE, "")
    return _Item(fields, whole or teaser, "item of the feed", language, not whole)


def _atom_words(node: Node) -> str:
    return read_fragment(node.markup).words if node.attributes.get("type") == "xhtml" else node.text


def _atom_markup(node: Node) -> str:
    match node.attributes.get("type", "text"):
        case "xhtml":
            return node.markup
        case "html" | "text/html":
            return node.text
        case _:
            return "".join(f"<p>{html.escape(line)}</p>" for line in node.text.split("\n\n"))


def _atom_link(entry: Node) -> str:
    for node in entry.all("link"):
        if node.attributes.get("rel", "alternate") == "alternate":
            return node.attributes.get("href", "")
    return ""


def _wordpress(item: Node, channel: Node) -> _Item:
    login = item.first("creator", DUBLIN_CORE)
    names = (
        author.first("author_display_name", EXPORT)
        for author in channel.all("author", EXPORT)
        if is_signed_by(author, login)
    )
    categories, tags = terms(item)
    status = item.first("status", EXPORT)
    fields: dict[str, Any] = {
        "title": words(item.first("title")),
        "author": [words(next((name for name in names if name), login))],
        "date": item.first("post_date", EXPORT) or item.first("pubDate"),
        "categories": categories,
        "tags": tags,
        "link": item.first("link") or _permanent(item),
        "id": item.first("guid") or item.first("post_id", EXPORT),
        # a password keeps readers out as well
        "status": "private" if item.first("post_password", EXPORT) else status,
        "summary": words(item.first("encoded", "http://wordpress.org/export/")),
        "source": words(channel.first("title")),
    }
    markup = html_of(item.first("encoded", CONTENT))
    return _Item(fields, markup, "item of the WordPress export", channel.first("language"))
