import hashlib
from datetime import UTC, datetime

import factory

from corpusapp.models import (
    Capture,
    CaptureBytes,
    Doubt,
    ImportItem,
    ImportRule,
    ImportRun,
    Outcome,
    PossibleDuplicate,
)
from corpusapp.text.folding import text_hash
from tests.factories.articles import ArticleFactory
from tests.factories.users import UserFactory


def _field(value, line, confidence=0.9, rule="first-line"):
    return {"value": value, "confidence": confidence, "rule": rule, "lines": [line, line]}


class CaptureBytesFactory(factory.django.DjangoModelFactory):
    """Made from `raw`, packed as the product packs it."""

    class Meta:
        model = CaptureBytes

    raw = factory.Sequence(lambda n: f"Article number {n}\n\n2015-05-21\n\nThe text.\n".encode())

    @classmethod
    def _create(cls, model_class, *_args, raw, **kwargs):
        packed = model_class.packed(raw, hashlib.sha256(raw).hexdigest())
        for name, value in kwargs.items():
            setattr(packed, name, value)
        packed.save()
        return packed


class CaptureFactory(factory.django.DjangoModelFactory):
    """One text file beside its article; `raw=b"..."` gives its bytes."""

    class Meta:
        model = Capture

    class Params:
        raw = factory.Sequence(lambda n: f"Captured page {n}\n\n2015-05-21\n\nThe text.\n".encode())

    bytes = factory.SubFactory(CaptureBytesFactory, raw=factory.SelfAttribute("..raw"))
    path = factory.Sequence(lambda n: f"pages/{n:03d}.txt")
    document = factory.LazyAttribute(lambda c: hashlib.sha256(c.path.encode()).hexdigest())
    encoding = "utf-8"
    text_hash = factory.LazyAttribute(lambda c: text_hash(c.raw.decode("utf-8", "replace")))
    extractor = "1"
    article = factory.SubFactory(ArticleFactory)
    fields = factory.LazyAttribute(
        lambda c: {
            "title": _field(c.article.title if c.article else "A title", 1),
            "published_at": _field("2015-05-21", 3, rule="iso-date"),
            "language": _field("en", 1, rule="small-words"),
            "body": _field({"sha256": hashlib.sha256(b"The text.").hexdigest()}, 5, rule="prose"),
        }
    )


class DoubtFactory(factory.django.DjangoModelFactory):
    """An open one that does not hold the article back: no author was found."""

    class Meta:
        model = Doubt

    article = factory.SubFactory(ArticleFactory)
    field = "authors"
    code = "no-author"
    holds = False


class ImportRunFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ImportRun

    started_at = datetime(2020, 1, 1, 12, tzinfo=UTC)
    finished_at = datetime(2020, 1, 1, 12, 1, tzinfo=UTC)
    user = factory.SubFactory(UserFactory)
    created = 1


class ImportItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ImportItem

    run = factory.SubFactory(ImportRunFactory)
    path = factory.SelfAttribute("capture.path")
    outcome = Outcome.CREATED
    capture = factory.SubFactory(CaptureFactory)
    article = factory.SelfAttribute("capture.article")


class ImportRuleFactory(factory.django.DjangoModelFactory):
    """Means captures with one word in the title, and does nothing to them yet."""

    class Meta:
        model = ImportRule
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Rule {n}")
    title_contains = "harbour"

    @factory.post_generation
    def tags(self, create, names):
        if create and names:
            self.tags.set(names)


class PossibleDuplicateFactory(factory.django.DjangoModelFactory):
    """Two articles of which an editor has to say what they are to each other."""

    class Meta:
        model = PossibleDuplicate

    earlier = factory.SubFactory(ArticleFactory)
    later = factory.SubFactory(ArticleFactory)
    shared = 0.8
