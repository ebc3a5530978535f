"""How sure an article's fields are, in one number: the order of the review queue."""

from collections.abc import Container

from corpusapp.extraction.article import ExtractedArticle

SURE = 100
_LOW = 0.5  # confidence; above it there is no order: nobody looks at 0.8 before 0.9
_WEIGHED = ("title", "body", "authors", "published_at", "section", "standfirst")
_NEEDED = ("title", "body")
_OFFERS = 0.4  # a field that is empty and has candidates


def sureness(extracted: ExtractedArticle, fields: Container[str] = _WEIGHED) -> int:
    """Per cent: the least confidence among `fields`, 0 for a missing title or text.

    `SURE` where all are at least as likely right as wrong.
    """
    least = 1.0
    for name in _WEIGHED:
        if name not in fields:
            continue
        if found := extracted.evidence.get(name):
            least = min(least, found.confidence)
        elif name in _NEEDED:
            least = 0.0
    for doubt in extracted.doubts:
        if doubt.field in fields and doubt.candidates and doubt.field not in extracted.evidence:
            least = min(least, _OFFERS)
    return SURE if least >= _LOW else int(least * 100)
