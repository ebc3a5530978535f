"""What any engine answers: run on SQLite and on PostgreSQL."""

from datetime import date, timedelta
from itertools import chain

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from corpusapp.editing import publish as deeds
from corpusapp.editing.totals import recounted, settle_due
from corpusapp.models import Article, AuthorName, State
from corpusapp.search import finding
from corpusapp.search.contract import (
    LONGEST_QUERY,
    Filters,
    Query,
    QuerySyntaxError,
    Scope,
    Sort,
)
from corpusapp.search.engines import engine
from corpusapp.search.upkeep import renew_rest, tick
from corpusapp.text.names import split_name
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    BylineFactory,
    SectionFactory,
    TagFactory,
)
from tests.search.test_query_language import TYPED

pytestmark = pytest.mark.django_db


def page(text="", **asked):
    return engine().find(Query(text, **asked))


def found(text="", **asked):
    """The titles that are found, best first."""
    titles = dict(Article.objects.values_list("pk", "title"))
    return [titles[hit.article_id] for hit in page(text, **asked).hits]


def public(title, body="Nothing else.", **columns):
    return ArticleFactory(title=title, body=body, published=True, **columns)


def marked(excerpt):
    return [piece.text for piece in excerpt if piece.marked]


class TestWords:
    def test_are_found_in_any_form_case_and_spelling(self):
        public("Running", body="The Café’s door")

        for text in ("run", "RUNS", "cafe", "ＣＡＦＥ", "café's door"):
            assert found(text) == ["Running"], text

    def test_of_two_letters_are_found_within_a_run(self):
        public("论全球治理", language="zh-Hans")
        public("别的", language="zh-Hans")

        for text in ("全球", "球治", "治理", "全球治理", "论", "理"):
            assert found(text) == ["论全球治理"], text
        assert found("治全", as_typed=True) == []

    @pytest.mark.parametrize("text", ["多邊主義", "多边主义"])
    def test_are_found_in_both_chinese_scripts(self, text):
        public("多边主义", language="zh-Hans")
        public("多邊主義", language="zh-Hant")

        assert set(found(text)) == {"多边主义", "多邊主義"}

    def test_all_of_them_come_before_some(self):
        public("Only climate", body="climate " * 20)
        public("Both", body="climate and, far away, finance")

        assert found("climate finance") == ["Both", "Only climate"]

    def test_of_which_nothing_has_all_are_said_to_be_found_in_part(self):
        public("Old harbour", body="Rope and tar.")
        public("Old mountain", body="Snow and ice.")
        public("港口重建", language="zh-Hans", body="港口重建了。")

        asked = ("harbour rope", "harbour ro", "harbour snow", "港口雪山重建", "nowhere", "harbour")
        told = {text: engine().find(Query(text)).in_part for text in asked}

        assert [text for text, in_part in told.items() if in_part] == [
            "harbour snow",
            "港口雪山重建",
        ]

    def test_of_a_run_may_stand_anywhere_for_nobody_types_spaces_there(self):
        public("礼堂", language="zh-Hans", body="礼堂里坐着秘书。")
        public("秘书", language="zh-Hans", body="秘书不在。")
        public("礼堂会议秘书", language="zh-Hans", body="别的。")

        for text in ("礼堂秘书", "禮堂秘書"):
            assert set(found(text)) == {"礼堂", "礼堂会议秘书"}, text
            assert not page(text).in_part
        assert found("秘书会议礼堂") == ["礼堂会议秘书"]
        assert page("礼堂桌椅").in_part

    def test_all_of_a_title_find_it_first(self):
        titles = ("Old harbour law trade port", "贸易 法律 and 港口 秩序 of old")
        public(titles[0], body="Nothing of the kind.")
        public("Port trade law harbour old port trade law harbour old", body="harbour law " * 9)
        public(titles[1], language="zh-Hans", body="别的。")
        public(
            "秩序 of 港口 old 法律 and 贸易 秩序 港口 法律 贸易", language="zh-Hans", body="别的。"
        )
        ArticleFactory.create_batch(9, title="Another", published=True)

        for title in titles:
            assert found(title)[0] == title

    def test_scores_of_those_that_have_all_are_above_others(self):
        public("Both", body="harbour " + "nothing " * 300 + "rope")
        for number in range(4):
            public(f"Rope {number}", body="rope " * 30)
        ArticleFactory.create_batch(9, title="Another", published=True)

        hits = page("harbour rope").hits

        assert len(hits) == 5
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)

    def test_in_the_title_weigh_more_than_in_the_text(self):
        public("Other", body="A treaty of old. And words.")
        public("Treaty", body="Something of old. And words.")

        assert found("treaty") == ["Treaty", "Other"]

    def test_of_authors_sections_and_tags_are_found(self):
        article = public("Piece", section=SectionFactory(name="Economy"), tags=["Multilateralism"])
        BylineFactory(article=article, author=AuthorFactory(name="Jane Doe"))

        for text in ("economy", "multilateralism", "doe"):
            assert found(text) == ["Piece"], text

    def test_of_one_stem_in_another_language_are_found_by_its_rules(self):
        public("Die Universitäten", language="de", body="Alle Universitäten schließen.")
        public("Elsewhere")

        assert found("universitat") == ["Die Universitäten"]


