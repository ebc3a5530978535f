import pytest

from corpusapp.models import Article, Author, Listing, PublicTotal, Section, Tag
from tests import factories

pytestmark = pytest.mark.django_db

ALL = [
    factories.ArticleFactory,
    factories.AuthorFactory,
    factories.AuthorNameFactory,
    factories.BylineFactory,
    factories.CaptureBytesFactory,
    factories.CaptureFactory,
    factories.DoubtFactory,
    factories.ImportItemFactory,
    factories.ImportRunFactory,
    factories.RedirectFactory,
    factories.SectionFactory,
    factories.SectionNameFactory,
    factories.SourceFactory,
    factories.TagFactory,
    factories.TagSynonymFactory,
    factories.UserFactory,
]


@pytest.mark.parametrize("factory", ALL)
def test_factory_makes_two_valid_rows(factory):
    for thing in factory.create_batch(2):
        thing.full_clean()


@pytest.mark.parametrize(
    "trait", ["draft", "published", "scheduled", "withdrawn", "binned", "undated"]
)
def test_article_of_every_trait_is_valid(trait):
    article = factories.ArticleFactory(**{trait: True})

    article.full_clean()


def test_published_article_is_counted_with_its_section_author_and_tags():
    section = factories.SectionFactory()
    article = factories.ArticleFactory(published=True, section=section, tags=["China", "UN"])
    byline = factories.BylineFactory(article=article)

    totals = set(PublicTotal.objects.values_list("listing", "key", "articles"))

    assert totals == {
        (Listing.ALL, 0, 1),
        (Listing.SECTION, section.pk, 1),
        (Listing.AUTHOR, byline.author_id, 1),
        (Listing.YEAR, 2015, 1),
        (Listing.MONTH, 201505, 1),
        *((Listing.TAG, tag.pk, 1) for tag in Tag.objects.all()),
    }
    assert article.counted


def test_names_are_known_to_imports():
    author, section, tag = (
        factories.AuthorFactory(),
        factories.SectionFactory(),
        factories.TagFactory(),
    )

    assert Author.objects.known_as({f"anna {author.family_name.lower()}"})
    assert Section.objects.known_as({section.name.lower()})
    assert Tag.objects.known_as({tag.name.lower()})
    assert Article.objects.count() == 0


@pytest.mark.parametrize(
    ("trait", "permission", "has"),
    [
        ("reader", "corpusapp.view_article", True),
        ("reader", "corpusapp.change_article", False),
        ("author", "corpusapp.change_article", True),
        ("author", "corpusapp.publish_article", False),
        ("editor", "corpusapp.publish_article", True),
        ("editor", "auth.add_user", False),
        ("administrator", "auth.add_user", True),
        ("superuser", "auth.add_user", True),
    ],
)
def test_users_have_the_rights_of_their_group(trait, permission, has):
    assert factories.UserFactory(**{trait: True}).has_perm(permission) is has
