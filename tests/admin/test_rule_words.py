import ast
from pathlib import Path

import pytest
from django.utils.translation import override

from corpusapp import extraction
from corpusapp.admin.rule_words import rule_words
from corpusapp.extraction.article import Options
from corpusapp.extraction.pipeline import extract
from tests.house.tree import ROOT
from tests.importing.pages import page
from tests.importing.test_saved_pages import saved_page

SEEDS = [path.read_bytes() for path in sorted((ROOT / "seeds").glob("*.txt"))]


def test_rules_of_a_capture_have_words_in_every_language():
    articles = [extract(raw) for raw in (page(1), *SEEDS)]
    articles.append(extract(saved_page(1), Options(media_type="text/html")))
    rules = {item.rule for article in articles for item in article.evidence.values()}
    rules |= {
        item.rule for article in articles for item in article.judgements if item.part != "blank"
    }

    for language in ("zh-hans", "zh-hant"):
        with override(language):
            said = {rule: str(rule_words(rule)) for rule in rules}
        assert {rule for rule, words in said.items() if words == rule} == set()


def test_words_are_kept_only_for_rules_that_extraction_has():
    from corpusapp.admin.rule_words import _WORDS  # noqa: PLC0415

    sources = Path(extraction.__file__).parent.rglob("*.py")
    written = {
        node.value
        for source in sources
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

    assert set(_WORDS) - written == set()


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("date led by “Published”", "以“Published”引导的日期"),
        ("the page's own teaser, glued to the text", "页面自身的摘要，与正文连在一起"),
        ("a rule of tomorrow", "a rule of tomorrow"),
    ],
)
def test_rule_led_by_printed_words_names_them_and_an_unknown_one_keeps_its_own(rule, words):
    with override("zh-hans"):
        assert str(rule_words(rule)) == words
