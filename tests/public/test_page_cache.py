import gzip
import struct

import pytest
import time_machine
from django.test import RequestFactory

from corpusapp.editing.publish import publish, withdraw
from corpusapp.editing.reads import counted
from corpusapp.editing.totals import recount_all
from corpusapp.public import page_store
from corpusapp.public.page_cache import KeptPages, _key
from corpusapp.public.page_store import Page, Places
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    BylineFactory,
    SectionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept(settings, tmp_path):
    settings.PAGE_CACHE_SECONDS = 50
    settings.DATA_DIR = tmp_path
    page_store._remembered.clear()


@pytest.fixture
def article():
    return ArticleFactory(published=True, title="A Lighthouse in Winter", language="en")


def address(article):
    return f"/en/articles/{article.public_id}/{article.slug}/"


def test_second_reader_gets_the_kept_page_without_a_query(
    client, article, django_assert_num_queries
):
    first = client.get(address(article))

    with django_assert_num_queries(0):
        second = client.get(address(article))

    assert second.content == first.content
    assert {k: v for k, v in second.items() if k not in {"ETag", "Content-Length"}} == {
        k: v for k, v in first.items() if k not in {"ETag", "Content-Length"}
    }
    assert second["ETag"].removeprefix("W/") == first["ETag"].removeprefix("W/")


def test_kept_page_is_packed_for_those_who_ask_and_plain_for_others(client, article):
    plain = client.get(address(article)).content

    packed = client.get(address(article), headers={"accept-encoding": "gzip"})

    again = client.get(address(article), headers={"accept-encoding": "gzip"})
    plain_again = client.get(address(article)).content

    assert (packed["Content-Encoding"], again["Content-Encoding"]) == ("gzip", "gzip")
    assert gzip.decompress(packed.content) == gzip.decompress(again.content) == plain
    assert plain_again == plain


def test_page_is_kept_as_the_first_reader_took_it_and_packed_once_for_the_others(
    client, article, settings, places
):
    # pages lie in a file then, whatever the other tests use
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

    def kept():
        called_by_the_client = {"HTTP_HOST": "testserver:80", "PATH_INFO": address(article)}
        key = _key(called_by_the_client, "http")
        return Page.unpacked(places.read(key), key)

    plain = client.get(address(article)).content
    first = kept()
    client.get(address(article), headers={"accept-encoding": "gzip"})
    second = kept()

    assert (first.is_packed, first.body) == (False, plain)
    assert (second.is_packed, gzip.decompress(second.body)) == (True, plain)
    assert second.made_at == first.made_at
    assert client.get(address(article)).content == plain


def test_kept_page_answers_304_to_its_own_mark_and_200_to_another(client, article):
    mark = client.get(address(article))["ETag"]

    unchanged = client.get(address(article), headers={"if-none-match": f'"other", W/{mark}'})
    other = client.get(address(article), headers={"if-none-match": '"other"'})

    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged["Content-Security-Policy"]
    assert other.status_code == 200


def test_withdrawing_takes_effect_at_once(client, article, django_capture_on_commit_callbacks):
    assert client.get(address(article)).status_code == 200
    client.get("/en/")

    with django_capture_on_commit_callbacks(execute=True):
        withdraw([article.pk])

    assert client.get(address(article)).status_code == 410
    assert "A Lighthouse in Winter" not in client.get("/en/").text


def test_renamed_author_is_shown_at_once(client, article, django_capture_on_commit_callbacks):
    byline = BylineFactory(article=article, author=AuthorFactory(name="Ada Quill"), name="")
    client.get(address(article))

    with django_capture_on_commit_callbacks(execute=True):
        byline.author.name = "Ada Feather"
        byline.author.save()

    assert "Ada Feather" in client.get(address(article)).text


def test_change_that_is_rolled_back_forgets_nothing(client, article, django_assert_num_queries):
    client.get(address(article))
    article.standfirst = "Never committed"
    article.save()  # the test's own transaction is rolled back at its end

    with django_assert_num_queries(0):
        client.get(address(article))


@pytest.fixture
def places(settings):
    return Places(settings.DATA_DIR / "cache" / "kept-pages")


def a_page(text="one ", *, times=200):
    return Page("then", 1.0, {"ETag": '"x"'}, text.encode() * times)


def test_page_made_while_something_changed_bears_an_old_stamp(places):
    stamp_before = places.stamp()
    places.renew_stamp()

    page = Page(stamp_before, 0.0, {"ETag": '"x"'}, b"")

    assert Page.unpacked(page.packed("a"), "a") == page
    assert places.stamp() != page.stamp


