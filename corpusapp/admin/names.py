"""Forms of what articles belong to: addresses that stay free, and words that mean one thing."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from corpusapp.admin.desk import DeskRows
from corpusapp.editing.naming import free_slug, label_key
from corpusapp.models import Author, Listing, Redirect, Section, Series, Tag

_KINDS = {
    Author: Listing.AUTHOR,
    Section: Listing.SECTION,
    Series: Listing.SERIES,
    Tag: Listing.TAG,
}


class AddressedForm(forms.ModelForm):
    """Left empty, the slug is made from the name. An old address of another thing stays its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        model: Any = self._meta.model
        slug: str = self.cleaned_data.get("slug") or ""
        if not slug:
            return str(self.instance.slug) or free_slug(model, self.cleaned_data.get("name") or "")
        old = Redirect.objects.filter(kind=_KINDS[model], slug=slug)
        if old.exclude(target=self.instance.pk or 0).exists():
            raise ValidationError(
                _("This is the old address of another one, and still leads there.")
            )
        return slug


class KeyedForm(forms.ModelForm):
    """Sets the folded `key` by which imports find the row, so that its promise can be checked."""

    key_of = "text"
    key_limit = 200

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if text := cleaned.get(self.key_of):
            self.instance.key = self.key(text)
        return cleaned

    def key(self, text: str) -> str:
        return label_key(text, self.key_limit)

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"key"}


class KeyedFormSet(DeskRows):
    """Two new rows with one key would pass each on its own."""

    def clean(self) -> None:
        super().clean()
        seen: set[str] = set()
        for form in self.forms:
            if not form.is_valid() or self._should_delete_form(form) or not form.has_changed():  # type: ignore[attr-defined]
                continue
            key = form.instance.key
            if key in seen:
                form.add_error(None, _("This word stands here twice."))
            seen.add(key)
