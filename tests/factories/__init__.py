"""Valid and dull rows, each unlike the next only where it must be."""

from tests.factories.articles import ArticleFactory, BylineFactory
from tests.factories.captures import (
    CaptureBytesFactory,
    CaptureFactory,
    DoubtFactory,
    ImportItemFactory,
    ImportRuleFactory,
    ImportRunFactory,
    PossibleDuplicateFactory,
)
from tests.factories.names import (
    AuthorFactory,
    AuthorNameFactory,
    LearnedFurnitureFactory,
    RedirectFactory,
    SectionFactory,
    SectionNameFactory,
    SeriesFactory,
    SourceFactory,
    TagFactory,
    TagSynonymFactory,
)
from tests.factories.users import PASSWORD, UserFactory

__all__ = [
    "PASSWORD",
    "ArticleFactory",
    "AuthorFactory",
    "AuthorNameFactory",
    "BylineFactory",
    "CaptureBytesFactory",
    "CaptureFactory",
    "DoubtFactory",
    "ImportItemFactory",
    "ImportRuleFactory",
    "ImportRunFactory",
    "LearnedFurnitureFactory",
    "PossibleDuplicateFactory",
    "RedirectFactory",
    "SectionFactory",
    "SectionNameFactory",
    "SeriesFactory",
    "SourceFactory",
    "TagFactory",
    "TagSynonymFactory",
    "UserFactory",
]
