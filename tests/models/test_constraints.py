"""Each promise is kept by the database itself, whoever writes and however."""

from datetime import date, time

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from corpusapp.models import (
    Article,
    AuditEntry,
    Author,
    AuthorName,
    Autosave,
    BulkLeft,
    BulkRun,
    Byline,
    Capture,
    CaptureBytes,
    Correction,
    FieldOwner,
    Glossary,
    InnerLink,
    LeftWhy,
    LineChange,
    Merging,
    MostRead,
    Picture,
    Presence,
    PreviewLink,
    Publication,
    PublicTotal,
    ReadCount,
    Redirect,
    Related,
    Rendition,
    Revision,
    SectionName,
    Source,
    Tag,
    Tagging,
    TagSynonym,
    Upload,
    UploadPiece,
    VersionName,
)
from tests import factories

pytestmark = pytest.mark.django_db


def change(**columns):
    """Change a dull article behind the back of models and forms."""

    def change_article():
        article = factories.ArticleFactory()
        Article.objects.filter(pk=article.pk).update(**columns)

    return change_article


def repeat(factory, *columns):
    """Write a second row that has the same `columns` as a first."""

    def repeat_row():
        first = factory()
        second = factory()
        same = {column: getattr(first, column) for column in columns}
        type(first).objects.filter(pk=second.pk).update(**same)

    return repeat_row


def glossary_twice(column, *, of_article=False):
    def write():
        article = factories.ArticleFactory() if of_article else None
        for number in range(2):
            words = {"simplified": f"里{number}", "traditional": f"裡{number}", column: "同"}
            Glossary.objects.create(article=article, **words)

    return write


def rendition_in_english():
    article = factories.ArticleFactory(published=True, language="zh-Hans")
    Rendition.objects.filter(article=article).update(language="en")


def same_place_in_series():
    series = factories.SeriesFactory()
    for _ in range(2):
        factories.ArticleFactory(series=series, series_position=1)


def retracted_twice():
    article = factories.ArticleFactory()
    for _ in range(2):
        Correction.objects.create(article=article, text="Not so.", kind="retraction")


def most_read_twice():
    section, article = factories.SectionFactory(), factories.ArticleFactory()
    for _ in range(2):
        MostRead.objects.create(shelf="en", section=section, rank=1, article=article)


def read_twice():
    article = factories.ArticleFactory()
    for _ in range(2):
        ReadCount.objects.create(article=article, day=date(2026, 1, 1))


def unsaved_twice(*, new):
    def write_unsaved():
        user, article = factories.UserFactory(), None if new else factories.ArticleFactory()
        for _ in range(2):
            Autosave.objects.create(
                user=user, article=article, page="p", saved_at=timezone.now(), fields={}
            )

    return write_unsaved


def present_twice():
    user, article = factories.UserFactory(), factories.ArticleFactory()
    for _ in range(2):
        Presence.objects.create(user=user, article=article, seen_at=timezone.now())


def links_twice():
    article = factories.ArticleFactory()
    for _ in range(2):
        InnerLink.objects.create(article=article, target="23456789")


def preview_that_is_over_at_once():
    now = timezone.now()
    PreviewLink.objects.create(article=factories.ArticleFactory(), made_at=now, expires_at=now)


def version_called(*names):
    def violate():
        article = factories.ArticleFactory()
        for name in names:
            VersionName.objects.create(article=article, name=name, named_at=timezone.now())

    return violate


def version_of_two():
    item = factories.ImportItemFactory(article=factories.ArticleFactory())
    revision = Revision.objects.create(article=item.article, at=timezone.now(), version=1)
    VersionName.objects.create(
        article=item.article, revision=revision, item=item, name="Sent", named_at=timezone.now()
    )


def revision_of_no_kind():
    Revision.objects.create(
        article=factories.ArticleFactory(), at=timezone.now(), kind="odd", version=1
    )


def merge_author_into_self():
    author = factories.AuthorFactory()
    Author.objects.filter(pk=author.pk).update(merged_into=author)


def second_main_name():
    author = factories.AuthorFactory()
    AuthorName.objects.bulk_create([AuthorName(author=author, text="A. Writer", language="en")])


def sign_twice():
    byline = factories.BylineFactory()
    Byline.objects.bulk_create([Byline(article=byline.article, author=byline.author)])


def tag_twice():
    article = factories.ArticleFactory(tags=["China"])
    Tagging.objects.bulk_create([Tagging(content_object=article, tag=Tag.objects.get())])


def capture_twice():
    first = factories.CaptureFactory()
    Capture.objects.bulk_create(
        [Capture(bytes=first.bytes, document=first.document, path="b", encoding="utf-8")]
    )


