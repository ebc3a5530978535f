import io
import json
import lzma
import tarfile

import pytest

from corpusapp.extraction.article import ExtractedArticle
from tests.extraction import captures, gate
from tests.extraction.captures import Sample, in_sample, sample_of, set_name
from tests.extraction.gate import as_pinned, changes, main, measure

ROW = {"records": 4, "precision": 0.5, "recall": 0.5, "f1": 0.5}
TEXT = "\n\n".join(
    f"The council met on the {day} day and spoke at length about the harbour, the quay and the price of both."
    for day in ("first", "second", "third", "fourth")
)
PAGE = f"The Council Divides over the New Harbour\n\nBy Ann Lee\n\nMay 5, 2020\n\n{TEXT}"


def of(**row):
    return {"golden": {"txt-main/title": {**ROW, **row}}}


@pytest.mark.parametrize("measured", ["records", "precision", "recall", "f1"])
def test_a_lower_figure_fell_and_a_higher_one_rose(measured):
    lower, higher = (
        changes(of(), of(**{measured: ROW[measured] + step})) for step in (-0.001, 0.001)
    )

    assert (len(lower[0]), len(lower[1])) == (1, 0)
    assert (len(higher[0]), len(higher[1])) == (0, 1)
    assert changes(of(), of()) == ([], [])


def test_a_figure_that_is_gone_fell_and_a_new_one_did_not():
    gone = changes(of(), {"golden": {}})
    new = changes({"golden": {}}, of())

    assert [len(lines) for lines in gone] == [4, 0]
    assert [len(lines) for lines in new] == [0, 1]


def test_what_is_measured_does_not_depend_on_the_order_of_captures():
    samples = [
        Sample(
            "one", "txt-main", PAGE.encode(), {"title": "The Council Divides over the New Harbour"}
        ),
        Sample("two", "txt-main", b"Home", {"title": "Another"}),
    ]

    found, turned = measure(samples), measure(samples[::-1])

    assert found.figures == turned.figures
    assert found.figures["txt-main/title"] == {
        "records": 2,
        "precision": 1.0,
        "recall": 0.5,
        "f1": 0.667,
    }


@pytest.fixture
def pinned(tmp_path, monkeypatch):
    """The gate before one capture of its own, with nothing pinned yet."""
    figures = tmp_path / "figures.json"
    sample = Sample(
        "one", "txt-main", PAGE.encode(), {"title": "The Council Divides over the New Harbour"}
    )
    monkeypatch.setattr(gate, "FIGURES", figures)
    monkeypatch.setattr(gate, "golden", lambda: [sample])
    monkeypatch.delenv("EXTRACTION_SET", raising=False)
    return figures


def test_the_gate_stops_at_a_fall_until_it_is_pinned(pinned, monkeypatch, capsys):
    assert main(["--pin"]) == 0
    kept = pinned.read_text()
    assert main([]) == 0
    monkeypatch.setattr(gate, "extract", lambda *_: ExtractedArticle())

    assert main([]) == 1
    assert pinned.read_text() == kept
    assert "FELL" in capsys.readouterr().out

    assert main(["--pin"]) == 0
    assert main([]) == 0
    assert json.loads(pinned.read_text())["golden"]["txt-main/title"]["f1"] == 0.0


def packed(folder, records, files):
    folder.mkdir()
    with lzma.open(folder / "truth.jsonl.xz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(record) + "\n" for record in records)
    with tarfile.open(folder / "docs-txt.tar.xz", "w:xz") as tar:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            tar.addfile(member, io.BytesIO(text.encode()))
    return folder


def test_a_public_set_is_sampled_by_page_and_pinned_under_its_own_name(
    pinned, tmp_path, monkeypatch, capsys
):
    pages = [f"page-{number}" for number in range(12)]
    records = [
        {
            "id": page,
            "form": "txt-main",
            "file": f"txt-main/{page}.txt",
            "title": "The Council Divides over the New Harbour",
        }
        for page in pages
    ]
    folder = packed(tmp_path / "set", records, {f"txt-main/{page}.txt": PAGE for page in pages})
    monkeypatch.setenv("EXTRACTION_SET", str(folder))

    chosen = [sample.name for sample in sample_of(folder)]

    assert chosen == [page for page in pages if in_sample(page)]
    assert 0 < len(chosen) < len(pages)
    assert main(["--pin"]) == 0
    kept = json.loads(pinned.read_text())
    assert kept[f"set {set_name(folder)}"]["txt-main/title"]["records"] == len(chosen)
    monkeypatch.delenv("EXTRACTION_SET")
    assert main([]) == 0  # a set that is not at hand cannot fall
    assert "LEFT OUT" in capsys.readouterr().out


def test_a_folder_that_holds_no_set_is_said_and_nothing_is_measured(
    pinned, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("EXTRACTION_SET", str(tmp_path))

    assert main(["--pin"]) == 2
    assert "holds no truth.jsonl.xz" in capsys.readouterr().out
    assert not pinned.exists()


def test_the_calibration_that_is_kept_is_the_promise_alone():
    measured = gate.Measured(
        {}, {"title/0.9": {"records": 9, "right": 0.95}, "title/0.5": {"records": 9, "right": 0.5}}
    )

    assert as_pinned({"set x": measured}) == {
        "set x": {},
        "set x ≥ 0.9": {"title/0.9": {"right": 0.9}},
    }
    assert as_pinned({"golden": measured}) == {"golden": {}}


def test_the_forms_of_the_golden_captures_are_those_that_can_be_read():
    assert {sample.form for sample in captures.golden()} == set(captures.readable_forms())
