"""Why a deed was not done; `str()` is a sentence for the editor who asked for it."""

from django.utils.translation import gettext as _


class EditingError(Exception):
    """The deed would break a promise; nothing was written."""


class NotPublishableError(EditingError):
    """An article without a title or a text cannot be published."""

    def __init__(self, article_name: str) -> None:
        self.article_name = article_name
        super().__init__(
            _("“%(article)s” cannot be published: it needs a title and a text first.")
            % {"article": article_name}
        )
