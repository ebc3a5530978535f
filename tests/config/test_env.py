import os
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env
from tests.surroundings import ROOT

LONG = "k" * 50


@pytest.fixture
def given(monkeypatch):
    """Set variables for this test: given(DEBUG="1")."""

    def give(**variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, str(value))

    for name in ("WORD", "WORD_FILE", "SITE_URL", "SECRET_KEY", "MEDIA_STORAGE"):
        monkeypatch.delenv(name, raising=False)
    return give


def refused(name):
    """A refusal that names the variable."""
    return pytest.raises(ImproperlyConfigured, match=rf"^{name}")


# text -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "expected"), [("blue", "blue"), ("", "red")])
def test_text_is_the_variable_or_the_default(given, value, expected):
    given(WORD=value)

    assert env.text("WORD", "red") == expected


def test_text_unset_is_the_default():
    assert env.text("WORD", "red") == "red"


def test_text_comes_from_a_file_without_the_space_around_it(given, tmp_path):
    (tmp_path / "word").write_text("  größer\n", encoding="utf-8")
    given(WORD_FILE=tmp_path / "word")

    assert env.text("WORD", "red") == "größer"


def test_empty_file_variable_counts_as_unset(given):
    given(WORD="blue", WORD_FILE="")

    assert env.text("WORD") == "blue"


def test_variable_and_file_together_are_refused(given, tmp_path):
    (tmp_path / "word").write_text("blue")
    given(WORD="blue", WORD_FILE=tmp_path / "word")

    with refused("WORD and WORD_FILE"):
        env.text("WORD")


@pytest.mark.parametrize("content", [None, b"", b" \n", b"\xff\xfe"])
def test_file_that_gives_no_text_is_refused(given, tmp_path, content):
    if content is not None:
        (tmp_path / "word").write_bytes(content)
    given(WORD_FILE=tmp_path / "word")

    with refused("WORD_FILE"):
        env.text("WORD", "red")


# flag, whole_number, choice, listed -------------------------------------------------------------


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("0", False), ("", True)])
def test_flag(given, value, expected):
    given(WORD=value)

    assert env.flag("WORD", default=True) is expected


@pytest.mark.parametrize("value", ["true", "yes", "2", " 1", "on", "１"])
def test_flag_refuses_anything_but_1_and_0(given, value):
    given(WORD=value)

    with refused("WORD must be 0 or 1"):
        env.flag("WORD", default=False)


@pytest.mark.parametrize(("value", "expected"), [("1", 1), ("64", 64), ("007", None), ("", 2)])
def test_whole_number(given, value, expected):
    given(WORD=value)

    if expected is None:
        with refused("WORD must be a whole number from 1 to 64"):
            env.whole_number("WORD", 2, least=1, most=64)
    else:
        assert env.whole_number("WORD", 2, least=1, most=64) == expected


@pytest.mark.parametrize("value", ["0", "65", "-1", "1.5", "two", "٣", "²", "9" * 5000])
def test_whole_number_refuses_what_is_none_or_out_of_range(given, value):
    given(WORD=value)

    with refused("WORD must be a whole number from 1 to 64"):
        env.whole_number("WORD", 2, least=1, most=64)


def test_choice(given):
    assert env.choice("WORD", "tw", ("tw", "hk")) == "tw"
    given(WORD="hk")
    assert env.choice("WORD", "tw", ("tw", "hk")) == "hk"


@pytest.mark.parametrize("value", ["HK", "cn", "tw,hk"])
def test_choice_refuses_what_is_not_offered(given, value):
    given(WORD=value)

    with refused("WORD must be one of tw, hk"):
        env.choice("WORD", "tw", ("tw", "hk"))


@pytest.mark.parametrize(
    ("value", "expected"),
    [("", ["a"]), ("b", ["b"]), ("b, c,,", ["b", "c"]), ("*", ["*"])],
)
def test_listed(given, value, expected):
    given(WORD=value)

    assert env.listed("WORD", ["a"]) == expected


@pytest.mark.parametrize("value", ["", "UTC", "Europe/Berlin", "Asia/Shanghai"])
def test_time_zone(given, value):
    given(WORD=value)

    assert env.time_zone("WORD", "UTC") == (value or "UTC")


@pytest.mark.parametrize("value", ["Mars/Olympus", "../etc/passwd", "Europe", "UTC+1", "/"])
def test_time_zone_refuses_what_is_none(given, value):
    given(WORD=value)

    with refused("WORD must be a zone"):
        env.time_zone("WORD", "UTC")


