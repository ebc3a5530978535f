"""Feeds and exports of our own."""

WORDPRESS = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- a comment -->
<rss version="2.0"
  xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>Harbour Notes</title><link>https://notes.example.org</link><language>en-US</language>
<wp:author><wp:author_login><![CDATA[ada]]></wp:author_login><wp:author_display_name><![CDATA[Ada Quill]]></wp:author_display_name></wp:author>
<wp:author><wp:author_login>bo</wp:author_login><wp:author_display_name>Bo Ray</wp:author_display_name></wp:author>
%s
</channel></rss>
"""
POST = """<item><title>%(title)s</title><link>%(link)s</link>
<dc:creator><![CDATA[%(creator)s]]></dc:creator>
<content:encoded><![CDATA[%(text)s]]></content:encoded>
<excerpt:encoded><![CDATA[%(excerpt)s]]></excerpt:encoded>
<wp:post_date><![CDATA[%(date)s]]></wp:post_date><wp:status><![CDATA[%(status)s]]></wp:status>
<wp:post_type><![CDATA[%(type)s]]></wp:post_type><wp:post_password>%(password)s</wp:post_password>
%(terms)s
<wp:comment><wp:comment_author>A Visitor</wp:comment_author><wp:comment_content>Spam</wp:comment_content></wp:comment>
</item>"""
TERMS = (
    '<category domain="category" nicename="a"><![CDATA[Harbour]]></category>'
    '<category domain="category" nicename="b"><![CDATA[Sea]]></category>'
    '<category domain="category" nicename="u"><![CDATA[Uncategorized]]></category>'
    '<category domain="post_tag" nicename="t"><![CDATA[winter]]></category>'
)


def post(**fields):
    return POST % {
        "title": "The Ferry",
        "link": "https://notes.example.org/ferry/",
        "creator": "ada",
        "text": "<p>The ferry went.</p>",
        "excerpt": "",
        "date": "2015-05-21 18:00:00",
        "status": "publish",
        "type": "post",
        "password": "",
        "terms": TERMS,
        **fields,
    }


def export(*posts):
    return (WORDPRESS % "\n".join(posts)).encode()


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Daily</title><language>de</language>
<item><title>Q&amp;amp;A: &lt;em&gt;why&lt;/em&gt;</title><link>https://daily.example/1</link>
<author>ann@daily.example (Ann Lee)</author><category>Sea</category><category>Trade</category>
<pubDate>Thu, 21 May 2015 10:00:00 +0000</pubDate><guid>https://daily.example/1</guid>
<description>A summary of its own.</description>
<content:encoded>&lt;p&gt;The whole text.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</content:encoded></item>
<item><title>Short</title><description>Only a teaser &hellip;</description></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title>Daily</title><link href="https://daily.example/"/><author><name>Ann Lee</name></author>
<entry><title>One</title><link rel="self" href="https://daily.example/self"/>
<link href="https://daily.example/1"/><id>urn:1</id><updated>2016-01-01T00:00:00Z</updated>
<published>2015-05-21T10:00:00+08:00</published><category term="sea" label="Sea"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Some <em>text</em> here.</p></div></content></entry>
<entry><title type="html">Two &lt;b&gt;bold&lt;/b&gt;</title><author><name>Bo Ray</name></author>
<content type="html">&lt;p&gt;More.&lt;/p&gt;</content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Old</title></channel>
<item><title>One</title><description>d&eacute;j&agrave; vu</description><dc:date>2015-05-21</dc:date>
<dc:creator>Ann Lee</dc:creator></item></rdf:RDF>"""

BLOGGER = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"
 xmlns:app="http://purl.org/atom/app#" xmlns:later="http://www.w3.org/2007/app"
 xmlns:blogger="http://schemas.google.com/blogger/2018"><title>Daily</title>%s</feed>"""
_ENTRY = """<entry><id>%(title)s</id><title>%(title)s</title><category
 scheme="http://www.blogger.com/atom/ns#" term="Sea"/>%(marks)s<content type="html">Text.</content></entry>"""


def blog(**entries):
    """A Blogger export of entries: title=marks."""
    return BLOGGER % "".join(
        _ENTRY % {"title": title, "marks": marks} for title, marks in entries.items()
    )


def kind(name):
    return (
        '<category scheme="http://schemas.google.com/g/2005#kind" '
        f'term="http://schemas.google.com/blogger/2008/kind#{name}"/>'
    )
