import json

import pytest

from corpusapp.search.contract import Query
from corpusapp.search.engines import engine
from tests.search import filling, gate, scoring

OWN = gate.HERE / "own"


@pytest.mark.django_db
def test_our_own_set_reaches_its_pinned_figures_on_every_database():
    names = filling.fill(OWN)

    def find(text):
        page = engine().find(Query(text, limit=100, facets=False, excerpts=False))
        return [names[hit.article_id] for hit in page.hits]

    found = scoring.measured(scoring.queries_of(OWN), find)

    pinned = json.loads(gate.FIGURES.read_text("utf-8"))["own"]
    fallen = {
        (kind, measure): (figure, found[kind][measure])
        for kind, measures in pinned.items()
        for measure, figure in measures.items()
        if found[kind][measure] < figure - 0.01
    }
    assert fallen == {}


def test_measures_are_those_of_the_trade():
    assert scoring.judged(["a", "b"], frozenset({"b"})) == {
        "ndcg10": pytest.approx(0.631, abs=0.001),
        "recall100": 1.0,
        "success1": 0.0,
        "success5": 1.0,
    }
    assert scoring.judged([], frozenset({"b"}))["ndcg10"] == 0


def test_a_figure_that_fell_or_went_is_told_and_a_set_that_is_not_here_is_not():
    pinned = {
        "own": {"words": {"ndcg10": 0.9}, "typo": {"ndcg10": 0.5}},
        "away": {"words": {"ndcg10": 1}},
    }
    found = {"own": {"words": {"ndcg10": 0.8}, "stem": {"ndcg10": 0.7}}}

    fell, rose = gate.changes(pinned, found)

    assert [" ".join(line.split()) for line in fell] == [
        "own words ndcg10 0.9 -> 0.8",
        "own typo gone",
    ]
    assert [" ".join(line.split()) for line in rose] == ["own stem ndcg10 new -> 0.7"]
