"""A picture as a page shows it: which files there are, and what it is."""

from dataclasses import dataclass
from typing import Any

from corpusapp.models import Picture
from corpusapp.public.shelves import Shelf

_USUAL = 800  # the width for browsers that choose none


@dataclass(frozen=True, slots=True)
class Shot:
    src: str
    width: int
    height: int
    webp: str  # srcset
    jpeg: str  # srcset
    alt: str
    credit: str
    social: str  # path of a size for those who share it
    social_size: tuple[int, int]


# What a card takes of a picture, beside the article's own columns
COLUMNS = tuple(
    f"picture__{name}"
    for name in ("key", "sizes", "alt_en", "alt_zh_hans", "alt_zh_hant", "credit")
)


def shot_of_row(row: Any, shelf: Shelf) -> Shot | None:
    """The picture of a row with `COLUMNS`."""
    if not getattr(row, "picture__key", None):
        return None
    values = {name.removeprefix("picture__"): getattr(row, name) for name in COLUMNS}
    return shot(Picture(**values), shelf)


def shot(picture: Picture | None, shelf: Shelf) -> Shot | None:
    if picture is None or not picture.sizes:
        return None
    sizes = [(int(width), int(height)) for width, height in picture.sizes]
    usual = next((size for size in sizes if size[0] >= _USUAL), sizes[-1])
    social = next((size for size in sizes if size[0] >= 1200), sizes[-1])  # noqa: PLR2004 - as the networks want it
    shown = [size for size in sizes if size[0] <= 1600] or sizes[:1]  # noqa: PLR2004 - the largest width of ours
    return Shot(
        picture.address(*usual, "jpg"),
        *usual,
        ", ".join(f"{picture.address(w, h, 'webp')} {w}w" for w, h in shown),
        ", ".join(f"{picture.address(w, h, 'jpg')} {w}w" for w, h in shown),
        picture.alt(shelf.key),
        picture.credit,
        picture.address(*social, "jpg"),
        social,
    )
