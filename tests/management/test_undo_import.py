import shlex
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from corpusapp.importing.undoing import Undoing
from corpusapp.models import Article, ImportRun
from tests.factories import ImportRunFactory, UserFactory
from tests.importing.pages import page

pytestmark = pytest.mark.django_db


def run(*arguments):
    """(standard output, standard error)"""
    out, err = StringIO(), StringIO()
    call_command("undo_import", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def import_documents(*paths, **options):
    call_command(
        "import_documents", *map(str, paths), stdout=StringIO(), stderr=StringIO(), **options
    )
    return ImportRun.objects.latest().pk


def test_without_a_run_the_runs_are_listed_newest_first(tmp_path, monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "harbour")
    (tmp_path / "a.txt").write_bytes(page(1))
    (tmp_path / "b.txt").write_bytes(b"")
    with pytest.raises(SystemExit):
        import_documents(tmp_path, "--tag", "Sea", "--tag", "Storms", "--publish")
    first = ImportRun.objects.get()
    by_hand = ImportRunFactory(user=UserFactory(username="ada"), finished_at=None, created=3)
    run(first.pk)

    out, err = run()

    head, *rows = out.splitlines()
    assert head.split() == ["run", "what", "started", "took", "who", "files", "options"]
    assert [row.split()[0] for row in rows] == [
        str(pk) for pk in ImportRun.objects.order_by("-pk").values_list("pk", flat=True)
    ]
    assert f"undoing of {first.pk}" in rows[0]
    assert "harbour" in rows[0]
    assert rows[1].split()[:2] == [str(by_hand.pk), "import"]
    assert "ada" in rows[1]
    assert "not finished" in rows[1]
    assert f"import, undone by {ImportRun.objects.latest().pk}" in rows[2]
    assert "1 created, 1 refused" in rows[2]
    assert rows[2].endswith(f"{tmp_path} --publish --tag=Sea --tag=Storms")
    assert err == ""


def test_options_are_listed_as_one_would_type_them(tmp_path):
    folder = tmp_path / "two words"
    folder.mkdir()
    (folder / "a.csv").write_text("title,body,Rang\nOne,Text of one.,7\n")
    import_documents(folder, "--source", "The Site", "--recursive", "--tag", "it's")

    out, _err = run()

    assert ImportRun.objects.get().options["not_understood"] == ["Rang"]
    line = out.splitlines()[1]
    assert shlex.split(line)[-4:] == [str(folder), "--recursive", "--source=The Site", "--tag=it's"]


def test_no_runs_is_told_and_no_error():
    assert run() == ("", "There are no runs yet.\n")


def test_each_file_has_its_line_and_the_summary_names_the_undoing(tmp_path):
    (tmp_path / "a.txt").write_bytes(page(1))
    (tmp_path / "b.txt").write_bytes(page(2))
    import_documents(tmp_path)
    kept, moved = Article.objects.order_by("pk")
    Article.objects.filter(pk=kept.pk).update(standfirst="An editor's.")
    (tmp_path / "a.txt").write_bytes(page(1, post="Captain", section="River Affairs"))
    (tmp_path / "b.txt").write_bytes(page(2, post="Captain"))
    (tmp_path / "c.txt").write_bytes(page(3))
    (tmp_path / "d.txt").write_bytes(page(3))
    number = import_documents(tmp_path)
    Article.objects.filter(pk=kept.pk).update(section=None)
    made = Article.objects.latest()
    reason = "restored: authors; left as it is: section (edited since)"

    out, err = run(number)

    assert out.splitlines() == [
        f"undone     {tmp_path}/d.txt  {made.public_id}  {made.title}",
        f"binned     {tmp_path}/c.txt  {made.public_id}  {made.title}  put in the bin",
        f"restored   {tmp_path}/b.txt  {moved.public_id}  {moved.title}  restored: authors",
        f"kept       {tmp_path}/a.txt  {kept.public_id}  {kept.title}  {reason}",
    ]
    assert err.splitlines() == [
        f"Run {number}, 4 files: 1 undone, 1 binned, 1 restored, 1 kept.",
        f"This was run {ImportRun.objects.latest().pk}; undo that to have everything back.",
        "1 with fields that stay as they are: see the lines above.",
    ]


def test_dry_run_prints_the_same_and_changes_nothing(tmp_path):
    (tmp_path / "a.txt").write_bytes(page(1))
    number = import_documents(tmp_path)

    rehearsed, err = run(number, "--dry-run")

    assert "Dry run: nothing was changed." in err
    assert Article.objects.in_bin().count() == 0
    assert run(number)[0] == rehearsed


@pytest.mark.parametrize("wrong", ["seven", "-1", "1.5", "٣", "9" * 19, ""])
def test_what_is_no_number_of_a_run_is_wrong_usage(wrong):
    with pytest.raises(CommandError, match="is no number of a run") as error:
        run("--", wrong)

    assert error.value.returncode in {
        1,
        2,
    }  # Django's parser exits with 2 when not called in a test


def test_run_that_does_not_exist_or_is_undone_ends_with_code_2(tmp_path):
    (tmp_path / "a.txt").write_bytes(page(1))
    number = import_documents(tmp_path)
    run(number)

    for wrong, words in ((number + 70, f"There is no run {number + 70}."), (number, "already")):
        with pytest.raises(CommandError, match=words) as error:
            run(wrong)
        assert error.value.returncode == 2


def test_database_that_takes_nothing_ends_with_code_2_and_the_rest_can_follow(
    tmp_path, monkeypatch
):
    (tmp_path / "a.txt").write_bytes(page(1))
    number = import_documents(tmp_path)

    def locked(*_arguments):
        raise OperationalError("database is locked")  # noqa: EM101, TRY003 - as the driver says it

    monkeypatch.setattr(Undoing, "_undo", locked)
    with pytest.raises(CommandError, match="database is locked") as error:
        run(number)
    monkeypatch.undo()

    assert error.value.returncode == 2
    assert run(number)[0].startswith("binned")


def test_run_that_still_goes_on_is_refused(tmp_path):
    (tmp_path / "a.txt").write_bytes(page(1))
    number = import_documents(tmp_path)
    ImportRun.objects.update(finished_at=None)

    with pytest.raises(CommandError, match="still goes on") as refused:
        run(number)

    assert refused.value.returncode == 2
    assert ImportRun.objects.count() == 1
