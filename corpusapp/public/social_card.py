"""The picture under which an article without one is shared: its title and its authors, 1200 × 630.

Drawn with what fonts the machine has: Noto CJK or their like, which have Latin too, else one for Latin,
else the one that Pillow brings, which has little more than English. Without a font for its title an
article is shared under the card of the site.
"""

import io
import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpusapp.text.lines import broken

WIDTH, HEIGHT = 1200, 630
_MARGIN, _BAR, _TOP = 84, 14, 64
_PAPER, _INK, _DIM, _ACCENT = "#fffdf8", "#1c1b19", "#55524b", "#8c2f1b"
_TITLE_SIZES = (112, 98, 84, 76, 66, 57, 50, 43, 37)
_LARGE = 3  # of these, from the first
_LEADING = 1.26
_SMALL = 30
_AIR = 24  # between the title and what stands above and below it
_MOST_HEIGHT = HEIGHT - 2 * (_TOP + _SMALL + _AIR)  # of the title
_LONGEST = 300  # characters
_AT_ONCE = 10  # of them, when a title has to be cut

# What a title may lose without its sense where the font has none of it: signs, pictures, joiners
_DISPENSABLE = {"So", "Sk", "Cf", "Mn", "Me", "Co", "Cn"}
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
_IN_NO_FONT = "\uffff"
# Where systems keep fonts, and families that have Chinese, then others; the first that is there is taken
_FOLDERS = (
    *("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts"),
    "C:\\Windows\\Fonts",
)
_FILES = (
    *(r"NotoSerifCJK-(?:Semi)?Bold\.ttc", r"NotoSerifCJK-.*\.ttc", r"NotoSansCJK-Bold\.ttc"),
    *(r"NotoSansCJK-.*\.ttc", r"SourceHanSerif.*\.(?:ttc|otf)", r"SourceHanSans.*\.(?:ttc|otf)"),
    *(r"Songti\.ttc", r"PingFang\.ttc", r"msyh\.ttc", r"wqy-.*\.ttc", r"DroidSansFallback.*\.ttf"),
    *(r"NotoSerif-(?:Semi)?Bold\.ttf", r"DejaVuSerif-Bold\.ttf", r"LiberationSerif-Bold\.ttf"),
    *(r"Georgia Bold\.ttf", r"georgiab\.ttf"),
)
_FACES = {"zh-Hans": 2, "zh-Hant": 3, "ja": 0, "ko": 1}  # of the Noto collections


def drawn(site: str, title: str, authors: Sequence[str], language: str) -> bytes | None:
    """A PNG; None if this machine has no font for the title."""
    face = _face(language)
    # brings along some 15 MB, and most processes never draw
    from PIL import Image, ImageDraw  # noqa: PLC0415

    small = _Type(face, _SMALL, language)
    words = small.shown(title[:_LONGEST])
    if words is None:
        return None
    card = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, 0, WIDTH, _BAR), fill=_ACCENT)
    room = WIDTH - 2 * _MARGIN
    small.write(draw, _TOP, _cut(small.shown(site) or "", small, room), _ACCENT)
    lines, type_ = _title(words, face, language, room)
    step = type_.size * _LEADING
    top = (HEIGHT - len(lines) * step) / 2  # in the middle, however short
    for number, line in enumerate(lines):
        type_.write(draw, round(top + number * step), line, _INK)
    names = ("、" if language.startswith("zh") else ", ").join(
        filter(None, map(small.shown, authors))
    )
    small.write(draw, HEIGHT - _TOP - _SMALL, _cut(names, small, room), _DIM)
    packed = io.BytesIO()
    card.quantize(64).save(packed, "PNG", optimize=True)
    return packed.getvalue()


class _Type:
    """A face in one size, as texts of one language are set in it."""

    def __init__(self, face: tuple[str, int] | None, size: int, language: str) -> None:
        self.size = size
        self._font = _font(face, size)
        # the quotes of a Han face are as wide as a character, which tears Latin text apart
        is_wide = face is None or language.startswith(("zh", "ja", "ko"))
        self._options: dict[str, Any] = (
            {} if is_wide or not _has_features() else {"features": ["pwid"]}
        )

    def length(self, text: str) -> float:
        return float(self._font.getlength(text, **self._options))

    def write(self, draw: Any, top: int, text: str, colour: str) -> None:
        draw.text((_MARGIN, top), text, font=self._font, fill=colour, **self._options)

    def shown(self, text: str) -> str | None:
        """`text` without the signs that the font lacks; None if it lacks a letter."""
        text = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
        nothing = self._drawn(_IN_NO_FONT)
        lacking = {one for one in set(text) if not one.isspace() and self._drawn(one) == nothing}
        if any(unicodedata.category(one) not in _DISPENSABLE for one in lacking):
            return None
        return " ".join("".join(one for one in text if one not in lacking).split())

    def _drawn(self, character: str) -> tuple[Any, bytes]:
        mask = self._font.getmask(character)
        return mask.size, bytes(mask)


def _title(
    title: str, face: tuple[str, int] | None, language: str, room: int
) -> tuple[list[str], _Type]:
    """As large as it can stand; what is too long even for the smallest size is cut."""
    for type_, most, within_words in _settings(face, language):
        lines = broken(title, type_.length, room, most, within_words=within_words)
        if lines is not None:
            return lines, type_
    lines = None
    while lines is None:
        title = title[:-_AT_ONCE]
        lines = broken(f"{title}…", type_.length, room, most, within_words=True)
    return lines, type_


def _settings(face: tuple[str, int] | None, language: str) -> Iterator[tuple[_Type, int, bool]]:
    """Sizes from large to small, each with the lines that it has room for; a word is broken at last.

    What can stand large on one line does so: no run of Han is parted without need.
    """
    for size in _TITLE_SIZES[:_LARGE]:
        yield _Type(face, size, language), 1, False
    for within_words in (False, True):
        for size in _TITLE_SIZES:
            yield _Type(face, size, language), int(_MOST_HEIGHT / (size * _LEADING)), within_words


def _cut(text: str, type_: _Type, room: int) -> str:
    if type_.length(text) <= room:
        return text
    while text and type_.length(f"{text}…") > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


@lru_cache(maxsize=32)
def _font(face: tuple[str, int] | None, size: int) -> Any:
    from PIL import ImageFont  # noqa: PLC0415

    if face is None:
        return ImageFont.load_default(size)
    return ImageFont.truetype(face[0], size, index=face[1])


@lru_cache(maxsize=1)
def _has_features() -> bool:
    from PIL import features  # noqa: PLC0415

    return bool(features.check("raqm"))


def _face(language: str) -> tuple[str, int] | None:
    """File and number of a face that has everything; None for Pillow's own."""
    path = _font_file()
    if not path:
        return None
    is_collection = path.endswith(".ttc") and "CJK" in path
    return path, _FACES.get(language, 2) if is_collection else 0


@lru_cache(maxsize=1)
def _font_file() -> str:
    """Looked for once in a process: some milliseconds."""
    found = [
        str(Path(folder, name))
        for start in (
            *_FOLDERS,
            str(Path.home() / ".fonts"),
            str(Path.home() / ".local/share/fonts"),
        )
        for folder, _folders, names in os.walk(start)
        for name in sorted(names)
    ]
    for pattern in _FILES:
        wanted = re.compile(pattern)
        for path in found:
            if wanted.fullmatch(Path(path).name):
                return path
    return ""
