"""Every page of the desk, looked over by axe: nothing serious in either scheme, wide or narrow.

The pages are read off the map of addresses, so that a new one is looked over from its first day.
"""

import re
from datetime import timedelta
from functools import partial

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.apps import apps
from django.contrib import admin
from django.urls import URLPattern
from django.utils import timezone

from corpusapp.editing.bulk_pins import packed
from corpusapp.editing.sharing import share
from corpusapp.models import (
    BulkLeft,
    BulkRun,
    Correction,
    Glossary,
    LeftWhy,
    MostRead,
    Picture,
    Publication,
    ReadCount,
    Upload,
)
from tests.factories import (
    PASSWORD,
    ArticleFactory,
    AuthorFactory,
    BylineFactory,
    CaptureFactory,
    DoubtFactory,
    ImportItemFactory,
    ImportRuleFactory,
    ImportRunFactory,
    LearnedFurnitureFactory,
    PossibleDuplicateFactory,
    RedirectFactory,
    SectionFactory,
    SeriesFactory,
    UserFactory,
)
from tests.importing.pages import page as capture_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alike]
GRAVE = {"serious", "critical"}
ADMIN = "/admin/"
# Those that take a file or a click to an end, and show nothing
NO_PAGES = {"logout", "view_on_site", "corpusapp_article_review_next", None}
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
ALL_RULES = {"type": "tag", "values": WCAG}
# What colours and widths decide; nothing else can be wrong in one look and right in another
OF_LOOKS = {
    "type": "rule",
    "values": (
        "color-contrast",
        "link-in-text-block",
        "scrollable-region-focusable",
        "target-size",
    ),
}
_GO = re.compile("^(Go|Run)$")  # as Django 5.2 and 6.1 call it


@pytest.fixture
def newsroom():
    """Something of everything, so that no list is empty and no page is missing."""
    chief = UserFactory(superuser=True)
    today = timezone.localdate()
    picture = Picture.objects.create(
        name="Harbour", width=900, height=600, sizes=[[900, 600]], credit="Ana"
    )
    ArticleFactory(title="Old", binned=True)
    capture = CaptureFactory(raw=capture_of(1), article__title="The Harbour")
    article = capture.article
    BylineFactory(article=article, author=AuthorFactory(is_new=True))
    Glossary.objects.create(simplified="里程", traditional="哩程")
    Publication.objects.get_or_create(pk=1)
    Correction.objects.create(article=article, made_on=today, text="A wrong year stood here.")
    LearnedFurnitureFactory()
    RedirectFactory()
    ImportRuleFactory()
    run = ImportRunFactory(created=1, refused=1)
    ImportItemFactory(run=run, article=article, outcome="created", capture=capture)
    ImportItemFactory(run=run, outcome="updated", changes={"title": ["One", "Two"]})
    Upload.objects.create(user=chief)
    ReadCount.objects.create(article=article, day=today, reads=7)
    MostRead.objects.create(shelf="en", rank=1, article=article)
    other = ArticleFactory(
        title="The Quay",
        tags=["China"],
        section=SectionFactory(),
        series=SeriesFactory(),
        picture=picture,
        published=True,
        body="![](x) A [link](https://example.org/) and [another](article:zzzzzzzz).",
        live_from=timezone.now() - timedelta(days=3),
    )
    for field, code in (("title", "title_uncertain"), ("title", "conflict"), ("body", "no_body")):
        DoubtFactory(article=article, field=field, code=code, candidates=["Another"], holds=True)
    DoubtFactory(article=other, field="title", code="conflict", candidates=["Another"], holds=True)
    PossibleDuplicateFactory(earlier=article, later=other)
    share(other, chief)
    bulk = BulkRun.objects.create(
        user=chief, deed="publish", said="Published.", pins=packed({other.pk: 1}), total=1
    )
    BulkLeft.objects.create(run=bulk, article=other, why=LeftWhy.HELD)
    return chief


