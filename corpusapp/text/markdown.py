"""Markdown: the form in which bodies are kept, and what may come of it in a page.

Captured words are data. `escape` makes Markdown that shows exactly them; `render` reads Markdown
with raw HTML off and sanitises the result besides; `plain` gives the words alone.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import MD_TRIM_CHARS
from markdown_it.renderer import RendererHTML
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from corpusapp.text.footnotes import FootnoteRenderer, footnotes
from corpusapp.text.inner_links import rendered_address

RENDERER_VERSION: int = 4
"""Stored beside rendered text; raise it when `render` gives another result for the same source."""

_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote"),
    *("em", "strong", "code", "pre", "a", "figure", "figcaption", "img"),
    *("table", "thead", "tbody", "tr", "th", "td", "span", "sup", "div"),
}
_ATTRIBUTES = {
    "a": {"href", "title", "id"},
    "span": {"translate"},
    "img": {"src", "alt", "loading", "width", "height"},
    "ol": {"start"},
    "li": {"id"},
    "div": {"tabindex"},
}
# Where a column stands, as its second line says; a style would be against the policy of the pages
_CLASSES = {"th": {"middle", "end"}, "td": {"middle", "end"}, "div": {"wide", "footnotes"}}
_SCHEMES = {"http", "https", "mailto"}
_LINK_REL = "noopener nofollow"  # captured links are nobody's recommendation
_DEEPEST_HEADING = 6

# What makes the letters of a text mean something else; see `escape`.
_INLINE = re.compile(
    # One class of characters comes first, with which a search passes over all others at once
    r"[\\`*<|\-\[_&(](?:(?<=[\\`*<|])|(?<=-)(?=\{)|(?<=\[)(?=\^)"
    r"|(?<=_)(?:(?<![^\W_]_)|(?![^\W_]))|(?<=&)(?=#?\w{1,40};)|(?<=\]\())"
)
_LINE_START = re.compile(
    r"#{1,6}(?=\s|$)|[-+](?=\s|-|$)|[>~:]|(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$)"
)
_SPACE = re.compile(r"\s{2,}|[^\S ]")  # what is not one plain space already
_LONG = 1_000_000
_SPECIAL = "\\`*<|_&{[]"  # quick: without any of these `_INLINE` finds nothing
# Captured words are nearly always paragraphs with some escapes in them, and need no parser. Anything
# else that could be markup, at the beginning of a line or within it, is left to the parser.
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MAY_BE_MARKUP = re.compile(r"[\x00\t\r\\`*_<|]|-\{|\](?=[(\[:])|&(?=#?\w{1,40};)")
_CANDIDATES = "\x00\t\r\\`*_<|]&{"  # quick: without any, there is none of the former
_BEGINS_MARKUP = re.compile(r"[ #>+~=:-]|\d{1,9}[.)]")
_A_LINE_BEGINS_MARKUP = re.compile(f"^(?:{_BEGINS_MARKUP.pattern})", re.MULTILINE)
_AN_ESCAPED = re.compile("[\ue000-\ue07f]")
_HIDDEN = 0xE000  # where escaped characters are put out of the way: for private use, and in no font
_TO_ESCAPE = re.compile("[&<>\xa0]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\xa0": "&nbsp;"}
_BLANK_LINES = re.compile(r"\n\n+")


def render(source: str) -> str:
    """HTML of `source`, safe to show as it is: an allow-list of tags, no h1, no foreign picture.

    The shallowest heading becomes h2, so that the outline continues the page's title. A picture
    alone in its paragraph becomes a figure, its title the caption; one from another host becomes
    a link, because a page of ours asks no third party for anything.
    """
    paragraphs = _plain_paragraphs(source)
    if paragraphs is not None:
        return "".join(f"<p>{_shown(paragraph)}</p>\n" for paragraph in paragraphs)
    return nh3.clean(
        _PARSER.render(source),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes=_SCHEMES,
        link_rel=_LINK_REL,
    )


def escape(text: str) -> str:
    """Markdown that renders to exactly these words, as one paragraph.

    Lines stay lines; blank ones vanish, and white space inside a line becomes one space.
    """
    if len(text) <= _LONG and text.isprintable():  # so that it is one line
        line = text.strip() if "  " not in text else " ".join(text.split())
        return _escape_line(line) if line else ""
    lines = [_one_spaced(line) for line in text.splitlines()]
    return "\n".join([_escape_line(line) for line in lines if line])


def _one_spaced(line: str) -> str:
    if len(line) > _LONG:  # a list of all its words would need ten times its memory
        return _SPACE.sub(" ", line).strip()
    if "  " not in line and line.isprintable():  # so that its only white space is single spaces
        return line.strip()
    return " ".join(line.split())


def plain(source: str) -> str:
    """The words of `source` without its marks; paragraphs are parted by a blank line."""
    return _plain_remembered(source) if len(source) <= _ORDINARY else _plain(source)


def _plain(source: str) -> str:
    paragraphs = _plain_paragraphs(source)
    if paragraphs is not None:
        return "\n\n".join(filter(None, map(str.strip, paragraphs)))
    blocks = (_words(token) for token in _PARSER.parse(source) if token.type in _SPEAKING)
    return "\n\n".join(block for block in blocks if block)


_SPEAKING = {"inline", "fence"}


def _plain_paragraphs(source: str) -> Sequence[str] | None:
    """The words of each paragraph, if `source` is nothing but paragraphs; None if a parser must tell."""
    return _remembered(source) if len(source) <= _ORDINARY else _read_plainly(source)


def _read_plainly(source: str) -> Sequence[str] | None:
    hidden = "\\" in source
    if hidden:
        if len(source) > _LONG or _AN_ESCAPED.search(source):
            return None
        source = _ESCAPE.sub(lambda match: chr(_HIDDEN + ord(match[1])), source)
    source = source.strip("\n")
    if (_holds_any(source, _CANDIDATES) and _MAY_BE_MARKUP.search(source)) or " \n" in source:
        return None
    if len(source) > _LONG:  # a list of all its lines would need ten times its memory
        if _A_LINE_BEGINS_MARKUP.search(source):
            return None
    elif any(map(_BEGINS_MARKUP.match, source.split("\n"))):
        return None
    if hidden:
        source = _AN_ESCAPED.sub(lambda match: chr(ord(match[0]) - _HIDDEN), source)
    return (
        [paragraph.strip(MD_TRIM_CHARS) for paragraph in _BLANK_LINES.split(source)]
        if source
        else []
    )


# A new body is rendered, compared and indexed within one batch of an import
_ORDINARY = 30_000  # characters
_remembered = lru_cache(maxsize=64)(_read_plainly)
_plain_remembered = lru_cache(maxsize=64)(_plain)


def _holds_any(text: str, characters: str) -> bool:
    """Quicker than a search for a set of characters, by far."""
    return any(map(text.__contains__, characters))


def _shown(words: str) -> str:
    """These words in HTML, as the sanitiser writes them."""
    if not _holds_any(words, "&<>\xa0"):
        return words
    return _TO_ESCAPE.sub(lambda match: _ENTITIES[match[0]], words)


def _escape_line(line: str) -> str:
    escaped = _INLINE.sub(r"\\\g<0>", line) if _holds_any(line, _SPECIAL) else line
    start = None if escaped[0].isalpha() else _LINE_START.match(escaped)
    if start is None:
        return escaped
    if start["number"]:
        return f"{start['number']}\\{escaped[start.start('dot') :]}"
    return f"\\{escaped}"


def _words(token: Token) -> str:
    if token.children is None:
        return token.content.strip()
    return "".join(
        "\n" if child.type in {"softbreak", "hardbreak"} else child.content
        for child in token.children
    ).strip()


def _continue_outline(state: StateCore) -> None:
    """Shift all headings so that the shallowest is h2."""
    headings = [token for token in state.tokens if token.type in {"heading_open", "heading_close"}]
    if not headings:
        return
    shift = 2 - min(int(token.tag[1]) for token in headings)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) + shift, _DEEPEST_HEADING)}"


def _lead_to_articles(state: StateCore) -> None:
    """Give links to other articles the address that answers with the article's own."""
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "link_open":
                address = rendered_address(str(child.attrGet("href") or ""))
                if address:
                    child.attrSet("href", address)


