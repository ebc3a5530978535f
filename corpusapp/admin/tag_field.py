"""Tags in a form: words, suggested while typing; a word that is no tag yet may become one."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from corpusapp.editing.tagging import LONGEST_WORD
from corpusapp.models import Tag, Tagging
from corpusapp.text.folding import clean

_MOST = 50
ADD_TAG = "_add_tag"
"""Name of the buttons that accept a suggested tag; the value is its word."""
ADD_TAGS = "_add_tags"
"""Name of the button that accepts all of them; its value are the words, a line each."""


def pressed_tags(posted: Any) -> list[str]:
    return [*posted.getlist(ADD_TAG), *posted.get(ADD_TAGS, "").splitlines()]


class TagsWidget(AutocompleteSelectMultiple):
    """Django's own suggestions; the words chosen are their own values."""

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        # read by select2: what is typed and ended by a comma is a word too
        writing = {"data-tags": "true", "data-token-separators": '[",", "，", "、"]'}
        super().__init__(
            Tagging._meta.get_field("tag"),  # noqa: SLF001 - Django's documented name
            admin.site,
            attrs={**writing, **(attrs or {})},
        )

    @property
    def media(self) -> forms.Media:
        # select2 first: the desk's script sets it right before it is used
        stock: forms.Media = super().media
        return stock + forms.Media(js=["admin/js/jquery.init.js", "corpusapp/desk.js"])

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        attrs: dict[str, Any] = super().build_attrs(base_attrs, extra_attrs)
        # each word has its own cross; the one for all would stand in the list as no item of it
        return {**attrs, "data-allow-clear": "false"}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """The words of the field, and those whose suggestion was pressed."""
        return [*data.getlist(name), *pressed_tags(data)]

    def optgroups(self, name: str, value: Any, attr: Any = None) -> list[Any]:
        options = [
            self.create_option(name, word, word, selected=True, index=index)
            for index, word in enumerate(word for word in value if word)
        ]
        return [(None, options, 0)]


class TagsField(forms.Field):
    """Gives a list of words, each once; an initial value may be tags."""

    widget = TagsWidget

    def prepare_value(self, value: Any) -> list[str]:
        return _words(value or ())

    def to_python(self, value: Any) -> list[str]:
        return _words(value or ())

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > _MOST:
            message = ngettext("At most %d tag.", "At most %d tags.", _MOST) % _MOST
            raise ValidationError(message)
        for word in value:
            if len(word) > LONGEST_WORD:
                raise ValidationError(_("A tag has at most 100 characters."))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return set(_words(initial or ())) != set(_words(data or ()))


def _words(value: Iterable[Tag | str]) -> list[str]:
    words = (" ".join(clean(str(part)).split()) for part in value)
    return list(dict.fromkeys(word for word in words if word))
