"""References for programs: BibTeX, RIS and CSL-JSON."""

import re
from collections.abc import Iterable
from typing import Any

from corpusapp.text.references.work import Person, Work

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# what TeX would take for a command; everything else goes as it is, in UTF-8
_TEX = re.compile(r"[\\{}$&#%_~^]")
_TEX_SAFE = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_AND = re.compile(r"\band\b", re.IGNORECASE)
_WHITE = re.compile(r"\s+")
# RIS has no field for it; this is the type of publication by which PubMed tells it
_RETRACTED = "Retracted Publication"


def bibtex(work: Work) -> str:
    """One entry, in UTF-8; what is unknown is left out."""
    fields = [
        ("author", " and ".join(map(_tex_person, work.authors))),
        ("title", f"{{{_tex(work.title)}}}"),
        ("journal" if work.publication else "howpublished", _tex(work.container)),
        ("year", str(work.year or "")),
        ("month", _MONTHS[work.month - 1] if work.month else ""),
        ("day", str(work.day or "")),
        ("translator", " and ".join(map(_tex_person, work.translators))),
        ("url", _line(work.address)),
        ("urldate", work.accessed.isoformat() if work.accessed else ""),
        ("language", _tex(work.language)),
        ("keywords", ", ".join(map(_tex, work.keywords))),
        ("note", _tex_note(work)),
        ("pubstate", "retracted" if work.retracted else ""),
        ("abstract", _tex(work.abstract)),
    ]
    lines = [
        f"  {name} = {value if name == 'month' else f'{{{value}}}'}"
        for name, value in fields
        if value
    ]
    kind = "article" if work.publication else "misc"
    return f"@{kind}{{{work.key},\n" + ",\n".join(lines) + "\n}\n"


def _tex_note(work: Work) -> str:
    """What readers are told comes first: styles print the note, and some cut it."""
    archived = (f"Archived at {work.site}",) if work.publication else ()
    return " ".join(map(_tex, (*work.notices, *archived)))


def _tex_person(who: Person) -> str:
    if who.family and who.given and not _AND.search(who.name):
        return f"{_tex(who.family)}, {_tex(who.given)}"
    return f"{{{_tex(who.name)}}}"


def _tex(text: str) -> str:
    return _TEX.sub(lambda match: _TEX_SAFE.get(match[0], f"\\{match[0]}"), _line(text))


def ris(work: Work) -> str:
    """One record; lines end as the format wants them, with CR and LF."""
    day = f"{work.day:02}" if work.day else ""
    month = f"{work.month:02}" if work.month else ""
    fields = [
        ("TY", "NEWS"),
        *(("AU", who.inverted) for who in work.authors),
        *(("A4", who.inverted) for who in work.translators),
        ("TI", work.title),
        ("T2", work.container),
        ("PY", f"{work.year:04}" if work.year else ""),
        ("DA", f"{work.year:04}/{month}/{day}/" if work.year else ""),
        ("AB", work.abstract),
        *(("KW", word) for word in work.keywords),
        ("KW", _RETRACTED if work.retracted else ""),
        *(("N1", notice) for notice in work.notices),
        ("LA", work.language),
        ("UR", work.address),
        ("Y2", f"{work.accessed:%Y/%m/%d}/" if work.accessed else ""),
        ("DB", work.site),
        ("ID", work.key),
    ]
    lines = [f"{tag}  - {_line(value)}" for tag, value in fields if value]
    return "".join(f"{line}\r\n" for line in [*lines, "ER  - "])


def csl(work: Work) -> list[dict[str, Any]]:
    """CSL-JSON, as citation programs exchange it."""
    issued = [part for part in (work.year, work.month, work.day) if part]
    item: dict[str, Any] = {
        "id": work.key,
        "type": "article-newspaper" if work.publication else "webpage",
        "title": work.title,
        "container-title": work.container,
        "URL": work.address,
        "language": work.language,
    }
    if work.authors:
        item["author"] = _csl_people(work.authors)
    if work.translators:
        item["translator"] = _csl_people(work.translators)
    if issued:
        item["issued"] = {"date-parts": [issued]}
    if work.accessed:
        day = work.accessed
        item["accessed"] = {"date-parts": [[day.year, day.month, day.day]]}
    if work.publication:
        item["archive"] = work.site
    if work.abstract:
        item["abstract"] = work.abstract
    if work.keywords:
        item["keyword"] = ", ".join(work.keywords)
    if work.notices:
        item["note"] = " ".join(map(_line, work.notices))
    if work.retracted:
        item["status"] = "retracted"  # the word of CSL 1.0.2
    return [item]


def _csl_people(people: Iterable[Person]) -> list[dict[str, str]]:
    return [
        {"family": who.family, "given": who.given}
        if who.family and who.given
        else {"literal": who.name}
        for who in people
    ]


def _line(text: str) -> str:
    return _WHITE.sub(" ", text).strip()
