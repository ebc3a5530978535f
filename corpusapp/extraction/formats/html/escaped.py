"""Titles, names and labels that many write as HTML where words are meant."""

import re

from corpusapp.extraction.formats.html.fragment import read_fragment
from corpusapp.text.folding import unescaped

_MARKUP = re.compile(
    r"</?(?:a|b|br|cite|code|em|i|p|span|strong|sub|sup|u)\b[^<>]{0,300}>", re.IGNORECASE
)


def words(text: str) -> str:
    """A title, a label or a summary as words."""
    return read_fragment(text).words if _MARKUP.search(text) else unescaped(text)
