"""Many rows at once: what `bulk_create` promises, and the columns of every model."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from corpusapp.models import Article, Author, CaptureBytes, Doubt, ImportItem, State, insert
from corpusapp.models import ImportRun as Run
from tests.factories import ArticleFactory, AuthorFactory

pytestmark = pytest.mark.django_db


def columns(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_rows_are_what_bulk_create_makes_of_them():
    same = {
        "title": "On Peace",
        "language": "zh-Hant",
        "body": "Two *words*.",
        "state": State.PUBLISHED,
        "live_from": dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
        "published_on": dt.date(2015, 5, 1),
        "published_time": dt.time(9, 30),
        "published_precision": "minute",
        "captured_views": 2**40,
        "counted": True,
    }
    own = ("id", "public_id", "translation_key", "created_at", "updated_at")

    (quick,) = insert([Article(**same)])
    (usual,) = Article.objects.bulk_create([Article(**same)])

    stored = [columns(Article.objects.get(pk=one.pk)) for one in (quick, usual)]
    assert all(stored[0][name] != stored[1][name] for name in own)
    shared = [{name: one[name] for name in one if name not in own} for one in stored]
    assert shared[0] == shared[1]
    assert isinstance(stored[0]["translation_key"], uuid.UUID)


def test_rows_get_their_ids_and_are_no_longer_new():
    earlier = AuthorFactory()

    first, second = insert([Author(family_name="Quill", slug="a"), Author(slug="b")])
    later = AuthorFactory()

    assert earlier.pk < first.pk < second.pk < later.pk
    first.family_name = "Quill-Reed"
    first.save()
    assert Author.objects.get(pk=first.pk).family_name == "Quill-Reed"


def test_no_rows_are_no_question(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert insert([]) == []


def test_json_bytes_and_what_rows_refer_to_are_kept():
    article = ArticleFactory()
    run = Run.objects.create(started_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))

    (held,) = insert([CaptureBytes(sha256="0" * 64, data=b"\x00\xff", size=2)])
    (item,) = insert([ImportItem(run=run, path="a", outcome="created", changes={"title": ["", 1]})])
    (doubt,) = insert(
        [Doubt(article=article, field="title", code="no_title", holds=True, candidates=["“A”"])]
    )

    assert bytes(CaptureBytes.objects.get(pk=held.pk).data) == b"\x00\xff"
    assert ImportItem.objects.get(pk=item.pk).changes == {"title": ["", 1]}
    assert (Doubt.objects.get(pk=doubt.pk).article, doubt.candidates) == (article, ["“A”"])


def test_constraints_refuse_a_row_and_all_with_it():
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([Article(title="a"), Article(title="b", captured_views=-1)])

    assert not Article.objects.exists()


@pytest.mark.parametrize("count", [1, 30])
def test_rows_cost_two_questions_however_many(count, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        insert(Article(title=f"{number}") for number in range(count))

    assert Article.objects.count() == count


def test_ids_taken_back_are_not_a_trap():
    with transaction.atomic():
        insert([Author(slug="a")])
        transaction.set_rollback(True)

    (author,) = insert([Author(slug="b")])

    assert Author.objects.get() == author
    assert connection.in_atomic_block
