"""The recipe from a saved page to an article with evidence.

 1. Render the page as lines; see what each shows by itself, and what the page says of itself.
 2. Measure all lines together, and judge which of them are the text.
 3. Choose title, authors and date among all who tell them: head, data, marked elements, lines.
 4. Find section, standfirst, caption and note about the authors around the text.
 5. Make Markdown of the text, as deep as the page's own lists and quotations.

Every line ends with one judgement, as in a text capture.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpusapp.extraction.article import (
    Doubt,
    Evidence,
    ExtractedArticle,
    ExtractedByline,
    Judgement,
    Options,
    Part,
    PrintedDate,
    Role,
)
from corpusapp.extraction.doubts import Code, doubt
from corpusapp.extraction.errors import OnlyFurnitureError
from corpusapp.extraction.forest import forest
from corpusapp.extraction.formats.html.hints import BITS
from corpusapp.extraction.formats.html.prose import markdown
from corpusapp.extraction.lines import Line, Page, folded_key, read_page
from corpusapp.extraction.markup import Area, Markup, SavedPage
from corpusapp.extraction.markup_features import FEATURES, Lookout, measure
from corpusapp.extraction.overlook import look_over
from corpusapp.extraction.parts import chrome
from corpusapp.extraction.parts.biography import biography_lines
from corpusapp.extraction.parts.byline.mentions import Mention, mentions
from corpusapp.extraction.parts.byline.posts import find_post
from corpusapp.extraction.parts.chrome import Mark, judge_chrome
from corpusapp.extraction.parts.date_features import DatedLine
from corpusapp.extraction.parts.dateline import dated_lines, day_first_of
from corpusapp.extraction.parts.scene import Scene
from corpusapp.extraction.readable import judged_text
from corpusapp.extraction.witnesses import authors, dates, titles
from corpusapp.extraction.witnesses.authors import Around
from corpusapp.extraction.witnesses.json_ld import ToldArticle, read_json_ld
from corpusapp.extraction.witnesses.second_opinion import with_second_opinion
from corpusapp.extraction.witnesses.titles import TitleChoice
from corpusapp.text.languages import canonical, detect

SHORTEST_BODY = 140  # characters; less is no article's text
TITLE_THRESHOLD, TITLE_SURE = 0.05, 0.5
_BODY_SURE = 0.7
_LEAST_SURE = 0.01  # evidence is never nothing
_UNSURE = 0.75  # expected of the text; below, another reader is asked
_LEAST_LINE = 0.15  # a line less likely is no text, however unsure its page
_LONGEST_FIELD = 300
_NARROWEST_STANDFIRST, _WIDEST_STANDFIRST = 40, 500
_MOST_TAGS = 20
_NEAR, _SECTION_REACH, _NOTES_READ = 12, 15, 40  # lines
_STANDFIRST, _CAPTION, _BIOGRAPHY = BITS["standfirst"], BITS["caption"], BITS["bio"]
_LINKS = BITS["related"] | BITS["teaser"]
_BLANK = Mark(Part.BLANK, "blank")
_BODY = Mark(Part.BODY, "judged text by its markup")
_MENU = Mark(Part.FURNITURE, "in a menu or the page's foot")
_OUTSIDE = Mark(Part.FURNITURE, "judged no text by its markup")
_RELATED = Mark(Part.CROSS_LINKS, "in a box of links")
_PICTURE = Mark(Part.CAPTION, "words of a picture")
_DATE = Mark(Part.DATE, "a date")
_TITLE = "weighed between head, data and headings"
_TITLE_MARK = Mark(Part.TITLE, _TITLE)
_AUTHORS = "weighed between data, marked names and lines"
_BYLINE = Mark(Part.BYLINE, _AUTHORS)
_PUBLISHED = "weighed between data, elements and lines"
_DECLARED = "declared by the page"
_CLAIMED = (_TITLE_MARK,)


def read_article(page: SavedPage, markup: str, options: Options) -> ExtractedArticle:
    """The article in a saved page, whose source is `markup`. Raises an ExtractionError for what is none."""
    if not page.lines:
        raise OnlyFurnitureError(len(page.shown))
    lines = read_page(judged_text(page), unwrap=False)
    return _Reading(page, markup, options, lines, read_json_ld(page.json_ld)).article()


@dataclass(slots=True)
class _Reading:
    """The state of reading one page: its lines' marks, and the fields found so far."""

    page: SavedPage
    markup: str
    options: Options
    lines: Page
    told: ToldArticle
    marks: list[Mark | None] = field(default_factory=list)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)

    def article(self) -> ExtractedArticle:
        lines = self.lines.lines
        self.marks = [judge_chrome(line) for line in lines]
        declared = canonical(self.page.language) or canonical(self.told.language)
        day_first = day_first_of(declared, self.lines)
        dated = dated_lines(self.lines, day_first=day_first)
        alone = frozenset(line.index for line in dated if line.alone)
        seen = look_over(self.page, self.lines, self.marks, self.told, alone)
        measured = measure(seen)
        chances = forest("html_text", FEATURES).scores(measured.table)
        widths = [line.width for line in lines]
        text, expected = likeliest(widths, chances)
        if expected < _UNSURE:
            text, _ = likeliest(widths, with_second_opinion(self.markup, lines, chances))
        best = (measured.first, measured.last)
        title = self._title(titles.choose_title(self.page, self.told, seen, best))
        first = next((line.index for line in lines[best[0] : best[1] + 1] if line.prose), best[0])
        around = Around(first if seen.title is None else seen.title, first, best[1])
        language = self._language(text, declared)
        signed = self._authors(seen, dated, around)
        published = self._date(dated, around, day_first=day_first)
        text = [place for place in text if self.marks[place] not in _CLAIMED]
        section = self._section(around)
        tags, source, source_url = self._declared()
        biography = self._biography(signed, text)
        body = self._body(text, expected)
        standfirst = self._standfirst(seen, around, text)
        self._judge_rest()
        return ExtractedArticle(
            title=title,
            standfirst=standfirst,
            bylines=signed,
            published=published,
            section=section,
            language=language,
            source=source,
            source_url=source_url,
            views=self._views(),
            tags=tags,
            caption=self._caption(around),
            biography=biography,
            body=body,
            doubts=tuple(self.doubts),
            evidence=self.evidence,
            judgements=self._judgements(),
        )

    def _number(self, index: int | None) -> int:
        """The number of a line; what no line shows, the head has told: that is the first."""
        return 1 if index is None else self.page.lines[index].number

    def _found(self, name: str, confidence: float, rule: str, index: int | None) -> None:
        number = self._number(index)
        self.evidence[name] = Evidence(max(_LEAST_SURE, round(confidence, 2)), rule, number, number)

    # 3. title, authors, date

    def _title(self, found: TitleChoice | None) -> str:
        if found is None or found.confidence < TITLE_THRESHOLD:
            candidates = () if found is None else (found.text, *found.others)
            self.doubts.append(doubt("title", Code.NO_TITLE, _shortened(candidates)))
            return ""
        if found.line is not None:
            key = self.lines.lines[found.line].key
            for place in self.lines.places.get(key, (found.line,)):
                if place == found.line or self.page.lines[place].heading == 1:
                    self.marks[place] = _TITLE_MARK
        self._found("title", found.confidence, _TITLE, found.line)
        if found.confidence < TITLE_SURE:
            self.doubts.append(doubt("title", Code.TITLE_UNCERTAIN, _shortened(found.others)))
        return found.text.rstrip("¶# ")

    def _language(self, text: Sequence[int], declared: str) -> str:
        if self.options.language and (given := canonical(self.options.language)):
            self._found("language", 1.0, "given", None)
            return given
        lines = [self.lines.lines[place] for place in text] or self.lines.lines
        prose = [line for line in lines if line.prose] or lines
        words = "\n".join(line.text for line in prose[:400])
        language = detect(words, declared or self.options.site_language)
        if not language:
            self.doubts.append(doubt("language", Code.NO_LANGUAGE))
            return ""
        confidence = 0.97 if language == declared else 0.9
        self.evidence["language"] = Evidence(
            confidence,
            "script and small words",
            self._number(prose[0].index),
            self._number(prose[-1].index),
        )
        return language

    def _authors(
        self, seen: Lookout, dated: Sequence[DatedLine], around: Around
    ) -> tuple[ExtractedByline, ...]:
        scene = Scene(
            self.lines,
            tuple(self.marks),
            {line.index: line for line in dated},
            seen.title,
            around.first,
            around.last,
        )
        found = mentions(scene)
        signed = authors.choose(self.page, self.told, seen, around, found)
        bylines = []
        for author in signed.authors:
            post = find_post(scene, author.name, author.mentions)
            if author.line is not None:
                self._mark_byline(author.line, author.name)
            if post.index is not None and self.marks[post.index] is None:
                self.marks[post.index] = Mark(Part.POST, "under the name")
            words = post.text or author.post
            bylines.append(
                ExtractedByline(author.name, words, Role.AUTHOR, self._number(author.line))
            )
        bylines.extend(self._other_roles(found, around))
        if signed.authors:
            self._found("authors", signed.confidence, _AUTHORS, signed.authors[0].line)
        else:
            code = Code.AUTHOR_UNCERTAIN if signed.unsure else Code.NO_AUTHOR
            self.doubts.append(doubt("authors", code, _shortened(signed.unsure)))
        return tuple(bylines)

    def _mark_byline(self, place: int, name: str) -> None:
        line = self.lines.lines[place]
        if (
            not line.prose
            and self.marks[place] is None
            and folded_key(name) in folded_key(line.text)
        ):
            self.marks[place] = _BYLINE

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
                mention.name, mention.post, mention.role, self._number(mention.index)
            )

    def _date(
        self, dated: Sequence[DatedLine], around: Around, *, day_first: bool | None
    ) -> PrintedDate | None:
        found = dates.choose_date(self.page, self.told, dated, around, day_first=day_first)
        for line in dated:
            if line.alone and self.marks[line.index] is None:
                self.marks[line.index] = _DATE
        if found is None:
            self.doubts.append(self._no_date(dated, around))
            return None
        if found.confidence < dates.THRESHOLD:
            self.doubts.append(doubt("published_at", Code.DATE_UNCERTAIN, (str(found.date),)))
            return None
        self._found("published_at", found.confidence, _PUBLISHED, found.line)
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

    # 4. what stands around the text

    def _section(self, around: Around) -> str:
        told = [
            *self.told.sections,
            self.page.meta("article:section"),
            self.page.meta("parsely-section"),
        ]
        for name in filter(None, told):
            key = folded_key(name)
            places = [place for place in self.lines.places.get(key, ()) if place != around.title]
            near = min(places, key=lambda place: abs(place - around.title), default=None)
            if near is not None and abs(near - around.title) <= _SECTION_REACH:
                if self.marks[near] is None:
                    self.marks[near] = Mark(Part.SECTION, _DECLARED)
                self._found("section", 0.9, _DECLARED, near)
                return self.lines.lines[near].text
        if told := [name for name in told if name]:
            self._found("section", 0.75, _DECLARED, None)
            return told[0][:_LONGEST_FIELD]
        self.doubts.append(doubt("section", Code.NO_SECTION))
        return ""

    def _declared(self) -> tuple[tuple[str, ...], str, str]:
        """Tags, the publication and the page's own address."""
        tags = [
            content for key, content in self.page.metas if key in {"article:tag", "parsely-tags"}
        ]
        words = [word.strip() for tag in tags for word in tag.split(",")] or list(
            self.told.keywords
        )
        chosen = tuple(dict.fromkeys(word[:80] for word in words if word))[:_MOST_TAGS]
        if chosen:
            self._found("tags", 0.8, _DECLARED, None)
        source = self.page.meta("og:site_name") or self.told.publisher or self.told.site
        if source:
            self._found("source", 0.9, _DECLARED, None)
        addresses = (self.page.address, self.page.meta("og:url"), self.told.address)
        address = next(
            (found for found in addresses if found.startswith(("https://", "http://"))), ""
        )
        return chosen, source[:_LONGEST_FIELD], address

    def _views(self) -> int | None:
        for line, mark in zip(self.lines.lines, self.marks, strict=True):
            if mark is chrome.COUNTER and (count := chrome.views(line.text)) is not None:
                self._found("views", 0.95, chrome.COUNTER.rule, line.index)
                return count
        return None

    def _standfirst(self, seen: Lookout, around: Around, text: Sequence[int]) -> str:
        """A line between title and text that the page calls so, or that its description repeats."""
        first = text[0] if text else around.first
        for place in range(around.title + 1, first):
            markup, line = self.page.lines[place], self.lines.lines[place]
            called = markup.place.own & _STANDFIRST and not markup.place.own & _CAPTION
            fits = _NARROWEST_STANDFIRST <= line.width <= _WIDEST_STANDFIRST
            if fits and (called or place in seen.described) and self.marks[place] is None:
                self.marks[place] = Mark(Part.STANDFIRST, "between title and text")
                self._found("standfirst", 0.8, "between title and text", place)
                return line.text
        return ""

    def _biography(self, signed: Sequence[ExtractedByline], text: list[int]) -> str:
        """The note about the authors under the text; its lines leave the text."""
        lines = [self.lines.lines[place] for place in text]
        found = biography_lines(lines, [byline.name for byline in signed])
        for line in found:
            self.marks[line.index] = Mark(Part.BIOGRAPHY, "begins with the author's name")
            text.remove(line.index)
        if not found and text:
            names = tuple(byline.name for byline in signed if byline.role is Role.AUTHOR)
            found = [
                line
                for line in self._notes(text[-1])
                if names and any(name in line.text for name in names)
            ]
            for line in found:
                self.marks[line.index] = Mark(Part.BIOGRAPHY, "in a box about the author")
        return "\n\n".join(line.text for line in found)

    def _notes(self, last: int) -> Iterator[Line]:
        """The paragraphs under the text in a box that is named for a biography."""
        for place in range(last + 1, min(len(self.marks), last + _NOTES_READ)):
            line, markup = self.lines.lines[place], self.page.lines[place]
            if (
                line.prose
                and self.marks[place] is None
                and (markup.place.own | markup.place.above) & _BIOGRAPHY
            ):
                yield line

    def _caption(self, around: Around) -> str:
        """The words of the first picture's caption about the beginning of the text."""
        for place in range(
            max(0, around.title - _NEAR), min(len(self.marks), around.first + _NEAR)
        ):
            mark = self.marks[place]
            if (
                mark is not None
                and mark.part is Part.CAPTION
                and self.page.lines[place].place.tag != "img"
            ):
                return self.lines.lines[place].text[:_LONGEST_FIELD]
        return ""

    # 5. the text

    def _body(self, text: Sequence[int], expected: float) -> str:
        body = markdown([self.page.lines[place] for place in text], links=self.options.links)
        if not body:
            self.doubts.append(doubt("body", Code.NO_BODY))
            return ""
        for place in text:
            self.marks[place] = _BODY
        confidence = expected if len(body) >= SHORTEST_BODY else min(expected, 0.4)
        self.evidence["body"] = Evidence(
            max(_LEAST_SURE, round(confidence, 2)),
            _BODY.rule,
            self._number(text[0]),
            self._number(text[-1]),
        )
        if confidence < _BODY_SURE:
            self.doubts.append(doubt("body", Code.BODY_UNCERTAIN))
        return body

    def _judge_rest(self) -> None:
        for place, mark in enumerate(self.marks):
            if mark is None:
                self.marks[place] = _named_by_place(self.page.lines[place])

    def _judgements(self) -> tuple[Judgement, ...]:
        judged = [
            Judgement(number, *((_MENU.part, _MENU.rule) if line else (_BLANK.part, _BLANK.rule)))
            for number, line in enumerate(self.page.shown, 1)
        ]
        for markup, mark in zip(self.page.lines, self.marks, strict=True):
            found = mark or _OUTSIDE
            judged[markup.number - 1] = Judgement(markup.number, found.part, found.rule)
        return tuple(judged)


