import json

from hypothesis import given
from hypothesis import strategies as st

from corpusapp.extraction.witnesses.json_ld import read_json_ld


def told(data):
    return read_json_ld([json.dumps(data)])


def names(data):
    return [author.name for author in told({"@type": "NewsArticle", "author": data}).authors]


def test_authors_come_as_a_name_an_object_or_a_list():
    assert names("Ann Lee") == ["Ann Lee"]
    assert names({"@type": "Person", "name": "Ann Lee"}) == ["Ann Lee"]
    assert names([{"name": "Ann Lee"}, "Bo Karlsson", "Ann Lee"]) == ["Ann Lee", "Bo Karlsson"]


def test_an_author_may_be_a_reference_into_the_graph():
    graph = [
        {"@type": "Article", "headline": "A", "author": {"@id": "#ann"}},
        {"@type": "Person", "@id": "#ann", "name": "Ann Lee", "jobTitle": "Editor"},
    ]
    (author,) = told({"@graph": graph}).authors

    assert (author.name, author.post) == ("Ann Lee", "Editor")


def test_an_address_is_no_name():
    assert names("https://example.org/ann") == []


def test_the_fields_of_an_article_are_read():
    found = told(
        {"@type": ["BlogPosting"], "headline": "Tea &amp; fog", "datePublished": "2020-01-02", "articleSection": ["Sea"],
         "publisher": {"name": "The Quay"}, "keywords": "tea, fog", "articleBody": "Text"}
    )  # fmt: skip

    assert (found.headlines, found.published, found.sections) == (
        ("Tea & fog",),
        "2020-01-02",
        ("Sea",),
    )
    assert (found.publisher, found.keywords, found.body) == ("The Quay", ("tea", "fog"), "Text")


def test_what_is_no_article_or_no_json_says_nothing():
    assert not told({"@type": "Recipe\u200b"}).headlines
    assert not read_json_ld(["{broken", "[" * 100_000, ""]).headlines


@given(st.recursive(st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8)), lambda inner: st.one_of(
    st.lists(inner, max_size=4),
    st.dictionaries(st.sampled_from(["@type", "@id", "@graph", "author", "name", "headline", "datePublished", "publisher"]), inner, max_size=5),
)))  # fmt: skip
def test_any_json_is_read(data):
    told(
        {"@type": "Article", "author": data, "publisher": data, "headline": data, "@graph": [data]}
    )