@pytest.mark.parametrize("written", [1, 20, 60, 400])
def test_page_that_is_just_being_written_over_is_no_page(places, written):
    key = "ab12"
    old, new = a_page().packed(key), a_page("two ", times=100).packed(key)
    places.write(key, old)
    assert Page.unpacked(places.read(key), key) == a_page()

    places.write(key, new[:written] + old[written:])
    with pytest.raises(ValueError, match="checksum"):
        Page.unpacked(places.read(key), key)

    places.write(key, new)
    assert Page.unpacked(places.read(key), key) == a_page("two ", times=100)


def test_of_two_pages_with_one_place_the_later_lies_there_and_is_not_taken_for_the_other(places):
    first = "0"
    second = next(
        key
        for key in map(str, range(1, 100_000))
        if page_store._place(key) == page_store._place(first)
    )
    places.write(first, a_page("first").packed(first))
    places.write(second, a_page("second").packed(second))

    with pytest.raises(ValueError, match="another page"):
        Page.unpacked(places.read(first), first)
    assert Page.unpacked(places.read(second), second) == a_page("second")


def test_long_page_is_kept_whole_over_the_places_behind_its_own(places):
    behind = {page_store._place(key) - page_store._ROOM: key for key in map(str, range(50_000))}
    long, following = next(
        (key, behind[page_store._place(key)])
        for key in map(str, range(50_000))
        if page_store._place(key) in behind
    )
    page = a_page(times=20_000)
    places.write(following, a_page().packed(following))
    places.write(long, page.packed(long))

    assert Page.unpacked(places.read(long), long) == page
    found = places.read(following)
    assert found is None or not _is_whole(found, following)


def _is_whole(raw, key):
    try:
        return bool(Page.unpacked(raw, key))
    except (ValueError, struct.error):
        return False


def test_page_beyond_all_measure_is_not_kept(places):
    places.write("a", a_page(times=2_000_000).packed("a"))

    assert places.read("a") is None


def test_emptied_folder_parts_nobody_from_the_others(places, settings):
    places.renew_stamp()
    (settings.DATA_DIR / "cache" / "kept-pages").unlink()

    Places(places.path).renew_stamp()  # as another process does

    assert places.stamp() == Places(places.path).stamp() != ""
    places.write("a", a_page().packed("a"))
    assert Page.unpacked(Places(places.path).read("a"), "a") == a_page()


def test_scheduled_article_appears_within_a_minute(client):
    with time_machine.travel("2026-03-01 12:00:00+00:00", tick=False) as clock:
        article = ArticleFactory(published=False, title="Not Before One", language="en")
        publish([article.pk], live_from=clock_at("2026-03-01 12:00:30+00:00"))
        assert "Not Before One" not in client.get("/en/articles/").text

        clock.move_to("2026-03-01 12:01:00+00:00")

        assert "Not Before One" in client.get("/en/articles/").text


def clock_at(moment):
    from datetime import datetime  # noqa: PLC0415

    return datetime.fromisoformat(moment)


def test_signed_in_people_and_what_is_no_question_pass_the_cache_by(client, article):
    client.get(address(article))
    client.force_login(UserFactory())

    assert client.get(address(article)).status_code == 200
    assert client.post(address(article)).status_code == 405


@pytest.mark.parametrize("kept", [True, False])
def test_headers_alone_are_those_of_the_page_and_no_body_goes_with_them(client, article, kept):
    page = client.get(address(article)) if kept else None

    alone = client.head(address(article))

    assert (alone.status_code, alone.content) == (200, b"")
    assert int(alone["Content-Length"]) > 1000
    if page:
        assert alone["Content-Length"] == page["Content-Length"]
        assert alone["ETag"].removeprefix("W/") == page["ETag"].removeprefix("W/")


@pytest.mark.parametrize("path", ["/", "/en/articles/23456789/x/", "/healthz", "/admin/login/"])
def test_what_is_no_page_for_all_is_not_kept(client, path, settings):
    client.get(path)

    kept = [file for file in (settings.DATA_DIR / "cache").rglob("*") if file.is_file()]
    assert kept == []


def test_numbered_pages_are_kept_apart_and_other_parameters_together(
    client, django_assert_num_queries
):
    for number in range(21):
        ArticleFactory(published=True, title=f"Number {number}", language="en")
    first, second = client.get("/en/articles/").text, client.get("/en/articles/?page=2").text

    assert first != second
    with django_assert_num_queries(0):
        assert client.get("/en/articles/?utm_source=x").text == first
        assert client.get("/en/articles/?page=2&x=y").text == second


