"""Upload captures at the desk, and watch how their import goes."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied, TooManyFilesSent, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from corpusapp.admin.desk import CleanLine, row_ids
from corpusapp.admin.reason_words import reason_words
from corpusapp.admin.rights import filing_sections, is_limited, may_publish, other_sections
from corpusapp.editing.naming import label_key
from corpusapp.models import ImportItem, Outcome, Progress, Section, Source, Upload
from corpusapp.text.languages import canonical

_SHOWN = 200  # files of a run on the page; the rest is a list of its own
_LATEST = 10  # uploads named beside the form
_MOST_FILES = 1000
_TOGETHER = 10  # times as much as one capture may have
_OVERHEAD = 1024 * 1024  # what a form adds to its files


def _may(request: HttpRequest) -> dict[str, Any]:
    """What of the form is for who asks."""
    return {
        "publishes": may_publish(request) and not is_limited(request),
        "sections": filing_sections(request),
    }


def may_import(request: HttpRequest) -> bool:
    return request.user.has_perm("corpusapp.import_article")


def most_bytes() -> int:
    """Of all files of one upload; the archive that holds many may have as much."""
    return settings.MAX_CAPTURE_MB * _TOGETHER * 1024 * 1024


def _most_in_words() -> str:
    return f"{number_format(settings.MAX_CAPTURE_MB * _TOGETHER, force_grouping=True)} MB"


def _too_many() -> str:
    most = number_format(_MOST_FILES, force_grouping=True)
    return _("More than %(count)s files: put them into an archive.") % {"count": most}


def _engine() -> Any:
    """Loaded when somebody uploads: it brings the whole of extraction along."""
    from corpusapp.importing import uploading  # noqa: PLC0415 - most workers never need it

    return uploading


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """All of them. An empty one comes along: that it is refused belongs to the results."""
        files = list(data) if isinstance(data, list | tuple) else [data] if data else []
        if not files:
            raise ValidationError(self.error_messages["required"], code="required")
        return files


class UploadForm(forms.Form):
    captures = FilesField(label=gettext_lazy("Files"))
    source = CleanLine(label=gettext_lazy("Source"), required=False, max_length=200)
    section = CleanLine(label=gettext_lazy("Section"), required=False, max_length=200)
    language = CleanLine(
        label=gettext_lazy("Language"),
        required=False,
        max_length=35,
        help_text=gettext_lazy("As en, de, zh-Hans. Empty: it is found out for each."),
    )
    tags = CleanLine(
        label=gettext_lazy("Tags"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("With commas between them; every article of the upload gets them."),
    )
    publish = forms.BooleanField(
        label=gettext_lazy("Publish at once"),
        required=False,
        help_text=gettext_lazy("Unless a doubt holds an article back."),
    )

    def __init__(
        self, *args: Any, publishes: bool, sections: frozenset[int] | None = None, **kwargs: Any
    ) -> None:
        """`sections` are those that may be named, by their ids; None: any, and new ones."""
        super().__init__(*args, **kwargs)
        self.sections = sections
        if not publishes:
            del self.fields["publish"]
        self.fields["captures"].help_text = _(
            "Captures, saved pages, Markdown, Word documents, tables, feeds, or archives of them; "
            "together up to %(size)s."
        ) % {"size": _most_in_words()}
        self.fields["source"].widget.attrs["list"] = "known-sources"
        self.fields["section"].widget.attrs["list"] = "known-sections"

    def clean_captures(self) -> list[UploadedFile]:
        files: list[UploadedFile] = self.cleaned_data["captures"]
        if len(files) > _MOST_FILES:
            raise ValidationError(_too_many())
        names = [_engine().file_name(one.name or "").casefold() for one in files]
        if twice := next((name for name in names if names.count(name) > 1), ""):
            text = _("Two files are called “%(name)s”: upload them one after the other.")
            raise ValidationError(text % {"name": twice})
        return files

    def clean_language(self) -> str:
        given: str = self.cleaned_data["language"]
        if given and not canonical(given):
            text = _("“%(code)s” is no language; write it as en, de, zh-Hans or zh-Hant.")
            raise ValidationError(text % {"code": given})
        return canonical(given) or ""

    def clean_section(self) -> str:
        given: str = self.cleaned_data["section"]
        if given and self.sections is not None:
            known = Section.objects.known_as({label_key(given)}).get(label_key(given))
            if known is None or known.pk not in self.sections:
                raise ValidationError(other_sections())
        return given

    def clean_tags(self) -> list[str]:
        tags = [
            " ".join(tag.split()) for tag in self.cleaned_data["tags"].replace("，", ",").split(",")
        ]
        if any(len(tag) > 100 for tag in tags):  # noqa: PLR2004 - as of the command
            raise ValidationError(_("A tag has 100 characters at most."))
        return [tag for tag in tags if tag]

    def options(self) -> dict[str, Any]:
        return {
            name: value for name, value in self.cleaned_data.items() if value and name != "captures"
        }


class UploadPages(admin.ModelAdmin):
    """Mixed into the desk of runs."""

    def get_urls(self) -> list[URLPattern]:
        return [
            path(
                "upload/",
                self.admin_site.admin_view(self._upload_guarded()),
                name="corpusapp_importrun_upload",
            ),
            path(
                "upload/<int:upload_id>/",
                self.admin_site.admin_view(self.progress_view),
                name="corpusapp_importrun_progress",
            ),
            *super().get_urls(),
        ]

    def _upload_guarded(self) -> Any:
        """What is too large is refused before any of it is read, so before the token is looked for."""
        protected = csrf_protect(self.upload_view)

        @csrf_exempt
        def guarded(request: HttpRequest) -> HttpResponse:
            length = request.META.get("CONTENT_LENGTH") or "0"
            if not length.isdigit() or int(length[:15]) > most_bytes() + _OVERHEAD:
                return self._form_page(request, too_large=True)
            try:
                return protected(request)
            except TooManyFilesSent:
                while request.read(_OVERHEAD):  # a browser hears nothing before it has sent all
                    pass
                return self._form_page(request, too_many=True)

        return guarded

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        if not may_import(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._form_page(request)
        form = UploadForm(request.POST, request.FILES, **_may(request))
        if not form.is_valid():
            return self._form_page(request, form)
        upload = _engine().receive(form.cleaned_data["captures"], request.user, form.options())
        return HttpResponseRedirect(reverse("admin:corpusapp_importrun_progress", args=[upload.pk]))

    def _form_page(
        self,
        request: HttpRequest,
        form: UploadForm | None = None,
        *,
        too_large: bool = False,
        too_many: bool = False,
    ) -> HttpResponse:
        if not may_import(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Upload captures"),
            "form": form or UploadForm(**_may(request)),
            "too_large": _most_in_words() if too_large else "",
            "too_many": _too_many() if too_many else "",
            "sources": Source.objects.order_by("name").values_list("name", flat=True)[:500],
            "sections": Section.objects.order_by("pk").prefetch_related("names")[:500],
            "uploads": Upload.objects.select_related("user")[:_LATEST],
            "media": self.media + forms.Media(js=["corpusapp/drop.js"]),
        }
        return TemplateResponse(
            request,
            "admin/corpusapp/importrun/upload.html",
            context,
            status=413 if too_large or too_many else 200,
        )

    def progress_view(self, request: HttpRequest, upload_id: int) -> HttpResponse:
        if not may_import(request):
            raise PermissionDenied
        uploads = Upload.objects.select_related("run", "user")
        upload = uploads.filter(pk__in=row_ids([str(upload_id)])).first()
        if upload is None:
            raise Http404
        if request.method == "POST":
            if "again" in request.POST and _engine().was_cut_off(upload):
                _engine().begin(upload)
            elif "stop" in request.POST:
                _engine().stop(upload)
            return HttpResponseRedirect(request.path)
        return TemplateResponse(
            request, "admin/corpusapp/importrun/progress.html", self._progress(request, upload)
        )

    def _progress(self, request: HttpRequest, upload: Upload) -> dict[str, Any]:
        run = upload.run
        items = (
            ImportItem.objects.filter(run=run).select_related("article")
            if run
            else ImportItem.objects.none()
        )
        items = items.defer("article__body", "article__rendered", "changes").order_by("-pk")
        counts = [
            (outcome.label, getattr(run, str(outcome)))
            for outcome in Outcome
            if run and outcome != Outcome.UNCHANGED and getattr(run, str(outcome))
        ]
        if upload.unchanged:
            counts.append((Outcome.UNCHANGED.label, upload.unchanged))
        ended = upload.progress in {Progress.DONE, Progress.STOPPED, Progress.FAILED}
        cut_off = _engine().was_cut_off(upload)
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(upload),
            "upload": upload,
            "counts": counts,
            "items": [(item, reason_words(item.reason)) for item in items[:_SHOWN]],
            "reason": reason_words(upload.reason),
            "goes_on": not ended and not cut_off,
            "cut_off": cut_off,
            "seconds": (upload.heard_at - upload.begun_at).total_seconds(),
            "media": self.media + forms.Media(js=["corpusapp/progress.js"]),
        }
