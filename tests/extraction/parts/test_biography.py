"""The note about an author, and what is none."""

import pytest

from corpusapp.extraction.lines import read_page
from corpusapp.extraction.parts.biography import biography_lines

TEXT = [
    "The assembly met on Monday to discuss the plan for the harbour, and most members spoke in favour.",
    "They expect a vote before the summer, after the committee has read the report once more, they said.",
    "A second reading will follow in the autumn, when the costs are known and the members have returned.",
    "Nobody expects the plan to fail then, since even its critics have begun to count on the new piers.",
]


def notes(
    lines: list[str], below: tuple[str, ...] = (), names: tuple[str, ...] = ("Ann Lee", "李明")
) -> list[str]:
    page = read_page("\n\n".join([*lines, *below]))
    found = biography_lines(page.lines[: len(lines)], names, page.lines[len(lines) :])
    return [line.text for line in found]


@pytest.mark.parametrize(
    "note",
    [
        "Ann Lee is a fellow of the port institute, and writes on harbours and the law of the sea.",
        "Dr. Ann Lee teaches the law of the sea at the port institute, and writes on harbours.",
        "About the author: Ann Lee works for the port institute, and writes on harbours and on the sea.",
        "The author is a fellow of the port institute, and writes on harbours and the law of the sea.",
        "（作者系港口大学国际关系学院教授，长期研究海洋法与港口治理问题，著有多部相关著作与论文。）",
        "李明，港口大学国际关系学院教授，长期研究海洋法与港口治理问题，著有多部相关著作与论文。",
    ],
)
def test_a_note_after_the_text_tells_who_the_author_is(note):
    assert notes([*TEXT, note]) == [note]
    assert notes(TEXT, (note,)) == [note]


@pytest.mark.parametrize(
    "line",
    [
        "Bo Karlsson is a fellow of the port institute, and writes on harbours and the law of the sea.",
        "Nobody asked Ann Lee, who is a fellow of the port institute, what the harbour is to cost.",
        "Ann Lee and the others left before the vote, which did not surprise anybody in the harbour then.",
    ],
)
def test_other_last_paragraphs_are_text(line):
    assert notes([*TEXT, line]) == []


def test_a_note_right_under_the_byline_needs_a_post():
    note = "Ann Lee has been a researcher of the port institute for five years, and tests its new cranes."
    story = (
        "Ann Lee is a name that two people here bear, which makes for long evenings at the harbour."
    )

    assert notes([note, *TEXT]) == [note]
    assert notes([story, *TEXT]) == []


def test_a_page_without_names_has_no_note():
    assert (
        notes(
            [
                *TEXT,
                "The author is a fellow of the port institute, and writes on the law of the sea.",
            ],
            names=(),
        )
        == []
    )
