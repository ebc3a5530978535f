"""The two kinds of captures, text and saved page: all that is known of them is judged."""

from codecs import BOM_UTF8
from dataclasses import dataclass, replace

from corpusapp.extraction.article import Doubt, ExtractedArticle, Options
from corpusapp.extraction.beside import default_language
from corpusapp.extraction.doubts import Code, doubt
from corpusapp.extraction.errors import EmptyError
from corpusapp.extraction.formats.html.reading import read_saved_page
from corpusapp.extraction.formats.plain_text import Decoded, decode
from corpusapp.extraction.garbage import left_for_later
from corpusapp.extraction.lines import read_page
from corpusapp.extraction.page_text import rendered_text
from corpusapp.extraction.saved_page import read_article
from corpusapp.extraction.text_capture import read_text_capture
from corpusapp.text.folding import clean, clean_and_folded, text_hash

TEXT = "text/plain"
SAVED_PAGE = "text/html"


@dataclass(frozen=True, slots=True)
class TextCaptures:
    media_type: str = TEXT
    endings: tuple[str, ...] = (".txt", ".text")

    def extract(self, raw: bytes, options: Options) -> ExtractedArticle:
        decoded = decode(raw)
        # the bytes are those of the text, unless they were others or were mended
        whole = decoded.encoding == "utf-8" and not decoded.mixed and not raw.startswith(BOM_UTF8)
        text, folded = clean_and_folded(decoded.text, raw if whole else None)
        page = read_page(text, folded)
        if not page.lines:
            raise EmptyError
        article = read_text_capture(page, with_default_language(options))
        return with_encoding(article, decoded, text_hash(text) if folded is None else folded.hash)

    def readable(self, raw: bytes) -> str:
        return clean(decode(raw).text)


@dataclass(frozen=True, slots=True)
class SavedPages:
    media_type: str = SAVED_PAGE
    endings: tuple[str, ...] = (".html", ".htm", ".xhtml")

    def extract(self, raw: bytes, options: Options) -> ExtractedArticle:
        with left_for_later():
            saved = read_saved_page(raw)
            article = read_article(saved.page, saved.decoded.text, with_default_language(options))
            return with_encoding(article, saved.decoded, text_hash(rendered_text(saved.page)))

    def readable(self, raw: bytes) -> str:
        return rendered_text(read_saved_page(raw).page)


TEXT_CAPTURES = TextCaptures()
SAVED_PAGES = SavedPages()


def with_default_language(options: Options) -> Options:
    """A capture states no language: that of its folder counts."""
    return (
        options if options.beside is None else replace(options, language=default_language(options))
    )


def with_encoding(
    article: ExtractedArticle, decoded: Decoded, fingerprint: str
) -> ExtractedArticle:
    """The article with how its letters were read, and the fingerprint of its whole text."""
    return replace(
        article,
        doubts=(*article.doubts, *encoding_doubts(decoded)),
        encoding=decoded.encoding,
        text_hash=fingerprint,
    )


def encoding_doubts(decoded: Decoded) -> tuple[Doubt, ...]:
    if decoded.mixed:
        return (doubt("encoding", Code.ENCODING_MIXED, (decoded.encoding,)),)
    if decoded.guessed:
        return (doubt("encoding", Code.ENCODING_GUESSED, (decoded.encoding,)),)
    return ()
