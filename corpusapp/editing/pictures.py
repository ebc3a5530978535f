"""Take in a picture: look at what it is and not at what it is called, and keep only pixels of our own making."""

import io
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from corpusapp.models import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTHS = (480, 800, 1200, 1600)
MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 50_000_000
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_LARGEST = 3200  # of the kept original, either side
_JPEG, _WEBP = 82, 78
_SMALLEST = 16


class PictureError(Exception):
    """What was uploaded is no picture that can be taken."""


class NotAPictureError(PictureError):
    def __init__(self) -> None:
        super().__init__("neither JPEG, PNG, WebP nor GIF, or damaged")


class TooLargeError(PictureError):
    def __init__(self) -> None:
        super().__init__(
            f"more than {MOST_BYTES >> 20} MB or {MOST_PIXELS // 10**6} million pixels"
        )


def take_in(picture: Picture, upload: IO[bytes]) -> None:
    """Write the files of `picture` and set its extent; the row itself is for the caller to save.

    Raises PictureError before anything is written. Nothing of the upload is kept but its pixels: no
    position, no camera, no profile, no second picture hidden behind the first.
    """
    raw = upload.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise TooLargeError
    image = _opened(raw)
    picture.width, picture.height = image.size
    picture.sizes = []
    for sized in _sized(image):
        picture.sizes.append(list(sized.size))
        for ending, packed in _packed(sized):
            default_storage.save(picture.file_name(*sized.size, ending), ContentFile(packed))


def _opened(raw: bytes) -> "Image":
    # brings along some 15 MB, and most processes never see a picture
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415

    try:
        with Image.open(io.BytesIO(raw), formats=_FORMATS) as found:
            if found.width * found.height > MOST_PIXELS:
                raise TooLargeError
            if min(found.size) < _SMALLEST:
                raise NotAPictureError
            found.load()
            upright = ImageOps.exif_transpose(found)
            return _flat(_in_srgb(upright))
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise NotAPictureError from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise NotAPictureError from error


def _in_srgb(image: "Image") -> "Image":
    """Colours as browsers take them without a profile."""
    from PIL import ImageCms  # noqa: PLC0415

    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA", "CMYK", "L"}:
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        converted = ImageCms.profileToProfile(
            image, source, ImageCms.createProfile("sRGB"), outputMode=mode
        )
    except (ImageCms.PyCMSError, OSError):
        return image
    return converted or image


def _flat(image: "Image") -> "Image":
    """Plain RGB pixels, on white where it was transparent."""
    from PIL import Image  # noqa: PLC0415

    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        over = image.convert("RGBA")
        page = Image.new("RGBA", over.size, "white")
        page.alpha_composite(over)
        image = page
    rgb = image.convert("RGB")
    plain = Image.new("RGB", rgb.size)
    plain.paste(rgb)  # a new picture has no metadata to take along
    return plain


def _sized(image: "Image") -> Iterator["Image"]:
    """In each of our widths that is smaller, then as large as it is kept at all."""
    largest = image.copy()
    largest.thumbnail((_LARGEST, _LARGEST))
    for width in WIDTHS:
        if width < largest.width:
            height = max(1, round(image.height * width / image.width))
            yield image.resize((width, height))
    yield largest


def _packed(image: "Image") -> Iterator[tuple[str, bytes]]:
    for ending, options in (
        ("webp", {"format": "WEBP", "quality": _WEBP, "method": 4}),
        ("jpg", {"format": "JPEG", "quality": _JPEG, "optimize": True, "progressive": True}),
    ):
        packed = io.BytesIO()
        image.save(packed, **options)  # type: ignore[arg-type]
        yield ending, packed.getvalue()


def remove_files(picture: Picture) -> None:
    for width, height in picture.sizes:
        for ending in ("webp", "jpg"):
            default_storage.delete(picture.file_name(width, height, ending))
