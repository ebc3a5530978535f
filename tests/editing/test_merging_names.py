"""Two names become one, with all that was printed kept, and can be parted again."""

import pytest

from corpusapp.editing.merging_names import (
    CannotMergeError,
    CannotPartError,
    Effect,
    effect,
    merge,
    part,
)
from corpusapp.editing.totals import recount_all
from corpusapp.editing.trail import entries_of
from corpusapp.models import (
    Act,
    Article,
    Author,
    AuthorName,
    Byline,
    ImportRule,
    Merging,
    PublicTotal,
    Redirect,
    Section,
    SectionName,
    Tag,
    Tagging,
    TagSynonym,
)
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    BylineFactory,
    ImportRuleFactory,
    SectionFactory,
    SectionNameFactory,
    TagFactory,
    TagSynonymFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
KEPT = (
    Author,
    AuthorName,
    Byline,
    Section,
    SectionName,
    Tag,
    Tagging,
    TagSynonym,
    ImportRule,
    Redirect,
)


def rows():
    """All that a merging may touch, and the public totals; without what only numbers the rows."""
    found = {model: list(model.objects.order_by("pk").values()) for model in KEPT}
    found[Tagging] = sorted(Tagging.objects.values_list("tag", "content_object"))
    found[Byline] = sorted(
        Byline.objects.values_list("article", "author", "position", "role", "name", "post")
    )
    found[Article] = list(Article.objects.order_by("pk").values_list("pk", "section"))
    found[PublicTotal] = totals()
    return found


def totals():
    kept = PublicTotal.objects.exclude(articles=0)
    return sorted(kept.values_list("listing", "key", "shelf", "articles"))


def is_counted_right():
    before = totals()
    recount_all()
    return before == totals()


class TestAuthors:
    @pytest.fixture
    def two(self):
        """Both sign one article, and each one more; the one that goes under a name of the day, too."""
        kept, gone = AuthorFactory(name="Du Qiwen"), AuthorFactory(name="Qiwen Du", is_new=True)
        both, one = ArticleFactory.create_batch(2, published=True)
        BylineFactory(article=both, author=kept, post="Envoy")
        BylineFactory(article=both, author=gone, position=2, post="Dean")
        BylineFactory(article=one, author=gone, post="Director")
        return kept, gone

    def test_what_will_change_is_counted(self, two, django_assert_max_num_queries):
        with django_assert_max_num_queries(3):
            assert effect(*two) == Effect(articles=2, both=1, names=1)

    def test_bylines_go_over_as_printed(self, two):
        kept, gone = two

        merge(kept, gone)

        signed = Byline.objects.order_by("article").values_list("author", "name", "post")
        assert list(signed) == [(kept.pk, "", "Envoy"), (kept.pk, "Qiwen Du", "Director")]
        gone.refresh_from_db()
        assert (gone.merged_into, gone.is_new) == (kept, False)
        assert is_counted_right()

    def test_imports_find_the_other_by_the_old_name(self, two):
        kept, gone = two
        key = gone.names.get().key

        merge(kept, gone)

        assert Author.objects.known_as({key})[key] == kept
        assert kept.names.filter(is_main=True, language="en").count() == 1

    def test_parting_gives_everything_back(self, two):
        before = rows()

        part(merge(*two))

        assert rows() == before
        assert Merging.objects.get().undone_at

    def test_what_was_signed_meanwhile_stays_with_the_one_that_was_kept(self, two):
        kept, gone = two
        merging = merge(kept, gone)
        later = BylineFactory(author=kept)

        part(merging)

        later.refresh_from_db()
        assert later.author == kept

    def test_old_address_leads_to_the_other(self, two, client):
        kept, gone = two

        merge(kept, gone)

        response = client.get(f"/en/authors/{gone.slug}/")
        assert (response.status_code, response.url) == (301, f"/en/authors/{kept.slug}/")

    def test_one_that_is_merged_cannot_be_merged_again(self, two):
        kept, gone = two
        merge(kept, gone)

        for pair in ((AuthorFactory(), gone), (gone, AuthorFactory()), (kept, kept)):
            with pytest.raises(CannotMergeError):
                merge(*pair)


