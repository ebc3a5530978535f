"""The tags that are suggested beside the form of an article, one key each."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from corpusapp.admin.tag_field import ADD_TAG, ADD_TAGS, pressed_tags
from corpusapp.editing.tag_suggestions import suggest_tags
from corpusapp.models import Article

KEYS = "VWXYZ"  # letters that give no line of a capture to a field


class SuggestionButtons(admin.ModelAdmin):
    """Mixed into the desk of articles."""

    def suggested(self, article: Article) -> dict[str, Any]:
        """For the template: the likeliest tags, each with its key, and the names of the buttons."""
        return {
            "suggested_tags": list(zip(KEYS, suggest_tags(article, len(KEYS)), strict=False)),
            "add_tag": ADD_TAG,
            "add_tags": ADD_TAGS,
        }

    def tagged(self, request: HttpRequest) -> HttpResponse | None:
        """Without script, a suggested tag is saved with the form, which then stands there again."""
        words = pressed_tags(request.POST)
        if not words:
            return None
        message = _("“%(tag)s” was added.") % {"tag": ", ".join(words)}
        self.message_user(request, message, messages.SUCCESS)
        return HttpResponseRedirect(request.get_full_path())
