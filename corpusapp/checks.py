"""What settings cannot say alone, as system checks with ids."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def served_over_https(**_options: Any) -> list[CheckMessage]:
    """corpusapp.E001: a deployment speaks https to its readers."""
    if settings.SITE_URL.startswith("https://"):
        return []
    return [
        Error(
            f"SITE_URL is {settings.SITE_URL}: cookies and pages would travel in the clear.",
            hint="Set SITE_URL to the https:// address readers use, and PROXY_COUNT=1 behind one proxy.",
            id="corpusapp.E001",
        )
    ]
