"""What the other days of a page tell of one: the page's data may name a better one, a line an earlier one.

Of the days that were missed the right one stood next to the title in half the pages, behind one that is
told as often: of two days it takes both to tell which is the first publication and which the last change.
"""

from collections.abc import Sequence

OF_OTHERS = (
    "ld",
    "meta",
    "machine",
    "time",
    "marked",
    "line alone",
    "line published",
    "line updated",
    "ways",
    "shown ways",
    "times told",
    "before body",
)
BESIDE_OTHERS = (
    "to title of another",
    "earlier near title",
    "later near title",
    "nearer to title",
    "told more often",
)
_NEAR = 12  # lines
_ALONE = [-1.0] * (len(OF_OTHERS) + len(BESIDE_OTHERS))


def with_others(table: Sequence[list[float]], features: Sequence[str]) -> list[list[float]]:
    """Each row and, behind it, the most that another shows of each trait, and how it stands among them.

    -1 where a page gives but one day. `features` name what the rows hold.
    """
    if len(table) == 1:
        return [[*table[0], *_ALONE]]
    columns = [features.index(name) for name in OF_OTHERS]
    distance, day, told = (
        features.index(name) for name in ("to title", "days from earliest", "times told")
    )
    found = []
    for place, row in enumerate(table):
        others = [other for at, other in enumerate(table) if at != place]
        near = [other for other in others if other[distance] <= _NEAR]
        found.append(
            [
                *row,
                *[max([other[column] for other in others]) for column in columns],
                min([other[distance] for other in others]),
                float(sum([other[day] < row[day] for other in near])),
                float(sum([other[day] > row[day] for other in near])),
                float(sum([other[distance] < row[distance] for other in near])),
                row[told] - max([other[told] for other in others]),
            ]
        )
    return found
