import io
import zipfile

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from corpusapp.importing import uploading
from corpusapp.importing.undoing import Undoing
from corpusapp.management import ticking
from corpusapp.models import (
    Article,
    ImportRun,
    Outcome,
    Progress,
    State,
    Upload,
    UploadPiece,
)
from tests.factories import SectionFactory
from tests.importing.pages import page

HERE = reverse("admin:corpusapp_importrun_upload")


def file(name, data):
    return SimpleUploadedFile(name, data)


def archive(**members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as packing:
        for name, data in members.items():
            packing.writestr(name.replace("_", "."), data)
    return packed.getvalue()


def work():
    """What `db_worker` does with what waits."""
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    )
    for waiting in list(DBTaskResult.objects.ready()):
        waiting.claim(worker.worker_id)
        worker.run_task(waiting)


@pytest.fixture
def send(editor, django_capture_on_commit_callbacks):
    def post(*files, desk=editor, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            return desk.client.post(HERE, {"captures": list(files), **fields})

    return post


def test_files_and_an_archive_become_one_run_of_the_one_who_sent_them(send, editor):
    answer = send(
        file("a.txt", page(1)),
        file("a.json", b'{"tags": ["rope"]}'),
        file("b.zip", archive(c_txt=page(2), d_txt=b"")),
        file("e.exe", b"MZ"),
        section="Harbour Desk",
        tags="lantern, rope",
        source="The Quay",
    )
    upload = Upload.objects.get()
    assert answer.url == reverse("admin:corpusapp_importrun_progress", args=[upload.pk])
    assert upload.progress == Progress.WAITING
    assert not Article.objects.exists()

    work()

    upload.refresh_from_db()
    run = ImportRun.objects.get()
    assert (upload.progress, upload.run, upload.done) == (Progress.DONE, run, 4)
    assert not UploadPiece.objects.exists()
    assert (run.user, run.created, run.refused) == (editor.user, 2, 2)
    assert run.options["paths"] == ["a.txt", "a.json", "b.zip", "e.exe"]
    assert sorted(run.items.values_list("path", "outcome")) == [
        ("a.txt", Outcome.CREATED),
        ("b.zip/c.txt", Outcome.CREATED),
        ("b.zip/d.txt", Outcome.REFUSED),
        ("e.exe", Outcome.REFUSED),
    ]
    first = run.items.get(path="a.txt").article
    assert sorted(tag.name for tag in first.tags.all()) == ["lantern", "rope"]
    assert first.source.name == "The Quay"
    shown = editor.get(answer.url).text
    for words in ("b.zip/d.txt", "4 of 4 documents", first.title):
        assert words in shown
    assert "data-goes-on" not in shown


@pytest.mark.parametrize("padding", [0, 20_000], ids=["in memory", "on disk"])
def test_more_files_than_django_takes_by_itself_are_taken(send, padding):
    answer = send(*(file(f"{number}.txt", page(number) + b" " * padding) for number in range(150)))

    assert answer.status_code == 302
    assert len(Upload.objects.get().names) == 150


@pytest.mark.parametrize(("files", "status"), [(1001, 200), (1100, 413)])
def test_too_many_files_are_told_so_on_the_page_of_the_form(send, files, status):
    answer = send(*(file(f"{number}.txt", b"x") for number in range(files)))

    assert answer.status_code == status
    assert "More than 1,000 files: put them into an archive." in answer.text
    assert 'id="upload_form"' in answer.text
    assert not Upload.objects.exists()


def test_same_upload_again_is_unchanged_and_leaves_no_run(send, editor):
    send(file("a.txt", page(1)))
    work()

    answer = send(file("a.txt", page(1)))
    work()

    upload = Upload.objects.latest("pk")
    assert (upload.progress, upload.unchanged, upload.run) == (Progress.DONE, 1, None)
    assert ImportRun.objects.count() == 1
    assert "<li>Unchanged: 1</li>" in editor.get(answer.url).text


def test_page_of_one_that_waits_goes_on_and_has_a_button_to_stop_it(send, editor):
    answer = send(file("a.txt", page(1)))
    assert "data-goes-on" in editor.get(answer.url).text

    editor.client.post(answer.url, {"stop": "1"})
    work()

    assert Upload.objects.get().progress == Progress.STOPPED
    assert not Article.objects.exists()
    assert not UploadPiece.objects.exists()


@pytest.mark.usefixtures("small_batches")
def test_stopped_under_way_keeps_what_is_done(send, monkeypatch):
    members = {f"n{number}_txt": page(number) for number in range(120)}
    send(file("many.zip", archive(**members)))
    upload = Upload.objects.get()
    monkeypatch.setattr(uploading, "_TELL_EVERY", 0)
    told = uploading._tell

    def tell(one, running, done, **options):
        uploading.stop(one)
        told(one, running, done, **options)

    monkeypatch.setattr(uploading, "_tell", tell)
    work()

    upload.refresh_from_db()
    assert (upload.progress, Article.objects.count()) == (Progress.STOPPED, 50)
    run = ImportRun.objects.get()
    assert (run.created, run.options["stopped"], run.finished_at is None) == (50, True, False)
    assert not UploadPiece.objects.exists()


@pytest.mark.usefixtures("small_batches")
def test_how_much_an_archive_holds_is_told_when_it_is_known_and_not_made_up(
    send, editor, monkeypatch
):
    answer = send(file("many.zip", archive(**{f"n{n}_txt": page(n) for n in range(120)})))
    monkeypatch.setattr(uploading, "_TELL_EVERY", 0)
    told, seen, pages = uploading._tell, [], []

    def tell(one, running, done, **options):
        told(one, running, done, **options)
        seen.extend(Upload.objects.values_list("done", "documents"))
        if done in {60, 120}:
            pages.append(editor.get(answer.url).text)

    monkeypatch.setattr(uploading, "_tell", tell)
    work()

    assert {documents for _done, documents in seen[:-1]} == {0}
    assert seen[-1] == (120, 120)
    assert "<progress></progress>" in pages[0]
    assert "60 documents so far" in pages[0]
    assert "120 of 120 documents" in pages[-1]


def test_upload_whose_worker_was_killed_is_carried_on_with_a_button(
    send, editor, django_capture_on_commit_callbacks
):
    answer = send(file("a.txt", page(1)))
    long_ago = timezone.now() - 2 * uploading.SILENT_FOR
    Upload.objects.update(progress=Progress.RUNNING, heard_at=long_ago)
    work()
    assert not Article.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        editor.client.post(answer.url, {"again": "1"})
    work()

    assert (Upload.objects.get().progress, Article.objects.count()) == (Progress.DONE, 1)


@pytest.fixture
def killed(send):
    """An upload whose worker was killed while it ran."""
    send(file("a.txt", page(1)))
    long_ago = timezone.now() - 2 * uploading.SILENT_FOR
    Upload.objects.update(progress=Progress.RUNNING, heard_at=long_ago, attempt=1)
    DBTaskResult.objects.all().delete()
    return Upload.objects.get()


def waiting_tasks():
    return [one.task_path.rpartition(".")[2] for one in DBTaskResult.objects.all()]


@pytest.mark.usefixtures("killed")
def test_upload_whose_worker_was_killed_is_carried_on_by_itself():
    ticking.once()
    work()

    assert (Upload.objects.get().progress, Article.objects.count()) == (Progress.DONE, 1)
    ticking.once()
    assert not DBTaskResult.objects.ready().exists()


def test_two_that_look_after_one_upload_have_it_imported_once(killed):
    uploading.look_after_uploads()
    uploading.look_after_uploads()

    assert waiting_tasks() == ["import_upload"]
    assert Upload.objects.get(pk=killed.pk).progress == Progress.WAITING


@pytest.mark.usefixtures("killed")
def test_upload_under_way_is_looked_after_and_left_alone():
    Upload.objects.update(heard_at=timezone.now())

    uploading.look_after_uploads()

    assert Upload.objects.get().progress == Progress.RUNNING
    assert waiting_tasks() == []


@pytest.mark.usefixtures("killed")
def test_upload_whose_task_was_lost_before_it_began_is_begun():
    Upload.objects.update(progress=Progress.WAITING)

    uploading.look_after_uploads()
    work()

    assert Upload.objects.get().progress == Progress.DONE


def test_upload_that_waits_for_a_busy_worker_keeps_its_place(send):
    send(file("a.txt", page(1)))
    for _minute in range(3):
        Upload.objects.update(heard_at=timezone.now() - 2 * uploading.SILENT_FOR)
        uploading.look_after_uploads()

    assert waiting_tasks() == ["import_upload"]


def test_what_an_earlier_version_left_in_the_queue_does_no_harm(killed):
    uploading.look_after.enqueue(killed.pk)

    work()

    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


@pytest.mark.usefixtures("killed")
def test_upload_that_was_to_stop_is_not_carried_on():
    Upload.objects.update(stop_asked=True)

    uploading.look_after_uploads()

    assert Upload.objects.get().progress == Progress.STOPPED
    assert not UploadPiece.objects.exists()
    assert not DBTaskResult.objects.exists()


@pytest.mark.usefixtures("killed")
def test_upload_that_kills_every_worker_is_given_to_the_editor():
    Upload.objects.update(attempt=3)

    uploading.look_after_uploads()

    upload = Upload.objects.get()
    assert (upload.progress, upload.reason) == (
        Progress.FAILED,
        "Its worker was killed 3 times.",
    )
    assert not DBTaskResult.objects.exists()


def test_worker_that_was_only_slow_leaves_the_upload_to_the_next(send, monkeypatch):
    send(file("a.txt", page(1)), file("b.txt", page(2)))
    monkeypatch.setattr(uploading, "_TELL_EVERY", 0)
    told = uploading._tell

    def tell(one, running, done, **options):
        Upload.objects.update(attempt=7)  # by another worker
        told(one, running, done, **options)

    monkeypatch.setattr(uploading, "_tell", tell)
    work()

    upload = Upload.objects.get()
    assert (upload.progress, upload.done, upload.attempt) == (Progress.RUNNING, 0, 7)
    assert UploadPiece.objects.exists()


def test_upload_that_broke_off_is_found_beside_the_form_and_can_be_given_up(send, editor):
    answer = send(file("a.txt", page(1)))
    Upload.objects.update(progress=Progress.FAILED)
    assert f'<a href="{answer.url}">Upload' in editor.get(HERE).text

    editor.client.post(answer.url, {"stop": "1"})

    assert Upload.objects.get().progress == Progress.STOPPED
    assert not UploadPiece.objects.exists()


def test_half_an_upload_is_no_upload(editor):
    class Broken:
        name = "a.txt"

        def chunks(self, _size):
            yield b"half of it"
            raise TimeoutError

    with pytest.raises(TimeoutError):
        uploading.receive([Broken()], editor.user, {})

    assert not Upload.objects.exists()
    assert not UploadPiece.objects.exists()


def test_upload_under_way_is_not_begun_a_second_time(send, editor):
    answer = send(file("a.txt", page(1)))
    Upload.objects.update(progress=Progress.RUNNING, heard_at=timezone.now())

    editor.client.post(answer.url, {"again": "1"})

    assert Upload.objects.get().progress == Progress.RUNNING


@pytest.mark.parametrize("who", ["author", "reader"])
def test_only_who_may_import_may_upload_or_look(send, desk, who):
    answer = send(file("a.txt", page(1)))
    other = desk(who)

    assert send(file("b.txt", page(2)), desk=other).status_code == 403
    assert other.get(HERE).status_code == 403
    assert other.get(answer.url).status_code == 403
    assert other.client.post(answer.url, {"stop": "1"}).status_code == 403
    assert Upload.objects.get().progress == Progress.WAITING


def test_right_that_was_taken_away_meanwhile_is_missed_by_the_worker(send, editor):
    send(file("a.txt", page(1)))
    editor.user.groups.clear()

    work()

    assert Upload.objects.get().progress == Progress.FAILED
    assert not Article.objects.exists()


def test_who_may_import_but_not_publish_publishes_nothing_by_an_upload(send, editor, reader):
    reader.user.user_permissions.add(Permission.objects.get(codename="import_article"))
    send(file("a.txt", page(1)), publish="on")
    send(file("b.txt", page(2)), publish="on", desk=reader)
    assert 'name="publish"' in editor.get(HERE).text
    assert 'name="publish"' not in reader.get(HERE).text

    work()

    states = Article.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [State.PUBLISHED, State.REVIEW]


def test_right_to_publish_that_was_taken_away_meanwhile_is_missed_by_the_worker(send, editor):
    send(file("a.txt", page(1)), publish="on")
    editor.user.groups.clear()
    editor.user.user_permissions.add(Permission.objects.get(codename="import_article"))

    work()

    assert Article.objects.get().state == State.REVIEW


def test_upload_without_the_token_of_its_form_is_refused(editor):
    stranger = Client(enforce_csrf_checks=True)
    stranger.force_login(editor.user, "django.contrib.auth.backends.ModelBackend")

    assert stranger.post(HERE, {"captures": [file("a.txt", page(1))]}).status_code == 403
    token = stranger.get(HERE).context["csrf_token"]
    fields = {"captures": [file("a.txt", page(1))], "csrfmiddlewaretoken": str(token)}
    assert stranger.post(HERE, fields).status_code == 302


def test_too_large_an_upload_is_refused_before_it_is_read(editor, settings):
    settings.MAX_CAPTURE_MB = 1

    answer = editor.client.post(HERE, {"captures": [file("a.txt", b"x" * 12 * 1024 * 1024)]})

    assert answer.status_code == 413
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"captures": []}, "This field is required."),
        ({"language": "nonsense!"}, "is no language"),
        ({"tags": "x" * 101}, "100 characters"),
    ],
)
def test_what_is_wrong_with_a_form_is_said_and_nothing_kept(editor, fields, words):
    answer = editor.client.post(HERE, {"captures": [file("a.txt", page(1))], **fields})

    assert words in answer.text
    assert not Upload.objects.exists()


