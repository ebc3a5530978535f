"""The closed lists of the data model, with the words editors see."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    REVIEW = "review", pgettext_lazy("state", "In review")
    DRAFT = "draft", pgettext_lazy("state", "Draft")
    PUBLISHED = "published", pgettext_lazy("state", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("state", "Withdrawn")


class Precision(models.TextChoices):
    """How much of a publication date was printed."""

    UNKNOWN = "", _("Unknown")
    YEAR = "year", _("Year")
    MONTH = "month", _("Month")
    DAY = "day", _("Day")
    MINUTE = "minute", _("Minute")


class Role(models.TextChoices):
    AUTHOR = "author", _("Author")
    TRANSLATOR = "translator", _("Translator")
    INTERVIEWER = "interviewer", _("Interviewer")
    EDITOR = "editor", _("Editor")


class Amends(models.TextChoices):
    """What readers are told about an article that was wrong."""

    CORRECTION = "correction", pgettext_lazy("notice", "Correction")
    RETRACTION = "retraction", pgettext_lazy("notice", "Retraction")


class Outcome(models.TextChoices):
    """What an import made of one document."""

    CREATED = "created", pgettext_lazy("outcome", "Created")
    UPDATED = "updated", pgettext_lazy("outcome", "Updated")
    UNCHANGED = "unchanged", pgettext_lazy("outcome", "Unchanged")
    DUPLICATE = "duplicate", pgettext_lazy("outcome", "Duplicate")
    CONFLICT = "conflict", pgettext_lazy("outcome", "Conflict")
    REFUSED = "refused", pgettext_lazy("outcome", "Refused")


class Deed(models.TextChoices):
    """What kind of run a line of the ledger is."""

    IMPORT = "import", pgettext_lazy("run", "Import")
    UNDO = "undo", pgettext_lazy("run", "Undoing")
    REEXTRACTION = "reextract", pgettext_lazy("run", "New extraction")


class Ownership(models.TextChoices):
    """Why a field is an editor's. One that has no owner is whatever the captures give."""

    EDITED = "edited", pgettext_lazy("ownership", "Written by an editor")
    CONFIRMED = "confirmed", pgettext_lazy("ownership", "Confirmed by an editor")


class Change(models.TextChoices):
    """How a person came to change an article."""

    EDITED = "edited", pgettext_lazy("change", "Edited")
    RESTORED = "restored", pgettext_lazy("change", "Restored")
    TOGETHER = "together", pgettext_lazy("change", "Changed together with others")
    DECIDED = "decided", pgettext_lazy("change", "A conflict decided")
    NAMED = "named", pgettext_lazy("change", "Named")
    MOVED = "moved", pgettext_lazy("change", "Moved")


class Verdict(models.TextChoices):
    """What an editor makes of a possible duplicate."""

    OPEN = "", pgettext_lazy("verdict", "Not decided")
    KEEP_BOTH = "keep_both", pgettext_lazy("verdict", "Keep both")
    NEWER = "newer", pgettext_lazy("verdict", "Newer version")
    MERGED = "merged", pgettext_lazy("verdict", "Merged")


class NameOrder(models.TextChoices):
    GIVEN_FIRST = "given", _("Given name first")
    FAMILY_FIRST = "family", _("Family name first")
    WHOLE = "whole", _("One whole name (organisation, pen name)")


class Shelf(models.TextChoices):
    """The three languages readers browse in, spelled as in addresses.

    An article stands on the shelf of its own language; one in any other language stands on that
    of `DEFAULT_LANGUAGE`.
    """

    EN = "en", _("English")
    ZH_HANS = "zh-hans", _("Simplified Chinese")
    ZH_HANT = "zh-hant", _("Traditional Chinese")


class Listing(models.TextChoices):
    """The public lists whose totals are kept."""

    ALL = "all", _("All")
    SECTION = "section", _("Section")
    AUTHOR = "author", _("Author")
    TAG = "tag", _("Tag")
    YEAR = "year", _("Year")
    MONTH = "month", _("Month")
    SERIES = "series", _("Series")


class Progress(models.TextChoices):
    """How far work in the background has come: an upload, or a deed over many articles."""

    RECEIVING = "receiving", _("arriving")
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("under way")
    DONE = "done", _("finished")
    STOPPED = "stopped", _("stopped")
    FAILED = "failed", _("broken off")
