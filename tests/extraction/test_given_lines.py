"""What a line says once an editor has said what it is."""

import pytest

from corpusapp.extraction.given_lines import date_in


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
