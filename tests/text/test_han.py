"""One text in both Chinese scripts: what changes, and what never does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.text import markdown
from corpusapp.text.han import Converter

HANT = Converter("Hant")
HANS = Converter("Hans")


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("全球治理体系正在发生变革", "全球治理體系正在發生變革"),
        ("干部在干燥的头发上", "幹部在乾燥的頭髮上"),
        ("他说：“改革‘开放’。”", "他說：「改革『開放』。」"),
        ("Plain “English” stays, isn’t it?", "Plain “English” stays, isn’t it?"),
        ("这里的里面", "這裡的裡面"),
    ],
)
def test_scripts_and_quotes_change_in_both_directions(simplified, traditional):
    assert HANT.text(simplified) == traditional
    assert HANS.text(traditional) == simplified


def test_variant_of_hong_kong_is_its_own():
    assert Converter("Hant", "hk").text("这里") == "這裏"


def test_words_stay_those_of_the_author():
    assert HANT.text("软件和网络信息") == "軟件和網絡信息"  # not 軟體, 網路, 資訊


@pytest.mark.parametrize(
    "kept",
    ["https://例子.测试/发展?q=发", "editor@发展.example", "www.发展.example"],
)
def test_addresses_stay(kept):
    assert HANT.text(f"发展 {kept} 发展") == f"發展 {kept} 發展"


def test_apostrophes_of_latin_words_stay():
    assert HANT.text("发展中的 Quill’s 和 ‘它’") == "發展中的 Quill’s 和 『它』"


def test_glossary_comes_before_the_dictionary_and_the_longer_word_first():
    converter = Converter(
        "Hant", words={"后": "后", "后来": "後來", "皇后": "皇后", "老挝": "寮國"}
    )

    assert converter.text("后来皇后去老挝") == "後來皇后去寮國"


def test_only_text_nodes_of_a_body_change():
    html = (
        '<p>发展<a href="/发展/" title="发展" rel="noopener nofollow">发展</a><br>发</p>\n'
        "<pre><code>发展 <em>发</em></code></pre>\n"
        '<p><code>发</code>发<span translate="no">发<em>展</em></span>发</p>\n'
        '<figure><img src="/发.jpg" alt="a > 发"><figcaption>发</figcaption></figure>'
    )

    assert HANT.html(html) == (
        '<p>發展<a href="/发展/" title="发展" rel="noopener nofollow">發展</a><br>發</p>\n'
        "<pre><code>发展 <em>发</em></code></pre>\n"
        '<p><code>发</code>發<span translate="no">发<em>展</em></span>發</p>\n'
        '<figure><img src="/发.jpg" alt="a > 发"><figcaption>發</figcaption></figure>'
    )


def test_marked_span_of_a_body_is_words_for_readers_and_stays_in_the_other_script():
    html = markdown.render("发展 -{发展}- 发展，`-{发}-`")

    assert html == ('<p>发展 <span translate="no">发展</span> 发展，<code>-{发}-</code></p>\n')
    assert HANT.html(html).startswith('<p>發展 <span translate="no">发展</span> 發展')
    assert markdown.plain("发展 -{发展}- 发展") == "发展 发展 发展"


def test_captured_braces_are_no_mark():
    escaped = markdown.escape("-{发展}-")

    assert markdown.render(escaped) == "<p>-{发展}-</p>\n"


def test_markdown_is_converted_as_prose_alone():
    source = "## 发展\n\n[发展](/发展/) `发` -{发}- https://发.example/\n\n```\n发\n```\n"

    assert HANT.markdown(source) == (
        "## 發展\n\n[發展](/发展/) `发` -{发}- https://发.example/\n\n```\n发\n```\n"
    )


def test_maker_names_what_was_used():
    assert {Converter(script, variant).maker for script in ("Hans", "Hant") for variant in ("tw", "hk")} == {
        "1 s2tw", "1 tw2s", "1 s2hk", "1 hk2s",
    }  # fmt: skip


@given(st.text(alphabet="发展头里“”‘’<>&\"'=/ap1 \n-{}`[]()", max_size=80))
def test_tags_of_any_body_stay_as_they_are(source):
    html = markdown.render(source)

    converted = HANT.html(html)

    outside = "".join(c for c in html if c in '<>/=&;"')
    assert "".join(c for c in converted if c in '<>/=&;"') == outside
