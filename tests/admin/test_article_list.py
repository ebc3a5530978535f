import re
from datetime import date

import pytest
from django.contrib.admin.utils import quote
from django.urls import reverse

from corpusapp.models import Article
from corpusapp.search.upkeep import tick
from tests.admin.conftest import LIST
from tests.factories import (
    ArticleFactory,
    AuthorNameFactory,
    BylineFactory,
    CaptureFactory,
    DoubtFactory,
    SectionFactory,
    SourceFactory,
)


def shown(response):
    return {article.title for article in response.context["cl"].result_list}


@pytest.mark.parametrize("rows", [1, 6])
def test_list_costs_the_same_however_many_articles(editor, rows, django_assert_num_queries):
    for article in ArticleFactory.create_batch(rows, section=SectionFactory()):
        BylineFactory(article=article)
        DoubtFactory(article=article)
        CaptureFactory(article=article)

    # session, user, rights of user and groups, the sections an editor is kept to, doubts, sections and
    # sources of the filters, count, page, bylines, doubts, other editions, years
    with django_assert_num_queries(14):
        response = editor.get(LIST)

    assert len(shown(response)) == rows


def test_a_far_page_passes_over_ids_and_not_over_rows(editor, django_assert_max_num_queries):
    ArticleFactory.create_batch(51)
    articles = list(Article.objects.order_by("-published_order", "-id"))

    with django_assert_max_num_queries(20) as asked:
        response = editor.get(LIST + "?p=2")

    assert list(response.context["cl"].result_list) == articles[50:]
    (far,) = [one["sql"] for one in asked if "OFFSET" in one["sql"]]
    assert far.startswith('SELECT "corpusapp_article"."id" AS "pk" FROM')


def test_list_loads_no_bodies(editor):
    ArticleFactory()

    response = editor.get(LIST)

    (article,) = response.context["cl"].result_list
    assert {"body", "rendered"} <= article.get_deferred_fields()


def test_row_shows_state_section_authors_date_language_and_doubts_worst_first(editor):
    article = ArticleFactory(
        title="Governance", section=SectionFactory(name="Foreign Policy"), published=True
    )
    BylineFactory(article=article, author__name="Du Qiwen")
    DoubtFactory(article=article, code="no_section", field="section")
    DoubtFactory(article=article, code="title_uncertain", field="title", holds=True)
    DoubtFactory(article=article, code="no_date", settled_at="2020-01-01T00:00Z")

    page = editor.get(LIST).text

    for words in ("Governance", "Foreign Policy", "Du Qiwen", "2015-05-21", "Published"):
        assert words in page
    assert page.index(">title?<") < page.index(">no section<")
    assert ">no date<" not in page


def test_article_without_title_is_listed_by_its_id(editor):
    article = ArticleFactory(title="", body="")

    assert f"[{article.public_id}]" in editor.get(LIST).text


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ({"state": "draft"}, {"draft"}),
        ({"state": "scheduled"}, {"scheduled"}),
        ({"state": ""}, {"plain", "draft", "scheduled", "chinese", "bare", "held"}),
        ({"doubt": "holds"}, {"held"}),
        ({"doubt": "any"}, {"held", "bare"}),
        ({"doubt": "no_author"}, {"bare"}),
        ({"section": "-"}, {"draft", "scheduled", "chinese", "bare", "held"}),
        ({"section": "economy"}, {"plain"}),
        ({"language": "zh-Hans"}, {"chinese"}),
        ({"language": "other"}, set()),
        ({"author": "yes"}, {"plain"}),
        ({"author": "no"}, {"draft", "scheduled", "chinese", "bare", "held"}),
        ({"date": "no"}, {"bare"}),
        ({"date": "yes"}, {"plain", "draft", "scheduled", "chinese", "held"}),
        ({"choice": "yes"}, {"chinese"}),
        ({"bin": "yes"}, {"binned"}),
        ({"source": "9" * 30}, set()),
    ],
)
def test_filters_narrow_the_list(editor, question, found):
    section = SectionFactory(name="Economy", slug="economy")
    plain = ArticleFactory(title="plain", section=section, source=SourceFactory())
    BylineFactory(article=plain)
    BylineFactory(article=ArticleFactory(title="draft", draft=True), role="translator")
    ArticleFactory(title="scheduled", scheduled=True)
    ArticleFactory(title="chinese", language="zh-Hans", editors_choice=True)
    DoubtFactory(article=ArticleFactory(title="bare", undated=True), code="no_author")
    held = ArticleFactory(title="held")
    DoubtFactory(article=held, code="no_title", holds=True)
    DoubtFactory(article=plain, code="no_date", settled_at="2020-01-01T00:00Z")
    ArticleFactory(title="binned", binned=True)

    assert shown(editor.get(LIST, **question)) == found