def test_two_files_of_one_name_are_told_apart_by_the_editor(send):
    assert "Two files are called" in send(file("a.txt", page(1)), file("A.txt", page(2))).text


def test_names_of_files_are_names_and_no_paths():
    assert uploading.file_name("../../etc/passwd") == "passwd"
    assert uploading.file_name("C:\\captures\\a.txt") == "a.txt"
    assert uploading.file_name("..") == "unnamed"
    long = uploading.file_name("文" * 300 + ".txt")
    assert long.endswith("文.txt")
    assert len(long.encode()) <= 200


def test_desk_of_runs_leads_to_the_upload_for_those_who_may(editor, reader):
    runs = reverse("admin:corpusapp_importrun_changelist")

    assert HERE in editor.get(runs).text
    assert HERE not in reader.get(runs).text


class TestEditorOfOneSection:
    """A later state of a page comes from them: what is not in their section stays as it is."""

    @pytest.fixture(autouse=True)
    def own(self, editor):
        section = SectionFactory(name="Harbour Affairs")
        section.editors.add(editor.user)
        return section

    @pytest.fixture
    def article(self, desk, send):
        send(file("a.txt", page(1)), desk=desk("administrator"), publish="on")
        work()
        return Article.objects.get()

    def later(self, send, **changes):
        send(file("a.txt", page(1, date="June 1, 2016", **changes)))
        work()
        return ImportRun.objects.latest("pk").items.get()

    @pytest.mark.parametrize("elsewhere", ["Letters", ""])
    def test_article_of_another_section_stays_as_it_is(self, article, send, elsewhere):
        other = SectionFactory(name=elsewhere) if elsewhere else None
        Article.objects.filter(pk=article.pk).update(section=other)

        item = self.later(send)

        where = f"the section “{elsewhere}”" if elsewhere else "no section"
        reason = f"Its article is in {where}: it is not yours to change."
        assert (item.outcome, item.reason) == (Outcome.REFUSED, reason)
        now = Article.objects.get()
        assert (now.published_at, now.section) == (article.published_at, other)
        assert now.captures.count() == 1

    def test_article_that_an_undoing_took_away_is_not_brought_back(self, article, send):
        Article.objects.filter(pk=article.pk).update(section=SectionFactory(name="Letters"))
        list(Undoing(ImportRun.objects.get()))

        item = self.later(send)

        assert item.outcome == Outcome.REFUSED
        assert Article.objects.get().undone_by_id

    @pytest.mark.usefixtures("article")
    def test_article_of_their_section_follows(self, send):
        item = self.later(send)

        assert item.outcome == Outcome.UPDATED
        assert Article.objects.get().published_at == "2016-06-01"

    @pytest.mark.usefixtures("article")
    @pytest.mark.parametrize("printed", ["Letters", ""])
    def test_article_of_their_section_is_moved_out_by_no_capture(self, own, send, printed):
        item = self.later(send, section=printed)

        assert item.outcome == Outcome.CONFLICT
        assert item.reason == "changed: published_at; kept as an editor wrote it: section"
        assert Article.objects.get().section == own


@pytest.mark.django_db
def test_how_much_may_be_uploaded_is_told_in_whole_megabytes(editor, settings):
    settings.MAX_CAPTURE_MB = 150

    assert "together up to 1,500 MB." in editor.get(HERE).text
