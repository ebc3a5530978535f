import pytest

from corpusapp.text.addresses import page_key

PAGE = "https://example.org/a/page?id=7"


@pytest.mark.parametrize(
    "address",
    [
        PAGE,
        "http://example.org/a/page?id=7",
        "HTTPS://EXAMPLE.org/a/page?id=7",
        "https://example.org:443/a/page?id=7",
        "http://example.org:80/a/page?id=7",
        "https://example.org./a/page?id=7",
        "https://example.org/a/page?id=7#comments",
        "https://example.org/a/page/?id=7",
        "https://example.org/a/page?utm_source=x&id=7&fbclid=IwAR0&spm=a2&UTM_Medium=mail",
        "https://reader@example.org/a/%70age?id=7",
        " https://example.org/a/page?id=7 ",
    ],
)
def test_spellings_of_one_address_are_one_page(address):
    assert page_key(address) == PAGE


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a/Page?id=7",
        "https://example.org/a/page?id=8",
        "https://example.org/a/page",
        "https://example.org/a/page?id=7&page=2",
        "https://example.org:8080/a/page?id=7",
        "https://other.example.org/a/page?id=7",
        "https://example.org/a%2Fpage?id=7",
    ],
)
def test_another_path_query_port_or_host_is_another_page(address):
    assert page_key(address) not in {PAGE, ""}


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "https://example.org/",
        "https://example.org/?utm_source=x#top",
        "https://example.org/index.php",
        "https://example.org/Home",
        "https://example.org/en/",
        "https://example.org/zh-hant/index.html",
        "ftp://example.org/a",
        "javascript:alert(1)",
        "/a/page",
        "https://[broken/a",
        "https://example.org:99999999/a",
        "",
    ],
)
def test_what_names_no_single_page_has_no_key(address):
    assert page_key(address) == ""


def test_chinese_in_an_address_may_be_escaped_or_not():
    assert page_key("https://例子.org/全球") == page_key(
        "https://xn--fsqu00a.org/%e5%85%a8%E7%90%83"
    )
