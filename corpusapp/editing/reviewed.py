"""Say that an editor has looked at an article: it is as sure as people make it, and its names are known."""

from corpusapp.models import Article, Author

_SURE = 100


def met(article_id: int) -> None:
    """Nothing about this article, or about who signs it, is new any more."""
    Article.objects.filter(pk=article_id).exclude(sureness=_SURE).update(sureness=_SURE)
    Author.objects.filter(bylines__article=article_id, is_new=True).update(is_new=False)
