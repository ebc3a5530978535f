"""Every line of a capture with what it was taken for, and why: for the terminal and for the desk.

Judgements are not stored. Extraction is a pure function, so its version of today gives them again
from the bytes whenever somebody asks.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from corpusapp.extraction.article import ExtractedArticle, Options, Part
from corpusapp.extraction.pipeline import EXTRACTOR_VERSION, extract
from corpusapp.extraction.readable import readable_text
from corpusapp.text.languages import canonical


@dataclass(frozen=True, slots=True)
class JudgedLine:
    number: int  # from 1, as editors count
    text: str
    part: Part
    rule: str


@dataclass(frozen=True, slots=True)
class Explanation:
    lines: tuple[JudgedLine, ...]
    version: str  # of the extraction that judged them


def judged_lines(raw: bytes, media_type: str, article: ExtractedArticle) -> Iterator[JudgedLine]:
    """The lines of `raw`, of which extraction has made `article`."""
    texts = readable_text(raw, media_type).split("\n")
    for judgement, text in zip(article.judgements, texts, strict=True):
        yield JudgedLine(judgement.line, text, judgement.part, judgement.rule)


def explain(raw: bytes, media_type: str) -> Explanation:
    """How the extraction of today judges a capture. Raises an ExtractionError where it refuses it."""
    options = Options(
        media_type=media_type,
        site_language=canonical(settings.DEFAULT_LANGUAGE),
        max_bytes=len(raw),
    )
    article = extract(raw, options)
    return Explanation(tuple(judged_lines(raw, media_type, article)), EXTRACTOR_VERSION)
