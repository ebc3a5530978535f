import pytest

from corpusapp.editing.neighbours import BY_ONE_AUTHOR, KEPT, leave, place
from corpusapp.editing.read_next import choose
from corpusapp.models import Related
from tests.factories import ArticleFactory, AuthorFactory, BylineFactory

pytestmark = pytest.mark.django_db


def kept(article):
    """What stands in an article's list, nearest first: the ids, without the closeness."""
    rows = Related.objects.filter(article=article).order_by("-is_chosen", "position", "-closeness")
    return list(rows.values_list("other", flat=True))


def articles(number, **columns):
    return ArticleFactory.create_batch(number, published=True, **columns)


def test_article_gets_its_nearest_and_a_place_in_their_lists():
    here, near, nearer = articles(3)

    place({here.pk: {near.pk: 0.3, nearer.pk: 0.6}})

    assert kept(here) == [nearer.pk, near.pk]
    assert kept(near) == kept(nearer) == [here.pk]
    assert set(Related.objects.values_list("closeness", flat=True)) == {3000, 6000}


def test_list_holds_ten_and_a_nearer_one_takes_the_place_of_the_last():
    here, late, *others = articles(13)
    place({here.pk: {other.pk: 0.5 + number / 100 for number, other in enumerate(others)}})
    assert len(kept(here)) == KEPT

    place({late.pk: {here.pk: 0.9}})

    assert kept(here)[:2] == [late.pk, others[-1].pk]
    assert len(kept(here)) == KEPT


def test_one_that_is_too_far_from_a_full_list_stays_out_of_it():
    here, late, *others = articles(12)
    place({here.pk: {other.pk: 0.5 for other in others}})
    before = kept(here)

    place({late.pk: {here.pk: 0.2}})

    assert kept(here) == before
    assert kept(late) == [here.pk]


def test_changed_text_leaves_the_lists_it_no_longer_belongs_to():
    here, was_near, is_near = articles(3)
    place({here.pk: {was_near.pk: 0.5}})

    place({here.pk: {is_near.pk: 0.4}})

    assert kept(here) == [is_near.pk]
    assert (kept(was_near), kept(is_near)) == ([], [here.pk])


def test_list_keeps_one_that_is_placed_again_without_presenting_itself():
    """Near to fifteen others, and nearer to none: whoever lists it goes on listing it."""
    here, again, *others = articles(18)
    place({here.pk: {again.pk: 0.3}})

    place({again.pk: {here.pk: 0.2} | {other.pk: 0.9 for other in others}})

    assert kept(here) == [again.pk]
    assert Related.objects.get(article=here).closeness == 2000


def test_at_most_two_of_one_author():
    here, *others = articles(5)
    author = AuthorFactory()
    for other in others[:3]:
        BylineFactory(article=other, author=author)

    place({here.pk: {other.pk: 0.9 - number / 10 for number, other in enumerate(others)}})

    assert BY_ONE_AUTHOR == 2
    assert kept(here) == [others[0].pk, others[1].pk, others[3].pk]


def test_what_editors_chose_stays_and_counts_among_the_two_of_one_author():
    here, *others = articles(6)
    author = AuthorFactory()
    for other in others[:4]:
        BylineFactory(article=other, author=author)
    choose(here.pk, [others[0].pk])

    place({here.pk: {other.pk: 0.9 - number / 10 for number, other in enumerate(others)}})
    assert kept(here) == [others[0].pk, others[1].pk, others[4].pk]

    choose(here.pk, [other.pk for other in others[:3]])
    place({here.pk: {other.pk: 0.9 - number / 10 for number, other in enumerate(others)}})
    assert kept(here) == [others[0].pk, others[1].pk, others[2].pk, others[4].pk]


def test_translator_of_many_is_no_author_of_them():
    here, *others = articles(4)
    translator = AuthorFactory()
    for other in others:
        BylineFactory(article=other, author=translator, role="translator")

    place({here.pk: {other.pk: 0.5 for other in others}})

    assert len(kept(here)) == 3


def test_never_the_same_piece_and_another_piece_once_in_the_language_of_the_article():
    (here,) = articles(1, language="zh-Hans")
    (own,) = articles(1, language="zh-Hant", translation_key=here.translation_key)
    (hant,) = articles(1, language="zh-Hant")
    (hans,) = articles(1, language="zh-Hans", translation_key=hant.translation_key)

    place({here.pk: {own.pk: 0.95, hant.pk: 0.8, hans.pk: 0.79}})

    assert kept(here) == [hans.pk]


def test_what_readers_do_not_see_gets_no_place():
    (here,) = articles(1)
    hidden = [
        ArticleFactory(),
        ArticleFactory(scheduled=True),
        ArticleFactory(withdrawn=True),
        ArticleFactory(published=True, binned=True),
    ]

    place({here.pk: {other.pk: 0.9 for other in hidden}})
    place({hidden[0].pk: {here.pk: 0.9}})

    assert not Related.objects.exists()


def test_choice_of_an_editor_stays_first_and_is_not_named_twice():
    here, chosen, near = articles(3)
    Related.objects.create(article=here, other=chosen, is_chosen=True, position=1)

    place({here.pk: {chosen.pk: 0.9, near.pk: 0.8}})
    place({chosen.pk: {near.pk: 0.1}})

    assert kept(here) == [chosen.pk, near.pk]
    assert Related.objects.get(article=here, other=chosen).is_chosen


def test_withdrawn_article_leaves_all_lists_but_the_editors():
    here, gone, other = articles(3)
    place({here.pk: {gone.pk: 0.5, other.pk: 0.4}, gone.pk: {here.pk: 0.5}})
    Related.objects.create(article=other, other=gone, is_chosen=True, position=1)

    shorter = leave([gone.pk])

    assert shorter == {here.pk}
    assert (kept(here), kept(gone)) == ([other.pk], [])
    assert gone.pk in kept(other)


def test_placing_the_same_again_writes_nothing(django_assert_num_queries):
    here, near = articles(2)
    found = {here.pk: {near.pk: 0.5}}
    place(found)
    before = list(Related.objects.order_by("pk").values_list())

    with django_assert_num_queries(7):  # savepoint, rows of both kinds, of others, facts; release
        place(found)

    assert list(Related.objects.order_by("pk").values_list()) == before


@pytest.mark.parametrize("number", [2, 6])
def test_placing_costs_the_same_however_many(number, django_assert_num_queries):
    many = articles(number)
    found = {
        one.pk: {other.pk: 0.5 for other in many if other is not one} for one in many[: number - 1]
    }

    with django_assert_num_queries(8):  # and one to write them
        place(found)
