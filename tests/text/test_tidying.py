import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.text.markdown import render
from corpusapp.text.tidying import slips, tidied


def tidy(text, language="en"):
    return tidied(text, slips(text, language))


@pytest.mark.parametrize(
    ("language", "text", "mended"),
    [
        ("en", "One , two ; three .", "One, two; three."),
        ("en", "A  word   and more", "A word and more"),
        ("en", "”Peace“ is near", "“Peace” is near"),
        ("en", "He said ”peace” twice", "He said “peace” twice"),
        ("en", "He said “peace“ twice", "He said “peace” twice"),
        ("fr", "Bien , mais :", "Bien, mais :"),
        ("zh-Hans", "和平,发展;合作", "和平，发展；合作"),
        ("zh-Hans", "他说:”和平“。", "他说：“和平”。"),
        ("zh-Hans", "到此为止.", "到此为止。"),
        ("zh-Hant", "聯合國(簡稱聯合國)", "聯合國（簡稱聯合國）"),
        ("zh-Hans", "和平 ，发展", "和平，发展"),
        ("zh-Hans", "真的吗?对!", "真的吗？对！"),
        ("en", "See this ,and that ;too", "See this, and that; too"),
        ("fr", "Bien ,mais", "Bien, mais"),
        ("zh-Hans", "第一句.第二句.", "第一句。第二句。"),
        ("zh-Hans", "价格是3,000元,GDP增长3.5%.", "价格是3,000元，GDP增长3.5%。"),
        ("zh-Hans", "增长3.5%.其后,GDP,即WHO:世界", "增长3.5%。其后，GDP，即WHO：世界"),
        ("zh-Hans", "和平 ,发展", "和平，发展"),
        ("zh-Hans", "**结论**:好", "**结论**：好"),
        ("zh-Hans", "共有二十一.其后AT&T;然后", "共有二十一。其后AT&T；然后"),
        ("zh-Hans", "他用Python.其后ratio.然后", "他用Python。其后ratio。然后"),
    ],
)
def test_slips_are_mended(language, text, mended):
    assert tidy(text, language) == mended


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Well, said she: “Peace.” And so on."),
        ("en", "A line that ends in two spaces  \nbreaks"),
        ("en", "Version .5 and :smile: and a  `b  ,c`".replace("a  ", "a ")),
        ("en", "```\na  ,b\n```"),
        ("en", "[a](https://x.example/a,b  c)"),
        ("en", "https://x.example/a,b"),
        ("en", "- , a list"),
        ("en", "| a  | b |\n|----|---|"),
        ("en", "    indented"),
        ("fr", "Quoi ? Oui !"),
        ("de", "„Frieden“ sagte er"),
        ("zh-Hans", "GDP增长5.5%, 3,000元"),
        ("zh-Hans", "“和平”，发展。"),
        ("zh-Hans", "时间 10:30 开始"),
        ("zh-Hans", "见 (WHO) 报告"),
        ("en", "和平,发展"),
        ("en", "和平 ,发展"),
        ("en", "a ,5 and :smile: and .NET"),
        ("zh-Hans", "1.背景\n2.结论\n一.背景"),
        ("zh-Hans", "J.K.罗琳 见 报告.pdf 在 Apple Inc."),
        ("zh-Hans", "A line in English, and its end."),
        ("zh-Hans", "看![图](/media/a.png)"),
        ("zh-Hans", "比分3:2 在10:30…句...第"),
        ("zh-Hans", "中文&nbsp;二，甲&amp;乙，丙&#160;丁，戊&#xA0;己"),
        *(
            ("zh-Hans", f"{before}{word}.{after}")
            for word in (
                *("Mr", "Mrs", "Dr", "St", "No", "Fig", "Vol", "vs", "e.g", "i.e", "cf", "et al"),
                *("Inc", "Ltd", "Co", "Jr", "Sr", "Ph.D"),
            )
            for before, after in (("见 ", " 王"), ("见", "王"), ("", " 王"))
        ),
        ("zh-Hans", "二十一.背景\n十一. 背景\n## 一百零三.背景\n  - 十.背景\n**十二. 背景**"),
    ],
)
def test_what_is_right_is_left_alone(language, text):
    assert tidy(text, language) == text


def test_an_indented_line_is_prose_as_it_is_for_readers():
    text = "Above\n\n    word , and"

    assert "<p>word , and</p>" in render(text)
    assert tidy(text) == "Above\n\n    word, and"


def test_only_chosen_slips_are_mended():
    text = "One , two  three"
    first, second = slips(text, "en")

    assert tidied(text, [second]) == "One , two three"
    assert first.shown(text) == ("One", " ", "", ", two  three")


def test_slip_is_shown_with_its_line_only():
    text = "Above\nOne , two\nBelow"

    assert slips(text, "en")[0].shown(text) == ("One", " ", "", ", two")


@given(
    st.text(st.sampled_from(list("ab ,.:;!?“”()`\n和平，<>[]|*-")), max_size=60),
    st.sampled_from(["en", "zh-Hans", "fr"]),
)
def test_slips_never_touch_and_lose_no_word(text, language):
    found = slips(text, language)

    assert all(one.end <= other.start for one, other in pairwise(found))
    words = str.maketrans("", "", " \u3000,.:;!?“”()，。：；！？（）")
    assert tidied(text, found).translate(words) == text.translate(words)


@pytest.mark.parametrize(
    "part", ["`", "```\n", "(", "“ ", "和,", "[](", "  a", "<", " ,", "&a", "一", "Mr.王", "\n##"]
)
def test_ten_times_the_text_takes_about_ten_times_as_long(part):
    def seconds(count):
        took = []
        for _ in range(3):
            start = time.process_time()
            slips(part * count, "zh-Hans")
            took.append(time.process_time() - start)
        return min(took)

    seconds(100)
    assert seconds(20_000) < 60 * max(seconds(2_000), 0.003)
