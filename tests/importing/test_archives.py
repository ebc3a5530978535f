import gzip
import io
import lzma
import stat
import struct
import tarfile
import zipfile

import pytest

from corpusapp.importing import archives
from corpusapp.importing.archives import ArchiveError, Budget, members

WORDS = b"Some words of a capture.\n"


def zipped(files, **options):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def tarred(files, mode="w"):
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode=mode) as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return held.getvalue()


def read(raw, name):
    """(name, bytes or refusal) of each member."""
    return [
        (member.name, member.refusal or member.open().read())
        for member in members(io.BytesIO(raw), name, len(raw))
    ]


FILES = {"a.txt": WORDS, "sub/b.txt": WORDS * 2}


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (zipped(FILES), "x.zip"),
        (tarred(FILES), "x.tar"),
        (tarred(FILES, "w:gz"), "x.tar.gz"),
        (tarred(FILES, "w:gz"), "X.TGZ"),
        (tarred(FILES, "w:xz"), "x.tar.xz"),
    ],
)
def test_members_of_every_kind_are_read_in_their_order(raw, name):
    assert read(raw, name) == [("a.txt", WORDS), ("sub/b.txt", WORDS * 2)]


@pytest.mark.parametrize("name", ["x.zip", "x.tar", "x.tar.gz", "x.tgz", "x.tar.xz"])
@pytest.mark.parametrize("raw", [b"", b"no archive", b"PK\x03\x04", b"\x1f\x8b\x08", b"\xfd7zXZ\0"])
def test_what_is_no_archive_is_refused(raw, name):
    if (raw, name) == (b"", "x.tar"):
        return  # tar says so itself: an empty file holds nothing
    with pytest.raises(ArchiveError):
        read(raw, name)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (zipped(FILES)[:-30], "x.zip"),
        (tarred(FILES, "w:gz")[:-20], "x.tar.gz"),
        (tarred(FILES, "w:xz")[:-20], "x.tar.xz"),
        (tarred({"a.txt": WORDS * 1000})[:600], "x.tar"),
    ],
)
def test_archive_cut_short_is_told(raw, name):
    with pytest.raises((ArchiveError, *archives.BROKEN)):
        read(raw, name)


def test_links_and_devices_are_no_files():
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            entry = tarfile.TarInfo("x.txt")
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
    link = zipfile.ZipInfo("y.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    held_zip = io.BytesIO()
    with zipfile.ZipFile(held_zip, "w") as archive:
        archive.writestr(link, "/etc/passwd")

    told = [reason for _name, reason in read(held.getvalue(), "x.tar")]
    told += [reason for _name, reason in read(held_zip.getvalue(), "x.zip")]

    assert told == ["It is a link or a device in the archive, not a file."] * 5


def test_encrypted_member_is_refused_and_not_asked_for_its_password():
    raw = bytearray(zipped({"a.txt": WORDS}))
    for signature, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        raw[raw.index(signature) + flags] |= 1

    assert read(bytes(raw), "x.zip") == [("a.txt", "It is encrypted.")]


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_names_of_old_archives_are_read_in_the_likelier_encoding(codec):
    raw = zipped({"xx.txt": WORDS}) if codec == "utf-8" else zipped({"yy.txt": WORDS})
    name = "标.txt".encode(codec)
    plain = b"xx.txt" if codec == "utf-8" else b"yy.txt"
    # the same length, or the archive would have to be made anew
    raw = raw.replace(plain, name[: len(plain)].ljust(len(plain), b"t"))

    ((shown, _content),) = read(raw, "x.zip")

    assert shown.startswith("标")


def test_archive_that_says_it_unpacks_too_far_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(archives, "_RATIO_FROM", 1000)
    raw = zipped({"a.txt": b"x" * 1_000_000})
    found = members(io.BytesIO(raw), "x.zip", len(raw))

    with pytest.raises(ArchiveError, match="200 times its size"):
        next(found)


@pytest.mark.parametrize("name", ["x.tar.gz", "x.tar.xz"])
def test_archive_that_grows_too_far_is_stopped_while_it_is_read(monkeypatch, name):
    monkeypatch.setattr(archives, "_RATIO_FROM", 1000)
    plain = tarred({"a.txt": b"x" * 5_000_000, "b.txt": WORDS})
    raw = gzip.compress(plain) if name.endswith("gz") else lzma.compress(plain)

    with pytest.raises(ArchiveError, match="200 times its size"):
        read(raw, name)


def test_small_archive_may_shrink_further():
    raw = zipped({"a.txt": b"x" * 1_000_000})

    assert read(raw, "x.zip") == [("a.txt", b"x" * 1_000_000)]


def test_whole_of_an_archive_is_limited(monkeypatch):
    monkeypatch.setattr(archives, "MOST_UNPACKED", 100)

    with pytest.raises(ArchiveError, match="unpacks to more than"):
        read(tarred(FILES), "x.tar")


@pytest.mark.parametrize(("raw", "name"), [(zipped(FILES), "x.zip"), (tarred(FILES), "x.tar")])
def test_number_of_members_is_limited(monkeypatch, raw, name):
    monkeypatch.setattr(archives, "MOST_MEMBERS", 1)

    with pytest.raises(ArchiveError, match="more than 1 files"):
        read(raw, name)


def test_directory_too_large_to_hold_is_not_read(monkeypatch):
    monkeypatch.setattr(archives, "_LARGEST_DIRECTORY", 50)

    with pytest.raises(ArchiveError, match="holds more than"):
        read(zipped(FILES), "x.zip")


def test_directory_that_lies_about_itself_is_told():
    raw = bytearray(zipped(FILES))
    end = raw.rindex(b"PK\x05\x06")
    struct.pack_into("<L", raw, end + 12, 0xFFFFFFF0)

    with pytest.raises(ArchiveError):
        read(bytes(raw), "x.zip")


def test_note_on_a_member_that_would_fill_the_memory_is_refused():
    entry = tarfile.TarInfo("x")
    entry.type, entry.size = tarfile.XHDTYPE, 50_000_000
    raw = gzip.compress(entry.tobuf() + b"\0" * 50_000_000)

    with pytest.raises(ArchiveError, match="note on a file"):
        read(raw, "x.tar.gz")


def test_archive_that_wants_too_much_memory_is_refused():
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 29}]
    raw = lzma.compress(tarred(FILES), filters=filters)

    with pytest.raises(ArchiveError, match=r"of a kind that cannot be read\.$"):
        read(raw, "x.tar.xz")


def test_budget_is_spent_to_the_last_byte_and_no_further(monkeypatch):
    monkeypatch.setattr(archives, "_RATIO_FROM", 10)
    budget = Budget(1)

    budget.copy().spend(200)
    budget.spend(200)
    with pytest.raises(ArchiveError):
        budget.spend(1)
