"""A preview is the page itself, and opens for nobody who may not see it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from corpusapp.editing.sharing import revoke, share, token
from corpusapp.models import PreviewLink
from tests.admin.conftest import Desk
from tests.factories import ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db


def shared(article):
    link = share(article, None)
    return f"/{article.shelf}/preview/{article.public_id}/{token(link, article.public_id)}/"


def looks_missing(client, address):
    missing = client.get("/en/preview/zzzzzzzz/")
    answer = client.get(address)
    return (answer.status_code, answer.text) == (404, missing.text)


@pytest.mark.parametrize("trait", ["draft", "scheduled", "withdrawn"])
def test_link_opens_the_article_as_readers_will_see_it(client, trait):
    article = ArticleFactory(title="Not yet", body="A *secret*.", **{trait: True})

    answer = client.get(shared(article))

    assert answer.status_code == 200
    assert "<h1>Not yet</h1>" in answer.text
    assert "<p>A <em>secret</em>.</p>" in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex">' in answer.text
    assert not answer.cookies


def test_preview_differs_from_the_public_page_by_its_notice_only(client):
    article = ArticleFactory(title="Public", published=True, standfirst="S", tags=["China"])
    public = client.get(f"/en/articles/{article.public_id}/public/").text
    preview = client.get(shared(article)).text

    main = lambda html: html[html.index("<article") : html.index("</article>")]  # noqa: E731
    assert main(preview) == main(public)
    assert "Preview, as readers will see it (Published)" in preview


def test_token_for_one_article_opens_no_other(client):
    one, other = ArticleFactory(draft=True), ArticleFactory(draft=True)
    address = shared(one)

    assert looks_missing(client, address.replace(one.public_id, other.public_id))
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("spoilt", ["{}x", "1{}", "1", "1:x:y", "{}:", "９{}"])
def test_token_that_nobody_signed_opens_nothing(client, spoilt):
    article = ArticleFactory(draft=True)
    good = token(share(article, None), article.public_id)

    assert looks_missing(client, f"/en/preview/{article.public_id}/{spoilt.format(good)}/")


def test_link_expires_after_a_day(client, time_machine):
    time_machine.move_to("2026-01-01T12:00Z", tick=False)
    article = ArticleFactory(draft=True)
    address = shared(article)

    time_machine.move_to("2026-01-02T11:59Z", tick=False)
    assert client.get(address).status_code == 200
    time_machine.move_to("2026-01-02T12:00Z", tick=False)
    assert looks_missing(client, address)


def test_revoked_link_opens_nothing_and_others_stay(client):
    article = ArticleFactory(draft=True)
    kept, gone = shared(article), shared(article)

    assert revoke(article, PreviewLink.objects.latest("made_at").pk)

    assert looks_missing(client, gone)
    assert client.get(kept).status_code == 200


def test_link_of_another_article_is_not_revoked(client):
    article, other = ArticleFactory(draft=True), ArticleFactory(draft=True)
    address = shared(article)

    assert not revoke(other, PreviewLink.objects.get().pk)
    assert client.get(address).status_code == 200


def test_article_in_the_bin_has_no_preview(client):
    article = ArticleFactory(binned=True)

    assert looks_missing(client, shared(article))


@pytest.mark.parametrize(("trait", "status"), [("reader", 200), ("author", 200), ("editor", 200)])
def test_who_is_signed_in_at_the_desk_needs_no_link(trait, status):
    article = ArticleFactory(title="Not yet", draft=True)
    desk = Desk(UserFactory(**{trait: True}))

    answer = desk.client.get(f"/en/preview/{article.public_id}/")

    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_nobody_else_sees_it_without_a_link(client):
    article = ArticleFactory(draft=True)
    guest = Desk(UserFactory(is_staff=False))

    assert looks_missing(client, f"/en/preview/{article.public_id}/")
    assert guest.client.get(f"/en/preview/{article.public_id}/").status_code == 404


def test_preview_in_the_other_chinese_script_is_the_rendition(client):
    article = ArticleFactory(title="发展", body="汉语的发展。", language="zh-Hans", draft=True)
    address = shared(article)

    own = client.get(address)
    other = client.get(address.replace("/zh-hans/", "/zh-hant/"))
    elsewhere = client.get(address.replace("/zh-hans/", "/en/"))

    assert "汉语的发展。" in own.text
    assert "漢語的發展。" in other.text
    assert f'href="{address.replace("/zh-hans/", "/zh-hant/")}"' in own.text
    assert (elsewhere.status_code, elsewhere["Location"]) == (302, address)


def test_wrong_methods_are_refused(client):
    assert client.post(shared(ArticleFactory(draft=True))).status_code == 405


def test_link_never_expires_before_it_is_made():
    now = timezone.now()

    with pytest.raises(IntegrityError, match="preview_link_expires_after_it_is_made"):
        PreviewLink.objects.create(
            article=ArticleFactory(), made_at=now, expires_at=now - timedelta(hours=1)
        )


# At the desk -----------------------------------------------------------------------------------


def address(article):
    return reverse("admin:corpusapp_article_share", args=[article.pk])


def test_editor_makes_and_revokes_links_and_both_are_logged(client):
    editor = Desk(UserFactory(editor=True))
    article = ArticleFactory(draft=True)

    page = editor.client.post(address(article), {"_make": "1", "note": "for <Ada>"}, follow=True)
    ((link, whole),) = page.context["links"]

    assert "for &lt;Ada&gt;" in page.text
    path = whole.partition("127.0.0.1:8000")[2]
    assert client.get(path).status_code == 200

    page = editor.client.post(address(article), {"revoke": link.pk}, follow=True)

    assert page.context["links"] == []
    assert client.get(path).status_code == 404
    history = editor.get(reverse("admin:corpusapp_article_history", args=[article.pk])).text
    assert "preview link made: for &lt;Ada&gt;" in history
    assert "preview link revoked: for &lt;Ada&gt;" in history


def test_note_of_a_link_holds_nothing_that_cannot_be_seen():
    editor = Desk(UserFactory(editor=True))

    editor.client.post(address(ArticleFactory()), {"_make": "1", "note": "for\u202e Ada\x07"})

    assert PreviewLink.objects.get().note == "for Ada"


def test_who_may_not_write_an_article_shares_none():
    article = ArticleFactory(draft=True)
    for trait in ("reader", "author"):
        desk = Desk(UserFactory(**{trait: True}))
        assert desk.client.post(address(article), {"_make": "1"}).status_code == 403
    assert not PreviewLink.objects.exists()


def test_page_of_an_article_leads_to_its_preview():
    editor = Desk(UserFactory(editor=True))
    article = ArticleFactory(draft=True, language="zh-Hant")

    page = editor.page(article).text

    assert f'href="/zh-hant/preview/{article.public_id}/"' in page
    assert f'href="{address(article)}"' in page


class TestEditionsOfAPiece:
    """At the desk all that belongs to a piece can be previewed; a link grants the one article."""

    @pytest.fixture
    def piece(self):
        english = ArticleFactory(title="Growth", draft=True)
        chinese = ArticleFactory(
            title="发展",
            body="汉语的发展。",
            language="zh-Hans",
            translation_key=english.translation_key,
        )
        ArticleFactory(
            title="Wachstum", language="de", translation_key=english.translation_key, binned=True
        )
        ArticleFactory(title="Elsewhere", draft=True)
        return english, chinese

    def previews(self, answer):
        return [(one.lang, one.address, one.current) for one in answer.context["previews"]]

    def test_who_is_signed_in_reaches_every_edition_and_script(self, piece):
        english, chinese = piece
        editor = Desk(UserFactory(editor=True))

        answer = editor.get(f"/en/preview/{english.public_id}/")

        expected = [
            ("en", f"/en/preview/{english.public_id}/", True),
            ("zh-Hans", f"/zh-hans/preview/{chinese.public_id}/", False),
            ("zh-Hant", f"/zh-hant/preview/{chinese.public_id}/", False),
        ]
        assert self.previews(answer) == expected
        for _lang, address, _current in expected:
            assert f'href="{address}"' in answer.text
            assert editor.get(address).status_code == 200
        choices = {one.shelf.key: one.address for one in answer.context["frame"].choices}
        assert choices["zh-hant"] == f"/zh-hant/preview/{chinese.public_id}/"
        assert "Wachstum" not in answer.text

    def test_edition_of_its_own_stands_where_a_rendition_would(self, piece):
        _english, chinese = piece
        traditional = ArticleFactory(
            title="發展", language="zh-Hant", translation_key=chinese.translation_key, draft=True
        )

        answer = Desk(UserFactory(editor=True)).get(f"/zh-hans/preview/{chinese.public_id}/")

        addresses = [address for _lang, address, _current in self.previews(answer)]
        assert f"/zh-hant/preview/{traditional.public_id}/" in addresses
        assert f"/zh-hant/preview/{chinese.public_id}/" not in addresses

    def test_link_leads_to_no_edition_but_its_own(self, client, piece):
        english, chinese = piece

        own = client.get(shared(english))
        scripts = client.get(shared(chinese))

        assert chinese.public_id not in own.text
        assert chinese.title not in own.text
        assert own.context["previews"] == []
        assert english.public_id not in scripts.text
        assert {lang for lang, _address, _current in self.previews(scripts)} == {
            "zh-Hans",
            "zh-Hant",
        }
