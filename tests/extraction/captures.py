"""The captures that extraction is measured on: our own golden ones, and those of a public set.

A `Sample` is one capture with the truth about it, in the record form of `scoring.py`.
"""

import hashlib
import io
import json
import lzma
import sys
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).parent / "golden"
MEDIA_TYPES = {"txt-main": "text/plain", "txt-full": "text/plain", "html": "text/html"}
FIGURES = GOLDEN / "figures.json"
_ENDINGS = (".txt", ".html")
_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Sample:
    name: str
    form: str  # a key of MEDIA_TYPES
    raw: bytes
    truth: Mapping[str, object]

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.form]


def readable_forms() -> tuple[str, ...]:
    """The forms that the engine can read."""
    pages = find_spec("corpusapp.extraction.formats.html") is not None
    return tuple(form for form in MEDIA_TYPES if pages or form != "html")


# Our own -------------------------------------------------------------------------------------


@cache
def names() -> Mapping[str, Mapping[str, Any]]:
    """Name of each golden capture -> what its truth tells."""
    paths = sorted(
        {path.with_suffix(".json") for path in GOLDEN.glob("*") if path.suffix in _ENDINGS}
    )
    return {path.stem: json.loads(path.read_text("utf-8")) for path in paths}


def golden() -> Iterator[Sample]:
    """Every golden capture in each of its forms, by name."""
    for name, told in names().items():
        for ending, form in ((".txt", told["form"]), (".html", "html")):
            capture = GOLDEN / f"{name}{ending}"
            if capture.exists():
                own = told.get("only", {}).get(ending[1:], {})
                yield Sample(name, form, capture.read_bytes(), _record({**told, **own}))


def traits() -> dict[str, list[str]]:
    """Trait -> the names of the golden captures that have it."""
    found: dict[str, list[str]] = {}
    for name, told in names().items():
        for trait in told["traits"]:
            found.setdefault(str(trait), []).append(name)
    return found


def trait_table() -> str:
    """Markdown: each trait in words, and the captures that have it."""
    words = json.loads((GOLDEN / "traits.json").read_text("utf-8"))
    have = traits()
    rows = (
        f"| {trait} | {said} | {', '.join(have.get(trait, ()))} |" for trait, said in words.items()
    )
    return "\n".join(["| trait | in words | captures |", "| --- | --- | --- |", *rows])


def _record(told: Mapping[str, Any]) -> dict[str, object]:
    """The truth of a golden capture: "" and [] in it say that the capture has none."""
    published = str(told["published"])
    authors = told["authors"]
    absent = {"title": told["title"], "published_at": published, "section": told["section"]}
    record: dict[str, object] = {
        "title": told["title"] or None,
        "authors": [author["name"] for author in authors],
        "posts": {author["name"]: author["post"] for author in authors if author["post"]},
        "bylines": [(author["name"], author["role"]) for author in authors],
        "published": published,
        "published_days": [published[:10]] if published else None,
        "published_time": [published[11:16]] if len(published) > 10 else None,
        "body": "\n\n".join(told["body"]),
        "absent": [field for field, value in absent.items() if not value],
    }
    kept = ("language", "section", "must", "mustnot", "views", "tags", "source")
    return record | {name: told[name] for name in (*kept, "standfirst", "caption", "biography")}


# A public set's ------------------------------------------------------------------------------


def set_name(folder: Path) -> str:
    """What tells one set from another: the hash of its truth."""
    return hashlib.sha256((folder / "truth.jsonl.xz").read_bytes()).hexdigest()[:16]


def in_sample(page: str, share: float = _SHARE) -> bool:
    """The same pages for everyone: those whose hash falls below `share`."""
    start = hashlib.sha1(b"sample:" + page.encode(), usedforsecurity=False).hexdigest()[:8]
    return int(start, 16) / 16**8 < share


def sample_of(folder: Path, share: float = _SHARE) -> list[Sample]:
    """The fixed sample of a set: `truth.jsonl.xz`, and its captures in `docs-*.tar.xz` beside."""
    with lzma.open(folder / "truth.jsonl.xz", "rt", encoding="utf-8") as lines:
        records = [record for record in map(json.loads, lines) if in_sample(record["id"], share)]
    wanted = {record["file"] for record in records if record["form"] in readable_forms()}
    raws = dict(_members(folder, wanted))
    return [
        Sample(record["id"], record["form"], raws[record["file"]], record)
        for record in records
        if record["file"] in raws
    ]


def _members(folder: Path, wanted: set[str]) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.glob("docs-*.tar.xz")):
        forms = {name.split("/", 1)[0] for name in wanted}
        if "html" in path.name and "html" not in forms:
            continue
        with lzma.open(path) as packed, tarfile.open(fileobj=io.BytesIO(packed.read())) as tar:
            for member in tar:
                name = "/".join(member.name.split("/")[-2:])
                if name in wanted and (stream := tar.extractfile(member)):
                    yield name, stream.read()


if __name__ == "__main__":  # the table for golden/README.md
    sys.stdout.write(f"{trait_table()}\n")
