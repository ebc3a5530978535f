"""The field for a text in Markdown: a plain text area, to which a script adds tools and a preview."""

import json
from typing import Any

from django import forms
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpusapp.admin.doubt_words import Words
from corpusapp.admin.picture import no_alt

# What a button does, its sign (else its name is shown), its name, and its keys. On a Mac, ⌘ and ⌥ stand for
# Ctrl and Alt: so not I, J, K and U with both, which open the tools of its browsers. Where Ctrl and Alt type a
# character (AltGr), that is typed.
TOOLS: tuple[tuple[str, str, Words, str], ...] = (
    ("bold", "B", gettext_lazy("Strong"), "Ctrl+B"),
    ("italic", "I", gettext_lazy("Emphasis"), "Ctrl+I"),
    ("heading", "H2", gettext_lazy("Heading"), "Ctrl+Alt+2"),
    ("subheading", "H3", gettext_lazy("Subheading"), "Ctrl+Alt+3"),
    ("quote", "❝", gettext_lazy("Quotation"), "Ctrl+Alt+Q"),
    ("bullets", "•", gettext_lazy("List"), "Ctrl+Alt+8"),
    ("numbers", "1.", gettext_lazy("Numbered list"), "Ctrl+Alt+7"),
    ("link", "", gettext_lazy("Link"), "Ctrl+K"),
    ("article", "", gettext_lazy("Link to an article"), "Ctrl+Alt+A"),
    ("picture", "", gettext_lazy("Picture"), "Ctrl+Alt+G"),
    ("footnote", "", gettext_lazy("Footnote"), "Ctrl+Alt+F"),
    ("preview", "", gettext_lazy("Preview"), "Ctrl+Alt+P"),
)


class BodyEditor(forms.Textarea):
    template_name = "admin/corpusapp/article/body_editor.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["tools"] = [
            {
                "do": do,
                "sign": sign,
                "words": words,
                "keys": keys,
                "aria": _aria(keys),
                "parts": keys.split("+"),
            }
            for do, sign, words, keys in TOOLS
        ]
        context["settings"] = json.dumps(
            {
                "preview": reverse("admin:corpusapp_article_rendered"),
                "paste": reverse("admin:corpusapp_article_pasted"),
                "find": reverse("admin:corpusapp_article_find"),
                "pictures": reverse("admin:corpusapp_article_pictures"),
                "sheets": [
                    staticfiles_storage.url(f"corpusapp/{name}.css") for name in ("site", "preview")
                ],
                "words": {
                    "text": _("text"),
                    "address": _("Address of the link"),
                    "nothing": _("Nothing is found."),
                    "pasting": _("Pasting …"),
                    "no_alt": no_alt(),
                    "no_picture": _("Choose a picture first."),
                    "taking": _("Taking the picture in …"),
                    "not_taken": _("The picture could not be taken in."),
                    "failed": _("The preview cannot be reached."),
                },
            },
            ensure_ascii=False,
        )
        return context


def _aria(keys: str) -> str:
    return keys.replace("Ctrl", "Control")
