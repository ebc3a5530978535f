"""Reads: counted where they happen, handed over, and added up by the background work."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from corpusapp.editing import reads
from corpusapp.editing import tick as minute
from corpusapp.editing.reads import Counted, rank, take_over
from corpusapp.management.ticking import once as tick
from corpusapp.models import Article, MostRead, ReadCount, Rendition
from tests.factories import ArticleFactory, SectionFactory

pytestmark = pytest.mark.django_db

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def counted(tmp_path, settings, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(reads, "_is_shared", lambda: False)  # whatever cache the tests run with
    fresh = Counted()
    monkeypatch.setattr("corpusapp.public.read_counting.counted", fresh)
    return fresh


def put(**article):
    return ArticleFactory(published=True, **article)


def look_at(client, article, agent=BROWSER, **headers):
    path = f"/{article.shelf}/articles/{article.public_id}/{article.slug}/"
    return client.get(path, headers={"User-Agent": agent, **headers})


def handed_over(counted):
    counted.hand_over()
    take_over()
    return dict(ReadCount.objects.values_list("article__title", "reads"))


def test_reads_go_through_memory_and_a_bundle_into_the_database(
    client, counted, django_assert_num_queries
):
    article = put(title="Read")
    put(title="Unread")
    look_at(client, article)
    with django_assert_num_queries(0):
        counted.add(article.public_id)
        counted.hand_over()

    assert take_over() == 2
    assert take_over() == 0
    row = ReadCount.objects.get()
    assert (row.article, row.day, row.reads) == (article, timezone.localdate(), 2)
    assert Article.objects.get(title="Read").reads == 2
    assert Article.objects.get(title="Read").version == article.version


@pytest.mark.parametrize(
    ("agent", "headers"),
    [
        ("", {}),
        ("curl/8.0", {}),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", {}),
        ("Mozilla/5.0 (X11) HeadlessChrome/140.0", {}),
        ("Mozilla/5.0 AppleWebKit/537.36; compatible; GPTBot/1.1", {}),
        (BROWSER, {"Sec-Purpose": "prefetch;prerender"}),
        (BROWSER, {"Cookie": "corpus-session=abc"}),
    ],
)
def test_robots_prefetches_and_editors_are_left_out(client, counted, agent, headers):
    look_at(client, put(), agent, **headers)

    assert handed_over(counted) == {}


def test_only_articles_that_were_shown_count(client, counted):
    article = put(title="Read")
    for path in ("/en/", "/en/articles/", f"/en/articles/{article.public_id}.json"):
        client.get(path, headers={"User-Agent": BROWSER})
    look_at(client, ArticleFactory(draft=True))
    client.head(f"/en/articles/{article.public_id}/read/", headers={"User-Agent": BROWSER})
    etag = look_at(client, article).headers["ETag"]

    assert look_at(client, article, **{"If-None-Match": etag}).status_code == 304
    assert handed_over(counted) == {"Read": 2}


def test_counting_sets_no_cookie_and_keeps_no_address(client, counted, tmp_path):
    response = look_at(client, put())
    counted.hand_over()

    (bundle,) = (tmp_path / "cache" / "reads").iterdir()
    assert dict(response.cookies) == {}
    assert "127.0.0.1" not in bundle.read_text()
    assert "Mozilla" not in bundle.read_text()


def test_what_cannot_be_handed_over_is_kept_for_later(counted, monkeypatch, caplog):
    article = put(title="Read")
    counted.add(article.public_id)
    with monkeypatch.context() as broken:
        broken.setattr(reads, "_folder", lambda: reads.Path("/proc/no/such"))
        counted.hand_over()

    assert "could not be handed over" in caplog.text
    assert handed_over(counted) == {"Read": 1}


def test_damaged_bundle_costs_only_itself(counted, tmp_path):
    article = put(title="Read")
    counted.add(article.public_id)
    counted.hand_over()
    (tmp_path / "cache" / "reads" / "0").write_text("no JSON")

    assert handed_over(counted) == {"Read": 1}
    assert list((tmp_path / "cache" / "reads").iterdir()) == []


def test_bundles_go_through_a_shared_cache_too(counted, monkeypatch):
    monkeypatch.setattr(reads, "_is_shared", lambda: True)
    article = put(title="Read")
    for _ in range(2):
        counted.add(article.public_id)
        counted.hand_over()

    assert take_over() == 2
    assert take_over() == 0


def test_most_read_of_late_is_ranked_for_each_shelf_and_section():
    section = SectionFactory()
    today = timezone.localdate()
    numbers = {"Most": 9, "Less": 5, "Other": 7}
    for title, number in numbers.items():
        article = put(title=title, section=None if title == "Other" else section)
        ReadCount.objects.create(article=article, day=today, reads=number)
    chinese = put(title="中文", language="zh-Hans")
    ReadCount.objects.create(article=chinese, day=today, reads=1)
    old, hidden = put(title="Old"), ArticleFactory(title="Hidden", draft=True)
    ReadCount.objects.create(article=old, day=today - timedelta(days=31), reads=99)
    ReadCount.objects.create(article=hidden, day=today, reads=99)

    rank()

    def ranked(shelf, of):
        rows = MostRead.objects.filter(shelf=shelf, section=of).order_by("rank")
        return list(rows.values_list("article__title", flat=True))

    assert ranked("en", None) == ["Most", "Other", "Less"]
    assert ranked("en", section) == ["Most", "Less"]
    assert ranked("zh-hans", None) == ranked("zh-hant", None) == ["中文"]
    assert MostRead.objects.count() == 7 - 0 - 0


def test_tick_does_all_that_time_brings(counted):
    article = put(title="中文", language="zh-Hans")
    Rendition.objects.all().delete()
    Article.objects.update(counted=False)
    counted.add(article.public_id)
    counted.hand_over()

    tick()

    article.refresh_from_db()
    assert (article.counted, article.reads, Rendition.objects.count()) == (True, 1, 1)
    assert MostRead.objects.filter(article=article).count() == 2


def test_what_was_read_long_ago_leaves_the_ranks_though_nobody_reads(monkeypatch):
    monkeypatch.setattr(minute, "_ranked_on", None)
    article = put()
    ReadCount.objects.create(article=article, day=timezone.localdate() - timedelta(29), reads=9)
    tick()
    ranked = MostRead.objects.filter(article=article).exists()
    ReadCount.objects.update(day=timezone.localdate() - timedelta(31))  # two days pass
    tick()
    same_day = MostRead.objects.exists()
    monkeypatch.setattr(minute, "_ranked_on", timezone.localdate() - timedelta(2))
    tick()

    assert (ranked, same_day, MostRead.objects.exists()) == (True, True, False)


@pytest.mark.django_db(transaction=True)
def test_worker_does_the_minutes_work_in_a_batch_too(counted):
    article = put(title="Read")
    counted.add(article.public_id)
    counted.hand_over()

    call_command("db_worker", batch=True, verbosity=0, startup_delay=False)

    assert ReadCount.objects.get(article=article).day <= date.today() + timedelta(days=1)  # noqa: DTZ011
