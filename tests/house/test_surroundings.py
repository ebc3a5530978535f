"""The surroundings of the tests do what they promise: nothing leaves, nothing stays, nothing is skipped unsaid."""

import os
import socket
import subprocess
import sys
from contextlib import ExitStack

import psycopg
import pytest
import redis
from django.conf import settings

from tests import servers
from tests.surroundings import FOLDER, ROOT


def test_data_of_the_tests_are_not_those_of_the_checkout():
    assert settings.DATA_DIR.is_relative_to(FOLDER)
    assert not settings.DATA_DIR.is_relative_to(ROOT)


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 443), ("2001:db8::1", 80)])
def test_nothing_reaches_beyond_this_machine(address):
    with pytest.raises(RuntimeError, match="a test tried to reach"):
        socket.create_connection(address, timeout=1)


def test_this_machine_can_be_reached():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        socket.create_connection(listener.getsockname(), timeout=1).close()


def test_throw_away_postgresql_is_there_and_gone():
    with ExitStack() as cleanup:
        server = servers._start_postgresql(cleanup)
        if not server.url:
            pytest.skip(server.told)
        with psycopg.connect(server.url.removesuffix("corpus") + "postgres", autocommit=True) as it:
            it.execute("create role guest login")
        guest = server.url.replace("corpus@", "guest@")

        assert servers._postgresql_refuses(server.url) == ""
        assert servers._postgresql_refuses(guest) == "its user may not create databases"

    assert "refused" in servers._postgresql_refuses(server.url)


def test_throw_away_redis_is_there_and_gone():
    with ExitStack() as cleanup:
        server = servers._start_redis(cleanup)
        if not server.url:
            pytest.skip(server.told)

        assert servers._redis_refuses(server.url) == ""
        assert servers._redis_is_ours(server.url, cleanup)
        # taken: another run would look further
        assert not servers._redis_is_ours(server.url, cleanup)
        with redis.Redis.from_url(server.url) as client:
            client.flushdb()
            client.set("somebody", "else")
        assert not servers._redis_is_ours(server.url, cleanup)

    assert "refused" in servers._redis_refuses(server.url)


@pytest.mark.parametrize("name", ["TEST_DATABASE_URL", "TEST_CACHE_URL"])
def test_named_server_that_does_not_answer_fails_the_run(name):
    scheme = "postgres" if "DATABASE" in name else "redis"
    result = subprocess.run(  # noqa: S603 - our own arguments
        [
            *(sys.executable, "-m", "pytest", "-q", "-n0", "--database=services"),
            "tests/text/test_slugs.py",
        ],
        env={"PATH": os.environ["PATH"], name: f"{scheme}://127.0.0.1:1/corpus"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == pytest.ExitCode.USAGE_ERROR
    assert f"ERROR: {name}: " in result.stderr
