"""The tools beside the text: preview, pasting, links, slips. Each works without script, too."""

from datetime import date

import pytest
from django.urls import reverse

from corpusapp.models import Article, InnerLink
from tests.admin.conftest import messages_of
from tests.factories import ArticleFactory, BylineFactory

RENDERED = reverse("admin:corpusapp_article_rendered")
PASTED = reverse("admin:corpusapp_article_pasted")
FIND = reverse("admin:corpusapp_article_find")
ADD = reverse("admin:corpusapp_article_add")


def pasted(desk, html):
    return desk.client.post(PASTED, {"html": html})


# Preview -------------------------------------------------------------------------------------


def test_preview_is_what_the_one_renderer_makes(editor):
    body = "Two *words*.\n\n<script>alert(1)</script> [x](javascript:alert(1))"

    answer = editor.client.post(RENDERED, {"body": body, "language": "en"}).json()

    assert answer["html"] == Article(body=body).body_html
    assert "<script>" not in answer["html"]
    assert answer["length"] == "4 words · 1 min read"


def test_preview_counts_chinese_by_characters(editor):
    answer = editor.client.post(RENDERED, {"body": "全球治理。", "language": "zh-Hans"}).json()

    assert answer["length"] == "4 characters · 1 min read"


def test_preview_names_footnotes_that_lack_their_other_half(editor):
    answer = editor.client.post(RENDERED, {"body": "One[^1] two[^2].\n\n[^1]: Note\n[^3]: Lost"})

    assert len(answer.json()["amiss"]) == 2


def test_without_script_a_button_shows_the_preview_and_keeps_the_form(editor):
    article = ArticleFactory(body="Old")

    page = editor.save(article, "_look", body="A **new** text")

    assert page.context["preview_html"] == "<p>A <strong>new</strong> text</p>\n"
    assert page.context["errors"] == []
    assert "A **new** text</textarea>" in page.text
    assert Article.objects.get().body == "Old"


def test_a_new_article_can_be_looked_at(editor):
    page = editor.post(editor.get(ADD), "article", "_look", body="A **new** text")

    assert page.context["preview_html"] == "<p>A <strong>new</strong> text</p>\n"
    assert not Article.objects.exists()


