"""The rules of imports: written, and tried on what is there already, before they are saved."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin import helpers
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpusapp.admin.desk import DeskAdmin
from corpusapp.admin.rights import ForAllSections, may_publish
from corpusapp.admin.tag_field import TagsField
from corpusapp.editing.tagging import known_tags, tags_named
from corpusapp.models import ImportRule

TRY = "_try"
SHOWN = 50  # of the captures that a rule means


class ImportRuleForm(forms.ModelForm):
    """`may_publish` and `may_make_tags` are set by the desk for who asks."""

    may_publish = False
    may_make_tags = False

    words = TagsField(
        label=gettext_lazy("Get the tags"),
        required=False,
        help_text=gettext_lazy("Type a word; end a new one with a comma."),
    )

    class Meta:
        model = ImportRule
        fields: tuple[str, ...] = ()  # the desk names them in its fieldsets

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "words" in self.fields:
            self.fields["words"].initial = [str(tag) for tag in self.instance.tags.all()]

    def clean_publishes(self) -> bool:
        wanted: bool = self.cleaned_data["publishes"]
        if wanted and not self.may_publish and not self.instance.publishes:
            raise ValidationError(_("You may not publish, so no rule of yours can."))
        return wanted

    def clean_words(self) -> list[str]:
        words: list[str] = self.cleaned_data["words"]
        if not self.may_make_tags:
            known = known_tags(words)
            unknown = [word for word in words if word not in known]
            if unknown:
                raise ValidationError(
                    _("You may choose tags, but not make new ones: %(words)s.")
                    % {"words": ", ".join(unknown)}
                )
        return words

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        deeds = ("words", "gives_section", "publishes", "refuses")
        if not self.errors and not any(cleaned.get(name) for name in deeds):
            raise ValidationError(_("Say what becomes of these captures."))
        if cleaned.get("refuses") and cleaned.get("words"):
            self.add_error("words", _("What is refused cannot have tags."))
        return cleaned


@admin.register(ImportRule)
class ImportRuleDesk(ForAllSections, DeskAdmin):
    form = ImportRuleForm
    change_form_template = "admin/corpusapp/importrule/change_form.html"
    list_display = ("name", "is_on", "conditions", "deeds", "position")
    ordering = ("position", "pk")
    search_fields = ("name",)
    autocomplete_fields = ("source", "section", "gives_section")
    fieldsets = (
        (None, {"fields": ("name", "is_on", "position")}),
        (
            gettext_lazy("Captures whose"),
            {
                "fields": (
                    *("source", "section", "language"),
                    *("path_contains", "title_contains", "body_contains"),
                ),
                "description": gettext_lazy("All that is given here must hold."),
            },
        ),
        (gettext_lazy("… these"), {"fields": ("words", "gives_section", "publishes", "refuses")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rules: QuerySet[Any] = super().get_queryset(request)
        related = ("source", "section", "gives_section")
        return rules.select_related(*related).prefetch_related("tags")

    @admin.display(description=gettext_lazy("captures whose"))
    def conditions(self, rule: ImportRule) -> str:
        named = (
            *("source", "section", "language"),
            *("path_contains", "title_contains", "body_contains"),
        )
        return "; ".join(
            f"{_label(name)} “{value}”" for name in named if (value := getattr(rule, name))
        )

    @admin.display(description=gettext_lazy("… these"))
    def deeds(self, rule: ImportRule) -> str:
        told = []
        if tags := ", ".join(map(str, rule.tags.all())):
            told.append(f"{_label('tags')} {tags}")
        if rule.gives_section:
            told.append(f"{_label('gives_section')} {rule.gives_section}")
        told.extend(str(_label(name)) for name in ("publishes", "refuses") if getattr(rule, name))
        return "; ".join(told)

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, *args, **kwargs)
        rights = {
            "may_publish": may_publish(request),
            "may_make_tags": request.user.has_perm("corpusapp.add_tag"),
        }
        return type("ImportRuleFormOfOne", (form,), rights)

    def save_related(self, request: HttpRequest, form: Any, *more: Any) -> None:
        super().save_related(request, form, *more)
        form.instance.tags.set(tags_named(form.cleaned_data["words"], "en"))

    # trying a rule --------------------------------------------------------------------------------

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "POST" and TRY in request.POST:
            return self._tried(request, object_id, form_url)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _tried(self, request: HttpRequest, object_id: str | None, form_url: str) -> HttpResponse:
        """The page with what was typed, and below it the captures that this means; saves nothing."""
        rule = self.get_object(request, object_id) if object_id else None
        if object_id and rule is None:
            raise Http404
        if not (
            self.has_change_permission(request, rule) if rule else self.has_add_permission(request)
        ):
            raise PermissionDenied
        fieldsets: Any = self.get_fieldsets(request, rule)
        form = self.get_form(
            request, rule, change=rule is not None, fields=flatten_fieldsets(fieldsets)
        )(request.POST, instance=rule)
        trial = _trial(form) if form.is_valid() else None
        page = helpers.AdminForm(form, list(fieldsets), {}, (), model_admin=self)
        saved = (
            self.get_object(request, object_id) if object_id else None
        )  # validation wrote on `rule`
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change import rule") if saved else _("Add import rule"),
            "subtitle": str(saved) if saved else None,
            "adminform": page,
            "object_id": object_id,
            "original": saved,
            "is_popup": False,
            "to_field": None,
            "media": self.media + page.media,
            "inline_admin_formsets": [],
            "errors": helpers.AdminErrorList(form, []),
            "preserved_filters": self.get_preserved_filters(request),
            "trial": trial,
        }
        return self.render_change_form(
            request,
            context,
            add=saved is None,
            change=saved is not None,
            obj=saved,
            form_url=form_url,
        )


def _trial(form: ImportRuleForm) -> Any:
    # importing brings extraction along: only into a process that is asked for a trial
    from corpusapp.importing.ruling import compiled, keys_of, tried  # noqa: PLC0415

    rule = form.instance
    compact = compiled(rule, form.cleaned_data["words"], keys_of(rule.section))
    return tried(compact, rule.source_id, SHOWN)


def _label(name: str) -> str | Promise:
    field: Any = ImportRule._meta.get_field(name)  # noqa: SLF001 - Django's documented name
    words: str | Promise = field.verbose_name
    return words
