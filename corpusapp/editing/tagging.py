"""Say what articles are about: tags by word, added, removed or set, with the totals kept."""

import logging
from collections.abc import Collection, Iterable, Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from corpusapp.editing.deed_log import log_deed
from corpusapp.editing.naming import free_slug, label_key, learn_tag_words
from corpusapp.editing.ownership import own_fields
from corpusapp.editing.publish import Moved
from corpusapp.editing.revisions import revised
from corpusapp.editing.totals import recounted
from corpusapp.models import Article, Change, Tag, Tagging, TagSynonym

logger = logging.getLogger(__name__)

LONGEST_WORD = 100  # characters, as the column has it


def known_tags(words: Iterable[str]) -> dict[str, Tag]:
    """For those of `words` that mean a tag, in whatever case or language, the tag; 2 queries."""
    given = list(words)
    keys = {word: label_key(word, LONGEST_WORD) for word in given}
    by_key = Tag.objects.known_as(set(keys.values()))
    by_name = {tag.name: tag for tag in Tag.objects.filter(name__in=given)}
    found = {word: by_name.get(word) or by_key.get(keys[word]) for word in given}
    return {word: tag for word, tag in found.items() if tag}


def tags_named(words: Sequence[str], language: str) -> list[Tag]:
    """The tags of these words, each once, in their order; a word that means none becomes a tag."""
    with transaction.atomic():
        known = known_tags(words)
        for word in words:
            if word in known:
                continue
            # a spelling of the same word further up may just have become the tag
            synonym = TagSynonym.objects.filter(key=label_key(word, LONGEST_WORD)).first()
            known[word] = synonym.tag if synonym else _made(word, language)
    return list(dict.fromkeys(known[word] for word in words))


def _made(word: str, language: str) -> Tag:
    tag = Tag(name=word, name_language=language, slug=free_slug(Tag, word)).with_label_from_name()
    tag.save()
    learn_tag_words(tag)
    log_deed(logger, "made tag %d", tag.pk)
    return tag


def add_tags(article_ids: Iterable[int], tags: Collection[Tag]) -> Moved:
    """Give each article those of `tags` that it lacks; counts the articles that gained one."""
    ids = list(article_ids)
    with recounted(ids), revised(ids, kind=Change.TOGETHER, fields=["tags"]):
        had = set(
            Tagging.objects.filter(content_object__in=ids, tag__in=tags).values_list(
                "content_object_id", "tag_id"
            )
        )
        there = Article.objects.filter(pk__in=ids).values_list("pk", flat=True)
        missing = [(pk, tag.pk) for pk in there for tag in tags if (pk, tag.pk) not in had]
        Tagging.objects.bulk_create(
            [Tagging(content_object_id=pk, tag_id=tag) for pk, tag in missing],
            ignore_conflicts=True,
        )
        gained = {pk for pk, _tag in missing}
        _changed(gained)
    log_deed(logger, "added tags to %d articles", len(gained))
    return Moved(len(gained))


def remove_tags(article_ids: Iterable[int], tags: Collection[Tag]) -> Moved:
    """Take `tags` from each article that has one of them; counts those articles."""
    ids = list(article_ids)
    with recounted(ids), revised(ids, kind=Change.TOGETHER, fields=["tags"]):
        taggings = Tagging.objects.filter(content_object__in=ids, tag__in=tags)
        lost = set(taggings.values_list("content_object_id", flat=True))
        taggings.delete()
        _changed(lost)
    log_deed(logger, "removed tags from %d articles", len(lost))
    return Moved(len(lost))


def set_tags(article_id: int, tags: Collection[Tag]) -> None:
    """Leave the article with exactly `tags`; its version is the caller's business."""
    with recounted([article_id]):
        taggings = Tagging.objects.filter(content_object=article_id)
        taggings.exclude(tag__in=tags).delete()
        kept = set(taggings.values_list("tag_id", flat=True))
        Tagging.objects.bulk_create(
            [
                Tagging(content_object_id=article_id, tag=tag)
                for tag in dict.fromkeys(tags)
                if tag.pk not in kept
            ]
        )


def _changed(article_ids: Collection[int]) -> None:
    own_fields(article_ids, ["tags"])
    Article.objects.filter(pk__in=article_ids).update(
        version=F("version") + 1, updated_at=timezone.now()
    )