def _frame_pictures(state: StateCore) -> None:
    """Make a figure of each paragraph that is one picture of our own."""
    for before, token, after in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        children = token.children or []
        if (
            before.type == "paragraph_open"
            and [child.type for child in children] == ["image"]
            and _is_ours(children[0])
        ):
            before.tag = after.tag = "figure"
            before.hidden = after.hidden = False


def _is_ours(picture: Token) -> bool:
    address = str(picture.attrGet("src") or "")
    return address.startswith("/") and not address.startswith(("//", "/\\"))


# Pictures of ours say in their names how large they are, so that a page does not jump when they come
_EXTENT = re.compile(r"/([0-9]{1,5})x([0-9]{1,5})\.(?:jpg|webp)$")


class _Renderer(FootnoteRenderer, RendererHTML):
    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        caption = str(token.attrs.pop("title", ""))
        address = _attribute(str(token.attrGet("src") or ""))
        words = self.renderInlineAsText(token.children, options, env)
        if not _is_ours(token):
            return f'<a href="{address}">{_attribute(words or caption or address)}</a>'
        extent = _EXTENT.search(address)
        size = f' width="{extent[1]}" height="{extent[2]}"' if extent else ""
        picture = f'<img src="{address}" alt="{_attribute(words)}"{size} loading="lazy">'
        if caption and len(tokens) == 1:
            return f"{picture}<figcaption>{_attribute(caption)}</figcaption>"
        return picture

    def table_open(self, *_call: object) -> str:
        """In a box that can be scrolled sideways, also with the keyboard."""
        return '<div class="wide" tabindex="0"><table>\n'

    def table_close(self, *_call: object) -> str:
        return "</table></div>\n"

    def th_open(self, tokens: Sequence[Token], idx: int, *_call: object) -> str:
        return _cell(tokens[idx])

    def td_open(self, tokens: Sequence[Token], idx: int, *_call: object) -> str:
        return _cell(tokens[idx])


