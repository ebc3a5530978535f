import os
import signal
import zipfile

import pytest

from corpusapp.importing.arriving import Arrivals, Watch, is_being_written
from corpusapp.importing.files import opened
from corpusapp.importing.run import Request
from corpusapp.models import Article, ImportRun
from tests.importing.pages import page


def names(found):
    return [one.name for one in found]


@pytest.fixture
def arrivals(tmp_path):
    return Arrivals([str(tmp_path)], recursive=True)


def test_file_has_arrived_when_two_looks_find_it_the_same(arrivals, tmp_path):
    (tmp_path / "a.txt").write_bytes(page(1))

    assert names(arrivals.look()) == []
    assert names(arrivals.look()) == ["a.txt"]
    assert names(arrivals.look()) == []


def test_file_that_grows_is_left_alone_until_it_has_stopped(arrivals, tmp_path):
    arriving = tmp_path / "a.txt"
    text = page(1)

    for end in range(100, 500, 100):
        arriving.write_bytes(text[:end])
        assert names(arrivals.look()) == []
    arriving.write_bytes(text)

    assert names(arrivals.look()) == []
    assert names(arrivals.look()) == ["a.txt"]


def test_file_that_is_open_for_writing_is_left_alone_however_long_it_rests(arrivals, tmp_path):
    arriving = tmp_path / "a.txt"
    with arriving.open("wb") as file:
        file.write(page(1)[:300])
        file.flush()
        if not is_being_written(str(arriving)):
            pytest.skip("this system does not tell who writes a file")
        for _look in range(4):
            assert names(arrivals.look()) == []
        file.write(page(1)[300:])
    arrivals.look()

    assert names(arrivals.look()) == ["a.txt"]


def test_asking_who_writes_a_file_neither_hinders_nor_is_ended_by_a_writer(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"one")

    assert not is_being_written(str(path))
    path.write_bytes(b"two")

    assert path.read_bytes() == b"two"
    with opened(str(path)):
        assert not is_being_written(str(path))
    assert signal.getsignal(signal.SIGIO) == signal.SIG_DFL


