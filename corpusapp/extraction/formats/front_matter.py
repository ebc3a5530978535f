"""Markdown files: fields in the front matter, the text below.

    ---
    title: The Winter Ferry
    author: Ada Quill
    date: 2015-05-21
    ---
    The ferry ...

Without a title there, a first heading is it.
"""

import re
from dataclasses import dataclass, replace

from corpusapp.extraction.article import ExtractedArticle, Options, Part
from corpusapp.extraction.field_names import meaning
from corpusapp.extraction.formats.own_markdown import from_markdown
from corpusapp.extraction.formats.plain_text import Decoded, decode
from corpusapp.extraction.formats.yaml_text import read_yaml
from corpusapp.extraction.sheet import Sheet
from corpusapp.extraction.stated import Stated, read_stated
from corpusapp.text.folding import clean
from corpusapp.text.markdown import plain

_FENCE = "---"
_KEY = re.compile(r"([^\s:#\"'\[{-][^:]{0,60}?)\s{0,3}:(?:\s|$)")
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
        self.lines = clean(decoded.text).split("\n")
        self.sheet = Sheet("front matter")

    def article(self, options: Options) -> ExtractedArticle:
        below = self._front_matter_ends()
        stated = read_stated(_split("\n".join(self.lines))) if below else Stated()
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
        if not self.lines or self.lines[0].rstrip() != _FENCE:
            return 0
        for index, line in enumerate(self.lines[1:], 1):
            if line.rstrip() == _FENCE:
                return index + 1
        return 0

    def _note_keys(self, below: int) -> None:
        """A line states the field of the last key above it: values may go over several lines."""
        name = ""
        for line in self.lines[:below]:
            if key := _KEY.match(line):
                name = meaning(key[1])
            self.sheet.state("" if line.rstrip() == _FENCE else name, line)

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


def _split(text: str) -> dict[str, object]:
    from frontmatter.default_handlers import YAMLHandler  # noqa: PLC0415 - only for Markdown

    handler = YAMLHandler()
    matter, _content = handler.split(text)
    return read_yaml(matter, "The front matter")


MARKDOWN_FILES = MarkdownFiles()
