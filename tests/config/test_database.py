"""What the connection really has, as against what the settings ask for."""

import threading
import time

import pytest
from django.db import OperationalError, connection, connections, transaction

from corpusapp.models import Source
from tests.factories import SourceFactory


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pragma", "expected"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),  # FULL
        ("foreign_keys", 1),
        ("busy_timeout", 20_000),
    ],
)
def test_pragma_is_in_force(pragma, expected):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")

        assert cursor.fetchone() == (expected,)


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_transaction_says_that_it_will_write_before_it_reads():
    """IMMEDIATE: of two that read and then write, the second waits instead of failing."""
    order = []
    first_reads = threading.Event()

    def second():
        first_reads.wait(10)
        with transaction.atomic():
            order.append("second")
            Source.objects.update(name="second")
        connections.close_all()

    SourceFactory()
    other = threading.Thread(target=second)
    other.start()
    with transaction.atomic():
        list(Source.objects.all())
        first_reads.set()
        time.sleep(0.3)
        order.append("first")
        Source.objects.update(name="first")
    other.join(10)

    assert order == ["first", "second"]
    assert Source.objects.get().name == "second"


@pytest.mark.django_db(transaction=True)
def test_reader_is_not_held_up_by_a_writer():
    SourceFactory(name="before")
    seen = []

    def read():
        seen.append(Source.objects.get().name)
        connections.close_all()

    with transaction.atomic():
        Source.objects.update(name="after")
        reader = threading.Thread(target=read)
        reader.start()
        reader.join(10)

    assert seen == ["before"]
    assert Source.objects.get().name == "after"


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_locked_database_is_a_named_error():
    connection.ensure_connection()
    connection.connection.execute("PRAGMA busy_timeout = 50")
    errors = []
    started, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            SourceFactory()
            started.set()
            done.wait(10)
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    started.wait(10)
    try:
        Source.objects.create(name="late", key="late")
    except OperationalError as error:
        errors.append(str(error))
    finally:
        done.set()
        holder.join(10)
        connection.close()

    assert errors == ["database is locked"]
