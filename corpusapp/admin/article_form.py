"""The form of one article: what may be written, and the refusal to overwrite somebody else's save."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpusapp.admin.article_filters import date_in_words
from corpusapp.admin.body_editor import BodyEditor
from corpusapp.admin.read_next_field import ReadNextField
from corpusapp.admin.rights import other_sections
from corpusapp.admin.tag_field import TagsField
from corpusapp.editing.read_next import choose, chosen
from corpusapp.editing.tagging import known_tags, set_tags, tags_named
from corpusapp.models import Article, Precision
from corpusapp.text.slugs import slugify

# Which field of a capture an editor has answered, and owns, by writing here
FIELD_OF = {
    "title": "title",
    "standfirst": "standfirst",
    "body": "body",
    "author_note": "biography",
    "caption": "caption",
    "section": "section",
    "source": "source",
    "source_address": "source_address",
    "language": "language",
    "tags": "tags",
    "captured_views": "views",
    "published_on": "published_at",
    "published_time": "published_at",
    "published_offset": "published_at",
    "published_precision": "published_at",
}


_LIMITS = {  # of what people write here; columns hold more
    "published_offset": (-14 * 60, 14 * 60),
    "series_position": (1, 32_767),
    "captured_views": (0, 999_999_999_999),
}
CLASH = "clash"  # code of the error of a save that waits for an editor's choice
LOOK = "look"  # code of what is no error: the form is shown again, as a button asked for


class PrintedDay(forms.DateField):
    """A day, or a month or a year as its first day: how precise it is, the form says elsewhere."""

    def to_python(self, value: Any) -> Any:
        words = date_in_words(value) if isinstance(value, str) else None
        if words is None:
            return super().to_python(value)
        year, month, day = words
        return date(year, month or 1, day or 1)


def _within(name: str, field: Any) -> None:
    """Refuse what is beyond the limits of a number in words that name them."""
    least, most = _LIMITS[name]
    text = _("Write a number from %(least)s to %(most)s.") % {
        "least": number_format(least, force_grouping=True),
        "most": number_format(most, force_grouping=True),
    }
    limits = (MinValueValidator, MaxValueValidator)
    field.validators = [
        *(one for one in field.validators if not isinstance(one, limits)),
        MinValueValidator(least, text),
        MaxValueValidator(most, text),
    ]
    field.widget.attrs |= {"min": least, "max": most}


class ArticleForm(forms.ModelForm):
    """What is set by the desk: for who asks, with which button, and what others have written meanwhile."""

    may_make_tags = False
    own_sections: frozenset[int] | None = None  # None: all
    publishing = False
    # both have written in one field: an editor must choose before anything is saved
    clashing = False
    looking = False  # a button asked for a look at the form, and not for a save

    tags = TagsField(
        label=gettext_lazy("Tags"),
        required=False,
        help_text=gettext_lazy("Type a word; end a new one with a comma."),
    )
    read_next = ReadNextField()
    address_end = forms.CharField(
        max_length=80,
        required=False,
        label=gettext_lazy("End of the address"),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy(
            "It follows the title until the article is public or planned. Changed later, every earlier "
            "address leads to the new one; empty: as the title has it."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    settled = forms.TypedMultipleChoiceField(
        coerce=int, required=False, label=gettext_lazy("settled")
    )

    class Meta:
        model = Article
        fields: tuple[str, ...] = ()  # the desk names them in its fieldsets
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2, "class": "title-field"}),
            "standfirst": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
            "withdrawal_note": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
            "author_note": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
            "caption": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
            "body": BodyEditor(attrs={"rows": 28, "class": "vLargeTextField body-field"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        article = self.instance
        self.initial["version"] = article.version
        for name in _LIMITS.keys() & self.fields.keys():
            _within(name, self.fields[name])
        if day := self.fields.get("published_on"):
            self.fields["published_on"] = PrintedDay(
                label=day.label, required=day.required, help_text=day.help_text, widget=day.widget
            )
        if "address_end" in self.fields:
            self.initial["address_end"] = article.slug
            self.fields["address_end"].disabled = article.live_from is None
        if article.pk:
            if "read_next" in self.fields:
                self.initial["read_next"] = stored = chosen(article.pk)
                following: Any = self.fields["read_next"]
                following.stored = frozenset(map(str, stored))
            settled: Any = self.fields["settled"]
            settled.choices = [(pk, pk) for pk in article.doubts.values_list("pk", flat=True)]
            for name in ("title", "standfirst", "body", "author_note", "caption"):
                if name in self.fields:
                    self.fields[name].widget.attrs["lang"] = article.language

    def _get_validation_exclusions(self) -> set[str]:
        """Columns that no field of the form shows, but that promises of the model speak of."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"state", "translation_key"}

    def clean_section(self) -> Any:
        """An editor of some sections files in these: what leaves them is not theirs any more."""
        section = self.cleaned_data["section"]
        number = section.pk if section else None
        if (
            self.own_sections is not None
            and number not in self.own_sections
            and number != self.initial.get("section")
        ):
            raise ValidationError(other_sections())
        return section

    def clean_live_from(self) -> Any:
        """What readers see does not vanish because a moment is set: withdrawing it says so."""
        moment = self.cleaned_data["live_from"]
        if moment and moment > timezone.now() and self.instance.pk:
            stored = Article.objects.published().filter(pk=self.instance.pk)
            if stored.exists():
                raise ValidationError(
                    _("Readers see it already. Withdraw it first, or take it back to review.")
                )
        return moment

    def clean_address_end(self) -> str:
        words = self.cleaned_data["address_end"] or self.cleaned_data.get("title", "")
        return slugify(words)

    def clean_tags(self) -> list[str]:
        words: list[str] = self.cleaned_data["tags"]
        if not self.may_make_tags:
            known = known_tags(words)
            unknown = [word for word in words if word not in known]
            if unknown:
                raise ValidationError(
                    _("You may choose tags, but not make new ones: %(words)s.")
                    % {"words": ", ".join(unknown)}
                )
        return words

    def clean_read_next(self) -> list[int]:
        others: list[int] = self.cleaned_data["read_next"]
        if self.instance.pk in others:
            raise ValidationError(_("An article cannot lead to itself."))
        return others

    def _follow_the_date(self, cleaned: dict[str, Any]) -> None:
        """A year or a month alone is just as precise, whatever was chosen beside it."""
        words = date_in_words(str(self.data.get(self.add_prefix("published_on"), "")))
        if not cleaned.get("published_on") or words is None or words[2]:
            return
        precision = Precision.MONTH if words[1] else Precision.YEAR
        if cleaned.get("published_precision") not in {precision, Precision.YEAR}:
            cleaned["published_precision"] = precision
            if "published_precision" not in self.changed_data:
                self.changed_data.append("published_precision")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._follow_the_date(cleaned)
        if self.clashing or (self.instance.pk and cleaned.get("version") != self.instance.version):
            raise ValidationError(
                _("Nothing is saved yet: somebody else has changed the same. Choose below."),
                code=CLASH,
            )
        if self.looking:
            raise ValidationError(_("Nothing is saved yet."), code=LOOK)
        if self.publishing:
            for name in ("title", "body"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Needed before the article can be published."))
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if "address_end" not in self.fields:
            return
        if self.fields["address_end"].disabled:
            self.instance.slug = ""  # made of the title, also where this save plans the article
        elif "address_end" in self.changed_data and "address_end" in self.cleaned_data:
            self.instance.slug = self.cleaned_data["address_end"]

    def _save_m2m(self) -> None:
        set_tags(self.instance.pk, tags_named(self.cleaned_data["tags"], self.instance.language))
        if "read_next" in self.changed_data:
            choose(self.instance.pk, self.cleaned_data["read_next"])

    def written_fields(self) -> set[str]:
        """The fields of captures in which somebody wrote: their doubts are answered."""
        return {FIELD_OF[name] for name in self.changed_data if name in FIELD_OF}
