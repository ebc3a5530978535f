import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from corpusapp.admin.doubt_words import words_for
from corpusapp.editing.linking import note_links
from corpusapp.models import Article, MostRead, Picture, ReadCount, Section
from tests.admin.conftest import LIST, begun_by
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    BylineFactory,
    DoubtFactory,
    ImportItemFactory,
    ImportRunFactory,
    PossibleDuplicateFactory,
    SectionFactory,
)

INDEX = reverse("admin:index")


@pytest.fixture
def _newsroom(db):  # noqa: ARG001 - rows
    signed = ArticleFactory(published=True, section=SectionFactory())
    BylineFactory(article=signed)
    BylineFactory(article=ArticleFactory(), role="translator")
    ArticleFactory(draft=True, undated=True)
    ArticleFactory(scheduled=True)
    ArticleFactory(withdrawn=True)
    ArticleFactory(binned=True, undated=True)
    held = ArticleFactory()
    DoubtFactory.create_batch(2, article=held, holds=True, code="no_title")
    DoubtFactory(article=ArticleFactory(published=True), holds=True, code="no_body")
    DoubtFactory(article=ArticleFactory(binned=True), holds=True, code="no_body")
    for of in (signed, ArticleFactory(binned=True)):
        DoubtFactory(article=of, field="title", code="conflict", candidates=["Another"])
    for of in (signed, ArticleFactory(binned=True)):
        note_links({of.pk: f"[x](article:{held.public_id}) [y](article:{signed.public_id})"})
    for article, days in ((held, 8), (ArticleFactory(tags=["China"]), 40)):
        Article.objects.filter(pk=article.pk).update(
            created_at=timezone.now() - timedelta(days=days)
        )
    today = timezone.localdate()
    for article, days in ((signed, 0), (signed, 3), (held, 7)):
        ReadCount.objects.create(article=article, day=today - timedelta(days=days), reads=2)
    binned = ArticleFactory(binned=True)
    ReadCount.objects.create(article=binned, day=today, reads=2)
    sized = {"width": 900, "height": 600, "sizes": [[900, 600]]}
    Picture.objects.create(name="undescribed", **sized)
    Picture.objects.create(name="plain", is_decorative=True, **sized)
    chinese = Picture.objects.create(name="Chinese", alt_zh_hans="港口", **sized)
    Picture.objects.create(name="English", alt_en="A harbour", **sized)
    Article.objects.filter(pk=signed.pk).update(picture=chinese)
    for of in (held, ArticleFactory(binned=True)):
        note_links({of.pk: f"![](/media/{chinese.file_name(900, 600, 'jpg')})"})
    PossibleDuplicateFactory(earlier=signed, later=held)
    PossibleDuplicateFactory(earlier=signed, later=ArticleFactory(binned=True))


@pytest.mark.usefixtures("_newsroom")
def test_each_count_is_that_of_its_list(editor):
    response = editor.get(INDEX)

    counts = {str(line.words): line.count for line in response.context["waiting"]}
    lists = {}
    for line in response.context["waiting"]:
        shown = editor.client.get(line.address).context
        lists[str(line.words)] = (
            shown["cl"].result_count if "cl" in shown else shown["page"].paginator.count
        )
    assert counts == lists
    assert counts == {
        "in review": 3,
        "held back by a doubt": 1,
        "conflicts": 1,
        "possible duplicates": 1,
        "new names": 0,
        "new sections": 0,
        "drafts": 1,
        "scheduled": 1,
        "without an author": 7,
        "without a date": 1,
        "without a section": 7,
        "without a tag": 7,
        "in review for more than a week": 2,
        "in review for more than a month": 1,
        "with a broken link": 1,
        "with a picture nobody described": 1,
        "read in the last week": 1,
        "published": 3,
        "withdrawn articles": 1,
        "in the bin": 7,
        "pictures without a description": 2,
    }


@pytest.mark.usefixtures("_newsroom")
def test_each_kind_of_doubt_is_counted_as_its_list_counts_it(editor):
    doubted = editor.get(INDEX).context["doubted"]

    lists = [editor.client.get(line.address).context["cl"].result_count for line in doubted]
    assert [line.count for line in doubted] == lists == [1, 1, 1]