_PLACES = {"text-align:center": ' class="middle"', "text-align:right": ' class="end"'}


def _cell(token: Token) -> str:
    return f"<{token.tag}{_PLACES.get(str(token.attrGet('style')), '')}>"


_KEPT_SPAN = re.compile(r"-\{([^{}\n]{1,200})\}-")


def _kept_span(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's call
    """`-{words}-`: words that stay as they are where a text is put into the other Chinese script."""
    if not state.src.startswith("-{", state.pos):
        return False
    match = _KEPT_SPAN.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("kept_open", "span", 1).attrSet("translate", "no")
        state.push("text", "", 0).content = match[1]
        state.push("kept_close", "span", -1)
    state.pos = match.end()
    return True


def _attribute(text: str) -> str:
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


# So many marks of one kind no paragraph has, and no table so many columns. What has more was made to
# keep us busy, for the parser looks through the rest of the paragraph at each: they are letters then.
_MOST_MARKS, _MOST_COLUMNS = 1000, 200
_GUARDED = {"link": "[", "image": "[", "emphasis": "*_", "entity": "&", "autolink": "<"}


def guarded(parser: MarkdownIt) -> MarkdownIt:
    """The parser, in linear time whatever it is given: of too many marks of a kind none means anything."""
    for number, (rule, marks) in enumerate(_GUARDED.items(), 1):
        parser.inline.ruler.at(rule, _sparing(_rule_of(parser.inline.ruler, rule), marks, -number))
    parser.block.ruler.at("table", _narrow(_rule_of(parser.block.ruler, "table")), _ALT_OF_TABLE)
    return parser


_ALT_OF_TABLE: RuleOptionsType = {"alt": ["paragraph", "reference"]}


def _rule_of(ruler: Any, name: str) -> Any:
    return next(rule.fn for rule in ruler.__rules__ if rule.name == name)


def _sparing(rule: Any, marks: str, key: int) -> Any:
    def found(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's call
        # the parser keeps what it finds by place, from 0 on: other keys are free
        many = state.cache.get(key)
        if many is None:
            state.cache[key] = many = sum(map(state.src.count, marks)) > _MOST_MARKS
        return False if many else bool(rule(state, silent))

    return found


def _narrow(rule: Any) -> Any:
    def found(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001
        line = state.src[state.bMarks[first] : state.eMarks[first]]
        return line.count("|") <= _MOST_COLUMNS and bool(rule(state, first, last, silent))

    return found


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer)
    parser.enable("table")
    parser.disable(["code", "html_block", "html_inline", "lheading", "reference"])
    parser.inline.ruler.before("emphasis", "kept_span", _kept_span)
    footnotes(parser)
    parser.core.ruler.push("lead_to_articles", _lead_to_articles)
    parser.core.ruler.push("continue_outline", _continue_outline)
    parser.core.ruler.push("frame_pictures", _frame_pictures)
    return guarded(parser)


_PARSER = _parser()
