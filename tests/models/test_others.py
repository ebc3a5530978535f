import zlib

import pytest
from django.db.models.deletion import ProtectedError

from corpusapp.models import (
    Author,
    Capture,
    CaptureBytes,
    Doubt,
    ImportRun,
    Label,
    Listing,
    PublicTotal,
    Section,
    Tag,
)
from tests import factories

db = pytest.mark.django_db


# Labels -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [Section, Tag])
@pytest.mark.parametrize(
    ("labels", "language", "expected"),
    [
        ({"label_en": "Peace"}, "en", Label("Peace", "en")),
        ({"label_zh_hans": "和平", "label_zh_hant": "和 平"}, "zh-hans", Label("和平", "zh-Hans")),
        # the other Chinese script is nearer than English
        ({"label_en": "Peace", "label_zh_hant": "和平"}, "zh-hans", Label("和平", "zh-Hant")),
        ({"label_en": "Peace", "label_zh_hans": "和平"}, "zh-hant", Label("和平", "zh-Hans")),
        # otherwise the name, said to be in its own language
        ({"label_zh_hans": "和平"}, "en", Label("Frieden", "de")),
        ({"label_en": "Peace"}, "zh-hant", Label("Frieden", "de")),
        ({}, "fr", Label("Frieden", "de")),
    ],
)
def test_label_of_a_language_or_what_stands_in_for_it(model, labels, language, expected):
    assert model(name="Frieden", name_language="de", **labels).label(language) == expected


@pytest.mark.parametrize(
    ("language", "column"),
    [("en", "label_en"), ("zh-Hans", "label_zh_hans"), ("zh-Hant", "label_zh_hant")],
)
def test_name_is_the_label_of_its_own_language(language, column):
    section = Section(name="Peace", name_language=language).with_label_from_name()

    assert getattr(section, column) == "Peace"


def test_label_that_is_there_is_kept_and_a_foreign_name_labels_nothing():
    kept = Section(name="peace", label_en="Peace").with_label_from_name()
    foreign = Section(name="Frieden", name_language="de").with_label_from_name()

    assert kept.label_en == "Peace"
    assert (foreign.label_en, foreign.label_zh_hans, foreign.label_zh_hant) == ("", "", "")


def test_description_is_never_in_another_language():
    section = Section(description_en="About peace")

    assert [section.description(s) for s in ("en", "zh-hans", "de")] == ["About peace", "", ""]


# Known and listed -------------------------------------------------------------------------------


@db
def test_names_are_found_by_their_key_and_no_others():
    author = factories.AuthorFactory(name="Du Qiwen")
    section = factories.SectionFactory(name="Foreign Policy")
    tag = factories.TagFactory(name="China")
    factories.AuthorNameFactory(author=author, text="杜起文", language="zh-Hans")
    factories.SectionNameFactory(section=section, text="外交政策")
    factories.TagSynonymFactory(tag=tag, text="PRC")

    assert Author.objects.known_as({"du qiwen", "杜起文", "nobody"}) == {
        "du qiwen": author,
        "杜起文": author,
    }
    assert Section.objects.known_as({"foreign policy", "外交政策", "x"}) == {
        "foreign policy": section,
        "外交政策": section,
    }
    assert Tag.objects.known_as({"china", "prc", "x"}) == {"china": tag, "prc": tag}


@db
def test_only_what_has_something_public_is_listed():
    shown = factories.ArticleFactory(
        published=True, language="zh-Hans", section=factories.SectionFactory(), tags=["China"]
    )
    author = factories.BylineFactory(article=shown).author
    hidden = factories.ArticleFactory(section=factories.SectionFactory(), tags=["UN"])
    factories.BylineFactory(article=hidden)

    assert list(Section.objects.listed()) == [shown.section]
    assert list(Author.objects.listed()) == [author]
    assert [tag.name for tag in Tag.objects.listed()] == ["China"]


@db
def test_translator_of_a_public_article_has_no_page_of_articles():
    factories.BylineFactory(article=factories.ArticleFactory(published=True), role="translator")

    assert list(Author.objects.listed()) == []


@db
def test_merged_author_is_not_listed():
    author = factories.BylineFactory(article=factories.ArticleFactory(published=True)).author
    Author.objects.filter(pk=author.pk).update(merged_into=factories.AuthorFactory())

    assert list(Author.objects.listed()) == []


@db
def test_total_that_fell_to_nothing_lists_nothing():
    section = factories.SectionFactory()
    PublicTotal.objects.create(listing=Listing.SECTION, key=section.pk, shelf="en", articles=0)

    assert list(Section.objects.listed()) == []


@db
def test_signature_is_as_printed_or_the_author_s_name():
    author = factories.AuthorFactory(name="Du Qiwen")
    plain = factories.BylineFactory(author=author, post="")
    printed = factories.BylineFactory(author=author, name="DU Qiwen", post="Ambassador")

    assert (str(plain), str(printed)) == ("Du Qiwen", "DU Qiwen (Ambassador)")


@db
def test_author_who_signed_cannot_be_deleted():
    author = factories.BylineFactory().author

    with pytest.raises(ProtectedError):
        author.delete()


@pytest.mark.parametrize(("language", "text"), [("en", "A diplomat."), ("zh-hant", ""), ("x", "")])
def test_biography_is_never_in_another_language(language, text):
    assert Author(biography_en="A diplomat.").biography(language) == text


# Captures ---------------------------------------------------------------------------------------


@db
@pytest.mark.parametrize("raw", [b"", b"\x00\xff" * 10, "治理".encode(), b"line\r\n" * 1000])
def test_bytes_come_back_as_they_went_in(raw):
    kept = factories.CaptureBytesFactory(raw=raw)
    kept.refresh_from_db()

    assert (kept.raw, kept.size) == (raw, len(raw))


@db
def test_purged_bytes_leave_their_hash_and_size():
    kept = factories.CaptureBytesFactory(raw=b"to be forgotten")
    CaptureBytes.objects.filter(pk=kept.pk).update(data=None)
    sha256 = kept.sha256
    kept.refresh_from_db()

    assert (kept.raw, kept.size, kept.sha256) == (None, 15, sha256)


def test_bytes_are_packed():
    packed = CaptureBytes.packed(b"the same " * 1000, "0" * 64)

    assert len(packed.data) < 100
    assert zlib.decompress(packed.data) == b"the same " * 1000


def test_capture_is_called_by_its_path():
    capture = Capture(path="site/pages/000.txt")

    assert str(capture) == "site/pages/000.txt"


@db
def test_open_doubts_are_those_nobody_settled():
    waiting = factories.DoubtFactory()
    factories.DoubtFactory(settled_at=waiting.article.created_at)

    assert list(Doubt.objects.open()) == [waiting]


# Names of rows ----------------------------------------------------------------------------------


@db
def test_rows_have_names_an_editor_understands():
    run = factories.ImportRunFactory()
    item = factories.ImportItemFactory(run=run, path="a.txt")

    assert str(item) == "a.txt: created"
    assert str(run) == f"Run {run.pk}"
    assert ImportRun.objects.latest() == run
    assert str(factories.DoubtFactory()) == "authors: no-author"
    assert str(factories.RedirectFactory(slug="old")) == "author/old"
    assert str(factories.SourceFactory(name="Journal")) == "Journal"
    assert str(factories.TagSynonymFactory(text="PRC")) == "PRC"
    assert str(factories.SectionNameFactory(text="外交")) == "外交"
    assert str(factories.AuthorNameFactory(text="杜起文")) == "杜起文"
