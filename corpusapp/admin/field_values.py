"""What a field of an article holds, in an editor's words: for histories and the trail."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from corpusapp.admin.doubt_words import Words, field_words
from corpusapp.editing.desk_fields import PICTURE_WORDS
from corpusapp.editing.telling import around_change, readable
from corpusapp.models import Picture, State

_SHORT = 100  # characters of a value in a list


def in_words(name: str, value: Any) -> str:
    """All of it; "" where the field is empty."""
    match name:
        case "picture" if isinstance(value, dict):
            return "\n".join(_picture(value))
        case "live_from" if value:
            return f"{timezone.localtime(datetime.fromisoformat(value)):%Y-%m-%d %H:%M}"
        case "state" if value in State.values:
            return str(State(value).label)
        case _ if isinstance(value, bool):
            return pgettext("value", "Yes") if value else pgettext("value", "No")
        case _:
            return readable(name, value)


def _picture(value: dict[str, Any]) -> list[str]:
    lines = [str(value["name"])]
    for part in PICTURE_WORDS:
        word = value.get(part)
        if word:
            column: Any = Picture._meta.get_field(part)  # noqa: SLF001 - Django's documented name
            label = column.verbose_name
            lines.append(str(label) if word is True else f"{label}: {word}")
    return lines


def in_short(name: str, value: Any) -> str:
    """On one line, for a list; "–" where the field is empty."""
    text = " / ".join(in_words(name, value).split("\n"))
    if not text:
        return "–"
    return f"{text[:_SHORT]} …" if len(text) > _SHORT else text


def change_in_short(name: str, before: Any, after: Any) -> tuple[Words, str, str]:
    """A changed field: its name, what went and what came."""
    if isinstance(after, dict) and "sha256" in after:  # a text: where it changed, if that was noted
        if "was" not in after:
            return field_words(name), in_short(name, before), _("another text")
        return field_words(name), after["was"] or "–", after["became"] or "–"
    was, became = in_words(name, before), in_words(name, after)
    if max(len(was), len(became)) > _SHORT:
        was, became = around_change(was, became)
        return field_words(name), was or "–", became or "–"
    return field_words(name), in_short(name, before), in_short(name, after)
