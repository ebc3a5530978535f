"""The reasons of the ledger in an editor's language.

They are kept in English, as the commands tell them. What is shown at the desk is found by its
pattern among the sentences there are, filled again, and said in the language of the page; one that is
not known here, from a format that a package brought, stands as it is.
"""

import re
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from corpusapp.admin.doubt_words import field_words

# What says more comes before what says less
_SENTENCES = (
    _("Same bytes as %(path)s."),
    _("Same text as %(path)s."),
    _("Back from run %(run)s, which had undone its import."),
    _("By the rule %(rules)s."),
    _("The rule “%(rule)s” refuses it."),
    _("Its article is in no section: it is not yours to change."),
    _("Its article is in the section “%(section)s”: it is not yours to change."),
    _("The database refuses it: %(error)s"),
    _("It cannot be read: an error of the program (%(error)s)."),
    _("It cannot be read: the process that read it was killed."),
    _("Its worker was killed %(count)s times."),
    _("Who uploaded it may not import any more."),
    _("It is larger than the limit of %(megabytes)s MB (setting MAX_CAPTURE_MB)."),
    _("There is no such file."),
    _("The file cannot be read: permission denied."),
    _("It is a link; name what it leads to."),
    _("It is a socket, not a file."),
    _("The name is too long."),
    _("It is not an ordinary file."),
    _("It is a folder, not a file."),
    _("It cannot be opened: %(error)s."),
    _("The folder cannot be read: %(error)s."),
    _("Files ending in %(ending)s cannot be imported; these can: %(endings)s."),
    _("A file without an ending cannot be imported; these can: %(endings)s."),
    _("The defaults of its folder (corpus.yml) cannot be read: %(reason)s"),
    _("It says “%(name)s”; a folder's defaults are source, section, language and tags."),
    _("“%(code)s” is no language; write it as en, de, zh-Hans or zh-Hant."),
    _("%(what)s is larger than %(kilobytes)s kB."),
    _("%(what)s cannot be read: it is no JSON."),
    _("%(what)s names no fields: it is a mapping of names to values, {…}."),
    _("%(what)s names no fields: each line is a name, a colon and a value."),
    _("%(what)s is no TOML: %(error)s."),
    _("%(what)s uses an alias (*) in line %(line)s; write the value out."),
    _("%(what)s is nested too deeply or too long."),
    _("%(what)s cannot be read in line %(line)s: %(error)s."),
    _("The archive is broken: the note on a file is larger than 1 MB."),
    _("The archive unpacks to more than %(size)s GB."),
    _("The archive unpacks to more than %(ratio)s times its size."),
    _("The archive holds more than %(count)s files."),
    _("The archive is broken or of a kind that cannot be read."),
    _(
        "The archive is broken or of a kind that cannot be read (%(error)s)."
    ),  # of an earlier version
    _("The archive holds too much beside its documents (.json and .yml)."),
    _("It is no file in the archive."),
    _("It is encrypted."),
    _("It is a link or a device in the archive, not a file."),
    _("It is an archive within an archive: unpack the outer one first."),
    _("It is broken in the archive: %(error)s."),
    _("The file is too large: %(size)s MB, where %(limit)s MB are allowed."),
    _("The file holds more than %(count)s lines with text: it is no article."),
    _("The file holds more than %(count)s lines: it is no article."),
    _("The file is empty."),
    _("The file is no text: it holds bytes that no text holds."),
    _("The file is no text: %(clue)s."),
    _("Nothing to publish: the one line holds menus, links or buttons, but no text."),
    _("Nothing to publish: the %(count)s lines hold menus, links or buttons, but no text."),
    _("It has neither a title nor a text."),
    _("The format that reads it gives no article."),
    _("The format that reads it gives a wrong “%(name)s”."),
    _("No installed format reads %(kind)s: install the package that brought it again."),
    _("The page nests more than %(count)s elements in each other: it is broken."),
    _("It has neither a title nor a text; these names are not understood: %(names)s."),
    _("It holds no document."),
    _("It holds no item."),
    _("It has a tag of more than %(megabytes)s MB."),
    _(
        "Its outermost element is <%(name)s>: it is no feed (rss, RDF, feed) and no WordPress export."
    ),
    _("The item in line %(line)s is larger than %(megabytes)s MB."),
    _("The text holds more than %(count)s marks like * and [: it is no article."),
    _("Line %(line)s is larger than %(megabytes)s MB."),
    _("Line %(line)s is too large for a document."),
    _("The first line names no column with a title or a text (title, body, …), but: %(names)s."),
    _("The first line is too long to be the names of columns."),
    _("The line is no JSON: %(error)s at character %(place)s."),
    _("The line is no JSON that can be read: it is nested too deeply."),
    _("The line is no JSON object: a record is {…} with named fields."),
    _("It is no row under the names of its columns."),
    _("The row has %(fields_found)s, where the first line names %(columns)s."),
    _("From line %(line)s on, quotation marks do not close: nothing below was read."),
    _("It is no readable Word document."),
    _("It is no readable Word document (%(error)s)."),  # of an earlier version
    _("It is no Word document: it has no word/document.xml."),
    _("It is no Word document, or a broken one."),
    _("It is no Word document, or a broken one (%(error)s)."),  # of an earlier version
    _("It has more than %(count)s parts or %(megabytes)s MB of text."),
    _("It unpacks to more than %(ratio)s times its size."),
    _("It has more than %(count)s elements."),
    _("It nests more than %(count)s elements in each other."),
    _("It declares entities, which are not accepted."),
    _("It is no well-formed XML: %(error)s in line %(line)s."),
    _("It holds no element."),
    _("It cannot be read: %(error)s."),
    _("%(what)s cannot be read: %(reason)s"),
    _("Line %(line)s: %(reason)s"),
)
_THINGS = (
    _("Its sidecar %(name)s"),
    _("The file of defaults"),
    _("The front matter"),
)
# Of a line about an article, with semicolons between them
_PARTS = (
    _("changed: %(fields)s"),
    _("kept as an editor wrote it: %(fields)s"),
    _("doubts only"),
    _("put in the bin"),
    _("given back"),
    _("restored: %(fields)s"),
    _("left as it is: %(left)s"),
    _("its article is gone"),
    _("it is in the bin already"),
    _("it is withdrawn already"),
    _("an editor had worked on it"),
    _("its state has changed since"),
    _("Withdrawn"),
)
_WHY = (
    _("edited since"),
    _("a published article needs it"),
    _("changed again by run %(number)s"),
)
_HOLE = re.compile(r"%\\?\((\w+)\\?\)s")
_BY_RULES = re.compile(r"(?P<reason>.+\.) (?P<rules>By the rule “.+”\.)", re.DOTALL)
_LEFT = re.compile(r"(\w+) \(([^()]*)\)")
_SAID_OTHERWISE = {"withdrawn": "Withdrawn"}  # that word alone is the name of a moment elsewhere


