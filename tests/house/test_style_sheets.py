import re

import pytest

from tests.house.tree import tracked
from tests.surroundings import ROOT

SHEETS = [path for path in tracked() if path.suffix == ".css"]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_style_sheet_closes_each_rule_before_it_comments_on_the_next(sheet):
    """A brace lost where two changes met hides all that follows in a rule of another width."""
    rules = re.sub(r'"[^"]*"', "", (ROOT / sheet).read_text())
    depth = 0
    for line in rules.splitlines():
        assert not (line.startswith("/*") and depth), line
        depth += line.count("{") - line.count("}")
    assert depth == 0
