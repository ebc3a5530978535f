"""Columns that follow from other columns of the same row, computed whenever the row is saved.

A field and not an overridden `save()`: Django asks every field for its value before each INSERT
and UPDATE, `bulk_create` included. `QuerySet.update()` and `save(update_fields=...)` do not, so
whoever changes a source there names the derived columns too (`Article.BODY`, `Article.DATE`).
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:  # Django's fields cannot be subscripted at run time
    _Field = models.Field[Any, Any]
    _Bytes = models.BinaryField[bytes, bytes]
    _Chars = models.CharField[str, str]
    _Number = models.BigIntegerField[int, int]
    _Flag = models.BooleanField[bool, bool]
else:
    _Field, _Bytes, _Chars, _Number, _Flag = (
        models.Field,
        models.BinaryField,
        models.CharField,
        models.BigIntegerField,
        models.BooleanField,
    )


class Derived(_Field):
    """Mixed into a real field; `derive` takes the instance, `sources` are the columns it reads."""

    def __init__(
        self,
        *args: Any,
        derive: Callable[[Any], Any] | None = None,
        sources: tuple[str, ...] = (),
        **options: Any,
    ) -> None:
        self.derive = derive
        self.sources = sources
        super().__init__(*args, **{**options, "editable": False})

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 - Django's signature
        is_whole = add or not model_instance.get_deferred_fields().intersection(self.sources)
        if self.derive and is_whole:
            setattr(model_instance, self.attname, self.derive(model_instance))
        return super().pre_save(model_instance, add)

    def deconstruct(self) -> Any:
        """For migrations a plain column: history must not depend on how values are derived."""
        name, _path, args, options = super().deconstruct()
        return name, self.plain, args, options

    plain = "django.db.models.Field"


class DerivedBytes(Derived, _Bytes):
    plain = "django.db.models.BinaryField"


class DerivedChars(Derived, _Chars):
    plain = "django.db.models.CharField"


class DerivedNumber(Derived, _Number):
    plain = "django.db.models.BigIntegerField"


class DerivedFlag(Derived, _Flag):
    plain = "django.db.models.BooleanField"
