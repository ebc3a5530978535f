"""From the bytes of a capture to an article with evidence: one door for every form.

1. Refuse what is too large; decode, refusing what is no text.
2. Read it as what it is: a text capture (`text_capture.py`) or a saved page (`saved_page.py`).
3. Doubt a guessed encoding; fingerprint the whole text.
"""

from dataclasses import replace

from corpusapp.extraction.article import Doubt, ExtractedArticle, Options
from corpusapp.extraction.doubts import Code, doubt
from corpusapp.extraction.errors import EmptyError, TooLargeError
from corpusapp.extraction.formats.html.reading import read_saved_page
from corpusapp.extraction.formats.plain_text import Decoded, decode
from corpusapp.extraction.lines import read_page
from corpusapp.extraction.readable import SAVED_PAGE, rendered_text
from corpusapp.extraction.saved_page import read_article
from corpusapp.extraction.text_capture import read_text_capture
from corpusapp.text.folding import clean, text_hash

EXTRACTOR_VERSION: str = "2"
"""Stored with each capture; raise it when the same bytes give other fields."""


def extract(raw: bytes, options: Options = Options()) -> ExtractedArticle:  # noqa: B008 - frozen
    """The article in a capture. Raises an ExtractionError for what is none."""
    if len(raw) > options.max_bytes:
        raise TooLargeError(len(raw), options.max_bytes)
    if options.media_type == SAVED_PAGE:
        saved = read_saved_page(raw)
        decoded, text = saved.decoded, rendered_text(saved.page)
        article = read_article(saved.page, decoded.text, options)
    else:
        decoded = decode(raw)
        text = clean(decoded.text)
        page = read_page(text)
        if not page.lines:
            raise EmptyError
        article = read_text_capture(page, options)
    return replace(
        article,
        doubts=(*article.doubts, *_encoding_doubts(decoded)),
        encoding=decoded.encoding,
        text_hash=text_hash(text),
    )


def _encoding_doubts(decoded: Decoded) -> tuple[Doubt, ...]:
    if decoded.mixed:
        return (doubt("encoding", Code.ENCODING_MIXED, (decoded.encoding,)),)
    if decoded.guessed:
        return (doubt("encoding", Code.ENCODING_GUESSED, (decoded.encoding,)),)
    return ()
