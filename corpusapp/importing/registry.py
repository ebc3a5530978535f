"""Authors, sections and tags by the names captures print: found, or made in bulk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from corpusapp.editing.naming import free_slug, label_key, name_of, new_author, source_named
from corpusapp.extraction.article import ExtractedArticle
from corpusapp.models import (
    Author,
    Redirect,
    Section,
    SectionName,
    Source,
    Tag,
    TagSynonym,
    insert,
)
from corpusapp.text.names import person_key
from corpusapp.text.slugs import slugify


@dataclass(slots=True)
class Registry:
    """What the printed names of one batch mean; complete once `look_up` has returned."""

    authors: dict[str, Author] = field(default_factory=dict)  # by text.names.person_key
    sections: dict[str, Section] = field(default_factory=dict)  # by editing.naming.label_key
    tags: dict[str, Tag] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    named: str = ""  # the key of a section that whoever imports names: that one is known
    made: list[Author | Section | Source] = field(default_factory=list)  # that nobody knew before
    # languages of the words that whoever imports said of all, by label_key; else that of the first
    # article that prints one
    said: Mapping[str, str] = field(default_factory=dict)
    publishes: bool = False  # whoever imports vouches for what comes: its sections are known, too

    def look_up(self, articles: Iterable[ExtractedArticle]) -> None:
        """Find all that these articles name and make what is missing; a transaction must be open.

        6 queries when everything is known; about 3 more for each kind with something new.
        """
        people: dict[str, tuple[str, str]] = {}
        sections: dict[str, tuple[str, str]] = {}
        tags: dict[str, tuple[str, str]] = {}
        sources: dict[str, str] = {}
        for article in articles:
            language = article.language or "en"
            for byline in article.bylines:
                if key := person_key(byline.name):
                    people.setdefault(key, (byline.name, language))
            if article.section:
                key = label_key(article.section)
                sections.setdefault(key, (article.section, self.said.get(key, language)))
            for tag in article.tags:
                key = label_key(tag, 100)
                tags.setdefault(key, (tag, self.said.get(key, language)))
            if article.source:
                sources.setdefault(label_key(article.source), article.source)
        self._sources(sources)
        self._authors(people)
        self._sections(sections)
        self._tags(tags)

    def section(self, article: ExtractedArticle) -> Section | None:
        return self.sections.get(label_key(article.section)) if article.section else None

    def source(self, article: ExtractedArticle) -> Source | None:
        return self.sources.get(label_key(article.source)) if article.source else None

    def tags_of(self, article: ExtractedArticle) -> list[Tag]:
        """Its tags, each once, in the order printed."""
        found = (self.tags.get(label_key(tag, 100)) for tag in article.tags)
        return list({tag.pk: tag for tag in found if tag}.values())

    def _sources(self, wanted: Mapping[str, str]) -> None:
        missing = {key: name for key, name in wanted.items() if key not in self.sources}
        if not missing:
            return
        self.sources |= {source.key: source for source in Source.objects.filter(key__in=missing)}
        for key, name in missing.items():
            if key not in self.sources:
                self.sources[key] = source_named(name)
                self.made.append(self.sources[key])

    def _authors(self, wanted: Mapping[str, tuple[str, str]]) -> None:
        missing = {key: value for key, value in wanted.items() if key not in self.authors}
        if not missing:
            return
        known = Author.objects.known_as(set(missing))
        self.authors |= {key: author.merged_into or author for key, author in known.items()}
        new = {key: value for key, value in missing.items() if key not in known}
        if not new:
            return
        slugs = _slugs(Author, {key: name for key, (name, _language) in new.items()})
        made = {key: new_author(name, slugs[key]) for key, (name, _language) in new.items()}
        for author in made.values():
            author.is_new = True
        insert(made.values())
        insert(name_of(author, new[key][0], new[key][1]) for key, author in made.items())
        self.authors |= made
        self.made += made.values()

    def _sections(self, wanted: Mapping[str, tuple[str, str]]) -> None:
        missing = {key: value for key, value in wanted.items() if key not in self.sections}
        if not missing:
            return
        self.sections |= Section.objects.known_as(set(missing))
        new = {key: value for key, value in missing.items() if key not in self.sections}
        if not new:
            return
        slugs = _slugs(Section, {key: name for key, (name, _language) in new.items()})
        made = {
            key: Section(
                name=name,
                name_language=language,
                slug=slugs[key],
                is_new=not self.publishes and key != self.named,
            ).with_label_from_name()
            for key, (name, language) in new.items()
        }
        insert(made.values())
        insert(
            SectionName(section=section, text=new[key][0], key=key) for key, section in made.items()
        )
        self.sections |= made
        self.made += made.values()

    def _tags(self, wanted: Mapping[str, tuple[str, str]]) -> None:
        missing = {key: value for key, value in wanted.items() if key not in self.tags}
        if not missing:
            return
        self.tags |= Tag.objects.known_as(set(missing))
        names = {name: key for key, (name, _language) in missing.items() if key not in self.tags}
        # one that an editor typed, and whose synonyms nobody has written down
        self.tags |= {names[tag.name]: tag for tag in Tag.objects.filter(name__in=names)}
        new = {key: value for key, value in missing.items() if key not in self.tags}
        if not new:
            return
        slugs = _slugs(Tag, {key: name for key, (name, _language) in new.items()})
        made: dict[str, Tag] = {}
        for key, (name, language) in new.items():
            made[key] = Tag(
                name=name, name_language=language, slug=slugs[key]
            ).with_label_from_name()
        insert(made.values())
        insert(TagSynonym(tag=tag, text=new[key][0], key=key) for key, tag in made.items())
        self.tags |= made


def _slugs(model: type[Author | Section | Tag], names: Mapping[str, str]) -> dict[str, str]:
    """A free slug for each, with one question for all that meet no namesake."""
    stems = {key: slugify(name, 80) for key, name in names.items()}
    wanted = set(stems.values())
    taken = set(model._default_manager.filter(slug__in=wanted).values_list("slug", flat=True))  # noqa: SLF001
    taken |= set(Redirect.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    slugs: dict[str, str] = {}
    for key, stem in stems.items():
        slug = free_slug(model, names[key], taken) if stem in taken else stem
        taken.add(slug)
        slugs[key] = slug
    return slugs
