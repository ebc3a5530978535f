"""Addresses: promises to readers (`public`), the desk (`admin`), and what supervisors ask."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    # first, because nearly all that is asked for stands below a language, and nothing else does
    *i18n_patterns(path("", include("corpusapp.public.urls")), prefix_default_language=True),
    path("admin/", admin.site.urls),
    path("", include("corpusapp.public.root_urls")),
]

handler400 = "corpusapp.public.views.errors.bad_request"
handler403 = "corpusapp.public.views.errors.forbidden"
handler404 = "corpusapp.public.views.errors.not_found"
handler500 = "corpusapp.public.views.errors.server_error"
