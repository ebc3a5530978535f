"""Pictures for a text: found or taken in without leaving the article; answers to the editor's script."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpusapp.admin.desk import CleanLine
from corpusapp.admin.picture import in_words, no_alt
from corpusapp.admin.trailed import Trailed
from corpusapp.editing.pictures import PictureError, take_in
from corpusapp.models import ALT_OF, Picture

_MOST_FOUND = 12


class UploadForm(forms.Form):
    """One picture: what it shows, in the language of the text, or that there is nothing to say."""

    file = forms.FileField(error_messages={"required": gettext_lazy("Choose a file first.")})
    alt = CleanLine(required=False, max_length=500)
    decorative = forms.BooleanField(required=False)
    credit = CleanLine(required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not (cleaned["alt"] or cleaned["decorative"]):
            self.add_error("alt", no_alt())
        return cleaned


class PicturePages(Trailed):
    """Mixed into the desk of articles."""

    def get_urls(self) -> list[URLPattern]:
        pictures = path(
            "pictures/",
            self.admin_site.admin_view(self.pictures_view),
            name="corpusapp_article_pictures",
        )
        return [pictures, *super().get_urls()]

    def pictures_view(self, request: HttpRequest) -> HttpResponse:
        """GET: pictures of these words (`q`), else the newest. POST: one is taken in. As JSON."""
        language = (request.POST or request.GET).get("language", "")
        if request.method == "POST":
            return self._taken_in(request, language)
        if not request.user.has_perm("corpusapp.view_picture"):
            raise PermissionDenied
        rows = _found(request.GET.get("q", "")[:200])[:_MOST_FOUND]
        return JsonResponse({"items": [_told(picture, language) for picture in rows]})

    def _taken_in(self, request: HttpRequest, language: str) -> HttpResponse:
        if not request.user.has_perm("corpusapp.add_picture"):
            raise PermissionDenied
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            said = " ".join(str(text) for texts in form.errors.values() for text in texts)
            return JsonResponse({"said": said}, status=422)
        given = form.cleaned_data
        picture = Picture(
            name=given["file"].name[:200] or _("Picture"),
            credit=given["credit"],
            is_decorative=given["decorative"],
        )
        if language in ALT_OF and not picture.is_decorative:
            setattr(picture, ALT_OF[language], given["alt"])
        try:
            take_in(picture, given["file"])
        except PictureError as error:
            return JsonResponse({"said": in_words(error)}, status=422)
        picture.save()
        self.log_addition(request, picture, [{"added": {}}])
        return JsonResponse(_told(picture, language))


def _found(words: str) -> QuerySet[Picture]:
    pictures = Picture.objects.order_by("-pk")
    for word in words.split()[:8]:
        where = Q(name__icontains=word) | Q(credit__icontains=word)
        for column in ALT_OF.values():
            where |= Q(**{f"{column}__icontains": word})
        pictures = pictures.filter(where)
    return pictures


def _told(picture: Picture, language: str) -> dict[str, Any]:
    width, height = picture.usual()
    small_width, small_height = picture.sizes[0]
    shelf = language.lower() if language in ALT_OF else "en"
    return {
        "id": picture.pk,
        "name": picture.name,
        "alt": "" if picture.is_decorative else picture.alt(shelf),
        "decorative": picture.is_decorative,
        "credit": picture.credit,
        "address": picture.address(width, height, "jpg"),
        "thumbnail": picture.address(small_width, small_height, "webp"),
        "size": f"{picture.width} × {picture.height}",
    }


def undescribed(body: str) -> list[str]:
    """Names of the pictures in a text whose alt text is empty though they show something."""
    keys = Picture.keys_without_alt(body)
    if not keys:
        return []
    found = Picture.objects.filter(key__in=keys, is_decorative=False)
    return list(found.values_list("name", flat=True))
