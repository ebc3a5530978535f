"""Who of the names that a page gives signed it, by a forest learned from annotated pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpusapp.extraction.article import ExtractedByline, Role
from corpusapp.extraction.forest import forest
from corpusapp.extraction.parts.byline.features import (
    FEATURES,
    Candidate,
    candidates,
    place_order,
    rows,
)
from corpusapp.extraction.parts.byline.leads import names_desk
from corpusapp.extraction.parts.byline.mentions import mentions
from corpusapp.extraction.parts.byline.names import is_han_name
from corpusapp.extraction.parts.byline.parsing import MOST_BYLINES
from corpusapp.extraction.parts.byline.posts import Post, find_post, told_of_the_author
from corpusapp.extraction.parts.byline.ways import Mention, Way
from corpusapp.extraction.parts.chrome import LINKS_HEADING
from corpusapp.extraction.parts.scene import Scene
from corpusapp.text.folding import fold

THRESHOLD = 0.45  # precision is then above 0.87 on hosts that no forest has seen
_CHAINED = 0.12  # enough for a name right beside one that signs, in the same way
_CHAIN = 2  # lines
_OTHER_ROLE = 0.9  # a translator or editor is named by a word that leaves little doubt
_ROLE_REACH = 6  # lines from title or end of the text
_TOLD = 0.6
_CLOSING = 4  # lines from the end of the text
_LEAST = 0.05  # of confidence; less is no candidate for an editor either
LED = "led by a word for authorship"
_RULES = {
    Way.LED: LED,
    Way.LED_ABOVE: LED,
    Way.INSIDE: "led by a word for authorship inside a line",
    Way.LED_DATE: "led, in the line of the date",
    Way.DATE_LINE: "name in the line of the date",
    Way.PORTRAIT: "portrait beside the title",
    Way.BIOGRAPHY: "name over a biography",
    Way.ABOUT: "heading over the author's pieces",
    Way.CLOSING: "name in brackets after the text",
}
_ECHOES = frozenset((Way.LED, Way.LED_ABOVE, Way.ALONE, Way.PORTRAIT, Way.ABOUT, Way.WEAK))


@dataclass(frozen=True, slots=True)
class Signature:
    """Names that one line gives, and how sure that is."""

    index: int
    bylines: tuple[ExtractedByline, ...]
    confidence: float
    rule: str
    post_index: int | None = None  # of the line with the post, where it is another one
    echoes: tuple[int, ...] = ()  # further lines that do nothing but name them
    desk: bool = False  # it tells who put the page up


def signatures(scene: Scene) -> list[Signature]:
    """All names that may sign the article, in the order of their lines."""
    found = mentions(scene)
    names = candidates(scene, found)
    scores = forest("authors", FEATURES).scores(rows(scene, names))
    scores = [
        max(score, _TOLD * _is_bullet_under_date(scene, name))
        for name, score in zip(names, scores, strict=True)
    ]
    if max(scores, default=0.0) < THRESHOLD:
        scores = [
            max(score, _TOLD * _is_told_in_han(scene, name))
            for name, score in zip(names, scores, strict=True)
        ]
    signed = [
        _signature(scene, candidate, score)
        for candidate, score in zip(names, scores, strict=True)
        if score >= _LEAST and not _signs_another(scene, candidate.best.index)
    ]
    signed = _with_note(scene, signed)
    signed.extend(_of_other_roles(scene, found))
    return sorted(signed, key=lambda signature: signature.index)


def _signs_another(scene: Scene, index: int) -> bool:
    """Below the text and a heading over links stand the bylines of other pieces."""
    return index > scene.end and any(
        scene.marks[place] is LINKS_HEADING for place in range(scene.body, index)
    )


def _is_bullet_under_date(scene: Scene, name: Candidate) -> bool:
    """The only bullet between title and text, right under the date: so the seeds print their author."""
    index = name.best.index
    lines = scene.page.lines
    header = range(index + 1, min(scene.body, len(lines)))
    return (
        name.best.way is Way.ALONE
        and lines[index].bullet
        and scene.below_title(index)
        and index - 1 in scene.dated
        and scene.dated[index - 1].alone
        and not any(lines[place].bullet for place in header)
    )


def _is_told_in_han(scene: Scene, name: Candidate) -> bool:
    """A Chinese name behind "记者" or "作者" near the title, or in brackets where the text ends.

    Annotated pages hold too few of them to learn from, and nothing else is printed so.
    """
    best = name.best
    if best.way is not Way.INSIDE or not is_han_name(best.name):
        return False
    return scene.top <= best.index <= scene.body + 2 or abs(best.index - scene.end) <= _CLOSING


def _signature(scene: Scene, candidate: Candidate, score: float) -> Signature:
    best = candidate.best
    order = place_order(scene, candidate)
    post = find_post(scene, best.name, order) if score >= _CHAINED else Post("")
    line = scene.page.lines[best.index]
    return Signature(
        index=best.index,
        bylines=(ExtractedByline(best.name, post.text, Role.AUTHOR, line.number),),
        confidence=score,
        rule=_RULES.get(best.way) or _rule_alone(scene, best),
        post_index=post.index,
        echoes=tuple(
            {
                mention.index
                for mention in order
                if mention.way in _ECHOES
                and mention.listed == 1
                and mention.index != best.index
                and not scene.page.lines[mention.index].prose
            }
        ),
    )


def _with_note(scene: Scene, signed: list[Signature]) -> list[Signature]:
    """The same; one who signs alone without a post gets that of a note which names nobody."""
    sure = [place for place, name in enumerate(signed) if name.confidence >= THRESHOLD]
    if len(sure) != 1 or signed[sure[0]].bylines[0].post:
        return signed
    post = told_of_the_author(scene)
    alone = signed[sure[0]]
    signed[sure[0]] = replace(alone, bylines=(replace(alone.bylines[0], post=post.text),))
    return signed


def _rule_alone(scene: Scene, best: Mention) -> str:
    if scene.page.lines[best.index].bullet:
        return "bullet under the date"
    beside = any(place in scene.dated for place in range(best.index - 2, best.index + 3))
    if beside and not scene.below_title(best.index):
        return "name beside the date, above the title"
    if beside:
        return "name beside the date"
    repeated = scene.page.repeats(scene.page.lines[best.index]) > 1
    return "name under the title, repeated" if repeated else "name under the title"


def _of_other_roles(scene: Scene, found: Sequence[Mention]) -> list[Signature]:
    """Translators, editors and interviewers that a word before their names tells."""
    top = scene.body if scene.title is None else scene.title
    signed = []
    for mention in found:
        near = top - _ROLE_REACH <= mention.index <= scene.body + _ROLE_REACH or (
            abs(mention.index - scene.end) <= _ROLE_REACH
        )
        if mention.role in (None, Role.AUTHOR) or not near:
            continue
        line = scene.page.lines[mention.index]
        byline = ExtractedByline(mention.name, mention.post, mention.role, line.number)
        desk = names_desk(line.key)
        signed.append(Signature(mention.index, (byline,), _OTHER_ROLE, LED, desk=desk))
    return signed


def choose(found: Sequence[Signature]) -> tuple[Signature, ...]:
    """Those that sign, each as sure as that just these are the authors."""
    named = [signature for signature in found if _is_author(signature)]
    others = [signature for signature in found if not _is_author(signature)]
    posts = {name.post_index for name in named if name.confidence >= THRESHOLD}
    named = [signature for signature in named if signature.index not in posts]
    sure = [signature for signature in named if signature.confidence >= THRESHOLD]
    chosen = [
        signature
        for signature in named
        if signature.confidence >= THRESHOLD
        or (signature.confidence >= _CHAINED and any(_beside(signature, other) for other in sure))
    ]
    if chosen:
        others = [_without_desk(signature) for signature in others]
    right = 1.0
    for signature in named:
        signs = signature.confidence >= THRESHOLD
        right *= signature.confidence if signs else 1 - signature.confidence
    return (*(replace(author, confidence=right) for author in chosen), *others)


def _beside(signature: Signature, sure: Signature) -> bool:
    """Whether two names stand in one list: on one line, or on lines that name alike."""
    return signature.rule == sure.rule and abs(signature.index - sure.index) <= _CHAIN


def _is_author(signature: Signature) -> bool:
    return bool(signature.bylines) and signature.bylines[0].role is Role.AUTHOR


def _without_desk(signature: Signature) -> Signature:
    """The same line; whom it names for the desk is no byline beside an author's."""
    return replace(signature, bylines=()) if signature.desk else signature


def merged(chosen: Sequence[Signature]) -> tuple[ExtractedByline, ...]:
    """Their bylines, each person once, authors first, at most `MOST_BYLINES`."""
    found: dict[tuple[str, Role], ExtractedByline] = {}
    for signature in chosen:
        for byline in signature.bylines:
            key = (fold(byline.name), byline.role)
            if key not in found or (byline.post and not found[key].post):
                found[key] = byline
    authors = [byline for byline in found.values() if byline.role is Role.AUTHOR]
    others = [byline for byline in found.values() if byline.role is not Role.AUTHOR]
    return tuple((authors + others)[:MOST_BYLINES])
