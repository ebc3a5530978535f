"""Start-up wiring: the one place that introduces rooms to each other."""

from typing import Any

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_delete, post_migrate, post_save, pre_migrate
from django.utils.translation import gettext_lazy as _


class CorpusConfig(AppConfig):
    name = "corpusapp"
    verbose_name = _("Publication")

    def ready(self) -> None:
        # once the apps are ready, and not before: these import models
        from corpusapp import checks, models  # noqa: F401, PLC0415 - checks register themselves
        from corpusapp.editing import renditions  # noqa: PLC0415
        from corpusapp.editing.changes import changed, keep, listen  # noqa: PLC0415
        from corpusapp.editing.read_next import request_refresh  # noqa: PLC0415
        from corpusapp.editing.trail import (  # noqa: PLC0415
            sign_in_failed,
            signed_in,
            signed_out,
        )
        from corpusapp.public.page_store import forget_pages  # noqa: PLC0415
        from corpusapp.search.upkeep import renew, renew_rest, tear_down  # noqa: PLC0415

        for shown in (
            models.Article,
            models.Author,
            models.AuthorName,
            models.Byline,
            models.Correction,
            models.Picture,
            models.Publication,
            models.Redirect,
            models.Section,
            models.Series,
            models.Source,
            models.Tag,
            models.Tagging,
        ):
            post_save.connect(changed, sender=shown)
            post_delete.connect(changed, sender=shown)
        user_logged_in.connect(signed_in)
        user_logged_out.connect(signed_out)
        user_login_failed.connect(sign_in_failed)
        keep(renew)  # articles and index are committed together
        listen(renew_rest)  # what no deed was behind
        post_save.connect(renditions.after_save, sender=models.Article)
        for told in (post_save, post_delete):
            told.connect(renditions.after_signing, sender=models.Byline)
            told.connect(renditions.after_naming, sender=models.AuthorName)
        post_save.connect(_glossary_changed, sender=models.Glossary)
        post_delete.connect(_glossary_changed, sender=models.Glossary)
        listen(forget_pages)
        listen(request_refresh)  # of what to read next
        pre_migrate.connect(tear_down, sender=self)
        post_migrate.connect(_after_migrate, sender=self)


def _glossary_changed(*, instance: Any, **_signal: Any) -> None:
    from corpusapp.editing.renditions import outdate  # noqa: PLC0415 - models, once the apps are ready

    outdate(instance)


def _after_migrate(*, plan: list[Any] | None = None, **_options: Any) -> None:
    """Once the tables are as the code expects them, put the rows where the settings want them."""
    # models, once the apps are ready
    from corpusapp.editing.shelves import reshelve  # noqa: PLC0415
    from corpusapp.editing.totals import settle_due  # noqa: PLC0415
    from corpusapp.search.upkeep import set_up  # noqa: PLC0415

    set_up()
    if any(backwards for _migration, backwards in plan or ()):
        return  # the tables may be gone again
    reshelve()
    settle_due()


class DeskConfig(AdminConfig):
    """The stock admin with our own site in its place."""

    default_site = "corpusapp.admin.site.Desk"

    def ready(self) -> None:
        super().ready()
        from corpusapp.admin import desks  # noqa: F401, PLC0415 - registers with the site made above
