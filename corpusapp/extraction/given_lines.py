"""What lines of a capture say once somebody has told what they are: an editor's word against the engine's.

Pure, like extraction itself: bytes and line numbers in, values out. Nothing is judged here.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpusapp.extraction.article import Part, PrintedDate, Role
from corpusapp.extraction.formats.captures import SAVED_PAGE, TEXT
from corpusapp.extraction.formats.html.prose import markdown
from corpusapp.extraction.formats.html.reading import read_saved_page
from corpusapp.extraction.formats.plain_text import decode
from corpusapp.extraction.lines import Line, read_page, width_of
from corpusapp.extraction.parts.byline import led_names, names_in
from corpusapp.extraction.parts.chrome import keywords
from corpusapp.extraction.parts.dateline import dated_lines, day_first_of
from corpusapp.extraction.parts.dates import find_dates
from corpusapp.extraction.parts.paragraphs import BodyLine, blocks
from corpusapp.extraction.readable import readable_text
from corpusapp.extraction.vocabulary import alternatives, weekdays
from corpusapp.text.folding import clean, fold_words
from corpusapp.text.markdown import escape

GIVEN = "given by an editor"
GIVEN_ANOTHER = "an editor gave its field another line"
"""Rules of lines about which an editor has said something."""
_LONGEST_SENTENCE = 2000
# "Permanent Mission of the People’s Republic of China to the United Nations Office at Geneva" has 90
_WIDEST_NAME = 100
_SET_APART = {Part.SUBHEADING: "## ", Part.QUOTATION: "> "}
_SOURCE_LEAD = re.compile(rf"(?:{alternatives('sources')})\s?[:：]\s?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signed:
    name: str
    post: str
    role: Role


def line_spans(raw: bytes, media_type: str) -> dict[int, tuple[int, int]]:
    """{number of a line: first and last line of the paragraph it is wrapped in}, for wrapped lines."""
    if media_type != TEXT:
        return {}
    return {
        number: (line.number, line.last)
        for line in read_page(clean(decode(raw).text)).lines
        if line.last > line.number
        for number in range(line.number, line.last + 1)
    }


def body_of(
    raw: bytes, media_type: str, chosen: Mapping[int, Part], said: Mapping[int, Part]
) -> str:
    """The Markdown that the lines `chosen` make, in the order of the page.

    `said` are those of them that somebody called a subheading or a quotation, or plain text; of the
    others their neighbours decide, as in any capture.
    """
    if media_type == TEXT:
        return _of_text(raw, chosen, said)
    if media_type == SAVED_PAGE:
        return _of_page(raw, chosen, said)
    lines = readable_text(raw, media_type).split("\n")
    return _of_sheet(lines, sorted(chosen))


def _of_text(raw: bytes, chosen: Mapping[int, Part], said: Mapping[int, Part]) -> str:
    page = read_page(clean(decode(raw).text))
    kept = [line for line in page.lines if line.number in chosen]
    made: list[str] = []
    for part, group in groupby(kept, lambda line: said.get(line.number)):
        members = [BodyLine(line, line.text) for line in group]
        if part is None:
            made += [block.source for block in blocks(members)]
        else:
            made += _apart((one.text for one in members), part)
    return "\n\n".join(made)


def _of_page(raw: bytes, chosen: Mapping[int, Part], said: Mapping[int, Part]) -> str:
    kept = [line for line in read_saved_page(raw).page.lines if line.number in chosen]
    made: list[str] = []
    for part, group in groupby(kept, lambda line: said.get(line.number)):
        members = list(group)
        made += [markdown(members)] if part is None else _apart((one.text for one in members), part)
    return "\n\n".join(block for block in made if block)


def _apart(texts: Iterable[str], part: Part) -> list[str]:
    return [_SET_APART.get(part, "") + words for text in texts if (words := escape(text.strip()))]


def _of_sheet(lines: Sequence[str], numbers: Sequence[int]) -> str:
    """Lines that are Markdown already, a blank one where some between them were left out."""
    made: list[str] = []
    last = 0
    for number in numbers:
        if made and number > last + 1:
            made.append("")
        made.append(lines[number - 1].rstrip())
        last = number
    return "\n".join(made).strip()


def words_of(texts: Sequence[str]) -> str:
    """A field of one line: the lines one after the other, without their bullets."""
    return " ".join(line.text for line in _lines(texts))


def paragraphs_of(texts: Sequence[str]) -> str:
    return "\n\n".join(line.text for line in _lines(texts))


def signed_by(text: str) -> tuple[Signed, ...]:
    """Who signs with this line: names after a word like "By", names alone, else the whole line."""
    words = words_of([text])
    if led := led_names(words):
        names, role = led
        if names:
            return tuple(Signed(name, post, role or Role.AUTHOR) for name, post in names)
    names = names_in(words, led=True)
    if names:
        return tuple(Signed(name, post, Role.AUTHOR) for name, post in names)
    return (Signed(words, "", Role.AUTHOR),) if words else ()


def date_in(text: str, language: str, whole: str) -> PrintedDate | None:
    """The date that a line prints; None for none, and for one that can be read in two ways.

    `whole` is the text of the capture, which may tell whether days stand before months. Somebody says
    that the date is here: so it may stand in the midst of a sentence, if no other does.
    """
    day_first = day_first_of(language, read_page(whole, unwrap=False))
    for found in dated_lines(read_page(text, unwrap=False), day_first=day_first):
        if found.date.printed:
            return found.date.printed
    dates = {one.printed for one in find_dates(text[:_LONGEST_SENTENCE], day_first=day_first)}
    return dates.pop() if len(dates) == 1 else None


def is_only_a_date(text: str) -> bool:
    """Whether a line says a day or a month and nothing else; a year alone can be a name."""
    dates = [one for one in find_dates(text) if not one.year_only]
    if not dates:
        return False
    rest = text
    for one in reversed(dates):
        rest = f"{rest[: one.start]} {rest[one.end :]}"
    return weekdays().issuperset(fold_words(rest))


def is_too_long_for_a_name(text: str) -> bool:
    return width_of(text) > _WIDEST_NAME


def source_in(text: str) -> str:
    words = words_of([text])
    return _SOURCE_LEAD.sub("", words, count=1).strip() or words


def tags_in(text: str) -> tuple[str, ...]:
    return keywords(words_of([text]))


def _lines(texts: Sequence[str]) -> Sequence[Line]:
    return read_page("\n".join(texts), unwrap=False).lines
