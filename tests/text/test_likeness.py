from corpusapp.text.likeness import shared_part, shingle_set

TEXT = "one two three four five six seven eight nine ten eleven twelve"


def test_a_text_inside_another_is_shared_whole():
    assert shared_part(shingle_set(TEXT), shingle_set(f"Menu Home {TEXT} Back to Top")) == 1.0


def test_other_words_share_nothing():
    assert shared_part(shingle_set(TEXT), shingle_set("alpha beta gamma delta epsilon zeta")) == 0.0


def test_an_empty_text_shares_nothing():
    assert shared_part(shingle_set(""), shingle_set(TEXT)) == 0.0


def test_chinese_is_compared_by_characters_whatever_its_punctuation():
    assert (
        shared_part(
            shingle_set("联合国成立八十周年之际"), shingle_set("在联合国，成立八十周年之际。")
        )
        == 1.0
    )


def test_shingles_are_the_same_in_every_process():
    assert shingle_set("one two") == frozenset({SHORT})


SHORT = 280848862628083246
