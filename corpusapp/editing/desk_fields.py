"""What editors alone set in an article: as JSON that tells it to people, and gives it back.

No capture has these fields, so that nothing here knows of imports.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from corpusapp.editing.read_next import choose
from corpusapp.editing.undescribed import doubt_texts_with
from corpusapp.models import Article, Glossary, Picture, Related, Series, State
from corpusapp.text.han import OTHER

DESK_FIELDS = (
    "picture",
    "series",
    "live_from",
    "editors_choice",
    "withdrawal_note",
    "slug",
    "read_next",
    "glossary",
)
# What readers are told of a picture; the picture's own, whichever article it stands in
PICTURE_WORDS = ("credit", "alt_en", "alt_zh_hans", "alt_zh_hant", "is_decorative")


def desk_value(article: Article, name: str) -> Any:
    """A field that stands in the row of the article (`picture` and `series` selected with it)."""
    match name:
        case "picture":
            return _told_picture(article.picture) if article.picture else None
        case "series":
            if article.series is None:
                return None
            row = article.series
            return {"id": row.pk, "name": row.name, "position": article.series_position}
        case "live_from":
            return article.live_from.isoformat() if article.live_from else None
        case "slug":  # before, it follows the title
            return article.slug if article.live_from else None
        case _:
            return getattr(article, name)


def _told_picture(picture: Picture) -> dict[str, Any]:
    words = {name: getattr(picture, name) for name in PICTURE_WORDS}
    return {"id": picture.pk, "name": picture.name, **words}


def read_next_of(article_ids: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    """What editors have chosen to be read after each of these articles; 1 query."""
    rows = Related.objects.filter(article__in=article_ids, is_chosen=True)
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.select_related("other").order_by("position", "pk").defer("other__body"):
        found[row.article_id].append({"id": row.other_id, "name": str(row.other)})
    return found


def glossaries_of(article_ids: Collection[int]) -> dict[int, list[list[str]]]:
    """The protected words of each of these articles alone; 1 query."""
    found: dict[int, list[list[str]]] = defaultdict(list)
    entries = Glossary.objects.filter(article__in=article_ids).order_by("pk")
    for pk, *words in entries.values_list("article", "simplified", "traditional"):
        found[pk].append(words)
    return found


def still_has(name: str, now: Any, then: Any) -> bool:
    """Whether one of these fields is what it was."""
    match name:
        case "picture":
            if now is None or then is None:
                return now is then
            return all(now.get(part) == value for part, value in then.items() if part != "name")
        case "series":
            return _place(now) == _place(then)
        case "read_next":
            return [one["id"] for one in now or ()] == [one["id"] for one in then or ()]
        case "live_from":
            return _moment(now) == _moment(then)
        case _:
            return bool(now == then)


def _place(value: Mapping[str, Any] | None) -> tuple[Any, Any] | None:
    return (value["id"], value["position"]) if value else None


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def can_have(article: Article, name: str, value: Any) -> bool:
    """Whether the article as it stands can be given this value back."""
    match name:
        case "picture":
            return value is None or Picture.objects.filter(pk=value["id"]).exists()
        case "series":
            return value is None or _is_free(article, value)
        case "live_from":
            return _can_go_live(article, _moment(value))
        case "glossary":
            return not value or article.language in OTHER
        case "slug":
            return bool(value and article.live_from)
        case _:
            return True


def _is_free(article: Article, value: Mapping[str, Any]) -> bool:
    if not Series.objects.filter(pk=value["id"]).exists():
        return False
    there = Article.objects.filter(
        series=value["id"], series_position=value["position"], language=article.language
    )
    return value["position"] is None or not there.exclude(pk=article.pk).exists()


def _can_go_live(article: Article, moment: datetime | None) -> bool:
    """What readers see does not vanish by this, and a withdrawn address goes on answering as it did."""
    if article.state == State.WITHDRAWN:
        return False
    if article.state == State.PUBLISHED:
        return moment is not None and not (article.is_public() and moment > timezone.now())
    return True


def shares_its_words(article_id: int, value: Mapping[str, Any] | None) -> list[int]:
    """Other articles that the words of this picture stand under, if giving them back changes these."""
    if not value:
        return []
    picture = Picture.objects.filter(pk=value["id"]).first()
    if picture is None or still_has("picture", _told_picture(picture), value):
        return []
    others = Article.objects.filter(picture=picture).exclude(pk=article_id)
    return list(others.values_list("pk", flat=True))


def set_columns(article: Article, values: Mapping[str, Any]) -> None:
    """Those of `values` that stand in the row of the article, which is for the caller to save."""
    for name, value in values.items():
        match name:
            case "picture":
                article.picture_id = value["id"] if value else None
            case "series":
                article.series_id = value["id"] if value else None
                article.series_position = value["position"] if value else None
            case "live_from":
                article.live_from = _moment(value)
            case "editors_choice" | "withdrawal_note" | "slug":
                setattr(article, name, value)


def set_rows(article: Article, values: Mapping[str, Any]) -> None:
    """Those of `values` that stand in rows of their own."""
    if picture := values.get("picture"):
        _describe(picture)
    if "read_next" in values:
        wanted = [one["id"] for one in values["read_next"] or ()]
        there = set(Article.objects.filter(pk__in=wanted).values_list("pk", flat=True))
        choose(article.pk, [pk for pk in wanted if pk in there])
    if "glossary" in values:
        _gloss(article, values["glossary"] or ())


def _describe(value: Mapping[str, Any]) -> None:
    picture = Picture.objects.get(pk=value["id"])
    words = {name: value[name] for name in PICTURE_WORDS if name in value}
    changed = [name for name, word in words.items() if getattr(picture, name) != word]
    for name in changed:
        setattr(picture, name, words[name])
    if changed:
        picture.save(update_fields=changed)
    if "is_decorative" in changed:
        doubt_texts_with(picture)


def _gloss(article: Article, wanted: Iterable[Iterable[str]]) -> None:
    """One by one: what is written and what goes tells the renditions."""
    words = [tuple(pair) for pair in wanted]
    for entry in Glossary.objects.filter(article=article):
        if (entry.simplified, entry.traditional) not in words:
            entry.delete()
    there = set(Glossary.objects.filter(article=article).values_list("simplified", "traditional"))
    for simplified, traditional in words:
        if (simplified, traditional) not in there:
            Glossary.objects.create(article=article, simplified=simplified, traditional=traditional)