class TestQuotes:
    def test_are_exact(self):
        public("Exact", body="the rule of law prevails")
        public("Other form", body="the rules of law prevail")
        public("Far apart", body="the rule and the making of law")

        assert found('"rule of law"') == ["Exact"]
        assert found("“rule of law”") == ["Exact"]

    def test_alone_are_meant_to_the_letter(self):
        public("Law", body="law and rule")

        assert page('"rule of lav"').hits == ()
        assert page('"rule of lav"').corrected_query is None

    def test_of_chinese_are_exact(self):
        public("甲", body="全球治理体系", language="zh-Hans")
        public("乙", body="治理全球体系", language="zh-Hans")

        assert found("「治理体系」") == ["甲"]

    def test_late_in_a_long_text_are_found_as_early_in_a_short_one(self):
        common = "the of a and the in the " * 200
        public("Essay", body=f"{common} the hidden treasure of the mountain.")
        public("Book", body="early word. " + "lorem ipsum " * 9000 + "deep water under a bridge.")
        public("中文", language="zh-Hans", body="天地玄黄。" * 4200 + "多边主义的宝藏。")
        public(
            "Other", body="the hidden and the treasure, of mountain the. Bridge under deep water."
        )

        for text, titles in {
            '"hidden treasure of the mountain"': ["Essay"],
            '"the hidden treasure"': ["Essay"],
            '"of the mountain"': ["Essay"],
            '"treasure the hidden"': [],
            '"deep water under"': ["Book"],
            "“主义的宝藏”": ["中文"],
            "多边主义的宝藏": ["中文"],
        }.items():
            assert found(text) == titles, text


