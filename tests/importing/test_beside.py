import json

import pytest

from corpusapp.extraction.article import Beside
from corpusapp.extraction.errors import UnreadableError
from corpusapp.importing.beside import (
    LARGEST_BYTES,
    beside_from,
    fingerprint,
    inherited,
    read_defaults,
    read_sidecar,
    sidecar_of,
    told,
)


@pytest.mark.parametrize(
    ("name", "names", "expected"),
    [
        ("a.txt", {"a.txt", "a.json"}, "a.json"),
        ("a.txt", {"a.yml", "a.json"}, "a.json"),
        ("a.txt", {"a.yaml"}, "a.yaml"),
        ("a.b.txt", {"a.json", "a.b.yml"}, "a.b.yml"),
        ("a.txt", {"b.json"}, ""),
        ("corpus.txt", {"corpus.yml"}, ""),
        (".txt", {".json"}, ""),
        ("sub/a.txt", {"a.json"}, ""),
    ],
)
def test_sidecar_has_the_name_of_its_document(name, names, expected):
    assert sidecar_of(name, names) == expected


def test_sidecar_is_read_as_json_or_yaml():
    assert read_sidecar(b'{"date": 2015, "tags": ["a"]}', "a.json") == {
        "date": "2015",
        "tags": ["a"],
    }
    assert read_sidecar(b"date: 2015\ntags: [a]\n", "a.yml") == {"date": "2015", "tags": ["a"]}
    assert read_sidecar(b" \n", "a.json") == {}


@pytest.mark.parametrize(
    ("raw", "name", "reason"),
    [
        (b"[1]", "a.json", "Its sidecar a.json names no fields"),
        (b"{", "a.json", "it is no JSON"),
        (b"[" * 10_000, "a.json", "it is no JSON"),
        (b"a: [", "a.yml", "Its sidecar a.yml cannot be read in line"),
        (b"a: &b 1\nc: *b\n", "a.yml", "alias"),
        (b"\x00\x01" * 100, "a.json", "cannot be read: The file is no text"),
        (b" " * (LARGEST_BYTES + 1), "a.json", "larger than 256 kB"),
    ],
)
def test_sidecar_that_is_none_is_refused_by_its_name(raw, name, reason):
    with pytest.raises(UnreadableError, match="sidecar a") as refusal:
        read_sidecar(raw, name)

    assert reason in str(refusal.value)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"title: x", "It says “title”"),
        (b"nonsense: x", "It says “nonsense”"),
        (b"language: Klingon", "“Klingon” is no language"),
        (b"- a", "names no fields"),
    ],
)
def test_defaults_that_no_folder_can_have_are_refused(raw, reason):
    with pytest.raises(UnreadableError) as refusal:
        read_defaults(raw)

    assert reason in str(refusal.value)


def test_folder_within_has_its_own_defaults_first_and_all_tags():
    above = {"source": "Daily", "section": "Sea", "tags": "a, b"}

    assert inherited(above, {"section": "Law", "keywords": ["c"]}) == {
        "source": "Daily",
        "section": "Law",
        "keywords": ["a", " b", "c"],
    }
    assert inherited(above, {}) == above
    assert inherited({}, above) == above


def test_what_stood_beside_a_document_can_be_told_again():
    beside = Beside({"date": "2015"}, {"section": "Sea"})

    kept = json.loads(json.dumps(told(beside)))

    assert kept == {"sidecar": {"date": "2015"}, "defaults": {"section": "Sea"}}
    assert beside_from(kept) == beside
    assert (told(None), beside_from({}), fingerprint({})) == ({}, None, "")


def test_fingerprint_is_of_what_is_said_and_not_of_its_order():
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    assert fingerprint({"a": 1}) != fingerprint({"a": 2})
