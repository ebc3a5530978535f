"""Undo a run from its page: what will happen is shown first, a long one goes on page by page."""

import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corpusapp.admin.desk import row_ids
from corpusapp.admin.rights import is_limited, may_publish
from corpusapp.admin.run_words import line_words
from corpusapp.importing.errors import AlreadyUndoneError, ImportingError, StillGoesOnError
from corpusapp.importing.undoing import Undoing
from corpusapp.importing.undone import Undone
from corpusapp.models import ImportRun, Outcome

_SHOWN = 60  # files of a preview, which holds the lock for writing; the rest is counted
_NAMED = 50
_SECONDS = 1.2  # of work per request


@dataclass(frozen=True, slots=True)
class ShownLine:
    path: str
    title: str
    words: str
    is_left: bool


def may_undo(request: HttpRequest) -> bool:
    """Who may import and publish may take an import back: it withdraws what is public."""
    return (
        request.user.has_perm("corpusapp.import_article")
        and may_publish(request)
        and not is_limited(request)
    )


class UndoPages(admin.ModelAdmin):
    """Mixed into the desk of runs."""

    def get_urls(self) -> list[URLPattern]:
        undo = path(
            "<path:object_id>/undo/",
            self.admin_site.admin_view(self.undo_view),
            name="corpusapp_importrun_undo",
        )
        return [undo, *super().get_urls()]

    def undo_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if not may_undo(request):
            raise PermissionDenied
        run = ImportRun.objects.filter(pk__in=row_ids([object_id])).first()
        if run is None:
            raise Http404
        user: Any = request.user
        try:
            if request.method == "POST":
                return self._undo(request, run, Undoing(run, user))
            preview = Undoing(run, user, dry_run=True, most=_SHOWN)
            return self._ask(request, run, preview)
        except AlreadyUndoneError as error:
            text = _("Run %(run)s has been undone already, by run %(by)s.")
            words = {"run": error.run, "by": error.by}
            self.message_user(request, text % words, messages.WARNING)
        except StillGoesOnError as error:
            text = _(
                "Run %(run)s still goes on. End it first, or wait for its end; if it was killed, it "
                "can be undone two minutes after it was."
            )
            self.message_user(request, text % {"run": error.run}, messages.WARNING)
        except ImportingError as error:
            self.message_user(request, str(error), messages.ERROR)
        return HttpResponseRedirect(reverse("admin:corpusapp_importrun_change", args=[run.pk]))

    def _ask(self, request: HttpRequest, run: ImportRun, preview: Undoing) -> HttpResponse:
        pending = preview.pending().count()
        lines = list(preview)
        notable = [line for line in lines if line.left or line.note]
        others = [line for line in lines if not (line.left or line.note)]
        named = [*notable, *others][:_NAMED]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Undo run %(number)s") % {"number": run.pk},
            "run": run,
            "counts": _counts(lines),
            "pending": pending,
            "more": pending - len(lines),
            "not_named": pending - len(named),
            "goes_on": run.undone_by.exists(),
            "lines": [
                ShownLine(line.path, line.title, line_words(line), bool(line.left))
                for line in named
            ],
            "media": self.media,
        }
        return TemplateResponse(request, "admin/corpusapp/importrun/undo.html", context)

    def _undo(self, request: HttpRequest, run: ImportRun, undoing: Undoing) -> HttpResponse:
        end = time.monotonic() + _SECONDS
        lines: list[Undone] = []
        for line in undoing:
            lines.append(line)
            if time.monotonic() > end and undoing.is_between_batches(len(lines)):
                break
        left = undoing.pending().count()
        for text in _counts(lines):
            self.message_user(request, text, messages.SUCCESS)
        if left:
            text = ngettext(
                "%(count)s file is left. Go on when you are ready.",
                "%(count)s files are left. Go on when you are ready.",
                left,
            ) % {"count": number_format(left, force_grouping=True)}
            self.message_user(request, text, messages.WARNING)
            return HttpResponseRedirect(request.get_full_path())
        self.log_change(request, run, _("Undone."))
        done = undoing.by or run
        return HttpResponseRedirect(reverse("admin:corpusapp_importrun_change", args=[done.pk]))


def _counts(lines: list[Undone]) -> list[str]:
    """A sentence for each kind of thing that happens."""
    kinds: Counter[str] = Counter()
    for line in lines:
        kinds["binned"] += line.taken_away == "binned"
        kinds["withdrawn"] += line.taken_away == "withdrawn"
        kinds["restored"] += bool(line.restored)
        kinds["back"] += line.given_back
        kinds["left"] += line.outcome == Outcome.CONFLICT
    told = [
        (
            kinds["binned"],
            ngettext(
                "To the bin: %(count)s article.", "To the bin: %(count)s articles.", kinds["binned"]
            ),
        ),
        (
            kinds["withdrawn"],
            ngettext(
                "Withdrawn: %(count)s article.",
                "Withdrawn: %(count)s articles.",
                kinds["withdrawn"],
            ),
        ),
        (
            kinds["back"],
            ngettext("Back: %(count)s article.", "Back: %(count)s articles.", kinds["back"]),
        ),
        (
            kinds["restored"],
            ngettext(
                "As it was before: %(count)s article.",
                "As they were before: %(count)s articles.",
                kinds["restored"],
            ),
        ),
        (
            kinds["left"],
            ngettext(
                "With fields that stay as they are: %(count)s article.",
                "With fields that stay as they are: %(count)s articles.",
                kinds["left"],
            ),
        ),
    ]
    return [
        text % {"count": number_format(count, force_grouping=True)} for count, text in told if count
    ]
