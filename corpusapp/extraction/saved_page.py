"""The recipe from a saved page to an article with evidence.

 1. Render the page as lines; see what each shows by itself, and what the page says of itself.
 2. Measure all lines together, and judge which of them are the text; look again where that is unsure.
 3. Choose title, authors and date among all who tell them: head, data, marked elements, lines.
 4. Find section, standfirst, caption and note about the authors around the text.
 5. Make Markdown of the text, as deep as the page's own lists and quotations.

Every line ends with one judgement, as in a text capture.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpusapp.extraction import margins
from corpusapp.extraction.article import (
    Doubt,
    ExtractedArticle,
    ExtractedByline,
    Options,
    Part,
    PrintedDate,
    Role,
)
from corpusapp.extraction.doubts import Code, doubt
from corpusapp.extraction.errors import OnlyFurnitureError
from corpusapp.extraction.forest import Table
from corpusapp.extraction.formats.html.prose import markdown
from corpusapp.extraction.learned_furniture import LEARNED, mark_learned
from corpusapp.extraction.lines import folded_key, read_page
from corpusapp.extraction.markup import SavedPage
from corpusapp.extraction.markup_features import Lookout, measure
from corpusapp.extraction.overlook import look_over
from corpusapp.extraction.page_judge import (
    UNSURE,
    PageText,
    chances,
    likeliest,
    second_chances,
)
from corpusapp.extraction.page_record import PageRecord
from corpusapp.extraction.page_text import judged_text
from corpusapp.extraction.parts.byline.leads import names_desk
from corpusapp.extraction.parts.byline.mentions import mentions
from corpusapp.extraction.parts.byline.posts import find_post
from corpusapp.extraction.parts.byline.ways import Mention
from corpusapp.extraction.parts.chrome import Mark, judge_chrome
from corpusapp.extraction.parts.date_features import DatedLine
from corpusapp.extraction.parts.dateline import dated_lines, day_first_of
from corpusapp.extraction.parts.scene import Scene
from corpusapp.extraction.second_look import look_again
from corpusapp.extraction.witnesses import authors, dates, titles
from corpusapp.extraction.witnesses.authors import Around
from corpusapp.extraction.witnesses.json_ld import read_json_ld
from corpusapp.extraction.witnesses.second_opinion import heard
from corpusapp.extraction.witnesses.titles import TitleChoice
from corpusapp.text.languages import canonical, detect

SHORTEST_BODY = 140  # characters; less is no article's text
TITLE_THRESHOLD, TITLE_SURE = 0.05, 0.5
_BODY_SURE = 0.7  # expected of the text; below, an editor is asked
_NEAR = 12  # lines
_BODY = Mark(Part.BODY, "judged text by its markup")
_DATE = Mark(Part.DATE, "a date")
_TITLE = "weighed between head, data and headings"
_TITLE_MARK = Mark(Part.TITLE, _TITLE)
_AUTHORS = "weighed between data, marked names and lines"
_BYLINE = Mark(Part.BYLINE, _AUTHORS)
_PUBLISHED = "weighed between data, elements and lines"
_CLAIMS = frozenset(
    (Part.TITLE, Part.BYLINE, Part.POST, Part.SECTION, Part.STANDFIRST, Part.VIEWS, Part.TAGS)
)
"""What a line is once for all: it is not printed again in the text."""


def read_article(page: SavedPage, markup: str, options: Options) -> ExtractedArticle:
    """The article in a saved page, whose source is `markup`. Raises an ExtractionError for what is none."""
    if not page.lines:
        raise OnlyFurnitureError(len(page.shown))
    lines = read_page(judged_text(page), unwrap=False)
    record = PageRecord(page, lines, read_json_ld(page.json_ld))
    record.marks = [judge_chrome(line) for line in lines.lines]
    mark_learned(lines.lines, record.marks, options.furniture)
    return _Reading(record, markup, options).article()


@dataclass(slots=True)
class _Reading:
    record: PageRecord
    markup: str
    options: Options

    def article(self) -> ExtractedArticle:
        record = self.record
        page, told, lines = record.page, record.told, record.lines.lines
        language = canonical(page.language) or canonical(told.language)
        day_first = day_first_of(language, record.lines)
        dated = dated_lines(record.lines, day_first=day_first)
        alone = frozenset(line.index for line in dated if line.alone)
        seen = look_over(page, record.lines, record.marks, told, alone)
        measured = measure(seen)
        judged = self._text(seen, measured.table)
        best = (measured.first, measured.last)
        title = self._title(titles.choose_title(page, told, seen, best))
        first = next((line.index for line in lines[best[0] : best[1] + 1] if line.prose), best[0])
        around = Around(first if seen.title is None else seen.title, first, best[1])
        language = self._language(judged.lines, language)
        signed = self._authors(seen, dated, around)
        published = self._date(dated, around, day_first=day_first)
        text = self._unclaimed(judged.lines)
        section = margins.section(record, around, text[0] if text else around.first)
        tags, source, source_url = margins.declared(record)
        standfirst = margins.standfirst(record, around, seen.described, text)
        text = self._unclaimed(text)
        biography = margins.biography(record, signed, text)
        body = self._body(text, judged)
        record.mark_pictures()
        return ExtractedArticle(
            title=title,
            standfirst=standfirst,
            bylines=signed,
            published=published,
            section=section,
            language=language,
            source=source,
            source_url=source_url,
            views=margins.views(record, around),
            tags=tags,
            caption=margins.caption(record, around),
            biography=biography,
            body=body,
            doubts=tuple(record.doubts),
            evidence=record.evidence,
            judgements=record.judgements(),
        )

    # 2. the lines of the text

    def _text(self, seen: Lookout, table: Table) -> PageText:
        """By the first look; where that is unsure, by a second one, for which another reader is asked."""
        lines = self.record.lines.lines
        widths = [line.width for line in lines]
        likely = chances(table)
        text = likeliest(widths, likely)
        if text.expected >= UNSURE or (said := heard(self.markup, lines)) is None:
            return text
        again = look_again(seen, table, likely, text.expected, said)
        return likeliest(widths, second_chances(again, likely, said))

    def _unclaimed(self, text: Sequence[int]) -> list[int]:
        """The lines that no field has claimed; a date is one only above the paragraphs.

        Further down a date alone heads a part of the text, as in a chronicle. Verse has no
        paragraphs: there it is one above all other lines.
        """
        dateless = (place for place in text if self.record.marks[place] is not _DATE)
        first = next((place for place in text if self.record.line(place).prose), None)
        if first is None:
            first = next(dateless, -1)
        return [place for place in text if not self._is_claimed(place, first)]

    def _is_claimed(self, place: int, first: int) -> bool:
        mark = self.record.marks[place]
        if mark is None:
            return False
        if mark is _DATE:
            return place < first
        if mark is LEARNED:
            return True
        heads = self.record.markup(place).heading and mark is not _TITLE_MARK
        return mark.part in _CLAIMS and not heads

    # 3. title, authors, date

    def _title(self, found: TitleChoice | None) -> str:
        if found is None or found.confidence < TITLE_THRESHOLD:
            candidates = () if found is None else (found.text, *found.others)
            self.record.doubted("title", Code.NO_TITLE, candidates)
            return ""
        if found.line is not None:
            key = self.record.lines.lines[found.line].key
            for place in self.record.lines.places.get(key, (found.line,)):
                if place == found.line or self.record.page.lines[place].heading == 1:
                    self.record.marks[place] = _TITLE_MARK
        self.record.found("title", found.confidence, _TITLE, found.line)
        if found.confidence < TITLE_SURE:
            self.record.doubted("title", Code.TITLE_UNCERTAIN, found.others)
        return found.text.rstrip("¶# ")

    def _language(self, text: Sequence[int], declared: str) -> str:
        if self.options.language and (given := canonical(self.options.language)):
            self.record.found("language", 1.0, "given", None)
            return given
        lines = [self.record.line(place) for place in text] or self.record.lines.lines
        prose = [line for line in lines if line.prose] or lines
        words = "\n".join(line.text for line in prose[:400])
        language = detect(words, declared or self.options.site_language)
        if not language:
            self.record.doubted("language", Code.NO_LANGUAGE)
            return ""
        confidence = 0.97 if language == declared else 0.9
        self.record.found(
            "language", confidence, "script and small words", prose[0].index, prose[-1].index
        )
        return language

    def _authors(
        self, seen: Lookout, dated: Sequence[DatedLine], around: Around
    ) -> tuple[ExtractedByline, ...]:
        scene = Scene(
            self.record.lines,
            tuple(self.record.marks),
            {line.index: line for line in dated},
            seen.title,
            around.first,
            around.last,
        )
        found = mentions(scene)
        signed = authors.choose(self.record.page, self.record.told, seen, around, found)
        bylines = []
        for author in signed.authors:
            post = find_post(scene, author.name, author.mentions)
            if author.line is not None:
                self._mark_byline(author.line, author.name)
            if post.index is not None and self.record.marks[post.index] is None:
                self.record.marks[post.index] = Mark(Part.POST, "under the name")
            words = post.text or author.post
            bylines.append(
                ExtractedByline(author.name, words, Role.AUTHOR, self.record.number(author.line))
            )
        desk = [one for one in found if self._tells_desk(one.index)]
        # beside authors who put the page up is no byline
        others = [one for one in found if one not in desk] if signed.authors else found
        bylines.extend(self._other_roles(others, around))
        if signed.authors:
            self.record.found("authors", signed.confidence, _AUTHORS, signed.authors[0].line)
        else:
            code = Code.AUTHOR_UNCERTAIN if signed.unsure else Code.NO_AUTHOR
            self.record.doubted("authors", code, signed.unsure)
        return tuple(bylines)

    def _tells_desk(self, place: int) -> bool:
        """Whether a line tells who put the page up; then it is no text."""
        line = self.record.line(place)
        if line.prose or not names_desk(line.key):
            return False
        self.record.marks[place] = self.record.marks[place] or _BYLINE
        return True

    def _mark_byline(self, place: int, name: str) -> None:
        line = self.record.line(place)
        if (
            not line.prose
            and "。" not in line.text  # a sentence that names who wrote it stays in the text
            and self.record.marks[place] is None
            and folded_key(name) in folded_key(line.text)
        ):
            self.record.marks[place] = _BYLINE

    def _other_roles(self, found: Sequence[Mention], around: Around) -> Iterator[ExtractedByline]:
        """Translators, editors and interviewers whom a word before their names tells."""
        told: set[tuple[str, Role]] = set()
        for mention in found:
            near = (
                abs(mention.index - around.title) <= _NEAR
                or abs(mention.index - around.last) <= _NEAR
            )
            if (
                mention.role in (None, Role.AUTHOR)
                or not near
                or (mention.name, mention.role) in told
            ):
                continue
            told.add((mention.name, mention.role))
            self._mark_byline(mention.index, mention.name)
            yield ExtractedByline(
                mention.name, mention.post, mention.role, self.record.number(mention.index)
            )

    def _date(
        self, dated: Sequence[DatedLine], around: Around, *, day_first: bool | None
    ) -> PrintedDate | None:
        found = dates.choose_date(
            self.record.page, self.record.told, dated, around, day_first=day_first
        )
        for line in dated:
            if line.alone and self.record.marks[line.index] is None:
                self.record.marks[line.index] = _DATE
        if found is None:
            self.record.doubts.append(self._no_date(dated, around))
            return None
        if found.confidence < dates.THRESHOLD:
            self.record.doubted("published_at", Code.DATE_UNCERTAIN, (str(found.date),))
            return None
        self.record.found("published_at", found.confidence, _PUBLISHED, found.line)
        return found.date

    def _no_date(self, dated: Sequence[DatedLine], around: Around) -> Doubt:
        """Why there is none: the nearest date that says nothing, if one stands by the title."""
        mute = [
            line
            for line in dated
            if line.date.printed is None and abs(line.index - around.title) <= _NEAR
        ]
        if not mute:
            return doubt("published_at", Code.NO_DATE)
        date = min(mute, key=lambda line: abs(line.index - around.title)).date
        return doubt(
            "published_at",
            Code.DATE_IMPOSSIBLE if date.impossible else Code.DATE_AMBIGUOUS,
            date.candidates,
        )

    # 5. the text

    def _body(self, text: Sequence[int], judged: PageText) -> str:
        body = markdown([self.record.markup(place) for place in text], links=self.options.links)
        if not body:
            self.record.doubted("body", Code.NO_BODY)
            return ""
        for place in text:
            self.record.marks[place] = _BODY
        short = len(body) < SHORTEST_BODY
        confidence = min(judged.sureness, 0.4) if short else judged.sureness
        self.record.found("body", confidence, _BODY.rule, text[0], text[-1])
        if short or judged.expected < _BODY_SURE:
            self.record.doubted("body", Code.BODY_UNCERTAIN)
        return body
