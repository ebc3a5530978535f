"""What extraction may want an editor to look at: stable codes, and a sentence for each."""

from enum import StrEnum

from corpusapp.extraction.article import Doubt


class Code(StrEnum):
    """Stable: stored with captures and read by other tools."""

    NO_TITLE = "no_title"
    TITLE_UNCERTAIN = "title_uncertain"
    NO_BODY = "no_body"
    BODY_UNCERTAIN = "body_uncertain"
    BODY_EDGES = "body_edges"
    NO_AUTHOR = "no_author"
    AUTHOR_UNCERTAIN = "author_uncertain"
    NO_DATE = "no_date"
    DATE_AMBIGUOUS = "date_ambiguous"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_UNCERTAIN = "date_uncertain"
    NO_SECTION = "no_section"
    SECTION_UNCERTAIN = "section_uncertain"
    STANDFIRST_UNCERTAIN = "standfirst_uncertain"
    NO_LANGUAGE = "no_language"
    VIEWS_IMPOSSIBLE = "views_impossible"
    ENCODING_GUESSED = "encoding_guessed"
    ENCODING_MIXED = "encoding_mixed"
    FIELD_TOO_LONG = "field_too_long"
    SOURCE_DRAFT = "source_draft"


SENTENCES: dict[str, str] = {
    Code.NO_TITLE: "No line could be told to be the title.",
    Code.TITLE_UNCERTAIN: "The title is a guess; other lines may be it.",
    Code.NO_BODY: "No text was found under the title.",
    Code.BODY_UNCERTAIN: "The text is very short, or cannot be told from what stands around it.",
    Code.BODY_EDGES: "Some lines were hard to tell from the text: see whether it begins and ends where it should.",
    Code.NO_AUTHOR: "The capture names no author.",
    Code.AUTHOR_UNCERTAIN: "A line may name the author, but it is not sure.",
    Code.NO_DATE: "The capture prints no date of publication.",
    Code.DATE_AMBIGUOUS: "The printed date can be read in two ways: day or month first.",
    Code.DATE_IMPOSSIBLE: "The printed date does not exist in the calendar.",
    Code.DATE_UNCERTAIN: "A date is printed, but it may not be that of publication.",
    Code.NO_SECTION: "The capture names no section.",
    Code.SECTION_UNCERTAIN: "A line may name the section, but it is not sure.",
    Code.STANDFIRST_UNCERTAIN: "A teaser elsewhere in the capture may be the standfirst.",
    Code.NO_LANGUAGE: "The language of the text could not be told.",
    Code.VIEWS_IMPOSSIBLE: "The printed counter of views is no believable number.",
    Code.ENCODING_GUESSED: "The file does not say how its letters are encoded; they were guessed.",
    Code.ENCODING_MIXED: "Some bytes do not fit the file's encoding; they are shown as replacement marks.",
    Code.FIELD_TOO_LONG: "A line in the place of this field is far too long for it.",
    Code.SOURCE_DRAFT: "Readers see the article, but at its source the page has become a draft.",
}

# Not sure of the title or the text, nobody should read it yet; the rest can be amended in public.
_HOLDING = frozenset(
    (Code.NO_TITLE, Code.TITLE_UNCERTAIN, Code.NO_BODY, Code.BODY_UNCERTAIN, Code.ENCODING_MIXED)
)


def doubt(field: str, code: Code, candidates: tuple[str, ...] = ()) -> Doubt:
    """A doubt with this code; whether it holds the article back follows from the code."""
    return Doubt(field, code.value, code in _HOLDING, candidates)


def sentence(code: str) -> str:
    """What a doubt means, in words for an editor; the code itself if a newer version made it."""
    return SENTENCES.get(code, code)
