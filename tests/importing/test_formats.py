"""Documents of every format become articles, are told apart and found again."""

import json
from dataclasses import dataclass

import pytest

from corpusapp.extraction import pipeline
from corpusapp.extraction.article import ExtractedArticle
from corpusapp.extraction.formats import known
from corpusapp.importing.run import Import, Request
from corpusapp.models import Article, Capture, CaptureBytes, ImportItem, ImportRun, Outcome, State
from tests.extraction.formats.feed_files import export, post
from tests.extraction.formats.word_files import document
from tests.importing.pages import page
from tests.importing.test_archives import tarred, zipped

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Foo:
    """What a package of others brings: no more than the contract asks for, and not always that."""

    media_type: str = "text/x-foo"
    endings: tuple[str, ...] = (".foo",)

    def extract(self, raw, _options):
        title, _, body = raw.decode().partition("\n")
        if title == "none":
            return None
        return ExtractedArticle(
            title=title.replace("HALF", "\ud800").replace("NUL", "\0"), body=body, language="en"
        )

    def readable(self, raw):
        return raw.decode()


@pytest.fixture
def foo(monkeypatch):
    """The product with a format for files ending in .foo."""
    with_foo = known.gathered((*known._OURS, Foo()))
    monkeypatch.setattr(known, "formats", lambda: with_foo)


def lines(results, folder):
    """(path below the folder, outcome) of each."""
    return [(one.path.removeprefix(f"{folder}/"), str(one.outcome)) for one in results]


