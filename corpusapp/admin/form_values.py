"""What two people have written in one form, made comparable: what was posted, and what stands.

A page carries a fingerprint of each value that it showed, so that a save can tell who changed what
since: the same input written by two is theirs to choose, any other goes together by itself.
"""

import hashlib
import json
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import QueryDict

from corpusapp.admin.read_next_field import ReadNextField
from corpusapp.text.folding import clean

BASE = "base"  # the hidden input that carries the fingerprints
Posted = dict[str, list[str]]


def verdict_on(ours: Any, theirs: Any, base: str | None, *, chosen: bool) -> str:
    """Whose value it is: "mine", "theirs", or "both" where an editor must choose."""
    if ours == theirs:
        return "mine"
    if chosen or base == fingerprint(ours):
        return "theirs"
    return "mine" if base == fingerprint(theirs) else "both"


def read_base(raw: str) -> dict[str, str]:
    """What the page carried; {} if that is no such thing, and then everything that differs clashes."""
    try:
        found = json.loads(raw)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def fingerprint(value: Any) -> str:
    raw = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def value_of(form: forms.BaseForm, names: list[str], posted: QueryDict | None) -> Any:
    return [_one(form, name, posted) for name in names]


def _one(form: forms.BaseForm, name: str, posted: QueryDict | None) -> Any:
    """The value of an input in a form that can be compared, from what was posted or what stands."""
    field: Any = form.fields[name]
    if isinstance(field, ReadNextField):  # in their order
        given = form[name].initial if posted is None else posted.getlist(form.add_prefix(name))
        return list(map(str, given or ()))
    if posted is None:
        return _comparable(form[name].initial)
    raw = field.widget.value_from_datadict(posted, {}, form.add_prefix(name))
    try:
        return _comparable(field.clean(raw))
    except ValidationError:
        return ["unreadable", str(raw)]


def _comparable(value: Any) -> Any:
    """JSON, the same for what was posted and for what stands."""
    if hasattr(value, "all"):
        value = list(value.all())
    match value:
        case None:
            plain: Any = ""
        case bool() | int():
            plain = value
        case str():
            plain = "\n".join(clean(value).splitlines()).strip()
        case Model():
            plain = value.pk
        case datetime():
            plain = int(value.timestamp())
        case list() | tuple():
            plain = sorted(map(str, value))
        case _:
            plain = str(value)
    return plain


def take(posted: QueryDict, form: forms.BaseForm, names: list[str]) -> None:
    """Put what stands in the place of what was posted."""
    for name in names:
        for input_name in _inputs(form, name):
            posted.pop(input_name, None)
        for input_name, values in _as_posted(form, name).items():
            posted.setlist(input_name, values)


def _inputs(form: forms.BaseForm, name: str) -> list[str]:
    widget = form.fields[name].widget
    if isinstance(widget, forms.MultiWidget):
        parts: Any = widget
        return [f"{form.add_prefix(name)}{suffix}" for suffix in parts.widgets_names]
    return [form.add_prefix(name)]


def _as_posted(form: forms.BaseForm, name: str) -> Posted:
    """What a browser would post if nobody touched this input."""
    widget: Any = form.fields[name].widget
    value = form[name].value()
    name = form.add_prefix(name)
    if hasattr(widget, "widgets_names"):
        parts = zip(widget.widgets_names, widget.widgets, widget.decompress(value), strict=True)
        return {f"{name}{suffix}": [part.format_value(one) or ""] for suffix, part, one in parts}
    inner = getattr(widget, "widget", widget)
    if isinstance(inner, forms.CheckboxInput):
        return {name: ["on"]} if value else {}
    shown = value if isinstance(value, list) else inner.format_value(value)
    many = shown if isinstance(shown, list) else [shown]
    return {name: ["" if one is None else str(one) for one in many]}


def readable(form: forms.BaseForm, names: list[str]) -> str:
    """What stands in these inputs, for people."""
    return " · ".join(filter(None, (_shown(form, name) for name in names)))


def _shown(form: forms.BaseForm, name: str) -> str:
    field: Any = form.fields[name]
    value = form[name].value()
    match field:
        case ReadNextField():
            text = "\n".join(field.titles(value))
        case forms.ModelMultipleChoiceField():
            rows: Any = field.queryset
            text = ", ".join(map(str, rows.filter(pk__in=_keys(value))))
        case _ if isinstance(value, (list, tuple)):
            text = "\n".join(str(one) for one in value if one)
        case forms.ModelChoiceField():
            text = str(_row_named(field, value))
        case forms.ChoiceField():
            choices: Any = field.choices
            text = str(dict(choices).get(value, value or ""))
        case _ if isinstance(value, bool):
            text = "✓" if value else "–"
        case _:
            text = "" if value is None else str(value).replace("\r\n", "\n")
    return text


def _keys(value: Any) -> list[Any]:
    """What stands is told as rows, what was posted as their ids."""
    return [one.pk if isinstance(one, Model) else one for one in value or ()]


def _row_named(field: Any, value: Any) -> Any:
    try:
        return field.clean(value) or "–"
    except ValidationError:
        return value
