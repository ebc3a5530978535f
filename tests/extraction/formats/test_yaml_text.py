import pytest

from corpusapp.extraction.errors import UnreadableError
from corpusapp.extraction.formats.yaml_text import LARGEST, read_yaml


def test_values_stay_the_words_they_are_written_as():
    text = "date: 2015-02-31\ndraft: yes\nviews: 0x10\ntags: [a, b]\npeople:\n  - name: Ann\n"

    assert read_yaml(text, "It") == {
        "date": "2015-02-31",
        "draft": "yes",
        "views": "0x10",
        "tags": ["a", "b"],
        "people": [{"name": "Ann"}],
    }


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n"])
def test_nothing_is_an_empty_mapping(text):
    assert read_yaml(text, "It") == {}


def test_tags_make_no_objects():
    assert read_yaml("a: !!python/object/apply:os.system ['true']\n", "It") == {"a": ["true"]}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: 1\nb: [1\n\n", "It cannot be read in line 4"),
        ("a: &x [1]\nb: *x\n", "uses an alias (*) in line 2"),
        ("- a\n- b\n", "names no fields"),
        ("plain words", "names no fields"),
        ("a: " + "[" * 500, "nested too deeply"),
        ("a:\n" + "- x\n" * 12_000, "nested too deeply or too long"),
        ("a: " + "x" * LARGEST, "larger than 64 kB"),
        ("a: \x01", "cannot be read"),
    ],
)
def test_what_is_broken_or_hostile_is_refused_with_its_line(text, reason):
    with pytest.raises(UnreadableError) as refusal:
        read_yaml(text, "It")

    assert reason in str(refusal.value)


def test_aliases_that_would_grow_to_thousands_of_millions_are_refused_at_once():
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]

    with pytest.raises(UnreadableError, match="alias"):
        read_yaml("\n".join(lines), "It")


def test_nothing_is_no_word_unless_it_is_quoted():
    text = (
        "title: ~\nauthor: null\ntags: [~, NULL, a]\nsection:\nsource: 'null'\ncaption: Nullify ~\n"
    )

    assert read_yaml(text, "It") == {
        "title": "",
        "author": "",
        "tags": ["", "", "a"],
        "section": "",
        "source": "null",
        "caption": "Nullify ~",
    }
    assert read_yaml('title: "null"\n', "It") == {"title": "null"}
