"""Addresses without a language."""

from django.urls import include, path

from corpusapp.public import api
from corpusapp.public.sitemaps import sitemap, sitemap_part
from corpusapp.public.urls import page
from corpusapp.public.views import articles, machines
from corpusapp.public.views.api_page import api_page

urlpatterns = [
    page("", machines.way_in, "way_in"),
    page("robots.txt", machines.robots, "robots"),
    page("llms.txt", machines.for_models, "llms"),
    page("sitemap.xml", sitemap, "sitemap"),
    page("sitemap-<str:kind>-<int:number>.xml", sitemap_part, "sitemap_part"),
    page("articles/<public_id:public_id>/", articles.anywhere, "article_anywhere"),
    page("healthz", machines.health, "health"),
    page("readyz", machines.readiness, "readiness"),
    page("api/v1/", api_page, "api"),
    path("api/v1/", include((api.urls(), "api"))),
]
