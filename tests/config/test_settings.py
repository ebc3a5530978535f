"""The settings as a start sees them: each case is a process of its own."""

import json
import os
import stat
import subprocess
import sys

import pytest

from tests.surroundings import ROOT

HTTPS = "https://example.org"
KEY = "k" * 50


def start(folder, program, **variables):
    """Run `program` with these settings and no others, on data of its own."""
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, *program],
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(folder), **variables},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def values(folder, *names, **variables):
    """The settings of these names, as a start with `variables` has them."""
    program = (
        "import json, sys; from config import settings;"
        "print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}))"
    )
    result = start(folder, ["-c", program, *names], **variables)
    assert result.stderr == ""
    return json.loads(result.stdout)


# Wrong values -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "true"),
        ("SITE_URL", "http://example.org"),
        ("PROXY_COUNT", "-1"),
        ("DATABASE_URL", "mysql://localhost/corpus"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:////nowhere/corpus.sqlite3"),
        ("DATABASE_URL", "postgres://"),
        ("DATABASE_URL", "postgres://corpus@db.example/"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "example.org,https://example.org"),
        ("BIND", "127.0.0.1:99999"),
        ("BIND", "8000"),
        ("WEB_CONCURRENCY", "many"),
        ("CACHE_URL", "memcached://localhost"),
        ("SECRET_KEY", "short"),
        ("MEDIA_STORAGE", "gs://bucket"),
        ("MAX_CAPTURE_MB", "0"),
        ("DEFAULT_LANGUAGE", "de"),
        ("HAN_VARIANT", "cn"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("LOG_LEVEL", "LOUD"),
        ("API_FILE_NAMES", "yes"),
        ("SITE_NAME_FILE", "/nowhere/name"),
    ],
)
def test_wrong_value_stops_the_start_and_names_the_variable(tmp_path, name, value):
    result = start(tmp_path, ["manage.py", "check"], **{name: value})

    assert result.returncode == 2
    (sentence,) = result.stderr.splitlines()  # and no traceback
    assert sentence.startswith(name)


@pytest.mark.parametrize(("name", "value"), [("WEB_CONCURRENCY", "0"), ("PROXY_COUNT", "two")])
def test_wrong_value_stops_the_server(tmp_path, name, value):
    program = ["-m", "gunicorn", "-c", "config/gunicorn.py", "--check-config", "config.wsgi"]

    result = start(tmp_path, program, **{name: value})

    assert result.returncode != 0
    assert name in result.stderr


def test_folder_that_cannot_be_made_stops_the_start(tmp_path):
    (tmp_path / "file").write_text("not a folder")

    result = start(tmp_path / "file" / "data", ["manage.py", "check"])

    assert result.returncode != 0
    assert "DATA_DIR" in result.stderr.strip().splitlines()[-1]


# Right ones -------------------------------------------------------------------------------------


def test_start_without_any_setting_is_a_safe_one(tmp_path):
    found = values(
        tmp_path, "DEBUG", "ALLOWED_HOSTS", "SITE_URL", "SITE_NAME", "TIME_ZONE", "LANGUAGE_CODE"
    )

    assert found == {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
        "SITE_URL": "http://127.0.0.1:8000",
        "SITE_NAME": "Corpus",
        "TIME_ZONE": "UTC",
        "LANGUAGE_CODE": "en",
    }


def test_start_makes_its_folders_for_nobody_else_to_write_in(tmp_path):
    values(tmp_path / "data", "DEBUG")

    made = {path.name: path for path in (tmp_path / "data").iterdir()}
    assert set(made) == {"static", "cache", "media", "secret-key"}
    assert stat.S_IMODE(made["secret-key"].stat().st_mode) == 0o600
    for name in ("static", "cache", "media"):
        assert stat.S_IMODE(made[name].stat().st_mode) & 0o027 == 0


def test_settings_come_from_files(tmp_path):
    (tmp_path / "name").write_text("Notes on the World\n")
    (tmp_path / "key").write_text(KEY)

    found = values(
        tmp_path / "data",
        *("SITE_NAME", "SECRET_KEY"),
        SITE_NAME_FILE=str(tmp_path / "name"),
        SECRET_KEY_FILE=str(tmp_path / "key"),
    )

    assert found == {"SITE_NAME": "Notes on the World", "SECRET_KEY": KEY}


def test_https_turns_on_what_https_allows(tmp_path):
    found = values(
        tmp_path,
        *("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME"),
        *("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE"),
        *("SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "ALLOWED_HOSTS"),
        SITE_URL=HTTPS,
    )

    assert found == {
        "SESSION_COOKIE_NAME": "__Host-corpus-session",
        "CSRF_COOKIE_NAME": "__Host-corpus-csrf",
        "LANGUAGE_COOKIE_NAME": "__Host-corpus-language",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "LANGUAGE_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "ALLOWED_HOSTS": ["example.org", "localhost", "127.0.0.1", "[::1]"],
    }


def test_http_keeps_cookies_that_http_can_carry(tmp_path):
    found = values(
        tmp_path,
        *("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE"),
        *("SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS"),
    )

    assert found == {
        "SESSION_COOKIE_NAME": "corpus-session",
        "CSRF_COOKIE_NAME": "corpus-csrf",
        "SESSION_COOKIE_SECURE": False,
        "SECURE_SSL_REDIRECT": False,
        "SECURE_HSTS_SECONDS": 0,
    }


def test_hosts_replace_the_usual_ones(tmp_path):
    found = values(tmp_path, "ALLOWED_HOSTS", ALLOWED_HOSTS="a.example, b.example")

    assert found == {"ALLOWED_HOSTS": ["a.example", "b.example"]}


def test_forwarding_headers_are_believed_only_behind_a_proxy(tmp_path):
    program = "from config import settings; print(hasattr(settings, 'SECURE_PROXY_SSL_HEADER'))"

    alone = start(tmp_path, ["-c", program])
    behind = start(tmp_path, ["-c", program], PROXY_COUNT="1")

    assert (alone.stdout, behind.stdout) == ("False\n", "True\n")


def test_server_and_cache_of_a_larger_installation(tmp_path):
    found = values(
        tmp_path,
        *("DATABASES", "CACHES"),
        DATABASE_URL="postgres://corpus:secret@db.example:5433/texts",
        CACHE_URL="redis://cache.example/2",
    )

    database = found["DATABASES"]["default"]
    assert {name: database[name] for name in ("ENGINE", "NAME", "USER", "HOST", "PORT")} == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "texts",
        "USER": "corpus",
        "HOST": "db.example",
        "PORT": 5433,
    }
    assert database["CONN_HEALTH_CHECKS"] is True
    assert found["CACHES"]["default"] == {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://cache.example/2",
    }


# The checks -------------------------------------------------------------------------------------


def check(folder, **variables):
    return start(folder, ["manage.py", "check", "--deploy", "--fail-level", "WARNING"], **variables)


def test_deployment_over_https_passes_every_check(tmp_path):
    result = check(tmp_path, SITE_URL=HTTPS)

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "System check identified no issues (0 silenced).\n"


def test_deployment_over_http_is_told_so(tmp_path):
    result = check(tmp_path)

    assert result.returncode == 1
    assert "corpusapp.E001" in result.stderr
    assert "HINT: Set SITE_URL" in result.stderr


def test_check_without_deployment_is_content_with_http(tmp_path):
    result = start(tmp_path, ["manage.py", "check"])

    assert (result.returncode, result.stderr) == (0, "")
