import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.text.names import PersonName, person_key, split_name


@pytest.mark.parametrize(
    ("name", "family", "given_name", "family_first", "sort_name"),
    [
        ("Du Qiwen", "Du", "Qiwen", True, "du qiwen"),
        ("XI Jinping", "XI", "Jinping", True, "xi jinping"),
        ("杜起文", "杜", "起文", True, "杜 起文"),
        ("欧阳修", "欧阳", "修", True, "欧阳 修"),
        ("山田 太郎", "山田", "太郎", True, "山田 太郎"),
        ("김철수", "김", "철수", True, "김 철수"),
        ("Angela Merkel", "Merkel", "Angela", False, "merkel angela"),
        ("Merkel, Angela", "Merkel", "Angela", False, "merkel angela"),
        ("Wei Zhang", "Zhang", "Wei", False, "zhang wei"),
        ("Ludwig van Beethoven", "van Beethoven", "Ludwig", False, "van beethoven ludwig"),
        ("María García Ruiz", "Ruiz", "María García", False, "ruiz maria garcia"),
        ("Lars Ørsted", "Ørsted", "Lars", False, "orsted lars"),
        ("Martin Luther King Jr.", "King", "Martin Luther Jr.", False, "king martin luther jr."),
        ("安格拉·默克尔", "默克尔", "安格拉", False, "默克尔 安格拉"),
    ],
)
def test_names_of_people_have_two_parts(name, family, given_name, family_first, sort_name):
    assert split_name(name) == PersonName(family, given_name, family_first, sort_name)


@pytest.mark.parametrize(
    ("name", "sort_name"),
    [
        ("The New York Times", "new york times"),
        ("Reuters", "reuters"),
        ("新华社国际部", "新华社国际部"),
        ("", ""),
    ],
)
def test_organisations_and_single_names_stay_whole(name, sort_name):
    assert split_name(name) == PersonName("", "", family_first=False, sort_name=sort_name)


def test_one_person_written_twice_has_one_key():
    assert person_key("XI Jinping") == person_key("Xi  Jinping")
    assert person_key("Xi Jinping") != person_key("Xi Jinpeng")


@given(st.text())
def test_any_text_can_be_split(text):
    split_name(text)
