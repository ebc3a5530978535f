"""The recipe from the bytes of a capture to an article with evidence.

 1. Decode, refusing what is no text.
 2. Number the lines; see what each shows by itself.
 3. Find the dates, and the run of lines that is the text.
 4. Choose the title, by length, place, company and echoes.
 5. Find who signed, and the date of publication, beside the title.
 6. Find section, standfirst and counter around it.
 7. Take what is left of the run as body, without furniture.
 8. Tell the language; doubt what is missing or unsure.

Every line ends with one judgement: nothing of a capture is lost without a name for where it went.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

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
from corpusapp.extraction.errors import EmptyError, OnlyFurnitureError, TooLargeError
from corpusapp.extraction.formats.html.reading import read_saved_page
from corpusapp.extraction.formats.plain_text import Decoded, decode
from corpusapp.extraction.lines import Line, Page, read_page
from corpusapp.extraction.parts import byline as bylines
from corpusapp.extraction.parts import chrome, teaser, text_block
from corpusapp.extraction.parts.biography import biography_lines
from corpusapp.extraction.parts.chrome import COMMENTS, LINKS_HEADING, TEXT_END, Mark, judge_chrome
from corpusapp.extraction.parts.date_features import DatedLine, Span
from corpusapp.extraction.parts.dateline import (
    choose_date,
    dated_lines,
    day_first_of,
    near_lines,
)
from corpusapp.extraction.parts.paragraphs import BodyLine, markdown
from corpusapp.extraction.parts.scene import Scene
from corpusapp.extraction.parts.section import find_section
from corpusapp.extraction.parts.text_block import Block
from corpusapp.extraction.parts.title import TitleFound, find_title, gather
from corpusapp.extraction.readable import SAVED_PAGE, rendered_text
from corpusapp.extraction.saved_page import read_article
from corpusapp.text.folding import clean, text_hash
from corpusapp.text.languages import canonical, detect

EXTRACTOR_VERSION: str = "1"
"""Stored with each capture; raise it when the same bytes give other fields."""

TITLE_THRESHOLD = 0.35
TITLE_SURE = 0.55
DATE_THRESHOLD = 0.3
SECTION_THRESHOLD = 0.6
SHORTEST_BODY = 140  # characters; less is no article's text
_BLANK = Mark(Part.BLANK, "blank")
_BODY = Mark(Part.BODY, "in the run of text")
_OUTSIDE = Mark(Part.FURNITURE, "outside the run of text")
_SAID_BEFORE = Mark(Part.FURNITURE, "said before")
_LONGEST_FIELD = 300
_MOST_ABOVE_TITLE = 1  # paragraphs: a teaser; more of them are text
_FEWEST_OWN = 3  # lines that are no furniture, for verse or notes


def extract(raw: bytes, options: Options = Options()) -> ExtractedArticle:  # noqa: B008 - frozen
    """The article in a text capture. Raises an ExtractionError for what is none."""
    if len(raw) > options.max_bytes:
        raise TooLargeError(len(raw), options.max_bytes)
    if options.media_type == SAVED_PAGE:
        saved = read_saved_page(raw)
        decoded, text = saved.decoded, rendered_text(saved.page)
        article = read_article(saved.page, text, options)
    else:
        decoded = decode(raw)
        text = clean(decoded.text)
        page = read_page(text)
        if not page.lines:
            raise EmptyError
        article = _Reading(page, options).article()
    return replace(
        article,
        doubts=(*article.doubts, *_encoding_doubts(decoded)),
        encoding=decoded.encoding,
        text_hash=text_hash(text),
    )


def _encoding_doubts(decoded: Decoded) -> tuple[Doubt, ...]:
    if decoded.mixed:
        return (doubt("encoding", Code.ENCODING_MIXED, (decoded.encoding,)),)
    if decoded.guessed:
        return (doubt("encoding", Code.ENCODING_GUESSED, (decoded.encoding,)),)
    return ()


@dataclass(slots=True)
class _Reading:
    """The state of reading one page: its lines' marks, and the fields found so far."""

    page: Page
    options: Options
    marks: list[Mark | None] = field(default_factory=list)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    edges_left: bool = False  # out of the text, though they may belong to it

    def article(self) -> ExtractedArticle:
        page = self.page
        self.marks = [judge_chrome(line) for line in page.lines]
        block = self._find_text()
        language = self._language(block)
        dated = dated_lines(page, day_first=day_first_of(language, page))
        near = dict(near_lines(dated))
        title = self._title(block, near, dated)
        start, end = self._text_after(title, block)
        signed = self._authors(dated, title, start, end)
        published = self._date(dated, title, start, end)
        section = self._section(title, near)
        views = self._views()
        tags, source, source_url = self._tags_and_source()
        standfirst, cut = self._standfirst(title, start, end)
        biography = self._biography(signed, start, end)
        if not cut:
            start = self._beginning(title, start)
        body, caption = self._body(title, start, end, cut)
        return ExtractedArticle(
            title=self._title_text(title),
            standfirst=standfirst,
            bylines=signed,
            published=published,
            section=section,
            language=language,
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

    # 3. the text

    def _find_text(self) -> Block:
        weights = [
            text_block.weigh(line, mark)
            for line, mark in zip(self.page.lines, self.marks, strict=True)
        ]
        block = text_block.heaviest_run(weights)
        if block.first > block.last:
            return self._verse_or_nothing()
        block = text_block.with_beginning(block, weights)
        block = text_block.cut_at_heading(block, weights, self.marks)
        below = text_block.edge_below(self.page.lines, self.marks, block)
        self.edges_left = below.left
        return Block(block.first, below.kept[-1]) if below.kept else block

    def _verse_or_nothing(self) -> Block:
        """All the page's own lines, if they could be verse or notes: many, or long for a menu."""
        own = [line for line, mark in zip(self.page.lines, self.marks, strict=True) if mark is None]
        punctuated = sum(line.ends or line.text[-1] in ",，、" for line in own)
        if len(own) < _FEWEST_OWN or (
            3 * punctuated < len(own) and sum(line.width for line in own) < 30 * len(own)
        ):
            raise OnlyFurnitureError(self.page.count)
        self.doubts.append(doubt("body", Code.BODY_UNCERTAIN))
        return Block(own[0].index, own[-1].index)

    def _language(self, block: Block) -> str:
        if self.options.language and (given := canonical(self.options.language)):
            self.evidence["language"] = Evidence(1.0, "given", 1, 1)
            return given
        lines = self.page.lines[block.first : block.last + 1] or self.page.lines
        prose = [line for line in lines if line.prose] or lines
        language = detect("\n".join(line.text for line in prose[:400]), self.options.site_language)
        if language:
            self.evidence["language"] = Evidence(
                0.9, "script and small words", prose[0].number, prose[-1].number
            )
        else:
            self.doubts.append(doubt("language", Code.NO_LANGUAGE))
        return language

    # 4. the title

    def _title(self, block: Block, near: dict[int, str], dated: Sequence[DatedLine]) -> int | None:
        signs = self._lines_led_by_a_name(block)
        filled = {**near, **signs}
        holding = frozenset(line.index for line in dated if not line.date.year_only)
        found = find_title(gather(self.page, block, self.marks, filled, holding))
        if found is None:
            self.doubts.append(doubt("title", Code.NO_TITLE))
            return None
        if found.confidence < TITLE_THRESHOLD:
            candidates = (self.page.lines[found.index].text, *found.others)
            self.doubts.append(doubt("title", Code.NO_TITLE, _shortened(candidates)))
            return None
        self._keep_title(found)
        return found.index

    def _lines_led_by_a_name(self, block: Block) -> dict[int, str]:
        """The lines about the beginning of the text that a word for authorship opens."""
        found = {}
        for index in range(max(0, block.first - 60), min(len(self.page.lines), block.first + 10)):
            line = self.page.lines[index]
            if line.width <= 120 and (led := bylines.led_names(line.text)) and led[0]:  # noqa: PLR2004
                found[index] = "byline"
        return found

    def _keep_title(self, found: TitleFound) -> None:
        line = self.page.lines[found.index]
        self.marks[found.index] = Mark(Part.TITLE, "best of the lines above the text")
        self.evidence["title"] = Evidence(
            found.confidence, "best of the lines above the text", line.number, line.number
        )
        if found.confidence < TITLE_SURE:
            self.doubts.append(doubt("title", Code.TITLE_UNCERTAIN, _shortened(found.others)))

    def _title_text(self, title: int | None) -> str:
        return "" if title is None else self.page.lines[title].text

    def _text_after(self, title: int | None, block: Block) -> tuple[int, int]:
        """The first and last line of the text: from the first paragraph under the title."""
        if title is None:
            return block.first, block.last
        last = block.last
        above = sum(self.page.lines[index].prose for index in range(block.first, title))
        if above > _MOST_ABOVE_TITLE:
            return block.first, last
        for index in range(title + 1, last + 1):
            if self.page.lines[index].prose and self.marks[index] is None:
                return index, last
        start = max(title + 1, block.first)
        while start <= last and self.marks[start] is not None:
            start += 1
        return start, last

    # 5. authors and date

    def _authors(
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

    def _date(
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
            if (
                self.marks[line.index] is None
                and not self.page.lines[line.index].prose
                and (line.alone or line is chosen)
            ):
                self.marks[line.index] = Mark(Part.DATE, "a date")

    # 6. what stands around title and text

    def _section(self, title: int | None, near: dict[int, str]) -> str:
        found = None if title is None else find_section(self.page, title, self.marks, near)
        if found is None:
            self.doubts.append(doubt("section", Code.NO_SECTION))
            return ""
        if found.confidence < SECTION_THRESHOLD:
            self.doubts.append(doubt("section", Code.SECTION_UNCERTAIN, _shortened((found.value,))))
            return ""
        number = self.page.lines[found.index].number
        self.marks[found.index] = Mark(Part.SECTION, found.rule)
        self.evidence["section"] = Evidence(found.confidence, found.rule, number, number)
        return found.value

    def _views(self) -> int | None:
        for line in self._marked(Part.VIEWS):
            count = chrome.views(line.text)
            if count is None:
                self.doubts.append(doubt("views", Code.VIEWS_IMPOSSIBLE, _shortened((line.text,))))
                return None
            self.evidence["views"] = Evidence(0.95, chrome.COUNTER.rule, line.number, line.number)
            return count
        return None

    def _tags_and_source(self) -> tuple[tuple[str, ...], str, str]:
        tags: tuple[str, ...] = ()
        source = address = ""
        for line in self._marked(Part.TAGS):
            if not tags and (tags := chrome.keywords(line.text)):
                self.evidence["tags"] = Evidence(
                    0.8, chrome.KEYWORDS.rule, line.number, line.number
                )
        for line in self._marked(Part.SOURCE):
            if not source and (source := chrome.source(line.text)):
                address = chrome.source_address(source)
                self.evidence["source"] = Evidence(
                    0.8, chrome.SOURCE.rule, line.number, line.number
                )
        return tags, source, address

    def _marked(self, part: Part) -> list[Line]:
        return [
            line
            for line, mark in zip(self.page.lines, self.marks, strict=True)
            if mark is not None and mark.part is part
        ]

    def _standfirst(self, title: int | None, start: int, end: int) -> tuple[str, str]:
        """(standfirst, what of it is glued to the first paragraph)."""
        if title is None or start > end:
            return "", ""
        found = teaser.find_teaser(self.page, title, start, end)
        if found is not None:
            self.marks[found.index] = self.marks[found.title_index] = Mark(
                Part.CROSS_LINKS, "the page's own teaser"
            )
            number = self.page.lines[found.index].number
            if found.unsure:
                self.doubts.append(
                    doubt(
                        "standfirst",
                        Code.STANDFIRST_UNCERTAIN,
                        (self.page.lines[found.index].text,),
                    )
                )
            elif found.standfirst:
                rule = "repeated by the page's teaser" + (
                    ", glued to the text" if found.glued else ""
                )
                first = self.page.lines[start].number if found.glued else number
                self.evidence["standfirst"] = Evidence(0.9, rule, first, number)
                return found.standfirst, found.standfirst if found.glued else ""
        header = {
            line.index
            for line in self._marked(Part.BYLINE) + self._marked(Part.DATE)
            if title < line.index <= start + 4
        }
        index = teaser.standfirst_line(self.page, title, max(start + 1, title + 1), sorted(header))
        if (
            index is None
            or self.marks[index] is not None
            or (index == start and not self._text_follows(start, end))
        ):
            return "", ""
        line = self.page.lines[index]
        self.marks[index] = Mark(Part.STANDFIRST, "between title and byline")
        self.evidence["standfirst"] = Evidence(
            0.8, "between title and byline", line.number, line.number
        )
        return line.text, ""

    def _text_follows(self, start: int, end: int) -> bool:
        return any(self.page.lines[index].prose for index in range(start + 1, end + 1))

    def _biography(self, signed: Sequence[ExtractedByline], start: int, end: int) -> str:
        lines = [
            line for line in self.page.lines[start : end + 1] if self.marks[line.index] is None
        ]
        found = biography_lines(lines, [byline.name for byline in signed])
        for line in found:
            self.marks[line.index] = Mark(Part.BIOGRAPHY, "begins with the author's name")
        if found:
            self.evidence["biography"] = Evidence(
                0.8, "begins with the author's name", found[0].number, found[-1].last
            )
        return "\n\n".join(line.text for line in found)

    # 7. the body

    def _beginning(self, title: int | None, start: int) -> int:
        """The first line of the text, with those right above it that nothing else has claimed."""
        top = -1 if title is None or title >= start else title
        above = text_block.edge_above(self.page.lines[top + 1 : start], self.marks)
        self.edges_left = self.edges_left or above.left
        return above.kept[-1] if above.kept else start

    def _body(self, title: int | None, start: int, end: int, glued: str) -> tuple[str, str]:
        self._judge_header(title, start)
        kept = self._text_lines(start, end)
        if kept and glued:
            kept[0] = BodyLine(kept[0].line, teaser.without_teaser(kept[0].text, glued))
        for item in kept:
            self.marks[item.line.index] = _BODY
        body = markdown(kept)
        if not body:
            self.doubts.append(doubt("body", Code.NO_BODY))
        else:
            confidence = 0.95 if len(body) >= SHORTEST_BODY else 0.4
            self.evidence["body"] = Evidence(
                confidence, "the heaviest run of lines", kept[0].line.number, kept[-1].line.last
            )
            if self.edges_left:
                self.doubts.append(doubt("body", Code.BODY_EDGES))
            if len(body) < SHORTEST_BODY and not any(held.field == "body" for held in self.doubts):
                self.doubts.append(doubt("body", Code.BODY_UNCERTAIN))
        self._judge_rest(end)
        return body, self._caption(title, start)

    def _judge_header(self, title: int | None, start: int) -> None:
        """What stands unclaimed between title and text belongs to a picture."""
        if title is None:
            return
        for index in range(title + 1, start):
            if self.marks[index] is None:
                self.marks[index] = Mark(Part.CAPTION, "between title and text")

    def _text_lines(self, start: int, end: int) -> list[BodyLine]:
        kept: list[BodyLine] = []
        seen: set[str] = set()
        in_links = False
        for index in range(start, end + 1):
            line = self.page.lines[index]
            mark = self.marks[index]
            if mark in (LINKS_HEADING, TEXT_END, COMMENTS):
                in_links = mark is LINKS_HEADING
                continue
            in_links = in_links and not line.prose
            if mark is not None:
                continue
            if in_links:
                self.marks[index] = Mark(Part.CROSS_LINKS, "under a heading over links")
                continue
            words = line.key or line.text
            if words in seen and line.width > 30:  # noqa: PLR2004 - short refrains are an author's right
                self.marks[index] = _SAID_BEFORE
                continue
            seen.add(words)
            kept.append(BodyLine(line, line.text))
        return kept

    def _judge_rest(self, end: int) -> None:
        under_links = False
        for line in self.page.lines:
            mark = self.marks[line.index]
            if line.index > end and mark is LINKS_HEADING:
                under_links = True
            elif mark in (TEXT_END, COMMENTS):
                under_links = False
            if mark is None:
                self.marks[line.index] = (
                    Mark(Part.CROSS_LINKS, "under a heading over links")
                    if under_links
                    else _OUTSIDE
                )

    def _caption(self, title: int | None, start: int) -> str:
        """The words of the first picture's caption, above the text."""
        first = 0 if title is None else title + 1
        for index in range(first, min(start, len(self.page.lines))):
            mark = self.marks[index]
            if mark is not None and mark.part is Part.CAPTION:
                line = self.page.lines[index]
                self.evidence["caption"] = Evidence(0.6, mark.rule, line.number, line.last)
                return line.text[:_LONGEST_FIELD]
        return ""

    def _judgements(self) -> tuple[Judgement, ...]:
        marks = [_BLANK] * self.page.count
        for line in self.page.lines:
            mark = self.marks[line.index] or _OUTSIDE
            for number in range(line.number, line.last + 1):
                marks[number - 1] = mark
        return tuple(
            Judgement(number, mark.part, mark.rule) for number, mark in enumerate(marks, 1)
        )


def _shortened(candidates: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(candidate[:_LONGEST_FIELD] for candidate in candidates[:5]))
