"""The words of the interface and their translations, without gettext's binaries.

`python -m tests.house.catalogues` brings the catalogues up to date: new messages come in empty,
those that nobody uses go, and the compiled form is written.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent.parent
LOCALE = ROOT / "corpusapp" / "locale"
LANGUAGES = ("zh_Hans", "zh_Hant")
_PLACES = {
    "gettext": ("text",),
    "gettext_noop": ("text",),
    "ngettext": ("text", "plural"),
    "pgettext": ("context", "text"),
    "npgettext": ("context", "text", "plural"),
}
_CALL = re.compile(r"\b(n?p?gettext|_)\(")
_HEADER = {
    "Project-Id-Version": "Corpus",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


class Message(NamedTuple):
    text: str
    plural: str = ""
    context: str | None = None


class NotLiteralError(Exception):
    """A message that is not written out cannot be found, and so not translated."""


def messages() -> dict[Message, list[str]]:
    """Every message of the product, with the files that say it."""
    found: dict[Message, list[str]] = defaultdict(list)
    for path in sorted(ROOT.glob("corpusapp/**/*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            said = of_python(path.read_text(encoding="utf-8"), path)
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            said = of_template(path.read_text(encoding="utf-8"), path)
        else:
            continue
        for message in said:
            name = str(path.relative_to(ROOT))
            if name not in found[message]:
                found[message].append(name)
    for message in of_python((ROOT / "config/settings.py").read_text(encoding="utf-8"), ROOT):
        found[message].append("config/settings.py")
    return found


def of_python(source: str, path: Path) -> Iterator[Message]:
    tree = ast.parse(source)
    known = {
        alias.asname or alias.name: alias.name.removesuffix("_lazy")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            places = _PLACES.get(known.get(node.func.id, ""))
            if places:
                yield _message(places, node, path)


def of_template(source: str, path: Path) -> Iterator[Message]:
    """By Django's own reading of templates for translators."""
    code = templatize(source, origin=str(path))
    for match in _CALL.finditer(code):
        call = _call_at(code, match.start())
        if call is not None:
            name = "gettext" if match[1] == "_" else match[1]
            yield _message(_PLACES[name], call, path)


def _call_at(code: str, start: int) -> ast.Call | None:
    """The shortest whole call that begins at `start`."""
    end = code.find(")", start)
    while end != -1:
        try:
            expression = ast.parse(code[start : end + 1], mode="eval").body
        except SyntaxError:
            end = code.find(")", end + 1)
            continue
        return expression if isinstance(expression, ast.Call) else None
    return None


def _message(places: tuple[str, ...], call: ast.Call, path: Path) -> Message:
    values: dict[str, str] = {}
    for place, argument in zip(places, call.args, strict=False):
        if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
            msg = f"{path}: {ast.unparse(call)}"
            raise NotLiteralError(msg)
        values[place] = argument.value
    return Message(**values)


def catalogue(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def key(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgid_plural, entry.msgctxt)


def bring_up_to_date(language: str) -> int:
    """Returns how many messages wait for their translation."""
    path = catalogue(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    known = {key(entry): entry for entry in old if not entry.obsolete}
    new = polib.POFile(wrapwidth=98)
    new.metadata = _HEADER | {"Language": language}
    for message, places in sorted(messages().items(), key=lambda item: (item[1][0], item[0].text)):
        entry = known.get(message) or polib.POEntry(
            msgid=message.text,
            msgid_plural=message.plural,
            msgctxt=message.context,
            msgstr_plural={0: ""} if message.plural else {},
        )
        entry.occurrences = [(place, "") for place in places]
        new.append(entry)
    new.save(str(path))
    new.save_as_mofile(str(path.with_suffix(".mo")))
    return len(new.untranslated_entries())


if __name__ == "__main__":
    for language in LANGUAGES:
        waiting = bring_up_to_date(language)
        sys.stdout.write(f"{language}: {waiting} messages wait for their translation\n")