def test_unknown_host_is_refused_before_the_cache(client, article):
    client.get(address(article))

    assert client.get(address(article), headers={"host": "elsewhere.example"}).status_code == 400


def test_damaged_cache_is_an_empty_one(client, article, settings):
    text = client.get(address(article)).text
    for file in (settings.DATA_DIR / "cache").rglob("*"):
        if file.is_file():
            file.write_bytes(b"\x00\x00")

    assert client.get(address(article)).text == text


def test_folder_that_cannot_be_written_costs_no_reader_the_page(client, article, settings):
    (settings.DATA_DIR / "cache").write_text("in the way")

    assert client.get(address(article)).status_code == 200
    assert client.get(address(article)).status_code == 200


def test_menu_follows_a_renamed_section_at_once(
    client, article, django_capture_on_commit_callbacks
):
    article.section = SectionFactory(name="Harbour", label_en="Harbour")
    article.save()
    recount_all()
    assert "Harbour" in client.get("/en/").text

    with django_capture_on_commit_callbacks(execute=True):
        article.section.label_en = "Quay"
        article.section.save()

    text = client.get("/en/archive/").text
    assert "Quay" in text
    assert "Harbour" not in text


# Before Django: what gunicorn asks first ---------------------------------------------------------


def called(path, application, **more):
    """What a server gets of one call: status, headers, body."""
    environ = {
        **RequestFactory().get(path).environ,
        "HTTP_HOST": "testserver",
        **more,
    }
    said = []
    body = b"".join(application(environ, lambda status, headers: said.append((status, headers))))
    status, headers = said[0]
    return status, dict(headers), body


@pytest.fixture
def django_asked(client):
    """A server's application with Django inside, and the calls that came through to it."""
    calls = []

    def inner(environ, start_response):
        calls.append(environ["PATH_INFO"])
        handed_on = {name: value for name, value in environ.items() if name.startswith("corpus.")}
        headers = {"host": environ["HTTP_HOST"]}
        response = client.get(environ["PATH_INFO"], headers=headers, **handed_on)
        start_response(f"{response.status_code} Said", list(response.items()))
        return [response.content]

    return KeptPages(inner), calls


def test_a_kept_page_goes_out_before_django_is_asked(django_asked, article):
    application, calls = django_asked
    path = address(article)
    first = called(path, application)

    status, headers, body = called(path, application)

    assert calls == [path]
    assert (status, body) == ("200 OK", first[2])
    assert headers["Content-Length"] == str(len(body))
    assert headers["Content-Security-Policy"] == first[1]["Content-Security-Policy"]
    assert called(path, application, REQUEST_METHOD="HEAD")[2] == b""
    assert called(path, application, HTTP_IF_NONE_MATCH=headers["ETag"])[::2] == (
        "304 Not Modified",
        b"",
    )
    packed = called(path, application, HTTP_ACCEPT_ENCODING="gzip")
    assert gzip.decompress(packed[2]) == body
    assert calls == [path]


@pytest.mark.parametrize(
    "more",
    [
        {"REQUEST_METHOD": "POST"},
        {"HTTP_COOKIE": "corpus-session=abc"},
        {"HTTP_HOST": "elsewhere.example"},
        {"QUERY_STRING": "page=2"},
        {"wsgi.url_scheme": "https"},
    ],
    ids=["a deed", "someone signed in", "another host", "another page", "another scheme"],
)
def test_django_is_asked_for_all_that_is_not_that_very_page(django_asked, article, more):
    application, calls = django_asked
    path = address(article)
    called(path, application)

    called(path, application, **more)

    assert calls == [path, path]


def test_a_kept_page_counts_as_read_like_any_other(django_asked, article):
    application, _calls = django_asked
    browser = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101"}
    called(address(article), application)
    reads = counted._reads.total()

    called(address(article), application, **browser)
    called(address(article), application, HTTP_USER_AGENT="Mozilla/5.0 (compatible; Somebot/2.1)")

    assert counted._reads.total() == reads + 1


def test_what_django_made_while_something_changed_is_not_given_to_the_next(client, article):
    path = address(article)
    answers = []

    def changing_meanwhile(environ, start_response):
        page_store.forget_pages()
        handed_on = {name: value for name, value in environ.items() if name.startswith("corpus.")}
        response = client.get(path, **handed_on)
        answers.append(response.status_code)
        start_response("200 OK", list(response.items()))
        return [response.content]

    application = KeptPages(changing_meanwhile)
    called(path, application)
    called(path, application)

    assert answers == [200, 200]
