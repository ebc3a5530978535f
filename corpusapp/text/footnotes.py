"""Footnotes in Markdown: `[^1]` in the text, and `[^1]: the note` in a paragraph of its own.

Notes are numbered in the order in which the text names them and stand under it, each with a way back to
every place that names it.
A mark without its note stays as it was typed; a note that no mark names is shown nowhere, so the desk
counts it (`unnamed`). Every step looks at each character once, whatever the text.
"""

import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

_MARK = re.compile(r"\[\^([^\]\s\[^]{1,40})\]")
_NOTE = re.compile(r"\[\^([^\]\s\[^]{1,40})\]:[ \t]*(\S.*)")
_MOST = 2_000  # notes of one text


def footnotes(parser: MarkdownIt) -> None:
    """Teach the parser footnotes."""
    parser.block.ruler.before("paragraph", "footnote", _note, {"alt": ["paragraph", "blockquote"]})
    parser.inline.ruler.before("link", "footnote_mark", _mark)
    parser.core.ruler.push("footnotes", _notes_below)


def unnamed(source: str) -> list[str]:
    """Labels of notes that no mark names, and of marks that name no note; in their order."""
    notes = {match[1] for line in source.split("\n") if (match := _NOTE.match(line.strip()))}
    marks = {
        match[1] for match in _MARK.finditer(source) if source[match.end() : match.end() + 1] != ":"
    }
    return sorted(notes ^ marks)


def _note(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001 - the parser's call
    """`[^label]: text`, and the lines below it up to a blank one or the next note."""
    if state.parentType != "root" and state.level:
        return False
    line = state.src[state.bMarks[first] + state.tShift[first] : state.eMarks[first]]
    match = _NOTE.fullmatch(line) if line.startswith("[^") else None
    notes: dict[str, Any] = state.env.setdefault("footnotes", {})
    if match is None or len(notes) >= _MOST:
        return False
    if silent:
        return True
    words, below = [match[2]], first + 1
    while below < last and not state.isEmpty(below):
        more = state.src[state.bMarks[below] + state.tShift[below] : state.eMarks[below]]
        if more.startswith("[^") and _NOTE.fullmatch(more):
            break
        words.append(more.strip())
        below += 1
    notes.setdefault(match[1], {"words": "\n".join(words), "number": 0, "marks": 0})
    state.line = below
    return True


def _mark(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's call
    if not state.src.startswith("[^", state.pos):
        return False
    match = _MARK.match(state.src, state.pos, state.posMax)
    note = state.env.get("footnotes", {}).get(match[1]) if match else None
    if match is None or note is None or state.env.get("in_footnotes"):
        return False
    if not silent:
        if not note["number"]:
            state.env["numbered"] = note["number"] = state.env.get("numbered", 0) + 1
        note["marks"] += 1
        token = state.push("footnote_mark", "", 0)
        token.meta = {"number": note["number"], "mark": note["marks"]}
    state.pos = match.end()
    return True


def _notes_below(state: StateCore) -> None:
    """Put the notes that are named under the text, in the order of their numbers."""
    notes = [note for note in state.env.get("footnotes", {}).values() if note["number"]]
    if not notes:
        return
    state.env["in_footnotes"] = True
    state.tokens.append(Token("footnotes_open", "section", 1))
    for note in sorted(notes, key=lambda note: int(note["number"])):
        opened = Token("footnote_open", "li", 1)
        opened.meta = {"number": note["number"], "marks": note["marks"]}
        words: list[Token] = []
        state.md.inline.parse(note["words"], state.md, state.env, words)
        inline = Token("inline", "", 0, content=note["words"], children=words)
        closed = Token("footnote_close", "li", -1)
        closed.meta = opened.meta
        state.tokens += [opened, inline, closed]
    state.tokens.append(Token("footnotes_close", "section", -1))


class FootnoteRenderer:
    """Mixed into the renderer."""

    def footnote_mark(
        self, tokens: list[Token], idx: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        number, mark = tokens[idx].meta["number"], tokens[idx].meta["mark"]
        place = _place(number, mark)
        return f'<sup><a href="#fn-{number}" id="{place}">{number}</a></sup>'

    def footnotes_open(self, *_call: object) -> str:
        return '<div class="footnotes"><ol>\n'

    def footnotes_close(self, *_call: object) -> str:
        return "</ol></div>\n"

    def footnote_open(
        self, tokens: list[Token], idx: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        return f'<li id="fn-{tokens[idx].meta["number"]}"><p>'

    def footnote_close(
        self, tokens: list[Token], idx: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        number, marks = tokens[idx].meta["number"], tokens[idx].meta["marks"]
        if marks == 1:
            return f' <a href="#fnref-{number}">↩ {number}</a></p></li>\n'
        ways = [
            f' <a href="#{_place(number, mark)}">↩ {number}.{mark}</a>'
            for mark in range(1, marks + 1)
        ]
        return f"{''.join(ways)}</p></li>\n"


def _place(number: int, mark: int) -> str:
    return f"fnref-{number}" if mark == 1 else f"fnref-{number}-{mark}"