def _named_by_place(markup: Markup) -> Mark:
    """What a line that nothing claims is, by the elements around it."""
    place = markup.place
    if place.tag == "img" or place.areas & Area.CAPTION or place.own & _CAPTION:
        return _PICTURE
    if place.areas & (Area.NAV | Area.FOOTER | Area.HEADER) and not place.areas & Area.ARTICLE:
        return _MENU
    return _RELATED if place.around & _LINKS and markup.linked else _OUTSIDE


def _shortened(candidates: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(candidate[:_LONGEST_FIELD] for candidate in candidates[:5]))


def likeliest(widths: Sequence[int], chances: Sequence[float]) -> tuple[list[int], float]:
    """The lines that make the text, and how good that is to be expected to be: so many of the likeliest that precision and recall are best.

    With F the harmonic mean to be expected, a line gains by being taken if its chance is above F / 2:
    on a page that is unsure as a whole more of its lines are taken.
    """
    order = sorted(range(len(chances)), key=lambda place: -chances[place])
    whole = sum(width * chance for width, chance in zip(widths, chances, strict=True))
    taken = right = best = 0.0
    count = 0
    for number, place in enumerate(order, 1):
        if chances[place] < _LEAST_LINE:
            break
        taken += widths[place]
        right += widths[place] * chances[place]
        if right / (taken + whole) > best:
            best, count = right / (taken + whole), number
    return sorted(order[:count]), min(1.0, 2 * best)
