"""Authors, sections, tags and sources: their addresses, and the words by which imports find them."""

import pytest
from django.urls import reverse

from corpusapp.models import Author, AuthorName, Redirect, Section, SectionName, Source, Tag
from tests.admin.conftest import messages_of
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    BylineFactory,
    RedirectFactory,
    SectionFactory,
    SourceFactory,
    TagFactory,
)

FACTORIES = {"author": AuthorFactory, "section": SectionFactory, "tag": TagFactory}


def add(desk, model, **fields):
    page = desk.get(reverse(f"admin:corpusapp_{model}_add"))
    return desk.post(page, model, **fields)


def changelist(model):
    return reverse(f"admin:corpusapp_{model}_changelist")


@pytest.mark.parametrize("model", FACTORIES)
def test_empty_slug_is_made_from_the_name_and_stays_free(editor, model):
    FACTORIES[model](name="First", slug="new-thing")

    response = add(editor, model, name="New Thing", slug="")

    assert response.redirect_chain
    newest = {"author": Author, "section": Section, "tag": Tag}[model].objects.latest("pk")
    assert newest.slug == "new-thing-2"


@pytest.mark.parametrize("model", FACTORIES)
def test_renamed_slug_leaves_a_redirect(editor, model):
    thing = FACTORIES[model](slug="old-place")

    editor.save(thing, slug="new-place")

    assert Redirect.objects.values_list("kind", "slug", "target").get() == (
        model,
        "old-place",
        thing.pk,
    )


@pytest.mark.parametrize("model", FACTORIES)
def test_old_address_of_another_is_not_taken(editor, model):
    thing, other = FACTORIES[model](), FACTORIES[model]()
    RedirectFactory(kind=model, slug="old-place", target=other.pk)

    response = editor.save(thing, slug="old-place")

    assert "old address of another one" in str(response.context["errors"])
    thing.refresh_from_db()
    assert thing.slug != "old-place"


@pytest.mark.parametrize("model", FACTORIES)
def test_own_old_address_can_be_taken_back(editor, model):
    thing = FACTORIES[model](slug="first")
    editor.save(thing, slug="second")

    editor.save(thing, slug="first")

    assert Redirect.objects.values_list("slug", flat=True).get() == "second"


@pytest.mark.parametrize("rows", [1, 5])
@pytest.mark.parametrize(  # whether the editor is kept to some sections; authors: whether any are new
    ("model", "queries"), [("author", 8), ("section", 7), ("tag", 7), ("source", 7)]
)
def test_lists_cost_the_same_however_long(editor, model, queries, rows, django_assert_num_queries):
    factory = {**FACTORIES, "source": SourceFactory}[model]
    factory.create_batch(rows)

    with django_assert_num_queries(queries):
        response = editor.get(changelist(model))

    assert len(response.context["cl"].result_list) == rows


def test_lists_count_articles_and_lead_to_them(editor):
    section = SectionFactory()
    article = ArticleFactory(section=section, tags=["China"])
    byline = BylineFactory(article=article)
    BylineFactory(article=article, author=byline.author, role="translator")
    ArticleFactory()

    for model in FACTORIES:
        page = editor.get(changelist(model)).text
        address = page.split(f'href="{changelist("article")}?')[1].split('"')[0]
        found = editor.client.get(f"{changelist('article')}?{address.replace('&amp;', '&')}")

        assert ">1</a>" in page
        assert [row.pk for row in found.context["cl"].result_list] == [article.pk]


# Authors ---------------------------------------------------------------------------------------


def test_new_author_is_found_by_name_and_sorted_by_family(editor):
    add(editor, "author", name="Du Qiwen", sort_name="", slug="")

    author = Author.objects.get()
    assert author.sort_name == "du qiwen"
    assert Author.objects.known_as({"du qiwen"}) == {"du qiwen": author}


def test_names_in_other_scripts_are_found_too(editor):
    author = AuthorFactory()

    editor.save(
        author,
        **{
            "names-TOTAL_FORMS": str(author.names.count() + 1),
            f"names-{author.names.count()}-text": "杜起文",
            f"names-{author.names.count()}-language": "zh-Hans",
        },
    )

    assert Author.objects.known_as({"杜起文"}) == {"杜起文": author}


def test_namesake_keeps_the_name_and_imports_keep_to_the_first(editor):
    first = AuthorFactory(name="Li Wei")

    response = add(editor, "author", name="Li Wei", sort_name="", slug="")

    assert Author.objects.known_as({"li wei"}) == {"li wei": first}
    assert AuthorName.objects.filter(text="Li Wei", key=None).count() == 1
    assert any(
        "Another author already has the name Li Wei" in text for text in messages_of(response)
    )


def test_two_main_names_in_one_language_are_a_sentence(editor):
    author = AuthorFactory(names=None)
    author.names.create(text="One", language="en")
    author.names.create(text="Two", language="de")

    response = editor.save(author, **{"names-1-language": "en"})

    assert response.context["errors"]


