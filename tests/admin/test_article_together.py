"""Two people at one article: nothing of either is lost."""

import pytest

from corpusapp.editing.publish import put_in_bin, take_from_bin, withdraw
from corpusapp.editing.read_next import chosen
from corpusapp.editing.trail import acting
from corpusapp.importing.joining import merge
from corpusapp.models import Article, Glossary
from tests.admin.conftest import messages_of
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    BylineFactory,
    PossibleDuplicateFactory,
    SectionFactory,
    SourceFactory,
)


@pytest.fixture
def two(desk):
    return desk("editor"), desk("editor")


def state(article):
    article.refresh_from_db()
    return article


def test_different_fields_go_together_by_themselves(two):
    first, second = two
    article = ArticleFactory(title="Old", body="Old text")
    opened = second.page(article)
    first.save(article, title="New title")

    response = second.post(opened, "article", body="An hour of work")

    assert (state(article).title, article.body) == ("New title", "An hour of work")
    assert "Theirs is kept, beside yours: title." in " ".join(messages_of(response))


FIELDS = {
    "title": ("Theirs", "Mine"),
    "standfirst": ("Their standfirst", "My standfirst"),
    "captured_views": ("7", "8"),
    "language": ("de", "fr"),
    "source_address": ("https://theirs.example/", "https://mine.example/"),
    "caption": ("Their caption", "My caption"),
    "withdrawal_note": ("Their note", "My note"),
}


@pytest.mark.parametrize("name", FIELDS)
def test_same_field_is_refused_with_both_texts_and_a_choice(two, name):
    first, second = two
    theirs, mine = FIELDS[name]
    article = ArticleFactory(title="Old")
    opened = second.page(article)
    first.save(article, **{name: theirs})
    before = Article.objects.values().get()

    response = second.post(opened, "article", **{name: mine})

    assert Article.objects.values().get() == before
    clash = response.context["clashes"][0]
    assert (clash.theirs, clash.mine) == (theirs, mine)
    assert f"{first.user.username} saved this article" in response.text

    second.post(response, "article", **{f"merge-{clash.unit}": "mine"})

    assert str(getattr(state(article), name)) == mine


@pytest.mark.parametrize("name", FIELDS)
def test_theirs_can_be_taken_and_the_rest_of_mine_is_saved(two, name):
    first, second = two
    theirs, mine = FIELDS[name]
    article = ArticleFactory(title="Old")
    opened = second.page(article)
    first.save(article, **{name: theirs})
    response = second.post(opened, "article", body="An hour of work", **{name: mine})
    unit = response.context["clashes"][0].unit

    second.post(response, "article", **{f"merge-{unit}": "theirs"})

    assert str(getattr(state(article), name)) == theirs
    assert article.body == "An hour of work"


def test_both_writing_the_same_is_no_clash(two):
    first, second = two
    article = ArticleFactory(title="Old")
    opened = second.page(article)
    first.save(article, title="New")

    second.post(opened, "article", title="New", body="More")

    assert (state(article).title, article.body) == ("New", "More")


def test_a_date_is_merged_as_one(two):
    first, second = two
    article = ArticleFactory()
    opened = second.page(article)
    first.save(article, published_on="2016-01-01", published_precision="year")

    response = second.post(opened, "article", published_precision="minute", published_time="10:30")

    assert [clash.unit for clash in response.context["clashes"]] == ["published_at"]
    assert state(article).published_at == "2016"


def test_untouched_choices_and_moments_follow_the_other_save(two):
    first, second = two
    section, source = SectionFactory(), SourceFactory()
    article = ArticleFactory(published=True)
    opened = second.page(article)
    first.save(
        article,
        section=section.pk,
        source=source.pk,
        tags=["China"],
        editors_choice="on",
        live_from_0="2019-05-06",
        live_from_1="07:08:09",
    )

    second.post(opened, "article", title="Mine")

    assert (state(article).title, article.section, article.source) == ("Mine", section, source)
    assert article.editors_choice
    assert f"{article.live_from:%Y-%m-%d %H:%M:%S}" == "2019-05-06 07:08:09"
    assert list(article.tags.names()) == ["China"]


def test_tags_of_both_are_a_choice(two):
    first, second = two
    article = ArticleFactory(tags=["Peace"])
    opened = second.page(article)
    first.save(article, tags=["Peace", "China"])

    response = second.post(opened, "article", tags=["Peace", "UN"])
    clash = response.context["clashes"][0]
    second.post(response, "article", **{"merge-tags": "mine"})

    assert (clash.theirs, clash.mine) == ("Peace\nChina", "Peace\nUN")
    assert set(state(article).tags.names()) == {"Peace", "UN"}


