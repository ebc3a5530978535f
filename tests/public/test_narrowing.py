"""What narrows a search down: names in the language they are in, and the public one of what is chosen."""

import pytest

from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    AuthorNameFactory,
    BylineFactory,
    SectionFactory,
    SourceFactory,
    TagFactory,
)
from tests.public.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def _presses():
    """Sections, tags, an author and a source with names in one script each; 港口 finds two articles."""
    chinese = {"label_en": "", "name_language": "zh-Hans"}
    abroad = SectionFactory(
        **chinese, name="国际", label_zh_hans="国际", label_zh_hant="國際", slug="国际"
    )
    people = SectionFactory(
        name="社會", name_language="zh-Hant", label_en="", label_zh_hant="社會", slug="社會"
    )
    TagFactory(**chinese, name="贸易", label_zh_hans="贸易", slug="贸易")
    TagFactory(name="Rope", label_zh_hant="繩索")
    author = AuthorFactory(name="Bob O'Neill", slug="bob-oneill")
    AuthorNameFactory(author=author, text="鮑勃", language="zh-Hant")
    for section, tags in ((abroad, ["贸易"]), (people, ["Rope"])):
        article = ArticleFactory(
            published=True, language="zh-Hans", body="港口。", section=section, tags=tags
        )
    article.source = SourceFactory(name="Quay Journal")
    article.save()
    BylineFactory(article=article, author=author)
    ArticleFactory(published=True, body="Lantern.")


def values(response):
    """The values of the facets, with the language they are marked with."""
    nav = read(response).one("nav", id="facets")
    return {
        one.text: next((part["lang"] for part in one.all("span") if part["lang"]), None)
        for one in nav.all("a")
    }


@pytest.mark.usefixtures("_presses")
@pytest.mark.parametrize(
    ("shelf", "marked"),
    [
        ("en", {"国际": "zh-Hans", "社會": "zh-Hant", "贸易": "zh-Hans", "Rope": None}),
        ("zh-hans", {"国际": None, "社會": "zh-Hant", "贸易": None, "繩索": "zh-Hant"}),
        ("zh-hant", {"國際": None, "社會": None, "贸易": "zh-Hans", "繩索": None}),
    ],
)
def test_values_in_another_language_say_so_as_the_menu_does(client, shelf, marked):
    found = values(client.get(f"/{shelf}/search/", {"q": "港口"}))

    assert {text: found[text] for text in marked} == marked


@pytest.mark.usefixtures("_presses")
def test_only_the_value_of_a_filter_in_use_is_in_another_language(client):
    page = read(client.get("/en/search/", {"q": "港口", "section": "国际"}))

    (filter_,) = page.one("ul", cls="chosen").all("a")
    assert filter_.text == "Section: 国际 (remove this filter)"
    assert [(run.text, run["lang"]) for run in filter_.all("span") if run["lang"]] == [
        ("国际", "zh-Hans")
    ]
    (value,) = page.one("nav", id="facets").all("a", aria_current="true")
    assert [(run.text, run["lang"]) for run in value.all("span") if run["lang"]] == [
        ("国际", "zh-Hans")
    ]


@pytest.mark.usefixtures("_presses")
@pytest.mark.parametrize(
    ("shelf", "name", "value", "words"),
    [
        ("en", "section", "社會", "Section: 社會"),
        ("zh-hant", "section", "国际", "欄目：國際"),
        ("en", "author", "bob-oneill", "Author: Bob O'Neill"),
        ("zh-hant", "author", "bob-oneill", "作者：鮑勃"),
        ("en", "tag", "rope", "Tag: Rope"),
        ("zh-hant", "tag", "rope", "標籤：繩索"),
        ("en", "source", "quay journal", "Source: Quay Journal"),
        ("en", "language", "de", "Language: German"),
        ("en", "language", "xx-yy", "Language: xx-yy"),
        ("en", "year", "1871", "Year: 1871"),
        ("en", "tag", "<b>rope", "Tag: <b>rope"),
    ],
)
def test_filter_that_leaves_nothing_has_the_name_that_is_public(client, shelf, name, value, words):
    page = read(client.get(f"/{shelf}/search/", {"q": "lantern", name: value}))

    (filter_,) = page.one("ul", cls="chosen").all("a")
    assert filter_.text.partition(" (")[0] == words
    assert page.all("article", cls="hit") == []


def test_name_of_what_is_not_public_is_told_of_no_kind_of_filter(client):
    hidden = ArticleFactory(
        section=SectionFactory(name="Zanzibar", slug="s"),
        source=SourceFactory(name="Zanzibar", key="o"),
    )
    TagFactory(name="Zanzibar", slug="t")
    hidden.tags.add("Zanzibar")
    BylineFactory(article=hidden, author=AuthorFactory(name="Zanzibar", slug="a"))
    known = {"section": "s", "author": "a", "tag": "t", "source": "o"}

    page = client.get("/en/search/", {"q": "lantern", **known})

    assert "Zanzibar" not in page.text
    assert [one.text for one in read(page).one("ul", cls="chosen").all("a")][:4] == [
        f"{name}: {slug} (remove this filter)"
        for name, slug in (("Section", "s"), ("Author", "a"), ("Tag", "t"), ("Source", "o"))
    ]
