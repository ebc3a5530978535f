"""References for people: one ready sentence in each of the common styles.

APA 7, MLA 9, Chicago 17 (bibliography) and GB/T 7714-2015, without the italics that plain text has
not. A Chinese title is cited with the marks and the dates of Chinese. Each says of a retracted work
that it is: APA in brackets behind all, MLA and Chicago in a sentence there, GB/T 7714 as words of the
citer's own, which stand in square brackets.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date

from corpusapp.text.references.work import Person, Work

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MLA_MONTHS = (
    *("Jan.", "Feb.", "Mar.", "Apr.", "May", "June"),
    *("July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."),
)
_APA_MOST, _CHICAGO_MOST, _CHICAGO_SHOWN, _GBT_MOST = 20, 10, 7, 3
_PAIR = 2
_ENDS = (".", "?", "!", "…", "。", "？", "！", ".”", "?”", "!”")
_INITIAL = re.compile(r"[^\W\d_]")


def sentence(work: Work, style: str) -> str:
    """The reference in a style of `STYLES`; KeyError for another."""
    return STYLES[style](work)


def _apa(work: Work) -> str:
    if _is_chinese(work):
        return _chinese_apa(work)
    when = _apa_date(work)
    who = _apa_people(work.authors)
    head = f"{_stopped(who)} ({when})." if who else f"{_stopped(work.title)} ({when})."
    parts = [head, *([_stopped(work.title)] if who else []), _stopped(work.container)]
    if work.publication:
        parts.append(_stopped(work.site))
    if not work.year and work.accessed:
        parts.append(f"Retrieved {_us_date(work.accessed)}, from {work.address}")
    else:
        parts.append(work.address)
    if day := work.retracted:
        parts.append(f"(Retraction published {day.year}, {_MONTHS[day.month - 1]} {day.day})")
    return " ".join(parts)


def _apa_people(people: Sequence[Person]) -> str:
    names = [_apa_name(who) for who in people]
    if len(names) > _APA_MOST:
        return f"{', '.join(names[: _APA_MOST - 1])}, . . . {names[-1]}"
    if len(names) > 1:
        return f"{', '.join(names[:-1])}, & {names[-1]}"
    return "".join(names)


def _apa_name(who: Person) -> str:
    if who.is_east_asian or not who.given:
        return who.name
    return f"{who.family}, {_initials(who.given)}"


def _initials(given: str) -> str:
    """As in "Jean-Pierre A.", which becomes "J.-P. A."."""
    words = []
    for word in given.split():
        letters = [match[0].upper() for part in word.split("-") if (match := _INITIAL.search(part))]
        if letters:
            words.append("-".join(f"{letter}." for letter in letters))
    return " ".join(words)


def _apa_date(work: Work) -> str:
    if not work.year:
        return "n.d."
    month = f", {_MONTHS[work.month - 1]}" if work.month else ""
    return f"{work.year}{month}{f' {work.day}' if work.day else ''}"


def _mla(work: Work) -> str:
    if _is_chinese(work):
        return _chinese_mla(work)
    who = _mla_people(work.authors)
    when = " ".join(
        filter(
            None,
            (
                str(work.day or ""),
                _MLA_MONTHS[work.month - 1] if work.month else "",
                str(work.year or ""),
            ),
        )
    )
    place = [work.container, *([when] if when else [])]
    if work.publication:
        place[-1] = _stopped(place[-1])
        where = f"{', '.join(place)} {work.site}, {_bare(work.address)}."
    else:
        where = f"{', '.join([*place, _bare(work.address)])}."
    ending = ""
    if not when and work.accessed:
        day = work.accessed
        ending = f" Accessed {day.day} {_MLA_MONTHS[day.month - 1]} {day.year}."
    if gone := work.retracted:
        ending += f" Retracted {gone.day} {_MLA_MONTHS[gone.month - 1]} {gone.year}."
    return f"{f'{_stopped(who)} ' if who else ''}“{_stopped(work.title)}” {where}{ending}"


def _mla_people(people: Sequence[Person]) -> str:
    if not people:
        return ""
    first = _first_name(people[0])
    if len(people) == 1:
        return first
    if len(people) == _PAIR:
        return f"{first}, and {people[1].name}"
    return f"{first}, et al."


def _first_name(who: Person) -> str:
    """Inverted for the alphabet, unless the family comes first anyway."""
    return who.name if who.family_first or who.is_east_asian else who.inverted


def _chicago(work: Work) -> str:
    if _is_chinese(work):
        return _chinese_chicago(work)
    who = _chicago_people(work.authors)
    when = ""
    if work.year:
        month = f"{_MONTHS[work.month - 1]} " if work.month else ""
        when = f"{month}{f'{work.day}, ' if work.day else ''}{work.year}"
    elif work.accessed:
        when = f"accessed {_us_date(work.accessed)}"
    place = ", ".join(filter(None, (work.container, when)))
    archive = f" {_stopped(work.site)}" if work.publication else ""
    head = f"{_stopped(who)} " if who else ""
    ending = f" Retracted {_us_date(work.retracted)}." if work.retracted else ""
    return f"{head}“{_stopped(work.title)}” {_stopped(place)}{archive} {work.address}.{ending}"


def _chicago_people(people: Sequence[Person]) -> str:
    if not people:
        return ""
    shown = people if len(people) <= _CHICAGO_MOST else people[:_CHICAGO_SHOWN]
    names = [_first_name(shown[0]), *(who.name for who in shown[1:])]
    if len(shown) < len(people):
        return f"{', '.join(names)}, et al."
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])}, and {names[-1]}"


def _gbt(work: Work) -> str:
    """GB/T 7714-2015, an electronic source: [N/OL] from a newspaper, else [EB/OL]."""
    chinese = _is_chinese(work)
    names = [
        who.name if who.is_east_asian or not who.given else f"{who.family} {_bare_initials(who)}"
        for who in work.authors[:_GBT_MOST]
    ]
    if len(work.authors) > _GBT_MOST:
        names.append("等" if chinese else "et al")
    head = f"{', '.join(names)}. " if names else ""
    kind = "N/OL" if work.publication else "EB/OL"
    when = work.date("-")
    accessed = f"[{work.accessed.isoformat()}]" if work.accessed else ""
    if work.publication:
        place = f"{work.publication}{f', {when}' if when else ''}{accessed}"
    else:
        place = f"{work.site}{f' ({when})' if when else ''}{accessed}"
    retracted = f"[{'已撤稿' if chinese else 'Retracted'}]" if work.retracted else ""
    return f"{head}{work.title}{retracted}[{kind}]. {place}. {work.address}."


def _bare_initials(who: Person) -> str:
    return " ".join(_initials(who.given).replace(".", "").replace("-", " ").split())


def _chinese_apa(work: Work) -> str:
    when = _chinese_date(work) or ("無日期" if work.language == "zh-Hant" else "无日期")
    head = f"{_chinese_people(work)}（{when}）。" if work.authors else f"{work.title}（{when}）。"
    title = f"{work.title}。" if work.authors else ""
    ending = f"（{_chinese_retraction(work)}）" if work.retracted else ""
    return f"{head}{title}{'。'.join(_places(work))}。{work.address}{ending}"


def _chinese_mla(work: Work) -> str:
    who = f"{_chinese_people(work)}。" if work.authors else ""
    opened, closed = "「」" if work.language == "zh-Hant" else "“”"
    places = "，".join(f"《{place}》" for place in _places(work))
    when = f"，{_chinese_date(work)}" if work.year else ""
    ending = f"{_chinese_retraction(work)}。" if work.retracted else ""
    return f"{who}{opened}{work.title}{closed}。{places}{when}，{work.address}。{ending}"


def _chinese_chicago(work: Work) -> str:
    """As footnotes are written: 〈title〉 in Taiwan and Hong Kong, 《title》 on the mainland."""
    traditional = work.language == "zh-Hant"
    who = f"{_chinese_people(work)}{'，' if traditional else '：'}" if work.authors else ""
    title = f"〈{work.title}〉" if traditional else f"《{work.title}》"
    places = "，".join(f"《{place}》" for place in _places(work))
    when = f"，{_chinese_date(work)}" if work.year else ""
    ending = f"{_chinese_retraction(work)}。" if work.retracted else ""
    return f"{who}{title}，{places}{when}，{work.address}。{ending}"


def _chinese_people(work: Work) -> str:
    return "、".join(who.name for who in work.authors)


def _chinese_retraction(work: Work) -> str:
    day = work.retracted
    return f"{day.year}年{day.month}月{day.day}日撤稿" if day else ""


def _chinese_date(work: Work) -> str:
    if not work.year:
        return ""
    month = f"{work.month}月" if work.month else ""
    return f"{work.year}年{month}{f'{work.day}日' if work.day else ''}"


def _places(work: Work) -> list[str]:
    return [work.publication, work.site] if work.publication else [work.site]


def _is_chinese(work: Work) -> bool:
    return work.language.startswith("zh")


def _us_date(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def _stopped(text: str) -> str:
    return text if text.endswith(_ENDS) else f"{text}."


def _bare(address: str) -> str:
    return address.removeprefix("https://").removeprefix("http://")


STYLES: dict[str, Callable[[Work], str]] = {
    "APA": _apa,
    "MLA": _mla,
    "Chicago": _chicago,
    "GB/T 7714": _gbt,
}
