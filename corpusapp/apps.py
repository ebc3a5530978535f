"""Start-up wiring: the one place that introduces rooms to each other."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class CorpusConfig(AppConfig):
    name = "corpusapp"
    verbose_name = _("Publication")

    def ready(self) -> None:
        from corpusapp import checks  # noqa: F401, PLC0415 - registers itself once the apps are ready


class DeskConfig(AdminConfig):
    """The stock admin with our own site in its place."""

    default_site = "corpusapp.admin.site.Desk"
