"""How a work is cited: names in their order, dates as precise as printed, in four styles and three formats."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.text.references import STYLES, Work, bibtex, csl, person, ris, sentence

ADA, DU, HAN = person("Ada Jean-Marie Quill"), person("Du Qiwen"), person("杜起文")
BOARD = person("The Editorial Board")
WORK = Work(
    key="b2c4d6f8",
    title="On Ferries & 100% Ice",
    language="en",
    site="Corpus",
    address="https://corpus.example/en/articles/b2c4d6f8/on-ferries/",
    authors=(ADA,),
    year=2025,
    month=9,
    day=28,
    accessed=date(2026, 11, 30),
)
URL = WORK.address
BARE = URL.removeprefix("https://")


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("APA", f"Quill, A. J.-M. (2025, September 28). On Ferries & 100% Ice. Corpus. {URL}"),
        ("MLA", f"Quill, Ada Jean-Marie. “On Ferries & 100% Ice.” Corpus, 28 Sept. 2025, {BARE}."),
        (
            "Chicago",
            f"Quill, Ada Jean-Marie. “On Ferries & 100% Ice.” Corpus, September 28, 2025. {URL}.",
        ),
        (
            "GB/T 7714",
            f"Quill A J M. On Ferries & 100% Ice[EB/OL]. Corpus (2025-09-28)[2026-11-30]. {URL}.",
        ),
    ],
)
def test_each_style_has_its_own_sentence(style, expected):
    assert sentence(WORK, style) == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("APA", f"Quill, A. J.-M. (2025). On Ice. The Journal. Corpus. {URL}"),
        ("MLA", f"Quill, Ada Jean-Marie. “On Ice.” The Journal, 2025. Corpus, {BARE}."),
        ("Chicago", f"Quill, Ada Jean-Marie. “On Ice.” The Journal, 2025. Corpus. {URL}."),
        ("GB/T 7714", f"Quill A J M. On Ice[N/OL]. The Journal, 2025[2026-11-30]. {URL}."),
    ],
)
def test_first_publication_and_a_mere_year_are_said_as_they_are(style, expected):
    work = replace(WORK, title="On Ice", publication="The Journal", month=0, day=0)

    assert sentence(work, style) == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("APA", f"Is It Ice? (n.d.). Corpus. Retrieved November 30, 2026, from {URL}"),
        ("MLA", f"“Is It Ice?” Corpus, {BARE}. Accessed 30 Nov. 2026."),
        ("Chicago", f"“Is It Ice?” Corpus, accessed November 30, 2026. {URL}."),
        ("GB/T 7714", f"Is It Ice?[EB/OL]. Corpus[2026-11-30]. {URL}."),
    ],
)
def test_nothing_is_made_up_where_author_and_date_are_unknown(style, expected):
    work = replace(WORK, title="Is It Ice?", authors=(), year=0, month=0, day=0)

    assert sentence(work, style) == expected


@pytest.mark.parametrize(
    ("style", "people", "expected"),
    [
        ("APA", (ADA, DU), "Quill, A. J.-M., & Du, Q. ("),
        ("MLA", (ADA, DU), "Quill, Ada Jean-Marie, and Du Qiwen. “"),
        ("MLA", (DU, ADA), "Du Qiwen, and Ada Jean-Marie Quill. “"),
        ("MLA", (ADA, DU, BOARD), "Quill, Ada Jean-Marie, et al. “"),
        ("Chicago", (ADA, DU, HAN), "Quill, Ada Jean-Marie, Du Qiwen, and 杜起文. “"),
        ("Chicago", (ADA, *[DU] * 10), f"Quill, Ada Jean-Marie, {'Du Qiwen, ' * 6}et al. “"),
        ("APA", (BOARD,), "The Editorial Board. ("),
        ("APA", (HAN,), "杜起文. ("),
        ("APA", (DU,) * 21, f"{'Du, Q., ' * 19}. . . Du, Q. ("),
        ("GB/T 7714", (HAN, DU, ADA, BOARD), "杜起文, Du Q, Quill A J M, et al. On"),
    ],
)
def test_names_stand_in_the_order_of_the_style(style, people, expected):
    assert sentence(replace(WORK, authors=people), style).startswith(expected)


@pytest.mark.parametrize(
    ("language", "style", "expected"),
    [
        ("zh-Hans", "APA", f"杜起文、Ada Jean-Marie Quill（2025年9月28日）。论和平。文库。{URL}"),
        ("zh-Hans", "MLA", f"杜起文、Ada Jean-Marie Quill。“论和平”。《文库》，2025年9月28日，{URL}。"),
        ("zh-Hant", "MLA", f"杜起文、Ada Jean-Marie Quill。「论和平」。《文库》，2025年9月28日，{URL}。"),
        ("zh-Hans", "Chicago", f"杜起文、Ada Jean-Marie Quill：《论和平》，《文库》，2025年9月28日，{URL}。"),
        ("zh-Hant", "Chicago", f"杜起文、Ada Jean-Marie Quill，〈论和平〉，《文库》，2025年9月28日，{URL}。"),
        (
            "zh-Hans",
            "GB/T 7714",
            f"杜起文, Quill A J M. 论和平[EB/OL]. 文库 (2025-09-28)[2026-11-30]. {URL}.",
        ),
    ],
)  # fmt: skip
def test_chinese_is_cited_with_its_own_marks(language, style, expected):
    work = replace(WORK, title="论和平", site="文库", language=language, authors=(HAN, ADA))

    assert sentence(work, style) == expected


def test_undated_chinese_says_so():
    work = replace(WORK, title="论和平", language="zh-Hant", authors=(HAN,), year=0, month=0, day=0)

    assert sentence(work, "APA") == f"杜起文（無日期）。论和平。Corpus。{URL}"


def test_bibtex_keeps_what_tex_would_eat():
    assert bibtex(replace(WORK, authors=(ADA, HAN, BOARD), publication="The Journal")) == (
        "@article{b2c4d6f8,\n"
        "  author = {Quill, Ada Jean-Marie and 杜, 起文 and {The Editorial Board}},\n"
        "  title = {{On Ferries \\& 100\\% Ice}},\n"
        "  journal = {The Journal},\n"
        "  year = {2025},\n"
        "  month = sep,\n"
        "  day = {28},\n"
        f"  url = {{{URL}}},\n"
        "  urldate = {2026-11-30},\n"
        "  language = {en},\n"
        "  note = {Archived at Corpus}\n"
        "}\n"
    )


def test_ris_leaves_unknown_parts_of_the_date_empty():
    lines = ris(replace(WORK, day=0, keywords=("ice", "sea"), abstract="One\nline.")).split("\r\n")

    assert lines == [
        "TY  - NEWS",
        "AU  - Quill, Ada Jean-Marie",
        "TI  - On Ferries & 100% Ice",
        "T2  - Corpus",
        "PY  - 2025",
        "DA  - 2025/09//",
        "AB  - One line.",
        "KW  - ice",
        "KW  - sea",
        "LA  - en",
        f"UR  - {URL}",
        "Y2  - 2026/11/30/",
        "DB  - Corpus",
        "ID  - b2c4d6f8",
        "ER  - ",
        "",
    ]


def test_csl_has_parts_of_names_and_of_the_date():
    work = replace(WORK, authors=(HAN, BOARD), translators=(ADA,), day=0, accessed=None)

    assert csl(work) == [
        {
            "id": "b2c4d6f8",
            "type": "webpage",
            "title": "On Ferries & 100% Ice",
            "container-title": "Corpus",
            "URL": URL,
            "language": "en",
            "author": [{"family": "杜", "given": "起文"}, {"literal": "The Editorial Board"}],
            "translator": [{"family": "Quill", "given": "Ada Jean-Marie"}],
            "issued": {"date-parts": [[2025, 9]]},
        }
    ]


def test_parts_an_editor_knows_come_before_what_the_name_tells():
    who = person("Vincent van Gogh", "Gogh", "Vincent van")

    assert (who.inverted, person("Gandhi").inverted) == ("Gogh, Vincent van", "Gandhi")


@pytest.mark.parametrize(
    ("family", "given", "tag"),
    [
        ("Quill", "Ada", "Quill, Ada"),
        ("Quill", "Ada Jane", "Quill, Ada Jane"),
        ("van Dyke", "Ada", "van Dyke, Ada"),
        ("van Dyke", "Ada Jane", "Ada Jane van Dyke"),
    ],
)
def test_comma_in_a_tag_is_never_taken_for_one_between_people(family, given, tag):
    assert person("Ada Jane van Dyke", family, given).in_a_tag == tag


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_breaks_a_format(title, name):
    work = replace(WORK, title=title, authors=(person(name),))

    entry = bibtex(work)
    bare = entry
    for escaped in ("\\{", "\\}"):
        bare = bare.replace(escaped, "")
    assert bare.count("{") == bare.count("}")
    assert len(entry.splitlines()) == len(bibtex(WORK).splitlines())
    assert all(line[2:6] == "  - " for line in ris(work).split("\r\n") if line)
    for style in STYLES:
        assert URL.partition("//")[2] in sentence(work, style)


# Retracted works ---------------------------------------------------------------------------------

NOTICE = "Retraction, 5 March 2026: 100% of it was invented."
RETRACTED = replace(
    WORK,
    title="On Ice",
    authors=(),
    retracted=date(2026, 3, 5),
    notices=(NOTICE, "Correction, 2 March 2026: Not 1915 but 1914."),
)


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (
            "APA",
            f"On Ice. (2025, September 28). Corpus. {URL} (Retraction published 2026, March 5)",
        ),
        ("MLA", f"“On Ice.” Corpus, 28 Sept. 2025, {BARE}. Retracted 5 Mar. 2026."),
        (
            "Chicago",
            f"“On Ice.” Corpus, September 28, 2025. {URL}. Retracted March 5, 2026.",
        ),
        (
            "GB/T 7714",
            f"On Ice[Retracted][EB/OL]. Corpus (2025-09-28)[2026-11-30]. {URL}.",
        ),
    ],
)
def test_each_style_says_that_a_work_is_retracted(style, expected):
    assert sentence(RETRACTED, style) == expected


@pytest.mark.parametrize(
    ("language", "style", "expected"),
    [
        ("zh-Hans", "APA", f"论冰（2025年9月28日）。Corpus。{URL}（2026年3月5日撤稿）"),
        ("zh-Hans", "MLA", f"“论冰”。《Corpus》，2025年9月28日，{URL}。2026年3月5日撤稿。"),
        ("zh-Hant", "Chicago", f"〈論冰〉，《Corpus》，2025年9月28日，{URL}。2026年3月5日撤稿。"),
        ("zh-Hans", "GB/T 7714", f"论冰[已撤稿][EB/OL]. Corpus (2025-09-28)[2026-11-30]. {URL}."),
    ],
)
def test_each_style_says_so_in_chinese(language, style, expected):
    title = "論冰" if language == "zh-Hant" else "论冰"

    assert sentence(replace(RETRACTED, title=title, language=language), style) == expected


def test_programs_are_told_of_a_retraction_and_of_corrections():
    told = RETRACTED.notices[1]

    assert f"  note = {{{NOTICE.replace('%', chr(92) + '%')} {told}}},\n" in bibtex(RETRACTED)
    assert "  pubstate = {retracted}" in bibtex(RETRACTED)
    assert f"KW  - Retracted Publication\r\nN1  - {NOTICE}\r\nN1  - {told}\r\n" in ris(RETRACTED)
    (item,) = csl(RETRACTED)
    assert (item["status"], item["note"]) == ("retracted", f"{NOTICE} {told}")


def test_correction_alone_is_a_note_and_no_retraction():
    work = replace(WORK, notices=("Correction, 2 March 2026: Not 1915.",), publication="The Post")

    assert "  note = {Correction, 2 March 2026: Not 1915. Archived at Corpus}" in bibtex(work)
    assert "N1  - Correction, 2 March 2026: Not 1915.\r\n" in ris(work)
    assert csl(work)[0]["note"] == "Correction, 2 March 2026: Not 1915."
    for text in (bibtex(work), ris(work), str(csl(work)), *(sentence(work, s) for s in STYLES)):
        assert "etracted" not in text
