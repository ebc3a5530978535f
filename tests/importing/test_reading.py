import os
import signal
import subprocess
import sys
import time

import pytest

from corpusapp.extraction.article import Options
from corpusapp.importing import reading
from corpusapp.importing.files import TEXT, Found
from corpusapp.importing.reading import AtHand, parse, parse_all
from tests.importing.pages import page
from tests.surroundings import ROOT


class Deadly(Found):
    """A document that kills every process it is sent to."""

    def __reduce__(self):
        return os._exit, (3,)


def document(number, raw=None, kind=Found):
    return kind(f"{number}.txt", f"{number}.txt", raw=page(number) if raw is None else raw)


def test_document_that_kills_its_process_is_refused_and_costs_no_other():
    found = [document(number) for number in range(18)]
    found[16] = document(16, kind=Deadly)

    parsed = list(parse_all(map(AtHand, found), Options(), readers=2))

    assert [one.found.path for one in parsed] == [f"{number}.txt" for number in range(18)]
    assert {one.found.path: one.refusal for one in parsed if one.refusal} == {
        "16.txt": "It cannot be read: the process that read it was killed."
    }


def test_error_of_the_engine_refuses_one_document(monkeypatch):
    def fail(*_given):
        raise ZeroDivisionError

    monkeypatch.setattr(reading, "extract", fail)

    refused = parse(document(1), Options(media_type=TEXT))

    assert refused.refusal == "It cannot be read: an error of the program (ZeroDivisionError)."
    assert refused.packed


def test_error_in_what_follows_the_extraction_refuses_one_document(monkeypatch):
    monkeypatch.setattr(reading, "extract", lambda *_given: None)

    refused = parse(document(1), Options(media_type=TEXT))

    assert refused.refusal == "It cannot be read: an error of the program (AttributeError)."


@pytest.mark.parametrize(("size", "count"), [(10, 2), (700_000, 10)])
def test_large_documents_go_to_workers_in_small_portions(size, count):
    found = [document(number, b"x" * size) for number in range(20)]

    assert len(list(reading._portions(map(AtHand, found)))) == count


_WRITER = """
import signal, sys
from corpusapp.extraction.article import Options
from corpusapp.importing.files import Found
from corpusapp.importing.reading import AtHand, parse_all

documents = (AtHand(Found(sys.argv[1], "a.txt")) for _ in iter(int, 1))
parsed = parse_all(documents, Options(), 2)
print(next(parsed).refusal, flush=True)
signal.pause()
"""


def test_processes_that_read_end_with_the_one_that_writes(tmp_path):
    (tmp_path / "a.txt").write_bytes(page(1))
    writer = subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, "-c", _WRITER, str(tmp_path / "a.txt")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        assert writer.stdout.readline() == b"\n"  # one is read, and the readers wait for more

        writer.kill()

        # whoever is left holds its standard output open
        assert writer.communicate(timeout=30) == (b"", None)
    except subprocess.TimeoutExpired:
        os.killpg(writer.pid, signal.SIGKILL)
        raise


_STARTING = """
import signal, sys
from corpusapp.extraction.article import Options
from corpusapp.importing.files import Found
from corpusapp.importing.reading import AtHand, parse_all

parsed = parse_all((AtHand(Found(sys.argv[1], "a.txt")) for _ in iter(int, 1)), Options(), 2)
if __name__ == "__main__":
    # whoever is started in the background would ignore it
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        print("starting", flush=True)
        for _one in parsed:
            pass
    except KeyboardInterrupt:
        print("stopped")
"""


@pytest.mark.parametrize("moment", [0, 0.05, 0.2, 0.4])
def test_ctrl_c_while_processes_start_reaches_the_one_that_writes_alone(tmp_path, moment):
    (tmp_path / "a.txt").write_bytes(page(1))
    writer = subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, "-c", _STARTING, str(tmp_path / "a.txt")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert writer.stdout.readline() == "starting\n"
    time.sleep(moment)

    os.killpg(writer.pid, signal.SIGINT)  # as a terminal does

    try:
        out, err = writer.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        os.killpg(writer.pid, signal.SIGKILL)
        raise
    assert (out.splitlines()[-1], err) == ("stopped", "")
