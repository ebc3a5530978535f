import io
import time
import tracemalloc

import pytest

from corpusapp.extraction.article import Options
from corpusapp.extraction.errors import ExtractionError
from corpusapp.extraction.formats.feeds import FEEDS
from corpusapp.extraction.formats.wordpress import html_of
from corpusapp.extraction.pipeline import extract
from corpusapp.extraction.readable import readable_text
from tests.extraction.formats.feed_files import ATOM, RDF, RSS, blog, export, kind, post

LIMIT = 1_000_000


def records(source, limit=LIMIT):
    raw = source.encode() if isinstance(source, str) else source
    return list(FEEDS.records(io.BytesIO(raw), limit))


def articles(source):
    read = []
    for record in records(source):
        if not record.passed:
            article = extract(record.raw, Options(media_type=record.media_type))
            lines = readable_text(record.raw, record.media_type).split("\n")
            assert len(lines) == len(article.judgements)
            read.append(article)
    return read


def codes(article):
    return [(doubt.field, doubt.code) for doubt in article.doubts]


# WordPress ---------------------------------------------------------------------------------------


def test_post_of_an_export_states_all_its_fields():
    (article,) = articles(export(post(excerpt="In short.")))

    assert (article.title, article.standfirst) == ("The Ferry", "In short.")
    assert [byline.name for byline in article.bylines] == ["Ada Quill"]
    assert str(article.published) == "2015-05-21T18:00"
    assert (article.section, article.tags) == ("Harbour", ("Sea", "winter"))
    assert (article.source, article.source_url) == (
        "Harbour Notes",
        "https://notes.example.org/ferry/",
    )
    assert (article.body, article.language, article.is_draft) == ("The ferry went.", "en", False)
    assert codes(article) == []
    assert article.evidence["title"].rule == "item of the WordPress export"


def test_names_of_an_export_that_are_written_as_html_are_words():
    terms = (
        '<category domain="category"><![CDATA[Non class&eacute;]]></category>'
        '<category domain="category"><![CDATA[News &amp; Views]]></category>'
        '<category domain="post_tag"><![CDATA[R&amp;D]]></category>'
    )
    (article,) = articles(export(post(terms=terms)).replace(b"[Ada Quill]", b"[Ada O&#8217;Quill]"))

    assert (article.section, article.tags) == ("News & Views", ("R&D",))
    assert [byline.name for byline in article.bylines] == ["Ada O’Quill"]


def test_record_is_the_post_as_it_stood_with_its_own_author_only():
    item = post(creator="bo")

    (record,) = records(export(item))

    assert item.encode() in record.raw
    assert b"Bo Ray" in record.raw
    assert b"Ada Quill" not in record.raw


@pytest.mark.parametrize(
    ("fields", "is_draft"),
    [
        ({"status": "publish"}, False),
        ({"status": "draft"}, True),
        ({"status": "pending"}, True),
        ({"status": "private"}, True),
        ({"status": "future"}, True),
        ({"password": "secret"}, True),
        ({"type": "page"}, False),
    ],
)
def test_what_wordpress_hides_is_a_draft(fields, is_draft):
    (article,) = articles(export(post(**fields)))

    assert article.is_draft is is_draft


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"type": "attachment", "status": "inherit"}, "WordPress attachment"),
        ({"type": "nav_menu_item"}, "WordPress nav_menu_item"),
        ({"type": "wp_template"}, "WordPress wp_template"),
        ({"status": "trash"}, "thrown away in WordPress"),
    ],
)
def test_what_is_no_document_is_passed_over_and_counted(fields, kind):
    found = records(export(post(**fields), post()))

    assert [(one.suffix, one.passed) for one in found] == [("#1", kind), ("#2", "")]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("One.\n\nTwo\nlines.", "One.\n\nTwo\nlines."),
        ("<!-- wp:paragraph -->\n<p>One.</p>\n<!-- /wp:paragraph -->", "One."),
        ('[caption id="a"]<img src="/b.jpg"> A boat[/caption]\n\nText.', "A boat\n\nText."),
        ("Text. [gallery ids='1,2'] More [1].", "Text. More [1]."),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<pre>a\n\nb</pre>", "```\na\nb\n```"),
        ("<script>alert(1)</script><p onclick='x()'>Text.</p>", "Text."),
        ('<p><a href="javascript:x()">a</a> <a href="https://b.example/">b</a></p>',
         "a [b](https://b.example/)"),
        ("<h2>Part</h2>Text.", "## Part\n\nText."),
    ],
)  # fmt: skip
def test_text_of_a_post_becomes_clean_markdown(text, body):
    (article,) = articles(export(post(text=text)))

    assert article.body == body