class TestCorrections:
    def test_are_made_for_words_that_no_article_holds(self):
        public("Governance", body="on governance")

        assert page("govrnance").corrected_query == "governance"
        assert found("govrnance") == ["Governance"]
        assert found("govrnance", as_typed=True) == []

    def test_are_not_made_of_hidden_words(self):
        ArticleFactory(title="Quillonbrax", draft=True)
        renew_rest()
        tick()

        assert page("quilonbrax").corrected_query is None
        assert page("quilonbrax", scope=Scope.DESK).corrected_query == "quillonbrax"

    def test_forget_the_words_of_what_is_withdrawn(self):
        article = public("Quillonbrax")
        assert page("quilonbrax").corrected_query == "quillonbrax"

        deeds.withdraw([article.pk])

        assert page("quilonbrax").corrected_query is None

    def test_a_last_word_may_be_cut_short(self):
        public("Government", body="by the governments")

        assert found("gover") == ["Government"]
        assert page("gover").corrected_query is None

    def test_of_a_run_with_a_wrong_letter_are_what_stands_in_the_text(self):
        public("论全球环境治理", language="zh-Hans")
        public("论全球贸易", language="zh-Hans")

        assert page("全球环竟治理").corrected_query == "全球环境治理"
        assert found("全球环竟治理")[0] == "论全球环境治理"

    def test_of_a_run_do_not_change_what_it_means(self):
        public("美国总统访问柏林", language="zh-Hans", body="市场。")
        public("法国的总理", language="zh-Hans", body="市场经济。")
        public("巴黎", language="zh-Hans", body="法国国总。系会。")

        for text in ("法国总统", "法国总统访问柏林", "市场系会"):
            assert page(text).corrected_query is None, text
        assert page("美國總铜").corrected_query == "美国总统"
        assert page("市场。会").corrected_query is None

    def test_are_made_of_letters_swapped_anywhere_and_of_two_wrong_letters(self):
        public("Governance", body="a word on multilateral policy and a test of entrepreneurship")

        for typed, meant in {
            "wrod": "word",
            "tset": "test",
            "poilcy": "policy",
            "governacne": "governance",
            "nultilaterak": "multilateral",
            "xntrepreneurshix": "entrepreneurship",
        }.items():
            assert page(typed).corrected_query == meant, typed
        for typed in ("wxyd", "poilxy", "xyltilaterax"):
            assert page(typed).corrected_query is None, typed


class TestScopes:
    @pytest.mark.parametrize(
        "hidden", ["draft", "scheduled", "withdrawn", None], ids=lambda name: name or "in review"
    )
    def test_hidden_articles_are_the_desks_alone(self, hidden):
        ArticleFactory(title="Hidden zebra", **({hidden: True} if hidden else {}))
        tick()

        assert page("zebra").total == 0
        assert page("zebra").facets["year"] == ()
        assert engine().suggest("zeb") == []
        assert found("zebra", scope=Scope.DESK) == ["Hidden zebra"]

    def test_what_lies_in_the_bin_is_nobodys(self):
        article = public("Zebra")

        deeds.put_in_bin([article.pk])

        assert page("zebra").total == page("zebra", scope=Scope.DESK).total == 0
        deeds.take_from_bin([article.pk])
        assert found("zebra") == ["Zebra"]

    def test_publishing_and_withdrawing_take_effect_at_once(self):
        article = ArticleFactory(title="Zebra", draft=True)

        deeds.publish([article.pk])
        assert found("zebra") == ["Zebra"]

        deeds.withdraw([article.pk])
        assert page("zebra").total == 0

    def test_a_scheduled_article_is_found_once_it_is_live(self):
        with recounted([]):
            article = ArticleFactory(title="Zebra", scheduled=True)
        tick()
        assert page("zebra").total == 0

        with time_machine.travel(article.live_from + timedelta(seconds=1), tick=False):
            settle_due()
            tick()
            assert found("zebra") == ["Zebra"]

    def test_the_index_is_not_believed_about_what_readers_may_see(self):
        article = public("Zebra")
        with time_machine.travel(timezone.now() - timedelta(days=9999), tick=False):
            assert page("zebra").hits == ()
        assert article.pk

    def test_states_are_a_facet_of_the_desk(self):
        public("Zebra")
        ArticleFactory(title="Zebra draft", draft=True)
        tick()

        facet = page("zebra", scope=Scope.DESK).facets["state"]
        assert {(value.value, value.count) for value in facet} == {("published", 1), ("draft", 1)}
        assert found("zebra", scope=Scope.DESK, filters=Filters(state=("draft",))) == [
            "Zebra draft"
        ]
        assert "state" not in page("zebra").facets
        assert found("zebra", filters=Filters(state=("draft",))) == ["Zebra"]


