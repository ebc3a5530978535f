from hypothesis import given
from hypothesis import strategies as some

from corpusapp.text.markdown import escape, render
from corpusapp.text.packing import pack, unpack

ANY = some.text(some.characters(exclude_categories=[]), max_size=300)


@given(text=ANY, source=ANY)
def test_what_was_packed_comes_back_with_its_source(text, source):
    assert unpack(pack(text, source), source) == text


@given(text=ANY, source=ANY, other=ANY)
def test_another_source_gives_nothing_rather_than_something_wrong(text, source, other):
    got = unpack(pack(text, source), other)

    assert got == text if (source or " ") == (other or " ") else got is None


def test_nothing_and_half_a_packet_give_nothing():
    assert unpack(b"", "source") is None
    assert unpack(pack("<p>A whole text.</p>", "A whole text.")[:-5], "A whole text.") is None


def test_a_rendered_text_takes_a_fraction_of_its_source():
    source = escape("The harbour is closed in winter, said keeper No. {}. ") * 40
    varied = "\n\n".join(source.format(*range(start, start + 40)) for start in range(8))

    assert len(pack(render(varied), varied)) < len(varied) / 20
