"""Every line of a capture with what it was taken for, and why: for the terminal and for the desk.

Judgements are not stored. Extraction is a pure function, so its version of today gives them again
from the bytes whenever somebody asks. What an editor said of a line counts before them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.conf import settings

from corpusapp.extraction.article import ExtractedArticle, Options, Part
from corpusapp.extraction.given_lines import GIVEN, GIVEN_ANOTHER
from corpusapp.extraction.pipeline import EXTRACTOR_VERSION, extract
from corpusapp.extraction.readable import readable_text
from corpusapp.text.languages import canonical

# a field of which there is one, and which one line or a few together fill
ONE_FOR_ALL = frozenset(
    (Part.TITLE, Part.STANDFIRST, Part.DATE, Part.SECTION, Part.SOURCE, Part.VIEWS, Part.CAPTION)
)


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
    article: ExtractedArticle


def judged_lines(raw: bytes, media_type: str, article: ExtractedArticle) -> Iterator[JudgedLine]:
    """The lines of `raw`, of which extraction has made `article`."""
    texts = readable_text(raw, media_type).split("\n")
    for judgement, text in zip(article.judgements, texts, strict=True):
        yield JudgedLine(judgement.line, text, judgement.part, judgement.rule)


def with_changes(
    lines: tuple[JudgedLine, ...], changes: Mapping[int, str]
) -> tuple[JudgedLine, ...]:
    """The same lines as editors have said they are; `changes` are parts by line."""
    if not changes:
        return lines
    said = {number: Part(part) for number, part in changes.items() if part in set(Part)}
    replaced = ONE_FOR_ALL.intersection(said.values())
    told = []
    for line in lines:
        if line.number in said and line.part is not Part.BLANK:
            told.append(replace(line, part=said[line.number], rule=GIVEN))
        elif line.part in replaced:
            told.append(replace(line, part=Part.FURNITURE, rule=GIVEN_ANOTHER))
        else:
            told.append(line)
    return tuple(told)


def explain(
    raw: bytes,
    media_type: str,
    changes: Mapping[int, str] | None = None,
    furniture: frozenset[str] = frozenset(),
) -> Explanation:
    """How the extraction of today judges a capture. Raises an ExtractionError where it refuses it.

    `furniture` is what was learned of its source.
    """
    options = Options(
        media_type=media_type,
        site_language=canonical(settings.DEFAULT_LANGUAGE),
        max_bytes=len(raw),
        furniture=furniture,
    )
    article = extract(raw, options)
    lines = tuple(judged_lines(raw, media_type, article))
    return Explanation(with_changes(lines, changes or {}), EXTRACTOR_VERSION, article)
