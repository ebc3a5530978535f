"""What a line says once an editor has said what it is."""

import pytest

from corpusapp.extraction.given_lines import date_in, is_only_a_date, is_too_long_for_a_name


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("21 May 2015", "2015-05-21"),
        ("First printed on 26 Sep 2019 at 4:12pm, and changed since.", "2019-09-26T16:12"),
        ("The ice was thick that year. By Ada Quill on Dec. 19, 2025", "2025-12-19"),
        ("The harbour froze on 3 January 2015 and was open on 4 March 2015.", None),
        ("The harbour froze on 03/01/2015, they say.", None),
        ("The harbour froze in winter.", None),
    ],
)
def test_a_date_is_found_in_the_midst_of_a_line_if_no_other_stands_there(line, date):
    found = date_in(line, "en", line)

    assert (found.iso if found else None) == date


@pytest.mark.parametrize(
    ("line", "is_date"),
    [
        ("21 May 2015", True),
        ("Thursday, May 21, 2015", True),
        ("2015年5月21日 星期四", True),
        ("May 2015", True),
        ("1989", False),
        ("Ada Quill, 21 May 2015", False),
        ("April May", False),
    ],
)
def test_a_line_is_a_date_where_it_says_nothing_else(line, is_date):
    assert is_only_a_date(line) == is_date


@pytest.mark.parametrize(
    ("name", "is_too_long"),
    [
        (
            "Permanent Mission of the People’s Republic of China to the United Nations Office at Geneva",
            False,
        ),
        ("The harbour froze in the winter of that year, and nobody " * 2, True),
        ("中华人民共和国常驻联合国日内瓦办事处和瑞士其他国际组织代表团", False),
        ("那一年冬天港口结了冰，" * 5, True),
    ],
)
def test_a_paragraph_is_too_long_for_a_name(name, is_too_long):
    assert is_too_long_for_a_name(name) == is_too_long
