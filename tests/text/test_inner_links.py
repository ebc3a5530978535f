from corpusapp.text.inner_links import linked_ids, rendered_ids, with_addresses, with_marks
from corpusapp.text.markdown import render

ONE, TWO, THREE = "bcdf2345", "bcdf2346", "bcdf2347"


def test_link_is_rendered_to_an_address_without_slug():
    html = render(f'A [word](article:{ONE} "T") and [none](article:short) and [x](article:{ONE}y)')

    assert f'<a href="/articles/{ONE}/" title="T" rel="noopener nofollow">word</a>' in html
    assert html.count("href") == 1


def test_where_a_body_leads_is_read_from_all_ways_to_write_it():
    source = (
        f"[a](article:{ONE}) [b](/en/articles/{TWO}/slug/) [c](https://here.example/articles/{THREE}/)"
        f" [d](https://there.example/articles/bcdf2348/) [e](article:{ONE}) [f](article:aaaaaaaa)"
    )

    assert linked_ids(source, "https://here.example") == [ONE, TWO, THREE]
    assert linked_ids("no link at all (article:bcdf2345)") == []


def test_known_articles_are_led_to_and_others_become_words():
    html = render(f"[*one*](article:{ONE}) [two](article:{TWO})")

    assert rendered_ids(html) == [ONE, TWO]
    assert with_addresses(html, {ONE: "/en/articles/x/slug/"}.get) == (
        '<p><a href="/en/articles/x/slug/"><em>one</em></a> two</p>\n'
    )


def test_text_without_links_is_left_alone():
    assert with_addresses("<p>x</p>", {}.get) == "<p>x</p>"
    assert rendered_ids("<p>x</p>") == []


def test_reason_of_a_mark_is_plain_text():
    html = render("[a *b*](article:bcdf2345) [c](article:bcdf2346)")

    assert with_marks(html, lambda public_id: "<no>" if public_id == "bcdf2345" else "") == (
        '<p><span class="lost-link">a <em>b</em></span> <small class="lost-link-why">[&lt;no&gt;]</small>'
        ' <a href="/articles/bcdf2346/" rel="noopener nofollow">c</a></p>\n'
    )
    assert with_marks("<p>x</p>", str) == "<p>x</p>"
