import pytest
from django.urls import reverse

from corpusapp.models import ImportRule
from tests import factories
from tests.admin.conftest import Desk

pytestmark = pytest.mark.django_db
ADD = reverse("admin:corpusapp_importrule_add")
LIST = reverse("admin:corpusapp_importrule_changelist")


@pytest.fixture
def stored():
    """Two captures, of which one is about ferries."""
    return [
        factories.CaptureFactory(path=f"{word}.txt", article__title=f"The {word}s of winter")
        for word in ("ferry", "bridge")
    ]


def form_of(desk, button, **values):
    fields = {"name": "Ferries", "is_on": "on", "position": "100", **values}
    return desk.client.post(ADD, {**fields, button: "1"}, follow=True)


def test_rule_is_written_with_words_that_become_tags(editor):
    section = factories.SectionFactory()

    form_of(editor, "_save", title_contains="ferry", words=["sea", "Sea"], gives_section=section.pk)

    rule = ImportRule.objects.get()
    assert (rule.name, rule.title_contains, rule.gives_section) == ("Ferries", "ferry", section)
    assert [tag.name for tag in rule.tags.all()] == ["sea"]


def test_trial_shows_what_is_meant_and_saves_nothing(editor, stored):
    page = form_of(editor, "_try", title_contains="FERRY", words=["sea"])

    assert [hit.path for hit in page.context["trial"].hits] == ["ferry.txt"]
    assert "1 stored capture is meant" in page.text
    assert 'value="FERRY"' in page.text
    assert stored[1].path not in page.text
    assert not ImportRule.objects.exists()


def test_trial_of_a_saved_rule_leaves_it_as_it_was(editor, stored):
    rule = factories.ImportRuleFactory(title_contains="bridge", publishes=True)

    page = editor.save(rule, "_try", title_contains="ferry", name="Another name")

    rule.refresh_from_db()
    assert [hit.path for hit in page.context["trial"].hits] == [stored[0].path]
    assert (rule.title_contains, rule.name != "Another name") == ("bridge", True)
    assert page.context["original"].name == rule.name


def test_wrong_rule_is_not_tried_and_says_why(editor):
    page = form_of(editor, "_try", words=["sea"])

    assert page.context["trial"] is None
    assert "A rule needs a condition" in page.text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"words": ["sea"]}, "A rule needs a condition"),
        ({"title_contains": "x"}, "Say what becomes of these captures."),
        ({"title_contains": "x", "refuses": "on", "words": ["sea"]}, "cannot have tags"),
        ({"title_contains": "x", "refuses": "on", "publishes": "on"}, "cannot be published"),
        ({"language": "Klingon", "publishes": "on"}, "Write it as en"),
        ({"title_contains": "x", "source": "9" * 30, "publishes": "on"}, "valid choice"),
        ({"title_contains": "x", "publishes": "on", "name": ""}, "required"),
    ],
)
def test_rule_that_makes_no_sense_is_not_saved(editor, values, words):
    page = form_of(editor, "_save", **values)

    assert words in page.text
    assert not ImportRule.objects.exists()


def test_name_is_used_once(editor):
    factories.ImportRuleFactory(name="Ferries")

    assert (
        "already a rule of this name"
        in form_of(editor, "_save", language="en", publishes="on").text
    )


def test_language_is_kept_as_the_product_writes_it(editor):
    form_of(editor, "_save", language="zh-cn", publishes="on")

    assert ImportRule.objects.get().language == "zh-Hans"


def test_list_tells_conditions_and_deeds_and_costs_the_same(editor, django_assert_max_num_queries):
    for number in range(3):
        factories.ImportRuleFactory(
            title_contains=f"word {number}",
            language="en",
            publishes=True,
            tags=[factories.TagFactory(name=f"tag {number}")],
        )

    with django_assert_max_num_queries(8):
        page = editor.get(LIST)

    assert "language is “en”; title contains “word 1”" in page.text
    assert "get the tags tag 1; are published" in page.text


