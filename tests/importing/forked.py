"""Runs deeds in processes of their own, to be killed: a server that forks, started once.

`python -m tests.importing.forked` with DATABASE_URL set reads a JSON list per line on its standard
input, forks, does that in the child, and answers with the child's id; another line, with how it ended.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time

from django.conf import settings
from django.db import connection

from tests.surroundings import ROOT, WORKER


def database_url():
    """The address of the database this test has."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    facts = connection.settings_dict
    return f"postgres://{facts['USER']}:{facts['PASSWORD']}@{facts['HOST']}:{facts['PORT']}/{name}"


class Forks:
    """Start a deed with `start`, kill it or wait for it; several may be under way."""

    def __init__(self):
        environment = {
            **os.environ,
            "DATABASE_URL": database_url(),
            "DATA_DIR": str(settings.DATA_DIR),
            "PYTEST_XDIST_WORKER": WORKER or "data",  # else it would begin tests of its own
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "LOG_LEVEL": "ERROR",
        }
        self.server = subprocess.Popen(
            [sys.executable, "-m", "tests.importing.forked"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.server.stdout.readline() == "ready\n"

    def start(self, *deed):
        """The id of the process that does it."""
        self.server.stdin.write(json.dumps(deed) + "\n")
        self.server.stdin.flush()
        return int(self.server.stdout.readline())

    def wait(self, pid):
        """The exit code; -9 for one that was killed."""
        self.server.stdin.write(json.dumps(["wait", pid]) + "\n")
        self.server.stdin.flush()
        return int(self.server.stdout.readline())

    def run(self, *deed, kill_after=None):
        pid = self.start(*deed)
        if kill_after is not None:
            time.sleep(kill_after)
            os.kill(pid, signal.SIGKILL)  # a child that is over still waits to be asked for
        return self.wait(pid)

    def close(self):
        self.server.stdin.close()
        self.server.wait(timeout=20)
        self.server.stdout.close()


def serve():
    import django  # noqa: PLC0415 - in the process that is started, once

    django.setup()
    from django.db import connections  # noqa: PLC0415

    from corpusapp.extraction.pipeline import extract  # noqa: PLC0415 - loaded before, not in each fork

    extract(b"A Title That Is Read Once\n\nSo that what reading needs is there before the forks.\n")
    print("ready", flush=True)  # noqa: T201
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        if name == "wait":
            _pid, status = os.waitpid(arguments[0], 0)
            print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201
            continue
        connections.close_all()
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                DEEDS[name](*arguments)
                code = 0
            finally:
                sys.stderr.flush()
                os._exit(code)
        print(pid, flush=True)  # noqa: T201


def import_folder(folder):
    from corpusapp.importing import run  # noqa: PLC0415

    run._BATCH = 7  # more edges between transactions to be killed at
    for _result in run.Import(run.Request(paths=[folder], jobs=1, publish=True)):
        pass


def undo_latest():
    from corpusapp.importing import undoing  # noqa: PLC0415
    from corpusapp.models import Deed, ImportRun  # noqa: PLC0415

    undoing._BATCH = 7
    for run in ImportRun.objects.filter(kind=Deed.IMPORT).order_by("-pk"):
        if undoing.can_be_undone(run):
            list(undoing.Undoing(run))


def reextract():
    from corpusapp.importing import reextracting  # noqa: PLC0415

    reextracting.BATCH = 7
    list(reextracting.Reextraction(reextracting.Choice()))


def carry_out(number):
    from corpusapp.importing import bulk_running  # noqa: PLC0415
    from corpusapp.models import BulkRun  # noqa: PLC0415

    bulk_running.DONE_AT_ONCE = 7
    turn = BulkRun.objects.values_list("turn", flat=True).get(pk=number)
    bulk_running.carry_out.call(number, turn)


DEEDS = {
    "import": import_folder,
    "undo": undo_latest,
    "reextract": reextract,
    "carry_out": carry_out,
}

if __name__ == "__main__":
    assert threading.active_count() == 1  # else a fork would not be safe
    serve()
