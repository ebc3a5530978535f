import pytest

from corpusapp.extraction.article import Part
from corpusapp.extraction.lines import read_page
from corpusapp.extraction.parts.chrome import judge_chrome, keywords
from corpusapp.extraction.parts.counting import views


def judge(text: str) -> Part | None:
    mark = judge_chrome(read_page(text).lines[0])
    return mark.part if mark else None


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Skip to main content", Part.FURNITURE),
        ("返回顶部", Part.FURNITURE),
        ("Subscribe to our newsletter", Part.FURNITURE),
        ("image", Part.FURNITURE),
        ("5 min read", Part.FURNITURE),
        ("阅读时间：约5分钟", Part.FURNITURE),
        ("Home > News > Asia", Part.FURNITURE),
        ("330", Part.FURNITURE),
        ("* * *", Part.FURNITURE),
        ("  • views:1201", Part.VIEWS),
        ("阅读 (1660)", Part.VIEWS),
        ("Language : English 简体 繁體", Part.LANGUAGES),
        ("Deutsch | Français | Italiano", Part.LANGUAGES),
        ("You might also like", Part.CROSS_LINKS),
        ("相关新闻", Part.CROSS_LINKS),
        ("Photo: A. Person / Agency", Part.CAPTION),
        ("Tags: trade, climate", Part.TAGS),
        ("来源：晨报", Part.SOURCE),
    ],
)
def test_furniture_is_known_by_its_words(text, part):
    assert judge(text) is part


@pytest.mark.parametrize(
    "text",
    [
        "The Share of Trade in World Output",
        "Home rule for the islands is debated again",
        "English is spoken in the assembly",
        "Five minutes that changed the council",
        "He said: the views of 12 members differ.",
        "«Nobody reads this» — an interview",
        "2015 was a year of change",
        "联合国成立八十周年",
    ],
)
def test_words_of_an_article_are_left_alone(text):
    assert judge(text) is None


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("views:1201", 1201), ("Views: 1,201", 1201), ("1.2k views", 1200), ("浏览次数：88", 88), ("3万阅读", 30000),
        ("views: " + "9" * 30, None),
    ],
)  # fmt: skip
def test_a_counter_gives_its_number_if_it_can_be_believed(text, count):
    assert views(text) == count


def test_keywords_are_parted_and_kept_once():
    assert keywords("标签：外交，贸易、外交") == ("外交", "贸易")
    assert keywords("#trade #climate") == ("trade", "climate")
