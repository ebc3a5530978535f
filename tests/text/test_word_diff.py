from hypothesis import given
from hypothesis import strategies as st

from corpusapp.text.word_diff import Part, compare, words

TEXTS = st.text(st.sampled_from(list("ab 中文。,\n")), max_size=60)


def said(before, after, **options):
    return [
        [(part.sign, part.text) for part in paragraph.parts]
        for paragraph in compare(before, after, **options)
    ]


def test_a_word_that_changed_is_marked_alone():
    assert said("The cat sat.", "The dog sat.") == [
        [(" ", "The "), ("-", "cat"), ("+", "dog"), (" ", " sat.")]
    ]


def test_chinese_is_compared_character_by_character():
    assert said("全球治理体系", "全球治里体系") == [
        [(" ", "全球治"), ("-", "理"), ("+", "里"), (" ", "体系")]
    ]


def test_neighbouring_words_are_one_change():
    (paragraph,) = said("It was a very small town by the sea", "It was one large town by the sea")

    assert paragraph[1:3] == [("-", "a very small"), ("+", "one large")]


def test_paragraphs_that_stay_are_left_out_but_for_a_neighbour():
    text = "\n\n".join(f"Paragraph {n}" for n in range(9))

    assert said(text, text.replace("graph 8", "graph eight")) == [
        [],
        [(" ", "Paragraph 7")],
        [(" ", "Paragraph "), ("-", "8"), ("+", "eight")],
    ]
    assert len(said(text, f"{text}!", whole=True)) == 9


def test_a_paragraph_that_has_little_of_the_other_is_another():
    assert said("Something else altogether", "全球治理") == [
        [("-", "Something else altogether")],
        [("+", "全球治理")],
    ]


def test_enormous_paragraphs_go_and_come_whole():
    before, after = "a " * 50_000 + "x", "b " * 50_000 + "x"

    assert len(list(words(before, after))) == 3


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_words(before, after):
    parts = list(words(before, after))

    assert "".join(part.text for part in parts if part.sign != "+") == before
    assert "".join(part.text for part in parts if part.sign != "-") == after


@given(TEXTS)
def test_a_text_compared_with_itself_stays(text):
    assert all(paragraph.stays for paragraph in compare(text, text))


@given(TEXTS, TEXTS)
def test_no_paragraph_is_lost(before, after):
    shown = [part for paragraph in compare(before, after, whole=True) for part in paragraph.parts]

    def kept(without):
        return "".join(part.text for part in shown if part.sign != without)

    assert kept("+").replace("\n", "") == "".join(
        line for line in before.split("\n") if line.strip()
    )
    assert kept("-").replace("\n", "") == "".join(
        line for line in after.split("\n") if line.strip()
    )


def test_parts_know_their_sign():
    assert [*words("a", "a")] == [Part(" ", "a")]
