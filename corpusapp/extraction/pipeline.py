"""From the bytes of a document to an article with evidence: one door for every form.

1. Refuse what is too large.
2. Let its format read it (`formats/`): a text capture and a saved page are judged, the others say
   outright what their fields are.
3. See that what a format of another package gives is sound.
4. Bring in what stands beside it: a sidecar overrules, the defaults of a folder stand in.
"""

from dataclasses import replace

from corpusapp.extraction.article import ExtractedArticle, Options
from corpusapp.extraction.beside import with_beside, with_language
from corpusapp.extraction.errors import TooLargeError
from corpusapp.extraction.formats.known import format_of, is_ours
from corpusapp.extraction.learned_furniture import furniture_of
from corpusapp.extraction.sound import sound

EXTRACTOR_VERSION: str = "7"
"""Stored with each capture; raise it when the same bytes give other fields."""


def extract(raw: bytes, options: Options = Options()) -> ExtractedArticle:  # noqa: B008 - frozen
    """The article in a document. Raises an ExtractionError for what is none."""
    if len(raw) > options.max_bytes:
        raise TooLargeError(len(raw), options.max_bytes)
    if not options.learned:
        return _read(raw, options)
    taught = furniture_of(options.source, options.learned)
    article = _read(raw, replace(options, furniture=taught))
    if options.source or not article.source:
        return article
    # its source is known now that it is read
    taught = furniture_of(article.source, options.learned)
    return _read(raw, replace(options, furniture=taught)) if taught else article


def _read(raw: bytes, options: Options) -> ExtractedArticle:
    form = format_of(options.media_type)
    beside = options.beside
    if beside is not None:
        options = replace(options, language=with_language(options.language, beside))
    article = form.extract(raw, options)
    if not is_ours(form):
        article = sound(article, lambda: form.readable(raw))
    return article if beside is None else with_beside(article, beside)
