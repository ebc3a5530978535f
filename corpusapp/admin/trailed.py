"""What is done at a desk is written into the trail, beside the log that Django keeps for itself."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from corpusapp.editing.trail import note
from corpusapp.models import Act


class Trailed(admin.ModelAdmin):
    """Mixed into every desk. Deeds that write the trail themselves are logged by `log_deed`."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        note(Act.ADDED, obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        if message:
            said = message if isinstance(message, list) else str(message)
            note(Act.CHANGED, obj, details={"said": said})
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        for gone in queryset:
            note(Act.DELETED, gone)
        return super().log_deletions(request, queryset)

    def log_deed(self, request: HttpRequest, obj: Any, message: str) -> None:
        """Into Django's log alone, by which the desk knows who began an article, and who last saved it."""
        super().log_change(request, obj, message)

    def log_begun(self, request: HttpRequest, obj: Any) -> None:
        """The same for what a deed has made: Django's log alone knows whose beginning it is."""
        super().log_addition(request, obj, [{"added": {}}])