def test_two_names_may_change_places(editor):
    author = AuthorFactory(names=None)
    author.names.create(text="One", language="en")
    author.names.create(text="Two", language="de")

    response = editor.save(author, **{"names-0-language": "de", "names-1-language": "en"})

    assert response.redirect_chain
    assert list(author.names.values_list("text", "language", "is_main")) == [
        ("One", "de", True),
        ("Two", "en", True),
    ]


def test_search_finds_authors_by_any_name(editor):
    author = AuthorFactory(name="Du Qiwen")
    author.names.create(text="杜起文", language="zh-Hans")
    AuthorFactory(name="Somebody Else")

    response = editor.get(changelist("author"), q="起文")

    assert [row.name for row in response.context["cl"].result_list] == ["Du Qiwen"]


# Who can be deleted ----------------------------------------------------------------------------


def test_only_what_nothing_belongs_to_is_deleted(desk):
    chief = desk("administrator")
    section, source = SectionFactory(), SourceFactory()
    article = ArticleFactory(section=section, source=source, tags=["China"])
    used = [BylineFactory(article=article).author, section, source, Tag.objects.get()]
    idle = [AuthorFactory(), SectionFactory(), SourceFactory(), TagFactory()]

    def delete(thing):
        address = reverse(f"admin:corpusapp_{thing._meta.model_name}_delete", args=[thing.pk])
        return chief.client.post(address, {"post": "yes"}).status_code

    assert [delete(thing) for thing in used] == [403] * 4
    assert [delete(thing) for thing in idle] == [302] * 4


def test_section_that_alone_limits_somebody_stays_until_they_have_another(desk):
    chief, held = desk("administrator"), desk("editor").user
    section, other = SectionFactory(), SectionFactory()
    section.editors.add(held, chief.user)
    address = reverse("admin:corpusapp_section_delete", args=[section.pk])

    told = messages_of(chief.client.post(address, {"post": "yes"}, follow=True))
    stayed = Section.objects.filter(pk=section.pk).exists()
    other.editors.add(held)
    chief.client.post(address, {"post": "yes"})

    assert stayed
    assert len(told) == 1
    assert f"without it, {held.username} would" in told[0]
    assert not Section.objects.filter(pk=section.pk).exists()


def test_editors_delete_no_names(editor):
    address = reverse("admin:corpusapp_author_delete", args=[AuthorFactory().pk])

    assert editor.client.post(address, {"post": "yes"}).status_code == 403


# Sections, tags, sources: one word, one meaning ------------------------------------------------


def test_section_is_found_by_its_labels(editor):
    add(editor, "section", name="Foreign Policy", label_zh_hans="外交政策", slug="")

    section = Section.objects.get()
    assert section.label_en == "Foreign Policy"
    assert set(Section.objects.known_as({"foreign policy", "外交政策"})) == {
        "foreign policy",
        "外交政策",
    }


@pytest.mark.parametrize(
    ("model", "rows", "sentence"),
    [
        ("section", "names", "Another section is already known by this name."),
        ("tag", "synonyms", "Another tag already goes by this word."),
    ],
)
def test_word_of_another_is_a_sentence(editor, model, rows, sentence):
    thing = FACTORIES[model]()
    other = FACTORIES[model](name="Economy")
    getattr(other, rows).get_or_create(key="trade", defaults={"text": "Trade"})
    count = getattr(thing, rows).count()
    row = {f"{rows}-TOTAL_FORMS": str(count + 1), f"{rows}-{count}-text": "TRADE"}

    in_rows = editor.save(thing, **row)
    as_name = editor.save(thing, name="trade")

    assert sentence in str(in_rows.context["errors"])
    assert sentence in str(as_name.context["errors"])


@pytest.mark.parametrize(("model", "rows"), [("section", "names"), ("tag", "synonyms")])
def test_one_word_twice_in_the_form_is_a_sentence(editor, model, rows):
    thing = FACTORIES[model]()
    count = getattr(thing, rows).count()

    response = editor.save(
        thing,
        **{
            f"{rows}-TOTAL_FORMS": str(count + 2),
            f"{rows}-{count}-text": "Trade",
            f"{rows}-{count + 1}-text": "trade",
        },
    )

    assert "This word stands here twice." in str(response.context["errors"])


def test_new_printed_name_gets_its_key(editor):
    section = SectionFactory()
    count = section.names.count()

    editor.save(
        section,
        **{"names-TOTAL_FORMS": str(count + 1), f"names-{count}-text": "Ｏpinions &  Views"},
    )

    assert SectionName.objects.filter(key="opinions views", section=section).exists()


def test_source_of_a_taken_name_is_a_sentence(editor):
    SourceFactory(name="China-US Focus", key="china us focus")

    refused = add(editor, "source", name="CHINA-US FOCUS")
    add(editor, "source", name="Caixin")

    assert "There is already a source of this name." in str(refused.context["errors"])
    assert Source.objects.get(key="caixin").name == "Caixin"
