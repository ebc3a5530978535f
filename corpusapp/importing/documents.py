"""Which document is it? What makes two captures two states of one page."""

import hashlib

from corpusapp.editing.twins import SHARED_AT_LEAST, body_shingles
from corpusapp.extraction.article import ExtractedArticle
from corpusapp.importing.files import STANDARD_INPUT, Found
from corpusapp.text.addresses import page_key
from corpusapp.text.likeness import shared_part


def document_key(found: Found, article: ExtractedArticle, source_key: str) -> str:
    """The address that the capture names, else its name below the folder given, within its source.

    A record that has an id of its own is found by that wherever it stands in its file; two with one
    id in one file are two documents, for nobody knows that the lower one is the newer.

    Standard input has no name: there it is the text.
    """
    if names_its_page(article):
        identity = f"address\0{page_key(article.source_url)}"
    elif found.path == STANDARD_INPUT:
        identity = f"text\0{article.text_hash}"
    elif article.own_id and not found.repeats_id:
        whole = found.key.rpartition("#")[0] or found.key  # its place in the file may change
        identity = f"id\0{source_key}\0{whole}\0{article.own_id}"
    else:
        identity = f"path\0{source_key}\0{found.key}"
    return hashlib.sha256(identity.encode()).hexdigest()


def names_its_page(article: ExtractedArticle) -> bool:
    """Whether the capture says at which address it stood: then this is its page, whatever its text."""
    return bool(article.source_url and page_key(article.source_url))


def is_same_page(one: ExtractedArticle, other: ExtractedArticle) -> bool:
    """Whether two captures under one name are states of one page and not two pages.

    Two folders may each hold an index.txt; an edited page shares far more than half with itself.
    """
    return shared_part(body_shingles(one.body), body_shingles(other.body)) >= SHARED_AT_LEAST
