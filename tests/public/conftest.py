from datetime import date

import pytest

from tests.admin.conftest import author, desk, editor
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    BylineFactory,
    CaptureFactory,
    SectionFactory,
    SourceFactory,
)

__all__ = ["author", "desk", "editor"]


@pytest.fixture
def harbours(db):  # noqa: ARG001 - rows
    """Three English articles about harbours, by two authors, in two sections; two about other things."""
    peace, trade = SectionFactory(name="Peace"), SectionFactory(name="Trade")
    ann, bo = AuthorFactory(name="Ann Quay"), AuthorFactory(name="Bo Lantern")
    source = SourceFactory(name="Quay Journal")
    made = []
    for number, (section, writer, year, tags) in enumerate(
        [(peace, ann, 2015, ["UN"]), (peace, bo, 2015, []), (trade, ann, 2016, ["UN", "Rope"])]
    ):
        article = ArticleFactory(
            published=True,
            title=f"Harbour report {number}",
            body="A long beginning about nothing.\n\nThe old harbour was rebuilt.",
            section=section,
            source=source if number else None,
            published_on=date(year, 5, 21),
            tags=tags,
        )
        BylineFactory(article=article, author=writer)
        CaptureFactory(article=article, path=f"columns/h{number}.txt")
        made.append(article)
    ArticleFactory(published=True, title="港口的报告", language="zh-Hans", body="港口重建。")
    ArticleFactory(published=True, title="Mountain paths")
    return made
