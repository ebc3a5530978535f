"""A PostgreSQL and a Redis for the tests: named ones, those of this machine, or throw-away ones.

Whoever asks gets an address or a sentence that says why there is none. A server found on the
machine may be somebody's: test databases have names of their own, and a Redis database is used
only while it is empty. One that wants a password counts as none.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_PATIENCE = 30  # seconds for a server of our own to answer


class ServerError(Exception):
    """There ought to be a server and there is none: the run must fail, not go on without it."""


@dataclass(frozen=True, slots=True)
class Server:
    url: str  # "" where there is none
    told: str  # what it is, or why there is none


def postgresql(cleanup: ExitStack) -> Server:
    """Raises ServerError if TEST_DATABASE_URL does not answer, or an installed one does not start."""
    if url := os.environ.get("TEST_DATABASE_URL", ""):
        if why := _postgresql_refuses(url):
            msg = f"TEST_DATABASE_URL: {why}"
            raise ServerError(msg)
        return Server(url, "PostgreSQL as TEST_DATABASE_URL says")
    for user in dict.fromkeys((_user(), "postgres")):
        url = f"postgres://{user}@127.0.0.1:5432/corpus"
        if not _postgresql_refuses(url):
            return Server(url, "PostgreSQL on 127.0.0.1:5432")
    return _start_postgresql(cleanup)


def redis(cleanup: ExitStack) -> Server:
    """Raises ServerError if TEST_CACHE_URL does not answer, or an installed one does not start."""
    if url := os.environ.get("TEST_CACHE_URL", ""):
        if why := _redis_refuses(url):
            msg = f"TEST_CACHE_URL: {why}"
            raise ServerError(msg)
        return Server(url, "Redis as TEST_CACHE_URL says")
    for number in range(15, 0, -1):
        url = f"redis://127.0.0.1:6379/{number}"
        if _redis_is_ours(url, cleanup):
            return Server(url, f"Redis on 127.0.0.1:6379, database {number}")
    return _start_redis(cleanup)


# Those that run already -----------------------------------------------------------------------


def _user() -> str:
    return pwd.getpwuid(os.getuid()).pw_name


def _postgresql_refuses(url: str) -> str:
    """Why test databases cannot be made there; "" if they can."""
    import psycopg  # noqa: PLC0415 - an extra: without it there are no such tests

    parts = urlsplit(url)
    address = parts._replace(scheme="postgresql", path="/postgres").geturl()
    try:
        with psycopg.connect(address, connect_timeout=5) as connection:
            row = connection.execute(
                "select rolsuper or rolcreatedb from pg_roles where rolname = current_user"
            ).fetchone()
    except (psycopg.Error, OSError) as error:
        return str(error).strip()
    return "" if row and row[0] else "its user may not create databases"


def _redis_refuses(url: str) -> str:
    import redis  # noqa: PLC0415 - an extra, see above

    try:
        with redis.Redis.from_url(url, socket_timeout=5) as client:
            client.ping()
    except (redis.RedisError, OSError) as error:
        return str(error)
    return ""


def _redis_is_ours(url: str, cleanup: ExitStack) -> bool:
    """Take an empty database for this run; two runs at the same time do not take the same."""
    import redis  # noqa: PLC0415 - an extra, see above

    client = redis.Redis.from_url(url, socket_timeout=5)
    try:
        claimed = client.dbsize() == 0 and client.set("corpus-tests", os.getpid(), nx=True, ex=3600)
        if claimed and client.dbsize() == 1:
            cleanup.callback(client.flushdb)
            return True
    except (redis.RedisError, OSError):
        return False
    return False


# Servers of our own ---------------------------------------------------------------------------


def _start_postgresql(cleanup: ExitStack) -> Server:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_major)
    on_path = shutil.which("initdb")
    if not installed and not on_path:
        return Server("", "no PostgreSQL answers on 127.0.0.1:5432, and none is installed")
    binaries = (installed[-1] if installed else Path(on_path or "").resolve()).parent

    folder = _folder(cleanup)
    rights = _without_root(folder)
    run: dict[str, Any] = {"cwd": folder, "env": {"PATH": os.environ["PATH"]}, **rights}
    port = _free_port()
    made = subprocess.run(  # noqa: S603 - our own arguments
        [
            *(binaries / "initdb", "-D", "data", "-U", "corpus", "-A", "trust"),
            *("-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
        ],
        capture_output=True,
        text=True,
        check=False,
        **run,
    )
    if made.returncode:
        msg = f"initdb failed: {made.stderr.strip()}"
        raise ServerError(msg)
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(  # noqa: S603 - our own arguments
            [
                *(binaries / "postgres", "-D", "data", "-p", str(port), "-k", folder),
                *("-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"),
                *("-c", "full_page_writes=off"),
            ],
            stdout=log,
            stderr=log,
            **run,
        )
    cleanup.callback(_stop, process, signal.SIGINT)
    url = f"postgres://corpus@127.0.0.1:{port}/corpus"
    _wait(process, lambda: _postgresql_refuses(url), folder / "log")
    return Server(url, f"PostgreSQL started for this run (port {port})")


def _start_redis(cleanup: ExitStack) -> Server:
    binary = shutil.which("redis-server")
    if not binary:
        return Server("", "no free Redis answers on 127.0.0.1:6379, and none is installed")
    folder = _folder(cleanup)
    port = _free_port()
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(  # noqa: S603 - our own arguments
            [
                *(binary, "--bind", "127.0.0.1", "--port", str(port)),
                *("--save", "", "--appendonly", "no", "--dir", folder),
            ],
            stdout=log,
            stderr=log,
        )
    cleanup.callback(_stop, process, signal.SIGTERM)
    url = f"redis://127.0.0.1:{port}/0"
    _wait(process, lambda: _redis_refuses(url), folder / "log")
    return Server(url, f"Redis started for this run (port {port})")


def _major(initdb: Path) -> int:
    version = initdb.parent.parent.name
    return int(version) if version.isdigit() else 0


def _folder(cleanup: ExitStack) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="corpus-server-"))
    cleanup.callback(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _without_root(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: give the folder and the process to somebody else."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, user.pw_uid, user.pw_gid)
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    msg = "PostgreSQL does not run as root, and there is no user postgres or nobody"
    raise ServerError(msg)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], refuses: Callable[[], str], log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while why := refuses():
        if process.poll() is not None or time.monotonic() > deadline:
            msg = f"{process.args[0]} does not answer: {why}\n{log.read_text()[-2000:]}"  # type: ignore[index]
            raise ServerError(msg)
        time.sleep(0.05)


def _stop(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    process.send_signal(number)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
