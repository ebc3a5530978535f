import factory

from corpusapp.editing.naming import label_key
from corpusapp.extraction.learned_furniture import furniture_key
from corpusapp.models import (
    Author,
    AuthorName,
    LearnedFurniture,
    Listing,
    NameOrder,
    Redirect,
    Section,
    SectionName,
    Series,
    Source,
    Tag,
    TagSynonym,
)
from corpusapp.text.names import person_key
from corpusapp.text.slugs import slugify


class AuthorNameFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AuthorName

    author = factory.SubFactory("tests.factories.names.AuthorFactory", names=None)
    text = factory.SelfAttribute("author.name")
    language = "en"
    key = factory.LazyAttribute(lambda name: person_key(name.text))


class AuthorFactory(factory.django.DjangoModelFactory):
    """With the main name by which imports find the author."""

    class Meta:
        model = Author
        skip_postgeneration_save = True

    given_name = "Anna"
    family_name = factory.Sequence(lambda n: f"Writer{n}")
    name_order = NameOrder.GIVEN_FIRST
    name = factory.LazyAttribute(lambda author: f"{author.given_name} {author.family_name}")
    slug = factory.LazyAttribute(lambda author: slugify(author.name))
    sort_name = factory.LazyAttribute(
        lambda author: f"{author.family_name} {author.given_name}".lower()
    )
    names = factory.RelatedFactory(AuthorNameFactory, factory_related_name="author")


class SectionNameFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SectionName

    section = factory.SubFactory("tests.factories.names.SectionFactory", names=None)
    text = factory.SelfAttribute("section.name")
    key = factory.LazyAttribute(lambda name: label_key(name.text))


class SectionFactory(factory.django.DjangoModelFactory):
    """With its English label and the printed name by which imports find it."""

    class Meta:
        model = Section
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Section {n}")
    slug = factory.LazyAttribute(lambda section: slugify(section.name))
    label_en = factory.SelfAttribute("name")
    names = factory.RelatedFactory(SectionNameFactory, factory_related_name="section")


class SeriesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Series

    name = factory.Sequence(lambda n: f"Series {n}")
    slug = factory.LazyAttribute(lambda series: slugify(series.name))
    label_en = factory.SelfAttribute("name")


class TagSynonymFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TagSynonym

    tag = factory.SubFactory("tests.factories.names.TagFactory", synonyms=None)
    text = factory.SelfAttribute("tag.name")
    key = factory.LazyAttribute(lambda word: label_key(word.text, 100))


class TagFactory(factory.django.DjangoModelFactory):
    """With its English label and the word by which imports find it."""

    class Meta:
        model = Tag
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Topic {n}")
    slug = factory.LazyAttribute(lambda tag: slugify(tag.name))
    label_en = factory.SelfAttribute("name")
    synonyms = factory.RelatedFactory(TagSynonymFactory, factory_related_name="tag")


class SourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Source

    name = factory.Sequence(lambda n: f"Journal {n}")
    key = factory.LazyAttribute(lambda source: label_key(source.name))
    address = factory.Sequence(lambda n: f"https://journal-{n}.example/")
    language = "en"


class LearnedFurnitureFactory(factory.django.DjangoModelFactory):
    """A line that a source prints around its texts."""

    class Meta:
        model = LearnedFurniture

    source = factory.SubFactory(SourceFactory)
    text = factory.Sequence(lambda n: f"Read our letter number {n}")
    key = factory.LazyAttribute(lambda one: furniture_key(one.text))
    learned_from = 3


class RedirectFactory(factory.django.DjangoModelFactory):
    """From the old address of an author, unless `kind` and `target` say otherwise."""

    class Meta:
        model = Redirect

    kind = Listing.AUTHOR
    slug = factory.Sequence(lambda n: f"old-name-{n}")
    target = factory.LazyFunction(lambda: AuthorFactory().pk)
