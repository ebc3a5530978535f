import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from corpusapp.editing import twins
from corpusapp.management.progress import Progress, duration
from corpusapp.models import Article, Doubt, PossibleDuplicate, State, TextMark, Verdict
from tests.factories import ArticleFactory
from tests.importing.pages import paragraphs

pytestmark = pytest.mark.django_db


def text(seed, count=6):
    return "\n\n".join(paragraphs(seed, count))


def pairs():
    return set(PossibleDuplicate.objects.values_list("earlier_id", "later_id", "shared"))


@pytest.fixture
def three():
    """A text, another one, and half of the first; made at the desk, so that no import has looked."""
    return (
        ArticleFactory(title="Whole", body=text(1)),
        ArticleFactory(title="Other", body=text(2)),
        ArticleFactory(title="Half", body="\n\n".join(paragraphs(1, 6)[:3])),
    )


def test_articles_that_share_half_of_a_text_are_put_before_the_editors(three, capsys):
    whole, _other, half = three

    call_command("find_duplicates")

    assert pairs() == {(whole.pk, half.pk, 1.0)}
    doubt = Doubt.objects.get()
    assert (doubt.article, doubt.code, doubt.holds) == (half, "possible_duplicate", True)
    assert doubt.candidates == ["Whole"]
    assert capsys.readouterr().out == (
        "3 articles compared: 1 new pair, 1 waiting for a decision at "
        "/admin/corpusapp/possibleduplicate/.\n"
    )


@pytest.mark.usefixtures("three")
def test_second_search_asks_about_nothing_twice():
    call_command("find_duplicates", verbosity=0)
    PossibleDuplicate.objects.update(verdict=Verdict.KEEP_BOTH)
    Doubt.objects.all().delete()

    call_command("find_duplicates", verbosity=0)

    assert PossibleDuplicate.objects.get().verdict == Verdict.KEEP_BOTH
    assert Doubt.objects.count() == 0


@pytest.mark.usefixtures("three")
def test_nothing_but_pairs_and_doubts_is_written():
    before = list(Article.objects.order_by("pk").values())

    call_command("find_duplicates", verbosity=0)

    assert list(Article.objects.order_by("pk").values()) == before


def test_articles_in_the_bin_and_editions_of_one_piece_are_left_alone():
    whole = ArticleFactory(body=text(1))
    ArticleFactory(body=text(1), binned_at="2020-01-01T00:00Z")
    ArticleFactory(body=text(1), language="de", translation_key=whole.translation_key)

    call_command("find_duplicates", verbosity=0)

    assert pairs() == set()


def test_pairs_are_found_across_batches(monkeypatch):
    monkeypatch.setattr(twins, "_BATCH", 2)
    articles = [ArticleFactory(body=text(seed % 5)) for seed in range(10)]

    call_command("find_duplicates", verbosity=0)

    assert {(one, other) for one, other, _shared in pairs()} == {
        (articles[number].pk, articles[number + 5].pk) for number in range(5)
    }


def test_a_notice_that_many_articles_carry_makes_no_pair():
    notice = " ".join(paragraphs(99, 1))[:200]
    for seed in range(80):
        ArticleFactory(body=f"{notice}\n\n{text(seed, 2)}", state=State.REVIEW)

    call_command("find_duplicates", verbosity=0)

    assert pairs() == set()


@pytest.mark.usefixtures("three")
def test_a_database_that_stops_is_said_with_its_exit_code(monkeypatch):
    def full(*_args, **_named):
        message = "database or disk is full"
        raise OperationalError(message)

    monkeypatch.setattr(type(TextMark.objects), "put", full)

    with pytest.raises(CommandError, match=r"disk is full.*run the same command") as error:
        call_command("find_duplicates", verbosity=0)

    assert error.value.returncode == 2


# The line on a terminal ---------------------------------------------------------------------------


class Terminal:
    def __init__(self, *, is_one):
        self.is_one = is_one
        self.written = ""

    def isatty(self):
        return self.is_one

    def write(self, text):
        self.written += text

    def flush(self):
        pass


@pytest.mark.parametrize("is_one", [True, False])
def test_progress_shows_rate_and_time_left_on_a_terminal_only(is_one):
    terminal = Terminal(is_one=is_one)
    moments = iter([0.0, 10.0])
    progress = Progress(terminal, total=1000, clock=lambda: next(moments))

    progress.step(250)
    progress.clear()

    line = "\r\x1b[K█████░░░░░░░░░░░░░░░ 250 of 1,000 (25%), 25/s, 30 s left\r\x1b[K"
    assert terminal.written == (line if is_one else "")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-1, "0 s"), (59.4, "59 s"), (60, "1 min 0 s"), (3599, "59 min 59 s"), (7500, "2 h 5 min")],
)
def test_time_left_is_told_in_two_units_at_most(seconds, words):
    assert duration(seconds) == words
