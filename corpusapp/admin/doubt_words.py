"""Doubts in an editor's words: a sentence for the article's page, two or three words for the list."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class DoubtWords:
    badge: Words
    sentence: Words


# In the order in which a list shows them: the worst first
_WORDS: dict[str, DoubtWords] = {
    "conflict": DoubtWords(
        _("conflict"), _("The capture changed where an editor had changed the article.")
    ),
    "possible_duplicate": DoubtWords(
        _("duplicate?"), _("Much of the text stands in another article too.")
    ),
    "repeated_id": DoubtWords(
        _("same id"),
        _("Another record of its file has the same id: is one of them the newer state?"),
    ),
    "no_title": DoubtWords(_("no title"), _("No line could be told to be the title.")),
    "source_draft": DoubtWords(
        _("draft at its source"),
        _("Readers see the article, but at its source the page has become a draft."),
    ),
    "title_uncertain": DoubtWords(_("title?"), _("The title is a guess; other lines may be it.")),
    "no_body": DoubtWords(_("no text"), _("No text was found under the title.")),
    "body_uncertain": DoubtWords(
        _("text?"),
        _("The text is very short, or cannot be told from what stands around it."),
    ),
    "body_edges": DoubtWords(
        _("edges of the text?"),
        _(
            "Some lines were hard to tell from the text: see whether it begins and ends where it should."
        ),
    ),
    "encoding_mixed": DoubtWords(
        _("letters lost"),
        _("Some bytes do not fit the file’s encoding; they are shown as replacement marks."),
    ),
    "encoding_guessed": DoubtWords(
        _("encoding?"),
        _("The file does not say how its letters are encoded; they were guessed."),
    ),
    "no_author": DoubtWords(_("no author"), _("The capture names no author.")),
    "author_uncertain": DoubtWords(
        _("author?"), _("A line may name the author, but it is not sure.")
    ),
    "no_date": DoubtWords(_("no date"), _("The capture prints no date of publication.")),
    "date_ambiguous": DoubtWords(
        _("day or month?"),
        _("The printed date can be read in two ways: day or month first."),
    ),
    "date_impossible": DoubtWords(
        _("impossible date"), _("The printed date does not exist in the calendar.")
    ),
    "date_uncertain": DoubtWords(
        _("date?"), _("A date is printed, but it may not be that of publication.")
    ),
    "no_section": DoubtWords(_("no section"), _("The capture names no section.")),
    "section_uncertain": DoubtWords(
        _("section?"), _("A line may name the section, but it is not sure.")
    ),
    "standfirst_uncertain": DoubtWords(
        _("standfirst?"), _("A teaser elsewhere in the capture may be the standfirst.")
    ),
    "no_language": DoubtWords(_("no language"), _("The language of the text could not be told.")),
    "field_too_long": DoubtWords(
        _("too long"), _("A line in the place of this field is far too long for it.")
    ),
    "picture_without_words": DoubtWords(
        _("picture?"),
        _("A picture in the text shows something, and no word says what. Describe it there."),
    ),
    "views_impossible": DoubtWords(
        _("counter?"), _("The printed counter of views is no believable number.")
    ),
}
CODES = tuple(_WORDS)
_RANK = {code: rank for rank, code in enumerate(CODES)}


def words_for(code: str) -> DoubtWords:
    """The code itself, legibly, where a newer extraction made one that is not known here."""
    readable = code.replace("_", " ").replace("-", " ")
    return _WORDS.get(code) or DoubtWords(readable, readable)


def rank(code: str) -> int:
    return _RANK.get(code, len(_RANK))


FIELD_WORDS: dict[str, Words] = {
    "title": _("title"),
    "standfirst": _("standfirst"),
    "authors": _("authors"),
    "published_at": _("date"),
    "section": _("section"),
    "language": _("language"),
    "source": _("source"),
    "views": _("views when captured"),
    "tags": _("tags"),
    "body": _("body"),
    "source_address": _("address at the source"),
    "caption": _("caption"),
    "biography": _("author’s note"),
    "encoding": _("encoding"),
    # what editors alone set
    "picture": _("lead picture"),
    "pictures": _("pictures"),
    "series": _("series"),
    "live_from": _("public from"),
    "editors_choice": _("editors’ choice"),
    "withdrawal_note": _("withdrawal note"),
    "slug": _("address"),
    "read_next": _("read next"),
    "glossary": _("glossary"),
    "state": _("state"),
    "version_name": _("name of a version"),
}


def field_words(field: str) -> Words:
    return FIELD_WORDS.get(field, field.replace("_", " "))
