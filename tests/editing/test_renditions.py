"""Chinese editions in the other script: when they are made, of what, and when they give way."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from corpusapp.editing.editions import promote
from corpusapp.editing.merging_names import merge, part
from corpusapp.editing.publish import publish, withdraw
from corpusapp.editing.renditions import (
    label_in_both_scripts,
    make_wanting,
    rendered,
    wanting,
)
from corpusapp.editing.totals import recount_all, settle_due
from corpusapp.models import Article, Glossary, PublicTotal, Rendition, SearchStale
from corpusapp.search.upkeep import tick
from corpusapp.text import markdown
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    AuthorNameFactory,
    BylineFactory,
    SectionFactory,
    TagFactory,
)

pytestmark = pytest.mark.django_db


def put(**article):
    return ArticleFactory(
        **{"published": True, "title": "论发展", "body": "发展。", "language": "zh-Hans", **article}
    )


def stored(article):
    return Rendition.objects.filter(article=article).first()


def shelves(article):
    row = Article.objects.get(pk=article.pk)
    return [shelf for shelf in ("en", "zh-hans", "zh-hant") if row.stands_on(shelf)]


def totals():
    rows = PublicTotal.objects.filter(listing="all", articles__gt=0)
    return dict(rows.values_list("shelf", "articles"))


def test_saving_a_public_edition_makes_its_rendition():
    article = put(standfirst="“头发”")

    row = stored(article)

    assert (row.title, row.standfirst, row.slug, row.language, row.maker) == (
        "論發展",
        "「頭髮」",
        "論發展",
        "zh-Hant",
        f"1 s2tw {markdown.RENDERER_VERSION}",
    )
    assert row.html(article.body) == "<p>發展。</p>\n"


@pytest.mark.parametrize("article", [{"language": "en"}, {"language": "ja"}, {"published": False}])
def test_what_is_not_chinese_or_not_public_has_none(article):
    assert stored(put(**article)) is None


def test_edition_saved_again_has_a_new_rendition():
    article = put()
    article.body = "头发。"
    article.save()

    assert stored(article).html(article.body) == "<p>頭髮。</p>\n"


def test_rendition_out_of_date_is_never_shown_but_made_on_the_spot():
    article = put()
    Article.objects.filter(pk=article.pk).update(title="论头发")
    article = Article.objects.select_related("rendition").get(pk=article.pk)

    assert stored(article).title == "論發展"
    assert rendered(article, article.rendition).title == "論頭髮"


def test_glossary_and_names_come_before_the_dictionary():
    du = AuthorFactory(name="后里", names=None)
    AuthorNameFactory(author=du, text="后里", language="zh-Hans", key="houli")
    AuthorNameFactory(author=du, text="厚禮", language="zh-Hant", key="houli2")
    li = AuthorFactory(name="里干", names=None)
    article = put(body="后里和里干在老挝干后里面。")
    for author in (du, li):
        BylineFactory(article=article, author=author, post="后来的干部")
    Glossary.objects.create(simplified="老挝", traditional="寮國")
    Glossary.objects.create(simplified="干后", traditional="干後", article=article)
    Glossary.objects.create(simplified="里面", traditional="里面", article=put(title="另一篇"))

    make_wanting()

    assert stored(article).html(article.body) == "<p>厚禮和里干在寮國干後裡面。</p>\n"
    assert stored(article).words == {"后来的干部": "後來的幹部"}


def test_change_of_the_glossary_outdates_what_it_concerns():
    one, other = put(), put()
    assert list(wanting()) == []

    Glossary.objects.create(simplified="发展", traditional="发展", article=one)
    assert list(wanting()) == [one]
    entry = Glossary.objects.create(simplified="论", traditional="论")
    assert set(wanting()) == {one, other}

    assert make_wanting() == 2
    assert [stored(one).title, stored(other).title] == ["论发展", "论發展"]
    entry.delete()
    assert set(wanting()) == {one, other}


def test_signature_outdates_the_rendition_of_what_it_stands_under():
    article, _other = put(body="后里来了。"), put(title="另一篇")
    du = AuthorFactory(name="后里", names=None)

    byline = BylineFactory(article=article, author=du, post="干部")
    assert list(wanting()) == [article]
    make_wanting()
    assert stored(article).html(article.body) == "<p>后里來了。</p>\n"
    assert stored(article).words == {"干部": "幹部"}

    byline.delete()
    assert list(wanting()) == [article]


def test_name_of_an_author_outdates_the_renditions_of_what_he_signed():
    article, _other = put(body="后里来了。"), put(title="另一篇")
    du = AuthorFactory(name="后里", names=None)
    BylineFactory(article=article, author=du)
    make_wanting()

    AuthorNameFactory(author=du, text="Houli", language="en")
    assert list(wanting()) == []
    AuthorNameFactory(author=du, text="厚禮", language="zh-Hant", key="2")
    AuthorNameFactory(author=du, text="后里", language="zh-Hans", key="1")

    assert list(wanting()) == [article]
    make_wanting()
    assert stored(article).html(article.body) == "<p>厚禮來了。</p>\n"


def test_other_variant_of_hong_kong_outdates_all(settings):
    article = put(body="这里。")
    settings.HAN_VARIANT = "hk"

    assert list(wanting()) == [article]
    make_wanting()
    assert stored(article).html(article.body) == "<p>這裏。</p>\n"


def test_merging_and_parting_authors_outdates_what_they_signed():
    kept, gone = AuthorFactory(name="后里来"), AuthorFactory(name="里来")
    article = ArticleFactory(title="后", language="zh-Hans", published=True)
    BylineFactory(article=article, author=gone)
    make_wanting(everything=True)

    merging = merge(kept, gone)
    merged = Rendition.objects.exclude(maker="").count()
    make_wanting()
    part(merging)

    assert (merged, Rendition.objects.exclude(maker="").count()) == (0, 0)


def test_articles_that_go_take_their_signatures_along_by_few_statements(
    django_assert_max_num_queries,
):
    articles = ArticleFactory.create_batch(12)
    for article in articles:
        BylineFactory(article=article)

    with django_assert_max_num_queries(60) as queries:
        Article.objects.all().delete()

    assert not [
        one
        for one in queries.captured_queries
        if one["sql"].startswith('UPDATE "corpusapp_rendition"')
    ]


def test_other_renderer_outdates_all(monkeypatch):
    article = put(body="这里。")
    monkeypatch.setattr(markdown, "RENDERER_VERSION", markdown.RENDERER_VERSION + 1)

    assert list(wanting()) == [article]


def test_command_makes_what_imports_left_out():
    articles = [put() for _ in range(3)]
    Rendition.objects.filter(article__in=articles[:2]).delete()
    out = StringIO()

    call_command("make_renditions", stdout=out)
    call_command("make_renditions", stdout=out)
    call_command("make_renditions", "--all", stdout=out)

    assert out.getvalue().splitlines() == [
        "2 renditions made.",
        "0 renditions made.",
        "3 renditions made.",
    ]


@pytest.mark.parametrize(("on_terminal", "lines"), [(True, 0), (False, 1)])
def test_command_logs_nothing_beside_its_results_on_a_terminal(
    monkeypatch, caplog, on_terminal, lines
):
    Rendition.objects.filter(article=put()).delete()
    monkeypatch.setattr("sys.stderr.isatty", lambda: on_terminal, raising=False)
    caplog.clear()

    call_command("make_renditions", stdout=StringIO())

    assert sum(record.name.startswith("corpusapp") for record in caplog.records) == lines


def test_command_indexes_what_its_labels_have_changed():
    article = put()
    article.tags.add(TagFactory(name="头发", label_zh_hans="头发"))
    tick()

    call_command("make_renditions", stdout=StringIO())

    assert not SearchStale.objects.exists()


def test_batches_reach_every_article():
    for _ in range(3):
        put()
    Rendition.objects.all().delete()

    assert make_wanting(at_most=2) == 3  # a batch is never cut
    assert make_wanting() == 0


def test_rendition_stands_on_the_other_shelf_until_an_edition_does():
    article = put()
    edition = promote(article)
    assert (edition.state, edition.title, edition.body) == ("draft", "論發展", "發展。")
    assert (shelves(article), totals()) == (["zh-hans", "zh-hant"], {"zh-hans": 1, "zh-hant": 1})

    publish([edition.pk])
    assert [shelves(article), shelves(edition)] == [["zh-hans"], ["zh-hant"]]
    assert totals() == {"zh-hans": 1, "zh-hant": 1}

    withdraw([edition.pk])
    assert shelves(article) == ["zh-hans", "zh-hant"]
    assert totals() == {"zh-hans": 1, "zh-hant": 1}
    recount_all()
    assert totals() == {"zh-hans": 1, "zh-hant": 1}


def test_scheduled_edition_takes_its_place_when_it_goes_live():
    article = put()
    edition = promote(article)
    publish([edition.pk], timezone.now() + timedelta(hours=1))
    assert shelves(article) == ["zh-hans", "zh-hant"]

    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        settle_due()

    assert [shelves(article), shelves(edition)] == [["zh-hans"], ["zh-hant"]]


def test_promoted_edition_has_everything_the_first_has():
    article = put(tags=["发展"], author_note="关于作者", caption="图")
    byline = BylineFactory(article=article, post="干部")

    edition = promote(article)

    assert edition.translation_key == article.translation_key
    assert [(b.author, b.post, b.role) for b in edition.bylines.all()] == [
        (byline.author, "幹部", "author")
    ]
    assert [tag.name for tag in edition.tags.all()] == ["发展"]
    assert (edition.author_note, edition.caption, edition.published_at) == (
        "關於作者",
        "圖",
        "2015-05-21",
    )


def test_article_in_another_language_stands_on_its_own_shelf_alone():
    assert [shelves(put(language=language)) for language in ("en", "de")] == [["en"], ["en"]]


def test_labels_are_given_in_the_other_script_and_never_taken_from_an_editor():
    one = SectionFactory(name="环境", label_en="", label_zh_hans="环境")
    other = SectionFactory(name="Climate", label_zh_hans="气候", label_zh_hant="氣象")
    tag = TagFactory(name="發展", label_en="", label_zh_hant="發展")

    assert label_in_both_scripts() == 2
    assert label_in_both_scripts() == 0

    for thing in (one, other, tag):
        thing.refresh_from_db()
    assert (one.label_zh_hant, other.label_zh_hant, tag.label_zh_hans) == ("環境", "氣象", "发展")