def duplicate_of_itself():
    capture = factories.CaptureFactory()
    Capture.objects.filter(pk=capture.pk).update(duplicate_of=capture)


def rule(**columns):
    def write_rule():
        values = {name: made() if callable(made) else made for name, made in columns.items()}
        factories.ImportRuleFactory(**values)

    return write_rule


def field_owned(*kinds):
    def write_owners():
        article = factories.ArticleFactory()
        FieldOwner.objects.bulk_create(
            FieldOwner(article=article, field="title", kind=kind, at=timezone.now())
            for kind in kinds
        )

    return write_owners


def line_said(*lines):
    def say():
        capture = factories.CaptureFactory()
        LineChange.objects.bulk_create(
            LineChange(capture=capture, line=line, part="title") for line in lines
        )

    return say


def merged(kind, *pairs):
    def write_mergings():
        Merging.objects.bulk_create(
            Merging(kind=kind, kept=kept, gone=gone, gone_name="UN") for kept, gone in pairs
        )

    return write_mergings


def undo_twice():
    undone = factories.ImportItemFactory()
    for _ in range(2):
        factories.ImportItemFactory(undoes=undone)


def undo_of_nothing():
    factories.ImportRunFactory(kind="undo")


def import_that_undoes():
    factories.ImportRunFactory(undoes=factories.ImportRunFactory())


def total(**columns):
    def write_total():
        PublicTotal.objects.create(**{"listing": "all", "shelf": "en", "articles": 0} | columns)

    return write_total


def total_twice():
    total()()
    total()()


def merge_article_into_itself():
    article = factories.ArticleFactory()
    Article.objects.filter(pk=article.pk).update(merged_into=article, binned_at=timezone.now())


def merged_article_out_of_the_bin():
    article = factories.ArticleFactory()
    Article.objects.filter(pk=article.pk).update(merged_into=factories.ArticleFactory())


def pair(**columns):
    def change_pair():
        first = factories.PossibleDuplicateFactory()
        type(first).objects.filter(pk=first.pk).update(**columns)

    return change_pair


def upload_that_does_not_know_how_it_goes():
    Upload.objects.create(progress="lost")


def bulk_run(**columns):
    def write():
        BulkRun.objects.create(**{"deed": "publish", "said": "", "pins": b"", "total": 1} | columns)

    return write


def left_twice():
    run = BulkRun.objects.create(deed="publish", said="", pins=b"", total=1)
    article = factories.ArticleFactory()
    for _ in range(2):
        BulkLeft.objects.create(run=run, article=article, why=LeftWhy.HELD)


def left_for_no_reason():
    run = BulkRun.objects.create(deed="publish", said="", pins=b"", total=1)
    BulkLeft.objects.create(run=run, article=factories.ArticleFactory(), why="whim")


def piece_twice():
    upload = Upload.objects.create()
    for _ in range(2):
        UploadPiece.objects.create(upload=upload, file=0, place=0, data=b"a part")


def neighbour(**columns):
    def write_neighbour():
        article = factories.ArticleFactory()
        values = {"article": article, "other": factories.ArticleFactory()} | columns
        Related.objects.create(**{k: v(article) if callable(v) else v for k, v in values.items()})

    return write_neighbour


def neighbours_twice():
    first, other = factories.ArticleFactory(), factories.ArticleFactory()
    Related.objects.create(article=first, other=other)
    Related.objects.create(article=other, other=first)  # the other way round is another thing
    Related.objects.create(article=first, other=other, is_chosen=True)


