"""Which document is it? What makes two captures two states of one page."""

import hashlib

from corpusapp.extraction.article import ExtractedArticle
from corpusapp.importing.files import STANDARD_INPUT, Found
from corpusapp.text.likeness import shared_part, shingle_set
from corpusapp.text.markdown import plain

# Two folders may each hold an index.txt; an edited page shares far more than this with itself
SHARED_AT_LEAST = 0.5


def document_key(found: Found, article: ExtractedArticle, source_key: str) -> str:
    """The address that the capture names, else its name below the folder given, within its source.

    Standard input has no name: there it is the text.
    """
    if article.source_url:
        identity = f"address\0{article.source_url}"
    elif found.path == STANDARD_INPUT:
        identity = f"text\0{article.text_hash}"
    else:
        identity = f"path\0{source_key}\0{found.key}"
    return hashlib.sha256(identity.encode()).hexdigest()


def is_same_page(one: ExtractedArticle, other: ExtractedArticle) -> bool:
    """Whether two captures under one name are states of one page and not two pages."""
    return (
        shared_part(shingle_set(plain(one.body)), shingle_set(plain(other.body))) >= SHARED_AT_LEAST
    )
