"""Names that somebody made by mistake, and that nothing has come to stand under: they go again."""

import logging
from collections.abc import Iterable
from typing import Any

from corpusapp.editing.trail import entries_of
from corpusapp.models import Author, AuthorName, MostRead, Section, SectionName, Source

logger = logging.getLogger(__name__)

Printed = Author | Section | Source
_ITS_OWN: tuple[type[Any], ...] = (AuthorName, SectionName, MostRead)  # rows that go along


def drop_unused(names: Iterable[Printed]) -> list[str]:
    """Take away those that are new and that nothing refers to; returns what those were called.

    What is in the bin refers, and so does a capture. Whom an editor has added, changed or confirmed
    at the desk is not new. A transaction must be open; some ten queries for each.
    """
    dropped = []
    for name in names:
        rows: Any = type(name)._default_manager  # noqa: SLF001 - Django's documented name
        # whoever lets something refer to it at this moment is waited for
        row = rows.select_for_update().filter(pk=name.pk).first()
        if row is None or not _is_new(row) or _is_referred_to(row):
            continue
        logger.info("dropped %s %d", row._meta.model_name, row.pk)  # noqa: SLF001
        dropped.append(str(row))
        row.delete()
    return dropped


def _is_new(row: Any) -> bool:
    if isinstance(row, Source):  # which nobody has to confirm
        told = (row.address, row.language, row.rights, row.shows_captured)
        return not any(told) and not entries_of(row).exists()
    return bool(row.is_new) and not entries_of(row).exists()


def _is_referred_to(row: Any) -> bool:
    relations = [
        field
        for field in row._meta.get_fields(include_hidden=True)  # noqa: SLF001
        if field.auto_created and not field.concrete
    ]
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: row}).exists()  # noqa: SLF001
        for relation in relations
        if relation.related_model not in _ITS_OWN
    )
