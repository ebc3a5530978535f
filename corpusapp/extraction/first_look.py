"""What a text capture shows at first sight: its lines' words, its heaviest run, its dates, its language.

The judges of title and text see a page through this, in the engine and when they are taught alike.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpusapp.extraction.article import Doubt, Evidence, Options
from corpusapp.extraction.doubts import Code, doubt
from corpusapp.extraction.errors import OnlyFurnitureError
from corpusapp.extraction.learned_furniture import mark_learned
from corpusapp.extraction.lines import Line, Page
from corpusapp.extraction.parts import byline, text_block
from corpusapp.extraction.parts.chrome import Mark, judge_chrome
from corpusapp.extraction.parts.date_features import DatedLine
from corpusapp.extraction.parts.dateline import dated_lines, day_first_of, near_lines
from corpusapp.extraction.parts.text_block import Block
from corpusapp.extraction.parts.text_features import Surroundings
from corpusapp.extraction.parts.title_candidates import Candidates, gather
from corpusapp.text.languages import canonical, detect

_FEWEST_VERSES = 6
_SPEAKS = re.compile("[的了着著在是不没沒我你他她它又就还還把被和从從到那这這]|^[a-zà-öø-ÿа-я]")
_FEWEST_OWN = 3  # lines that are no furniture, for verse or notes
_SIGNED_ABOVE, _SIGNED_BELOW, _WIDEST_SIGNED = 60, 10, 120
_NAME_AND_PAPER = re.compile(
    r"[\u4e00-\u9fff]{2,4}\s?[/／]\s?[\u4e00-\u9fff]{2,12}(?:报|報|网|網|社|台|刊)"
)
_LINES_READ = 400  # to tell the language


@dataclass(slots=True)
class FirstLook:
    """A page before title and text are chosen; `marks` has one entry a line."""

    page: Page
    marks: list[Mark | None]
    block: Block
    language: str
    dated: Sequence[DatedLine]
    near: Mapping[int, str]  # lines that a "date" fills
    evidence: dict[str, Evidence] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)


def look(page: Page, options: Options) -> FirstLook:
    """Raises OnlyFurnitureError for a page without anything to publish."""
    marks = [judge_chrome(line) for line in page.lines]
    mark_learned(page.lines, marks, options.furniture)
    weights = [text_block.weigh(line, mark) for line, mark in zip(page.lines, marks, strict=True)]
    block = text_block.heaviest_run(weights)
    if block.first > block.last:
        block = _verse_or_nothing(page, marks)
    else:
        block = text_block.with_beginning(block, weights)
        block = text_block.cut_at_heading(block, weights, marks)
    seen = FirstLook(page, marks, block, "", (), {})
    seen.language = _language(seen, options)
    seen.dated = dated_lines(page, day_first=day_first_of(seen.language, page))
    seen.near = near_lines(seen.dated)
    return seen


def _verse_or_nothing(page: Page, marks: Sequence[Mark | None]) -> Block:
    """All the page's own lines, if they could be verse or notes: many, or long for a menu."""
    own = [line for line, mark in zip(page.lines, marks, strict=True) if mark is None]
    punctuated = sum(line.ends or line.text[-1] in ",，、" for line in own)
    narrow = 3 * punctuated < len(own) and sum(line.width for line in own) < 30 * len(own)
    if len(own) < _FEWEST_OWN or (narrow and not _in_stanzas(own, len(page.lines))):
        raise OnlyFurnitureError(page.count)
    return Block(own[0].index, own[-1].index)


def _in_stanzas(own: Sequence[Line], count: int) -> bool:
    """Whether lines without punctuation are verse: groups of lines, parted by gaps, that speak.

    A menu has bullets, or names things: its lines hold no particle and begin with a capital.
    """
    if len(own) < _FEWEST_VERSES or 2 * len(own) < count or any(line.bullet for line in own):
        return False
    groups: list[int] = []
    for line in own:
        if line.gap or not groups:
            groups.append(0)
        groups[-1] += 1
    speaking = sum(_SPEAKS.search(line.text) is not None for line in own)
    return sum(size > 1 for size in groups) > 1 and 3 * speaking >= len(own)


def _language(seen: FirstLook, options: Options) -> str:
    if options.language and (given := canonical(options.language)):
        seen.evidence["language"] = Evidence(1.0, "given", 1, 1)
        return given
    lines = seen.page.lines[seen.block.first : seen.block.last + 1] or seen.page.lines
    prose = [line for line in lines if line.prose] or lines
    language = detect("\n".join(line.text for line in prose[:_LINES_READ]), options.site_language)
    if language:
        seen.evidence["language"] = Evidence(
            0.9, "script and small words", prose[0].number, prose[-1].number
        )
    else:
        seen.doubts.append(doubt("language", Code.NO_LANGUAGE))
    return language


def candidates(seen: FirstLook, words: Mapping[str, float]) -> Candidates:
    """The lines that may be the title; `words` are the weights of words."""
    holding = frozenset(line.index for line in seen.dated if not line.date.year_only)
    filled = {**seen.near, **_signed_lines(seen)}
    return gather(seen.page, seen.block, seen.marks, near=filled, dated=holding, weights=words)


def _signed_lines(seen: FirstLook) -> dict[int, str]:
    """The lines about the beginning of the text that a word for authorship opens."""
    found = {}
    lines, first = seen.page.lines, seen.block.first
    for line in lines[max(0, first - _SIGNED_ABOVE) : first + _SIGNED_BELOW]:
        if line.width > _WIDEST_SIGNED:
            continue
        if not line.text.isascii() and _NAME_AND_PAPER.fullmatch(line.text):
            found[line.index] = "name"
        elif byline.may_lead(line.key) and (led := byline.led_names(line.text)) and led[0]:
            found[line.index] = "byline"
    return found


def surroundings(seen: FirstLook, title: int | None) -> Surroundings:
    """What the judge of the text is told beside the lines."""
    return Surroundings(seen.block.first, seen.block.last, title, frozenset(seen.near))
