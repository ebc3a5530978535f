"""What the other days of a page tell of one."""

from corpusapp.extraction.witnesses.dates import FEATURES
from corpusapp.extraction.witnesses.day_others import BESIDE_OTHERS, OF_OTHERS, with_others

_OWN = FEATURES[: -len(OF_OTHERS) - len(BESIDE_OTHERS)]


def _row(**told):
    shown = {name.replace(" ", "_"): 0.0 for name in _OWN} | told
    return [float(shown[name.replace(" ", "_")]) for name in _OWN]


def _told(*rows):
    """For each row its numbers by name."""
    return [dict(zip(FEATURES, row, strict=True)) for row in with_others(rows, FEATURES)]


def test_of_two_days_each_is_told_what_the_other_has():
    first, last = _told(
        _row(to_title=2, days_from_earliest=0, line_alone=1, times_told=3),
        _row(to_title=1, days_from_earliest=9, meta=1, times_told=1),
    )

    assert (first["meta of another"], last["meta of another"]) == (1, 0)
    assert (first["line alone of another"], last["line alone of another"]) == (0, 1)
    assert (first["told more often"], last["told more often"]) == (2, -2)
    assert (first["later near title"], first["earlier near title"]) == (1, 0)
    assert (last["later near title"], last["earlier near title"]) == (0, 1)
    assert (first["nearer to title"], last["nearer to title"]) == (1, 0)
    assert first["to title of another"] == 1


def test_of_several_others_the_greatest_counts_and_those_far_from_the_title_do_not():
    one, *_ = _told(
        _row(to_title=1, days_from_earliest=5),
        _row(to_title=40, days_from_earliest=0, ways=4),
        _row(to_title=50, days_from_earliest=9, ways=2),
    )

    assert one["ways of another"] == 4
    assert (one["earlier near title"], one["later near title"]) == (0, 0)


def test_the_only_day_of_a_page_has_no_other():
    (alone,) = _told(_row(to_title=1, times_told=2))

    added = (*(f"{name} of another" for name in OF_OTHERS), *BESIDE_OTHERS)
    assert {alone[name] for name in added} == {-1}
    assert alone["times told"] == 2
