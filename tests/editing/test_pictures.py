"""Pictures: taken for what they are, in our own widths, without what came along."""

import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from corpusapp.editing import pictures
from corpusapp.editing.pictures import NotAPictureError, TooLargeError, remove_files, take_in
from corpusapp.models import Picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(tmp_path, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }


def packed(size=(1000, 500), mode="RGB", form="JPEG", **options):
    out = io.BytesIO()
    Image.new(mode, size, options.pop("color", "red")).save(out, form, **options)
    return io.BytesIO(out.getvalue())


def taken(upload):
    picture = Picture(name="x")
    take_in(picture, upload)
    picture.save()
    return picture


def files(tmp_path):
    return sorted(path.name for path in tmp_path.glob("pictures/*/*"))


def test_widths_that_are_smaller_are_made_in_two_formats(tmp_path):
    picture = taken(packed())

    assert (picture.width, picture.height) == (1000, 500)
    assert picture.sizes == [[480, 240], [800, 400], [1000, 500]]
    assert files(tmp_path) == sorted(
        f"{size}.{ending}"
        for size in ("480x240", "800x400", "1000x500")
        for ending in ("jpg", "webp")
    )
    for path in tmp_path.glob("pictures/*/*"):
        with Image.open(path) as image:
            assert f"{image.width}x{image.height}" == path.stem
            assert image.format == {"jpg": "JPEG", "webp": "WEBP"}[path.suffix[1:]]


def test_nothing_of_the_upload_is_kept_but_its_pixels(tmp_path):
    exif = Image.Exif()
    exif[0x010F] = "Secret Camera"
    exif[0x0112] = 6  # lies on its side
    taken(packed((40, 20), exif=exif, comment=b"Secret comment"))

    assert files(tmp_path) == ["20x40.jpg", "20x40.webp"]
    for path in tmp_path.glob("pictures/*/*"):
        assert b"Secret" not in path.read_bytes()
        with Image.open(path) as image:
            assert not image.getexif()


@pytest.mark.parametrize(
    ("mode", "form", "color"),
    [("RGBA", "PNG", (0, 0, 0, 0)), ("P", "GIF", 0), ("CMYK", "JPEG", 0), ("L", "PNG", 255), ("RGB", "WEBP", "white")],
)  # fmt: skip
def test_every_raster_form_becomes_plain_colours(tmp_path, mode, form, color):
    taken(packed((30, 30), mode, form, color=color))

    with Image.open(next(tmp_path.glob("pictures/*/*.jpg"))) as image:
        assert image.mode == "RGB"
        if mode == "RGBA":
            assert image.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html></html>",
        b"\xff\xd8\xff\xe0" + b"\0" * 100,
        packed().getvalue()[:300],
        packed((5, 5)).getvalue(),
    ],
    ids=["empty", "svg", "html", "broken", "cut", "tiny"],
)
def test_what_is_no_picture_is_refused_and_leaves_nothing(tmp_path, raw):
    with pytest.raises(NotAPictureError):
        take_in(Picture(name="x"), io.BytesIO(raw))

    assert files(tmp_path) == []


def test_too_many_bytes_or_pixels_are_refused(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 100)
    with pytest.raises(TooLargeError):
        take_in(Picture(name="x"), packed((20, 20)))
    monkeypatch.setattr(pictures, "MOST_BYTES", 100)
    with pytest.raises(TooLargeError):
        take_in(Picture(name="x"), packed())


def test_files_go_with_the_picture(tmp_path):
    picture = taken(packed())

    remove_files(picture)

    assert files(tmp_path) == []
    assert not default_storage.exists(picture.file_name(480, 240, "jpg"))
