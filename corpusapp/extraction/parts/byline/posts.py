"""The post: what an author was on the day, as printed beside or under the name, or in the note about them.

Seen in seeds/002_b626b8f401cf094e.txt: four spaces in under the bullet with the name stands "Member, Foreign
Policy Advisory Committee". Elsewhere: "Ann Lee, Professor of Y", under the name "Senior Staff Writer", in the
author's box after the text "CEO & Co-Founder at Z", "（作者系某大学教授）".
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpusapp.extraction.lines import Line
from corpusapp.extraction.parts.byline.leads import led_names, may_lead
from corpusapp.extraction.parts.byline.names import is_post
from corpusapp.extraction.parts.byline.ways import Mention, Way
from corpusapp.extraction.parts.scene import Scene
from corpusapp.extraction.vocabulary import folded
from corpusapp.text.folding import fold

_UNDER_BULLET = 4  # spaces that put a line under a bullet
_WIDEST_POST, _WIDEST_TOLD_POST = 140, 90
_LOOKED_BELOW = 3  # lines under a name, those that name them again left out
_MOST_REPEATED = 6  # "Staff writer" under a name is a post, on ten lines it is a menu's word
_NO_POSTS = folded("name_tails", "by", "about", "text_ends", "cross_links", "sections")
_SENTENCE_INSIDE = re.compile(r"[.!?]\s+[^\W\d_a-z]")
_LONGEST_CLAUSE = 110
_LINKS = ("more ", "all ", "view ", "see ", "read ", "meet ", "ask ", "mehr ", "alle ")
_IS = "is|was|ist|war|est|es|è|é"
_CLAUSE = re.compile(
    rf"\s(?:{_IS})\s(?:a|an|the|ein|eine|der|die|un|une|una|le|la|el)?\s?(?P<post>[^.;。()]{{4,110}}?)"
    r"(?=[.;]|,?\s(?:and|und|et|y|who|where|whose|with|covering|based|specializing|focusing|der|die|qui|que)\s|$)"
)
_HAN_CLAUSE = re.compile(
    "(?:系|是|为|為|係|现任|現任|，|,|：|:)\\s?(?P<post>[\u4e00-\u9fff·、“”\\w]{3,40})(?=[，。；,;）)】\\]]|$)"
)
# Only at the end of a paragraph: the same words inside one tell of other authors.
_NAMELESS = re.compile(
    "[（(【\\[]?(?:本文)?作者(?:系|係|为|為|是)(?P<post>[\u4e00-\u9fff·、，,“”\\w ]{3,60})[。)）】\\]]{1,2}$"
)
_LONGEST_NOTE = 80


@dataclass(frozen=True, slots=True)
class Post:
    text: str
    index: int | None = None  # of its own line, where it is not the name's


def find_post(scene: Scene, name: str, mentions: Iterable[Mention]) -> Post:
    """The post printed with `name`, at the best of its places that has one; "" where none has."""
    ordered = list(mentions)
    for mention in ordered:
        if mention.post and _tells(mention.post):
            return Post(mention.post)
        last = mention.place == mention.listed - 1 and mention.way in _NAMING
        if last and (found := _below(scene, scene.page.lines[mention.index], name)):
            return found
    for mention in ordered:
        if mention.way is Way.BIOGRAPHY and (
            clause := _clause(scene.page.lines[mention.index].text, name)
        ):
            return Post(clause)
    return Post("")


_NAMING = frozenset((Way.LED, Way.LED_ABOVE, Way.ALONE, Way.PORTRAIT, Way.WEAK, Way.ABOUT))


def _below(scene: Scene, line: Line, name: str) -> Post | None:
    """The line under a name, if it is indented under it or holds a word for a post."""
    key = fold(name)
    passed = 0
    for below in scene.page.lines[line.index + 1 : line.index + 6]:
        if below.key.startswith(key) and len(below.key) < len(key) + 12:
            if below.key != key:
                rest = below.text[len(name) :].strip(" ,-–—|")
                if rest and _tells(rest) and below.text.startswith(name):
                    return Post(rest, below.index)
            continue
        if below.key in _NO_POSTS:
            passed += 1
            if passed == _LOOKED_BELOW:
                return None
            continue
        return _post_of(scene, line, below, key)
    return None


def _post_of(scene: Scene, line: Line, below: Line, key: str) -> Post | None:
    if below.prose or below.bullet or below.width > _WIDEST_POST or below.index in scene.dated:
        return None
    if line.bullet and below.indent >= _UNDER_BULLET and below.indent > line.indent:
        return Post(below.text, below.index) if not below.ends else None
    text = below.text
    if below.key.startswith(key):
        text = text[len(key) :].strip(" ,-–—|") or text
    mark = scene.marks[below.index]
    told = (
        below.width <= _WIDEST_TOLD_POST
        and _tells(text)
        and mark is None
        and scene.title != below.index
        and scene.page.repeats(below) <= _MOST_REPEATED
    )
    return Post(text, below.index) if told else None


def _tells(text: str) -> bool:
    """Whether `text` is a post by its words: no heading, no byline, no sentence, no other person."""
    return (
        is_post(text)
        and not text[0].isdigit()
        and text[-1] not in "?!:：。"
        and fold(text) not in _NO_POSTS
        and not text.lower().startswith(_LINKS)
        and not _SENTENCE_INSIDE.search(text)
        and not (may_lead(fold(text[:20])) and led_names(text))
    )


def told_of_the_author(scene: Scene) -> Post:
    """The post in a note that names nobody: "（作者系某大学教授）", where one alone has signed."""
    last = min(len(scene.page.lines), scene.end + 3)
    for line in scene.page.lines[max(scene.body + 1, scene.end - 1) : last]:
        match = _NAMELESS.search(line.text[-_LONGEST_NOTE:])
        if match and is_post(match["post"]):
            return Post(match["post"].strip())
    return Post("")


def _clause(text: str, name: str) -> str:
    """What a note says first that they are: "Ann Lee is a professor of law at Y"."""
    start = text.find(name) + len(name)
    match = _HAN_CLAUSE.match(text, start) or _CLAUSE.match(text, start)
    if match is None or len(match["post"]) > _LONGEST_CLAUSE or not is_post(match["post"]):
        return ""
    return match["post"].strip(" ,，")
