"""Names in paragraphs: a note on the author, a name in brackets where the text begins or ends."""

import re
from collections.abc import Iterator

from corpusapp.extraction.article import Role
from corpusapp.extraction.lines import Line
from corpusapp.extraction.parts.byline.leads import led_names, may_lead
from corpusapp.extraction.parts.byline.names import HAN, TOKEN, is_name, is_person
from corpusapp.extraction.parts.byline.parsing import WIDEST, bare, han_names
from corpusapp.extraction.parts.byline.ways import Mention, Way, alternatives, each
from corpusapp.extraction.parts.scene import Scene

_VERBS = alternatives("biography_verbs")
_NAME = r"[^\W\d_a-z][\w.’'-]{0,24}(?:\s(?:[^\W\d_a-z][\w.’'-]{0,24}|van|von|de|der|den|du|la|al|bin)){1,4}"
_BIOGRAPHY = re.compile(
    rf"(?:(?:\W{{0,3}}(?:Dr|Prof)\.?|Professor|The author|Guest author|Author|About the author|By)[\s:,–-]{{1,3}})?"
    rf"(?P<name>{_NAME})(?:\s?\([^()]{{1,40}}\)|,\s[^,.]{{1,70}},)?\s(?:{_VERBS})\s"
)
_NAMED_PROSE = re.compile(rf"(?:\w{{2,20}}\s){{0,3}}?(?P<name>{_NAME})\s(?:{_VERBS})\s")
_HAN_BIOGRAPHY = re.compile(
    "[（(【\\[]?(?:本文)?(?:作者|译者)?(?:简介|簡介|介绍)?\\s?[:：，,]?\\s?(?P<name>[\u4e00-\u9fff]{2,4}(?:[·•][\u4e00-\u9fff]{1,8}){0,2}?)\\s?"
    "(?:[（(][^（）()]{1,20}[)）])?(?:，|,|：|:|系|是|为|為|係|现任|現任)"
)
_HAN_IN_BRACKETS = re.compile(
    "[（(][^（()）]{0,12}?(?:记者|記者|作者|通讯员|文)[:：\\s/]{0,2}(?P<names>[\u4e00-\u9fff]{2,5}(?:[、 ][\u4e00-\u9fff]{2,5}){0,4}?)"
    "(?:\\s?(?:报道|整合|摄|通讯员.{2,12}|[/／].{1,8}))?[)）]"
)
CLOSING = re.compile(
    "[（(](?:[^（()）]{0,8}?(?:记者|記者|作者|文|通讯员|编辑|责编)[:：\\s/]{0,2})?(?P<names>[^()（）]{2,40}?)"
    "(?:\\s\\S{0,4}(?:报道|報導)|摄|\\s)?[)）](?:\\W{0,5}|[\u4e00-\u9fff]{0,4})$"
)
_BRACKETS_READ = 90  # characters of the first paragraphs
FOOTER_ABOVE = 5  # lines above the end of the text in which a note on the author may stand
CLOSING_ABOVE = 4  # lines of the text that may be the last of the piece
_CLOSING_READ = 60  # characters of the last paragraph


def in_prose(scene: Scene, line: Line) -> Iterator[Mention]:
    """A note on the author, or a name in brackets at an end of the text."""
    text = line.text
    if not text.isascii() and HAN.search(text[:20]):
        yield from _in_han_prose(scene, line)
        return
    if line.index >= scene.end - 1 and text[-8:].rstrip(" +.").endswith(")"):
        match = CLOSING.search(text[-_CLOSING_READ:])
        if match and is_person(match["names"]):
            yield from each(line, ((match["names"], ""),), Way.CLOSING)
    if line.width <= WIDEST and may_lead(line.key) and (led := led_names(text)) and led[1]:
        yield from each(line, led[0], Way.LED if led[1] is Role.AUTHOR else Way.OTHER, led[1])
        return
    if scene.body < line.index < scene.end - FOOTER_ABOVE:
        return
    match = _BIOGRAPHY.match(text, 0, 220) or _NAMED_PROSE.match(text, 0, 120)
    if match and TOKEN.match(match["name"]):
        name = bare(match["name"])
        if is_name(name):
            yield from each(line, ((name, ""),), Way.BIOGRAPHY)


def _in_han_prose(scene: Scene, line: Line) -> Iterator[Mention]:
    text = line.text
    near = scene.top <= line.index <= scene.body + 2
    if near and (match := _HAN_IN_BRACKETS.search(text, 0, _BRACKETS_READ)):
        yield from each(line, han_names(match["names"], led=True), Way.INSIDE)
        return
    if line.index >= scene.end - CLOSING_ABOVE:
        match = CLOSING.search(text[-_CLOSING_READ:])
        if match and (names := han_names(match["names"], led=False)):
            yield from each(line, names, Way.INSIDE)
            return
    if line.index >= scene.end - 3 or line.index <= scene.body:
        match = _HAN_BIOGRAPHY.match(text)
        if match and is_name(match["name"]):
            yield from each(line, ((match["name"], ""),), Way.BIOGRAPHY)