@pytest.mark.parametrize(
    ("question", "found", "offered"),
    [
        ({}, {"may", "june", "year", "2020", "undated"}, ["2015", "2020"]),
        (
            {"printed": "2015"},
            {"may", "june", "year"},
            ["All dates", "2015", "2015-05", "2015-06"],
        ),
        ({"printed": "2015-05"}, {"may"}, ["All dates", "2015", "2015-05", "2015-06"]),
        ({"printed": "2015-05-21"}, set(), ["2015", "2020"]),
    ],
)
def test_years_and_months_lead_into_the_list(editor, question, found, offered):
    ArticleFactory(title="may")
    ArticleFactory(title="june", published_on=date(2015, 6, 1), published_precision="month")
    ArticleFactory(title="year", published_on=date(2015, 1, 1), published_precision="year")
    ArticleFactory(title="2020", published_on=date(2020, 12, 31))
    ArticleFactory(title="undated", undated=True)

    response = editor.get(LIST, **question)

    assert shown(response) == found
    assert [link.words for link in response.context["cl"].dates] == offered


@pytest.mark.parametrize(
    "words", ["Multilateral", "actions multilateral", "qiwen", "杜起文", "886a13f3", "{id}"]
)
def test_search_finds_titles_names_in_any_script_files_and_ids(editor, words):
    article = ArticleFactory(title="Multilateral Actions")
    byline = BylineFactory(article=article, name="Du Qiwen")
    AuthorNameFactory(author=byline.author, text="杜起文", language="zh-Hans", is_main=False)
    CaptureFactory(article=article, path="columns/000_886a13f3fb6f00ce.txt")
    ArticleFactory(title="Another matter")
    tick()

    response = editor.get(LIST, q=words.format(id=article.public_id))

    assert shown(response) == {"Multilateral Actions"}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"since": "2015"}, {"May 2015", "10 May 2015", "2016"}),
        ({"since": "2015-05-10"}, {"10 May 2015", "2016"}),
        ({"until": "2015-05"}, {"2014", "May 2015", "10 May 2015"}),
        ({"until": "2015-05-09"}, {"2014", "May 2015"}),
        ({"since": "2014-12-31", "until": "2015-05-10"}, {"2014", "May 2015", "10 May 2015"}),
        ({"since": "2016", "until": "2015"}, set()),
        ({"since": "2015/5/10", "until": "2015.12.31"}, {"10 May 2015"}),
        ({"since": "2015年5月10日", "until": "２０１５年"}, {"10 May 2015"}),
        (
            {"since": "0000", "until": "2015-02-30"},
            {"2014", "May 2015", "10 May 2015", "2016", "-"},
        ),
        ({"since": "soon", "until": "2015-13"}, {"2014", "May 2015", "10 May 2015", "2016", "-"}),
    ],
)
def test_range_of_dates_narrows_the_list(editor, asked, expected):
    for title, day, precision in (
        ("2014", date(2014, 12, 31), "day"),
        ("May 2015", date(2015, 5, 1), "month"),
        ("10 May 2015", date(2015, 5, 10), "day"),
        ("2016", date(2016, 1, 1), "year"),
    ):
        ArticleFactory(title=title, published_on=day, published_precision=precision)
    ArticleFactory(title="-", undated=True)

    assert shown(editor.get(LIST, **asked)) == expected


@pytest.mark.parametrize(
    ("name", "title"),
    [
        *(("state", "state"), ("doubt", "doubt"), ("section", "section"), ("language", "language")),
        *(("source", "source"), ("author", "author"), ("date", "date"), ("tag", "tag")),
        *(("waiting", "waiting"), ("choice", "editors’ choice"), ("links", "links")),
        *(("edition", "editions"), ("read", "read"), ("bin", "bin"), ("printed", "date")),
    ],
)
def test_choice_that_is_gone_lists_nothing_is_told_and_reaches_nothing(editor, name, title):
    article = ArticleFactory(title="Here", draft=True)

    page = editor.get(LIST, **{name: "bogus"})
    editor.do("bin_chosen", [article], f"{LIST}?{name}=bogus", across="1", why="Old")

    assert shown(page) == set()
    told = f"“bogus” is none of the choices of “{title}”, so nothing is listed."
    assert page.text.count(told) == 1
    article.refresh_from_db()
    assert article.binned_at is None