def test_signatures_somebody_else_changed_stay_beside_my_text(two):
    first, second = two
    article = ArticleFactory()
    kept, gone = BylineFactory(article=article), BylineFactory(article=article, position=2)
    other = AuthorFactory()
    opened = second.page(article)
    first.save(
        article,
        **{
            "bylines-0-post": "Another post",
            "bylines-1-author": other.pk,
            "bylines-1-post": "New",
        },
    )

    second.post(opened, "article", title="Mine")

    signed = [(byline.author, byline.post) for byline in state(article).bylines.all()]
    assert article.title == "Mine"
    assert signed == [(kept.author, "Another post"), (other, "New")]
    assert gone.author not in dict(signed)


@pytest.mark.parametrize(("choice", "posts"), [("mine", ["Mine"]), ("theirs", ["Theirs", ""])])
def test_signatures_of_both_are_a_choice(two, choice, posts):
    first, second = two
    article = ArticleFactory()
    BylineFactory(article=article, post="Old")
    opened = second.page(article)
    added = AuthorFactory()
    first.post(
        first.page(article),
        "article",
        **{
            "bylines-0-post": "Theirs",
            "bylines-TOTAL_FORMS": "2",
            "bylines-1-author": added.pk,
            "bylines-1-role": "author",
            "bylines-1-position": "2",
            "bylines-1-article": article.pk,
        },
    )

    response = second.post(opened, "article", **{"bylines-0-post": "Mine"})
    assert [clash.unit for clash in response.context["clashes"]] == ["authors"]
    second.post(response, "article", **{"merge-authors": choice})

    assert [byline.post for byline in state(article).bylines.all()] == posts


def add_words(desk, opened, article, simplified, traditional):
    added = {"simplified": simplified, "traditional": traditional, "article": article.pk}
    rows = {f"glossary-0-{name}": value for name, value in added.items()}
    return desk.post(opened, "article", **{"glossary-TOTAL_FORMS": "1", **rows})


def words_of(article):
    return sorted(article.glossary.values_list("simplified", "traditional"))


def test_protected_words_somebody_else_changed_stay_beside_my_text(two):
    first, second = two
    article = ArticleFactory(language="zh-Hans")
    for simplified, traditional in (("里程", "里程"), ("发展", "发展"), ("台", "台")):
        Glossary.objects.create(article=article, simplified=simplified, traditional=traditional)
    opened = second.page(article)
    first.save(article, **{"glossary-0-traditional": "哩程", "glossary-1-DELETE": "on"})

    response = second.post(opened, "article", title="Mine")

    assert state(article).title == "Mine"
    assert words_of(article) == [("台", "台"), ("里程", "哩程")]
    assert "beside yours: glossary." in " ".join(messages_of(response))


def test_my_protected_words_stay_beside_their_text(two):
    first, second = two
    article = ArticleFactory(language="zh-Hans")
    opened = second.page(article)
    first.save(article, title="Theirs")

    add_words(second, opened, article, "发展", "发展")

    assert (state(article).title, words_of(article)) == ("Theirs", [("发展", "发展")])


@pytest.mark.parametrize(("choice", "words"), [("mine", ("发", "發")), ("theirs", ("台", "台"))])
def test_protected_words_of_both_are_a_choice(two, choice, words):
    first, second = two
    article = ArticleFactory(language="zh-Hans")
    opened = second.page(article)
    add_words(first, first.page(article), article, "台", "台")

    response = add_words(second, opened, article, "发", "發")
    clash = response.context["clashes"][0]
    second.post(response, "article", **{"merge-glossary": choice})

    assert (clash.unit, clash.theirs, clash.mine) == ("glossary", "台 · 台", "发 · 發")
    assert words_of(article) == [words]


def test_order_of_what_is_read_next_follows_the_other_save(two):
    first, second = two
    article, one, other = ArticleFactory.create_batch(3)
    first.save(article, read_next=[str(one.pk), str(other.pk)])
    opened = second.page(article)
    first.save(article, read_next=[str(other.pk), str(one.pk)])

    second.post(opened, "article", title="Mine")

    assert (state(article).title, chosen(article.pk)) == ("Mine", [other.pk, one.pk])


