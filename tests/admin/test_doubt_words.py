from corpusapp.admin.doubt_words import CODES, rank, words_for
from corpusapp.extraction.doubts import SENTENCES, Code


def test_every_doubt_of_extraction_has_its_words():
    assert set(map(str, Code)) <= set(CODES)
    for code in Code:
        assert str(words_for(code).sentence).replace("’", "'") == SENTENCES[code]


def test_doubt_of_a_newer_extraction_is_legible_and_stands_last():
    assert str(words_for("moon_phase-odd").badge) == "moon phase odd"
    assert rank("moon_phase") > rank(CODES[-1])
