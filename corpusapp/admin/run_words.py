"""Runs in an editor's words: what they are, who made them, what undoing one does."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from corpusapp.admin.doubt_words import field_words
from corpusapp.importing.undone import Undone, Why
from corpusapp.models import Deed, ImportRun, Outcome

_NOT_ASKED = frozenset({"not_understood"})
_LONGEST_PATH = 40
_LONGEST_ASKED = 120


def what(run: ImportRun) -> str:
    if run.kind == Deed.UNDO:
        return _("Undoing of run %(number)s") % {"number": run.undoes_id}
    return str(run.get_kind_display())


def who(run: ImportRun) -> str:
    """The editor, or the account of the machine for a command."""
    if run.user:
        return str(run.user)
    return _("%(account)s, at the command line") % {"account": run.account or "–"}


def took(run: ImportRun) -> str:
    if run.finished_at is None:
        return _("not finished")
    seconds = (run.finished_at - run.started_at).total_seconds()
    if seconds < 60:  # noqa: PLR2004 - a minute
        return _("%(seconds)s s") % {"seconds": number_format(seconds, 1)}
    return _("%(minutes)s min") % {"minutes": number_format(seconds / 60, 1)}


def options(run: ImportRun) -> list[tuple[str, str]]:
    """[(name, value)] of what was asked for, and of what came of the run as a whole."""
    names = {
        "paths": _("paths"),
        "recursive": _("folders within"),
        "watch": _("watching"),
        "stopped": _("stopped"),
        "not_understood": _("columns not understood"),
        "publish": _("publish at once"),
        "source": _("source"),
        "section": _("section"),
        "language": _("language"),
        "tags": _("tags"),
        "rule": _("rule"),
        "field": _("field"),
        "below": _("less sure than"),
        "extractor": _("extractor version"),
        "in_bulk": _("in bulk, of articles"),
        "bulk_run": _("bulk change"),
    }
    return [(str(names.get(name, name)), _value(value)) for name, value in run.options.items()]


def asked(run: ImportRun) -> str:
    """What was asked for, on one line and shortened: enough to tell one run from another."""
    parts = []
    named = dict(zip(run.options, options(run), strict=True))
    for name in sorted(named, key=lambda name: (name != "paths", name)):
        words, value = named[name]
        if name == "paths" and run.options[name]:
            parts.append(_paths(run.options[name]))
        elif run.options[name] is True:
            parts.append(words)
        elif name not in _NOT_ASKED:
            parts.append(f"{words}: {Truncator(value).chars(_LONGEST_PATH)}")
    return Truncator("; ".join(parts)).chars(_LONGEST_ASKED)


def _paths(paths: Sequence[str]) -> str:
    """The first by its end, which tells it from others, and how many there are besides."""
    first = str(paths[0])
    if len(first) > _LONGEST_PATH:
        first = "…" + first[1 - _LONGEST_PATH :]
    return f"{first} +{len(paths) - 1}" if len(paths) > 1 else first


def _value(value: Any) -> str:
    if value is True:
        return _("yes")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def files_address(run: ImportRun, outcome: Outcome) -> str:
    files = {"run__id__exact": run.pk, "outcome__exact": str(outcome)}
    return reverse("admin:corpusapp_importitem_changelist", query=files)


def has_files(run: ImportRun, outcome: Outcome) -> bool:
    """Whether the ledger names them: what an import found unchanged, it counts and leaves."""
    return outcome != Outcome.UNCHANGED or run.kind == Deed.UNDO


def line_words(line: Undone) -> str:
    """What undoing does with one file, as a sentence or two."""
    parts = []
    if line.taken_away == "binned":
        parts.append(_("Goes to the bin."))
    elif line.taken_away:
        parts.append(_("Is withdrawn; its address says so."))
    if line.given_back:
        parts.append(_("Comes back."))
    if line.restored:
        fields = ", ".join(str(field_words(name)) for name in line.restored)
        parts.append(_("As before: %(fields)s.") % {"fields": fields})
    if line.left:
        parts.append(_left(line.left))
    if line.note:
        parts.append(_note(line.note))
    return " ".join(parts)


def _left(left: Mapping[str, Why]) -> str:
    told = ", ".join(f"{field_words(name)} ({_why(why)})" for name, why in left.items())
    return _("Stays as it is: %(fields)s.") % {"fields": told}


def _why(why: Why) -> str:
    match why.code:
        case "later":
            return _("changed again by run %(number)s") % {"number": why.run}
        case "needed":
            return _("a published article needs it")
        case _:
            return _("edited since")


def _note(note: str) -> str:
    return {
        "gone": _("Its article is gone."),
        "in_bin": _("It is in the bin already."),
        "withdrawn": _("It is withdrawn already."),
        "worked_on": _("An editor had worked on it."),
        "moved": _("Its state has changed since."),
    }[note]