# Pasting -------------------------------------------------------------------------------------

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style>p.MsoNormal {color:red}</style><!--[if gte mso 9]><xml><o:x/></xml><![endif]--></head><body>
<!--StartFragment--><h2 style="mso-x:1">The <span style="font-family:Arial">Harbour</span></h2>
<p class=MsoNormal onclick="alert(1)">A <b>strong</b> and <i>slanted</i> word<o:p></o:p></p>
<p class=MsoNormal><a href="https://x.example/a">a link</a> <a href="javascript:alert(1)">none</a></p>
<script>alert(1)</script><img src="file:///c:/x.png" onerror="alert(1)">
<ul><li>one</li><li>two</li></ul><!--EndFragment--></body></html>"""


def test_what_word_puts_on_the_clipboard_becomes_markdown(editor):
    assert pasted(editor, WORD).json() == {
        "markdown": "## The Harbour\n\nA **strong** and *slanted* word\n\n"
        "[a link](https://x.example/a) none\n\n- one\n- two"
    }


def test_pasted_words_are_data(editor):
    assert pasted(editor, "<p>*not strong* &lt;b&gt; # 3</p>").json() == {
        "markdown": "\\*not strong\\* \\<b> # 3"
    }


def test_what_cannot_be_pasted_is_told(editor, monkeypatch):
    deep = pasted(editor, "<div>" * 20_000 + "x")
    monkeypatch.setattr("corpusapp.admin.article_writing._LONGEST_PASTE", 10)
    long = pasted(editor, "<p>eleven chars</p>")

    assert deep.status_code in {200, 422}
    assert (long.status_code, long.json()) == (413, {"said": "Too long to be pasted at once."})


# Links ---------------------------------------------------------------------------------------


def test_articles_to_link_to_are_found(editor):
    public = ArticleFactory(title="On Peace", published=True, published_on=date(2015, 5, 21))
    for name in ("Ada Quill", "Ben Reed", "Cy Stone"):
        BylineFactory(article=public, author__name=name)
    later = ArticleFactory(title="On Peace", language="zh-Hans", scheduled=True, undated=True)
    draft = ArticleFactory(title="On Peace at Sea", draft=True, undated=True)
    ArticleFactory(title="On Peace lost", binned=True)
    ArticleFactory(title="Harbours")

    for article in (public, later):  # as the desk writes it, so that its search knows it
        editor.save(article, standfirst="Words.")
    editor.save(draft, standfirst="As the desk writes it, so that its search knows it.")

    by_words = editor.get(FIND, q="peace").json()["items"]
    by_id = editor.get(FIND, q=draft.public_id).json()["items"]

    assert {item["id"]: (item["title"], item["language"], item["about"]) for item in by_words} == {
        public.public_id: (
            "On Peace",
            "en",
            "en · Published · 2015 · Ada Quill, Ben Reed …",
        ),
        later.public_id: ("On Peace", "zh-Hans", "zh-Hans · Scheduled · undated"),
        draft.public_id: ("On Peace at Sea", "en", "en · Draft · undated"),
    }
    found = [item["id"] for item in by_words]
    assert found.index(public.public_id) < found.index(draft.public_id)
    assert [item["id"] for item in by_id] == [draft.public_id]


@pytest.mark.parametrize("count", [1, 3])
def test_finding_costs_the_same_however_many_are_found(editor, count, django_assert_num_queries):
    for article in ArticleFactory.create_batch(count, published=True):
        BylineFactory(article=article)
    editor.get(FIND)

    with django_assert_num_queries(7):  # session, account, rights (2), articles, bylines, authors
        assert len(editor.get(FIND).json()["items"]) == count


def test_preview_marks_the_links_that_readers_will_not_see(editor):
    public = ArticleFactory(title="Seen", published=True)
    later = ArticleFactory(title="Later", scheduled=True)
    binned = ArticleFactory(title="Binned", binned=True)
    links = [public.public_id, later.public_id, binned.public_id, "bcdf2345"]
    body = " ".join(f"[x](article:{link})" for link in links)

    seen = editor.client.post(RENDERED, {"body": body, "language": "en"}).json()["html"]
    without_script = editor.save(ArticleFactory(), "_look", body=body)

    whys = ["Scheduled", "in the bin", "no such article"]
    lost = " ".join(
        f'<span class="lost-link">x</span> <small class="lost-link-why">[{why}: readers see no link]</small>'
        for why in whys
    )
    link = f'<a href="/articles/{public.public_id}/" rel="noopener nofollow">x</a>'
    assert seen == f"<p>{link} {lost}</p>\n"
    assert without_script.context["preview_html"] == seen
    assert lost in without_script.text


def test_link_follows_a_renamed_article_and_hidden_ones_are_words(editor, client):
    other = ArticleFactory(title="Old Name", published=True)
    hidden = ArticleFactory(title="Hidden", draft=True)
    article = ArticleFactory(published=True)
    editor.save(
        article,
        body=f"See [this](article:{other.public_id}) and [that](article:{hidden.public_id}).",
    )
    address = article.get_absolute_url()

    before = client.get(f"/en{address.removeprefix('/en')}", follow=True).text
    Article.objects.filter(pk=other.pk).update(slug="new-name")
    after = client.get(f"/en{address.removeprefix('/en')}", follow=True).text

    assert f'See <a href="/en/articles/{other.public_id}/old-name/">this</a> and that.' in before
    assert f'See <a href="/en/articles/{other.public_id}/new-name/">this</a> and that.' in after
    assert hidden.public_id not in after


def test_page_names_the_links_that_lead_nowhere(editor):
    hidden = ArticleFactory(title="Hidden", draft=True)
    public = ArticleFactory(title="Seen", published=True)
    article = ArticleFactory()
    links = [hidden.public_id, public.public_id, "bcdf2345"]
    editor.save(article, body=" ".join(f"[x](article:{link})" for link in links))

    page = editor.page(article)

    assert [(link.public_id, link.title) for link in page.context["lost_links"]] == [
        (hidden.public_id, "Hidden"),
        ("bcdf2345", ""),
    ]
    assert "does not exist: bcdf2345" in page.text


def test_broken_links_are_known_however_a_body_came_to_be(editor):
    article = ArticleFactory(body="Old")
    editor.save(article, body="[x](article:bcdf2345)")
    editor.post(editor.get(ADD), "article", title="New", body="[x](article:bcdf2346)")
    assert set(InnerLink.objects.broken().values_list("target", flat=True)) == {
        "bcdf2345",
        "bcdf2346",
    }

    history = reverse("admin:corpusapp_article_history", args=[article.pk])
    editor.client.post(history, {"restore": "0", "field": "body"})

    assert set(InnerLink.objects.values_list("target", flat=True)) == {"bcdf2346"}


# Slips ---------------------------------------------------------------------------------------


def test_slips_are_offered_and_nothing_is_mended_unasked(editor):
    article = ArticleFactory(title="One , two", body="Three  four")

    page = editor.save(article, "_tidy")

    assert [
        (tidying.field, [(slip.before, slip.goes, slip.comes) for slip in tidying.slips])
        for tidying in page.context["tidyings"]
    ] == [("title", [("One", " ", "")]), ("body", [("Three", "  ", " ")])]
    assert "Three  four</textarea>" in page.text
    article.refresh_from_db()
    assert (article.title, article.body, article.version) == ("One , two", "Three  four", 1)


def test_only_the_chosen_slips_are_mended_and_saved_with_the_form(editor):
    article = ArticleFactory(title="One , two", body="Three  four ; five\n\nSix  seven")
    page = editor.save(article, "_tidy", standfirst="Mine")

    mended = editor.post(page, "article", "_tidy_take", slip=["body:0", "body:1"])
    editor.post(mended, "article")

    article.refresh_from_db()
    assert (article.title, article.standfirst) == ("One , two", "Mine")
    assert article.body == "Three four; five\n\nSix  seven"


def test_slips_of_a_text_that_was_written_in_since_are_shown_anew(editor):
    article = ArticleFactory(body="Three  four")
    page = editor.save(article, "_tidy")

    again = editor.post(page, "article", "_tidy_take", body="Before  three  four")

    assert "Before  three  four</textarea>" in again.text
    assert len(again.context["tidyings"][0].slips) == 2


def test_a_text_without_slips_says_so(editor):
    assert "None was found." in editor.save(ArticleFactory(), "_tidy").text


def test_a_chinese_text_in_an_article_that_says_english_is_told(editor):
    said = (
        "The text reads like “zh-Hans”, and the language of the article is “en”."
        " With the right language, half-width punctuation is looked for as well."
    )
    body = "这是第一句,那是第二句."

    wrong = editor.save(ArticleFactory(), "_tidy", body=body, language="en")
    right = editor.save(ArticleFactory(), "_tidy", body=body, language="zh-Hans")
    seen = [
        editor.client.post(RENDERED, {"body": body, "language": language}).json()["amiss"]
        for language in ("en", "zh-Hans", "")
    ]

    assert said in wrong.text
    assert not right.context["other_language"]
    assert [slip.comes for slip in right.context["tidyings"][0].slips] == ["，", "。"]
    assert seen == [[said], [], []]


def test_slips_are_shown_escaped(editor):
    page = editor.save(ArticleFactory(body="<b> , <i>x  y"), "_tidy")

    assert "<i>x" not in page.text


# Rights --------------------------------------------------------------------------------------


def test_only_writers_may_use_the_tools(reader, author):
    for desk, status in ((reader, 403), (author, 200)):
        assert desk.client.post(RENDERED, {"body": "x"}).status_code == status
        assert pasted(desk, "<p>x</p>").status_code == status
    assert reader.get(FIND, q="x").status_code == 200


def test_tools_answer_to_no_look(editor):
    assert editor.get(RENDERED).status_code == 405
    assert editor.get(PASTED).status_code == 405


def test_visitors_are_sent_to_the_door(client):
    for address in (RENDERED, PASTED, FIND):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize("button", ["_look", "_tidy", "_publish"])
def test_a_wrong_date_is_told_beside_what_was_asked_for(editor, button):
    page = editor.save(ArticleFactory(), button, published_on="nonsense")

    assert "Enter a valid date." in str(page.context["errors"])
    assert not [text for text in messages_of(page) if "published" in text]