def test_one_folder_may_hold_every_format(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    (tmp_path / "b.md").write_text("---\ntitle: B\n---\nText of b.\n")
    (tmp_path / "c.jsonl").write_text('{"title": "C1", "body": "One."}\n{"title": "C2"}\n')
    (tmp_path / "d.csv").write_text("title,body\nD,Text of d.\n")
    (tmp_path / "e.xml").write_bytes(export(post(title="E")))
    (tmp_path / "f.docx").write_bytes(document("F", "Text of f, which ends."))
    (tmp_path / "g.zip").write_bytes(zipped({"x/h.txt": page(2), "i.jsonl": '{"title": "I"}'}))
    (tmp_path / "j.tar.gz").write_bytes(tarred({"k.txt": page(3)}, "w:gz"))

    results = imported(tmp_path)

    assert lines(results, tmp_path) == [
        (path, "created")
        for path in [
            *("a.txt", "b.md", "c.jsonl#1", "c.jsonl#2", "d.csv#1", "e.xml#1", "f.docx"),
            *("g.zip/x/h.txt", "g.zip/i.jsonl#1", "j.tar.gz/k.txt"),
        ]
    ]
    assert [str(one.outcome) for one in imported(tmp_path)] == ["unchanged"] * 10
    assert Capture.objects.get(path="c.jsonl#1").bytes.raw == b'{"title": "C1", "body": "One."}'


def test_dry_run_tells_the_same_of_every_format(tmp_path, imported):
    (tmp_path / "a.jsonl").write_text('{"title": "A", "body": "x"}\nbroken\n{"title": "B"}\n')
    (tmp_path / "b.zip").write_bytes(zipped({"c.txt": page(1), "d.txt": page(1)}))

    rehearsed = imported(tmp_path, dry_run=True)
    results = imported(tmp_path)

    assert [(one.path, one.outcome, one.reason) for one in rehearsed] == [
        (one.path, one.outcome, one.reason) for one in results
    ]
    assert [str(one.outcome) for one in results] == [
        *("created", "refused", "created"),
        *("created", "duplicate"),
    ]


def test_draft_stays_a_draft_in_spite_of_publish(tmp_path, imported):
    (tmp_path / "a.xml").write_bytes(
        export(post(title="Shown", link=""), post(title="Hidden", status="draft", link=""))
    )

    imported(tmp_path, publish=True)

    assert dict(Article.objects.values_list("title", "state")) == {
        "Shown": State.PUBLISHED,
        "Hidden": State.DRAFT,
    }


def test_record_with_an_id_is_found_wherever_it_stands(tmp_path, imported):
    one, two = ({"id": n, "title": f"T{n}", "body": f"Text {n}."} for n in (1, 2))
    file = tmp_path / "a.jsonl"
    file.write_text(f"{json.dumps(one)}\n{json.dumps(two)}\n")
    imported(tmp_path)
    two["body"] = "Text 2 and quite another one than before, in other words."
    file.write_text(f'{{"id": 3, "title": "New"}}\n{json.dumps(two)}\n{json.dumps(one)}\n')

    results = imported(tmp_path)

    assert lines(results, tmp_path)[0] == ("a.jsonl#1", "created")
    assert lines(results, tmp_path)[2] == ("a.jsonl#3", "unchanged")


def test_sidecar_overrules_and_gives_the_identity(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    (tmp_path / "a.json").write_text(
        '{"url": "https://s.example/a", "date": "2001-02-03", "tags": ["sea"]}'
    )

    (result,) = imported(tmp_path)

    article = Article.objects.get()
    assert (article.published_at, article.source_address) == ("2001-02-03", "https://s.example/a")
    assert [tag.name for tag in article.tags.all()] == ["sea"]
    capture = Capture.objects.get()
    assert capture.fields["published_at"]["rule"] == "sidecar"
    assert capture.stated["sidecar"]["date"] == "2001-02-03"
    assert result.outcome == Outcome.CREATED
    (tmp_path / "b.txt").write_bytes(page(1).replace(b"lantern", b"candle"))
    (tmp_path / "a.txt").unlink()
    (tmp_path / "a.json").rename(tmp_path / "b.json")
    assert lines(imported(tmp_path), tmp_path) == [("b.txt", "updated")]


def test_sidecar_that_says_nothing_of_a_field_overrules_nothing(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path)
    article = Article.objects.get()
    (tmp_path / "a.yml").write_text("title: ~\nsection: null\nsource: NULL\ntags: [~]\n")

    imported(tmp_path)

    again = Article.objects.get()
    assert (again.title, again.section, again.source) == (
        *(article.title, article.section, article.source),
    )
    assert not again.tags.exists()


@pytest.mark.parametrize(
    "later",
    [{"date": "2002-02-02"}, {"date": "2002-02-02", "url": "https://s.example/a"}],
)
def test_sidecar_that_comes_later_updates_the_article(tmp_path, imported, later):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path)
    (tmp_path / "a.json").write_text(json.dumps(later))

    (rehearsed,) = imported(tmp_path, dry_run=True)
    (result,) = imported(tmp_path)

    assert (result.outcome, rehearsed.outcome) == (Outcome.UPDATED, Outcome.UPDATED)
    assert "published_at" in result.reason
    assert Article.objects.get().published_at == "2002-02-02"
    assert [str(one.outcome) for one in imported(tmp_path)] == ["unchanged"]
    assert Article.objects.count() == 1


def test_broken_sidecar_refuses_its_document_and_no_other(tmp_path, imported):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_bytes(page(ord(name)))
    (tmp_path / "a.yml").write_text("date: [")

    refused, created = imported(tmp_path)

    assert refused.reason.startswith("Its sidecar a.yml cannot be read")
    assert created.outcome == Outcome.CREATED


def test_defaults_of_a_folder_stand_in_and_those_within_count_first(tmp_path, imported):
    (tmp_path / "corpus.yml").write_text("source: Daily\nsection: Sea\ntags: [a]\n")
    (tmp_path / "one.md").write_text("---\ntitle: One\n---\nText.\n")
    (tmp_path / "own.md").write_text(
        "---\ntitle: Own\nsection: Law\nsource: Weekly\n---\nText of its own.\n"
    )
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "corpus.yml").write_text("section: Ports\nlanguage: de\ntags: [b]\n")
    (tmp_path / "sub" / "two.md").write_text("---\ntitle: Two\n---\nWords.\n")

    results = imported(tmp_path, recursive=True)

    told = {
        one.article.title: (
            one.article.source,
            one.article.section,
            one.article.language,
            one.article.tags,
        )
        for one in results
    }
    assert told == {
        "One": ("Daily", "Sea", "en", ("a",)),
        "Own": ("Weekly", "Law", "en", ("a",)),
        "Two": ("Daily", "Ports", "de", ("a", "b")),
    }


