"""Pictures for a text: found, taken in, and missed where nobody said what they show."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from corpusapp.models import AuditEntry, Picture
from tests.editing.test_pictures import _media, packed, taken  # noqa: F401 - the fixture
from tests.factories import ArticleFactory

PICTURES = reverse("admin:corpusapp_article_pictures")
RENDERED = reverse("admin:corpusapp_article_rendered")
pytestmark = pytest.mark.django_db


def upload(name="harbour.jpg", **options):
    return SimpleUploadedFile(name, packed(**options).getvalue(), "image/jpeg")


def give(desk, file, **fields):
    return desk.client.post(PICTURES, {"file": file, "language": "zh-Hant", **fields})


def test_a_picture_is_taken_in_and_told_as_a_text_needs_it(editor):
    answer = give(editor, upload(), alt="  港口\n", credit="Ada Quill").json()

    picture = Picture.objects.get()
    assert (picture.name, picture.alt_zh_hant, picture.alt_en, picture.credit) == (
        "harbour.jpg",
        "港口",
        "",
        "Ada Quill",
    )
    assert answer == {
        "id": picture.pk,
        "name": "harbour.jpg",
        "alt": "港口",
        "decorative": False,
        "credit": "Ada Quill",
        "address": picture.address(800, 400, "jpg"),
        "thumbnail": picture.address(480, 240, "webp"),
        "size": "1000 × 500",
    }
    assert AuditEntry.objects.filter(kind="picture", act="added").count() == 1


@pytest.mark.parametrize(
    ("file", "fields", "said"),
    [
        ("good", {}, "Say what it shows, or tick that it only decorates."),
        ("good", {"alt": "   "}, "Say what it shows, or tick that it only decorates."),
        ("", {"alt": "Ice"}, "Choose a file first."),
        ("bad", {"alt": "Ice"}, "This is no JPEG, PNG, WebP or GIF, or it is damaged."),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_reason(editor, file, fields, said):
    given = {"good": upload, "bad": lambda: SimpleUploadedFile("x.jpg", b"<svg/>"), "": str}[file]()

    answer = give(editor, given, **fields)

    assert (answer.status_code, answer.json()) == (422, {"said": said})
    assert not Picture.objects.exists()


def test_what_only_decorates_needs_no_words(editor):
    answer = give(editor, upload(), decorative="1").json()

    assert (answer["alt"], answer["decorative"]) == ("", True)


def test_pictures_are_found_by_all_words_of_name_credit_and_description(editor):
    for name, alt, credit in (("ice", "A harbour", "Quill"), ("fog", "A harbour", "Stone")):
        picture = taken(packed())
        Picture.objects.filter(pk=picture.pk).update(name=name, alt_en=alt, credit=credit)

    def found(words):
        items = editor.get(PICTURES, q=words, language="en").json()["items"]
        return [item["name"] for item in items]

    assert found("") == ["fog", "ice"]
    assert found("harbour quill") == ["ice"]
    assert found("%") == []


def test_a_picture_is_told_in_the_language_of_the_text(editor):
    picture = taken(packed())
    Picture.objects.filter(pk=picture.pk).update(alt_en="A harbour", alt_zh_hans="港口")

    told = {
        language: editor.get(PICTURES, language=language).json()["items"][0]["alt"]
        for language in ("en", "zh-Hans", "zh-Hant", "de")
    }

    assert told == {"en": "A harbour", "zh-Hans": "港口", "zh-Hant": "港口", "de": "A harbour"}


def test_who_may_add_no_pictures_finds_some_and_adds_none(author):
    taken(packed())

    assert len(author.get(PICTURES).json()["items"]) == 1
    assert give(author, upload(), alt="Ice").status_code == 403
    assert Picture.objects.count() == 1


def test_a_text_is_told_which_of_its_pictures_nobody_described(editor):
    shown, plain = taken(packed()), taken(packed())
    Picture.objects.filter(pk=shown.pk).update(name="ice")
    Picture.objects.filter(pk=plain.pk).update(is_decorative=True)
    lines = [f"![]({one.address(800, 400, 'jpg')})" for one in (shown, plain)]
    said = "The picture “ice” stands here without a word on what it shows."

    body = "\n\n".join(lines)
    assert editor.client.post(RENDERED, {"body": body}).json()["amiss"] == [said]
    assert said in editor.page(ArticleFactory(body=body)).text
    described = body.replace("![]", "![Ice]")
    assert editor.client.post(RENDERED, {"body": described}).json()["amiss"] == []


@pytest.mark.parametrize("pictures", [1, 4])
def test_finding_costs_the_same_however_many_there_are(editor, pictures, django_assert_num_queries):
    for _ in range(pictures):
        taken(packed())

    with django_assert_num_queries(5):  # session, user, rights of user and groups, pictures
        editor.get(PICTURES, q="x")
