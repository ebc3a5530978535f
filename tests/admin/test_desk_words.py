"""What the desk says in Chinese, whoever wrote the sentence: as ours, without gaps between words."""

import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from corpusapp.models import Act, AuditEntry
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    ImportRunFactory,
    RedirectFactory,
    SectionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
ENGLISH, SIMPLIFIED, TRADITIONAL = "en", "zh-Hans", "zh-Hant"
_GAP = re.compile(r"[\u4e00-\u9fff] +[\u4e00-\u9fff]")
_TEXT = re.compile(r">([^<>]+)<")


@pytest.fixture
def desk(client):
    """`desk(language, name, *args)`: the page of somebody who may do everything."""
    client.force_login(UserFactory(superuser=True, username="boss"))

    def page(language, name, *args, query=""):
        address = reverse(f"admin:{name}", args=args)
        return client.get(f"{address}{query}", headers={"accept-language": language}).text

    return page


def heading(page):
    return re.search(r"<h1>(.*?)</h1>", page)[1]


def labels(page, field):
    box = re.search(rf'<div id="id_{field}">(.*?)</div>\s*</div>\s*</div>', page, re.DOTALL)[1]
    return [text.strip() for text in re.findall(r"<input[^>]*>([^<]*)</label>", box)]


@pytest.mark.parametrize("language", [SIMPLIFIED, TRADITIONAL])
@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("index", []),
        ("corpusapp_article_changelist", []),
        ("corpusapp_article_add", []),
        ("corpusapp_author_changelist", []),
        ("auth_user_changelist", []),
        ("auth_user_add", []),
    ],
)
def test_no_gap_stands_between_words_of_chinese(desk, language, name, args):
    ArticleFactory()
    AuthorFactory()

    page = desk(language, name, *args)

    assert [text for text in _TEXT.findall(page) if _GAP.search(text)] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (SIMPLIFIED, {"按状态", "按栏目", "筛选", "操作："}),
        (TRADITIONAL, {"依狀態", "依欄目", "篩選", "操作："}),
    ],
)
def test_filters_and_actions_are_called_in_the_words_of_the_desk(desk, language, words):
    ArticleFactory(section=SectionFactory())

    page = desk(language, "corpusapp_article_changelist")

    assert words <= {text.strip() for text in _TEXT.findall(page)}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (ENGLISH, ["Section", "Author", "Tag", "Year", "Month", "Series"]),
        (SIMPLIFIED, ["栏目", "作者", "标签", "年", "月", "系列"]),
    ],
)
def test_kinds_of_redirects_are_told_in_the_language_of_who_reads(desk, language, words):
    RedirectFactory()

    page = desk(language, "corpusapp_redirect_changelist")

    assert re.findall(r'kind__exact=(?!all)\w+">\s*(\w+)</a>', page) == words


def test_groups_and_rights_are_told_in_the_language_of_who_reads(desk):
    editors = Group.objects.get(name="Editor")
    other = UserFactory(username="ana")
    other.groups.add(editors)

    assert labels(desk(SIMPLIFIED, "auth_user_change", other.pk), "groups") == [
        *("管理员", "作者", "编辑", "草稿读者"),  # as the names in the database have it
    ]
    assert '<td class="field-groups_shown">编辑</td>' in desk(SIMPLIFIED, "auth_user_changelist")
    rights = labels(desk(SIMPLIFIED, "auth_group_change", editors.pk), "permissions")
    assert {"可修改：文章", "可发布和撤下文章"} <= set(rights)
    assert [right for right in rights if "Can " in right] == []


def test_only_rights_that_mean_something_here_are_offered(desk):
    group = Group.objects.create(name="Guests")
    held = Permission.objects.get(codename="add_autosave")

    before = labels(desk(ENGLISH, "auth_group_change", group.pk), "permissions")
    group.permissions.add(held)
    after = labels(desk(ENGLISH, "auth_group_change", group.pk), "permissions")

    assert {"Can change: articles", "Can publish and withdraw articles"} <= set(before)
    assert "Can add: permissions" not in before
    # what a group has stays in sight: it would go with the next save
    assert sorted(set(after) - set(before)) == ["Can add: unsaved work"]


def test_entry_of_the_trail_names_the_kind_of_its_thing(desk):
    entry = AuditEntry.objects.create(act=Act.CHANGED, kind="user", thing="1")

    page = desk(SIMPLIFIED, "corpusapp_auditentry_change", entry.pk)

    assert '<div class="readonly">用户</div>' in page
    assert f'<div class="readonly">{entry.at:%Y-%m-%d %H:%M}</div>' in page


@pytest.mark.parametrize("language", [ENGLISH, SIMPLIFIED, TRADITIONAL])
def test_moment_is_written_in_one_form_on_every_page(desk, language):
    run = ImportRunFactory(started_at=datetime(2026, 5, 4, 15, 2, tzinfo=UTC))

    assert "2026-05-04 15:02" in desk(language, "corpusapp_importrun_changelist")
    assert "2026-05-04 15:02" in desk(language, "corpusapp_importrun_change", run.pk)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("corpusapp_article", "Article"),
        ("corpusapp_author", "Author"),
        ("corpusapp_importrun", "Import run"),
        ("auth_user", "User"),
    ],
)
def test_pages_are_named_for_what_they_show(desk, name, title):
    made = {
        "corpusapp_article": ArticleFactory,
        "corpusapp_author": AuthorFactory,
        "corpusapp_importrun": ImportRunFactory,
        "auth_user": UserFactory,
    }[name]()

    assert heading(desk(ENGLISH, f"{name}_changelist")) == f"{title}s"
    assert heading(desk(ENGLISH, f"{name}_change", made.pk)) == title
