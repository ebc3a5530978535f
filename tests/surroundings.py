"""What the tests run in, settled before Django reads its settings.

Data live in a temporary folder, the environment of whoever runs the tests is out of sight, and
nothing reaches beyond this machine. `pytest` runs everything on SQLite, then whatever uses the
database once more on PostgreSQL and Redis. `--database` picks one of the two.
"""

import atexit
import gc
import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import servers

ROOT = Path(__file__).resolve().parent.parent
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
_CALL = re.compile(
    r'\b(?:text|flag|whole_number|choice|listed|hosts|address|time_zone)\(\s*"([A-Z][A-Z_]+)"'
)
_NEIGHBOURS = {"127.0.0.1", "::1", "localhost"}


def settings_named() -> set[str]:
    """The variables that `config/` reads."""
    return {
        name for path in (ROOT / "config").glob("*.py") for name in _CALL.findall(path.read_text())
    }


# The environment: at import, because nothing may come before it -------------------------------


def _stay_on_this_machine(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # else a Unix socket
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if isinstance(host, str) and host not in _NEIGHBOURS and not host.startswith("127."):
        msg = f"a test tried to reach {host}"
        raise RuntimeError(msg)


sys.addaudithook(_stay_on_this_machine)

if WORKER:
    FOLDER = Path(os.environ["CORPUS_TESTS_FOLDER"])
else:
    FOLDER = Path(tempfile.mkdtemp(prefix="corpus-tests-"))
    atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
    os.environ["CORPUS_TESTS_FOLDER"] = str(FOLDER)
    for _name in settings_named():
        os.environ.pop(_name, None)
        os.environ.pop(f"{_name}_FILE", None)
os.environ["DATA_DIR"] = str(FOLDER / (WORKER or "data"))


# The databases --------------------------------------------------------------------------------

_LEFT_OUT = pytest.StashKey[list[str]]()


def pytest_addoption(parser):
    parser.getgroup("corpus").addoption(
        "--database",
        choices=["both", "sqlite", "services"],
        default="both",
        help="run on SQLite, on PostgreSQL and Redis (services), or on one after the other",
    )


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    """Before pytest-django loads the settings."""
    early_config.stash[_LEFT_OUT] = []
    if early_config.known_args_namespace.database == "services" and not WORKER:
        cleanup = ExitStack()
        early_config.add_cleanup(cleanup.close)
        database, cache = _find(cleanup)
        if not database.url and not cache.url:
            msg = f"{database.told}; {cache.told}"
            raise pytest.UsageError(msg)
        os.environ |= {"DATABASE_URL": database.url, "CACHE_URL": cache.url}
        early_config.stash[_LEFT_OUT] = _left_out(database, cache)
    return (yield)


def _find(cleanup) -> tuple[servers.Server, servers.Server]:
    try:
        return servers.postgresql(cleanup), servers.redis(cleanup)
    except servers.ServerError as error:
        cleanup.close()
        raise pytest.UsageError(str(error)) from error


def _left_out(database, cache) -> list[str]:
    named = (("on PostgreSQL", database), ("with Redis", cache))
    return [f"the tests {tests}: {server.told}" for tests, server in named if not server.url]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    for item in items:
        if _is_transactional(item):
            # what migrations wrote (the groups of the desk) must survive the emptying of tables
            item.add_marker(
                pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False
            )
    on_server = bool(os.environ.get("DATABASE_URL"))
    skipped = ("sqlite", "alike") if on_server else ("postgresql",)
    elsewhere = {
        item
        for item in items
        if any(map(item.get_closest_marker, skipped))
        or (config.option.database == "services" and not _uses_database(item))
    }
    config.hook.pytest_deselected(items=list(elsewhere))
    items[:] = [item for item in items if item not in elsewhere]


def pytest_collection_finish():
    """Thousands of tests that stay are not looked through each time what is left over is collected."""
    gc.collect()
    gc.freeze()


def _uses_database(item) -> bool:
    asked = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(asked or item.get_closest_marker("django_db"))


def _is_transactional(item) -> bool:
    asked = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    marker = item.get_closest_marker("django_db")
    return bool(asked or (marker and marker.kwargs.get("transaction")))


def pytest_terminal_summary(terminalreporter, config):
    """Name what was left out, so that a green run does not say more than it knows."""
    skipped = [report.longrepr for report in terminalreporter.stats.get("skipped", ())]
    left_out = config.stash[_LEFT_OUT] + [f"{path}:{line}: {why}" for path, line, why in skipped]
    if left_out:
        terminalreporter.section("left out", yellow=True)
        for line in dict.fromkeys(left_out):
            terminalreporter.line(line)


@pytest.hookimpl(wrapper=True)
def pytest_cmdline_main(config):
    result = yield
    if not WORKER and _wants_second_run(config, result):
        return _second_run(config) or result
    return result


def _wants_second_run(config, result) -> bool:
    option = config.option
    looks_only = (
        option.collectonly
        or option.help
        or option.version
        or option.markers
        or option.showfixtures
        or option.show_fixtures_per_test
    )
    went_through = result == pytest.ExitCode.OK or (
        result == pytest.ExitCode.TESTS_FAILED and not option.maxfail
    )
    return option.database == "both" and went_through and not looks_only


def _second_run(config) -> int:
    """The tests that use a database once more, on the servers of a larger installation."""
    report = config.get_terminal_writer()
    with ExitStack() as cleanup:
        try:
            database, cache = _find(cleanup)
        except pytest.UsageError as error:
            report.line(f"ERROR: {error}", red=True)
            return int(pytest.ExitCode.USAGE_ERROR)
        if not database.url and not cache.url:
            report.sep("=", "left out", yellow=True)
            for line in _left_out(database, cache):
                report.line(line)
            return 0
        told = " and ".join(server.told for server in (database, cache) if server.url)
        report.line(f"\nOnce more: {told}", bold=True)
        measured = ["--cov-append"] if getattr(config.option, "cov_source", None) else []
        arguments = [*config.invocation_params.args, "--database=services", *measured]
        status = subprocess.run(  # noqa: S603 - the command that started this run
            [sys.executable, "-m", "pytest", *arguments],
            cwd=config.invocation_params.dir,
            env=os.environ | {"TEST_DATABASE_URL": database.url, "TEST_CACHE_URL": cache.url},
            check=False,
        ).returncode
    nothing_chosen = status == pytest.ExitCode.NO_TESTS_COLLECTED
    return 0 if nothing_chosen else status