def test_two_orders_of_what_is_read_next_are_a_choice_between_titles(two):
    first, second = two
    article, one, other = (ArticleFactory(title=title) for title in ("Old", "One", "Other"))
    opened = second.page(article)
    first.save(article, read_next=[str(one.pk), str(other.pk)])

    response = second.post(opened, "article", read_next=[str(other.pk), str(one.pk)])

    clash = response.context["clashes"][0]
    assert (clash.theirs, clash.mine) == ("One\nOther", "Other\nOne")
    assert chosen(article.pk) == [one.pk, other.pk]


def test_a_change_of_state_alone_does_not_stand_in_the_way(two):
    first, second = two
    article = ArticleFactory(draft=True)
    opened = second.page(article)
    first.do("publish_chosen", [article], sure="1")

    second.post(opened, "article", title="Mine")

    assert (state(article).title, article.state) == ("Mine", "published")


def test_changes_made_to_many_at_once_are_merged_too(two):
    first, second = two
    article = ArticleFactory()
    opened = second.page(article)
    first.do("tag_chosen", [article], tags=["Europe"])

    second.post(opened, "article", title="Mine")

    assert (state(article).title, list(article.tags.names())) == ("Mine", ["Europe"])


@pytest.mark.parametrize("base", ["", "[]", "no json", '{"title": 7}'])
def test_without_fingerprints_whatever_differs_is_a_choice(two, base):
    first, second = two
    article = ArticleFactory(title="Old")
    opened = second.page(article)
    first.save(article, title="Theirs")

    response = second.post(opened, "article", title="Mine", base=base, version="")

    assert [clash.unit for clash in response.context["clashes"]] == ["title"]
    assert state(article).title == "Theirs"


def test_a_third_save_while_choosing_is_seen(two):
    first, second = two
    article = ArticleFactory(title="Old")
    opened = second.page(article)
    first.save(article, title="Theirs")
    choosing = second.post(opened, "article", title="Mine")
    first.save(article, title="Theirs again")

    response = second.post(choosing, "article", **{"merge-title": "mine"})

    assert state(article).title == "Theirs again"
    assert [clash.theirs for clash in response.context["clashes"]] == ["Theirs again"]


def test_publishing_waits_for_the_choice(two):
    first, second = two
    article = ArticleFactory(draft=True, title="Old")
    opened = second.page(article)
    first.save(article, title="Theirs")

    second.post(opened, "article", "_publish", title="Mine")

    assert (state(article).state, article.title) == ("draft", "Theirs")


def test_merged_text_is_shown_escaped(two):
    first, second = two
    article = ArticleFactory(title="Old")
    opened = second.page(article)
    first.save(article, title="<script>1</script>")

    response = second.post(opened, "article", title="<b>Mine</b>")

    assert "<script>1" not in response.text
    assert "<b>Mine" not in response.text


def test_saving_what_somebody_has_put_in_the_bin_says_so(two):
    first, second = two
    article = ArticleFactory(title="Old", published=True)
    opened = second.page(article)
    with acting(first.user):
        put_in_bin([article.pk], "Twice")

    response = second.post(opened, "article", body="An hour of work")

    assert state(article).body == "An hour of work"
    told = " ".join(messages_of(response))
    assert f"“Old” lies in the bin: {first.user.get_username()} put it there at 2" in told
    assert "lies in the bin" not in " ".join(messages_of(second.save(article, body="More")))


def test_saving_what_somebody_has_withdrawn_says_so(two):
    first, second = two
    article = ArticleFactory(title="Old", published=True)
    opened = second.page(article)
    with acting(first.user):
        withdraw([article.pk], "Gone", "An error")

    response = second.post(opened, "article", body="An hour of work")

    told = " ".join(messages_of(response))
    assert f"“Old” is withdrawn: by {first.user.get_username()}, at 2" in told


def test_saving_what_was_merged_away_names_the_one_that_stays(two):
    _first, second = two
    pair = PossibleDuplicateFactory(earlier__title="Stays", later__title="Goes")
    with acting(name="earlier hand"):
        put_in_bin([pair.later_id])
        take_from_bin([pair.later_id])
    opened = second.page(pair.later)
    merge(pair, pair.earlier)

    response = second.post(opened, "article", body="An hour of work")

    told = " ".join(messages_of(response))
    assert "“Goes” is merged into “Stays”, and lies in the bin." in told
    assert "earlier hand" not in told
