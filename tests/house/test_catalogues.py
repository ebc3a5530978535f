import re

import polib
import pytest

from tests.house.catalogues import (
    LANGUAGES,
    Message,
    NotLiteralError,
    catalogue,
    key,
    messages,
    of_python,
    of_template,
)
from tests.surroundings import ROOT

in_each_language = pytest.mark.parametrize("language", LANGUAGES)
_PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[-#0 +]*\d*[sdifrx%]|\{(\w*)\}")


def entries(language):
    return [entry for entry in polib.pofile(str(catalogue(language))) if not entry.obsolete]


def translations(entry):
    return [*entry.msgstr_plural.values()] if entry.msgid_plural else [entry.msgstr]


@in_each_language
def test_catalogue_lacks_no_message(language):
    translated = {key(entry) for entry in entries(language) if all(translations(entry))}

    assert sorted(message.text for message in set(messages()) - translated) == []


@in_each_language
def test_catalogue_holds_no_message_that_nobody_uses(language):
    assert {key(entry) for entry in entries(language)} - set(messages()) == set()


@in_each_language
def test_no_translation_is_a_guess(language):
    whole = polib.pofile(str(catalogue(language)))

    assert [entry.msgid for entry in whole if entry.fuzzy or entry.obsolete] == []


@in_each_language
def test_translation_keeps_what_is_filled_in(language):
    def filled_in(text):
        return sorted(match[0] for match in _PLACEHOLDER.finditer(text))

    wrong = [
        entry.msgid
        for entry in entries(language)
        for translation in translations(entry)
        if filled_in(translation) != filled_in(entry.msgid_plural or entry.msgid)
    ]

    assert wrong == []


@in_each_language
def test_compiled_catalogue_is_that_of_the_translators(language):
    path = catalogue(language)
    # told apart at once: a difference of two such files is nothing to read, and takes minutes to make
    is_up_to_date = path.with_suffix(".mo").read_bytes() == polib.pofile(str(path)).to_binary()

    assert is_up_to_date, "run python -m tests.house.catalogues"


@in_each_language
def test_catalogue_names_one_plural_form(language):
    assert polib.pofile(str(catalogue(language))).metadata["Plural-Forms"].startswith("nplurals=1;")


# The reading itself: what it takes, and what it leaves alone ------------------------------------


def test_messages_of_python():
    source = """
from django.utils.translation import gettext as _, pgettext_lazy, ngettext
from elsewhere import gettext
_("One " "and two")
pgettext_lazy("state", "Draft")
ngettext("%(n)d page", "%(n)d pages", n)
gettext("not ours")
print("not a message")
"""

    assert list(of_python(source, ROOT)) == [
        Message("One and two"),
        Message("Draft", context="state"),
        Message("%(n)d page", "%(n)d pages"),
    ]


def test_message_that_is_not_written_out_is_refused():
    source = "from django.utils.translation import gettext as _\n_(f'Hello {name}')"

    with pytest.raises(NotLiteralError):
        list(of_python(source, ROOT))


def test_messages_of_a_template():
    source = """{% load i18n %}{% translate "Home" %} plain (text)
{% translate "May" context "month" %} {{ _("Archive (all)")|upper }}
{% blocktranslate trimmed with name=author.name %}
  Articles by
  {{ name }}
{% endblocktranslate %}
{% blocktranslate count n=total trimmed %}{{ n }} article{% plural %}{{ n }} articles{% endblocktranslate %}
{# {% translate "not this" %} #}"""

    assert list(of_template(source, ROOT)) == [
        Message("Home"),
        Message("May", context="month"),
        Message("Archive (all)"),
        Message("Articles by %(name)s"),
        Message("%(n)s article", "%(n)s articles"),
    ]


def test_product_has_messages_in_templates_and_in_python():
    places = {place for found in messages().values() for place in found}

    assert {"config/settings.py", "corpusapp/models/article.py"} <= places