def test_changed_file_and_one_put_in_its_place_arrive_again(arrivals, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(page(1))
    arrivals.look()
    arrivals.look()

    path.write_bytes(page(1) + b"One more sentence stands here.\n")
    assert [names(arrivals.look()), names(arrivals.look())] == [[], ["a.txt"]]

    facts = path.stat()
    (tmp_path / "new").write_bytes(path.read_bytes()[::-1])
    os.utime(tmp_path / "new", ns=(facts.st_atime_ns, facts.st_mtime_ns))
    (tmp_path / "new").replace(path)
    assert [names(arrivals.look()), names(arrivals.look())] == [[], ["a.txt"]]


def test_document_waits_for_its_sidecar_and_comes_again_with_a_new_one(arrivals, tmp_path):
    (tmp_path / "a.txt").write_bytes(page(1))
    sidecar = tmp_path / "a.json"
    sidecar.write_text('{"tags": ["har')
    arrivals.look()
    sidecar.write_text('{"tags": ["harbour"]}')

    assert names(arrivals.look()) == []
    (found,) = arrivals.look()
    assert found.sidecar == str(sidecar)
    sidecar.write_text('{"tags": ["harbour", "rope"]}')
    arrivals.look()
    assert names(arrivals.look()) == ["a.txt"]


def test_new_defaults_of_a_folder_bring_back_what_lies_below_it(arrivals, tmp_path):
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.txt").write_bytes(page(1))
    arrivals.look()
    arrivals.look()

    (tmp_path / "corpus.yml").write_text("section: Harbour\n")
    arrivals.look()

    (found,) = arrivals.look()
    assert (found.name, dict(found.defaults)) == ("below/a.txt", {"section": "Harbour"})


def test_folders_within_are_watched_only_if_asked(tmp_path):
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.txt").write_bytes(page(1))
    arrivals = Arrivals([str(tmp_path)])

    arrivals.look()

    assert arrivals.look() == []
    assert arrivals.passed.folders == 1


def test_folder_that_is_gone_for_a_while_is_waited_for(arrivals, tmp_path):
    away = tmp_path.with_name("away")
    tmp_path.rename(away)
    assert arrivals.look() == []

    away.rename(tmp_path)
    (tmp_path / "a.txt").write_bytes(page(1))
    arrivals.look()

    assert names(arrivals.look()) == ["a.txt"]


def test_file_written_to_again_before_its_turn_is_not_still_what_arrived(arrivals, tmp_path):
    (tmp_path / "a.txt").write_bytes(page(1))
    (tmp_path / "b.txt").write_bytes(page(2))
    arrivals.look()
    first, second = arrivals.look()

    (tmp_path / "b.txt").write_bytes(page(2)[:200])

    assert (arrivals.still(first), arrivals.still(second)) == (True, False)
    arrivals.look()
    assert names(arrivals.look()) == ["b.txt"]


class Scene:
    """A watch whose pauses are used to change the folder; it ends when there is nothing to do."""

    def __init__(self, folder, *steps):
        self.watch = Watch(Request(paths=[str(folder)], jobs=1, watch=True), interval=0)
        self.steps = list(steps)

    def play(self):
        """The results, as (name, outcome)."""
        watch, told = self.watch, []
        for step in [*self.steps, lambda: None]:
            step()
            looks = iter([False, False, True])  # two looks, then the end of this watching
            pause = type(watch)._pause

            def count(_self, looks=looks):
                _self.stopped = next(looks)

            type(watch)._pause = count
            try:
                watch.stopped = False
                told += [(result.path.rpartition("/")[2], str(result.outcome)) for result in watch]
            finally:
                type(watch)._pause = pause
        return told


@pytest.mark.django_db
def test_what_arrives_together_is_one_run_and_nothing_new_is_none(tmp_path):
    def first():
        (tmp_path / "a.txt").write_bytes(page(1))
        (tmp_path / "b.txt").write_bytes(page(2))

    def second():
        with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
            archive.writestr("d.txt", page(3))
            archive.writestr("d.json", '{"section": "Ropes"}')

    scene = Scene(tmp_path, first, lambda: None, second)

    told = scene.play()

    assert told == [("a.txt", "created"), ("b.txt", "created"), ("d.txt", "created")]
    assert [run.created for run in ImportRun.objects.order_by("pk")] == [2, 1]
    assert ImportRun.objects.earliest().options == {"paths": [str(tmp_path)], "watch": True}
    assert Article.objects.filter(section__name="Ropes").count() == 1
    assert (scene.watch.documents, dict(scene.watch.outcomes)) == (3, {"created": 3})
    assert scene.watch.passed.endings == {"sidecar": 1}


@pytest.mark.django_db
def test_restart_finds_all_unchanged_and_leaves_no_run(tmp_path):
    (tmp_path / "a.txt").write_bytes(page(1))
    Scene(tmp_path).play()

    told = Scene(tmp_path).play()

    assert told == [("a.txt", "unchanged")]
    assert ImportRun.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("small_batches")
def test_stopped_watch_ends_after_the_batch_under_way_and_the_next_carries_on(tmp_path):
    for number in range(120):
        (tmp_path / f"{number:03d}.txt").write_bytes(page(number))
    watch = Watch(Request(paths=[str(tmp_path)], jobs=1), interval=0)

    results = 0
    for _result in watch:
        results += 1
        watch.stop()

    assert (results, watch.documents, Article.objects.count()) == (50, 50, 50)
    run = ImportRun.objects.get()
    assert (run.created, run.finished_at is not None) == (50, True)
    assert len(Scene(tmp_path).play()) == 120
    assert Article.objects.count() == 120


@pytest.mark.django_db
@pytest.mark.usefixtures("small_batches")
def test_what_is_written_to_again_while_others_are_imported_waits_for_the_next_look(tmp_path):
    for number in range(60):
        (tmp_path / f"{number:02d}.txt").write_bytes(page(number))
    watch = Watch(Request(paths=[str(tmp_path)], jobs=1), interval=0)

    told = []
    for result in watch:
        if not told:  # the first batch is in, the second is not read yet
            (tmp_path / "59.txt").write_bytes(page(61))
        told.append(result.path.rpartition("/")[2])
        if len(told) == 60:
            watch.stop()

    assert sorted(told) == [f"{number:02d}.txt" for number in range(60)]
    assert [run.created for run in ImportRun.objects.order_by("pk")] == [59, 1]
