"""Extraction's rules in the words of the desk's language; extraction itself speaks English."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_WORDS: dict[str, Promise] = {
    "given by an editor": _("given by an editor"),
    "an editor gave its field another line": _("an editor gave its field another line"),
    "furniture learned from this source": _("furniture learned from this source"),
    "bullet under the date": _("bullet under the date"),
    "led by a word for authorship": _("led by a word for authorship"),
    "led by a word for authorship inside a line": _("led by a word for authorship inside a line"),
    "lonely short line above the title": _("lonely short line above the title"),
    "led, in the line of the date": _("led, in the line of the date"),
    "name beside the date": _("name beside the date"),
    "name beside the date, above the title": _("name beside the date, above the title"),
    "name in the line of the date": _("name in the line of the date"),
    "name over a biography": _("name over a biography"),
    "name under the title": _("name under the title"),
    "name under the title, repeated": _("name under the title, repeated"),
    "portrait beside the title": _("portrait beside the title"),
    "name in brackets after the text": _("name in brackets after the text"),
    "counter of views": _("counter of views"),
    "lead before a source": _("lead before a source"),
    "lead before keywords": _("lead before keywords"),
    "date after the text began": _("date after the text began"),
    "date beside the title": _("date beside the title"),
    "date in a line beside the title": _("date in a line beside the title"),
    "best of the lines above the text": _("best of the lines above the text"),
    "between title and text": _("between title and text"),
    "summary under the title": _("summary under the title"),
    "furniture between title and text": _("furniture between title and text"),
    "beside a picture": _("beside a picture"),
    "listed under a heading over keywords": _("listed under a heading over keywords"),
    "repeated by the page's teaser": _("repeated by the page's teaser"),
    "the page's own teaser": _("the page's own teaser"),
    "script and small words": _("script and small words"),
    "short line about the title": _("short line about the title"),
    "last step of a breadcrumb": _("last step of a breadcrumb"),
    "judged text among its neighbours": _("judged text among its neighbours"),
    "text of another article": _("text of another article"),
    "over a part of the text": _("over a part of the text"),
    "quotation set apart": _("quotation set apart"),
    "judged no text among its neighbours": _("judged no text among its neighbours"),
    "said before": _("said before"),
    "menu word": _("menu word"),
    "opens like furniture": _("opens like furniture"),
    "no words": _("no words"),
    "stands in for a picture": _("stands in for a picture"),
    "reading time": _("reading time"),
    "breadcrumb": _("breadcrumb"),
    "names languages": _("names languages"),
    "caption or credit": _("caption or credit"),
    "heading over links": _("heading over links"),
    "under a heading over links": _("under a heading over links"),
    "heading after the text": _("heading after the text"),
    "heading over comments": _("heading over comments"),
    "heading over the author's pieces": _("heading over the author's pieces"),
    "under the name": _("under the name"),
    "a date": _("a date"),
    "begins with the author's name": _("begins with the author's name"),
    "judged text by its markup": _("judged text by its markup"),
    "judged no text by its markup": _("judged no text by its markup"),
    "in a menu or the page's foot": _("in a menu or the page's foot"),
    "in a box of links": _("in a box of links"),
    "in a box about the author": _("in a box about the author"),
    "words of a picture": _("words of a picture"),
    "weighed between head, data and headings": _("weighed between head, data and headings"),
    "weighed between data, marked names and lines": _(
        "weighed between data, marked names and lines"
    ),
    "weighed between data, elements and lines": _("weighed between data, elements and lines"),
    "declared by the page": _("declared by the page"),
    "given": _("given"),
    "front matter": _("front matter"),
    "first heading": _("first heading"),
    "field of the record": _("field of the record"),
    "column of the table": _("column of the table"),
    "item of the feed": _("item of the feed"),
    "item of the WordPress export": _("item of the WordPress export"),
    "style of the document": _("style of the document"),
    "first line of the document": _("first line of the document"),
    "above the text of the document": _("above the text of the document"),
    "sidecar": _("sidecar"),
    "default of the folder": _("default of the folder"),
    "states no field": _("states no field"),
}
_LED_DATE = "date led by "
_EDITORS = "rule "
_GLUED = ", glued to the text"


def rule_words(rule: str) -> str | Promise:
    """What the desk calls a rule; one that it has no words for keeps its own."""
    if rule.endswith(_GLUED):
        words = rule_words(rule.removesuffix(_GLUED))
        return _("%(rule)s, glued to the text") % {"rule": words}
    if rule.startswith(_LED_DATE):
        return _("date led by %(words)s") % {"words": rule.removeprefix(_LED_DATE)}
    if rule.startswith(_EDITORS):
        return _("the rule %(name)s") % {"name": rule.removeprefix(_EDITORS)}
    return _WORDS.get(rule, rule)
