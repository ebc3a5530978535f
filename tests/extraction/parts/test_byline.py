import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.extraction.article import Role
from corpusapp.extraction.parts.byline import is_name, led_names, names_in
from corpusapp.extraction.pipeline import extract

TEXT = (
    "The assembly met on Monday to discuss the plan for the harbour, and most members spoke in favour of it. "
    "They expect a vote before the summer, after the committee has read the report once more.\n\n"
    "A second reading will follow in the autumn, when the costs are known. Nobody expects the plan to fail then."
)


def signed(header: str, footer: str = "") -> list[tuple[str, str, Role]]:
    article = extract(f"{header}\n\n{TEXT}\n\n{footer}".encode())
    return [(byline.name, byline.post, byline.role) for byline in article.bylines]


TITLE = "A Plan for the Harbour Divides the Assembly"
ANN = ("Ann Lee", "", Role.AUTHOR)


@pytest.mark.parametrize(
    "header",
    [
        f"{TITLE}\n\nBy Ann Lee",
        f"{TITLE}\n\nBY ANN LEE".replace("ANN LEE", "Ann Lee"),
        f"{TITLE}\n\nWritten by: Ann Lee",
        f"{TITLE}\n\nAuthor: Ann Lee",
        f"{TITLE}\n\nBy\n\nAnn Lee",
        f"{TITLE}\n\nMay 5, 2020 by Ann Lee",
        f"{TITLE}\n\nBy Ann Lee | May 5, 2020",
        f"{TITLE}\n\nMay 5, 2020\n  • Ann Lee",
        f"{TITLE}\n\nAnn Lee\nMay 5, 2020",
        f"{TITLE}\n\nAnn Lee Ann Lee\nMay 5, 2020",
        f"{TITLE}\n\nA picture of Ann Lee\nAnn Lee\nMay 5, 2020",
    ],
)
def test_a_byline_is_found_however_it_is_printed(header):
    assert signed(header) == [ANN]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Lee and Bo Karlsson", ["Ann Lee", "Bo Karlsson"]),
        ("By Ann Lee, Bo Karlsson & Cyd Moss", ["Ann Lee", "Bo Karlsson", "Cyd Moss"]),
        ("Von Ann Lee und Bo Karlsson", ["Ann Lee", "Bo Karlsson"]),
        ("作者：杜起文 李明", ["杜起文", "李明"]),
        ("文/杜起文", ["杜起文"]),
        ("記者 陳大文", ["陳大文"]),
        ("By The Harbour Times Staff", ["The Harbour Times Staff"]),
        ("By Dr. Ann Lee, PhD", ["Ann Lee"]),
    ],
)
def test_led_names_are_parted(line, names):
    found, role = led_names(line)

    assert ([name for name, _ in found], role) == (names, Role.AUTHOR)


@pytest.mark.parametrize(
    "line",
    [
        "By land and sea",
        "Text Size",
        "By clicking here you agree",
        "文化",
        "作者简介",
        "Authorities close the harbour",
    ],
)
def test_other_lines_name_nobody(line):
    led = led_names(line)

    assert led is None or led[0] == ()


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Translated by Ann Lee", Role.TRANSLATOR),
        ("Interview: Ann Lee", Role.INTERVIEWER),
        ("责任编辑：李明", Role.EDITOR),
        ("Photo by Ann Lee", None),
    ],
)
def test_other_roles_are_told_from_authors(line, role):
    assert led_names(line)[1] is role


@pytest.mark.parametrize("lead", ["责任编辑", "责编", "責任編輯", "責編"])
def test_who_put_the_page_up_is_no_byline_beside_an_authors_and_no_text(lead):
    text = "港口的渡船今天早上停开了，码头上站满了等船的人。船长说，风浪还要持续两天。" * 3
    desk = f"{lead}：王小红"
    alone = extract(f"港口的渡船停开\n\n{text}\n\n{text[:60]}\n\n{desk}\n".encode())
    beside = extract(f"港口的渡船停开\n\n作者：李明\n\n{text}\n\n{text[:60]}\n\n{desk}\n".encode())

    assert [(byline.name, byline.role) for byline in alone.bylines] == [("王小红", Role.EDITOR)]
    assert [(byline.name, byline.role) for byline in beside.bylines] == [("李明", Role.AUTHOR)]
    assert "王小红" not in beside.body


def test_a_post_is_taken_from_the_same_line_or_the_next():
    post = "Professor of Port Studies"

    assert names_in(f"Ann Lee, {post}") == (("Ann Lee", post),)
    assert signed(f"{TITLE}\n\nBy Ann Lee\n{post}") == [("Ann Lee", post, Role.AUTHOR)]
    assert signed(f"{TITLE}\n\nMay 5, 2020\n  • Ann Lee\n\n    Harbour master") == [
        ("Ann Lee", "Harbour master", Role.AUTHOR)
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Ann Lee",
        "Ludwig van Beethoven",
        "A. J. Neal",
        "Zoltan Núñez",
        "O'Hara Mei",
        "杜起文",
        "大渡 美咲",
        "安格拉·默克尔",
    ],
)
def test_names_look_like_names(name):
    assert is_name(name)


