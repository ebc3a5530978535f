"""What is special about posts in a WordPress export (WXR).

Their text is nearly HTML: blank lines part paragraphs, and words in square brackets stand for what
plugins show. Categories and tags stand in one kind of element.
"""

import re
from collections.abc import Iterator

from corpusapp.extraction.formats.html.escaped import words
from corpusapp.extraction.formats.xml_parsing import Node

EXPORT = "http://wordpress.org/export/"
_NO_DOCUMENTS = frozenset(
    str.split(
        "attachment nav_menu_item revision custom_css customize_changeset oembed_cache user_request "
        "feedback amp_validated_url"
    )
)
_NO_DOCUMENT_PREFIXES = ("wp_", "acf-", "shop_", "elementor_")
_THROWN_AWAY = frozenset(("trash", "auto-draft", "inherit"))
_NO_CATEGORY = frozenset(
    (
        "uncategorized",
        "uncategorised",
        "未分类",
        "未分類",
        "non classé",
        "allgemein",
        "sin categoría",
    )
)
_SHORT_CODE = re.compile(
    r"\[/?(?:caption|wp_caption|gallery|audio|video|playlist|embed|more|nextpage)\b[^\]\[]{0,2000}\]"
)
_CAPTION = re.compile(r"\[(?P<end>/?)(?:wp_)?caption\b[^\]\[]{0,2000}\]")
_LONGEST_CAPTION = 10_000
_BLOCK = re.compile(
    r"\s{0,20}</?(?:address|article|aside|blockquote|dd|div|dl|dt|figure|figcaption|footer|form|h[1-6]|header|hr"
    r"|iframe|li|main|nav|ol|p|pre|script|section|style|table|tbody|td|tfoot|th|thead|tr|ul|video)\b",
    re.IGNORECASE,
)
_PRE = re.compile(r"<(?P<end>/?)pre\b", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")


def no_document(post_type: str, status: str) -> str:
    """What an item is that is no document ("attachment"); "" for a document."""
    if post_type in _NO_DOCUMENTS or post_type.startswith(_NO_DOCUMENT_PREFIXES):
        return f"WordPress {post_type}"
    return "thrown away in WordPress" if status in _THROWN_AWAY else ""


def is_signed_by(author: Node, login: str) -> bool:
    return bool(login) and author.first("author_login", EXPORT) == login


def terms(item: Node) -> tuple[list[str], list[str]]:
    """The categories and the tags of a post, in their order."""
    categories, tags = [], []
    for node in item.all("category"):
        name = words(node.text).strip()
        domain = node.attributes.get("domain", "")
        if domain == "post_tag":
            tags.append(name)
        elif domain in {"", "category"} and name.lower() not in _NO_CATEGORY:
            categories.append(name)
    return categories, tags


def html_of(text: str) -> str:
    """The text of a post as HTML: paragraphs where WordPress would show some."""
    text = _without_comments(text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _SHORT_CODE.sub("", _with_captions(text))
    return "".join(
        part if is_pre else "\n".join(_paragraphs(part)) for is_pre, part in _in_parts(text)
    )


# Each of these looks for an end once only: what has none costs no second look.


def _without_comments(text: str) -> str:
    parts = []
    place = 0
    while (start := text.find("<!--", place)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts.append(text[place:start])
        place = end + len("-->")
    return "".join((*parts, text[place:]))


def _with_captions(text: str) -> str:
    """What stands between [caption] and [/caption] as the caption of a figure."""
    parts = []
    place = 0
    opened: re.Match[str] | None = None
    for found in _CAPTION.finditer(text):
        if not found["end"]:
            opened = found
        elif opened is not None and found.start() - opened.end() <= _LONGEST_CAPTION:
            said = text[opened.end() : found.start()].strip()
            figure = f"\n\n<figure><figcaption>{said}</figcaption></figure>\n\n"
            parts += [text[place : opened.start()], figure]
            place, opened = found.end(), None
    return "".join((*parts, text[place:]))


def _in_parts(text: str) -> Iterator[tuple[bool, str]]:
    """The text in parts that are preformatted (True) and parts that are not."""
    place = 0
    start: int | None = None
    for found in _PRE.finditer(text):
        if not found["end"]:
            start = found.start() if start is None else start
        elif start is not None:
            end = text.find(">", found.end()) + 1 or len(text)
            yield False, text[place:start]
            yield True, text[start:end]
            place, start = end, None
    yield False, text[place:]


def _paragraphs(text: str) -> list[str]:
    parts = (part.strip() for part in _BLANK_LINES.split(text))
    return [
        part if _BLOCK.match(part) else "<p>" + part.replace("\n", "<br>") + "</p>"
        for part in parts
        if part
    ]
