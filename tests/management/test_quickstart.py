import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def start(tmp_path):
    """Start quickstart in a data folder of its own; whatever still runs afterwards is ended."""
    started = []

    def run(*arguments):
        kept = ("PATH", "HOME", "LANG", "VIRTUAL_ENV")
        environment = {name: os.environ[name] for name in kept if name in os.environ}
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "manage.py", "quickstart", *arguments],
            cwd=ROOT,
            env={**environment, "DATA_DIR": str(tmp_path / "data"), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.wait(40)
        process.stdout.close()
        process.stderr.close()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def text_of(address):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(address, timeout=10) as answer:
        return answer.read().decode()


def children(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def command_of(pid):
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def test_quickstart_sets_up_once_and_says_the_second_time_what_it_found(start, tmp_path):
    first, _ = start("--no-serve").communicate(timeout=120)
    second, _ = start("--no-serve").communicate(timeout=120)

    key = tmp_path / "data" / "secret-key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert "Seeds: 2 created" in first
    assert re.search(r"name +admin\n +password +\S{20}\n", first)
    assert "Seeds: 2 unchanged" in second
    assert "Database: up to date" in second
    assert "Administrator: “admin” is there; password unchanged." in second
    assert "password  " not in second


def test_busy_port_is_told_before_anything_is_written(start, tmp_path):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        number = busy.getsockname()[1]
        process = start("--port", str(number))
        _out, err = process.communicate(timeout=60)

    assert process.returncode == 2
    assert f"Port {number} of 127.0.0.1 cannot be used" in err
    assert not (tmp_path / "data" / "corpus.sqlite3").exists()


@pytest.mark.usefixtures("migrated")
def test_quickstart_serves_both_seeds_and_stops_clean_on_a_signal(start):
    number = free_port()
    process = start("--port", str(number))
    for line in process.stdout:
        if line.startswith("Stop with"):
            break

    home = text_of(f"http://127.0.0.1:{number}/en/")
    workers = [child for child in children(process.pid) if b"db_worker" in command_of(child)]
    process.send_signal(signal.SIGINT)
    begun = time.monotonic()
    assert process.wait(30) == 0

    assert "The New Wave of International Cooperation" in home
    assert "International Cooperation" in home.replace(
        "The New Wave of International Cooperation", ""
    )
    assert time.monotonic() - begun < 10
    assert [Path(f"/proc/{worker}").exists() for worker in workers] == [False]
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", number), timeout=1)
