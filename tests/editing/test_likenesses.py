"""Who a new name may be; proposals only."""

import pytest

from corpusapp.editing.likenesses import Likeness, Proposal, likeness_of, proposals, proposals_each
from corpusapp.models import Author
from corpusapp.text.pinyin import spells
from tests.factories import AuthorFactory, AuthorNameFactory


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("Du Qiwen", "Qiwen Du", Likeness.ORDER),
        ("José Núñez", "Jose Nunez", Likeness.ORDER),
        ("J. Smith", "John Smith", Likeness.INITIALS),
        ("J. R. Smith", "John Smith", Likeness.INITIALS),
        ("杜起文", "Du Qiwen", Likeness.SCRIPT),
        ("杜起文", "Qi-wen DU", Likeness.SCRIPT),
        ("吕布", "Lü Bu", Likeness.SCRIPT),
        ("吕布", "Lyu Bu", Likeness.SCRIPT),
        ("Jane Smith", "John Smith", None),
        ("J. Smith", "John Smythe", None),
        ("王毅", "Wang Li", None),
        ("王毅", "王立", None),
        ("Xinhua News Agency", "Xinhua Agency", None),
        ("Madonna", "M.", None),
    ],
)
def test_names_are_alike_by_order_initials_and_script(one, other, likeness):
    assert likeness_of(one, other) == likeness
    assert likeness_of(other, one) == likeness


@pytest.mark.parametrize(
    ("latin", "han", "does"),
    [
        ("Zeng", "曾", True),
        ("Ceng", "曾", True),
        ("Zen", "曾", False),
        ("", "曾", False),
        ("Du", "", False),
    ],
)
def test_letters_spell_all_of_a_name_or_none(latin, han, does):
    assert spells(latin, han) == does


@pytest.mark.django_db
class TestProposals:
    def named(self, name, family, given, sort_name, **columns):
        return AuthorFactory(
            name=name, family_name=family, given_name=given, sort_name=sort_name, **columns
        )

    def test_both_scripts_find_each_other(self):
        han = self.named("杜起文", "杜", "起文", "杜 起文")
        latin = self.named("Du Qiwen", "Du", "Qiwen", "du qiwen")
        self.named("王毅", "王", "毅", "王 毅")

        assert [(one.author, one.likeness) for one in proposals(latin)] == [(han, Likeness.SCRIPT)]
        assert [(one.author, one.likeness) for one in proposals(han)] == [(latin, Likeness.SCRIPT)]

    @pytest.mark.parametrize(
        ("new", "alias", "likeness"),
        [
            (("Chris Du", "Du", "Chris"), "Du Chris", Likeness.ORDER),
            (("C. Du", "Du", "C."), "Chris Du", Likeness.INITIALS),
            (("Qiwen Du", "Du", "Qiwen"), "杜起文", Likeness.SCRIPT),
            (("杜起文", "杜", "起文"), "Qiwen Du", Likeness.SCRIPT),
            (("Grey Owl", "Owl", "Grey"), "GREY OWL", Likeness.ORDER),
        ],
    )
    def test_any_name_of_the_other_is_looked_at(self, new, alias, likeness):
        other = self.named("Archibald Belaney", "Belaney", "Archibald", "belaney archibald")
        AuthorNameFactory(author=other, text=alias, language="", is_main=False)
        self.named("Somebody Else", "Else", "Somebody", "else somebody")
        one = self.named(*new, " ".join(new[1:]).casefold(), names=None)

        assert proposals(one) == [Proposal(other, likeness, alias)]

    def test_own_aliases_find_others(self):
        one = self.named("Grey Owl", "Owl", "Grey", "owl grey")
        AuthorNameFactory(author=one, text="A. Belaney", language="", is_main=False)
        other = self.named("Archibald Belaney", "Belaney", "Archibald", "belaney archibald")

        assert proposals(one) == [Proposal(other, Likeness.INITIALS)]

    def test_single_names_are_alike_if_they_are_the_same(self):
        one = self.named("Madonna", "", "", "madonna")
        other = self.named("MADONNA", "", "", "madonna", slug="madonna-2", names=None)
        AuthorNameFactory(author=other, text="MADONNA", key=None)

        assert proposals(one) == [Proposal(other, Likeness.ORDER)]

    def test_merged_ones_are_not_proposed(self):
        john = self.named("John Smith", "Smith", "John", "smith john")
        self.named("J. Smith", "Smith", "J.", "smith j.", merged_into=john)

        assert proposals(john) == []

    @pytest.mark.parametrize("others", [1, 30])
    def test_looking_costs_the_same_however_many(self, others, django_assert_num_queries):
        author = self.named("J. Smith", "Smith", "J.", "smith j.")
        for number in range(others):
            self.named(f"John {number} Smith", "Smith", f"John {number}", f"smith john {number}")

        with django_assert_num_queries(3):  # own names, others, their names
            assert len(proposals(author)) == min(others, 5)

    def test_each_of_several_has_the_same_as_alone(self, django_assert_num_queries):
        john = self.named("John Smith", "Smith", "John", "smith john")
        short = self.named("J. Smith", "Smith", "J.", "smith j.")
        nobody = self.named("Ada Quill", "Quill", "Ada", "quill ada")
        authors = list(Author.objects.order_by("pk").prefetch_related("names"))

        with django_assert_num_queries(3):
            found = proposals_each(authors)

        assert found == {one.pk: proposals(one) for one in (john, short, nobody)}
        assert proposals_each([]) == {}
