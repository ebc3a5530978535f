import io
import os
import socket
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.importing.errors import NotADocumentError
from corpusapp.importing.files import Found, Passed, find, printable, read


def names(paths, *, recursive=False, passed=None):
    found = find([str(path) for path in paths], recursive=recursive, passed=passed or Passed())
    return [document.name for document in found]


def refusal(path, max_bytes=1000):
    (found,) = find([str(path)], recursive=False, passed=Passed())
    with pytest.raises(NotADocumentError) as caught:
        read(found, max_bytes)
    return str(caught.value)


def test_folder_gives_its_captures_by_name_and_counts_what_it_passes_over(tmp_path):
    for name in ("b.txt", "a.TXT", "c.text", "d.json", ".hidden.txt", "noending"):
        (tmp_path / name).write_text("x")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "e.txt").write_text("x")
    passed = Passed()

    assert names([tmp_path], passed=passed) == ["a.TXT", "b.txt", "c.text"]
    assert dict(passed.endings) == {".json": 1, "dotfile": 1, "no ending": 1}
    assert passed.folders == 1


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.txt", "text/plain"),
        ("a.TEXT", "text/plain"),
        ("a.html", "text/html"),
        ("a.HTM", "text/html"),
        ("a.b.xhtml", "text/html"),
    ],
)
def test_ending_tells_a_saved_page_from_a_text_capture(tmp_path, name, media_type):
    (tmp_path / name).write_text("x")

    for path in (tmp_path, tmp_path / name):
        (found,) = find([str(path)], recursive=False, passed=Passed())
        assert (found.name, found.media_type) == (name, media_type)


def test_standard_input_is_a_text_capture():
    (found,) = find(["-"], recursive=False, passed=Passed())

    assert found.media_type == "text/plain"


def test_recursive_names_documents_below_the_folder_given(tmp_path):
    (tmp_path / "sub" / "deep").mkdir(parents=True)
    (tmp_path / "z.txt").write_text("x")
    (tmp_path / "sub" / "deep" / "e.txt").write_text("x")

    assert names([tmp_path], recursive=True) == ["sub/deep/e.txt", "z.txt"]


def test_lone_file_goes_by_its_own_name(tmp_path):
    (tmp_path / "a.txt").write_text("x")

    assert names([tmp_path / "a.txt"]) == ["a.txt"]


def test_folder_link_inside_a_folder_is_not_followed_and_told(tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a.txt").write_text("x")
    passed = Passed()

    document, link = find([str(tmp_path)], recursive=True, passed=passed)

    assert (document.name, document.refusal) == ("a.txt", "")
    assert (link.name, link.refusal) == ("loop", "It is a link; name what it leads to.")
    assert passed == Passed()
    assert names([tmp_path], passed=passed) == ["a.txt"]
    assert passed == Passed(folders=1)


def test_what_is_no_file_is_refused_with_its_reason(tmp_path):
    (tmp_path / "real.txt").write_text("x")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(tmp_path / "s.txt"))

    assert refusal(tmp_path / "link.txt") == "It is a link; name what it leads to."
    (tmp_path / "folder").symlink_to(tmp_path, target_is_directory=True)
    assert refusal(tmp_path / "folder") == "It is a link; name what it leads to."
    assert refusal(tmp_path / "pipe.txt") == "It is not an ordinary file."
    assert refusal(tmp_path / "s.txt") == "It is a socket, not a file."
    assert refusal("/dev/null").startswith("A file without an ending cannot be imported")
    assert refusal(tmp_path / "missing.txt") == "There is no such file."
    assert refusal(tmp_path / "real.txt" / "x.txt") == "There is no such file."
    assert refusal("a\x00b.txt") == "There is no such file."
    listening.close()


def test_unknown_ending_is_refused_when_named_outright(tmp_path):
    (tmp_path / "a.pdf").write_text("x")

    assert refusal(tmp_path / "a.pdf") == (
        "Files ending in .pdf cannot be imported; these can: .atom .csv .docx .htm .html .jsonl "
        ".markdown .md .ndjson .rss .tar .tar.gz .tar.xz .text .tgz .txt .xhtml .xml .zip."
    )


def test_folder_with_the_name_of_a_file_is_a_folder(tmp_path):
    (tmp_path / "a.txt").mkdir()
    (tmp_path / "a.txt" / "b.txt").write_text("x")

    assert names([tmp_path]) == []
    assert names([tmp_path / "a.txt"]) == ["b.txt"]


def test_file_of_the_limit_is_read_and_one_byte_more_is_refused_unread(tmp_path):
    (tmp_path / "fits.txt").write_bytes(b"x" * 1000)
    (tmp_path / "large.txt").write_bytes(b"x" * 1001)

    assert read(Found(str(tmp_path / "fits.txt"), "fits.txt"), 1000) == b"x" * 1000
    assert "larger than the limit" in refusal(tmp_path / "large.txt")


def test_standard_input_is_read_no_further_than_the_limit_and_one(monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(b"x" * 5000))
    monkeypatch.setattr(sys, "stdin", stream)

    assert len(read(Found("-", "-"), 1000)) == 1001


def test_undecodable_names_are_shown_escaped(tmp_path):
    name = os.fsdecode(b"caf\xe9\n.txt")
    (tmp_path / name).write_text("x")
    (found,) = find([str(tmp_path)], recursive=False, passed=Passed())

    assert found.shown == f"{tmp_path}/caf\\xe9\\n.txt"
    assert read(found, 10) == b"x"


@given(st.binary(max_size=60))
def test_any_name_can_be_printed_on_one_line(raw):
    shown = printable(os.fsdecode(raw))

    assert shown.isprintable()
    assert shown.encode() or not raw
