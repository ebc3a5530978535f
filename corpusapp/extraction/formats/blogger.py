"""What is special about entries of a Blogger export: an Atom feed in which not all entries are posts.

An export of a whole blog holds its comments, settings and template as entries too. The older form
says what an entry is in a category, and what is not public in the publishing protocol's own words;
the newer one has elements of its own for both.
"""

from collections.abc import Mapping

from corpusapp.extraction.field_names import is_no
from corpusapp.extraction.formats.xml_parsing import Node

BLOGGER = "http://schemas.google.com/blogger/"
_PUBLISHING = ("http://www.w3.org/2007/app", "http://purl.org/atom/app#")
_KIND = "#kind"  # how the scheme of that category ends, whatever its year
_POSTS = frozenset(("", "post", "page"))
_THROWN_AWAY = frozenset(("trash", "trashed", "soft_trashed", "deleted"))


def is_kind(category: Mapping[str, str]) -> bool:
    """Whether a category says what the entry is, and not what it is about."""
    return category.get("scheme", "").endswith(_KIND)


def kind_of(category: Mapping[str, str]) -> str:
    """Of "http://schemas.google.com/blogger/2008/kind#comment" the last word."""
    return category.get("term", "").rpartition("#")[2]


def no_document(kind: str, status: str) -> str:
    """What an entry is that is no document ("Blogger comment"); "" for a document."""
    kind = kind.strip().lower()
    if kind not in _POSTS:
        return f"Blogger {kind}"
    return "thrown away in Blogger" if status.strip().lower() in _THROWN_AWAY else ""


def kept_back(entry: Node) -> dict[str, str]:
    """What an entry says of whether it is public, as fields that stated.py knows."""
    said = {"status": entry.first("status", BLOGGER)}
    for control in entry.all("control"):
        drafts = [control.first("draft", space) for space in _PUBLISHING]
        if any(draft and not is_no(draft) for draft in drafts):
            said["draft"] = "yes"
    return said
