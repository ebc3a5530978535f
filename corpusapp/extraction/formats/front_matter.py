"""Markdown files: fields in the front matter, YAML or TOML, the text below.

    ---
    title: The Winter Ferry
    author: Ada Quill
    date: 2015-05-21
    ---
    The ferry ...

TOML stands between lines of +++. Without a title there, a first heading is it.
"""

import re
from dataclasses import dataclass, replace
from typing import Any

from corpusapp.extraction.article import ExtractedArticle, Options, Part
from corpusapp.extraction.field_names import meaning
from corpusapp.extraction.formats.own_markdown import from_markdown
from corpusapp.extraction.formats.plain_text import Decoded, decode
from corpusapp.extraction.formats.toml_text import read_toml
from corpusapp.extraction.formats.yaml_text import read_yaml
from corpusapp.extraction.lines import split_lines
from corpusapp.extraction.sheet import Sheet
from corpusapp.extraction.stated import Stated, read_stated
from corpusapp.text.folding import clean
from corpusapp.text.markdown import plain

_READERS = {"---": read_yaml, "+++": read_toml}  # by the line above the fields and below them
_KEYS = {
    "---": re.compile(r"([^\s:#\"'\[{-][^:]{0,60}?)\s{0,3}:(?:\s|$)"),
    "+++": re.compile(r"\s{0,8}\"?([^\s=#\"'\[{][^=]{0,60}?)\"?\s{0,3}="),
}
_HEADING = re.compile(r"#\s+(?P<words>\S.*?)[\s#]*")
_FIRST_HEADING = "first heading"
_LONGEST_TITLE = 500


@dataclass(frozen=True, slots=True)
class MarkdownFiles:
    media_type: str = "text/markdown"
    endings: tuple[str, ...] = (".md", ".markdown")

    def extract(self, raw: bytes, options: Options) -> ExtractedArticle:
        return _Page(decode(raw)).article(options)

    def readable(self, raw: bytes) -> str:
        return clean(decode(raw).text)


class _Page:
    def __init__(self, decoded: Decoded) -> None:
        self.decoded = decoded
        self.lines = split_lines(clean(decoded.text))
        self.sheet = Sheet("front matter")

    def article(self, options: Options) -> ExtractedArticle:
        below = self._front_matter_ends()
        stated = read_stated(self._fields(below)) if below else Stated()
        self._note_keys(below)
        title_at = None if stated.title else self._heading(below)
        if title_at is not None:
            words = plain(self.lines[title_at])[:_LONGEST_TITLE]
            stated = replace(stated, title=" ".join(words.split()))
        for index in range(below, len(self.lines)):
            self._note_text(index, title_at)
        rest = self.lines[below if title_at is None else title_at + 1 :]
        body = from_markdown("\n".join(rest))
        return self.sheet.article(stated, body, options, self.decoded)

    def _front_matter_ends(self) -> int:
        """Index of the line under the front matter; 0 where there is none."""
        fence = self._fence()
        if fence not in _READERS:
            return 0
        for index, line in enumerate(self.lines[1:], 1):
            if line.rstrip() == fence:
                return index + 1
        return 0

    def _fence(self) -> str:
        return self.lines[0].rstrip() if self.lines else ""

    def _fields(self, below: int) -> dict[str, Any]:
        fence = self._fence()
        return _READERS[fence](_split("\n".join(self.lines[:below]), fence), "The front matter")

    def _note_keys(self, below: int) -> None:
        """A line states the field of the last key above it: values may go over several lines."""
        name, fence = "", self._fence()
        for line in self.lines[:below]:
            if key := _KEYS[fence].match(line):
                name = meaning(key[1])
            self.sheet.state("" if line.rstrip() == fence else name, line)

    def _heading(self, below: int) -> int | None:
        """The first line of the text, if it is a heading of the first level."""
        for index in range(below, len(self.lines)):
            if self.lines[index].strip():
                return index if _HEADING.fullmatch(self.lines[index]) else None
        return None

    def _note_text(self, index: int, title_at: int | None) -> None:
        line = self.lines[index]
        if index == title_at:
            number = self.sheet.put(line, Part.TITLE, _FIRST_HEADING)
            self.sheet.spans["title"] = (number, number)
            self.sheet.less_sure["title"] = (0.95, _FIRST_HEADING)
        else:
            self.sheet.put_line_of_text(line)


def _split(text: str, fence: str) -> str:
    from frontmatter.default_handlers import BaseHandler  # noqa: PLC0415 - only for Markdown

    boundary = re.compile(rf"^{re.escape(fence)}[ \t]*$", re.MULTILINE)
    matter, _content = BaseHandler(fm_boundary=boundary).split(text)
    return matter


MARKDOWN_FILES = MarkdownFiles()
