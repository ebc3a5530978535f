from datetime import UTC, date, datetime, timedelta

import factory
from django.db import transaction
from django.utils import timezone

from corpusapp.editing.totals import recounted, settle
from corpusapp.models import Article, Byline, Precision, State, Tag
from tests.factories.names import AuthorFactory, TagFactory

LIVE_FROM = datetime(2020, 1, 1, tzinfo=UTC)


class ArticleFactory(factory.django.DjangoModelFactory):
    """In review, unless a trait says otherwise; a published one stands in the public totals.

    Traits: draft, published, scheduled (for tomorrow), withdrawn (after having been public),
    binned, undated. `tags=["China", "UN"]` gives it tags by name.
    """

    class Meta:
        model = Article
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(state=State.DRAFT)
        published = factory.Trait(state=State.PUBLISHED, live_from=LIVE_FROM)
        scheduled = factory.Trait(
            state=State.PUBLISHED,
            live_from=factory.LazyFunction(lambda: timezone.now() + timedelta(days=1)),
        )
        withdrawn = factory.Trait(
            state=State.WITHDRAWN,
            live_from=LIVE_FROM,
            withdrawn_at=LIVE_FROM + timedelta(days=30),
            withdrawal_note="Withdrawn at the author's wish.",
        )
        binned = factory.Trait(binned_at=LIVE_FROM + timedelta(days=60))
        undated = factory.Trait(published_on=None, published_precision=Precision.UNKNOWN)

    title = factory.Sequence(lambda n: f"Article number {n}")
    language = "en"
    body = factory.LazyAttribute(
        lambda article: f"The first paragraph of {article.title}.\n\nThe second and last paragraph."
    )
    published_on = date(2015, 5, 21)
    published_precision = Precision.DAY

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with transaction.atomic():
            article = super()._create(model_class, *args, **kwargs)
            if article.is_public():
                settle([article.pk])
                article.counted = True
        return article

    @factory.post_generation
    def tags(self, create, names, **_kwargs):
        if not create or not names:
            return
        with recounted([self.pk]):
            known = {tag.name: tag for tag in Tag.objects.filter(name__in=names)}
            self.tags.add(*(known.get(name) or TagFactory(name=name) for name in names))


class BylineFactory(factory.django.DjangoModelFactory):
    """A signature; that of a public article counts in its author's total."""

    class Meta:
        model = Byline

    article = factory.SubFactory(ArticleFactory)
    author = factory.SubFactory(AuthorFactory)
    post = "Professor of International Relations"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with recounted([kwargs["article"].pk]):
            return super()._create(model_class, *args, **kwargs)