VIOLATIONS = {
    "audit_entry_act_is_known": lambda: AuditEntry.objects.create(act="dreamt"),
    "article_one_edition_per_language": repeat(
        factories.ArticleFactory, "translation_key", "language"
    ),
    "article_published_has_live_from": change(state="published"),
    "article_published_has_title_and_body": [
        change(state="published", live_from=timezone.now(), title=""),
        change(state="published", live_from=timezone.now(), body=""),
    ],
    "article_withdrawn_has_moment": change(state="withdrawn"),
    "article_date_with_precision": [
        change(published_on=None),
        change(published_precision=""),
    ],
    "article_time_with_minute_precision": [
        change(published_precision="minute"),
        change(published_time=time(16, 8)),
    ],
    "article_offset_with_time": [
        change(published_offset=480),
        change(published_time=time(16, 8), published_precision="minute", published_offset=841),
        change(published_time=time(16, 8), published_precision="minute", published_offset=-841),
    ],
    "article_state_is_known": change(state="lost"),
    "article_merged_lies_in_bin": [merge_article_into_itself, merged_article_out_of_the_bin],
    "article_views_not_negative": change(captured_views=-1),
    "author_not_merged_into_self": merge_author_into_self,
    "author_name_means_one_author": repeat(factories.AuthorNameFactory, "key"),
    "author_one_main_name_per_language": second_main_name,
    "bulk_left_once": left_twice,
    "bulk_left_why_is_known": left_for_no_reason,
    "bulk_run_ends_at_its_total": bulk_run(position=2),
    "bulk_run_progress_is_known": bulk_run(progress="lost"),
    "byline_once_per_article_and_role": sign_twice,
    "capture_once_per_state": capture_twice,
    "capture_not_duplicate_of_itself": duplicate_of_itself,
    "import_rule_has_condition": rule(title_contains=""),
    "import_rule_refuses_or_gives": [
        rule(refuses=True, publishes=True),
        rule(refuses=True, gives_section=factories.SectionFactory),
    ],
    "article_one_place_in_series": same_place_in_series,
    "article_place_needs_series": change(series_position=1),
    "correction_says_something": lambda: Correction.objects.create(
        article=factories.ArticleFactory(), text=""
    ),
    "correction_kind_is_known": lambda: Correction.objects.create(
        article=factories.ArticleFactory(), text="Not so.", kind="rumour"
    ),
    "correction_one_retraction": retracted_twice,
    "most_read_one_a_rank": most_read_twice,
    "picture_has_an_extent": lambda: Picture.objects.create(name="x", width=0, height=1),
    "publication_is_one": lambda: Publication.objects.create(pk=2),
    "read_count_one_per_article_and_day": read_twice,
    "field_owner_one_per_field": field_owned("edited", "confirmed"),
    "field_owner_kind_is_known": field_owned("inherited"),
    "glossary_has_both_words": [
        lambda: Glossary.objects.create(simplified="里", traditional=""),
        lambda: Glossary.objects.create(simplified="", traditional="裡"),
    ],
    "glossary_simplified_once": glossary_twice("simplified"),
    "glossary_traditional_once": glossary_twice("traditional"),
    "glossary_simplified_once_per_article": glossary_twice("simplified", of_article=True),
    "glossary_traditional_once_per_article": glossary_twice("traditional", of_article=True),
    "rendition_is_chinese": rendition_in_english,
    "import_item_undone_once": undo_twice,
    "import_run_undo_names_its_run": [undo_of_nothing, import_that_undoes],
    "possible_duplicate_once_per_pair": repeat(
        factories.PossibleDuplicateFactory, "earlier", "later"
    ),
    "possible_duplicate_earlier_first": [
        pair(later=F("earlier")),
        pair(earlier=F("later"), later=F("earlier")),
    ],
    "autosave_one_per_page": unsaved_twice(new=False),
    "autosave_one_per_page_of_a_new": unsaved_twice(new=True),
    "inner_link_once": links_twice,
    "presence_once_per_article": present_twice,
    "preview_link_expires_after_it_is_made": preview_that_is_over_at_once,
    "revision_kind_is_known": revision_of_no_kind,
    "version_name_is_not_empty": version_called(""),
    "version_name_of_one_version": version_of_two,
    "version_name_once_per_article": version_called("Sent", "Sent"),
    "learned_furniture_has_words": lambda: factories.LearnedFurnitureFactory(key=""),
    "learned_furniture_once_per_source": repeat(factories.LearnedFurnitureFactory, "source", "key"),
    "line_change_counts_from_one": line_said(0),
    "line_change_one_per_line": line_said(7, 7),
    "merging_kind_is_merged": merged("year", (1, 2)),
    "merging_not_into_itself": merged("tag", (1, 1)),
    "merging_once": merged("tag", (1, 2), (3, 2)),
    "possible_duplicate_shares_a_part": [pair(shared=1.01), pair(shared=-0.01)],
    "possible_duplicate_verdict_is_known": pair(verdict="perhaps"),
    "public_total_one_per_list": total_twice,
    "public_total_not_negative": total(articles=-1),
    "redirect_one_per_address": repeat(factories.RedirectFactory, "kind", "slug"),
    "related_closeness_in_range": neighbour(closeness=10_001),
    "related_not_to_itself": neighbour(other=lambda article: article),
    "related_once": neighbours_twice,
    "section_name_means_one_section": repeat(factories.SectionNameFactory, "key"),
    "source_one_per_name": repeat(factories.SourceFactory, "key"),
    "tag_synonym_means_one_tag": repeat(factories.TagSynonymFactory, "key"),
    "tagging_once_per_article": tag_twice,
    "upload_piece_has_its_place": piece_twice,
    "upload_progress_is_known": upload_that_does_not_know_how_it_goes,
}
CASES = [
    pytest.param(name, violate, id=f"{name}-{number}")
    for name, cases in VIOLATIONS.items()
    for number, violate in enumerate(cases if isinstance(cases, list) else [cases])
]


