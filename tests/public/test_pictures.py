"""Pictures on pages, the files behind them, and the cards under which articles are shared."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from corpusapp.models import Picture
from corpusapp.public import social_card
from corpusapp.text import markdown
from tests.editing.test_pictures import _media, packed, taken  # noqa: F401 - the fixture
from tests.factories import ArticleFactory, AuthorFactory, BylineFactory
from tests.public.pages import read

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


@pytest.fixture
def picture():
    found = taken(packed((2000, 1000)))
    found.alt_en, found.alt_zh_hans, found.credit = "A harbour", "港口", "Ada Quill"
    found.save()
    return found


def address(article, ending=""):
    stem = f"/{article.shelf}/articles/{article.public_id}"
    return f"{stem}{ending}" if ending else f"{stem}/{article.slug}/"


def test_article_has_its_picture_in_every_width_with_a_fixed_place(client, picture):
    article = ArticleFactory(published=True, picture=picture, caption="In winter.")

    page = read(client.get(address(article)))
    figure = page.one("figure", cls="lead-picture")
    image = figure.one("img")

    place = f"/media/pictures/{picture.key}"
    assert (image["src"], image["width"], image["height"]) == (f"{place}/800x400.jpg", "800", "400")
    assert image["srcset"] == (
        f"{place}/480x240.jpg 480w, {place}/800x400.jpg 800w, "
        f"{place}/1200x600.jpg 1200w, {place}/1600x800.jpg 1600w"
    )
    assert (image["alt"], image["fetchpriority"], image["loading"]) == ("A harbour", "high", None)
    assert figure.one("source")["srcset"].endswith("1600x800.webp 1600w")
    assert figure.one("figcaption").text == "In winter. Ada Quill"
    said = {meta["property"]: meta["content"] for meta in page.all("meta") if meta["property"]}
    assert (said["og:image"], said["og:image:width"], said["og:image:alt"]) == (
        f"{SITE}{place}/1200x600.jpg",
        "1200",
        "A harbour",
    )
    files = [part.split(" ")[0] for part in image["srcset"].split(", ")]
    assert {client.get(path).status_code for path in files} == {200}


def test_cards_of_the_front_page_show_pictures_and_others_none(client, picture):
    ArticleFactory(published=True, picture=picture, language="zh-Hans")

    home, articles = (read(client.get(f"/zh-hans/{path}")) for path in ("", "articles/"))

    (image,) = home.all("img")
    assert (image["alt"], image["fetchpriority"]) == ("港口", "high")
    assert articles.all("img") == []


def test_page_without_pictures_has_no_place_for_one(client):
    article = ArticleFactory(published=True, caption="A caption without its picture.")

    page = read(client.get(address(article)))

    assert (page.all("img"), page.all("figure")) == ([], [])


def test_author_has_a_portrait(client, picture):
    author = AuthorFactory(slug="ann", portrait=picture)
    BylineFactory(article=ArticleFactory(published=True), author=author)

    assert read(client.get("/en/authors/ann/")).one(cls="portrait").one("img")["alt"] == "A harbour"


def test_files_are_served_for_ever_and_as_nothing_else(client, picture):
    path = picture.address(480, 240, "webp")

    response = client.get(path)

    headers = response.headers
    assert (headers["Content-Type"], headers["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Content-Encoding" not in client.get(path, headers={"Accept-Encoding": "gzip"}).headers
    assert client.get(path, headers={"If-None-Match": headers["ETag"]}).status_code == 304
    assert client.post(path).status_code == 405
    assert client.head(path).content == b""
    with Image.open(io.BytesIO(response.content)) as image:
        assert image.size == (480, 240)


@pytest.mark.parametrize(
    "path",
    [
        "/media/", "/media/pictures/", "/media/../corpus.sqlite3", "/media/pictures/x/1x1.jpg",
        "/media/secret.txt", f"/media/pictures/{'a' * 24}/1x1.jpg", f"/media/pictures/{'a' * 24}/1x1.svg",
    ],
)  # fmt: skip
def test_nothing_else_below_the_media_is_anybodys_to_see(client, path, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")

    assert client.get(path).status_code == 404


def test_picture_in_a_body_has_its_extent(picture):
    src = picture.address(800, 400, "jpg")

    assert markdown.render(f"![A harbour]({src})") == (
        f'<figure><img src="{src}" alt="A harbour" width="800" height="400" loading="lazy"></figure>\n'
    )


# Cards -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_article_without_a_picture_is_shared_under_a_drawn_card(client, language):
    article = ArticleFactory(published=True, language=language, title="On Peace" * 9)

    page = read(client.get(address(article)))
    said = {meta["property"]: meta["content"] for meta in page.all("meta") if meta["property"]}
    response = client.get(said["og:image"].removeprefix(SITE))

    assert said["og:image"] == f"{SITE}{address(article, '.png')}"
    assert response.headers["Content-Type"] == "image/png"
    with Image.open(io.BytesIO(response.content)) as image:
        assert image.size == (1200, 630)
    data = json.loads(page.one("script", type="application/ld+json").text)["@graph"][0]
    assert data["image"] == said["og:image"]


def test_card_of_a_hidden_article_is_missing(client):
    assert client.get(address(ArticleFactory(draft=True), ".png")).status_code == 404


@pytest.fixture
def no_font(monkeypatch):
    """A machine with nothing but what Pillow brings."""
    monkeypatch.setattr(social_card, "_font_file", lambda: "")


@pytest.mark.usefixtures("no_font")
def test_card_of_words_without_a_font_is_that_of_the_site(client):
    article = ArticleFactory(published=True, title="论和平", language="zh-Hans")

    assert social_card.drawn("Corpus", "论和平", [], "zh-Hans") is None
    assert client.get(address(article, ".png")).content == client.get("/zh-hans/card.png").content


def test_card_shows_no_boxes_for_letters_that_the_font_lacks():
    assert social_card.drawn("Corpus", "ߒߞߏ is written so", [], "en") is None


@pytest.mark.parametrize(
    ("sign", "without"),
    [
        ("Ships \U0001f6f3\ufe0f\U0001f469\u200d\U0001f680 and Ice", "Ships and Ice"),
        ("\u202eIce", "Ice"),
        ("Cafe\u0301", "Café"),
    ],
)
@pytest.mark.skipif(not social_card._font_file(), reason="no font is installed")
def test_card_leaves_out_signs_that_the_font_lacks(sign, without):
    assert social_card.drawn("Corpus", sign, [], "en") == social_card.drawn(
        "Corpus", without, [], "en"
    )


def test_card_leaves_out_an_author_whose_letters_the_font_lacks():
    assert social_card.drawn("Corpus", "Ice", ["Ada", "ߒߞߏ"], "en") == social_card.drawn(
        "Corpus", "Ice", ["Ada"], "en"
    )


def test_card_takes_titles_of_any_length(monkeypatch):
    for title in ("", "A", "Word " * 200, "W" * 300, "和" * 300):
        picture = social_card.drawn("Corpus", title, ["Ada Quill"] * 30, "en")
        assert picture is None or picture.startswith(b"\x89PNG")
    monkeypatch.setattr(social_card, "_font_file", lambda: "")
    assert social_card.drawn("Corpus", "Emil’s “Ice”", [], "en").startswith(b"\x89PNG")


def test_card_breaks_a_word_sooner_than_cutting_it(monkeypatch):
    written = []
    monkeypatch.setattr(
        social_card._Type, "write", lambda _self, _draw, _top, text, _colour: written.append(text)
    )

    social_card.drawn("Corpus", "Donaudampfschifffahrtsgesellschaft" * 2, [], "de")

    assert "".join(written[1:-1]) == "Donaudampfschifffahrtsgesellschaft" * 2
    assert len(written) > 3


def test_card_of_the_site_names_the_site_and_its_host(client, monkeypatch):
    written = []
    monkeypatch.setattr(
        social_card._Type, "write", lambda _self, _draw, _top, text, _colour: written.append(text)
    )

    client.get("/en/card.png")

    assert written == ["", "Corpus", SITE.partition("//")[2]]


# At the desk -------------------------------------------------------------------------------------


def add(desk, upload, **words):
    page = desk.get(reverse("admin:corpusapp_picture_add"))
    return desk.post(page, "picture", file=upload, **words)


def test_editor_takes_a_picture_in(editor):
    upload = SimpleUploadedFile("../harbour.svg", packed((600, 300)).getvalue(), "image/svg+xml")

    add(editor, upload, alt_en="A harbour")

    picture = Picture.objects.get()
    assert (picture.name, picture.alt_en, picture.sizes) == (
        "harbour.svg",
        "A harbour",
        [[480, 240], [600, 300]],
    )
    assert f"![A harbour]({picture.address(600, 300, 'jpg')})" in editor.page(picture).text


def test_what_is_no_picture_is_an_error_of_the_form(editor):
    response = add(editor, SimpleUploadedFile("x.png", b"<svg/>", "image/png"), alt_en="Ice")

    assert "This is no JPEG, PNG, WebP or GIF" in response.text
    assert Picture.objects.count() == 0


def test_a_new_picture_says_what_it_shows_or_that_it_only_decorates(editor):
    upload = SimpleUploadedFile("x.jpg", packed().getvalue(), "image/jpeg")
    response = add(editor, upload)
    assert "Say what it shows, or tick that it only decorates." in response.text
    assert Picture.objects.count() == 0

    upload.seek(0)
    add(editor, upload, is_decorative="on")
    assert Picture.objects.get().is_decorative


def test_author_may_look_at_pictures_only(author, picture):
    assert author.page(picture).status_code == 200
    assert author.get(reverse("admin:corpusapp_picture_add")).status_code == 403