def test_rules_are_changed_by_those_who_may_only(desk):
    rule = factories.ImportRuleFactory(publishes=True)
    reader = desk("reader")

    assert reader.page(rule).status_code == 200
    assert reader.get(ADD).status_code == 403
    for button in ("_save", "_try"):
        address = reverse("admin:corpusapp_importrule_change", args=[rule.pk])
        sent = {"name": "Mine", "title_contains": "x", "publishes": "on", button: "1"}
        assert reader.client.post(address, sent).status_code == 403
        assert reader.client.post(ADD, sent).status_code == 403
    rule.refresh_from_db()
    assert rule.name != "Mine"


def test_rule_that_publishes_needs_the_right_to_publish(desk):
    author = desk("author")
    permissions = factories.UserFactory(editor=True).groups.get().permissions
    author.user.user_permissions.add(*permissions.filter(codename__endswith="importrule"))
    author = Desk(type(author.user).objects.get(pk=author.user.pk))

    page = form_of(author, "_save", title_contains="x", publishes="on")

    assert "You may not publish" in page.text
    assert not ImportRule.objects.exists()
    form_of(author, "_save", title_contains="x", refuses="on")
    assert ImportRule.objects.get().refuses


def test_rule_can_be_deleted(editor):
    rule = factories.ImportRuleFactory(publishes=True)

    editor.client.post(
        reverse("admin:corpusapp_importrule_delete", args=[rule.pk]), {"post": "yes"}
    )

    assert not ImportRule.objects.exists()


def test_missing_rule_is_not_found(editor):
    address = reverse("admin:corpusapp_importrule_change", args=[999_999])

    assert editor.client.post(address, {"_try": "1"}).status_code == 404


# what was refused ----------------------------------------------------------------------------------


def test_refused_bytes_are_shown_escaped_and_downloaded(editor):
    raw = b"<script>alert(1)</script>\x00\xff"
    item = factories.ImportItemFactory(
        outcome="refused",
        capture=None,
        article=None,
        path="a.txt",
        refused_bytes=factories.CaptureBytesFactory(raw=raw),
    )

    page = editor.page(item)
    download = editor.get(reverse("admin:corpusapp_importitem_refused", args=[item.pk]))

    assert "&lt;script&gt;alert(1)&lt;/script&gt;\ufffd" in page.text
    assert download.content == raw
    assert download["Content-Type"] == "application/octet-stream"
    assert download["Content-Disposition"].startswith("attachment")
    assert download["X-Content-Type-Options"] == "nosniff"


def test_refused_bytes_are_for_those_who_may_see_the_ledger(client, editor):
    item = factories.ImportItemFactory(refused_bytes=factories.CaptureBytesFactory())
    address = reverse("admin:corpusapp_importitem_refused", args=[item.pk])

    assert client.get(address).status_code == 302
    assert (
        editor.get(reverse("admin:corpusapp_importitem_refused", args=[item.pk + 1])).status_code
        == 404
    )
    plain = factories.ImportItemFactory()
    missing = reverse("admin:corpusapp_importitem_refused", args=[plain.pk])
    assert editor.get(missing).status_code == 404
    assert "what was refused" not in editor.page(plain).text.lower()


@pytest.mark.parametrize(
    ("raw", "media_type", "line", "ending"),
    [
        (b'{"title": "One", "body": "Text."}', "application/json", "title: One", "json"),
        (b"title,body\nOne,Text.\n", "text/csv", "title: One", "csv"),
        (b"---\ntitle: One\n---\nText.\n", "text/markdown", "title: One", "md"),
    ],
)
def test_document_that_states_its_fields_is_shown_line_by_line(
    editor, raw, media_type, line, ending
):
    capture = factories.CaptureFactory(raw=raw, media_type=media_type)

    page = editor.page(capture)
    download = editor.get(reverse("admin:corpusapp_capture_raw", args=[capture.pk]))

    assert line in page.text
    assert download["Content-Disposition"] == (
        f'attachment; filename="capture-{capture.pk}.{ending}"'
    )


def test_an_editor_of_some_sections_makes_no_rule(desk):
    one = desk("editor")
    factories.SectionFactory().editors.add(one.user)

    assert one.client.post(ADD, {"title_contains": "x"}).status_code == 403
    assert not ImportRule.objects.exists()