def reason_words(reason: str) -> str:
    """A reason as it is kept, in the language that is active."""
    if not reason or (get_language() or "en").startswith("en"):
        return reason
    return _sentence(reason) or _parts(reason) or reason


def _sentence(reason: str) -> str:
    if both := _BY_RULES.fullmatch(reason):
        first = _sentence(both["reason"])
        return f"{first}{_sentence(both['rules'])}" if first else ""
    return _said(reason, _SENTENCES)


def _parts(reason: str) -> str:
    parts = [_said(_SAID_OTHERWISE.get(part, part), _PARTS) for part in reason.split("; ")]
    return gettext("; ").join(parts) if all(parts) else ""


def _said(words: str, among: tuple[Promise, ...]) -> str:
    """Empty for what is none of these."""
    for message, pattern in _patterns(among):
        if found := pattern.fullmatch(words):
            return str(message) % {
                name: _filling(name, of) for name, of in found.groupdict().items()
            }
    return ""


@cache
def _patterns(messages: tuple[Promise, ...]) -> tuple[tuple[Promise, re.Pattern[str]], ...]:
    with override("en"):
        english = [re.escape(str(one)) for one in messages]
    return tuple(
        (one, re.compile(_HOLE.sub(r"(?P<\1>.+?)", words), re.DOTALL))
        for one, words in zip(messages, english, strict=True)
    )


def _filling(name: str, words: str) -> str:
    match name:
        case "reason":
            return _sentence(words) or words
        case "what":
            return _said(words, _THINGS) or words
        case "fields":
            return gettext(", ").join(str(field_words(one)) for one in words.split(", "))
        case "left":
            return _LEFT.sub(
                lambda one: f"{field_words(one[1])} ({_said(one[2], _WHY) or one[2]})", words
            )
        case _:
            return words