@pytest.fixture
def shelf():
    """Three articles on law: two sections, two years, two languages, one author, tags."""
    economy, culture = SectionFactory(name="Economy"), SectionFactory(name="Culture")
    author = AuthorFactory(name="Jane Doe")
    AuthorName.objects.create(author=author, language="zh-Hans", text="杜珍")
    one = public("Law one", section=economy, tags=["UN"], published_on=date(2015, 5, 21))
    public("Law two", section=culture, tags=["UN", "China"], published_on=date(2016, 5, 21))
    public("Law drei", section=economy, language="de", published_on=date(2016, 1, 1))
    BylineFactory(article=one, author=author)
    return {"economy": economy, "culture": culture, "author": author}


class TestFacets:
    def test_are_counted_over_all_that_matches(self, shelf):
        facets = page("law", limit=1).facets

        counts = {
            name: {value.value: value.count for value in values} for name, values in facets.items()
        }
        assert counts == {
            "section": {shelf["economy"].slug: 2, shelf["culture"].slug: 1},
            "author": {shelf["author"].slug: 1},
            "tag": {"un": 2, "china": 1},
            "year": {"2016": 2, "2015": 1},
            "language": {"en": 2, "de": 1},
            "source": {},
        }

    def test_are_labelled_for_the_reader(self, shelf):
        assert [value.label for value in page("law").facets["author"]] == ["Jane Doe"]
        assert [value.label for value in page("law", labels="zh-hans").facets["author"]] == ["杜珍"]
        assert shelf

    def test_several_values_of_one_are_a_choice_and_several_facets_narrow(self, shelf):
        both = (shelf["economy"].slug, shelf["culture"].slug)
        assert page("law", filters=Filters(section=both)).total == 3
        assert found("law", filters=Filters(section=both, year=(2015,))) == ["Law one"]
        assert found("law", filters=Filters(author=(shelf["author"].slug,))) == ["Law one"]
        assert set(found("law", filters=Filters(tag=("un",)))) == {"Law one", "Law two"}
        assert found(filters=Filters(language=("de",))) == ["Law drei"]

    def test_a_chosen_one_counts_its_other_values_as_if_it_were_not(self, shelf):
        facets = page("law", filters=Filters(section=(shelf["culture"].slug,))).facets

        assert {value.value: value.count for value in facets["section"]} == {
            shelf["economy"].slug: 2,
            shelf["culture"].slug: 1,
        }
        assert {value.value: value.count for value in facets["year"]} == {"2016": 1}

    @pytest.mark.usefixtures("shelf")
    def test_a_value_that_means_nothing_finds_nothing(self):
        public("Law undated", published_on=None, published_precision="")

        for filters in (
            Filters(section=("nope",)),
            Filters(year=(99999,)),
            Filters(year=(0,)),
            Filters(language=("x'",)),
        ):
            assert page("law", filters=filters).total == 0

    def test_a_count_is_what_is_found_with_it_however_few_that_are(self, shelf):
        for number in range(4):
            public(f"Jane {number}", body="Nothing.", section=shelf["culture"])
            public(f"Law and Jane {number}", section=shelf["economy"])

        for text in ("law jane", "law", "jane law two"):
            for name, values in page(text).facets.items():
                for value in values:
                    chosen = int(value.value) if name == "year" else value.value
                    narrowed = page(text, filters=Filters(**{name: (chosen,)}))
                    assert narrowed.total == value.count, (text, name, value)

    def test_a_common_word_will_do_where_the_filters_leave_nothing_else(self, shelf):
        for number in range(6):
            public(f"Harbour {number}", section=shelf["economy"])
        public("Zürich", section=shelf["culture"])

        answer = page("harbour zürich", filters=Filters(section=(shelf["economy"].slug,)))

        assert (answer.total, answer.in_part) == (6, True)