@pytest.mark.parametrize(
    "piece",
    ["[caption ", "[caption]", "[/caption]", "<!-- ", "<pre ", "</pre", "[gallery ", "a\n\n<p "],
)
def test_what_a_post_never_closes_costs_no_time(piece):
    started = time.process_time()

    html_of(piece * 50_000)

    assert time.process_time() - started < 3  # quadratic, it would be minutes


def test_comments_of_visitors_are_nowhere():
    raw = export(post())
    (record,) = records(raw)

    assert b"Spam" in record.raw
    assert "Spam" not in readable_text(record.raw, record.media_type)


# feeds -------------------------------------------------------------------------------------------


def test_items_of_a_feed_state_what_feeds_state():
    whole, teaser = articles(RSS)

    assert (whole.title, whole.standfirst) == ("Q&A: why", "A summary of its own.")
    assert [byline.name for byline in whole.bylines] == ["Ann Lee"]
    assert str(whole.published) == "2015-05-21T10:00+00:00"
    assert (whole.tags, whole.section) == (("Sea", "Trade"), "")
    assert (whole.source, whole.source_url) == ("Daily", "https://daily.example/1")
    assert (whole.body, whole.own_id) == ("The whole text.", "https://daily.example/1")
    assert teaser.body == "Only a teaser …"
    assert ("body", "body_uncertain") in codes(teaser)
    assert ("body", "body_uncertain") not in codes(whole)


def test_entries_of_atom_state_what_it_states():
    first, second = articles(ATOM)

    assert (first.title, first.body) == ("One", "Some *text* here.")
    assert [byline.name for byline in first.bylines] == ["Ann Lee"]
    assert str(first.published) == "2015-05-21T10:00+08:00"
    assert (first.source_url, first.own_id) == ("https://daily.example/1", "urn:1")
    assert (first.tags, first.source) == (("Sea",), "Daily")
    assert (second.title, second.body) == ("Two bold", "More.")
    assert [byline.name for byline in second.bylines] == ["Bo Ray"]


@pytest.mark.parametrize(
    ("marks", "is_draft"),
    [
        ("<app:control><app:draft>yes</app:draft></app:control>", True),
        ("<later:control><later:draft>yes</later:draft></later:control>", True),
        ("<app:control><app:draft>no</app:draft></app:control>", False),
        ("<blogger:status>DRAFT</blogger:status>", True),
        ("<blogger:status>SCHEDULED</blogger:status>", True),
        ("<blogger:status>LIVE</blogger:status>", False),
        (kind("post"), False),
        ("", False),
    ],
)
def test_what_an_entry_of_atom_keeps_back_is_a_draft(marks, is_draft):
    (article,) = articles(blog(one=marks))

    assert article.is_draft is is_draft


def test_entries_of_a_blog_that_are_no_posts_are_passed_over_and_counted():
    found = records(
        blog(
            one=kind("comment"),
            two=kind("settings"),
            three=kind("template"),
            four="<blogger:type>COMMENT</blogger:type><blogger:status>LIVE</blogger:status>",
            five="<blogger:type>POST</blogger:type><blogger:status>SOFT_TRASHED</blogger:status>",
            six=kind("post"),
            seven="<blogger:type>PAGE</blogger:type>",
        )
    )

    assert [(one.suffix, one.passed) for one in found] == [
        ("#1", "Blogger comment"),
        ("#2", "Blogger settings"),
        ("#3", "Blogger template"),
        ("#4", "Blogger comment"),
        ("#5", "thrown away in Blogger"),
        ("#6", ""),
        ("#7", ""),
    ]


