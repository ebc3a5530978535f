"""The recipe from a text capture to an article with evidence.

 1. Number the lines; see what each shows by itself, and where the heaviest run of them stands.
 2. Choose the title among the lines about the beginning of that run.
 3. Judge all lines together: which of them are the text.
 4. Find who signed, and the date of publication, beside the title.
 5. Find section, standfirst, counter, tags, source and note about the authors around the text.
 6. Make Markdown of what is left of the text; doubt what is missing or unsure.

Every line ends with one judgement: nothing of a capture is lost without a name for where it went.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpusapp.extraction import around_text
from corpusapp.extraction.around_text import Findings
from corpusapp.extraction.article import (
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
from corpusapp.extraction.first_look import FirstLook, candidates, look, surroundings
from corpusapp.extraction.learned_furniture import LEARNED
from corpusapp.extraction.lines import Line, Page
from corpusapp.extraction.parts import byline as bylines
from corpusapp.extraction.parts import teaser
from corpusapp.extraction.parts.biography import biography_lines
from corpusapp.extraction.parts.caption import BESIDE_PICTURE
from corpusapp.extraction.parts.chrome import (
    COMMENTS,
    LINKS_HEADING,
    READING_TIME,
    TEXT_END,
    Mark,
    judgements,
)
from corpusapp.extraction.parts.date_features import DatedLine, Span
from corpusapp.extraction.parts.dateline import choose_date
from corpusapp.extraction.parts.head_line import CONFIDENCE, head_line
from corpusapp.extraction.parts.other_article import mark_other_articles
from corpusapp.extraction.parts.paragraphs import BodyLine, blocks
from corpusapp.extraction.parts.scene import Scene
from corpusapp.extraction.parts.section import Place
from corpusapp.extraction.parts.text_judge import TextJudged, judge_text, words_in
from corpusapp.extraction.parts.title import TitleFound, find_title
from corpusapp.extraction.parts.title_words import title_words
from corpusapp.extraction.weights import learned

TITLE_THRESHOLD = 0.15
TITLE_SURE = 0.5
DATE_THRESHOLD = 0.3
_NOTE_REACH = 15  # lines after the text in which a note on the author stands
SHORTEST_BODY = 140  # characters; less is no article's text
BODY_UNSURE = 0.3  # confidence
_MOST_UNSURE = 0.05  # of the text: what may belong to it or not
_BLANK = Mark(Part.BLANK, "blank")
_BODY = Mark(Part.BODY, "judged text among its neighbours")
_NAMED = {
    Part.SUBHEADING: Mark(Part.SUBHEADING, "over a part of the text"),
    Part.QUOTATION: Mark(Part.QUOTATION, "quotation set apart"),
}
_OUTSIDE = Mark(Part.FURNITURE, "judged no text among its neighbours")
_SAID_BEFORE = Mark(Part.FURNITURE, "said before")
_UNDER_LINKS = Mark(Part.CROSS_LINKS, "under a heading over links")
_TITLE = Mark(Part.TITLE, "best of the lines above the text")
_LONGEST_FIELD = 300
_REFRAIN = 30  # wide: what is shorter may be said twice
_CLAIMS = frozenset(Part) - {Part.FURNITURE}
_SURELY_TEXT = 0.75  # chance
_UNSURE = (0.3, 0.5)  # chances between which a line may be text or not


def read_text_capture(page: Page, options: Options) -> ExtractedArticle:
    """The article in the lines of a text capture. Raises an ExtractionError for what is none."""
    seen = look(page, options)
    return _Reading(page, seen.marks, seen.evidence, seen.doubts, seen=seen).article()


def opened(page: Page, options: Options) -> Place | None:
    """Where the section of a page is looked for, as its recipe needs it; None without a title."""
    seen = look(page, options)
    reading = _Reading(page, seen.marks, seen=seen)
    title, _ = reading.judged()
    start, end = reading.span(title)
    reading.authors(seen.dated, title, start, end)
    reading.date(seen.dated, title, start, end)
    return None if title is None else Place(page, title, start, seen.marks, seen.near)


@dataclass(slots=True)
class _Reading(Findings):
    """The state of reading one page: its lines' marks, and the fields found so far."""

    seen: FirstLook = field(kw_only=True)
    text: list[int] = field(default_factory=list)  # the lines judged text

    def article(self) -> ExtractedArticle:
        dated = self.seen.dated
        title, judged = self.judged()
        start, end = self.span(title)
        signed = self.authors(dated, title, start, end)
        published = self.date(dated, title, start, end)
        scene = Scene(self.page, self.marks, {}, title, start, end)
        place = (
            None if title is None else Place(self.page, title, start, self.marks, self.seen.near)
        )
        section = around_text.section(self, place)
        views = around_text.views(self, scene)
        tags = around_text.tags(self, scene)
        source, source_url = around_text.source(self, scene)
        standfirst, cut = around_text.standfirst(self, title, start, end, self.text)
        biography = self._biography(signed)
        caption = around_text.caption(self, title, start, self.text)
        mark_other_articles(self.page, (start, end), {line.index for line in dated}, self.marks)
        body = self._body(judged, cut)
        self._judge_rest(end)
        return ExtractedArticle(
            title="" if title is None else title_words(self.page, title),
            standfirst=standfirst,
            bylines=signed,
            published=published,
            section=section,
            language=self.seen.language,
            source=source,
            source_url=source_url,
            views=views,
            tags=tags,
            caption=caption,
            biography=biography,
            body=body,
            doubts=tuple(self.doubts),
            evidence=self.evidence,
            judgements=self._judgements(),
        )

    def judged(self) -> tuple[int | None, TextJudged]:
        """The title's line, and which lines are the text."""
        title = self._title(find_title(candidates(self.seen, learned("title_words"))))
        judged = judge_text(self.page, self.marks, surroundings(self.seen, title))
        if title is not None:
            self.marks[title] = _TITLE
        self.text = self._text(judged)
        return title, judged

    # 2. the title

    def _title(self, found: TitleFound | None) -> int | None:
        if found is None or found.confidence < TITLE_THRESHOLD:
            found = self._at_the_head() or found
        if found is None:
            self.doubts.append(doubt("title", Code.NO_TITLE))
            return None
        line = self.page.lines[found.index]
        if found.confidence < TITLE_THRESHOLD:
            self.doubts.append(
                doubt("title", Code.NO_TITLE, _shortened((line.text, *found.others)))
            )
            return None
        self.evidence["title"] = Evidence(found.confidence, _TITLE.rule, line.number, line.number)
        if found.confidence < TITLE_SURE:
            self.doubts.append(doubt("title", Code.TITLE_UNCERTAIN, _shortened(found.others)))
        return found.index

    def _at_the_head(self) -> TitleFound | None:
        index = head_line(self.page, self.marks, self.seen.near)
        return None if index is None else TitleFound(index, CONFIDENCE, ())

    # 3. the text

    def _text(self, judged: TextJudged) -> list[int]:
        """The chosen lines, in their order, without links and what only a surer chance makes text."""
        found: list[int] = []
        under_links = False
        for line in self.page.lines:
            mark = self.marks[line.index]
            under_links = mark is LINKS_HEADING or (under_links and not line.prose and mark is None)
            if line.index not in judged.chosen or not line.text:
                continue
            doubtful = judged.chances[line.index] < _SURELY_TEXT
            if mark is not None and (mark.part in _CLAIMS or doubtful or mark is LEARNED):
                continue
            if doubtful and (_is_row(line) or self._says_again(line, found)):
                continue
            if under_links:
                self.marks[line.index] = mark or _UNDER_LINKS
            else:
                found.append(line.index)
        return found

    def _says_again(self, line: Line, text: Sequence[int]) -> bool:
        """Whether a page's teaser of itself repeats how its text begins."""
        again = line.text.rstrip(teaser.END_MARKS)
        return bool(text and again) and self.page.lines[text[0]].text.startswith(again)

    def span(self, title: int | None) -> tuple[int, int]:
        """The first paragraph of the text, under the title if one stands there, and its last line."""
        if not self.text:
            last = len(self.page.lines) - 1
            return (last if title is None else min(title + 1, last)), last
        under = [index for index in self.text if title is None or index > title] or self.text
        prose = (index for index in under if self.page.lines[index].prose)
        return next(prose, under[0]), self.text[-1]

    # 4. authors and date

    def authors(
        self, dated: Sequence[DatedLine], title: int | None, start: int, end: int
    ) -> tuple[ExtractedByline, ...]:
        found = bylines.signatures(
            Scene(self.page, self.marks, {line.index: line for line in dated}, title, start, end)
        )
        chosen = bylines.choose(found)
        for signature in chosen:
            line = self.page.lines[signature.index]
            # A sentence that tells who wrote it is a sentence of the text all the same
            if not (start <= line.index <= end and (line.prose or "。" in line.text)):
                self.marks[line.index] = Mark(Part.BYLINE, signature.rule)
            if signature.post_index is not None:
                self.marks[signature.post_index] = Mark(Part.POST, "under the name")
            for echo in signature.echoes:
                self.marks[echo] = self.marks[echo] or Mark(Part.BYLINE, signature.rule)
        signed = bylines.merged(chosen)
        if any(byline.role is Role.AUTHOR for byline in signed):
            first, last = chosen[0], chosen[-1]
            lines = self.page.lines
            self.evidence["authors"] = Evidence(
                round(first.confidence, 2),
                first.rule,
                min(lines[signature.index].number for signature in chosen),
                max(lines[last.post_index or last.index].number, lines[last.index].number),
            )
        else:
            unsure = tuple(
                byline.name
                for signature in found
                if signature not in chosen
                for byline in signature.bylines
            )
            code = Code.AUTHOR_UNCERTAIN if unsure else Code.NO_AUTHOR
            self.doubts.append(doubt("authors", code, _shortened(unsure)))
        return signed

    def date(
        self, dated: Sequence[DatedLine], title: int | None, start: int, end: int
    ) -> PrintedDate | None:
        span = Span(start if title is None else title, start, end)
        found = choose_date(dated, self.page, span, self.marks)
        if found is None:
            self.doubts.append(doubt("published_at", Code.NO_DATE))
            return None
        line = self.page.lines[found.line.index]
        date = found.line.date
        if date.printed is None:
            code = Code.DATE_IMPOSSIBLE if date.impossible else Code.DATE_AMBIGUOUS
            self.doubts.append(doubt("published_at", code, date.candidates))
            self._mark_date(dated, found.line)
            return None
        if found.confidence < DATE_THRESHOLD:
            self.doubts.append(doubt("published_at", Code.DATE_UNCERTAIN, (str(date.printed),)))
            return None
        self.evidence["published_at"] = Evidence(
            found.confidence, found.rule, line.number, line.number
        )
        self._mark_date(dated, found.line)
        return date.printed

    def _mark_date(self, dated: Sequence[DatedLine], chosen: DatedLine) -> None:
        for line in dated:
            mark = self.marks[line.index]
            free = mark is None or mark is READING_TIME  # both are but numbers
            if free and not self.page.lines[line.index].prose and (line.alone or line is chosen):
                self.marks[line.index] = Mark(Part.DATE, "a date")

    # 5. the note on the author

    def _biography(self, signed: Sequence[ExtractedByline]) -> str:
        lines = [self.page.lines[index] for index in self.text if self.marks[index] is None]
        end = lines[-1].index if lines else 0
        below = [
            line
            for line in self.page.lines[end + 1 : end + 1 + _NOTE_REACH]
            if self.marks[line.index] is None
        ]
        found = biography_lines(lines, [byline.name for byline in signed], below)
        for line in found:
            self.marks[line.index] = Mark(Part.BIOGRAPHY, "begins with the author's name")
        if found:
            self.evidence["biography"] = Evidence(
                0.8, "begins with the author's name", found[0].number, found[-1].last
            )
        return "\n\n".join(line.text for line in found)

    # 6. the body

    def _body(self, judged: TextJudged, glued: str) -> str:
        kept = self._text_lines(judged)
        if kept and glued:
            kept[0] = BodyLine(kept[0].line, teaser.without_teaser(kept[0].text, glued))
        made = list(blocks(kept))
        body = "\n\n".join(block.source for block in made)
        for block in made:
            for item in kept[block.first : block.last + 1]:
                self.marks[item.line.index] = _NAMED.get(block.part, _BODY)
        if not body:
            self.doubts.append(doubt("body", Code.NO_BODY))
            return body
        confidence = max(0.01, round(sureness(judged.agreement), 2))
        self.evidence["body"] = Evidence(
            confidence, _BODY.rule, kept[0].line.number, kept[-1].line.last
        )
        if len(body) < SHORTEST_BODY or confidence < BODY_UNSURE:
            self.doubts.append(doubt("body", Code.BODY_UNCERTAIN))
        elif self._unsure(judged) > _MOST_UNSURE:
            self.doubts.append(doubt("body", Code.BODY_EDGES))
        return body

    def _unsure(self, judged: TextJudged) -> float:
        """Words of unclaimed lines that may be text or not, beside those of the text."""
        low, high = _UNSURE
        may_be = own = 0.0
        for line, chance in zip(self.page.lines, judged.chances, strict=True):
            mark = self.marks[line.index]
            if mark is _BODY:
                own += words_in(line)
            if low <= chance < high and (mark is None or mark is _BODY):
                may_be += words_in(line)
        return may_be / max(own, 1.0)

    def _text_lines(self, judged: TextJudged) -> list[BodyLine]:
        """The lines of the text that no field has claimed; a paragraph that comes again only once."""
        kept: list[BodyLine] = []
        seen: set[str] = set()
        for index in self.text:
            line, mark = self.page.lines[index], self.marks[index]
            if mark is not None and (mark.part in _CLAIMS or mark is BESIDE_PICTURE):
                continue
            words = line.key or line.text
            unsure = judged.chances[index] < _SURELY_TEXT
            if words in seen and line.width > _REFRAIN and unsure:
                self.marks[index] = _SAID_BEFORE
                continue
            seen.add(words)
            self.marks[index] = _BODY
            kept.append(BodyLine(line, line.text))
        return kept

    def _judge_rest(self, end: int) -> None:
        under_links = False
        for line in self.page.lines:
            mark = self.marks[line.index]
            if line.index > end and mark is LINKS_HEADING:
                under_links = True
            elif mark is TEXT_END or mark is COMMENTS:
                under_links = False
            if mark is None:
                self.marks[line.index] = _UNDER_LINKS if under_links else _OUTSIDE

    def _judgements(self) -> tuple[Judgement, ...]:
        marks = [_BLANK] * self.page.count
        for line, found in zip(self.page.lines, self.marks, strict=True):
            mark = found or _OUTSIDE
            marks[line.number - 1] = mark
            for place in range(line.number, line.last):
                marks[place] = mark
        return judgements(marks)


def _is_row(line: Line) -> bool:
    """Several links on one line: "News | Weather | Contact us"."""
    return not line.ends and line.text.count("|") + line.text.count("｜") > 1


def sureness(agreement: float) -> float:
    """How likely a text is whole and clean (F1 of at least 0.9), by its expected agreement."""
    curve = learned("agreement")
    return 1 / (1 + math.exp(-curve["slope"] * agreement - curve["offset"]))


def _shortened(candidates: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(candidate[:_LONGEST_FIELD] for candidate in candidates[:5]))
