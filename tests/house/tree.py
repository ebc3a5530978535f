"""What the repository holds: the files git keeps, whatever lies beside them."""

import subprocess
from functools import cache
from pathlib import Path

from tests.surroundings import ROOT


@cache
def tracked() -> tuple[Path, ...]:
    """Paths below the root; those that are deleted and not committed yet are left out."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - whichever git made this clone
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return tuple(Path(name) for name in listed.split("\0") if name and (ROOT / name).exists())


def under(folder: str, ending: str) -> list[Path]:
    return [path for path in tracked() if path.parts[0] == folder and path.suffix == ending]