def test_many_are_counted_to_the_last(editor):
    Article.objects.bulk_create(ArticleFactory.build_batch(1001))

    page = editor.get(INDEX).text

    assert "<strong>1,001</strong> <span>in review</span>" in page


@pytest.mark.parametrize("articles", [1, 5])
def test_first_page_costs_the_same_however_much_waits(editor, articles, django_assert_num_queries):
    DoubtFactory.create_batch(articles, holds=True)
    ImportRunFactory.create_batch(articles)

    # session, user, their rights, twenty counts, the kinds of doubt and one count each, what is read most,
    # runs, bulk changes under way, what runs did last, whether the editor is kept to some sections, captures to be read again
    with django_assert_num_queries(33):
        editor.get(INDEX)


def test_what_was_read_most_of_late_stands_first(editor):
    articles = ArticleFactory.create_batch(7, published=True)
    today = timezone.localdate()
    for rank, article in enumerate(articles, 1):
        ReadCount.objects.create(article=article, day=today, reads=rank)
        ReadCount.objects.create(article=article, day=today - timedelta(days=3), reads=1)
        # long ago it was the other way round
        ReadCount.objects.create(
            article=article, day=today - timedelta(days=90), reads=100 - 10 * rank
        )
        for shelf in ("en", "zh-hans"):
            MostRead.objects.create(shelf=shelf, rank=rank, article=article)

    found = editor.get(INDEX).context["most_read"]

    assert [(one.article, one.reads) for one in found] == [
        (articles[place], place + 2) for place in (6, 5, 4, 3, 2)
    ]


COUNTED = re.compile(r'<a [^>]*href="([^"]+)" data-count="(\d+)"')


def in_list(context):
    """How many a page lists in all, whichever list it is."""
    if "total" in context:
        return context["total"]
    return context["cl"].result_count if "cl" in context else context["page"].paginator.count


@pytest.mark.usefixtures("_newsroom")
def test_every_count_of_the_first_page_is_that_of_the_list_it_leads_to(editor):
    article = ArticleFactory(published=True)
    MostRead.objects.create(shelf="en", rank=1, article=article)
    for days in (0, 2, 60):
        day = timezone.localdate() - timedelta(days=days)
        ReadCount.objects.create(article=article, day=day, reads=20)
    AuthorFactory(is_new=True)
    run = ImportRunFactory(created=2, updated=1, refused=1, unchanged=5)
    for outcome in ("created", "created", "updated", "refused"):
        ImportItemFactory(run=run, outcome=outcome)

    counted = COUNTED.findall(editor.get(INDEX).text)
    counts = {unescape(address): int(count) for address, count in counted}

    assert {address: in_list(editor.get(address).context) for address in counts} == counts
    assert len(counts) == 21 + 3 + 1 + 3  # what waits, what is doubted, reads, files of the run
    assert 40 in counts.values()


@pytest.fixture
def _two_sections(_newsroom):
    """What waits in the section "Own", beside all that waits elsewhere."""
    own = SectionFactory(name="Own")
    here = {"section": own, "tags": ["Here"]}
    ArticleFactory(**here)
    ArticleFactory(**here, published=True)
    ArticleFactory(**here, binned=True)
    DoubtFactory(article=ArticleFactory(**here, draft=True), holds=True, code="no_title")
    conflict = {"field": "title", "code": "conflict", "candidates": ["Another"]}
    DoubtFactory(article=ArticleFactory(**here, draft=True), **conflict)
    PossibleDuplicateFactory(
        earlier=ArticleFactory(**here, published=True), later=ArticleFactory(**here)
    )
    PossibleDuplicateFactory(
        earlier=ArticleFactory(**here, published=True), later=ArticleFactory(published=True)
    )
    AuthorFactory(is_new=True)


def waiting_for(somebody):
    """Counts by their words, after a look at the list that each leads to."""
    context = somebody.get(INDEX).context
    lines = [*context["waiting"], *context["doubted"]]
    lists = {line.address: in_list(somebody.client.get(line.address).context) for line in lines}
    assert lists == {line.address: line.count for line in lines}
    return {str(line.words): line.count for line in lines}


