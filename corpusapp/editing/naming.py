"""Give authors, sections and tags their addresses and the names they are found by."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model

from corpusapp.editing.trail import note
from corpusapp.models import (
    Act,
    Author,
    AuthorName,
    Listing,
    NameOrder,
    Redirect,
    Section,
    SectionName,
    Series,
    Source,
    Tag,
    TagSynonym,
)
from corpusapp.text.folding import fold
from corpusapp.text.names import person_key, split_name
from corpusapp.text.slugs import slugify

_KIND: dict[type[Model], Listing] = {
    Author: Listing.AUTHOR,
    Section: Listing.SECTION,
    Series: Listing.SERIES,
    Tag: Listing.TAG,
}


def free_slug(model: type[Model], name: str, taken: Iterable[str] = ()) -> str:
    """A slug for `name` that no other row has or had: old addresses keep leading where they led."""
    stem = slugify(name, 80)
    kind = _KIND[model]
    used = set(taken)
    manager = model._default_manager  # noqa: SLF001 - Django's documented name
    used.update(manager.filter(slug__startswith=stem).values_list("slug", flat=True))
    used.update(
        Redirect.objects.filter(kind=kind, slug__startswith=stem).values_list("slug", flat=True)
    )
    if stem not in used:
        return stem
    return next(
        slug for number in range(2, len(used) + 3) if (slug := f"{stem}-{number}") not in used
    )


def rename_slug(thing: Author | Section | Series | Tag, old: str) -> None:
    """Leave a redirect from `old`; the row already has its new slug. An address taken back loses its own."""
    kind = _KIND[type(thing)]
    with transaction.atomic():
        Redirect.objects.filter(kind=kind, slug=thing.slug).delete()
        if old and old != thing.slug:
            Redirect.objects.update_or_create(kind=kind, slug=old, defaults={"target": thing.pk})


def new_author(name: str, slug: str) -> Author:
    """An unsaved author as a capture names it; the parts of the name by the rules of `text.names`."""
    parts = split_name(name)
    order = NameOrder.WHOLE
    if parts.family:
        order = NameOrder.FAMILY_FIRST if parts.family_first else NameOrder.GIVEN_FIRST
    return Author(
        name=name,
        slug=slug,
        family_name=parts.family[:100],
        given_name=parts.given[:150],
        name_order=order,
        sort_name=parts.sort_name[:200],
    )


def name_of(author: Author, name: str, language: str = "") -> AuthorName:
    """An unsaved main name, found by imports unless somebody else already is under it."""
    return AuthorName(
        author=author, text=name, language=language, key=person_key(name)[:200] or None
    )


def label_key(text: str, limit: int = 200) -> str:
    """What sections, tags and sources are found by: case, width and spacing do not matter."""
    return (fold(text) or text.strip())[:limit]


def learn_section_names(section: Section) -> None:
    """Let imports find the section by its name and each of its labels, unless another has them."""
    _learn(
        SectionName,
        "section",
        section,
        [section.name, section.label_en, section.label_zh_hans, section.label_zh_hant],
        200,
    )


def learn_tag_words(tag: Tag) -> None:
    """Let imports find the tag by its name and each of its labels, unless another has them."""
    _learn(
        TagSynonym, "tag", tag, [tag.name, tag.label_en, tag.label_zh_hans, tag.label_zh_hant], 100
    )


def _learn(
    model: type[SectionName | TagSynonym], owner: str, thing: Model, texts: list[str], limit: int
) -> None:
    words = {label_key(text, limit): text[:limit] for text in texts if text}
    known = set(model._default_manager.filter(key__in=words).values_list("key", flat=True))  # noqa: SLF001
    for key, text in words.items():
        if key not in known:
            model._default_manager.create(**{owner: thing}, text=text, key=key)  # noqa: SLF001


def source_named(name: str) -> Source:
    """The source of this name, made if there is none."""
    source, _made = Source.objects.get_or_create(
        key=label_key(name), defaults={"name": name.strip()[:200]}
    )
    return source


def confirm_sections(section_ids: Iterable[int]) -> list[str]:
    """Say that these are sections of this publication; returns what those are called that were new."""
    with transaction.atomic():
        new = Section.objects.select_for_update(no_key=True).filter(
            pk__in=list(section_ids), is_new=True
        )
        confirmed = list(new.order_by("pk"))
        for section in confirmed:
            section.is_new = False
            section.save(update_fields=["is_new"])  # saved, since menus change
            note(Act.CHANGED, section, details={"changes": {"is_new": [True, False]}})
    return [str(section.name) for section in confirmed]


def confirm_names(author_ids: Iterable[int]) -> list[str]:
    """Say that these new names are people of their own; returns what those are called that were new."""
    with transaction.atomic():
        new = Author.objects.new_names().select_for_update().filter(pk__in=list(author_ids))
        confirmed = list(new.order_by("pk"))
        Author.objects.filter(pk__in=[one.pk for one in confirmed]).update(is_new=False)
        for author in confirmed:
            note(Act.CHANGED, author, details={"changes": {"is_new": [True, False]}})
    return [str(author.name) for author in confirmed]
