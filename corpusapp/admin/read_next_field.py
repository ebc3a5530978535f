"""What editors want to be read after an article: other articles, in the order they are named."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from corpusapp.admin.desk import KnownRows, row_ids
from corpusapp.models import Article, Related

_MOST = 4  # as many as the page shows


class ReadNextWidget(AutocompleteSelectMultiple):
    """Keeps the order in which the articles were chosen."""

    def __init__(self) -> None:
        super().__init__(
            Related._meta.get_field("other"),  # noqa: SLF001 - Django's documented name
            admin.site,
        )

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        attrs: dict[str, Any] = super().build_attrs(base_attrs, extra_attrs)
        return {**attrs, "data-allow-clear": "false"}  # each has its own cross

    def optgroups(self, name: str, value: Any, attr: Any = None) -> list[Any]:
        options = [
            self.create_option(name, pk, title, selected=True, index=index)
            for index, (pk, title) in enumerate(_titles(value).items())
        ]
        return [(None, options, 0)]


class ReadNextField(KnownRows):
    """Gives the ids of articles, in their order."""

    # ids of those that stand there already: one that has gone to the bin since stays in its place,
    # for it may come back, and no reader is led there meanwhile
    stored: frozenset[str] = frozenset()

    def __init__(self) -> None:
        super().__init__(
            queryset=Article.objects.filter(binned_at__isnull=True),
            widget=ReadNextWidget(),
            required=False,
            label=_("Read next"),
            help_text=_(
                "What readers are offered first after this article, in this order."
                " Below it stand the articles whose texts are nearest."
            ),
        )

    def prepare_value(self, value: Any) -> Any:
        return [str(pk) for pk in value] if value else []

    def titles(self, value: Iterable[Any] | None) -> list[str]:
        """Of the articles with these ids, as far as there are such, in their order."""
        return list(_titles(value).values())

    def clean(self, value: Any) -> Any:
        ids = _ids(value)
        new = [str(pk) for pk in value or () if str(pk) not in self.stored]
        super().clean(new)  # each of them can be chosen
        if len(ids) > _MOST:
            message = ngettext("At most %d article.", "At most %d articles.", _MOST) % _MOST
            raise ValidationError(message)
        return ids

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _ids(initial) != _ids(data)


def _ids(value: Iterable[Any] | None) -> list[int]:
    return list(dict.fromkeys(row_ids([str(pk) for pk in value or ()])))


def _titles(value: Iterable[Any] | None) -> dict[int, str]:
    ids = _ids(value)
    by_pk = Article.objects.only("title", "public_id").in_bulk(ids)
    return {pk: str(by_pk[pk]) for pk in ids if pk in by_pk}