def named_constraints():
    return {
        constraint.name: model
        for model in apps.get_app_config("corpusapp").get_models()
        for constraint in model._meta.constraints
    }


def test_every_constraint_has_a_case():
    assert set(VIOLATIONS) == set(named_constraints())


@pytest.mark.parametrize(("name", "violate"), CASES)
def test_database_refuses(name, violate):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        violate()

    assert _names(name, str(refusal.value))


def _names(name, message):
    """SQLite names a broken uniqueness by its columns, everything else by the constraint."""
    if connection.vendor != "sqlite" or "UNIQUE" not in message or "index" in message:
        return name in message
    model = named_constraints()[name]
    constraint = next(c for c in model._meta.constraints if c.name == name)
    fields = constraint.fields or [expression.name for expression in constraint.expressions]
    columns = [f"{model._meta.db_table}.{model._meta.get_field(name).column}" for name in fields]
    return message.endswith(": " + ", ".join(columns))


@pytest.mark.parametrize(
    ("factory", "column"),
    [
        (factories.ArticleFactory, "public_id"),
        (factories.AuthorFactory, "slug"),
        (factories.SectionFactory, "slug"),
        (factories.TagFactory, "slug"),
        (factories.TagFactory, "name"),
        (factories.CaptureBytesFactory, "sha256"),
    ],
)
def test_database_refuses_a_second_use(factory, column):
    with pytest.raises(IntegrityError), transaction.atomic():
        repeat(factory, column)()


# What must stay possible ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "columns",
    [
        {"published_on": None, "published_precision": ""},
        {"published_on": date(2015, 1, 1), "published_precision": "year"},
        {"published_time": time(0, 0), "published_precision": "minute"},
        {"published_time": time(0, 0), "published_precision": "minute", "published_offset": 840},
        {"published_time": time(0, 0), "published_precision": "minute", "published_offset": -840},
        {"captured_views": 0},
        {"title": "", "body": ""},  # in review, nothing may be known yet
        {"state": "withdrawn", "withdrawn_at": timezone.now()},
    ],
)
def test_database_takes(columns):
    change(**columns)()

    assert Article.objects.filter(**columns).count() == 1


def test_namesakes_share_a_name_but_not_the_key():
    first = factories.AuthorNameFactory(text="Li Wei")
    namesakes = [factories.AuthorNameFactory(text="Li Wei", key=None) for _ in range(2)]

    assert {name.text for name in namesakes} == {first.text}


def test_author_has_a_main_name_in_each_language_and_any_number_of_others():
    author = factories.AuthorFactory(name="Du Qiwen")
    factories.AuthorNameFactory(author=author, language="zh-Hans", text="杜起文")
    for text in ("Qiwen Du", "Du Qi-wen"):
        factories.AuthorNameFactory(author=author, text=text, is_main=False)

    assert author.names.count() == 4


def test_author_may_sign_in_two_roles():
    byline = factories.BylineFactory()
    factories.BylineFactory(article=byline.article, author=byline.author, role="translator")

    assert byline.article.bylines.count() == 2


def test_same_bytes_under_two_names_are_two_captures_of_one_blob():
    first = factories.CaptureFactory(raw=b"the same")
    factories.CaptureFactory(bytes=first.bytes, raw=b"the same")

    assert (Capture.objects.count(), CaptureBytes.objects.count()) == (2, 1)


def test_capture_whose_import_was_undone_may_come_again():
    undo = factories.ImportRunFactory(kind="undo", undoes=factories.ImportRunFactory())
    first = factories.CaptureFactory(undone_by=undo)

    Capture.objects.create(bytes=first.bytes, document=first.document, path="b", encoding="utf-8")

    assert Capture.objects.filter(document=first.document).count() == 2


def test_old_address_may_be_the_same_word_in_two_lists():
    factories.RedirectFactory(kind="author", slug="china")
    factories.RedirectFactory(kind="tag", slug="china", target=1)

    assert Redirect.objects.count() == 2


# What hangs together ----------------------------------------------------------------------------


def test_article_with_captures_cannot_be_deleted():
    capture = factories.CaptureFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        capture.article.delete()


@pytest.mark.parametrize("model", [SectionName, TagSynonym, Source])
def test_every_key_is_needed(model):
    owners = {SectionName: "section", TagSynonym: "tag"}
    factory = {SectionName: factories.SectionFactory, TagSynonym: factories.TagFactory}
    owner = {owners[model]: factory[model]()} if model in owners else {}

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**owner, key=None)
