"""What is asked between choosing articles in the list and doing something to all of them."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpusapp.admin.desk import CleanLine, CleanText, LanguageTag
from corpusapp.admin.tag_field import TagsField
from corpusapp.editing.tagging import known_tags
from corpusapp.models import Precision, Section, Source


class NoQuestion(forms.Form):
    pass


class PublishForm(forms.Form):
    held_too = forms.BooleanField(
        label=gettext_lazy("Publish those that a doubt holds back, too"), required=False
    )


class WithdrawForm(forms.Form):
    note = CleanText(
        label=gettext_lazy("Withdrawal note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("What readers of the old address are told."),
    )
    why = CleanLine(
        label=gettext_lazy("Why"),
        max_length=500,
        help_text=gettext_lazy("For the trail; readers do not see it."),
    )


class TagsForm(forms.Form):
    tags = TagsField(label=gettext_lazy("Tags"))

    def __init__(self, *args: Any, may_make: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_make = may_make

    def clean_tags(self) -> list[str]:
        words: list[str] = self.cleaned_data["tags"]
        if not self.may_make:
            known = known_tags(words)
            unknown = [word for word in words if word not in known]
            if unknown:
                raise forms.ValidationError(
                    _("There is no such tag: %(words)s.") % {"words": ", ".join(unknown)}
                )
        return words


class SectionForm(forms.Form):
    section = forms.ModelChoiceField(
        Section.objects.all(),
        label=gettext_lazy("Section"),
        required=False,
        empty_label=gettext_lazy("No section"),
    )

    def __init__(self, *args: Any, sections: Collection[int] | None = None, **kwargs: Any) -> None:
        """`sections`: ids of those that may be chosen; None: any, and none at all."""
        super().__init__(*args, **kwargs)
        if sections is not None:
            field: Any = self.fields["section"]
            field.queryset = Section.objects.filter(pk__in=sections)
            field.required = True
            field.empty_label = None


class SourceForm(forms.Form):
    source = forms.ModelChoiceField(
        Source.objects.all(),
        label=gettext_lazy("Source"),
        required=False,
        empty_label=gettext_lazy("No source"),
    )


class LanguageForm(forms.Form):
    language = LanguageTag(
        label=gettext_lazy("Language"),
        max_length=35,
        help_text=gettext_lazy("en, zh-Hans, zh-Hant, de, …"),
    )


class DateForm(forms.Form):
    published = forms.DateField(
        label=gettext_lazy("Date, as printed"),
        required=False,
        widget=forms.DateInput(attrs={"placeholder": "2015-05-21"}),
        help_text=gettext_lazy("For a month or a year: any day of it. Empty: unknown."),
    )
    precision = forms.ChoiceField(
        label=gettext_lazy("Precise to"),
        choices=[
            (one.value, one.label) for one in (Precision.DAY, Precision.MONTH, Precision.YEAR)
        ],
    )


class ExportForm(forms.Form):
    form = forms.ChoiceField(
        label=gettext_lazy("As"),
        choices=[
            ("csv", gettext_lazy("Table (CSV), without the texts")),
            ("jsonl", gettext_lazy("Records (JSON Lines), whole, to be imported again")),
        ],
        widget=forms.RadioSelect,
        initial="csv",
    )
