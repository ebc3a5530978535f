from datetime import time

import pytest

from corpusapp.editing.bulk_plans import value_of_each
from corpusapp.editing.revisions import values_of
from corpusapp.models import Precision
from tests.factories import ArticleFactory, SectionFactory, SourceFactory


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["section", "source", "language", "published_at", "tags"])
def test_columns_say_what_the_history_says(name):
    articles = [
        ArticleFactory(section=SectionFactory(), tags=["Sea", "Ropes"], language="de"),
        ArticleFactory(source=SourceFactory(), tags=["Ropes"], published_precision=Precision.YEAR),
        ArticleFactory(
            published_precision=Precision.MINUTE, published_time=time(16, 8), published_offset=480
        ),
        ArticleFactory(undated=True),
    ]
    ids = [article.pk for article in articles]

    read = value_of_each(ids, name)

    assert read == {pk: values[name] for pk, values in values_of(ids).items()}
    assert len({str(value) for value in read.values()}) > 1
