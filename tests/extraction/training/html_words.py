"""How much each word of a saved page's lines speaks for text, counted by hosts."""

from collections.abc import Sequence

import numpy as np

from corpusapp.extraction import page_words, second_look
from tests.extraction.training.html_pages import Rows
from tests.extraction.training.lexicon import Lexicon

_FEWEST, _SHARE = 6, 1.0  # see Lexicon


class Words:
    """The weights that the words of these pages have."""

    def __init__(self, pages: Sequence[Rows]) -> None:
        self._lexicon = Lexicon(_FEWEST, _SHARE)
        for page in pages:
            for words, right in zip(page.words, page.right_lines, strict=True):
                self._lexicon.count(page.domain, words, inside=right)
        self.weights = self._lexicon.weights()

    def table(self, page: Rows) -> np.typing.NDArray[np.float64]:
        """The rows of a second look with what these weights tell of them, as if its host had not been counted."""
        if page.seen is None or page.asked is None:  # no second look: it is not asked for words
            return page.table
        words = {word for line in page.words for word in line}
        weights = self._lexicon.without(page.domain, words, self.weights)
        told = page_words.columns(page.seen.lines, page.words, weights)
        table = page.table.copy()
        table[:, second_look.WORDS] = told[page.asked]
        return table
