"""A Django application that does nothing: what the pages are measured by."""

from django.conf import settings

if not settings.configured:
    settings.configure(
        SECRET_KEY="bare",  # noqa: S106 - signs nothing
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        MIDDLEWARE=[],
        INSTALLED_APPS=[],
    )

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def hello(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"hello, world")


urlpatterns = [path("hello", hello)]
application = get_wsgi_application()