@pytest.mark.usefixtures("_two_sections")
def test_editor_of_a_section_is_told_what_waits_there(desk):
    one = desk("editor")
    Section.objects.get(name="Own").editors.add(one.user)

    counts = waiting_for(one)

    told = {words: count for words, count in counts.items() if count}
    assert told == {
        "in review": 2,
        "held back by a doubt": 1,
        "conflicts": 1,
        "possible duplicates": 1,
        "drafts": 2,
        "without an author": 7,
        "published": 3,
        "in the bin": 1,
        str(words_for("conflict").sentence): 1,
        str(words_for("no_title").sentence): 1,
    }
    assert "new names" not in counts
    assert "pictures without a description" not in counts


@pytest.mark.usefixtures("_two_sections")
def test_author_is_told_what_waits_of_the_own_articles(desk):
    somebody = desk("author")
    mine = begun_by(somebody, draft=True, tags=["Here"])
    begun_by(somebody, published=True)
    begun_by(somebody, draft=True, binned=True)
    DoubtFactory(article=mine, field="title", code="conflict", candidates=["Another"])

    counts = waiting_for(somebody)

    assert {words: count for words, count in counts.items() if count} == {
        "conflicts": 1,
        "drafts": 1,
        "without an author": 1,
        "without a section": 1,
        "in the bin": 1,
        str(words_for("conflict").sentence): 1,
    }
    assert "possible duplicates" not in counts


@pytest.mark.usefixtures("_two_sections")
def test_reader_of_drafts_is_told_what_there_is_to_read(reader):
    assert waiting_for(reader) == {
        "in review": 5,
        "drafts": 3,
        "scheduled": 1,
        "published": 7,
        "withdrawn articles": 1,
    }


def test_list_of_who_may_change_all_is_whole(editor):
    ArticleFactory.create_batch(2)

    assert editor.get(LIST, mine="yes").context["cl"].result_count == 2
    assert "Yours to work on" not in editor.get(LIST).text


def test_counts_of_a_run_are_those_of_its_files(editor):
    run = ImportRunFactory(created=2, refused=1, unchanged=5)
    for outcome in ("created", "created", "refused"):
        ImportItemFactory(run=run, outcome=outcome)
    ImportItemFactory(run=ImportRunFactory(), outcome="created")

    counted = COUNTED.findall(editor.page(run).text)

    counts = {unescape(address): int(count) for address, count in counted}
    assert {address: in_list(editor.get(address).context) for address in counts} == counts
    assert list(counts.values()) == [2, 1]


@pytest.mark.parametrize("kind", ["author", "tag", "section"])
def test_count_of_articles_is_that_of_their_list_without_the_bin(editor, kind):
    section = SectionFactory()
    articles = [
        ArticleFactory(section=section, tags=["China"]),
        ArticleFactory(section=section, tags=["China"], binned=True),
    ]
    author = BylineFactory(article=articles[0]).author
    BylineFactory(article=articles[0], author=author, role="translator")
    BylineFactory(article=articles[1], author=author)

    page = editor.get(reverse(f"admin:corpusapp_{kind}_changelist")).text
    (address,) = re.findall(r'<a href="([^"]*/article/\?[^"]+)">1</a>', page)

    assert editor.get(unescape(address)).context["cl"].result_count == 1


def test_desks_stand_in_the_order_of_the_work(desk):
    page = desk("superuser").get(INDEX).text
    nav = page[page.index('class="desks"') : page.index("</nav>")]

    assert [unescape(name) for name in re.findall(r">([^<>]+)</a>", nav)] == [
        "Articles",
        "Bulk changes",
        "Possible duplicates",
        "Authors",
        "Sections",
        "Tags",
        "Series",
        "Sources",
        "Captures",
        "Import runs",
        "Imported files",
        "Import rules",
        "Corrections",
        "Pictures",
        "Glossary",
        "Publication",
        "Redirects",
        "Trail",
        "Groups",
        "Users",
    ]


def test_pages_carry_no_inline_script_style_or_handler(desk):
    article = DoubtFactory().article
    chief = desk("superuser")
    pages = [chief.get(INDEX), chief.page(article), chief.get(reverse("admin:login"))]

    for page in pages:
        assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", page.text)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page.text)
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
