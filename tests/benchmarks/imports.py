"""What an import costs: captures per CPU-second, peak memory, and the size of the database.

    python -m tests.benchmarks.imports FOLDER [--jobs N] [--database postgres://…] [--sample 500]

FOLDER holds captures, in folders within as well. Without `--database` the import goes into a new
SQLite file; a database named there must be new, too. CPU is that of the command with its processes
(and not of a database server), memory that of all of them at once. Extraction's own share is
measured on a sample in this process: what is left is reading, comparing, rendering and writing.
"""

# ruff: noqa: T201 - what it is for is printing

import argparse
import contextlib
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from corpusapp.extraction.article import Options
from corpusapp.extraction.errors import ExtractionError
from corpusapp.extraction.pipeline import extract
from corpusapp.importing.files import media_type_of

ROOT = Path(__file__).parents[2]
_PAGE = resource.getpagesize()
_MIB = 1024 * 1024


@dataclass
class Cost:
    wall: float
    cpu: float  # seconds, of the command and its processes
    peak: float  # MiB, of all of them at one moment


def run(arguments: list[str], environment: dict[str, str]) -> Cost:
    """Run `manage.py` with these arguments and weigh it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    scale = Scale(process.pid)
    scale.start()
    if process.wait() not in {0, 1}:
        sys.exit(f"{' '.join(arguments)} ended with {process.returncode}")
    scale.done.set()
    scale.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    # processes that read for it are not its own children, and nobody reaps them in our sight
    return Cost(time.monotonic() - started, max(cpu, scale.cpu), scale.peak / _MIB)


class Scale(threading.Thread):
    """Weighs a process and its descendants ten times a second; shared pages count once. And their CPU."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.peak = 0
        self._cpu: dict[int, float] = {}  # of each process, as last seen
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.wait(0.1):
            alive = family(self.pid)
            self.peak = max(self.peak, sum(map(proportional, alive)))
            self._cpu |= {pid: seconds for pid in alive if (seconds := cpu_seconds(pid))}

    @property
    def cpu(self) -> float:
        return sum(self._cpu.values())


def family(pid: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        try:
            stat = (entry / "stat").read_text() if entry.name.isdigit() else ""
        except OSError:
            continue
        if stat:
            parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry.name))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found


def cpu_seconds(pid: int) -> float:
    try:
        times = (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[11:13]
    except OSError:
        return 0.0
    return sum(map(int, times)) / os.sysconf("SC_CLK_TCK")


def proportional(pid: int) -> int:
    """Bytes of a process, pages it shares with others divided among them."""
    try:
        lines = (Path("/proc") / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def captures(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if media_type_of(path.name))


def extraction_seconds(paths: list[Path], most: int) -> float:
    """CPU seconds that extraction takes for one capture of a sample."""
    step = max(1, len(paths) // most)
    sample = [(path.read_bytes(), media_type_of(path.name)) for path in paths[::step]]
    for raw, media_type in sample[:20]:
        _extracted(raw, media_type)
    started = time.process_time()
    for raw, media_type in sample:
        _extracted(raw, media_type)
    return (time.process_time() - started) / len(sample)


def _extracted(raw: bytes, media_type: str) -> None:
    with contextlib.suppress(ExtractionError):
        extract(raw, Options(media_type=media_type))


def database_bytes(environment: dict[str, str], data: Path) -> int:
    if "DATABASE_URL" not in environment:
        return sum(path.stat().st_size for path in data.glob("corpus.sqlite3*"))
    asked = "from django.db import connection as c; k = c.cursor(); "
    asked += "k.execute('SELECT pg_database_size(current_database())'); print(k.fetchone()[0])"
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", asked]
    told = subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return int(told.stdout.split()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=0)
    parser.add_argument("--database", default="")
    parser.add_argument("--sample", type=int, default=500)
    parser.add_argument("--publish", action="store_true")
    given = parser.parse_args()
    paths = captures(given.folder)
    size = sum(path.stat().st_size for path in paths)
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DATA_DIR": folder, "LOG_LEVEL": "WARNING"}
        environment.pop("DATABASE_URL", None)
        if given.database:
            environment["DATABASE_URL"] = given.database
        run(["migrate", "-v0"], environment)
        empty = database_bytes(environment, Path(folder))
        start = run(["import_documents", "--help"], environment).cpu
        options = ["--recursive", *(["--publish"] if given.publish else [])]
        options += ["--jobs", str(given.jobs)] if given.jobs else []
        cost = run(["import_documents", str(given.folder), *options], environment)
        kept = database_bytes(environment, Path(folder)) - empty
        again = run(["import_documents", str(given.folder), *options], environment)
    number = len(paths)
    own = extraction_seconds(paths, given.sample)
    each = (cost.cpu - start) / number
    print(f"{number:,} captures, {size / 1e6:.1f} MB; {given.database or 'SQLite'}")
    print(
        f"captures per CPU-second   {number / cost.cpu:8.0f}   ({cost.cpu:.1f} s CPU, start {start:.1f} s; {cost.wall:.1f} s)"
    )
    print(
        f"  CPU of one, start apart {each * 1000:8.2f} ms: extraction {own * 1000:.2f}, all around it {(each - own) * 1000:.2f}"
    )
    print(f"  again, all unchanged    {number / again.cpu:8.0f}   ({again.cpu:.1f} s CPU)")
    print(f"peak memory               {cost.peak:8.0f} MiB")
    print(f"database / captures       {kept / size:8.2f}   ({kept / 1e6:.1f} MB)")


if __name__ == "__main__":
    main()
