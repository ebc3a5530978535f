"""The manual names everything there is, and nothing there is not."""

import re

from tests.house.tree import tracked
from tests.surroundings import ROOT, settings_named

# Commands of packages that this house cannot do without
BROUGHT = {"db_worker"}
README = (ROOT / "README.md").read_text()


def section(heading):
    return README.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def first_column(heading):
    """What stands in backquotes in the first column of the table under `heading`."""
    cells = re.findall(r"^\|([^|]+)\|", section(heading), re.MULTILINE)
    return {word for cell in cells for word in re.findall(r"`(\w+)", cell)}


def test_every_setting_is_explained_and_no_other():
    assert first_column("Settings") == settings_named()


def test_every_command_is_explained_and_no_other():
    commands = {
        path.stem
        for path in tracked()
        if path.match("corpusapp/management/commands/*.py") and path.stem != "__init__"
    }

    assert first_column("Commands") == commands | BROUGHT


def test_settings_of_the_tests_are_explained():
    for name in ("TEST_DATABASE_URL", "TEST_CACHE_URL", "EXTRACTION_SET", "SEARCH_SET"):
        assert f"`{name}`" in section("Settings")


def test_two_commands_stand_at_the_top():
    commands = re.findall(r"^    (python3 .*)$", README[:2000], re.MULTILINE)

    install = "python3 -m pip install -q --target .uv uv && .uv/bin/uv run"
    assert commands == [f"{install} --no-dev manage.py quickstart", f"{install} pytest"]
