"""What a document says outright of itself: the names that people give to fields, and their values.

Front matter, sidecars, columns, records and feeds all come here as a mapping. Nothing is judged: a
value is taken as it stands, or left out with a doubt where it cannot be one. What programs write where
they have no value ("NULL", "nan") is none, save as a title: pieces are called "None".
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from corpusapp.extraction.article import Doubt, ExtractedByline, Precision, PrintedDate, Role
from corpusapp.extraction.doubts import Code, doubt
from corpusapp.extraction.field_names import is_no, is_nothing, is_public, meaning, truth
from corpusapp.extraction.parts.dates import find_dates
from corpusapp.text.folding import clean, fold, unescaped
from corpusapp.text.languages import canonical

BODIES = ("markdown", "html", "text", "content")
_KEPT_BACK = frozenset(("draft", "public", "status"))  # by what a source says whether it is public
DEFAULTS = ("source", "section", "language", "tags")
"""What the defaults of a folder may say."""

_LONGEST = {"title": 500, "section": 200, "source": 200, "name": 200, "post": 500, "tag": 100}
_LONGEST_TEXT = 5000  # a standfirst, a caption, a note
_LONGEST_SHOWN = 300
_LONGEST_ADDRESS = 2000
_MOST_AUTHORS, _MOST_TAGS = 100, 200
_MOST_VIEWS = 10**15
_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}]{3,}", re.IGNORECASE)
_COARSE_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?")
_EMPTY_DATE = re.compile(r"[0\s:TZ./-]{0,40}")
_MAIL_AND_NAME = re.compile(r"[^\s()@]{1,80}@[^\s()@]{1,80}\s{1,3}\(([^()]{1,200})\)")
_LEAD = re.compile(r"(?:by|von|par|por|文|作者)\s{0,3}[:：]\s{0,3}|by\s{1,3}", re.IGNORECASE)
_SURE_PARTS = re.compile(r"\s{0,3}(?:[;；、|]|\s(?:and|und|et|y|e|&)\s|和)\s{0,3}")
_COMMA = re.compile(r"\s{0,3}[,，]\s{0,3}")
_TAG_PARTS = re.compile(r"[,;，；、|\n]")
_NUMBER = re.compile(r"\d{1,3}(?:[,.\s]\d{3})*|\d{1,18}")


@dataclass(frozen=True, slots=True)
class Stated:
    """The fields a document states; what it does not mention is not in `names`."""

    title: str = ""
    standfirst: str = ""
    bylines: tuple[ExtractedByline, ...] = ()
    published: PrintedDate | None = None
    section: str = ""
    language: str = ""
    source: str = ""
    source_url: str = ""
    views: int | None = None
    tags: tuple[str, ...] = ()
    caption: str = ""
    biography: str = ""
    own_id: str = ""
    is_draft: bool = False
    body: str = ""
    body_kind: str = ""  # one of BODIES
    doubts: tuple[Doubt, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)  # field -> the key that stated it
    unknown: tuple[str, ...] = ()  # keys with a value that mean nothing here


def read_stated(mapping: Mapping[str, Any], *, day_first: bool | None = None) -> Stated:
    """The fields that `mapping` states. Of two keys with one meaning the first with a value counts."""
    return _Reading(day_first).read(mapping)


def found_again_by(mapping: Mapping[str, Any]) -> str:
    """The id by which a record is known in its file; "" for none, or where its address comes first."""
    own_id = ""
    for key, value in mapping.items():
        if is_nothing(value):
            continue
        match meaning(str(key)):
            case "id" if not own_id:
                own_id = one_line(value)
            case "source_url" | "source" if _ADDRESS.fullmatch(one_line(value)):
                return ""
    return own_id[:_LONGEST_SHOWN]


def _is_absent(name: str, value: Any) -> bool:
    """Of what says that a piece is public, an unknown word still keeps it back."""
    if name in {"title", "public", "status"} and isinstance(value, str):
        return False
    return is_nothing(value)


class _Reading:
    def __init__(self, day_first: bool | None) -> None:  # noqa: FBT001 - None is a third answer
        self.day_first = day_first
        self.values: dict[str, Any] = {}
        self.keys: dict[str, str] = {}
        self.unknown: list[str] = []
        self.doubts: list[Doubt] = []

    def read(self, mapping: Mapping[str, Any]) -> Stated:
        given = self._given(mapping)
        if "categories" in {key.lower() for key, _value in given.values()}:
            self._categories(given)
        for name, (key, value) in given.items():
            reader = getattr(self, f"_{name}", None)
            if reader is not None:
                reader(value)
            elif name in BODIES:
                self._body(name, value)
            self._note(name, key)
        self._post_of_the_one_author(given)
        return Stated(
            **self.values,
            doubts=tuple(self.doubts),
            keys=self.keys,
            unknown=tuple(self.unknown),
        )

    def _given(self, mapping: Mapping[str, Any]) -> dict[str, tuple[str, Any]]:
        """(key, value) by what it means, of those that have a value."""
        given: dict[str, tuple[str, Any]] = {}
        for key, value in mapping.items():
            name = meaning(str(key))
            if name == "published_at" and truth(value) is not None:  # Jekyll's `published: false`
                name = "public"
            if value is None or value in ("", [], {}) or _is_absent(name, value):
                continue
            if name in _KEPT_BACK:
                self._keep_back(name, value)
            elif name:
                given.setdefault(name, (str(key), value))
            elif key := one_line(key):
                self.unknown.append(key[:_LONGEST_SHOWN])
        return given

    def _keep_back(self, name: str, value: Any) -> None:
        """Of several marks one is enough to make a draft, and only known words say public."""
        if not isinstance(value, bool) and not one_line(value):
            return
        match name:
            case "draft":
                kept = not is_no(value)
            case "public":
                kept = truth(value) is not True and not is_public(value)
            case _:
                kept = not is_public(value)
        self.values["is_draft"] = self.values.get("is_draft", False) or kept

    def _note(self, name: str, key: str) -> None:
        self.keys.setdefault(_FIELDS.get(name, name), key)

    # single lines

    def _title(self, value: Any) -> None:
        self._line("title", value)

    def _section(self, value: Any) -> None:
        self._line("section", _given_ones(value)[:1] if isinstance(value, list) else value)

    def _source(self, value: Any) -> None:
        if _ADDRESS.fullmatch(one_line(value)):
            self._source_url(value)
        else:
            self._line("source", value)

    def _line(self, name: str, value: Any) -> None:
        text = one_line(value) if name == "title" else _unescaped_line(value)
        if len(text) > _LONGEST[name]:
            self._doubt(name, Code.FIELD_TOO_LONG, text)
        elif text and not (name != "title" and is_nothing(text)):
            self.values[name] = text

    def _id(self, value: Any) -> None:
        self.values["own_id"] = one_line(value)[:_LONGEST_SHOWN]

    # longer ones

    def _standfirst(self, value: Any) -> None:
        self._words("standfirst", value)

    def _caption(self, value: Any) -> None:
        self._words("caption", value)

    def _biography(self, value: Any) -> None:
        self._words("biography", value)

    def _words(self, name: str, value: Any) -> None:
        text = one_line(value)
        if len(text) > _LONGEST_TEXT:
            self._doubt(name, Code.FIELD_TOO_LONG, text)
        elif text:
            self.values[name] = text

    def _body(self, kind: str, value: Any) -> None:
        text = value if isinstance(value, str) else "\n\n".join(strings(value))
        if text.strip() and "body" not in self.values:
            self.values |= {"body": text, "body_kind": kind}

    # people

    def _authors(self, value: Any) -> None:
        self._people(value, Role.AUTHOR)

    def _translator(self, value: Any) -> None:
        self._people(value, Role.TRANSLATOR)

    def _editor(self, value: Any) -> None:
        self._people(value, Role.EDITOR)

    def _interviewer(self, value: Any) -> None:
        self._people(value, Role.INTERVIEWER)

    def _people(self, value: Any, role: Role) -> None:
        signed = list(self.values.get("bylines", ()))
        for name, post, said in _persons(value):
            if not name or is_nothing(name):
                continue
            if len(name) > _LONGEST["name"] or len(signed) >= _MOST_AUTHORS:
                self._doubt("authors", Code.FIELD_TOO_LONG, name)
                break
            printed = "" if is_nothing(post) else post[: _LONGEST["post"]]
            signed.append(ExtractedByline(name, printed, said or role, 1))
        if signed:
            self.values["bylines"] = tuple(dict.fromkeys(signed))

    def _post_of_the_one_author(self, given: Mapping[str, tuple[str, Any]]) -> None:
        signed = self.values.get("bylines", ())
        if "post" in given and len(signed) == 1 and not signed[0].post:
            post = one_line(given["post"][1])[: _LONGEST["post"]]
            self.values["bylines"] = (replace(signed[0], post=post),)

    # the rest

    def _published_at(self, value: Any) -> None:
        text = one_line(value)
        if _EMPTY_DATE.fullmatch(text):  # 0000-00-00 00:00:00 is how databases say "none"
            return
        date, code, candidates = read_date(text, day_first=self.day_first)
        if date:
            self.values["published"] = date
        elif code:
            self.doubts.append(doubt("published_at", code, candidates))

    def _language(self, value: Any) -> None:
        self.values["language"] = canonical(one_line(value))

    def _source_url(self, value: Any) -> None:
        address = one_line(value)
        if _ADDRESS.fullmatch(address) and len(address) <= _LONGEST_ADDRESS:
            self.values["source_url"] = address

    def _views(self, value: Any) -> None:
        text = one_line(value)
        number = int(re.sub(r"\D", "", text)) if _NUMBER.fullmatch(text) else -1
        if 0 <= number <= _MOST_VIEWS:
            self.values["views"] = number
        else:
            self._doubt("views", Code.VIEWS_IMPOSSIBLE, text)

    def _tags(self, value: Any) -> None:
        words = value if isinstance(value, list | tuple | dict) else _tag_parts(value)
        tags: dict[str, str] = {tag.casefold(): tag for tag in self.values.get("tags", ())}
        for word in strings(words):
            tag = _unescaped_line(word).removeprefix("#").strip()
            if is_nothing(tag):
                continue
            if len(tag) > _LONGEST["tag"] or len(tags) >= _MOST_TAGS:
                self._doubt("tags", Code.FIELD_TOO_LONG, tag)
            elif tag:
                tags.setdefault(tag.casefold(), tag)
        if tags:
            self.values["tags"] = tuple(tags.values())

    def _categories(self, given: dict[str, tuple[str, Any]]) -> None:
        """The first of several categories is the section, the others are topics."""
        _key, value = given["section"]
        names = strings(value) if isinstance(value, list) else _tag_parts(value)
        first, *others = _given_ones(names) or [""]
        given["section"] = ("categories", first)
        if others:
            key, tags = given.get("tags", ("categories", []))
            known = strings(tags) if isinstance(tags, list) else _tag_parts(tags)
            given["tags"] = (key, [*others, *known])

    def _doubt(self, name: str, code: Code, text: str) -> None:
        if all((one.field, one.code) != (name, code.value) for one in self.doubts):
            self.doubts.append(doubt(name, code, (text[:_LONGEST_SHOWN],)))


_FIELDS = {
    **dict.fromkeys(("translator", "editor", "interviewer"), "authors"),
    **dict.fromkeys(BODIES, "body"),
}


def one_line(value: Any) -> str:
    """A value as one clean line of text."""
    return " ".join(clean(_string(value)).split())


def _given_ones(values: Iterable[Any]) -> list[str]:
    """Those of `values`, a line each, that are something."""
    return [line for line in map(one_line, values) if line and not is_nothing(line)]


def _unescaped_line(value: Any) -> str:
    """The same of a name or a label: what HTML calls a character by is that, its semicolon parts nothing."""
    return one_line(unescaped(_string(value)))


def _tag_parts(value: Any) -> list[str]:
    return _TAG_PARTS.split(unescaped(_string(value)))


def strings(value: Any) -> list[str]:
    """The texts in a value, in their order, however it nests them (but not endlessly)."""
    if isinstance(value, Mapping):
        named = value.get("name") or value.get("label") or value.get("title")
        return [_string(named)] if named else []
    if isinstance(value, list | tuple):
        return [text for one in value[:10_000] for text in _shallow(one)]
    return [_string(value)] if value is not None else []


def _shallow(value: Any) -> list[str]:
    return [] if isinstance(value, list | tuple) else strings(value)


def _string(value: Any) -> str:
    match value:
        case str():
            return value
        case bool() | None:
            return ""
        case int() | float():
            return str(value)
        case list() | tuple() | Mapping():
            return ", ".join(strings(value))
        case _:
            return ""


def read_date(
    text: str, *, day_first: bool | None = None
) -> tuple[PrintedDate | None, Code | None, tuple[str, ...]]:
    """The date that `text` is, or why it is none, with what it could be."""
    shown = (text[:100],)
    if coarse := _COARSE_DATE.fullmatch(text):
        year, month = int(coarse[1]), int(coarse[2] or 1)
        if not (1500 <= year <= 2100 and 1 <= month <= 12):  # noqa: PLR2004 - as parts/dates.py
            return None, Code.DATE_IMPOSSIBLE, shown
        precision = Precision.MONTH if coarse[2] else Precision.YEAR
        return PrintedDate(text, precision), None, ()
    found = find_dates(text, day_first=day_first)
    if not found or found[0].year_only:
        digits = sum(map(str.isdigit, text))
        return None, Code.DATE_IMPOSSIBLE if digits > 3 else Code.DATE_UNCERTAIN, shown  # noqa: PLR2004
    if found[0].printed is None:
        code = Code.DATE_IMPOSSIBLE if found[0].impossible else Code.DATE_AMBIGUOUS
        return None, code, found[0].candidates
    return found[0].printed, None, ()


def _persons(value: Any) -> Iterable[tuple[str, str, Role | None]]:
    """(name, post, role if said) of each person in a value."""
    if isinstance(value, Mapping):
        roles = {str(role): role for role in Role}
        role = roles.get(one_line(value.get("role")).lower())
        yield one_line(value.get("name")), one_line(value.get("post")), role
    elif isinstance(value, list | tuple):
        for one in value[: _MOST_AUTHORS + 1]:
            if isinstance(one, Mapping):
                yield from _persons(one)
            else:
                yield from ((name, "", None) for name in [_name(one)] if name)
    else:
        yield from ((_name(name), "", None) for name in people(_unescaped_line(value)))


def _name(value: Any) -> str:
    text = _unescaped_line(value)
    if match := _MAIL_AND_NAME.fullmatch(text):
        text = match[1].strip()
    return _LEAD.sub("", text, count=1) if _LEAD.match(text) else text


def people(text: str) -> list[str]:
    """The names in one line: "Ann Lee and Bo Ray", "张三、李四"; "Lee, Ann" stays one."""
    text = text[:20_000]
    names: list[str] = []
    for part in _SURE_PARTS.split(text):
        pieces = _COMMA.split(part)
        listed = all(" " in piece or not piece.isascii() for piece in pieces)
        names.extend(pieces if listed else [part])
    return [name for name in names if fold(name)]
