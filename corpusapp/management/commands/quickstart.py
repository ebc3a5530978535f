import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from corpusapp.importing.errors import ImportingError
from corpusapp.importing.run import Import, Request
from corpusapp.models import Outcome

_STOP_AFTER = 30  # seconds that accepted requests get to end


def port(raw: str) -> int:
    if not (raw.isascii() and raw.isdigit() and len(raw) < 6 and 1 <= int(raw) <= 65535):  # noqa: PLR2004
        msg = "must be a number from 1 to 65535"
        raise ArgumentTypeError(msg)
    return int(raw)


class Command(BaseCommand):
    help = (
        "Set up and serve: prepare the database, import seeds/, make the first administrator "
        "(its password is printed once) and serve on 127.0.0.1. Run it again at any time: it keeps "
        "what is there and says so."
    )
    requires_migrations_checks = False
    requires_system_checks = ()  # made below: from Django 6.1 they open the database

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=port, default=8000, help="where to serve (default 8000)")
        parser.add_argument("--no-serve", action="store_true", help="set up, then stop")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not options["no_serve"]:
            self._probe(options["port"])  # before anything is written
        self.check()
        try:
            self._migrate()
            self._collect_static()
            self._import_seeds()
            self._administrator()
        except (DatabaseError, ImportingError) as error:
            message = f"The database at {connection.settings_dict['NAME']} cannot be used: {error}"
            raise CommandError(message, returncode=2) from error
        if options["no_serve"]:
            self._say("Set up. To serve: run quickstart without --no-serve.")
            return
        self._serve(options["port"])

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _probe(self, number: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", number))
            except OSError as error:
                message = (
                    f"Port {number} of 127.0.0.1 cannot be used ({error.strerror}). "
                    f"Perhaps the site runs already; else choose another: quickstart --port {number + 1}"
                )
                raise CommandError(message, returncode=2) from error

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        where = connection.settings_dict["NAME"]
        if not waiting:
            self._say(f"Database: up to date ({where}).")
            return
        call_command("migrate", verbosity=0, interactive=False)
        self._say(f"Database: {len(waiting)} migrations applied ({where}).")

    def _collect_static(self) -> None:
        # what the last version left behind stays: pages in caches still ask for it
        collected = call_command("collectstatic", verbosity=0, interactive=False)
        del collected
        self._say(f"Static files: in {settings.STATIC_ROOT}.")

    def _import_seeds(self) -> None:
        folder = Path(settings.BASE_DIR) / "seeds"
        running = Import(Request(paths=[str(folder)], publish=True, jobs=1))
        results = list(running)
        counts = ", ".join(
            f"{running.outcomes[outcome]} {outcome}"
            for outcome in Outcome.values
            if running.outcomes[outcome]
        )
        self._say(f"Seeds: {counts or 'none found'} ({folder}).")
        for result in results:
            if result.outcome == Outcome.REFUSED:
                self._say(f"  refused: {result.path}: {result.reason}")

    def _administrator(self) -> None:
        users = get_user_model()
        existing = users.objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
        if existing is not None:
            self._say(f"Administrator: “{existing.get_username()}” is there; password unchanged.")
            return
        name = "admin"
        while users.objects.filter(username=name).exists():
            name += "-2"
        password = secrets.token_urlsafe(15)
        users.objects.create_superuser(name, "", password)
        self._say("Administrator: made. This is the only time the password is shown.")
        self._say(f"    name      {name}")
        self._say(f"    password  {password}")

    def _serve(self, number: int) -> None:
        given = os.environ.get("SITE_URL") or os.environ.get("SITE_URL_FILE")
        address = f"http://127.0.0.1:{number}"
        environment = {**os.environ, "BIND": f"127.0.0.1:{number}"}
        if not given:
            environment["SITE_URL"] = address
        commands = {
            "server": ["-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi"],
            "background worker": ["manage.py", "db_worker", "--verbosity", "0", "--no-reload"],
        }
        stop = threading.Event()
        for number_of in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number_of, lambda *_: stop.set())
        started: dict[str, subprocess.Popen[bytes]] = {}
        try:
            for name, command in commands.items():
                # a session of its own: the terminal's Ctrl-C reaches us alone, and we end it in order
                started[name] = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
                    [sys.executable, *command],
                    cwd=settings.BASE_DIR,
                    env=environment,
                    start_new_session=True,
                )
            self._announce(started["server"], number, address)
            while not stop.wait(0.2):
                for name, process in started.items():
                    if process.poll() is not None:
                        message = (
                            f"The {name} ended by itself with code {process.returncode}; see above."
                        )
                        raise CommandError(message, returncode=2)
        finally:
            _end(list(started.values()))
        self._say("Stopped.")

    def _announce(self, server: "subprocess.Popen[bytes]", number: int, address: str) -> None:
        for _try in range(150):
            if server.poll() is not None:
                return
            try:
                socket.create_connection(("127.0.0.1", number), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                break
        site = settings.SITE_URL if urlsplit(settings.SITE_URL).scheme == "https" else address
        self._say("")
        self._say(f"The site:  {site}/")
        self._say(f"The desk:  {site}/admin/")
        self._say("Stop with Ctrl-C.")


def _end(started: "list[subprocess.Popen[bytes]]") -> None:
    """Let them finish what they have accepted, all at a time, then make sure that they are gone."""
    running = [process for process in started if process.poll() is None]
    for process in running:
        process.terminate()
    until = time.monotonic() + _STOP_AFTER
    for process in running:
        try:
            process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
