import logging
import sys

import pytest

from config.log import OneLine

LINE = OneLine("{levelname} {message}", style="{")


def logged(message, *arguments, exc_info=None):
    record = logging.LogRecord("test", logging.INFO, "", 0, message, arguments, exc_info)
    return LINE.format(record)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("plain", "INFO plain"),
        ("治理 – größer", "INFO 治理 – größer"),
        ("one\ntwo", r"INFO one\x0atwo"),
        ("one\r\nINFO faked", r"INFO one\x0d\x0aINFO faked"),
        ("bell\x07 colour\x1b[31m", r"INFO bell\x07 colour\x1b[31m"),
        ("c1\x9b31m", r"INFO c1\x9b31m"),
        ("next\x85line\u2028paragraph\u2029", r"INFO next\x85line\x2028paragraph\x2029"),
    ],
)
def test_event_is_one_line(given, expected):
    assert logged("%s", given) == expected


def fail(message):
    raise ValueError(message)


def test_traceback_stays_readable_and_cannot_be_taken_for_an_event():
    try:
        fail("first\nINFO faked")
    except ValueError:
        lines = logged("failed", exc_info=sys.exc_info()).splitlines()

    assert lines[0] == "INFO failed"
    assert lines[1] == "Traceback (most recent call last):"
    assert all(line.startswith("    ") for line in lines[2:])
