"""Tell what a page prints around its text by the words of one line alone.

Seen in the seeds: "Language : English 简体 繁體" (000b… has it above the section), "  • views:1201"
under a section, "image" for a picture, "Recommend", "Latest", "You might also like" and
"Back to Top" after the text. All of it is vocabulary; lines longer than a teaser are left alone.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from corpusapp.extraction.article import Judgement, Part
from corpusapp.extraction.lines import REMEMBERED, Line
from corpusapp.extraction.parts import counting
from corpusapp.extraction.vocabulary import alternatives, folded
from corpusapp.text.folding import fold


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """What a line was taken for, and by which rule. Marks are compared by identity."""

    part: Part
    rule: str


_new = tuple.__new__  # a page has hundreds of judgements: this way each is made in half the time


def judgements(marks: Iterable[Mark]) -> tuple[Judgement, ...]:
    """What the lines of a capture, from the first, were taken for."""
    return tuple(
        [_new(Judgement, (number, mark.part, mark.rule)) for number, mark in enumerate(marks, 1)]
    )


MENU_WORD = Mark(Part.FURNITURE, "menu word")
OPENING = Mark(Part.FURNITURE, "opens like furniture")
NO_WORDS = Mark(Part.FURNITURE, "no words")
STAND_IN = Mark(Part.FURNITURE, "stands in for a picture")
READING_TIME = Mark(Part.FURNITURE, "reading time")
BREADCRUMB = Mark(Part.FURNITURE, "breadcrumb")
SWITCHER = Mark(Part.LANGUAGES, "names languages")
COUNTER = Mark(Part.VIEWS, "counter of views")
CAPTION = Mark(Part.CAPTION, "caption or credit")
KEYWORDS = Mark(Part.TAGS, "lead before keywords")
LINKS_HEADING = Mark(Part.CROSS_LINKS, "heading over links")
TEXT_END = Mark(Part.FURNITURE, "heading after the text")
COMMENTS = Mark(Part.FURNITURE, "heading over comments")
SOURCE = Mark(Part.SOURCE, "lead before a source")

_ALTS = folded("alts")


def _by_opening(
    starts: Iterable[str], opening: Callable[[str], str]
) -> Mapping[str, tuple[str, ...]]:
    """The starts that share an opening, so that a line is compared with few of hundreds."""
    found: dict[str, tuple[str, ...]] = {}
    for start in sorted(starts):
        found[opening(start)] = (*found.get(opening(start), ()), start)
    return found


_STARTS = _by_opening(
    (f"{start} " for start in folded("furniture_starts")), lambda key: key.partition(" ")[0]
)
_HAN_STARTS = _by_opening(
    (start for start in folded("furniture_starts") if start[0] > "\u2e80"), lambda key: key[0]
)
_WHOLE: dict[str, Mark] = {
    **dict.fromkeys(folded("furniture"), MENU_WORD),
    **dict.fromkeys(folded("text_ends"), TEXT_END),
    **dict.fromkeys(folded("comments"), COMMENTS),
    **dict.fromkeys(folded("cross_links"), LINKS_HEADING),
    **dict.fromkeys(_ALTS, STAND_IN),
}
_READING_WORDS = frozenset(
    token for phrase in folded("reading_time") for token in phrase.split()
) | {"a", "about", "约", "約", "for"}
_HAN_READING = re.compile(
    r"(?:预计|阅读|閱讀|时间|時間|约|約|需|全文|この記事は|で読めます|読了|目安|[\d:： ]|分钟|分鐘|分)+"
)

_LANGUAGE_NAMES = frozenset(
    [
        "english",
        "deutsch",
        "français",
        "español",
        "português",
        "italiano",
        "русский",
        "العربية",
        "中文",
        "简体",
        "繁體",
        "繁体",
        "簡體",
        "简体中文",
        "繁體中文",
        "繁体中文",
        "簡體中文",
        "日本語",
        "한국어",
        "türkçe",
        "nederlands",
        "polski",
        "svenska",
        "dansk",
        "norsk",
        "suomi",
        "čeština",
        "magyar",
        "română",
        "українська",
        "български",
        "ελληνικά",
        "עברית",
        "فارسی",
        "हिन्दी",
        "ไทย",
        "indonesia",
        "melayu",
        "việt",
        "en",
        "de",
        "fr",
        "es",
        "pt",
        "it",
        "ru",
        "ar",
        "zh",
        "ja",
        "ko",
        "tr",
        "nl",
        "pl",
        "cn",
        "jp",
        "kr",
        "简",
        "繁",
        "简中",
        "繁中",
        "英文",
        "英语",
    ]
)
_LANGUAGE_LEADS = frozenset(
    (
        "language",
        "languages",
        "sprache",
        "langue",
        "idioma",
        "语言",
        "語言",
        "lang",
        "bahasa",
        "tiếng",
    )
)
_LANGUAGE_WORDS = _LANGUAGE_NAMES | _LANGUAGE_LEADS
_FEWEST_LANGUAGES = 2


_CAPTION = re.compile(
    rf"\W{{0,3}}(?:{alternatives('captions')})\s?(?:\d\s?)?[:：/／©|]|[▲▼△]|©\s?[^\W\d]|\(\s?(?:{alternatives('captions')})\b",
    re.IGNORECASE,
)
_CAPTION_LETTERS = frozenset(phrase[0] for phrase in folded("captions"))
_CAPTION_SIGNS = "▲▼△©"
_COMMENTS = re.compile(
    rf"\W{{0,3}}(?:\d{{1,6}}\s?(?:{alternatives('comments')})|(?:{alternatives('comments')})\s?[(:：（]?\s?\d{{1,6}}\s?[)）]?)\W{{0,3}}",
    re.IGNORECASE,
)
_COMMENTS_LETTERS = frozenset(phrase[0] for phrase in folded("comments"))
_CREDIT = re.compile(
    r"Getty ?Images|GETTY|Shutterstock|Unsplash|picture[ -]alliance|AP Photo|/(?:AFP|REUTERS|Reuters|dpa|EPA|AP)\b|iStock"
    r"|视觉中国|新华社发|供图|摄$|（攝）|\((?:Foto|Photo|Bild|Image|Credit|Fotos|Photos):"
)
_WIDEST_CAPTION = 320
_TAGS = re.compile(
    rf"\W{{0,3}}(?:{alternatives('tags')})\s?[:：]\s?(?P<tags>\S.{{0,400}})", re.IGNORECASE
)
_TAG_SEPARATOR = re.compile(r"\s*[,，、;；|#]\s*")
_NEXT_LABEL = re.compile(rf"\s(?:{alternatives('labels')})\s?[:：]|\s{{3,}}|　　")
_HAN = re.compile("[\u3400-\u9fff]")
_HASHTAGS = re.compile(r"(?:#[\w-]{2,40}[\s,]*){2,30}")
_BREADCRUMB = re.compile(r"\s[›»>→/|·]\s|\s?[＞›]\s?")
_STEP_SIGN = re.compile("[›»>→/|·＞]")
_SOURCE = re.compile(
    rf"(?:{alternatives('sources')})\s?[:：]\s?(?P<source>\S.{{0,80}})", re.IGNORECASE
)
# A line without any of these is held against no pattern but the names of picture agencies.
_TELLING = re.compile(r"[\d:：/／©|▲▼△(#›»>→·＞]")
_WIDEST_FURNITURE = 160
_WIDEST_REMEMBERED = 100
_DIGIT = re.compile(r"\d")
_DIGITS = "0123456789 "
_FEWEST_STEPS, _LONGEST_STEP = 2, 25  # of a row of links: "News / Politics / Opinion"


def judge_chrome(line: Line) -> Mark | None:
    """What the words of a short line tell of it; None for all that could be part of the article."""
    text = line.text
    if text in _KNOWN:
        return _KNOWN[text]
    if not line.key:
        return _without_key(line)
    mark = _judged(text, line.key, line.width, line.prose)
    if line.width <= _WIDEST_REMEMBERED:
        if len(_KNOWN) >= REMEMBERED:
            _KNOWN.clear()
        _KNOWN[text] = mark
    return mark


def _judged(text: str, key: str, width: int, prose: bool) -> Mark | None:  # noqa: FBT001 - by position, which is quicker
    if mark := _WHOLE.get(key):
        return mark
    if key.isdigit():
        return NO_WORDS
    first = key.partition(" ")[0]
    if width <= _WIDEST_FURNITURE and (first in _STARTS or key[0] in _HAN_STARTS):
        starts = _STARTS.get(first, ()) + _HAN_STARTS.get(key[0], ())
        if key.startswith(starts):
            return OPENING
    if first in _LANGUAGE_WORDS and _names_languages(key):
        return SWITCHER
    if not _TELLING.search(text):
        return CAPTION if _CREDIT.search(text) else None
    return _by_pattern(text, key, width, prose)


_KNOWN: dict[str, Mark | None] = {}  # the text of a line with words tells all else that is asked


def _without_key(line: Line) -> Mark | None:
    """The same of a long line, and of one without a word."""
    if line.width <= _WIDEST_CAPTION and _credits(line.text, line.opening.lstrip()):
        return CAPTION
    return None if any(map(str.isalnum, line.text[:50])) else NO_WORDS


def _by_pattern(text: str, key: str, width: int, prose: bool) -> Mark | None:  # noqa: FBT001 - as above
    """The first pattern that a line fits: a credit may hold a date, a breadcrumb anything."""
    if _DIGIT.search(key) and (counter := _counts(text, key)):
        return counter
    colon = ":" in text or "：" in text
    if (colon and _TAGS.fullmatch(text)) or ("#" in text and _HASHTAGS.fullmatch(text)):
        return KEYWORDS
    if colon and not prose and _SOURCE.fullmatch(text):
        return SOURCE
    if width <= _WIDEST_CAPTION and (_credits(text, key)):
        return CAPTION
    if prose or width > _WIDEST_FURNITURE:
        return None
    return BREADCRUMB if _is_breadcrumb(text) else None


def _counts(text: str, key: str) -> Mark | None:
    """What a line with a number counts: readers, comments, minutes."""
    if counting.counts_views(text):
        return COUNTER
    letter = key[0] if key[0] not in _DIGITS else key.lstrip(_DIGITS)[:1]
    if (letter in _COMMENTS_LETTERS or letter.isdigit()) and _COMMENTS.fullmatch(text):
        return COMMENTS
    return READING_TIME if _is_reading_time(text, key) else None


views = counting.views


def keywords(text: str) -> tuple[str, ...]:
    """The tags of a line of keywords, in their order, each once."""
    match = _TAGS.match(text)
    listed = _NEXT_LABEL.split(match["tags"])[0] if match else text
    words = _TAG_SEPARATOR.split(listed)
    if len(words) == 1 and _HAN.search(listed):
        words = listed.split()
    return tuple(dict.fromkeys(word.strip(" #.。") for word in words if fold(word)))


def _names_languages(key: str) -> bool:
    tokens = key.split()
    if _LANGUAGE_NAMES.isdisjoint(tokens):
        return False
    named = sum(token in _LANGUAGE_NAMES for token in tokens)
    led = any(token in _LANGUAGE_LEADS for token in tokens)
    return named >= (1 if led else _FEWEST_LANGUAGES) and named + led >= len(tokens)


def _is_reading_time(text: str, key: str) -> bool:
    tokens = key.split()
    for token in tokens:
        if token not in _READING_WORDS and not token.isdigit():
            return not text.isascii() and bool(_HAN_READING.fullmatch(text))
    return len(tokens) > 1 and any(map(str.isdigit, tokens))


def _credits(text: str, key: str) -> bool:
    return bool((_may_be_caption(text, key) and _CAPTION.match(text)) or _CREDIT.search(text))


def _may_be_caption(text: str, key: str) -> bool:
    """A quick look at the first characters, before the pattern of captions."""
    return key[:1] in _CAPTION_LETTERS or text[:1] in _CAPTION_SIGNS


def _is_breadcrumb(text: str) -> bool:
    if "«" in text:
        return False
    separators = _BREADCRUMB.findall(text) if _STEP_SIGN.search(text) else []
    if not separators:
        return False
    if not {separator.strip() for separator in separators}.isdisjoint("›»>＞→"):
        return True
    parts = [part for part in _BREADCRUMB.split(text) if part]
    return len(separators) >= _FEWEST_STEPS and all(len(part) <= _LONGEST_STEP for part in parts)