class TestOrder:
    @pytest.mark.usefixtures("shelf")
    def test_is_by_date_where_asked_for_undated_last(self):
        public("Law undated", published_on=None, published_precision="")

        newest = ["Law two", "Law drei", "Law one", "Law undated"]
        assert found("law", sort=Sort.NEWEST) == found() == newest
        assert found("law", sort=Sort.OLDEST) == ["Law one", "Law drei", "Law two", "Law undated"]

    def test_does_not_change_what_is_found_and_all_words_come_before_some(self):
        for number in range(6):
            public(f"Model {number}", body="Nothing.", published_on=date(2020 + number, 1, 1))
            ArticleFactory.create_batch(2, title="Another", published=True)  # few have either word
        public("Model zebra", published_on=date(2000, 1, 1), tags=["old"])

        best, newest, oldest = (
            page("model zebra", sort=sort) for sort in (Sort.RELEVANCE, Sort.NEWEST, Sort.OLDEST)
        )

        assert (best.total, best.facets) == (7, newest.facets)
        assert (newest.total, newest.facets) == (oldest.total, oldest.facets)
        dated = [f"Model {number}" for number in range(6)]
        assert found("model zebra", sort=Sort.OLDEST) == ["Model zebra", *dated]
        assert found("model zebra", sort=Sort.NEWEST) == ["Model zebra", *reversed(dated)]
        pages = [found("model zebra", sort=Sort.OLDEST, offset=at, limit=3) for at in (0, 3, 6)]
        assert list(chain.from_iterable(pages)) == ["Model zebra", *dated]

    def test_pages_show_each_hit_once(self, monkeypatch):
        monkeypatch.setattr(finding, "RANKED", 4)
        for number in range(12):
            public(f"Law {number}", body="law " * (number % 5 + 1))

        pages = [found("law", offset=start, limit=5) for start in (0, 5, 10)]

        assert sorted(chain.from_iterable(pages)) == sorted(f"Law {number}" for number in range(12))
        assert page("law", offset=10, limit=5).total == 12

    def test_counting_ends_somewhere_and_says_so(self, monkeypatch):
        monkeypatch.setattr(finding, "COUNTED", 3)
        for number in range(5):
            public(f"Law {number}")

        answer = page("law")
        assert (answer.total, answer.more) == (3, True)
        monkeypatch.setattr(finding, "COUNTED", 5)
        answer = page("law")
        assert (answer.total, answer.more) == (5, False)


class TestExcerpts:
    def test_are_cut_around_what_was_found(self):
        public("On law", body=f"{'Words. ' * 200}\n\nHere *laws* are [made](https://example.org/).")

        (hit,) = page("law made").hits
        assert marked(hit.title) == ["law"]
        assert marked(hit.snippet) == ["laws", "made"]
        assert "example" not in "".join(piece.text for piece in hit.snippet)

    def test_of_a_quote_show_it_as_a_whole(self):
        public("Law", body=f"Rule and law. {'Words. ' * 200}\n\nHere the *rule of law* is.")
        public("論全球治理", body="各国治理，理论与全球治理。", language="zh-Hans")

        (hit,) = page('"rule of law"').hits
        assert (marked(hit.title), marked(hit.snippet)) == ([], ["rule of law"])
        (hit,) = page("「全球治理」").hits
        assert (marked(hit.title), marked(hit.snippet)) == (["全球治理"], ["全球治理"])

    def test_can_be_left_out_as_facets_can(self):
        public("On law")

        answer = page("law", excerpts=False, facets=False)
        assert (answer.hits[0].title, answer.hits[0].snippet, answer.facets) == ((), (), {})


