import ast
import re

import pytest
from django.core.management import call_command

from tests.config.test_settings import start
from tests.house.tree import under
from tests.surroundings import ROOT

MIGRATIONS = [path for path in under("corpusapp", ".py") if path.parts[1] == "migrations"]
NAMED = [path for path in MIGRATIONS if path.stem != "__init__"]


@pytest.mark.django_db
def test_models_have_all_their_migrations(capsys):
    call_command("makemigrations", "--check", "--dry-run")

    assert capsys.readouterr().out == "No changes detected\n"


def test_migrations_are_named_for_their_intent():
    thoughtless = re.compile(r"\d{4}_(initial|auto_.*|alter_.*|rename_.*_\w+_and_more|.*_and_more)")

    assert [path.stem for path in NAMED if thoughtless.fullmatch(path.stem)] == []
    assert [path.stem[:4] for path in NAMED] == [f"{n:04d}" for n in range(1, len(NAMED) + 1)]


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


@pytest.mark.parametrize("path", NAMED, ids=lambda path: path.stem)
def test_migration_of_data_has_a_reverse_and_imports_no_room(path):
    tree = ast.parse((ROOT / path).read_text())
    deeds = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("RunPython")
    ]
    if deeds:
        assert [name for name in imported(tree) if name.startswith("corpusapp")] == []
    for deed in deeds:
        assert len(deed.args) == 2, "no reverse"


def test_migrations_go_back_and_forth(tmp_path):
    for target in ([], ["corpusapp", "zero"], []):
        result = start(tmp_path, ["manage.py", "migrate", "-v", "0", *target])

        assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