class TestTags:
    @pytest.fixture
    def two(self):
        kept, gone = TagFactory(name="United Nations"), TagFactory(name="UN")
        TagSynonymFactory(tag=gone, text="U.N.")
        ArticleFactory(published=True, tags=["United Nations", "UN"])
        ArticleFactory(published=True, tags=["UN"])
        rule = ImportRuleFactory(tags=[gone])
        assert rule.tags.get() == gone
        return kept, gone

    def test_articles_words_and_rules_go_over(self, two):
        kept, gone = two

        merge(kept, gone)

        assert list(Tagging.objects.values_list("tag", flat=True)) == [kept.pk, kept.pk]
        assert {"U.N."} <= set(kept.synonyms.values_list("text", flat=True))
        assert ImportRule.objects.get().tags.get() == kept
        assert not Tag.objects.filter(pk=gone.pk).exists()
        assert is_counted_right()

    def test_parting_gives_everything_back(self, two):
        before = rows()

        part(merge(*two))

        after = rows()
        rules = {"kept": list(ImportRule.objects.get().tags.order_by("pk"))}
        assert rules == {"kept": list(two)}
        assert after == before

    def test_old_addresses_lead_to_the_other_through_two_mergings(self, two, client):
        kept, gone = two
        last = TagFactory(name="Nations")

        merge(kept, gone)
        merge(last, kept)

        response = client.get(f"/en/tags/{gone.slug}/")
        assert (response.status_code, response.url) == (301, f"/en/tags/{last.slug}/")

    def test_name_that_is_anothers_now_is_not_parted(self, two):
        merging = merge(*two)
        Tag.objects.create(name="UN", slug="un-again")

        with pytest.raises(CannotPartError):
            part(merging)
        assert Merging.objects.standing().exists()


class TestSections:
    @pytest.fixture
    def two(self):
        kept, gone = SectionFactory(), SectionFactory(position=7)
        SectionNameFactory(section=gone, text="Quays", key="quays")
        gone.editors.add(UserFactory(editor=True))
        ArticleFactory(published=True, section=gone)
        ImportRuleFactory(section=gone)
        ImportRuleFactory(gives_section=gone)
        return kept, gone

    def test_articles_names_and_rules_go_over(self, two):
        kept, gone = two

        merge(kept, gone)

        assert Article.objects.get().section == kept
        rules = ImportRule.objects.order_by("pk").values_list("section", "gives_section")
        assert list(rules) == [(kept.pk, None), (None, kept.pk)]
        assert not Section.objects.filter(pk=gone.pk).exists()
        assert is_counted_right()

    def test_editors_stay_limited_to_the_one_that_is_kept(self, two):
        kept, gone = two
        editors = set(gone.editors.all())

        merge(kept, gone)

        assert set(kept.editors.all()) == editors

    def test_parting_takes_back_the_editors_that_came_and_no_others(self, two):
        kept, gone = two
        own = UserFactory(editor=True)
        kept.editors.add(own)
        gone.editors.add(own)

        part(merge(kept, gone))

        assert list(kept.editors.all()) == [own]

    def test_parting_gives_everything_back(self, two):
        before, editors = rows(), list(two[1].editors.all())

        part(merge(*two))

        assert rows() == before
        assert list(Section.objects.get(pk=two[1].pk).editors.all()) == editors

    @pytest.mark.parametrize(
        ("kept_is_new", "gone_is_new", "is_new"),
        [(True, False, False), (False, True, False), (True, True, True), (False, False, False)],
    )
    def test_what_an_editor_confirmed_stays_confirmed(self, two, kept_is_new, gone_is_new, is_new):
        kept, gone = two
        Section.objects.filter(pk=kept.pk).update(is_new=kept_is_new)
        Section.objects.filter(pk=gone.pk).update(is_new=gone_is_new)
        before = rows()

        merging = merge(*Section.objects.order_by("pk"))

        assert Section.objects.get().is_new == is_new
        part(merging)
        assert rows() == before

    def test_one_that_was_merged_before_it_was_kept_whether_it_is_new_is_parted_as_known(self, two):
        merging = merge(*two)
        for name in ("is_new", "confirmed"):
            del merging.before[name]
        merging.save()

        part(merging)

        assert not Section.objects.filter(is_new=True).exists()

    def test_old_address_leads_to_the_other(self, two, client):
        kept, gone = two

        merge(kept, gone)

        response = client.get(f"/en/sections/{gone.slug}/")
        assert (response.status_code, response.url) == (301, f"/en/sections/{kept.slug}/")


def test_trail_tells_of_merging_and_parting():
    kept, gone = TagFactory(), TagFactory(name="UN")

    part(merge(kept, gone, why="The same"))

    told = [(entry.act, entry.why) for entry in entries_of(kept)]
    assert told == [(Act.PARTED, ""), (Act.MERGED, "The same")]


def test_merging_is_parted_once():
    merging = merge(TagFactory(), TagFactory())
    part(merging)

    with pytest.raises(CannotPartError):
        part(merging)


def test_different_things_are_not_merged():
    with pytest.raises(CannotMergeError):
        merge(TagFactory(), SectionFactory())
