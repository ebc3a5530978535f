"""Texts that stand in two articles: asked about, held back, and never taken for one."""

import pytest

from corpusapp.importing.outcome import as_json
from corpusapp.models import Article, Doubt, Outcome, PossibleDuplicate, State
from tests.importing import pages
from tests.importing.pages import paragraphs

pytestmark = pytest.mark.django_db

TEXT = paragraphs(1, count=8)


def page(seed, **parts):
    """Without a section above it, any title is one."""
    return pages.page(seed, **{"section": "", **parts})


def write(folder, **pages):
    for name, raw in pages.items():
        (folder / f"{name}.txt").write_bytes(raw)


def pairs():
    return [
        (pair.earlier.title[:5], pair.later.title[:5], pair.shared)
        for pair in PossibleDuplicate.objects.order_by("pk")
    ]


WHOLE = page(1, title="Whole: What the Harbour Remembers", texts=TEXT)
HALF = page(2, title="Halfs: Another Title Above the Same", texts=TEXT[:4], author="Bo Inkwell")
EDITED = page(
    3,
    title="Edits: The Same After a Sub-Editor’s Morning",
    texts=[text.replace(", while every", ". And each") for text in TEXT] + paragraphs(9, count=1),
)
OTHER = page(4, title="Other: A Piece of the Same Site", texts=paragraphs(4, count=8))


@pytest.mark.parametrize("at_once", [True, False])
def test_half_of_a_text_is_held_and_asked_about_whichever_run_brings_it(
    tmp_path, imported, at_once
):
    write(tmp_path, a=WHOLE, c=OTHER)
    if not at_once:
        imported(tmp_path, publish=True)
    write(tmp_path, b=HALF)

    results = {result.path[-5:]: result for result in imported(tmp_path, publish=True)}

    assert pairs() == [("Whole", "Halfs", 1.0)]
    half = Article.objects.get(title__startswith="Halfs")
    assert (results["b.txt"].outcome, half.state) == (Outcome.CREATED, State.REVIEW)
    doubt = Doubt.objects.get(article=half, code="possible_duplicate")
    assert (doubt.holds, doubt.candidates) == (True, ["Whole: What the Harbour Remembers"])
    assert set(Article.objects.exclude(pk=half.pk).values_list("state", flat=True)) == {"published"}


def test_an_edited_text_is_asked_about_with_its_share(tmp_path, imported):
    write(tmp_path, a=WHOLE, b=EDITED, c=OTHER)

    imported(tmp_path)

    ((earlier, later, shared),) = pairs()
    assert (earlier, later) == ("Whole", "Edits")
    assert 0.5 < shared < 0.95


def test_pages_of_one_site_with_the_same_furniture_are_no_pair(tmp_path, imported):
    menu = "\n".join(f"  • Menu item number {number} of this site" for number in range(60)).encode()
    for number in range(12):
        (tmp_path / f"{number}.txt").write_bytes(menu + b"\n\n" + page(number) + menu)

    imported(tmp_path)

    assert Article.objects.count() == 12
    assert pairs() == []


def test_second_import_asks_nothing_twice(tmp_path, imported):
    write(tmp_path, a=WHOLE, b=HALF)
    imported(tmp_path)
    asked = list(PossibleDuplicate.objects.values())

    imported(tmp_path)

    assert list(PossibleDuplicate.objects.values()) == asked
    assert Doubt.objects.filter(code="possible_duplicate").count() == 1


def test_text_in_the_bin_is_nobodys_twin(tmp_path, imported):
    write(tmp_path, a=WHOLE)
    imported(tmp_path)
    Article.objects.update(binned_at="2020-01-01T00:00Z")
    write(tmp_path, b=HALF)

    imported(tmp_path)

    assert pairs() == []


def test_a_changed_text_is_found_by_what_it_is_now(tmp_path, imported):
    write(tmp_path, a=page(1, texts=[*TEXT[:6], *paragraphs(7, count=2)]))
    imported(tmp_path)
    write(tmp_path, a=page(1, texts=[*TEXT[:4], *paragraphs(8, count=4)]))
    imported(tmp_path)
    write(tmp_path, b=page(5, title="Later: The Second Half Alone", texts=paragraphs(8, count=4)))

    imported(tmp_path)

    assert [(later, shared) for _earlier, later, shared in pairs()] == [("Later", 1.0)]


def test_dry_run_tells_of_the_same_twins(tmp_path, imported):
    write(tmp_path, a=WHOLE, b=HALF, c=OTHER, d=EDITED)

    rehearsed = [as_json(result) | {"article": None} for result in imported(tmp_path, dry_run=True)]
    done = [as_json(result) | {"article": None} for result in imported(tmp_path)]

    assert rehearsed == done
    told = [doubt["reason"] for doubt in rehearsed[1]["doubts"] if doubt["holds"]]
    assert "Much of the text stands in another article too." in told


# Which document it is -----------------------------------------------------------------------------


def saved(address, texts):
    text = "".join(f"<p>{one}</p>" for one in texts)
    return (
        f'<html lang="en"><head><title>On Harbours and Lanterns</title><link rel="canonical" href="{address}"></head>'
        f"<body><article><h1>On Harbours and Lanterns</h1>{text}</article></body></html>"
    ).encode()


def test_two_files_from_one_address_are_one_article_however_it_is_written(tmp_path, imported):
    (tmp_path / "a.html").write_bytes(saved("https://example.org/harbours", TEXT))
    imported(tmp_path)
    address = "http://EXAMPLE.org:80/harbours/?utm_source=mail#top"
    (tmp_path / "b.html").write_bytes(saved(address, paragraphs(9, count=8)))

    results = imported(tmp_path)

    assert [str(result.outcome) for result in results] == ["unchanged", "updated"]
    assert Article.objects.get().body.startswith(paragraphs(9)[0])


def test_the_front_page_of_a_site_is_no_address_of_a_document(tmp_path, imported):
    for number in (1, 2):
        (tmp_path / f"{number}.html").write_bytes(
            saved("https://example.org/", paragraphs(number, count=8))
        )

    results = imported(tmp_path)

    assert [str(result.outcome) for result in results] == ["created", "created"]