class TestSuggestions:
    def test_are_titles_and_names_that_begin_so(self, shelf):
        given = [(one.kind, one.text) for one in engine().suggest("la")]
        assert ("article", "Law one") in given
        assert [one.key for one in engine().suggest("jane")] == [shelf["author"].slug]
        assert [one.text for one in engine().suggest("econ")] == ["Economy"]

    def test_stay_while_a_further_word_is_begun(self):
        public("Trade in the years of war")
        public("Covid-19 and trade")

        for typed in ("trade in", "trade in t", "trade in the y", "trade in the ye"):
            assert [one.text for one in engine().suggest(typed)] == ["Trade in the years of war"]
        assert [one.text for one in engine().suggest("covid-1")] == ["Covid-19 and trade"]

    @pytest.mark.parametrize(
        ("typed", "name"),
        [
            ("jose", "José Núñez"),
            ("nunez", "José Núñez"),
            ("NÚÑ", "José Núñez"),
            ("Jose nun", "José Núñez"),
            ("ÉM", "Zola, Émile"),
            ("emile z", "Zola, Émile"),
            ("陈大", "陳大文"),
            ("陳大", "陳大文"),
            ("ваня", "Дядя Ваня"),
        ],
    )
    def test_are_names_in_any_case_script_and_without_accents(self, typed, name):
        for one in ("José Núñez", "Zola, Émile", "陳大文", "Дядя Ваня", "Bajose Anunez", "陈平"):
            author = AuthorFactory(name=one, sort_name=split_name(one).sort_name)
            with recounted([(article := public("Untitled")).pk]):
                BylineFactory(article=article, author=author)

        assert [one.text for one in engine().suggest(typed)] == [name]

    @pytest.mark.parametrize("typed", ["économ", "Économie", "ÉCO", "环境", "環境"])
    def test_are_sections_and_tags_in_any_case_and_script(self, typed):
        section = SectionFactory(name="Économie", label_zh_hant="環境與經濟")
        article = public("Untitled", section=section)
        with recounted([article.pk]):
            TagFactory(name="Économies", label_zh_hans="环境保护").taggings.create(
                content_object=article
            )

        assert [one.kind for one in engine().suggest(typed)] == ["section", "tag"]

    def test_never_fail(self):
        for text in ("", " ", "\0", "x" * 1000, '"', "治", "=all", "%", "\ud800"):
            assert list(engine().suggest(text)) == []


@pytest.mark.parametrize("text", ["\0", "\ud800", "x" * (LONGEST_QUERY + 1)])
def test_what_no_text_holds_is_refused(text):
    with pytest.raises(QuerySyntaxError):
        page(text)


def test_nothing_but_punctuation_finds_nothing():
    public("Anything")
    for text in ('"', "!!!", "\u3000", "“”"):
        assert page(text).total == (1 if not text.strip() else 0)


def test_marks_of_the_index_are_no_words():
    public("Anything", body="all")
    assert page("=all").total == 1  # the word
    for text in ("=pdraft", "=y2015", "s1", "a1"):
        assert page(text, as_typed=True).total == 0


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TYPED)
def test_whatever_is_typed_is_answered_or_refused(text):
    try:
        engine().find(Query(text, filters=Filters(section=(text[:9],), language=(text[:5],))))
        engine().find(Query(text, scope=Scope.DESK))
    except QuerySyntaxError:
        pass
    engine().suggest(text)


@pytest.mark.parametrize("number", [6, 12])
def test_a_search_costs_the_same_however_many_it_finds(number, django_assert_max_num_queries):
    for one in range(number):
        article = public(f"Law {one}", section=SectionFactory(), tags=[f"t{one}"])
        BylineFactory(article=article)

    with django_assert_max_num_queries(15):
        assert len(page("law").hits) == number


def test_stems_are_counted_and_their_holders_known():
    one, two = public("Law", body="laws"), public("Treaty", body="law of 条约")
    terms = ["law_", "treati_", "条约", "zebra_"]

    assert engine().document_counts(terms, Scope.PUBLIC) == {"law_": 2, "treati_": 1, "条约": 1}
    assert engine().holders(["treati_", "条约"], Scope.PUBLIC, 10) == [two.pk]
    assert engine().holders(["law_"], Scope.PUBLIC, 1) == [two.pk]
    assert engine().holders([], Scope.PUBLIC, 1) == []
    assert one.state == State.PUBLISHED
