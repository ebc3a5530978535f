"""Templates show; they neither decide what is safe nor carry code."""

import re

import pytest

from tests.house.tree import tracked
from tests.surroundings import ROOT

TEMPLATES = [path for path in tracked() if "templates" in path.parts and path.suffix == ".html"]
OWN = [path for path in TEMPLATES if path.parts[:3] == ("corpusapp", "templates", "corpusapp")]


def found(pattern, paths):
    return [
        f"{path}: {match[0]}"
        for path in paths
        for match in re.finditer(pattern, (ROOT / path).read_text(), re.IGNORECASE)
    ]


@pytest.mark.parametrize(
    "pattern",
    [
        r"\|\s*safe(?:seq)?\b",
        r"{%\s*autoescape\s+off",
        r"<script(?![^>]*\ssrc=)[^>]*>",
        r"<style\b",
        r"\sstyle\s*=",
        r"\son[a-z]+\s*=\s*[\"']",
        r"javascript:",
        r"(?:src|href)\s*=\s*[\"'](?:https?:)?//",
    ],
)
def test_templates_hold_nothing_that_is_unsafe_inline_or_foreign(pattern):
    assert found(pattern, TEMPLATES) == []


def test_parts_see_only_what_they_are_given():
    assert found(r"{%\s*include\b(?![^%]*\bonly\s*%})[^%]*%}", OWN) == []


def test_sentences_for_translators_are_trimmed():
    assert found(r"{%\s*blocktrans(?:late)?\b(?![^%]*\btrimmed\b)[^%]*%}", TEMPLATES) == []


def test_way_back_is_a_list_on_every_page_of_the_desk():
    """Of the kind that `desk.css` dresses alike under either Django; who is locked out has no way back."""
    desk = [path for path in TEMPLATES if "admin" in path.parts and path.name != "locked_out.html"]

    assert found(r"{%\s*block nav-breadcrumbs\s*%}\s*{%\s*endblock", desk) == []
    assert found(r"<(?!ol\b)\w+ class=\"breadcrumbs", desk) == []
    assert found(r"<ol class=\"breadcrumbs", desk) != []
