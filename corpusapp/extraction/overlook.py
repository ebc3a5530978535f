"""A saved page at a glance: its lines, their marks, and which of them its head and copy repeat."""

from collections.abc import Iterator, Sequence

from corpusapp.extraction.lines import Line, Page, folded_key
from corpusapp.extraction.markup import SavedPage
from corpusapp.extraction.markup_features import Lookout
from corpusapp.extraction.parts.chrome import Mark
from corpusapp.extraction.witnesses.json_ld import ToldArticle

_SHORTEST_COPY = 300  # characters; less is a summary
_COMPARED = 80  # characters of a line
_FEWEST_COMPARED = 12
_DESCRIBED = 100


def look_over(
    page: SavedPage,
    lines: Page,
    marks: Sequence[Mark | None],
    told: ToldArticle,
    dates: frozenset[int],
) -> Lookout:
    """What the judge of the text sees of a page whose lines are numbered alike in both."""
    titles = frozenset(filter(None, map(folded_key, title_words(page, told))))
    same = frozenset(line.index for line in lines.lines if line.key and line.key in titles)
    return Lookout(
        lines=lines.lines,
        markups=page.lines,
        parents=page.parents,
        marks=marks,
        repeats=[lines.repeats(line) for line in lines.lines],
        copied=_copied(lines.lines, told.body),
        described=frozenset(_described(page, lines.lines, told)),
        titles=same,
        title=title_line(page, same),
        dates=dates,
    )


def title_words(page: SavedPage, told: ToldArticle) -> Iterator[str]:
    """All that the head calls the page, whole and cut at its separators."""
    yield from told.headlines
    for name in (
        "og:title",
        "twitter:title",
        "dc.title",
        "citation_title",
        "parsely-title",
        "title",
    ):
        yield page.meta(name)
    for title in page.titles[:1]:
        yield title
        for separator in (" | ", " - ", " – ", " — ", " :: ", " · ", "_", " » ", " « "):
            if separator in title:
                yield from title.split(separator)[:3]
                yield title.rpartition(separator)[0]


def title_line(page: SavedPage, same: frozenset[int]) -> int | None:
    """The line that shows the title: a heading with its words, else its words, else the first h1."""
    headings = [place for place in sorted(same) if page.lines[place].heading]
    firsts = [place for place in headings if page.lines[place].heading == 1]
    if firsts or headings:
        return (firsts or headings)[0]
    top = next((place for place, line in enumerate(page.lines) if line.heading == 1), None)
    shown = [place for place in sorted(same) if page.lines[place].linked < 0.5]  # noqa: PLR2004
    if shown and (top is None or shown[0] >= top):
        return shown[0]
    return top


def _copied(lines: Sequence[Line], body: str) -> list[int]:
    if len(body) < _SHORTEST_COPY:
        return [-1] * len(lines)
    copy = f" {folded_key(body)} "
    return [
        int(
            len(key := line.key[:_COMPARED] or folded_key(line.text[:_COMPARED]))
            >= _FEWEST_COMPARED
            and key in copy
        )
        for line in lines
    ]


def _described(page: SavedPage, lines: Sequence[Line], told: ToldArticle) -> Iterator[int]:
    told_so = {
        folded_key(words[:_DESCRIBED])[:60]
        for words in (told.description, page.meta("description"), page.meta("og:description"))
        if len(words) > 30  # noqa: PLR2004
    }
    if told_so:
        for line in lines:
            if line.width > 30 and folded_key(line.text[:_DESCRIBED])[:60] in told_so:  # noqa: PLR2004
                yield line.index
