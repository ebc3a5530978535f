"""What the API answers, as types: the OpenAPI document and its page are made of these."""

import datetime as dt

from ninja import Field, Schema


class Signed(Schema):
    name: str = Field(description="As printed under the article.")
    post: str = Field(description="What the author was on that day, as printed; may be empty.")
    slug: str


class Item(Schema):
    """One article in a list."""

    id: str = Field(description="The permanent public id, eight characters.")
    title: str
    url: str
    language: str = Field(description="BCP 47: en, zh-Hans, zh-Hant, …")
    published_at: str | None = Field(
        description="ISO 8601, as printed and no more precise: 2015, 2015-05-21, 2025-09-28T16:08."
    )
    authors: list[Signed]
    section: str | None = Field(description="Slug.")
    tags: list[str] = Field(description="Slugs.")
    source_name: str | None = Field(
        description="File name of the capture; null unless the site gives file names."
    )
    snippet: str = Field(description="Plain text around the best match, or the standfirst.")
    score: float = Field(description="Higher is better, within one answer; 0 where nothing ranks.")


class FacetCount(Schema):
    value: str = Field(description="What the parameter of the same name takes.")
    label: str
    count: int


class ArticleList(Schema):
    total: int = Field(description="Exact up to 10000.")
    more: bool = Field(
        default=False, description="Given, and true, where there are more than 10000."
    )
    page: int
    page_size: int
    facets: dict[str, list[FacetCount]]
    corrected_query: str | None = Field(
        description="The words that were searched, where those asked for stand nowhere."
    )
    items: list[Item]


class Edition(Schema):
    id: str
    language: str
    url: str


class SourceShape(Schema):
    name: str
    url: str | None


class CorrectionShape(Schema):
    kind: str = Field(description="correction, or retraction: the article stands no longer.")
    date: dt.date
    text: str


class ArticleShape(Item):
    """One article in full."""

    standfirst: str
    body: str = Field(description="Markdown.")
    author_note: str
    words: int = Field(description="Words; in Chinese and Japanese, characters.")
    source: SourceShape | None
    source_url: str | None = Field(description="Address of the page at its source.")
    editions: list[Edition] = Field(description="The same piece in other languages.")
    corrections: list[CorrectionShape] = Field(description="The oldest first.")
    updated_at: str


class RelatedList(Schema):
    items: list[Item]


class AuthorShape(Schema):
    slug: str
    name: str
    names: dict[str, str] = Field(description="Main names by language, BCP 47.")
    url: str
    articles: int


class AuthorList(Schema):
    total: int
    page: int
    page_size: int
    items: list[AuthorShape]


class TopicShape(Schema):
    slug: str
    name: str
    labels: dict[str, str] = Field(description="By language, BCP 47.")
    url: str
    articles: int


class TopicList(Schema):
    total: int
    page: int
    page_size: int
    items: list[TopicShape]


class SuggestedShape(Schema):
    text: str
    url: str


class SuggestionList(Schema):
    items: list[SuggestedShape]


class Problem(Schema):
    detail: str


class Paged(Schema):
    """Parameters are read leniently; the types here are for the document."""

    page: str = Field("1", description="From 1; past the last page is 404.")
    page_size: str = Field("20", description="At most 100.")


class Question(Paged):
    q: str = Field("", description="Words, “exact phrases”; at most 500 characters are read.")
    section: list[str] = Field([], description="Slug; may repeat, as all filters may.")
    author: list[str] = Field([], description="Slug.")
    tag: list[str] = Field([], description="Slug.")
    year: list[str] = Field([], description="Four digits, of the date as printed.")
    language: list[str] = Field([], description="BCP 47: en, zh-Hans, zh-Hant, …")
    source: list[str] = Field([], description="Slug, or name.")
    sort: str = Field(
        "",
        description="relevance (default with q), newest (without) or oldest. All orders have the same "
        "articles: where few hold all the words, those that hold some of them follow.",
    )
    exact: str = Field("", description="1: nothing is corrected.")


class Typed(Schema):
    q: str = Field("", description="What is typed so far.")
    language: str = Field("", description="Language of the pages to lead to: en, zh-Hans, zh-Hant.")
