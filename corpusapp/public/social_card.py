"""The picture under which an article without one is shared: its title and its authors, 1200 × 630.

Drawn with what fonts the machine has: Noto CJK or their like for Chinese, the one that Pillow brings
for Latin. Without a font for its title an article is shared under the card of the site.
"""

import io
import os
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpusapp.text.lines import broken

WIDTH, HEIGHT = 1200, 630
_MARGIN, _BAR = 84, 14
_PAPER, _INK, _DIM, _ACCENT = "#fffdf8", "#1c1b19", "#55524b", "#8c2f1b"
_TITLE_SIZES = (84, 76, 66, 57, 50, 43, 37)
_LEADING = 1.26
_STEP = 40  # pixels
_SMALL = 30
_MOST_HEIGHT = 350  # of the title
_LONGEST = 300  # characters

_PLAIN = re.compile(r"[\x20-\u024f\u2010-\u2026\u20ac]*")
# Where systems keep fonts, and the names of families that have Chinese; the first that is there is taken
_FOLDERS = (
    *("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts"),
    "C:\\Windows\\Fonts",
)
_CHINESE = (
    *(r"NotoSerifCJK-(?:Semi)?Bold\.ttc", r"NotoSerifCJK-.*\.ttc", r"NotoSansCJK-Bold\.ttc"),
    *(r"NotoSansCJK-.*\.ttc", r"SourceHanSerif.*\.(?:ttc|otf)", r"SourceHanSans.*\.(?:ttc|otf)"),
    *(r"Songti\.ttc", r"PingFang\.ttc", r"msyh\.ttc", r"wqy-.*\.ttc", r"DroidSansFallback.*\.ttf"),
)
_FACES = {"zh-Hans": 2, "zh-Hant": 3, "ja": 0, "ko": 1}  # of the Noto collections


def drawn(site: str, title: str, authors: Sequence[str], language: str) -> bytes | None:
    """A PNG; None if this machine has no font for the words."""
    words = [site, title[:_LONGEST], *authors]
    face = _face(language)
    if face is None and not all(map(_PLAIN.fullmatch, words)):
        return None
    # brings along some 15 MB, and most processes never draw
    from PIL import Image, ImageDraw  # noqa: PLC0415

    card = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, 0, WIDTH, _BAR), fill=_ACCENT)
    small = _font(face, _SMALL)
    room = WIDTH - 2 * _MARGIN
    draw.text((_MARGIN, 64), _cut(site, small, room), font=small, fill=_ACCENT)
    lines, size = _title(title[:_LONGEST], face, room)
    top = 64 + 2 * _SMALL + 24
    for number, line in enumerate(lines):
        place = (_MARGIN, top + round(number * size * _LEADING))
        draw.text(place, line, font=_font(face, size), fill=_INK)
    names = _cut(("、" if language.startswith("zh") else ", ").join(authors), small, room)
    draw.text((_MARGIN, HEIGHT - 64 - _SMALL), names, font=small, fill=_DIM)
    packed = io.BytesIO()
    card.quantize(64).save(packed, "PNG", optimize=True)
    return packed.getvalue()


def _title(title: str, face: tuple[str, int] | None, room: int) -> tuple[list[str], int]:
    """As large as it can stand; what is too long even for the smallest size is cut."""
    for size in _TITLE_SIZES:
        font = _font(face, size)
        most = int(_MOST_HEIGHT / (size * _LEADING))
        lines = _balanced(title, font, room, most)
        if lines:
            return lines, size
    smallest = _font(face, _TITLE_SIZES[-1])
    return [_cut(title, smallest, room)], _TITLE_SIZES[-1]


def _balanced(title: str, font: Any, room: int, most: int) -> list[str] | None:
    """As few lines as may be, and these about as long as each other."""
    lines = broken(title, lambda line: bool(font.getlength(line) <= room), most)
    while lines and len(lines) > 1:
        room -= _STEP
        narrower = broken(title, lambda line, room=room: bool(font.getlength(line) <= room), most)  # type: ignore[misc]
        if narrower is None or len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _cut(text: str, font: Any, room: int) -> str:
    if font.getlength(text) <= room:
        return text
    while text and font.getlength(f"{text}…") > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


@lru_cache(maxsize=32)
def _font(face: tuple[str, int] | None, size: int) -> Any:
    from PIL import ImageFont  # noqa: PLC0415

    if face is None:
        return ImageFont.load_default(size)
    return ImageFont.truetype(face[0], size, index=face[1])


def _face(language: str) -> tuple[str, int] | None:
    """File and number of a face that has everything; None for Pillow's own, which has Latin alone."""
    path = _chinese_font()
    if not path:
        return None
    is_collection = path.endswith(".ttc") and "CJK" in path
    return path, _FACES.get(language, 2) if is_collection else 0


@lru_cache(maxsize=1)
def _chinese_font() -> str:
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
    for pattern in _CHINESE:
        wanted = re.compile(pattern)
        for path in found:
            if wanted.fullmatch(Path(path).name):
                return path
    return ""
