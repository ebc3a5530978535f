import os

import pytest

from corpusapp.extraction.article import Options
from corpusapp.importing import reading
from corpusapp.importing.files import TEXT, Found
from corpusapp.importing.reading import AtHand, parse, parse_all
from tests.importing.pages import page


class Deadly(Found):
    """A document that kills every process it is sent to."""

    def __reduce__(self):
        return os._exit, (3,)


def document(number, raw=None, kind=Found):
    return kind(f"{number}.txt", f"{number}.txt", raw=page(number) if raw is None else raw)


def test_document_that_kills_its_process_is_refused_and_costs_no_other():
    found = [document(number) for number in range(18)]
    found[16] = document(16, kind=Deadly)

    parsed = list(parse_all(map(AtHand, found), Options(), jobs=2))

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


@pytest.mark.parametrize(("size", "count"), [(10, 2), (700_000, 10)])
def test_large_documents_go_to_workers_in_small_portions(size, count):
    found = [document(number, b"x" * size) for number in range(20)]

    assert len(list(reading._portions(map(AtHand, found)))) == count
