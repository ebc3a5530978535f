import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.extraction.article import Part
from corpusapp.extraction.lines import read_page
from corpusapp.extraction.parts.paragraphs import BodyLine, blocks, markdown
from corpusapp.text.markdown import plain

PROSE = "The ferry between the quays has been declared unsafe four times, and its captain took it out again."


def _body(text: str) -> list[BodyLine]:
    return [BodyLine(line, line.text) for line in read_page(text, unwrap=False).lines]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{PROSE}\n\nThe engine\n\n{PROSE}", f"{PROSE}\n\n## The engine\n\n{PROSE}"),
        (f"1. The engine\n\n{PROSE}", f"## 1\\. The engine\n\n{PROSE}"),
        (f"1.2 The engine\n\n{PROSE}", f"### 1.2 The engine\n\n{PROSE}"),
        (f"The engine.\n\n{PROSE}", f"The engine.\n\n{PROSE}"),
        (
            "  • ropes\n    • long\n    • short\n  • anchors",
            "- ropes\n  - long\n  - short\n- anchors",
        ),
        ("1. ropes\n2. anchors\n3. paint", "1. ropes\n2. anchors\n3. paint"),
        ("1. ropes\n4. anchors", "1\\. ropes\n\n4\\. anchors"),
        (
            f"{PROSE}\n\n“It has never sunk.”\n\n— Orla Fenwick\n\n{PROSE}",
            f"{PROSE}\n\n> “It has never sunk.”\n>\n> — Orla Fenwick\n\n{PROSE}",
        ),
        (f"“It has never sunk.”\n\n{PROSE}", f"“It has never sunk.”\n\n{PROSE}"),
        (
            "When the boat came\nthe fog was still there\nand the man coughed",
            "When the boat came\\\nthe fog was still there\\\nand the man coughed",
        ),
        ("When the boat came\nthe fog was there", "When the boat came\n\nthe fog was there"),
        (
            "Month   Trips   Fog\nApril   21   3\nMay   9   14",
            "| Month | Trips | Fog |\n| --- | --- | --- |\n| April | 21 | 3 |\n| May | 9 | 14 |",
        ),
        (
            "def sail(boat):\n    boat.engine = start(boat)\n    return boat.speed()",
            "```\ndef sail(boat):\n    boat.engine = start(boat)\n    return boat.speed()\n```",
        ),
    ],
)
def test_lines_become_the_blocks_that_their_neighbours_tell(text, expected):
    assert markdown(_body(text)) == expected


def test_subheadings_and_quotations_are_named():
    body = _body(f"The engine\n\n{PROSE}\n\n“It has never sunk.”\n\n— Orla Fenwick")

    assert [(block.first, block.last, block.part) for block in blocks(body)] == [
        (0, 0, Part.SUBHEADING),
        (1, 1, Part.BODY),
        (2, 3, Part.QUOTATION),
    ]


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=60), max_size=12
    )
)
def test_no_word_is_lost_added_or_moved(lines):
    body = _body("\n".join(lines))

    assert _letters(plain(markdown(body))) == _letters("".join(item.text for item in body))


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalpha())