def test_lone_file_has_the_defaults_of_its_folder_too(tmp_path, imported):
    (tmp_path / "corpus.yml").write_text("section: Sea\n")
    (tmp_path / "one.md").write_text("---\ntitle: One\n---\nText.\n")
    imported(tmp_path)

    (again,) = imported(tmp_path / "one.md")

    assert again.outcome == Outcome.UNCHANGED


def test_wrong_defaults_are_refused_and_the_documents_go_in_without(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    (tmp_path / "corpus.yml").write_text("title: x\n")

    refused, created = imported(tmp_path)

    assert (refused.path, refused.outcome) == (f"{tmp_path}/corpus.yml", Outcome.REFUSED)
    assert created.outcome == Outcome.CREATED


def test_archive_has_sidecars_and_defaults_wherever_they_stand_in_it(tmp_path, imported):
    files = {
        "in/a.md": b"---\ntitle: A\n---\nText of a.\n",
        "in/a.yml": b"date: 1999\n",
        "in/corpus.yml": b"section: Ports\n",
        "corpus.yml": b"source: Daily\n",
    }
    (tmp_path / "a.zip").write_bytes(zipped(files))
    (tmp_path / "b.tgz").write_bytes(tarred(dict(reversed(files.items())), "w:gz"))

    first, second = imported(tmp_path)

    for result in (first, second):
        article = result.article
        assert (str(article.published), article.section, article.source) == (
            "1999",
            "Ports",
            "Daily",
        )
    assert (first.outcome, second.outcome) == (Outcome.CREATED, Outcome.DUPLICATE)


def test_what_is_beside_documents_is_counted_for_the_summary(tmp_path):
    (tmp_path / "a.txt").write_bytes(page(1))
    for name in ("a.json", "lonely.json", "corpus.yml", ".hidden", "x.pdf"):
        (tmp_path / name).write_text("{}" if name.endswith("json") else "")
    (tmp_path / "z.zip").write_bytes(
        zipped({"b.txt": page(2), "b.yml": "", "__MACOSX/._b.txt": "", "i.png": "", "n": ""})
    )
    running = Import(Request([str(tmp_path)], jobs=1))

    results = list(running)

    assert [one.path.rpartition("/")[2] for one in results] == ["a.txt", "b.txt"]
    assert running.passed.endings == {
        "sidecar": 2, ".json": 1, "folder defaults": 1, "dotfile": 2,
        ".pdf": 1, ".png": 1, "no ending": 1,
    }  # fmt: skip


def test_member_of_an_archive_is_named_and_never_a_path(tmp_path, imported):
    outside = tmp_path / "outside.txt"
    inside = tmp_path / "in"
    inside.mkdir()
    names = ["../outside.txt", "/abs.txt", "a\\b.txt", "line\nbreak.txt", "-dash.txt"]
    archive = zipped({name: page(number) for number, name in enumerate(names)})
    (inside / "a.zip").write_bytes(archive)

    results = imported(inside)

    assert [path for path, _outcome in lines(results, inside)] == [
        "a.zip/../outside.txt",
        "a.zip/abs.txt",
        "a.zip/a/b.txt",
        "a.zip/line\\nbreak.txt",
        "a.zip/-dash.txt",
    ]
    assert not outside.exists()
    assert sorted(path.name for path in inside.iterdir()) == ["a.zip"]


def test_bad_members_cost_no_other(tmp_path, imported, settings):
    settings.MAX_CAPTURE_MB = 1
    raw = zipped(
        {
            "a.txt": page(1),
            "big.txt": b"x" * 1_100_000,
            "nested.zip": zipped({"x.txt": page(2)}),
            "poison.txt": bytes(range(256)) * 30,
            "broken.jsonl": "no json\n",
            "z.txt": page(3),
        }
    )
    (tmp_path / "a.zip").write_bytes(raw)

    results = imported(tmp_path)

    assert lines(results, tmp_path) == [
        ("a.zip/a.txt", "created"),
        ("a.zip/big.txt", "refused"),
        ("a.zip/nested.zip", "refused"),
        ("a.zip/poison.txt", "refused"),
        ("a.zip/broken.jsonl#1", "refused"),
        ("a.zip/z.txt", "created"),
    ]


def test_member_whose_bytes_are_damaged_is_refused_alone(tmp_path, imported):
    raw = bytearray(zipped({"a.txt": page(1), "b.txt": page(2)}))
    raw[raw.index(b"a.txt") + 40] ^= 0xFF
    (tmp_path / "a.zip").write_bytes(bytes(raw))

    results = imported(tmp_path)

    assert lines(results, tmp_path) == [("a.zip/a.txt", "refused"), ("a.zip/b.txt", "created")]
    assert "broken in the archive" in results[0].reason


# what was refused is kept ---------------------------------------------------------------------------


def test_poison_among_many_is_refused_with_its_bytes_and_the_rest_goes_in(tmp_path, imported):
    records = [json.dumps({"title": f"T{n}", "body": f"Text {n}."}) for n in range(999)]
    records.insert(500, '{"title": ')
    (tmp_path / "a.jsonl").write_text("\n".join(records))

    results = imported(tmp_path)

    refused = [one for one in results if one.outcome == Outcome.REFUSED]
    assert (len(results), Article.objects.count()) == (1000, 999)
    assert [one.reason for one in refused] == [
        "Line 501: The line is no JSON: Expecting value at character 11."
    ]
    item = ImportItem.objects.get(outcome=Outcome.REFUSED)
    assert item.refused_bytes.raw == b'{"title": '


def test_bytes_that_were_never_read_are_not_kept(tmp_path, imported, settings):
    settings.MAX_CAPTURE_MB = 1
    (tmp_path / "big.txt").write_bytes(b"x" * 1_100_000)
    (tmp_path / "empty.txt").write_bytes(b"")

    imported(tmp_path)

    assert list(ImportItem.objects.values_list("refused_bytes", flat=True)) == [None, None]
    assert CaptureBytes.objects.count() == 0


def test_bytes_refused_twice_are_kept_once(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(bytes(range(256)) * 30)
    (tmp_path / "b.txt").write_bytes(bytes(range(256)) * 30)

    imported(tmp_path)

    assert CaptureBytes.objects.count() == 1
    assert ImportItem.objects.filter(refused_bytes__isnull=False).count() == 2


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_two_records_with_one_id_in_one_file_are_two_articles_and_one_has_a_doubt(
    tmp_path, imported, ending
):
    words = " ".join(f"word{number}" for number in range(60))
    texts = [f"The ferry left the harbour at {hour}. {words}." for hour in "678"]
    rows = [{"id": "a", "title": "The Ferry", "body": text} for text in texts[:2]]
    file = tmp_path / f"a.{ending}"

    def written(rows):
        if ending == "jsonl":
            return "".join(f"{json.dumps(row)}\n" for row in rows)
        return "id,title,body\n" + "".join(
            f'{row["id"]},{row["title"]},"{row["body"]}"\n' for row in rows
        )

    file.write_text(written(rows))

    results = imported(tmp_path, publish=True)

    assert [str(one.outcome) for one in results] == ["created", "created"]
    assert sorted(Article.objects.values_list("body", flat=True)) == texts[:2]
    first, second = results
    assert "repeated_id" not in [doubt.code for doubt in first.doubts]
    assert ("repeated_id", True, ("a",)) in [
        (doubt.code, doubt.holds, doubt.candidates) for doubt in second.doubts
    ]
    assert [str(one.outcome) for one in imported(tmp_path)] == ["unchanged"] * 2

    rows[1]["body"] = texts[2]  # the lower one has changed, and the upper one is known unread
    file.write_text(written(rows))
    results = imported(tmp_path)

    assert [str(one.outcome) for one in results] == ["unchanged", "updated"]
    assert sorted(Article.objects.values_list("body", flat=True)) == [texts[0], texts[2]]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b"title,body\n,\n"),
        ("a.jsonl", b"\n\n"),
        ("a.xml", b"<rss><channel><title>Daily</title></channel></rss>"),
        ("a.xml", export(post(type="attachment"))),
        ("a.zip", zipped({})),
        ("a.zip", zipped({"a.pdf": "x", ".b.txt": "x"})),
        ("a.zip/b.csv", zipped({"b.csv": "title,body\n"})),
    ],
)
def test_file_that_holds_no_document_is_refused(tmp_path, imported, name, content):
    (tmp_path / name.partition("/")[0]).write_bytes(content)

    (rehearsed,) = imported(tmp_path, dry_run=True)
    (result,) = imported(tmp_path)

    assert (result.path, result.outcome) == (f"{tmp_path}/{name}", Outcome.REFUSED)
    assert result.reason == rehearsed.reason == "It holds no document."
    assert [item.reason for item in ImportItem.objects.all()] == ["It holds no document."]


