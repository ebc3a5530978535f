import hashlib
import re
import tomllib

from tests.config.test_settings import start
from tests.house.tree import tracked, under
from tests.surroundings import ROOT

SEEDS = {
    "000_886a13f3fb6f00ce.txt": "47821bf54d3993fcc5a9d472059ba6954e2ba734459978744501e9ae23e9a94f",
    "002_b626b8f401cf094e.txt": "8c135bdc7e043ef8b5ac906d3ac18365e06f84b379ac54de1319a5aa97c93c89",
}


def test_top_level_is_what_the_design_says():
    top = {path.parts[0] for path in tracked() if not path.parts[0].startswith(".")}

    assert top == {
        *("manage.py", "pyproject.toml", "README.md"),
        *("seeds", "corpusapp", "config", "tests"),
    }


def test_seeds_are_kept_byte_for_byte():
    found = {
        path.name: hashlib.sha256((ROOT / path).read_bytes()).hexdigest()
        for path in under("seeds", ".txt")
    }

    assert found == SEEDS


def test_nothing_is_called_after_what_it_is_not():
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "services"}

    assert [path for path in tracked() if vague & {path.stem, *path.parts}] == []


def test_no_lock_file_and_no_chosen_interpreter_is_kept():
    names = {path.name for path in tracked()}

    assert not names & {
        *("uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock", "package-lock.json"),
        *(".python-version", "requirements.txt"),
    }


def test_no_file_names_a_registry():
    # in two halves, so that this file does not
    hosts = [
        first + second
        for first, second in [
            ("pypi.", "org"),
            ("python", "hosted.org"),
            ("npm", "js.org"),
            ("npm", "js.com"),
            ("index", "-url"),
            ("jsdelivr", ".net"),
            ("unpkg", ".com"),
        ]
    ]
    naming = {
        path for path in tracked() for host in hosts if host.encode() in (ROOT / path).read_bytes()
    }

    assert naming == set()


def test_every_room_stands_in_the_layers():
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    layers = tools["importlinter"]["contracts"][0]["layers"]
    named = {name for layer in layers for name in re.findall(r"[\w.]+", layer)}
    modules = {
        f"corpusapp.{path.parts[1].removesuffix('.py')}" for path in under("corpusapp", ".py")
    }

    # the package itself, history, and what registers itself with Django
    assert modules - named == {"corpusapp.__init__", "corpusapp.migrations", "corpusapp.checks"}


def test_rooms_import_only_from_those_below(tmp_path):
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"

    result = start(tmp_path, ["-c", program, "--no-cache"])

    assert (result.returncode, result.stderr) == (0, ""), result.stdout
    assert "0 broken" in result.stdout


def test_changes_are_told_in_the_words_of_those_who_notice_them():
    text = (ROOT / "corpusapp" / "CHANGELOG.md").read_text()

    assert text.startswith("# Changes\n")
    assert re.findall(r"^## (\S+)$", text, re.MULTILINE)[-1] == "1.0.0"


def test_lower_rooms_read_no_settings_clock_or_file():
    worldly = re.compile(
        r"^\s*(?:import|from) (?:os|time|pathlib|socket|subprocess|random|secrets)\b"
        r"|^\s*import io\b|^\s*from io import (?!(?:BufferedReader, |RawIOBase|BytesIO|StringIO)+$)"
        r"|\bopen\(|\.(?:now|utcnow|today)\(",
        re.MULTILINE,
    )
    asking = {
        str(path)
        for path in under("corpusapp", ".py")
        if path.parts[1] in {"extraction", "text"} and worldly.search((ROOT / path).read_text())
    }

    assert asking == set()
