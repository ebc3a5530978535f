"""The ways in which a line can name someone, and what is noted of each place that does."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from corpusapp.extraction.article import Role
from corpusapp.extraction.lines import Line
from corpusapp.extraction.vocabulary import phrases


class Way(IntEnum):
    """How a line names someone."""

    LED = 0  # "By Ann Lee"
    LED_ABOVE = 1  # "Written by" on the line above
    INSIDE = 2  # "（记者 李明）"
    DATE_LINE = 3  # "May 5, 2020 | Ann Lee"
    ALONE = 4
    PORTRAIT = 5  # "Picture of Ann Lee"
    BIOGRAPHY = 6  # "Ann Lee is a fellow of …"
    ABOUT = 7  # "About Ann Lee", "More from Ann Lee"
    WEAK = 8  # words that could be an organisation's or a single name
    OTHER = 9  # "Photo by Ann Lee": no author here
    LED_DATE = 10  # "May 5, 2020 by Ann Lee"
    CLOSING = 11  # "… (Ann Lee)" at the end of the text


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at a place."""

    index: int
    name: str
    post: str  # on the same line; "" without
    way: Way
    role: Role | None
    place: int  # in the line's list of names, from 0
    listed: int  # names of that list


def each(
    line: Line, names: tuple[tuple[str, str], ...], way: Way, role: Role | None = Role.AUTHOR
) -> Iterator[Mention]:
    for place, (name, post) in enumerate(names):
        yield Mention(line.index, name, post, way, role, place, len(names))


def alternatives(field: str) -> str:
    return "|".join(
        sorted(
            (re.escape(p).replace(r"\ ", r"\s") for p in phrases(field) if p[0] < "\u2e80"),
            key=len,
            reverse=True,
        )
    )
