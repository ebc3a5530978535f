"""What was shown before a deed over many: which articles, and in which version those that go.

As text, for the page that carries it: "12.3,13,20-40.1" are one article in its third version, one that
does not go, and twenty-one in their first. Packed, for the row of a run.
"""

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_PIN = re.compile(r"([0-9]{1,18})(?:-([0-9]{1,18}))?(?:\.([0-9]{1,9}))?")
_ANY = 10**9  # articles: what we have written ourselves is believed


@dataclass(frozen=True, slots=True)
class Pins:
    """Articles that go have a version; those that were only shown have none."""

    going: dict[int, int] = field(default_factory=dict)
    resting: frozenset[int] = frozenset()

    @property
    def shown(self) -> set[int]:
        return {*self.going, *self.resting}


def written(shown: Sequence[int], versions: Mapping[int, int]) -> str:
    """`shown` in their order; those with a version go."""
    return ",".join(_runs([(pk, versions.get(pk)) for pk in sorted(shown)]))


def read(text: str, most: int) -> Pins:
    """At most so many; what makes no sense is passed over."""
    going: dict[int, int] = {}
    resting: set[int] = set()
    room = most
    for part in text.split(","):
        match = _PIN.fullmatch(part)
        if not match:
            continue
        first, last = int(match[1]), int(match[2] or match[1])
        numbers = range(first, min(last, first + room - 1) + 1)
        room -= len(numbers)  # those that were told before, too: each takes its time
        if match[3]:
            going.update(dict.fromkeys(numbers, int(match[3])))
        else:
            resting.update(numbers)
    return Pins(going, frozenset(resting.difference(going)))


def packed(versions: Mapping[int, int]) -> bytes:
    return zlib.compress(written(sorted(versions), versions).encode())


def unpacked(pins: bytes) -> list[tuple[int, int]]:
    """(article, version), by id."""
    text = zlib.decompress(pins).decode() if pins else ""
    return sorted(read(text, _ANY).going.items())


def _runs(pins: Sequence[tuple[int, int | None]]) -> Iterator[str]:
    """Ids that follow each other in one version are told by the first and the last."""
    start = 0
    for place, (one, other) in enumerate(pairwise([*pins, (-1, None)]), 1):
        if other == (one[0] + 1, one[1]):
            continue
        (first, version), (last, _version) = pins[start], one
        told = str(first) if first == last else f"{first}-{last}"
        yield told if version is None else f"{told}.{version}"
        start = place
