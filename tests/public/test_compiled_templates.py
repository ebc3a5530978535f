"""Our templates, compiled, say the same as Django makes of them."""

from datetime import date
from pathlib import Path

import pytest
from django.template import Context, engines
from django.template.loader import get_template
from django.utils.safestring import SafeString

from corpusapp.editing.totals import recount_all
from corpusapp.models import Article, Correction, PublicTotal
from corpusapp.public.compiled_templates import compiled
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    AuthorNameFactory,
    BylineFactory,
    CaptureFactory,
    SectionFactory,
    SeriesFactory,
    SourceFactory,
)

PLACES = (
    *("", "articles/", "authors/", "authors/ann/", "sections/peace/"),
    *("tags/", "tags/un/", "series/ports/", "archive/", "archive/2015/", "archive/2015/05/"),
    *("corrections/", "about/", "accessibility/", "search/?q=harbour", "search/?q=qqq"),
)


@pytest.fixture
def corpus(db):  # noqa: ARG001 - rows
    """Something of everything that pages show."""
    ann = AuthorFactory(name="Ann <Quay>", slug="ann")
    AuthorNameFactory(author=ann, text="安港", language="zh-Hans")
    journal = SourceFactory(name="The <Journal>")
    peace, ports = SectionFactory(name="Peace & Quiet", slug="peace"), SeriesFactory(slug="ports")
    for number in range(12):
        article = ArticleFactory(
            published=True,
            title=f"Win-Win “harbour” <{number}> & more",
            language="zh-Hans" if number % 3 == 2 else "en",
            standfirst="A <standfirst>." if number % 2 else "",
            section=peace if number % 3 else None,
            source=journal if number < 2 else None,
            series=ports if number % 4 == 0 else None,
            published_on=date(2015, 5, 1 + number) if number else None,
            published_precision="day" if number else "",
            editors_choice=number < 3,
            tags=["UN"],
        )
        for writer in [ann, *AuthorFactory.create_batch(number % 5)]:
            BylineFactory(article=article, author=writer, post="Keeper & <more>")
        CaptureFactory(article=article)
    Correction.objects.create(article=article, text="Nine,\n\n<not> ten.", made_on=date(2020, 1, 2))
    recount_all()
    assert PublicTotal.objects.exists()


@pytest.mark.usefixtures("corpus")
@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_every_page_is_the_same_when_django_renders_it(client, settings, language):
    articles = [f"articles/{row.public_id}/{row.slug}/" for row in Article.objects.all()]
    paths = [f"/{language}/{place}" for place in (*PLACES, *articles)]

    answers = {path: client.get(path) for path in paths}
    made = {path: answer.content for path, answer in answers.items() if answer.status_code == 200}
    settings.DEBUG = True  # Django renders, so that a changed template shows at once
    by_django = {path: client.get(path).content for path in made}

    assert len(made) > len(PLACES)  # of other languages some articles are no pages
    assert [path for path in made if made[path] != by_django[path]] == []


# Seen by few and seldom, and free to use whatever Django has
OF_DJANGO = {"preview.html", "parts/assets.html"}


def test_every_page_for_readers_is_compiled():
    folder = Path(get_template("corpusapp/base.html").origin.name).parent
    names = {str(path.relative_to(folder)) for path in folder.rglob("*.html")}

    left = {name for name in names if not compiled(get_template(f"corpusapp/{name}").template)}

    assert left == OF_DJANGO


def rendered(source, **content):
    """As compiled, after Django has said the same."""
    template = engines["django"].from_string(source).template
    made = compiled(template)
    by_django = template.render(Context(content))
    assert made is None or made(dict(content)) == by_django
    return by_django if made else None


class Thing:
    name = "<b>"
    empty = ""
    by_number = ("zero", "one")

    def called(self):
        return SafeString("<i>")

    @property
    def failing(self):
        msg = "inner"
        raise AttributeError(msg)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ thing.name }}{{ thing.called }}{{ thing.by_number.1 }}", "&lt;b&gt;<i>one"),
        ("{{ nothing }}{{ thing.nothing }}{{ thing.name.nothing }}", ""),
        ("{{ table.key }}{{ table.items|length }}", "value1"),
        ("{{ number }} {{ number|add:1 }} {{ none }} {{ yes }}", "1234 1235 None True"),
        ("{% if none is None %}a{% endif %}", None),
        ("{% if yes == True %}a{% endif %}{% if False %}b{% endif %}{{ None }}", "aNone"),
        ("{{ thing.empty|default:thing.name }}", "&lt;b&gt;"),
        ("{{ 'a<b' }}{{ thing.called|upper }}", "a<b&lt;I&gt;"),
        ("{% if thing.nothing %}a{% elif number > 3 and not none %}b{% else %}c{% endif %}", "b"),
        ("{% if number > thing.name or thing.nothing == none %}a{% endif %}", "a"),
        (
            "{% for one in thing.by_number %}{{ forloop.counter }}{{ one }}{% if not forloop.last %},{% endif %}{% endfor %}",
            "1zero,2one",
        ),
        ("{% for one in nothing %}a{% empty %}none{% endfor %}", "none"),
        (
            "{% for key, value in table.items %}{{ key }}={{ value }}{% endfor %}{{ key }}",
            "key=value",
        ),
        ("{% with a=thing.name %}{{ a }}{% endwith %}{{ a }}", "&lt;b&gt;"),
        ("{% load i18n %}{% translate 'Search' as found %}[{{ found }}]", "[Search]"),
        (
            "{% load i18n %}{% blocktranslate with a=thing.name %}100% {{ a }}{% endblocktranslate %}",
            "100% &lt;b&gt;",
        ),
        (
            "{% load i18n %}{% blocktranslate count n=number %}one{% plural %}{{ n }} of them{% endblocktranslate %}",
            "1234 of them",
        ),
        ("{{ block.super }}", None),
        ("{% for one in thing.by_number %}{{ forloop.revcounter }}{% endfor %}", None),
        ("{% now 'Y' %}", None),
    ],
)
def test_construct_says_what_django_says_or_is_left_to_it(source, said):
    content = {
        "thing": Thing(),
        "table": {"key": "value"},
        "number": 1234,
        "none": None,
        "yes": True,
    }

    assert rendered(source, **content) == said


def test_number_is_grouped_where_the_settings_want_that(settings):
    settings.USE_THOUSAND_SEPARATOR = True

    assert rendered("{{ number }}", number=1234) == "1,234"


@pytest.mark.parametrize(
    ("mark", "written"),
    [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#x27;")],
)
def test_each_mark_that_could_end_a_text_is_escaped_alone(mark, written):
    assert rendered("{{ text }}", text=f"a {mark} b") == f"a {written} b"


def test_mistake_within_a_property_is_not_taken_for_a_missing_name():
    template = engines["django"].from_string("{{ thing.failing }}").template

    with pytest.raises(AttributeError, match="inner"):
        compiled(template)({"thing": Thing()})
