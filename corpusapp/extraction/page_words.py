"""What the words of a saved page's lines tell its judge of text, whatever markup stands about them.

"Sign up here" is no text wherever it stands, and a paragraph that the page has once already is one of a summary,
of a gallery or of a second copy for narrow screens.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from corpusapp.extraction.forest import Table
from corpusapp.extraction.lines import Line
from corpusapp.extraction.parts.line_words import weighed, words_of
from corpusapp.extraction.weights import learned

COPIED = ("copy above", "copy below", "copied part of page")
WORDED = (
    "colon", "mean word", "worst word", "best word", "mean word around 3", "mean word -1", "mean word +1",
)  # fmt: skip
_WIDE = 60  # of a line; narrower ones stand on many pages twice
_FARTHEST, _WIDEST, _REACH = 200, 800, 3
_COLONS = (":", "：")


def copied(lines: Sequence[Line]) -> Table:
    """For each line the columns of `COPIED`: how far away the same wide line stands, 0 where none does."""
    found = np.zeros((len(lines), len(COPIED)))
    wide = [line for line in lines if line.width >= _WIDE]
    last: dict[str, int] = {}
    for line in wide:
        if (above := last.get(line.text)) is not None:
            found[line.index, 0] = found[above, 1] = min(line.index - above, _FARTHEST)
        last[line.text] = line.index
    if len(last) < len(wide):
        again = sum(line.width for line in wide if found[line.index, 0])
        found[:, 2] = again / sum(line.width for line in wide)
    return found


def worded(lines: Sequence[Line]) -> Table:
    """For each line the columns of `WORDED`, by the weights that were learned."""
    return columns(lines, [words_of(line) for line in lines], learned("html_words"))


def columns(
    lines: Sequence[Line], words: Sequence[Sequence[str]], weights: Mapping[str, float]
) -> Table:
    """The same for lines with these words, by these weights."""
    found = np.zeros((len(lines), len(WORDED)))
    found[:, 0] = [line.text.endswith(_COLONS) for line in lines]
    found[:, 1:4] = weighed(words, weights)
    means, wide = found[:, 1], np.minimum([line.width for line in lines], _WIDEST)
    sums = np.concatenate([np.zeros((1, 2)), np.cumsum(np.stack([means * wide, wide], 1), axis=0)])
    here = np.arange(len(lines))
    first, after = np.maximum(here - _REACH, 0), np.minimum(here + _REACH + 1, len(lines))
    around = sums[after] - sums[first]
    found[:, 4] = around[:, 0] / np.maximum(around[:, 1], 1)
    found[1:, 5] = means[:-1]
    found[:-1, 6] = means[1:]
    return found
