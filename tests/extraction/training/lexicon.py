"""How much each word speaks for what is looked for, counted by hosts, not by pages: a site repeats itself."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping


class Lexicon:
    """On how many hosts each word stands in lines that are looked for, and in others."""

    def __init__(self, fewest: int, share: float) -> None:
        self.fewest = fewest  # hosts that a word is met on
        self.share = share  # of a host: what the lines looked for are given beforehand
        self.inside: dict[str, set[str]] = defaultdict(set)
        self.around: dict[str, set[str]] = defaultdict(set)

    def count(self, host: str, words: Iterable[str], *, inside: bool) -> None:
        for word in words:
            if not word.isdigit():
                (self.inside if inside else self.around)[word].add(host)

    def weights(self) -> dict[str, float]:
        found = {}
        for word in sorted(self.inside.keys() | self.around.keys()):
            inside, around = self.inside.get(word, set()), self.around.get(word, set())
            if len(inside) + len(around) >= self.fewest:
                found[word] = self._odds(len(inside), len(around))
        return found

    def without(
        self, host: str, words: Iterable[str], weights: Mapping[str, float]
    ) -> dict[str, float]:
        """The weights of a page's words, as if its host had not been counted."""
        found = {}
        for word in words:
            if word in weights:
                inside, around = self.inside.get(word, set()), self.around.get(word, set())
                found[word] = self._odds(
                    len(inside) - (host in inside), len(around) - (host in around)
                )
        return found

    def _odds(self, inside: int, around: int) -> float:
        return round(math.log((inside + self.share) / (around + 1)), 2)
