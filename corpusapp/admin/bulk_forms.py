"""What is asked between choosing articles in the list and doing something to all of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpusapp.admin.desk import CleanLine, CleanText
from corpusapp.admin.tag_field import TagsField
from corpusapp.editing.tagging import known_tags
from corpusapp.models import Section


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
