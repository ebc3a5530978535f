import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.search.contract import LONGEST_QUERY, QuerySyntaxError
from corpusapp.search.expressions import AnyOf, Phrase, Term
from corpusapp.search.query_language import Quote, Run, Word, read
from corpusapp.search.sqlite import written
from tests.text.test_analysis import MIXED

TYPED = MIXED | st.text(
    st.sampled_from("\"“”„«»「」『』＂'*():^-+={}[]|&!<>\\/ \u3000ORANDNEAR中文ab1_.=%;\0"),
    max_size=60,
)


def kinds(text):
    return [(type(clause).__name__, clause.text) for clause in read(text).clauses]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("climate policy", [("Word", "climate"), ("Word", "policy")]),
        ("全球治理 体系", [("Run", "全球治理"), ("Run", "体系")]),
        ("BRICS峰会", [("Word", "BRICS"), ("Run", "峰会")]),
        ('the "rule of law" now', [("Word", "the"), ("Quote", "rule of law"), ("Word", "now")]),
        ("“法治”", [("Quote", "法治")]),
        ("「法治」", [("Quote", "法治")]),
        ('an "open end', [("Word", "an"), ("Word", "open"), ("Word", "end")]),
        ('""', []),
        ("…!? — ()", []),
        ("law law", [("Word", "law")]),
        ("a AND b OR NOT c*", [("Word", x) for x in ("a", "AND", "b", "OR", "NOT", "c")]),
        ("title:law ^law", [("Word", "title"), ("Word", "law")]),
    ],
)
def test_queries_are_words_runs_and_quotes(text, expected):
    assert kinds(text) == expected


def test_only_the_last_word_may_go_on():
    assert read("rule of la").last_word.text == "la"
    assert read("rule of law 法治").last_word is None
    assert read('rule "of law"').last_word is None
    assert read("rule of law.").last_word is None


def test_a_run_is_asked_for_as_it_stands():
    rules = ("en",)
    assert read("全球治理").clauses[0].expression(rules) == Phrase(("全球", "球治", "治理"))
    assert read("治理").clauses[0].expression(rules) == Term("治理")
    assert read("治").clauses[0].expression(rules) == Term("治", begins=True)


def test_a_quote_asks_for_the_exact_forms():
    assert read('"running dogs"').clauses[0].expression(("en",)) == Phrase(("run_ning", "dog_s"))


def test_a_word_is_asked_for_by_the_stems_of_all_languages_there_are():
    (word,) = read("governments").clauses
    assert word.stems(("en", "de")) == ("govern_", "government_")
    assert isinstance(word.expression(("en", "de")), AnyOf)


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x" * (LONGEST_QUERY + 1)])
def test_what_no_text_holds_is_no_query(text):
    with pytest.raises(QuerySyntaxError):
        read(text)


@given(TYPED)
def test_whatever_is_typed_is_read_or_refused(text):
    try:
        asked = read(text)
    except QuerySyntaxError:
        return
    for clause in asked.clauses:
        assert isinstance(clause, Word | Run | Quote)
        assert text[clause.start : clause.end]
        for part in (clause.expression(("en", "fr")), *clause.parts(("en",))):
            assert written(part)
