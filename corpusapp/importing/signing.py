"""Signatures that come and go with the lines that an editor gives or takes away."""

from collections.abc import Collection, Sequence

from corpusapp.extraction.article import ExtractedArticle, ExtractedByline, Part
from corpusapp.extraction.given_lines import signed_by, words_of
from corpusapp.importing.errors import NothingInItError
from corpusapp.importing.explaining import JudgedLine
from corpusapp.importing.fields import within_columns
from corpusapp.importing.registry import Registry
from corpusapp.models import Article, Byline
from corpusapp.text.folding import fold
from corpusapp.text.names import person_key


def sign(
    article: Article,
    pairs: Collection[tuple[JudgedLine, JudgedLine]],
    after: Sequence[JudgedLine],
    registry: Registry,
) -> None:
    """Signatures come and go with their lines; those that no changed line names stay as they are."""
    for old, new in pairs:
        if old.part is Part.BYLINE and new.part is not Part.BYLINE:
            words = fold(old.text)
            for byline in article.bylines.select_related("author"):
                if fold(byline.printed_name) in words:
                    byline.delete()
        if old.part is Part.POST and new.part is not Part.POST:
            article.bylines.filter(post=words_of([old.text])).update(post="")
    come = [new for _old, new in pairs if new.part is Part.BYLINE]
    people = [one for line in come for one in signed_by(line.text)]
    if come and not people:
        raise NothingInItError(Part.BYLINE, come[0].text)
    named = within_columns(
        ExtractedArticle(
            language=article.language,
            bylines=tuple(ExtractedByline(one.name, one.post, one.role, 0) for one in people),
        )
    )
    registry.look_up([named])
    signed = set(article.bylines.values_list("author", "role"))
    last = article.bylines.order_by("-position").values_list("position", flat=True).first() or 0
    for one in named.bylines:
        author = registry.authors.get(person_key(one.name))
        if author is None or (author.pk, str(one.role)) in signed:
            continue
        last += 1
        signed.add((author.pk, str(one.role)))
        Byline.objects.create(
            article=article, author=author, position=last, role=str(one.role),
            name=one.name, post=one.post,
        )  # fmt: skip
    posts = [new for _old, new in pairs if new.part is Part.POST]
    posts += [post for line in come if (post := _under(line, after))]
    for line in posts:
        _take_up_post(article, line, after)


def _under(line: JudgedLine, after: Sequence[JudgedLine]) -> JudgedLine | None:
    """The post that stands right under a name."""
    below = next((one for one in after[line.number :] if one.part is not Part.BLANK), None)
    return below if below and below.part is Part.POST else None


def _take_up_post(article: Article, line: JudgedLine, after: Sequence[JudgedLine]) -> None:
    """The post belongs to whom the nearest line above names, else to the first without one."""
    bylines = list(article.bylines.select_related("author"))
    if not bylines:
        raise NothingInItError(Part.POST, line.text)
    above = (one for one in reversed(after[: line.number - 1]) if one.part is Part.BYLINE)
    named = fold(next((one.text for one in above), ""))
    whose = next((one for one in bylines if named and fold(one.printed_name) in named), None)
    whose = whose or next((one for one in bylines if not one.post), bylines[-1])
    whose.post = words_of([line.text])[:500]
    whose.save(update_fields=["post"])