def test_choice_that_is_there_is_told_nothing_of(editor):
    source = SourceFactory()
    ArticleFactory(title="Here", source=source)

    for asked in ({"source": str(source.pk)}, {"doubt": "no_title"}, {"bin": "no"}, {"tag": ""}):
        assert "none of the choices" not in editor.get(LIST, **asked).text


def test_what_is_no_date_is_told_and_a_long_one_fits(editor):
    page = editor.get(LIST, since="soon", until="2015")
    room = {
        int(number)
        for number in re.findall(r'id="(?:since|until)"[^>]*maxlength="(\d+)"', page.text)
    }
    assert min(room) >= len("2015年12月21日")

    assert page.text.count("is no date, and narrows nothing") == 1
    assert "“soon” is no date" in page.text


def test_range_of_dates_keeps_what_else_was_asked_and_reaches_the_deeds(editor):
    old = ArticleFactory(title="Old", draft=True, published_on=date(2014, 5, 21))
    ArticleFactory(title="New", draft=True, published_on=date(2016, 5, 21))

    page = editor.get(LIST, state="draft", until="2015")
    editor.do("publish_chosen", [old], f"{LIST}?state=draft&until=2015", across="1", sure="1")

    assert '<input type="hidden" name="state" value="draft">' in page.text
    assert 'id="until" name="until" value="2015"' in page.text
    assert [one.title for one in Article.objects.published()] == ["Old"]


@pytest.mark.parametrize(
    "question",
    [
        "?since=99999&until=x",
        "?printed=99999",
        "?printed=2015-13",
        "?printed=0000",
        "?bylines__author=" + "9" * 40,
        "?taggings__tag=abc",
        "?p=99999999999999999999",
        "?o=99.-1.x",
        "?q=%25_%27%22%5C",
        "?q=" + "x" * 3000,
        "?section=" + "9" * 40,
    ],
)
def test_silly_questions_are_answered_calmly(editor, question):
    ArticleFactory()

    response = editor.client.get(LIST + question, follow=True)

    assert response.status_code == 200


@pytest.mark.parametrize("question", ["body__regex=(a%2B)%2B$", "section__name=x", "nonsense=1"])
def test_questions_nobody_offered_are_refused(editor, question):
    assert editor.client.get(f"{LIST}?{question}").status_code == 400


@pytest.mark.parametrize("number", ["9" * 40, "abc", "-1", "1_0", "٣", "%00"])
def test_no_number_opens_no_article(editor, number):
    for _ in range(12):
        ArticleFactory()

    response = editor.client.get(
        reverse("admin:corpusapp_article_change", args=["X"]).replace("X", quote(number))
    )

    assert response.status_code in {302, 400, 404}


def test_hostile_titles_and_file_names_stay_words(editor):
    hostile = "<script>alert(1)</script>\"'&"
    article = ArticleFactory(title=hostile)
    CaptureFactory(article=article, path=f"{hostile}.txt")
    DoubtFactory(article=article, candidates=[hostile], code="<i>odd</i>", field="<b>x</b>")
    captures = reverse("admin:corpusapp_capture_changelist")

    pages = [
        editor.get(LIST),
        editor.page(article),
        editor.page(article.captures.get()),
        editor.get(captures),
        editor.do("tag_chosen", [article]),
        editor.save(article, captured_views="5"),
        editor.get(reverse("admin:index")),
        editor.get(reverse("admin:corpusapp_article_history", args=[article.pk])),
    ]

    for page in pages:
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<i>odd" not in page.text
        assert "<b>x" not in page.text
    assert "&lt;script&gt;alert(1)" in pages[0].text


def test_articles_are_never_deleted_here(desk):
    article = ArticleFactory()
    chief = desk("superuser")
    address = reverse("admin:corpusapp_article_delete", args=[article.pk])

    assert chief.client.post(address, {"post": "yes"}).status_code == 403
    assert "delete_selected" not in chief.get(LIST).text
    assert Article.objects.filter(pk=article.pk).exists()


def test_question_that_no_list_allows_is_no_fault_in_the_log(editor, caplog):
    answer = editor.get(LIST, author__id="1")

    assert answer.status_code == 400
    assert caplog.records == []
