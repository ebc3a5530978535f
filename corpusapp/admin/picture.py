from contextlib import AbstractContextManager
from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpusapp.admin.desk import DeskAdmin
from corpusapp.admin.none_overwritten import NoneOverwritten
from corpusapp.admin.rights import is_own_picture
from corpusapp.editing.pictures import (
    NotAPictureError,
    PictureError,
    TooLargeError,
    remove_files,
    take_in,
)
from corpusapp.editing.revisions import revised
from corpusapp.editing.undescribed import doubt_texts_with, in_texts
from corpusapp.models import ALT_OF, Article, Picture


def in_words(error: PictureError) -> str:
    """Why an upload is not taken."""
    if isinstance(error, TooLargeError):
        return _("This picture is too large: at most 20 MB and 50 megapixels.")
    if isinstance(error, NotAPictureError):
        return _("This is no JPEG, PNG, WebP or GIF, or it is damaged.")
    return str(error)


def no_alt() -> str:
    return _("Say what it shows, or tick that it only decorates.")


class PictureForm(forms.ModelForm):
    """A new row takes its file in when the form is looked at: what is no picture is an error of the form."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "JPEG, PNG, WebP or GIF, at least 1600 pixels wide if it is to fill a page. Sizes for all screens"
            " are made of it; where and with what it was taken is not kept."
        ),
    )

    class Meta:
        model = Picture
        fields: tuple[str, ...] = ()  # the desk names them

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["file"]
        elif "name" in self.fields:
            self.fields["name"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        upload = cleaned.get("file")
        if upload is None or self.errors:
            return cleaned
        cleaned["name"] = cleaned.get("name") or upload.name[:200]
        if not (cleaned.get("is_decorative") or any(map(cleaned.get, ALT_OF.values()))):
            self.add_error("alt_en", no_alt())
            return cleaned
        try:
            take_in(self.instance, upload)
        except PictureError as error:
            self.add_error("file", in_words(error))
        return cleaned


class ByDescription(admin.SimpleListFilter):
    """What nobody can know who does not see it; the desk's first page counts the same."""

    title = gettext_lazy("description")
    parameter_name = "alt"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return (("missing", gettext_lazy("Missing")),)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.undescribed() if self.value() == "missing" else queryset


@admin.register(Picture)
class PictureDesk(NoneOverwritten, DeskAdmin):
    form = PictureForm
    list_display = ("name", "thumbnail", "alt_en", "credit", "added_at")
    list_filter = (ByDescription,)
    search_fields = ("name", "alt_en", "alt_zh_hans", "alt_zh_hant", "credit")
    ordering = ("-pk",)
    readonly_fields = ("thumbnail", "in_a_text")
    actions = None  # one at a time: a list's own deletion would leave the files

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = ("thumbnail", "in_a_text") if obj else ("file",)
        return (
            (None, {"fields": (*shown, "name")}),
            (
                gettext_lazy("For those who cannot see it"),
                {"fields": (*ALT_OF.values(), "is_decorative")},
            ),
            (None, {"fields": ("credit",)}),
        )

    @admin.display(description=gettext_lazy("picture"))
    def thumbnail(self, picture: Picture) -> str:
        width, height = picture.sizes[0]
        return format_html(
            '<img src="{}" width="120" height="{}" alt="">',
            picture.address(width, height, "jpg"),
            round(120 * height / width),
        )

    @admin.display(description=gettext_lazy("in a text"))
    def in_a_text(self, picture: Picture) -> str:
        """What an editor puts into a body to have the picture there."""
        return f"![{picture.alt_en}]({picture.address(*picture.usual(), 'jpg')})"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or is_own_picture(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or is_own_picture(request, obj))

    def save_model(self, request: HttpRequest, obj: Picture, form: Any, change: bool) -> None:
        """Its words are told in the history of the articles that it leads."""
        with _in_their_history(obj):
            super().save_model(request, obj, form, change)
        if change and "is_decorative" in form.changed_data:
            doubt_texts_with(obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """The articles that show a picture, also those in the bin, keep it from going."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        for picture in objs:
            protected += [_link_to(article) for article in _showing(picture)]
        return deleted, counts, lacking, protected

    def delete_model(self, request: HttpRequest, obj: Picture) -> None:
        with _in_their_history(obj):
            super().delete_model(request, obj)
        transaction.on_commit(lambda: remove_files(obj))


def _showing(picture: Picture) -> QuerySet[Article]:
    shown = Q(pk__in=in_texts(picture).values("pk")) | Q(picture=picture)
    return Article.objects.filter(shown).only("title", "public_id", "language").order_by("pk")


def _link_to(article: Article) -> str:
    address = reverse("admin:corpusapp_article_change", args=[article.pk])
    return format_html('<a href="{}" lang="{}">{}</a>', address, article.language, article)


def _in_their_history(picture: Picture) -> AbstractContextManager[None]:
    ids = picture.articles.values_list("pk", flat=True) if picture.pk else []
    return revised(ids, fields=["picture"])