@pytest.mark.parametrize(
    "text",
    [
        "Read More",
        "Foreign Policy of the World",
        "ann lee",
        "Ann",
        "Ann Lee 2",
        "安全",
        "全球治理",
        "The Harbour",
    ],
)
def test_other_words_do_not(text):
    assert not is_name(text)


@pytest.mark.parametrize(
    "header",
    [
        f"Asia Pacific\n\n{TITLE}\n\nMay 5, 2020",
        f"{TITLE}\n\nMay 5, 2020\n\nSecond Reading",
        f"{TITLE}\n\nCommittee Report\n\nMay 5, 2020",
        f"观点\n\n{TITLE}\n\n2020-05-05",
    ],
)
def test_a_page_that_names_nobody_gives_nobody(header):
    assert signed(header) == []


def test_the_bylines_of_other_pieces_under_the_text_do_not_sign():
    footer = (
        "You might also like\n\nSomething else happened\n\nBy Cyd Moss\n\nAnd more\n\nBy Dan Poe"
    )

    assert signed(f"{TITLE}\n\nBy Ann Lee", footer) == [ANN]


def test_a_name_over_its_biography_signs():
    footer = "Ann Lee\n\nAnn Lee is a fellow of the port institute, and writes on harbours and the law of the sea."

    assert signed(TITLE, footer) == [("Ann Lee", "fellow of the port institute", Role.AUTHOR)]


HAN_TITLE = "国际合作的新浪潮：应对共同挑战"
HAN_TEXT = (
    "联合国成立八十周年之际，国际社会再次聚焦合作，各国代表在大会上发言，讨论全球治理的未来方向。"
)


@pytest.mark.parametrize(
    "capture",
    [
        f"{HAN_TITLE}\n\n2019-09-26 12:11 来源：晨报 作者：李明\n\n{HAN_TEXT}",
        f"{HAN_TITLE}\n\n李明/某某日报\n\n2019-09-26\n\n{HAN_TEXT}",
        f"{HAN_TITLE}\n\n2019-09-26\n\n本报讯（记者 李明）{HAN_TEXT}",
        f"{HAN_TITLE}\n\n晨报记者 李明\n\n{HAN_TEXT}",
        f"{HAN_TITLE}\n\n{HAN_TEXT}\n\n{HAN_TEXT[::-1]}\n\n作者：李明",
    ],
)
def test_a_chinese_byline_is_found_inside_its_line(capture):
    assert [byline.name for byline in extract(capture.encode()).bylines] == ["李明"]


def test_reporters_named_in_the_middle_of_a_chinese_text_do_not_sign():
    capture = f"{HAN_TITLE}\n\n{HAN_TEXT}\n\n{HAN_TEXT[10:]}该人士对本报记者李明表示，合作仍在继续，各方都有意愿推动治理。"

    assert extract(capture.encode()).bylines == ()


def test_the_author_s_note_is_told_apart_from_the_text():
    note = (
        "Ann Lee is a fellow of the port institute, and writes on harbours and the law of the sea."
    )
    article = extract(
        f"{TITLE}\n\nBy Ann Lee\n\n{TEXT}\n\n{TEXT.replace('the', 'that')}\n\n{note}".encode()
    )

    assert article.biography == note
    assert "fellow" not in article.body


def test_a_sentence_about_the_author_in_the_middle_stays_in_the_text():
    note = "Ann Lee is a name that two members of the assembly bear, which makes for long evenings at the harbour."
    article = extract(
        f"{TITLE}\n\nBy Ann Lee\n\n{note}\n\n{TEXT}\n\n{TEXT.replace('the', 'that')}".encode()
    )

    assert article.biography == ""
    assert article.body.startswith(note)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("文／歐陽明（研究員）", (("歐陽明", "研究員"),)),
        ("By Ann Lee (Fellow, Harbour Institute)", (("Ann Lee", "Fellow, Harbour Institute"),)),
        (
            "By Bo Karlsson and Ann Lee (Professor of Law)",
            (("Bo Karlsson", ""), ("Ann Lee", "Professor of Law")),
        ),
        ("By Ann Lee (Reuters)", (("Ann Lee", ""),)),
        ("文／歐陽明（攝於港口）", (("歐陽明", ""),)),
    ],
)
def test_a_post_in_brackets_is_told_from_other_words_there(line, names):
    assert led_names(line) == (names, Role.AUTHOR)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann LeeUpdated: Dec 19, 2025", (("Ann Lee", ""),)),
        ("Von Ann LeeKorrespondent", (("Ann Lee", "Korrespondent"),)),
        ("ByAnn Lee", (("Ann Lee", ""),)),
        ("By Ann Lee Follow", (("Ann Lee", ""),)),
        ("By Ann Lee and Bo Karlsson The Harbour Press", (("Ann Lee", ""), ("Bo Karlsson", ""))),
        (
            "Guide by Ann Lee Former Deputy Harbour Editor",
            (("Ann Lee", "Former Deputy Harbour Editor"),),
        ),
        ("By Ann Lee | Updated by Bo Karlsson", (("Ann Lee", ""),)),
        ("Text: Ann Lee, Photo: Bo Karlsson", (("Ann Lee", ""),)),
        ("By Ann Lee, Co-Founder & COO", (("Ann Lee", "Co-Founder & COO"),)),
        ("Posted by harbourmaster", (("harbourmaster", ""),)),
        ("执笔/叨叨姐、李明&胡一刀", (("叨叨姐", ""), ("李明", ""), ("胡一刀", ""))),
        ("作者: 赵 培：港口学院，北京", (("赵培", "港口学院 北京"),)),
    ],
)
def test_what_is_glued_to_a_name_or_stands_behind_it_is_parted(line, names):
    assert led_names(line) == (names, Role.AUTHOR)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ann Lee Senior Contributor", (("Ann Lee", "Senior Contributor"),)),
        ("Bruce Y. Lee Senior Contributor", (("Bruce Y. Lee", "Senior Contributor"),)),
        ("Ann Lee (Content Manager)", (("Ann Lee", "Content Manager"),)),
        ("Reuters, Ann Lee", (("Ann Lee", ""),)),
        ("Ann Lee Ann Lee", (("Ann Lee", ""),)),
        ("Ann Lee 7 hours", (("Ann Lee", ""),)),
        ("Ann West", (("Ann West", ""),)),
        ("Harbour’s Funeral", ()),
        ("Ann Lee says that she will not come", ()),
        ("Harbour Therapy Submissions", ()),
    ],
)
def test_a_name_without_a_lead_is_told_from_a_heading(line, names):
    assert names_in(line) == names


