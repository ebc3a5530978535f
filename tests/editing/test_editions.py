"""Editions of one piece: linked, parted, and begun from one another."""

import pytest

from corpusapp.editing.editions import (
    SameLanguageError,
    SamePieceError,
    begin,
    clash,
    editions_of,
    link,
    part,
)
from corpusapp.editing.publish import publish
from corpusapp.models import Article, AuditEntry, InnerLink, PublicTotal
from tests.factories import (
    ArticleFactory,
    AuthorNameFactory,
    BylineFactory,
    SectionFactory,
    SeriesFactory,
)

pytestmark = pytest.mark.django_db


def keys(*articles):
    for article in articles:
        article.refresh_from_db()
    return len({article.translation_key for article in articles})


def totals():
    rows = PublicTotal.objects.filter(listing="all", articles__gt=0)
    return dict(rows.values_list("shelf", "articles"))


class TestLinking:
    def test_two_articles_become_editions_of_one_piece_and_the_trail_says_so(self):
        english = ArticleFactory(title="On Peace")
        chinese = ArticleFactory(title="论和平", language="zh-Hans")

        assert link(english, chinese) == 1

        assert keys(english, chinese) == 1
        assert (english.version, chinese.version) == (1, 2)
        entry = AuditEntry.objects.get()
        assert (entry.called, entry.details) == ("论和平", {"linked_with": ["On Peace"]})

    def test_all_editions_of_the_other_come_along(self):
        english, german = ArticleFactory(), ArticleFactory(language="de")
        hans, hant = ArticleFactory(language="zh-Hans"), ArticleFactory(language="zh-Hant")
        link(english, german)
        link(hans, hant)
        german.refresh_from_db()

        assert link(german, hans) == 2

        assert keys(english, german, hans, hant) == 1
        assert [one.language for one in editions_of(english)] == ["en", "de", "zh-Hans", "zh-Hant"]

    @pytest.mark.parametrize("trait", [{}, {"binned": True}])
    def test_a_language_that_is_there_twice_is_refused_and_nothing_changes(self, trait):
        english, chinese = ArticleFactory(), ArticleFactory(language="zh-Hans", **trait)
        link(english, chinese)
        other, third = ArticleFactory(language="zh-Hans"), ArticleFactory(language="fr")
        link(other, third)
        for article in (english, other):
            article.refresh_from_db()

        assert clash(english, other) == {"zh-Hans"}
        with pytest.raises(SameLanguageError) as caught:
            link(english, other)

        assert caught.value.languages == ["zh-Hans"]
        assert keys(english, chinese) == keys(other, third) == 1
        assert keys(english, other) == 2

    def test_what_is_one_piece_is_not_linked_again(self):
        english, chinese = ArticleFactory(), ArticleFactory(language="zh-Hans")
        link(english, chinese)
        chinese.refresh_from_db()

        with pytest.raises(SamePieceError):
            link(english, chinese)

    def test_who_comes_second_is_told_so_and_changes_nothing(self):
        english, chinese = ArticleFactory(), ArticleFactory(language="zh-Hans")
        again, other = Article.objects.get(pk=english.pk), Article.objects.get(pk=chinese.pk)
        link(english, chinese)
        before = list(Article.objects.values_list("translation_key", "version"))

        with pytest.raises(SamePieceError):
            link(again, other)

        assert list(Article.objects.values_list("translation_key", "version")) == before

    def test_a_rendition_gives_way_to_the_edition_that_is_linked_and_comes_back(self):
        hans = ArticleFactory(published=True, language="zh-Hans")
        hant = ArticleFactory(published=True, language="zh-Hant")
        assert totals() == {"zh-hans": 2, "zh-hant": 2}

        link(hans, hant)
        assert totals() == {"zh-hans": 1, "zh-hant": 1}

        hans.refresh_from_db()
        assert part(hans, [hant.pk]) == 1
        assert totals() == {"zh-hans": 2, "zh-hant": 2}


class TestParting:
    def test_those_that_leave_stay_together(self):
        english = ArticleFactory()
        hans, hant = ArticleFactory(language="zh-Hans"), ArticleFactory(language="zh-Hant")
        link(hans, hant)
        hans.refresh_from_db()
        link(english, hans)

        assert part(english, [hans.pk, hant.pk]) == 2

        assert keys(hans, hant) == 1
        assert keys(english, hans) == 2
        assert AuditEntry.objects.first().details == {"parted_from": [str(english)]}

    def test_one_has_to_stay_and_strangers_are_none_of_its_business(self):
        english, stranger = ArticleFactory(), ArticleFactory()

        assert part(english, [english.pk]) == 0
        assert part(english, [stranger.pk]) == 0
        assert keys(english, stranger) == 2


class TestBeginning:
    @pytest.fixture
    def article(self):
        target = ArticleFactory(published=True)
        article = ArticleFactory(
            title="On Peace",
            standfirst="In short.",
            body=f"See [that](article:{target.public_id}).",
            section=SectionFactory(),
            series=SeriesFactory(),
            series_position=2,
            published=True,
            tags=["China", "UN"],
        )
        byline = BylineFactory(article=article, author__name="Du Qiwen", post="Professor")
        AuthorNameFactory(author=byline.author, text="杜起文", language="zh-Hans")
        return article

    def test_it_is_a_draft_with_all_that_is_the_same_in_every_language(self, article):
        edition = begin(article, "zh-Hans")

        assert (edition.translation_key, edition.language, edition.state) == (
            article.translation_key,
            "zh-Hans",
            "draft",
        )
        assert (edition.title, edition.standfirst, edition.body) == (
            "On Peace",
            "In short.",
            article.body,
        )
        for name in ("section", "series", "series_position", "published_at"):
            assert getattr(edition, name) == getattr(article, name)
        assert set(edition.tags.names()) == {"China", "UN"}
        assert [(one.printed_name, one.post) for one in edition.bylines.all()] == [
            ("杜起文", "Professor")
        ]
        assert InnerLink.objects.filter(article=edition).count() == 1
        assert AuditEntry.objects.get().details == {"edition_of": "On Peace"}

    def test_it_can_begin_empty(self, article):
        edition = begin(article, "zh-Hant", with_text=False)

        assert (edition.title, edition.standfirst, edition.body) == ("", "", "")
        assert edition.bylines.count() == 1

    def test_a_language_that_is_there_is_refused(self, article):
        with pytest.raises(SameLanguageError):
            begin(article, "en")

        assert Article.objects.filter(translation_key=article.translation_key).count() == 1

    def test_a_place_in_the_series_that_is_taken_stays_taken(self, article):
        taken = ArticleFactory(language="zh-Hans", series=article.series, series_position=2)

        edition = begin(article, "zh-Hans")

        assert (edition.series, edition.series_position) == (article.series, None)
        taken.refresh_from_db()
        assert taken.series_position == 2

    def test_readers_find_it_once_it_is_published(self, client, article):
        edition = begin(article, "zh-Hans")
        address = f"/en/articles/{article.public_id}/{article.slug}/"
        assert edition.public_id not in client.get(address).text

        publish([edition.pk])

        assert edition.public_id in client.get(address).text
