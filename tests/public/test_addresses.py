import pytest
from django.urls import reverse
from django.utils.translation import override

from corpusapp.public import addresses
from corpusapp.public.shelves import SHELVES
from tests.factories import ArticleFactory, AuthorFactory, SectionFactory, TagFactory

SLUGS = ["plain", "论和平", "ñandú-ß", "a~b", "it's-(so)", "50%-more", "a+b=c", "q?&#"]


@pytest.mark.django_db
@pytest.mark.parametrize("shelf", SHELVES)
@pytest.mark.parametrize("slug", SLUGS)
def test_addresses_are_those_of_the_url_map(shelf, slug):
    article = ArticleFactory(language=SHELVES[shelf].code, slug=slug)

    with override(shelf):
        assert addresses.article(article) == article.get_absolute_url()
        assert addresses.author(shelf, slug) == AuthorFactory(slug=slug).get_absolute_url()
        assert addresses.section(shelf, slug) == SectionFactory(slug=slug).get_absolute_url()
        assert addresses.tag(shelf, slug) == TagFactory(slug=slug).get_absolute_url()
        assert addresses.year(shelf, 2015) == reverse("public:archive_year", args=[2015])
        assert addresses.month(shelf, 2015, 5) == reverse("public:archive_month", args=[2015, 5])


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/en/", "/zh-hans/"),
        ("/en/tags/un/", "/zh-hans/tags/un/"),
        ("/x", "/zh-hans/"),
        ("//", "/zh-hans/"),
    ],
)
def test_same_page_in_another_language(path, there):
    assert addresses.under("zh-hans", path) == there


@pytest.mark.parametrize("address", ["https://example.org/a?b=c", "http://example.org"])
def test_page_may_link_to_the_web(address):
    assert addresses.outside(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:alert(1)",
        "JavaScript:x",
        "ftp://example.org",
        "//example.org",
        "/en/",
        "http:",
        "http://[",
        "data:,x",
    ],
)
def test_page_links_to_nothing_else(address):
    assert addresses.outside(address) == ""