def test_columns_that_mean_nothing_stand_on_the_run(tmp_path):
    (tmp_path / "a.csv").write_text("title,body,Rang,Writer\nOne,Text of one.,7,Ann Lee\n")
    (tmp_path / "b.jsonl").write_text('{"title": "Two", "body": "Text.", "weight": 3}\n')
    running = Import(Request(paths=[str(tmp_path)], jobs=1))

    results = list(running)

    assert [str(one.outcome) for one in results] == ["created"] * 2
    assert results[0].article.bylines[0].name == "Ann Lee"
    assert dict(running.not_understood) == {"Rang": 1, "weight": 1}
    assert ImportRun.objects.get().options["not_understood"] == ["Rang", "weight"]


@pytest.mark.usefixtures("foo")
def test_documents_of_a_format_from_elsewhere_are_not_taken_for_one(tmp_path, imported):
    for name in ("ferry", "harbour", "lantern"):
        (tmp_path / f"{name}.foo").write_text(f"The {name}\nThe {name} was built in winter.")

    results = imported(tmp_path)

    assert [str(one.outcome) for one in results] == ["created"] * 3
    assert len(set(Capture.objects.values_list("text_hash", flat=True))) == 3


@pytest.mark.usefixtures("foo")
def test_what_a_format_from_elsewhere_does_wrong_costs_one_document(tmp_path, imported):
    texts = {"a": "The ferry\nIt was late.", "b": "none", "c": "A HALF NUL title\nOf a text."}
    for name, text in texts.items():
        (tmp_path / f"{name}.foo").write_text(text)
    (tmp_path / "d.txt").write_bytes(page(1))

    rehearsed = lines(imported(tmp_path, dry_run=True), tmp_path)
    results = imported(tmp_path)

    outcomes = [
        ("a.foo", "created"),
        ("b.foo", "refused"),
        ("c.foo", "created"),
        ("d.txt", "created"),
    ]
    assert lines(results, tmp_path) == rehearsed == outcomes
    assert results[1].reason == "The format that reads it gives no article."
    assert Article.objects.filter(title="A   title").exists()


@pytest.mark.usefixtures("foo")
def test_what_the_way_to_the_database_does_not_take_is_refused_alone(
    tmp_path, imported, monkeypatch
):
    monkeypatch.setattr(pipeline, "sound", lambda article, _readable: article)
    (tmp_path / "a.foo").write_text("HALF\nOf a text.")
    (tmp_path / "b.txt").write_bytes(page(1))

    results = imported(tmp_path)

    assert lines(results, tmp_path) == [("a.foo", "refused"), ("b.txt", "created")]
    assert results[0].reason.startswith("The database refuses it: ")
