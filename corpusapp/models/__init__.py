"""The truth: what is kept, and what the database promises about it."""

from corpusapp.models.article import Article, new_public_id
from corpusapp.models.audit_entry import Act, AuditEntry
from corpusapp.models.author import Author, AuthorName, Byline
from corpusapp.models.autosave import Autosave, Presence
from corpusapp.models.bulk import insert, update
from corpusapp.models.bulk_run import UNFINISHED, BrokenOff, BulkLeft, BulkRun, LeftWhy
from corpusapp.models.capture import Capture, CaptureBytes
from corpusapp.models.choices import (
    Amends,
    Change,
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
from corpusapp.models.inner_link import InnerLink
from corpusapp.models.labels import Label
from corpusapp.models.learned_furniture import LearnedFurniture
from corpusapp.models.line_change import LineChange
from corpusapp.models.merging import Merging
from corpusapp.models.picture import ALT_OF, Picture
from corpusapp.models.possible_duplicate import PossibleDuplicate
from corpusapp.models.preview_link import PreviewLink
from corpusapp.models.publication import Publication
from corpusapp.models.reads import MostRead, ReadCount
from corpusapp.models.redirect import Redirect
from corpusapp.models.related import Related, TextProfile
from corpusapp.models.rendition import Rendition
from corpusapp.models.revision import Revision, VersionName
from corpusapp.models.search import SearchCount, SearchEntry, SearchStale, SearchWord
from corpusapp.models.section import Section, SectionName
from corpusapp.models.series import Series
from corpusapp.models.source import Source
from corpusapp.models.tag import Tag, Tagging, TagSynonym
from corpusapp.models.text_mark import GatheredMark, TextMark
from corpusapp.models.total import PublicTotal
from corpusapp.models.upload import Upload, UploadPiece

__all__ = [
    "ALT_OF",
    "UNFINISHED",
    "Act",
    "Amends",
    "Article",
    "AuditEntry",
    "Author",
    "AuthorName",
    "Autosave",
    "BrokenOff",
    "BulkLeft",
    "BulkRun",
    "Byline",
    "Capture",
    "CaptureBytes",
    "Change",
    "Correction",
    "Deed",
    "Doubt",
    "FieldOwner",
    "GatheredMark",
    "Glossary",
    "ImportItem",
    "ImportRule",
    "ImportRun",
    "InnerLink",
    "Label",
    "LearnedFurniture",
    "LeftWhy",
    "LineChange",
    "Listing",
    "Merging",
    "MostRead",
    "NameOrder",
    "Outcome",
    "Ownership",
    "Picture",
    "PossibleDuplicate",
    "Precision",
    "Presence",
    "PreviewLink",
    "Progress",
    "PublicTotal",
    "Publication",
    "ReadCount",
    "Redirect",
    "Related",
    "Rendition",
    "Revision",
    "Role",
    "SearchCount",
    "SearchEntry",
    "SearchStale",
    "SearchWord",
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
    "TextProfile",
    "Upload",
    "UploadPiece",
    "Verdict",
    "VersionName",
    "insert",
    "new_public_id",
    "update",
]
