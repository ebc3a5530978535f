"""All desks. Imported once the site stands (see `corpusapp.apps`).

Registering while the site is being made would register with one that is thrown away.
"""

from corpusapp.admin import (
    article,
    audit_entry,
    author,
    bulk_run,
    capture,
    correction,
    glossary,
    import_rule,
    import_run,
    picture,
    possible_duplicate,
    read_count,
    reading_room,
    redirect,
    section,
    source,
    tag,
    user,
)

__all__ = [
    "article",
    "audit_entry",
    "author",
    "bulk_run",
    "capture",
    "correction",
    "glossary",
    "import_rule",
    "import_run",
    "picture",
    "possible_duplicate",
    "read_count",
    "reading_room",
    "redirect",
    "section",
    "source",
    "tag",
    "user",
]
