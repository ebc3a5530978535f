"""Every line of a capture with what it was taken for, and why: for the terminal and for the desk.

Judgements are not stored. Extraction is a pure function, so its version of today gives them again
from the bytes whenever somebody asks.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from corpusapp.extraction.article import ExtractedArticle, Part
from corpusapp.extraction.formats.plain_text import decode
from corpusapp.text.folding import clean


@dataclass(frozen=True, slots=True)
class JudgedLine:
    number: int  # from 1, as editors count
    text: str
    part: Part
    rule: str


def judged_lines(raw: bytes, article: ExtractedArticle) -> Iterator[JudgedLine]:
    """The lines of `raw`, of which extraction has made `article`."""
    texts = clean(decode(raw).text).split("\n")
    for judgement, text in zip(article.judgements, texts, strict=True):
        yield JudgedLine(judgement.line, text, judgement.part, judgement.rule)
