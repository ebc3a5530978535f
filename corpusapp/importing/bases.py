"""What captures gave before: the values that tell an untouched field from an editor's."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from corpusapp.importing.fields import base
from corpusapp.models import Article, Capture

if TYPE_CHECKING:  # it knows the formats, and the desk, which asks for these values, need not
    from corpusapp.importing.known import Seen


def whole(article: Article) -> Article:
    """The article with all its columns, as it stands now."""
    return Article.objects.select_related("section", "source").get(pk=article.pk)


def latest_capture(article: Article) -> Capture | None:
    """The capture whose values the article's untouched fields have."""
    counting = article.captures.filter(undone_by__isnull=True, duplicate_of__isnull=True)
    return counting.order_by("-pk").first()


def latest_values(article: Article) -> dict[str, Any]:
    """What that capture gave; {} where none counts, and then every field is an editor's."""
    capture = latest_capture(article)
    return base(capture.fields) if capture else {}


def values_before(earlier: "Seen", latest: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the same document gave last time: its own capture, not that of a twin."""
    if earlier.capture is None:
        return latest
    return base(Capture.objects.values_list("fields", flat=True).get(pk=earlier.capture.pk))