# SITE_URL ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", "http://127.0.0.1:8000"),
        ("https://example.org", "https://example.org"),
        ("https://example.org/", "https://example.org"),
        ("https://example.org:8443/", "https://example.org:8443"),
        ("http://localhost:9000", "http://localhost:9000"),
        ("http://[::1]:9000", "http://[::1]:9000"),
        ("https://[2001:db8::1]", "https://[2001:db8::1]"),
    ],
)
def test_site_url(given, value, expected):
    given(SITE_URL=value)

    assert env.site_url() == expected


@pytest.mark.parametrize(
    "value",
    [
        "example.org",
        "ftp://example.org",
        "https://",
        "https://example.org/corpus",
        "https://example.org:port",
        "https://[::1",
        "javascript:alert(1)",
        # plain http for others than this machine
        "http://example.org",
        "http://0.0.0.0:8000",
        "http://127.0.0.1.example.org",
        "http://localhost@example.org",
    ],
)
def test_site_url_refuses_what_is_no_address_and_what_is_not_safe(given, value):
    given(SITE_URL=value)

    with refused("SITE_URL"):
        env.site_url()


# The secret key ---------------------------------------------------------------------------------


def test_secret_key_given_is_used_and_nothing_is_written(given, tmp_path):
    given(SECRET_KEY=LONG)

    assert env.secret_key(tmp_path / "secret-key") == LONG
    assert list(tmp_path.iterdir()) == []


def test_secret_key_given_too_short_is_refused(given, tmp_path):
    given(SECRET_KEY=LONG[1:])

    with refused("SECRET_KEY"):
        env.secret_key(tmp_path / "secret-key")


def test_secret_key_is_made_once_for_its_owner_only(tmp_path):
    path = tmp_path / "secret-key"
    before = os.umask(0)
    try:
        first = env.secret_key(path)
    finally:
        os.umask(before)

    assert env.secret_key(path) == first == path.read_text()
    assert len(first) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_secret_keys_of_two_installations_differ(tmp_path):
    assert env.secret_key(tmp_path / "a") != env.secret_key(tmp_path / "b")


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 60])
def test_damaged_secret_key_is_refused_and_left_as_it_is(tmp_path, content):
    path = tmp_path / "secret-key"
    path.write_bytes(content)

    with refused("SECRET_KEY"):
        env.secret_key(path)

    assert path.read_bytes() == content


def test_secret_key_that_cannot_be_written_names_the_folder(tmp_path):
    with refused("DATA_DIR"):
        env.secret_key(tmp_path / "missing" / "secret-key")


STARTS_OFTEN = """
import sys, time
from pathlib import Path
from config import env

folder, start = Path(sys.argv[1]), float(input())
for number in range(20):
    while time.time() < start + number / 50:
        pass
    print(env.secret_key(folder / str(number)))
"""


def test_processes_that_start_at_once_share_one_key(tmp_path):
    processes = [
        subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", STARTS_OFTEN, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(4)
    ]
    start = time.time() + 1

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda process: process.communicate(f"{start}\n"), processes))

    assert [error for _keys, error in answers] == [""] * 4
    assert len({keys for keys, _error in answers}) == 1
    assert len({*answers[0][0].split()}) == 20
    assert len(list(tmp_path.iterdir())) == 20  # no drafts are left behind


# MEDIA_STORAGE ----------------------------------------------------------------------------------


def test_media_are_kept_in_the_data_folder(tmp_path):
    assert env.media_storage(tmp_path) == {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path), "base_url": "/media/"},
    }


def test_media_are_kept_in_another_folder(given, tmp_path):
    given(MEDIA_STORAGE=tmp_path / "elsewhere")

    storage = env.media_storage(Path("/never"))

    assert storage["OPTIONS"]["location"] == str(tmp_path / "elsewhere")


def test_media_are_kept_in_a_bucket(given):
    given(MEDIA_STORAGE="s3://pictures/of/articles?endpoint=https://store.example")

    assert env.media_storage(Path("/never")) == {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": "pictures",
            "location": "of/articles",
            "endpoint_url": "https://store.example",
            "file_overwrite": False,
        },
    }


def test_bucket_without_prefix_and_endpoint(given):
    given(MEDIA_STORAGE="s3://pictures")

    options = env.media_storage(Path("/never"))["OPTIONS"]

    assert (options["location"], options["endpoint_url"]) == ("", None)


@pytest.mark.parametrize("value", ["gs://pictures", "s3://", "s3:///prefix", "https://x.example"])
def test_media_storage_refuses_other_places(given, value):
    given(MEDIA_STORAGE=value)

    with refused("MEDIA_STORAGE"):
        env.media_storage(Path("/never"))
