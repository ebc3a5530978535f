"""What a search found of a Chinese text, as readers of the other script see it."""

import pytest

from corpusapp.editing.renditions import make
from corpusapp.models import Glossary
from tests.factories import ArticleFactory
from tests.public.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def _barber():
    ArticleFactory(
        published=True,
        language="zh-Hans",
        title="皇后大道的理发店",
        body="他沿着皇后大道走。\n\n理发店后面住着发明家。",
    )


def found(client, words, shelf="zh-hant"):
    """Title and snippet of the only hit, the marks between brackets."""
    hit = read(client.get(f"/{shelf}/search/", {"q": words})).one("article", cls="hit")
    return [
        "".join(
            child if isinstance(child, str) else f"[{child.text}]"
            for part in (line.all("a") or [line])
            for child in part.children
        )
        for line in (hit.one("h2"), hit.one("p", cls="text"))
    ]


@pytest.mark.usefixtures("_barber")
@pytest.mark.parametrize(
    ("words", "title", "snippet"),
    [
        ("后", "皇[后]大道的理髮店", "他沿著皇[后]大道走。 理髮店[後]面住著發明家。"),
        ("发", "皇后大道的理[髮]店", "他沿著皇后大道走。 理[髮]店後面住著[發]明家。"),
        ("理髮店", "皇后大道的[理髮店]", "他沿著皇后大道走。 [理髮店]後面住著發明家。"),
    ],
)
def test_a_marked_letter_is_converted_as_its_neighbours_want_it(client, words, title, snippet):
    assert found(client, words) == [title, snippet]


@pytest.mark.usefixtures("_barber")
def test_original_is_shown_as_it_stands(client):
    assert found(client, "后", "zh-hans") == [
        "皇[后]大道的理发店",
        "他沿着皇[后]大道走。 理发店[后]面住着发明家。",
    ]


@pytest.mark.usefixtures("_barber")
def test_word_of_the_glossary_that_is_longer_there_takes_no_mark_away(client):
    Glossary.objects.create(simplified="发明家", traditional="發明的人")

    assert found(client, "发明家") == [
        "皇后大道的理髮店",
        "他沿著皇后大道走。 理髮店後面住著[發明的人]。",
    ]


def test_title_keeps_its_marks_where_its_article_has_words_of_its_own(client):
    article = ArticleFactory(
        published=True, language="zh-Hans", title="于先生的港口", body="港口。"
    )
    Glossary.objects.create(simplified="于先生", traditional="于先生", article=article)
    make([article])

    assert found(client, "港口")[0] == "于先生的[港口]"
