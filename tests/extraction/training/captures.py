"""The annotated captures that the recipes learn from, and the split of their hosts."""

import hashlib
import json
import lzma
import tarfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any


def annotated(folder: Path, forms: Collection[str]) -> Iterator[tuple[dict[str, Any], bytes]]:
    """(record of the truth, raw capture) of all pages in these forms, in the order of the archives."""
    with lzma.open(folder / "truth.jsonl.xz", "rt", encoding="utf-8") as lines:
        records = {
            record["file"]: record for record in map(json.loads, lines) if record["form"] in forms
        }
    for path in sorted(folder.glob("docs-*.tar.xz")):
        if set(forms) == {"html"} or "html" not in path.name:
            with tarfile.open(path) as archive:
                for member in archive:
                    name = member.name.removeprefix("./")
                    if name in records and (opened := archive.extractfile(member)):
                        yield records[name], opened.read()


def fold_of(host: str, folds: int) -> int:
    """The same fold for all pages of a host."""
    return int(hashlib.sha256(host.encode()).hexdigest(), 16) % folds
