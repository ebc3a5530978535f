"""Make `corpusapp/text/data/simplified.txt`: one Simplified character for each Traditional one.

    uv run --with opencc==1.4.2 python -m tests.text.make_simplified

The public data are the character tables that OpenCC (Apache-2.0) ships. A table of single characters
cannot know that 乾 is 干 in 乾淨 and stays 乾 in 乾坤; search does not need it to: text and query
are folded alike, so of several readings the one that differs is taken. Regional variants (裡, 爲) go the
same way, so that Taiwan's, Hong Kong's and the mainland's spelling of a word meet.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

TARGET = Path(__file__).parents[2] / "corpusapp" / "text" / "data" / "simplified.txt"
# Taiwan writes 著 for both 着 and 著, the mainland for the second alone
_OURS = {"著": "着", "麼": "么", "妳": "你", "牠": "它"}
_TABLES = ("TWVariantsRev", "HKVariantsRev", "TSCharacters", "TSCharactersExt")


def _rows(name: str) -> dict[str, list[str]]:
    folder = Path(str(resources.files("opencc"))) / "clib"
    with tempfile.TemporaryDirectory() as scratch:
        text = Path(scratch) / "table.txt"
        source = folder / "share" / "opencc" / f"{name}.ocd2"
        tool = [str(folder / "bin" / "opencc_dict"), "-i", str(source), "-o", str(text)]
        subprocess.run([*tool, "-f", "ocd2", "-t", "text"], check=True, capture_output=True)  # noqa: S603
        lines = text.read_text("utf-8").splitlines()
    return {line.split("\t")[0]: line.split("\t")[1].split() for line in lines}


def table() -> dict[str, str]:
    """Character -> the one of its kin that text and query are both folded to.

    The tables go both ways here and there (台 and 臺), so characters are gathered into kin first.
    """
    kin: dict[str, set[str]] = {}
    for one, other in [*_pairs(), *_OURS.items()]:
        joined = kin.get(one, {one}) | kin.get(other, {other})
        for character in joined:
            kin[character] = joined
    ends = {one: min(joined, key=_rank) for one, joined in kin.items()}
    return {one: end for one, end in ends.items() if one != end}


def _pairs() -> Iterator[tuple[str, str]]:
    for name in _TABLES:
        for character, readings in _rows(name).items():
            others = [one for one in readings if one != character and len(one) == 1]
            if len(character) == 1 and others:
                yield character, others[0]


def _rank(character: str) -> tuple[bool, int]:
    """Simplified first: what GB 2312 can write, then by number."""
    return not character.encode("gb2312", "ignore"), ord(character)


def main() -> None:
    ends = sorted(table().items())
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(
        "".join(one for one, _ in ends) + "\n" + "".join(other for _, other in ends) + "\n", "utf-8"
    )
    sys.stdout.write(f"{len(ends)} characters\n")


if __name__ == "__main__":
    main()
