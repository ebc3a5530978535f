import pytest

from corpusapp.editing.namesakes import learn_author_names
from corpusapp.editing.naming import (
    free_slug,
    label_key,
    learn_section_names,
    learn_tag_words,
    rename_slug,
    source_named,
)
from corpusapp.models import Author, Redirect, Section, Source, Tag
from tests.factories import AuthorFactory, RedirectFactory, SectionFactory, TagFactory

pytestmark = pytest.mark.django_db
FACTORIES = [AuthorFactory, SectionFactory, TagFactory]


def test_slug_of_a_name_is_readable():
    assert free_slug(Author, "Du Qiwen") == "du-qiwen"
    assert free_slug(Tag, "多边主义") == "多边主义"


@pytest.mark.parametrize("factory", FACTORIES)
def test_slug_is_not_one_that_stands_or_ever_stood(factory):
    model = factory._meta.model
    factory(slug="new-thing")
    RedirectFactory(kind=model._meta.model_name, slug="new-thing-2")
    RedirectFactory(kind="section" if model is Tag else "tag", slug="new-thing-3")

    assert free_slug(model, "New thing") == "new-thing-3"


def test_slug_that_only_begins_alike_is_free():
    SectionFactory(slug="economy-and-trade")

    assert free_slug(Section, "Economy") == "economy"


@pytest.mark.parametrize("factory", FACTORIES)
def test_renaming_leads_on_for_ever_without_chains(factory):
    thing = factory(slug="third")

    rename_slug(thing, "first")
    rename_slug(thing, "second")

    assert set(Redirect.objects.values_list("slug", "target")) == {
        ("first", thing.pk),
        ("second", thing.pk),
    }


def test_address_taken_back_is_no_redirect_any_more():
    section = SectionFactory(slug="first")
    RedirectFactory(kind="section", slug="first", target=section.pk)

    rename_slug(section, "second")

    assert Redirect.objects.values_list("slug", flat=True).get() == "second"


@pytest.mark.parametrize("old", ["", "same"])
def test_nothing_renamed_leaves_nothing(old):
    rename_slug(SectionFactory(slug="same"), old)

    assert not Redirect.objects.exists()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Foreign  Policy", "foreign policy"),
        ("ＦＯＲＥＩＧＮ policy", "foreign policy"),
        ("观点", "观点"),
        ("!!", "!!"),
    ],
)
def test_key_is_the_same_for_what_people_take_for_the_same(text, key):
    assert label_key(text) == key


def test_key_fits_its_column():
    assert len(label_key("x" * 500, 100)) == 100


def test_section_and_tag_are_found_by_name_and_labels_unless_another_is():
    first = SectionFactory(name="Economy")
    second = SectionFactory(name="Wirtschaft", label_en="Economy", label_zh_hans="经济")
    tag = TagFactory(name="Trade", label_zh_hant="貿易")

    learn_section_names(second)
    learn_section_names(second)
    learn_tag_words(tag)

    assert Section.objects.known_as({"economy", "wirtschaft", "经济"}) == {
        "economy": first,
        "wirtschaft": second,
        "经济": second,
    }
    assert Tag.objects.known_as({"trade", "貿易"}) == {"trade": tag, "貿易": tag}


def test_author_is_found_by_each_name_that_nobody_else_has():
    first = AuthorFactory(name="Li Wei")
    second = AuthorFactory(names=None)
    second.names.create(text="LI WEI", language="en")
    second.names.create(text="李威", language="zh-Hans")
    second.names.create(text="李 威", language="zh-Hant")

    shared = learn_author_names(second)

    assert shared == ["LI WEI"]
    assert Author.objects.known_as({"li wei", "李威", "李 威"}) == {
        "li wei": first,
        "李威": second,
        "李 威": second,
    }


def test_names_of_one_author_share_no_key():
    author = AuthorFactory(names=None)
    author.names.create(text="Xi Jinping", language="en")
    author.names.create(text="XI  Jinping", language="en", is_main=False)

    assert learn_author_names(author) == []
    assert list(author.names.values_list("key", flat=True)) == ["xi jinping", None]


def test_changed_names_get_their_new_keys():
    author = AuthorFactory(names=None)
    one = author.names.create(text="One", key="two", language="en")
    two = author.names.create(text="Two", key="one", language="de")

    learn_author_names(author)

    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.key, two.key) == ("one", "two")


def test_source_is_made_once_however_it_is_spelled():
    made = source_named(" China-US Focus ")

    assert source_named("china us FOCUS") == made
    assert Source.objects.values_list("name", flat=True).get() == "China-US Focus"
