import pytest
from django.utils.html import conditional_escape
from django.utils.translation import override

from corpusapp.templatetags.corpus_text import grouped, sanitised, whole_compounds


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("On Peace", "On Peace"),
        ("A Win-Win World", 'A <span class="keep">Win-Win</span> World'),
        (
            "Post-WWII, Win-Win",
            '<span class="keep">Post-WWII</span>, <span class="keep">Win-Win</span>',
        ),
        ("State-of-the-Art-Diplomacy", "State-of-the-Art-Diplomacy"),
        ("War - and peace", "War - and peace"),
        ("2015-2020", '<span class="keep">2015-2020</span>'),
        (
            "<b>Win-Win</b> & more",
            '&lt;b&gt;<span class="keep">Win-Win</span>&lt;/b&gt; &amp; more',
        ),
        ("-Win-Win-", '-<span class="keep">Win-Win</span>-'),
        ("亚洲-太平洋合作", '<span class="keep">亚洲-太平洋合作</span>'),
    ],
)
def test_short_compounds_stay_whole_and_everything_is_escaped(title, shown):
    assert conditional_escape(whole_compounds(title)) == shown


def test_hostile_titles_cost_no_more_than_others():
    assert len(whole_compounds("a-" * 20_000)) > 0


def test_body_is_shown_as_it_was_stored():
    assert conditional_escape(sanitised("<p>Words &amp; more</p>")) == "<p>Words &amp; more</p>"


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_counts_are_written_as_people_write_them(language):
    with override(language):
        assert [grouped(10_002), grouped(7)] == ["10,002", "7"]
