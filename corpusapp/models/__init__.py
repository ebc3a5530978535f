"""The truth: what is kept, and what the database promises about it."""

from corpusapp.models.article import Article, new_public_id
from corpusapp.models.author import Author, AuthorName, Byline
from corpusapp.models.capture import Capture, CaptureBytes
from corpusapp.models.choices import (
    Deed,
    Listing,
    NameOrder,
    Outcome,
    Ownership,
    Precision,
    Progress,
    Role,
    Shelf,
    State,
    Verdict,
)
from corpusapp.models.correction import Correction
from corpusapp.models.doubt import Doubt
from corpusapp.models.field_owner import FieldOwner
from corpusapp.models.glossary import Glossary
from corpusapp.models.import_rule import ImportRule
from corpusapp.models.import_run import ImportItem, ImportRun
from corpusapp.models.labels import Label
from corpusapp.models.picture import Picture
from corpusapp.models.possible_duplicate import PossibleDuplicate
from corpusapp.models.publication import Publication
from corpusapp.models.reads import MostRead, ReadCount
from corpusapp.models.redirect import Redirect
from corpusapp.models.rendition import Rendition
from corpusapp.models.section import Section, SectionName
from corpusapp.models.series import Series
from corpusapp.models.source import Source
from corpusapp.models.tag import Tag, Tagging, TagSynonym
from corpusapp.models.text_mark import GatheredMark, TextMark
from corpusapp.models.total import PublicTotal
from corpusapp.models.upload import Upload, UploadPiece

__all__ = [
    "Article",
    "Author",
    "AuthorName",
    "Byline",
    "Capture",
    "CaptureBytes",
    "Correction",
    "Deed",
    "Doubt",
    "FieldOwner",
    "GatheredMark",
    "Glossary",
    "ImportItem",
    "ImportRule",
    "ImportRun",
    "Label",
    "Listing",
    "MostRead",
    "NameOrder",
    "Outcome",
    "Ownership",
    "Picture",
    "PossibleDuplicate",
    "Precision",
    "Progress",
    "PublicTotal",
    "Publication",
    "ReadCount",
    "Redirect",
    "Rendition",
    "Role",
    "Section",
    "SectionName",
    "Series",
    "Shelf",
    "Source",
    "State",
    "Tag",
    "TagSynonym",
    "Tagging",
    "TextMark",
    "Upload",
    "UploadPiece",
    "Verdict",
    "new_public_id",
]
