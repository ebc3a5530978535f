"""Reasons are kept in English and shown in the editor's language: none may be forgotten."""

import ast
import re

import pytest
from django.conf import settings
from django.utils import translation

from corpusapp.admin.reason_words import reason_words
from corpusapp.extraction.errors import OnlyFurnitureError
from corpusapp.importing.merging import Merge
from corpusapp.importing.undone import Undone, Why
from corpusapp.models import ImportItem, ImportRun, Outcome
from tests.surroundings import ROOT

_REFUSALS = {"ExtractionError", "UnreadableError", "NotADocumentError", "ArchiveError"}


def said(reason, language="zh-hans"):
    with translation.override(language):
        return reason_words(reason)


def words_of(node):
    """A text written out in code, "7" in its holes; "" for anything else."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(
            "7" if isinstance(part, ast.FormattedValue) else part.value for part in node.values
        )
    return ""


def written_reasons():
    """What the rooms that refuse say, as far as it is written out as a sentence."""
    found = set()
    for room in ("importing", "extraction"):
        for path in sorted((ROOT / "corpusapp" / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                match node:
                    case ast.Assign(targets=[ast.Name(id="reason" | "refusal")], value=value):
                        found.add(words_of(value))
                    case ast.keyword(arg="reason" | "refusal", value=value):
                        found.add(words_of(value))
                    case ast.ClassDef(bases=bases) if _REFUSALS & {
                        getattr(base, "id", "") for base in bases
                    }:
                        calls = [one for one in ast.walk(node) if isinstance(one, ast.Call)]
                        found |= {
                            words_of(one.args[0])
                            for one in calls
                            if one.args and getattr(one.func, "attr", "") == "__init__"
                        }
    # what begins with a hole is put together of sentences that stand elsewhere
    whole = {one for one in found if re.match(r"[A-Z“]", one) and one.endswith(".")}
    whole.discard("Nothing to publish: 7 menus, links or buttons, but no text.")
    return sorted(whole | {str(OnlyFurnitureError(lines)) for lines in (1, 2)})


@pytest.mark.parametrize("reason", written_reasons())
@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_every_reason_that_is_written_in_the_code_is_translated(reason, language):
    assert said(reason, language) != reason


def test_reasons_were_found_at_all():
    reasons = written_reasons()

    assert len(reasons) > 45
    assert "The file is empty." in reasons


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("Same bytes as a/b. c.txt.", "与 a/b. c.txt 的内容逐字节相同。"),
        ("Line 12: The line is no JSON: Extra data at character 3.",
         "第 12 行：这一行不是 JSON：第 3 个字符处，Extra data。"),
        ("Its sidecar x.yml cannot be read in line 2: found a tab.",
         "无法读取附属文件 x.yml 第 2 行：found a tab。"),
        ("The defaults of its folder (corpus.yml) cannot be read: The file is empty.",
         "无法读取所在文件夹的默认值（corpus.yml）：文件是空的。"),
        ("Back from run 7, which had undone its import. By the rule “Sea”.",
         "从第 7 批恢复：那一批曾撤销它的导入。依规则“Sea”。"),
        ("", ""),
        ("A format of others says this.", "A format of others says this."),
        ("changed: title; and what nobody knows", "changed: title; and what nobody knows"),
    ],
)  # fmt: skip
def test_reason_is_said_in_the_language_of_the_page(reason, words):
    assert said(reason) == words


def test_reasons_about_articles_name_their_fields():
    merge = Merge(frozenset({"title", "body"}), frozenset({"authors"}))
    undone = Undone(
        "", "", "", Outcome.CONFLICT, "withdrawn", restored=("title",),
        left={"body": Why("edited"), "section": Why("later", 9)}, note="worked_on",
    )  # fmt: skip

    assert said(merge.reason) == "已更改：标题、正文；保留编辑所写：作者"
    assert said(undone.reason) == (
        "已撤下；已还原：标题；保持现状：正文 (此后编辑改过), 栏目 (批次 9 又改过)；编辑曾修改过它"
    )


def test_reason_stays_english_on_an_english_page():
    assert said("Same bytes as a.txt.", "en") == "Same bytes as a.txt."


@pytest.mark.django_db
def test_desk_shows_the_reason_in_the_editors_language(editor):
    run = ImportRun.objects.create(started_at="2020-01-01T00:00Z")
    item = ImportItem.objects.create(
        run=run, path="a.txt", outcome=Outcome.REFUSED, reason="The file is empty."
    )

    editor.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"

    assert "文件是空的。" in editor.page(item).text
    assert "文件是空的。" in editor.get("/admin/corpusapp/importitem/").text