def test_kind_of_an_entry_is_no_tag():
    (article,) = articles(blog(one=kind("post")))

    assert article.tags == ("Sea",)


def test_old_rss_with_its_entities_is_read():
    (article,) = articles(RDF)

    assert (article.title, article.body, article.source) == ("One", "déjà vu", "Old")
    assert str(article.published) == "2015-05-21"


@pytest.mark.parametrize("codec", ["gb2312", "big5", "utf-16", "iso-8859-1"])
def test_feed_is_read_in_the_encoding_that_it_names(codec):
    title = "Café" if codec == "iso-8859-1" else "標題" if codec == "big5" else "标题"
    text = f"<rss><channel><item><title>{title}</title></item></channel></rss>"
    raw = f'<?xml version="1.0" encoding="{codec}"?>{text}'.encode(codec)

    (article,) = articles(raw)

    assert article.title == title
    assert article.encoding != "utf-8"


def test_broken_bytes_and_controls_are_told_and_stop_nothing():
    raw = export(post(text="A \x08 letter"), post(text="B"), post(text="C \x0b"))
    raw = raw.replace(b"A \x08", b"A \xff\x08")

    first, second, third = articles(raw)

    assert ("encoding", "encoding_mixed") in codes(first)
    assert "\ufffd" in first.body
    assert ("encoding", "encoding_mixed") not in codes(second)
    assert third.body == "C"


# hostile -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ('<!DOCTYPE l [<!ENTITY a "b">]><rss><channel/></rss>', "declares entities"),
        ('<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss/>', "declares entities"),
        ('<!DOCTYPE l [<!ENTITY % a SYSTEM "http://x.example/a"> %a;]><rss/>', "declares entities"),
        ("<rss>" + "<a>" * 300, "nests more than 200"),
        ("<html></html>", "outermost element is <html>"),
        ("no xml at all", "no well-formed XML"),
        ("<rss><channel>", "no well-formed XML"),
        ("", "empty"),
        (b"\x00\x01\x02" * 50, "no well-formed XML"),
        ("<rss " + "a" * LIMIT * 2, "a tag of more than"),
    ],
)
def test_what_is_no_feed_or_hostile_is_refused(source, reason):
    with pytest.raises(ExtractionError, match=reason):
        records(source)


def test_dtd_elsewhere_is_not_asked_for():
    source = '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd"><rss><channel><item><title>A</title></item></channel></rss>'

    assert [article.title for article in articles(source)] == ["A"]


def test_items_before_a_broken_place_are_good():
    source = "<rss><channel><item><title>A</title></item><item><oops></channel></rss>"
    found = FEEDS.records(io.BytesIO(source.encode()), LIMIT)

    assert next(found).suffix == "#1"
    with pytest.raises(ExtractionError, match="mismatched tag in line 1"):
        next(found)


def test_item_beyond_the_limit_is_refused_and_the_next_one_read():
    source = export(post(text="x" * 200_000), post(title="Second"))

    first, second = records(source, limit=100_000)

    assert (first.suffix, first.raw) == ("#1", b"")
    assert first.refusal == "The item in line 12 is larger than 0 MB."
    assert (second.suffix, second.refusal) == ("#2", "")


def test_memory_does_not_grow_with_the_file():
    def long_file(count):
        head, tail = (export("|")).split(b"|")
        yield head
        for number in range(count):
            yield post(title=f"Post {number}", text="<p>Words.</p>" * 200).encode()
        yield tail

    def most_memory(count):
        stream = io.BytesIO(b"".join(long_file(count)))
        tracemalloc.start()
        for _record in FEEDS.records(stream, LIMIT):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    assert most_memory(1000) < 1.5 * most_memory(100)
