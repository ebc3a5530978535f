"""Deeds over many articles in an editor's words: what they are called, what they leave, and why."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corpusapp.admin.doubt_words import Words
from corpusapp.editing.bulk_deeds import (
    NoLongerThereError,
    Parameters,
    date_of,
    section_of,
    source_of,
    tags_of,
)
from corpusapp.editing.bulk_plans import Plan, in_batches, titles_of
from corpusapp.models import Article, LeftWhy, State

NAMES: dict[str, Words] = {
    "publish": gettext_lazy("Publish articles"),
    "withdraw": gettext_lazy("Withdraw articles"),
    "review": gettext_lazy("Back to review"),
    "draft": gettext_lazy("Make it a draft"),
    "tag": gettext_lazy("Add tags"),
    "untag": gettext_lazy("Remove tags"),
    "suggest": gettext_lazy("Give suggested tags"),
    "section": gettext_lazy("Set the section"),
    "source": gettext_lazy("Set the source"),
    "language": gettext_lazy("Set the language"),
    "date": gettext_lazy("Set the date"),
    "reread": gettext_lazy("Read the captures again"),
    "bin": gettext_lazy("Put in the bin"),
    "restore": gettext_lazy("Restore from the bin"),
}


@dataclass(frozen=True, slots=True)
class Apart:
    """Articles that the deed leaves as they are, and why."""

    why: str
    titles: list[str]
    count: int

    @property
    def more(self) -> int:
        return max(0, self.count - len(self.titles)) if self.titles else 0


def apart(plan: Plan) -> list[Apart]:
    return [
        Apart(left_words(why, len(ids)), titles_of(ids), len(ids))
        for why, ids in plan.left.items()
        if ids
    ]


def said_of(deed: str, parameters: Parameters) -> str:
    """What the log says of each article, in the language of who asks; 1 query at most."""
    try:
        return _SAID[deed](parameters)
    except NoLongerThereError:
        return str(NAMES[deed])


def _tags(parameters: Parameters) -> str:
    return ", ".join(map(str, tags_of(parameters)))


_SAID: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "publish": lambda _asked: _("Published."),
    "withdraw": lambda _asked: _("Withdrawn."),
    "review": lambda _asked: _("State: %(state)s.") % {"state": State.REVIEW.label},
    "draft": lambda _asked: _("State: %(state)s.") % {"state": State.DRAFT.label},
    "tag": lambda asked: _("Added tags: %(tags)s.") % {"tags": _tags(asked)},
    "untag": lambda asked: _("Removed tags: %(tags)s.") % {"tags": _tags(asked)},
    "suggest": lambda _asked: _("Added suggested tags."),
    "section": lambda asked: _("Section: %(section)s.") % {"section": section_of(asked) or "–"},
    "source": lambda asked: _("Source: %(source)s.") % {"source": source_of(asked) or "–"},
    "language": lambda asked: _("Language: %(language)s.") % {"language": asked["language"]},
    "date": lambda asked: _("Date: %(date)s.") % {"date": date_of(asked)[2] or "–"},
    "reread": lambda _asked: _("Captures read again."),
    "bin": lambda _asked: _("Put in the bin."),
    "restore": lambda _asked: _("Restored from the bin."),
}


def done_words(deed: str, count: int) -> str:
    """How many articles it was done to."""
    return _DONE.get(deed, _changed)(count) % {"count": number_format(count, force_grouping=True)}


def _changed(count: int) -> str:
    return ngettext("Changed %(count)s article.", "Changed %(count)s articles.", count)


def _moved(count: int) -> str:
    return ngettext("Moved %(count)s article.", "Moved %(count)s articles.", count)


def _tagged(count: int) -> str:
    return ngettext("Added tags to %(count)s article.", "Added tags to %(count)s articles.", count)


_DONE: dict[str, Callable[[int], str]] = {
    "publish": lambda count: ngettext(
        "Published %(count)s article.", "Published %(count)s articles.", count
    ),
    "withdraw": lambda count: ngettext(
        "Withdrew %(count)s article.", "Withdrew %(count)s articles.", count
    ),
    "review": _moved,
    "draft": _moved,
    "tag": _tagged,
    "untag": lambda count: ngettext(
        "Removed tags from %(count)s article.", "Removed tags from %(count)s articles.", count
    ),
    "suggest": _tagged,
    "bin": lambda count: ngettext(
        "Put %(count)s article in the bin.", "Put %(count)s articles in the bin.", count
    ),
    "restore": lambda count: ngettext(
        "Restored %(count)s article.", "Restored %(count)s articles.", count
    ),
}


def readers_lose(ids: Sequence[int]) -> str:
    """The sentence that says how many of these articles vanish from the public pages; "" for none."""
    public = Article.objects.filter(state=State.PUBLISHED, binned_at=None)
    count = sum(public.filter(pk__in=batch).count() for batch in in_batches(ids))
    if not count:
        return ""
    return ngettext(
        "%(count)s of these articles is published and will vanish from the public pages.",
        "%(count)s of these articles are published and will vanish from the public pages.",
        count,
    ) % {"count": number_format(count, force_grouping=True)}


# Why articles are left ---------------------------------------------------------------------------


def left_words(why: LeftWhy, count: int) -> str:
    """The sentence that tells why so many are left as they are."""
    return _LEFT[why](count)


def _counted(sentence: str, count: int) -> str:
    return sentence % {"count": number_format(count, force_grouping=True)}


def _in_bin(count: int) -> str:
    text = ngettext(
        "%(count)s article lies in the bin.", "%(count)s articles lie in the bin.", count
    )
    return _counted(text, count)


def _not_in_bin(count: int) -> str:
    text = ngettext(
        "%(count)s article does not lie in the bin.",
        "%(count)s articles do not lie in the bin.",
        count,
    )
    return _counted(text, count)


def _public_already(count: int) -> str:
    text = ngettext(
        "%(count)s article is published or planned already.",
        "%(count)s articles are published or planned already.",
        count,
    )
    return _counted(text, count)


def _not_published(count: int) -> str:
    text = ngettext(
        "%(count)s article is not published.", "%(count)s articles are not published.", count
    )
    return _counted(text, count)


def _incomplete(count: int) -> str:
    text = ngettext(
        "%(count)s article needs a title and a text first.",
        "%(count)s articles need a title and a text first.",
        count,
    )
    return _counted(text, count)


def _wrong_state(count: int) -> str:
    text = ngettext(
        "%(count)s article is not in a state for that.",
        "%(count)s articles are not in a state for that.",
        count,
    )
    return _counted(text, count)


def _has_it(count: int) -> str:
    text = ngettext(
        "%(count)s article stands like that already.",
        "%(count)s articles stand like that already.",
        count,
    )
    return _counted(text, count)


def _has_edition(count: int) -> str:
    text = ngettext(
        "%(count)s article has an edition in that language already.",
        "%(count)s articles have an edition in that language already.",
        count,
    )
    return _counted(text, count)


def _not_yours(count: int) -> str:
    text = ngettext(
        "%(count)s article is not yours to change.",
        "%(count)s articles are not yours to change.",
        count,
    )
    return _counted(text, count)


def not_theirs(count: int) -> str:
    """As somebody else reads it than whose deed it is."""
    text = ngettext(
        "%(count)s article is not theirs to change.",
        "%(count)s articles are not theirs to change.",
        count,
    )
    return _counted(text, count)


def _strayed(count: int) -> str:
    text = ngettext(
        "%(count)s article has changed since you looked, and is left as it is.",
        "%(count)s articles have changed since you looked, and are left as they are.",
        count,
    )
    return _counted(text, count)


def _held(count: int) -> str:
    text = ngettext(
        "%(count)s article is held back by a doubt and stays as it was.",
        "%(count)s articles are held back by a doubt and stay as they were.",
        count,
    )
    return _counted(text, count)


def _refused(count: int) -> str:
    text = ngettext(
        "The capture of %(count)s article could not be read again.",
        "The captures of %(count)s articles could not be read again.",
        count,
    )
    return _counted(text, count)


_LEFT: dict[LeftWhy, Callable[[int], str]] = {
    LeftWhy.STRAYED: _strayed,
    LeftWhy.HELD: _held,
    LeftWhy.NOT_YOURS: _not_yours,
    LeftWhy.IN_BIN: _in_bin,
    LeftWhy.NOT_IN_BIN: _not_in_bin,
    LeftWhy.PUBLIC: _public_already,
    LeftWhy.NOT_PUBLISHED: _not_published,
    LeftWhy.INCOMPLETE: _incomplete,
    LeftWhy.WRONG_STATE: _wrong_state,
    LeftWhy.SAME: _has_it,
    LeftWhy.HAS_EDITION: _has_edition,
    LeftWhy.REFUSED: _refused,
}
