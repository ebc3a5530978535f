import os
import shutil
import uuid
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.db import connection, transaction
from django.utils import translation

# The same examples in every run; `--hypothesis-profile thorough` looks for new ones
hypothesis.settings.register_profile(
    "corpus", derandomize=True, deadline=None, max_examples=50, database=None
)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=2000, database=None)
hypothesis.settings.load_profile("corpus")

_AS_MIGRATED = Path(django_settings.DATA_DIR) / "as-migrated.sqlite3"


def pytest_configure():
    """Where tests differ from production: no hashed file names, and passwords that cost nothing."""
    django_settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    django_settings.PAGE_CACHE_SECONDS = 0  # a test sees what it has just written
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # a file, because only a file has WAL; on a server, a name that no other run has
    database = django_settings.DATABASES["default"]
    database["CONN_MAX_AGE"] = 0  # the live server's threads keep none when all is taken down
    name = f"corpus_test_{os.getpid()}"
    if database["ENGINE"] == "django.db.backends.sqlite3":
        name = str(Path(django_settings.DATA_DIR) / "test.sqlite3")
    else:
        # nobody misses these rows after a power cut
        database.setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off -c jit=off"
    database.setdefault("TEST", {})["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):  # noqa: ARG001 - makes the database
    """Tests that empty all tables delete from the trail, too, which the database refuses."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":  # PostgreSQL truncates
            cursor.execute("VACUUM INTO %s", [str(_AS_MIGRATED)])
            cursor.execute("DROP TRIGGER IF EXISTS audit_entry_no_delete")
        _keep_first_rows(cursor)


@pytest.fixture
def migrated(tmp_path, django_db_setup):  # noqa: ARG001 - leaves the file that is copied
    """A data folder for a process of its own, with the database as `migrate` leaves it."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(_AS_MIGRATED, folder / "corpus.sqlite3")
    return folder


def _keep_first_rows(cursor):
    """Let what migrations wrote come back row by row after a test has emptied all tables.

    Django reads it from JSON and saves each object, which takes longer than most of these tests.
    """
    inserts = []
    for table in connection.introspection.django_table_names(only_existing=True):
        name = connection.ops.quote_name(table)
        cursor.execute(f"SELECT * FROM {name}")  # noqa: S608 - a table of ours
        if rows := cursor.fetchall():
            columns = ", ".join(connection.ops.quote_name(one[0]) for one in cursor.description)
            values = ", ".join(["%s"] * len(rows[0]))
            statement = f"INSERT INTO {name} ({columns}) VALUES ({values})"  # noqa: S608
            inserts.append((f"{statement} ON CONFLICT DO NOTHING", rows))

    def bring_back(_data):
        with transaction.atomic(), connection.cursor() as writing:
            if connection.vendor == "sqlite":
                writing.execute("PRAGMA defer_foreign_keys = ON")
            else:
                writing.execute("SET CONSTRAINTS ALL DEFERRED")
            for statement, rows in inserts:
                writing.executemany(statement, rows)

    connection.creation.deserialize_db_from_string = bring_back


@pytest.fixture(autouse=True)
def _empty_cache():
    """Each test has the cache of a start-up: a prefix nobody else uses, and nothing to delete."""
    caches["default"].key_prefix = uuid.uuid4().hex


@pytest.fixture(autouse=True)
def _language_of_the_site():
    """A page asked for in Chinese leaves its language behind; the next test begins with none."""
    yield
    translation.deactivate()


@pytest.fixture
def small_batches(monkeypatch):
    """Imports read and write fifty documents at a time, so that a test of several batches is quick."""
    monkeypatch.setattr("corpusapp.importing.run._BATCH", 50)
    monkeypatch.setattr("corpusapp.importing.recognising._TOGETHER", 50)


@pytest.fixture
def tiny_batches(monkeypatch):
    """Two at a time: what was decided a batch ago is met again."""
    monkeypatch.setattr("corpusapp.importing.run._BATCH", 2)
    monkeypatch.setattr("corpusapp.importing.recognising._TOGETHER", 2)
