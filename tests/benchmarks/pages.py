"""What a public page costs: CPU of the server for each, divided by that of a view that does nothing.

    DATA_DIR=… python -m tests.benchmarks.pages [--requests 60] [--rounds 7]

DATA_DIR holds a corpus to measure, of some thousand published articles (`import_documents --publish`), and
is left as it is but for its page cache. Two servers run with the product's own configuration and one worker
each, ours and one with a bare view; they are asked in turns, and the medians of the rounds are compared, so
that what else the machine does weighs on both. A first rendering is one under a host no page was kept for.
On SQLite alone: what a database server does is not in its figures.
"""

# ruff: noqa: T201 - what it is for is printing

import argparse
import http.client
import itertools
import os
import random
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import django

ROOT = Path(__file__).parents[2]
_NANO = 1e9


@dataclass
class Server:
    """A gunicorn of one worker, and what its processes have used."""

    application: str
    port: int
    process: "subprocess.Popen[bytes]"

    @classmethod
    def start(cls, application: str) -> "Server":
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", application]
        own = {"BIND": f"127.0.0.1:{port}", "WEB_CONCURRENCY": "1"}
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **own})  # noqa: S603 - our own
        server = cls(application, port, process)
        server._wait()
        return server

    def _wait(self) -> None:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        sys.exit(f"{self.application} does not answer")

    def ask(self, path: str, headers: Mapping[str, str]) -> int:
        """The status of an answer, read to its end, over a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers=dict(headers))
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status

    def used(self) -> float:
        """Seconds of CPU so far."""
        return sum(map(_of_process, _family(self.process.pid)))


def _family(pid: int) -> Iterator[int]:
    yield pid
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in listed.read_text(encoding="ascii").split():
            yield from _family(int(child))


def _of_process(pid: int) -> float:
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(one.read_text(encoding="ascii").split()[0]) for one in threads) / _NANO


@dataclass
class Kind:
    """A kind of page, and how it is asked for."""

    name: str
    paths: Sequence[str]
    must: float  # times the bare view
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    is_first: bool = True  # asked for under a new host each time

    def __post_init__(self) -> None:
        self._next = itertools.cycle(self.paths)
        self._hosts = itertools.count(1024)

    def cost(self, server: Server, requests: int) -> float:
        """Milliseconds of CPU for each of so many."""
        before = server.used()
        for _ in range(requests):
            self._once(server)
        return (server.used() - before) / requests * 1000

    def _once(self, server: Server) -> None:
        path, headers = next(self._next), {"Accept-Encoding": "gzip", **self.headers}
        if self.is_first:
            headers["Host"] = f"127.0.0.1:{1024 + next(self._hosts) % 60_000}"
        status = server.ask(path, headers)
        if status != self.status:
            sys.exit(f"{path} answers {status}")


def kinds(some: int) -> list[Kind]:
    """Those with a budget, each with up to `some` addresses out of the database, in no order."""
    from corpusapp.models import Article, Listing, PublicTotal, Shelf  # noqa: PLC0415 - once Django is ready
    from corpusapp.public import addresses  # noqa: PLC0415

    dice = random.Random(1)  # noqa: S311 - dice, not secrets
    rows = list(Article.objects.published().only("public_id", "shelf", "slug"))
    articles = [addresses.article(row) for row in dice.sample(rows, min(some, len(rows)))]
    slugs = _slugs()
    found = [
        Kind("article", articles, 8),
        Kind("article, kept", articles[:20], 1.8, is_first=False),
        Kind(
            *("article, unchanged", articles[:20], 1.5, 304),
            headers={"If-None-Match": "*"},
            is_first=False,
        ),
        Kind("home", [addresses.fixed(shelf, "home") for shelf in Shelf.values], 12),
    ]
    for listing in (Listing.SECTION, Listing.AUTHOR, Listing.TAG, Listing.MONTH):
        kept = PublicTotal.objects.filter(listing=listing, articles__gt=0)
        lists = [
            address
            for key, shelf in kept.values_list("key", "shelf")
            if (address := _address(listing, key, shelf, slugs))
        ]
        dice.shuffle(lists)
        if lists:
            found.append(Kind(str(listing), lists[:some], 12))
    return found


def _slugs() -> Mapping[str, Mapping[int, str]]:
    from corpusapp.models import Author, Section, Tag  # noqa: PLC0415

    models = (("section", Section), ("author", Author), ("tag", Tag))
    return {name: dict(model.objects.values_list("pk", "slug")) for name, model in models}


def _address(listing: str, key: int, shelf: str, slugs: Mapping[str, Mapping[int, str]]) -> str:
    from corpusapp.public import addresses  # noqa: PLC0415

    if listing == "month":
        year, month = divmod(key, 100)
        return addresses.month(shelf, year, month) if month else ""
    return getattr(addresses, listing)(shelf, slugs[listing].get(key, ""))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--requests", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from corpusapp.public.page_store import forget_pages  # noqa: PLC0415 - once Django is ready

    forget_pages()  # those of an earlier run
    measured = kinds(given.requests * given.rounds)
    servers: list[Server] = []
    try:
        servers = [Server.start("config.wsgi"), Server.start("tests.benchmarks.bare")]
        print(f"{'':20} {'ms':>6} {'bare':>6} {'times':>6} {'must':>6}")
        for kind in measured:
            _print(kind, *servers, given)
    finally:
        for server in servers:
            server.process.terminate()
            server.process.wait()


def _print(kind: Kind, ours: Server, bare: Server, given: argparse.Namespace) -> None:
    hello = Kind("bare", ["/hello"], 1)
    kind.cost(ours, 20)
    rounds = [
        (kind.cost(ours, given.requests), hello.cost(bare, given.requests))
        for _ in range(given.rounds)
    ]
    cost, least = (statistics.median(one) for one in zip(*rounds, strict=True))
    print(f"{kind.name:20} {cost:6.2f} {least:6.2f} {cost / least:6.1f} {kind.must:6}", flush=True)


if __name__ == "__main__":
    main()