@pytest.fixture
def looked(browser, live_site, newsroom):
    """`looked(scheme, width)`: the page of somebody who is signed in and may do everything."""
    contexts = []

    def opened(scheme, width):
        context = browser.new_context(
            base_url=live_site,
            locale="en-GB",
            color_scheme=scheme,
            viewport={"width": width, "height": 900},
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.goto("/admin/login/")
        assert grave(page) == []
        page.get_by_label("Username").fill(newsroom.username)
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/admin/")
        return page

    yield opened
    for context in contexts:
        context.close()


def addresses():
    """Of every page that the map of the desk names, with a row where it asks for one."""
    found = []
    routes = {route for name, route in _routes(admin.site.get_urls()) if name not in NO_PAGES}
    for route in sorted(routes):
        filled = re.sub(r"<[a-z]+:(\w+)>|<(id)>", partial(_row, route), route)
        found.append(f"{ADMIN}{filled}")
    return found


def _routes(patterns, before=""):
    for pattern in patterns:
        route = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            if "(?P" not in route:
                yield pattern.name, route
        else:
            yield from _routes(pattern.url_patterns, route)


def _row(route, part):
    if part[1] == "name":
        return "_withdraw"
    model = "upload" if part[1] == "upload_id" else route.split("/")[1]
    app = "auth" if route.startswith("auth/") else "corpusapp"
    return str(apps.get_model(app, model).objects.latest("pk").pk)


def grave(page, rules=ALL_RULES):
    """What axe calls serious or worse, in a line each."""
    options = {"resultTypes": ["violations"], "runOnly": rules}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{page.url} {one['id']}: {one['nodes'][0]['html'][:160]}"
        for one in found
        if one["impact"] in GRAVE and not all(map(_is_below_the_bar, one["nodes"]))
    ]


def _is_below_the_bar(node):
    """A field that lies in part under the buttons that stay in sight: scrolling brings it out."""
    return "partially obscured" in node["failureSummary"] and "<textarea" in node["html"]


@pytest.mark.parametrize(
    ("scheme", "width", "rules"),
    [("light", 1280, ALL_RULES), ("dark", 360, OF_LOOKS)],
    ids=["light-1280", "dark-360"],
)
def test_no_page_of_the_desk_has_a_serious_fault(looked, scheme, width, rules):
    page = looked(scheme, width)
    wrong, seen = [], 0

    for address in addresses():
        if not _is_page(page, address):
            continue
        page.goto(address)
        wrong += grave(page, rules)
        seen += 1

    assert seen > 70
    assert not wrong, "\n".join(wrong)


def test_boxes_in_rows_are_large_enough_to_be_hit(looked):
    page = looked("light", 360)
    page.goto(f"{ADMIN}corpusapp/author/{AuthorFactory().pk}/change/")

    box = page.locator("#id_names-0-is_main").bounding_box()

    assert min(box["width"], box["height"]) >= 24  # WCAG 2.2: 2.5.8


def _is_page(page, address):
    """Not a download, not data, not what nobody may do."""
    answer = page.request.get(address, max_redirects=0)
    return answer.status == 200 and answer.headers["content-type"].startswith("text/html")


def test_pages_between_have_no_serious_fault_either(looked):
    """Those that a button leads to: deeds over many, what asks first, a form that is sent back."""
    page = looked("light", 1280)
    wrong = []
    for action in ("withdraw_chosen", "tag_chosen", "place_chosen", "bin_chosen"):
        page.goto("/admin/corpusapp/article/")
        page.locator("#action-toggle").check()
        page.locator("select[name=action]").select_option(action)
        page.get_by_role("button", name=_GO).press("Enter")
        page.wait_for_load_state()
        wrong += grave(page)
    page.goto("/admin/corpusapp/author/add/")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    page.wait_for_selector(".errornote")
    wrong += grave(page)
    page.goto("/admin/?nothing=1")
    wrong += grave(page)

    assert wrong == []


def test_axe_finds_what_is_wrong(page):
    """So that an empty list says something."""
    page.goto("/admin/login/")
    page.evaluate("document.querySelector('label[for=id_username]').remove()")

    assert ["label" in one for one in grave(page)] == [True]