def test_a_line_of_the_page_tells_where_a_name_ends():
    line = "Ann Lee Landespolitische Korrespondentin"

    assert names_in(line, known={"ann lee"}) == (("Ann Lee", "Landespolitische Korrespondentin"),)


@given(st.text(max_size=300), st.booleans())
def test_any_line_is_parted_into_names_that_stand_in_it(line, led):
    for name, post in names_in(line, led=led):
        assert name.strip() == name
        assert name
        assert not post or post.strip()


@given(
    st.lists(
        st.sampled_from(
            [
                "By",
                "Ann",
                "Lee",
                "and",
                ",",
                "|",
                "(",
                ")",
                "Editor",
                "作者",
                "李明",
                "、",
                "：",
                "5",
                "BY",
            ]
        ),
        max_size=40,
    ).map(" ".join)
)
def test_words_of_bylines_in_any_order_give_no_empty_name(line):
    names, _ = led_names(line) or ((), None)

    assert all(name for name, _ in names)


@pytest.mark.parametrize(
    "header",
    [
        f"{TITLE}\n\nAnn Lee\nSenior Staff Writer\nMay 5, 2020",
        f"{TITLE}\n\nAnn Lee\nAnn Lee\nSenior Staff Writer\nMay 5, 2020",
        f"{TITLE}\n\nBy Ann Lee, Senior Staff Writer\nMay 5, 2020",
        f"{TITLE}\n\nBy Ann Lee | Senior Staff Writer",
    ],
)
def test_a_post_is_found_beside_and_under_the_name(header):
    assert signed(header) == [("Ann Lee", "Senior Staff Writer", Role.AUTHOR)]


def test_a_post_may_stand_in_the_box_after_the_text():
    footer = "Ann Lee\n\nStaff Writer,  Harbour Week\n\nAnn Lee covers the port and what it costs."

    assert signed(f"{TITLE}\n\nBy Ann Lee\nMay 5, 2020", footer) == [
        ("Ann Lee", "Staff Writer,  Harbour Week", Role.AUTHOR)
    ]


@pytest.mark.parametrize(
    "below", ["More Editors", "Share", "By Bo Karlsson", "5 editors met today"]
)
def test_other_lines_under_a_name_are_no_posts(below):
    assert [
        post for name, post, _ in signed(f"{TITLE}\n\nBy Ann Lee\n{below}") if name == "Ann Lee"
    ] == [""]


def test_a_chinese_note_that_names_nobody_gives_the_post():
    capture = (
        f"{HAN_TITLE}\n\n作者：李明\n\n{HAN_TEXT}\n\n{HAN_TEXT[::-1]}\n\n（作者系港口大学教授）"
    )
    article = extract(capture.encode())

    assert [(byline.name, byline.post) for byline in article.bylines] == [("李明", "港口大学教授")]


def test_names_of_one_list_sign_together():
    assert [
        name
        for name, _, _ in signed(f"{TITLE}\n\nBy Ann Lee, Zyx Quorl and Bo Karlsson\nMay 5, 2020")
    ] == [
        "Ann Lee",
        "Zyx Quorl",
        "Bo Karlsson",
    ]


def test_people_whom_the_text_is_about_do_not_sign():
    text = "Ann Lee told the assembly that the plan is good. The assembly heard Ann Lee for an hour, and then it voted."
    article = extract(f"{TITLE}\n\nMay 5, 2020\n\n{text}\n\n{TEXT}".encode())

    assert article.bylines == ()
