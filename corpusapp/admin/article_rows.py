"""The columns of the list of articles."""

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from corpusapp.admin.doubt_words import rank, words_for
from corpusapp.models import Article, State


class ArticleRows(admin.ModelAdmin):
    """Mixed into the desk of articles."""

    @admin.display(description=gettext_lazy("title"))
    def title_shown(self, article: Article) -> str:
        return format_html('<span lang="{}">{}</span>', article.language, str(article))

    @admin.display(description=gettext_lazy("state"))
    def state_shown(self, article: Article) -> str:
        return state_badge(article)

    @admin.display(description=gettext_lazy("section"))
    def section_shown(self, article: Article) -> str:
        return str(article.section.label(get_language() or "en")) if article.section else "–"

    @admin.display(description=gettext_lazy("authors"))
    def authors_shown(self, article: Article) -> str:
        return ", ".join(byline.printed_name for byline in article.bylines.all()) or "–"

    @admin.display(description=gettext_lazy("date"), ordering="published_order")
    def date_shown(self, article: Article) -> str:
        return format_html(
            '<span class="date">{}</span>', article.published_at.replace("T", " ") or "–"
        )

    @admin.display(description=gettext_lazy("language"))
    def language_shown(self, article: Article) -> str:
        """Its own, and those of the other editions of the piece."""
        others: list[str] = getattr(article, "other_languages", [])
        return format_html(
            '{}<span class="quiet">{}</span>',
            article.language,
            "".join(f" + {language}" for language in others),
        )

    @admin.display(description=gettext_lazy("doubts"))
    def doubts_shown(self, article: Article) -> str:
        doubts = sorted(article.doubts.all(), key=lambda doubt: (not doubt.holds, rank(doubt.code)))
        return format_html_join(
            " ",
            '<span class="badge {}" title="{}">{}</span>',
            (
                (
                    "holds" if doubt.holds else "mild",
                    words_for(doubt.code).sentence,
                    words_for(doubt.code).badge,
                )
                for doubt in doubts
            ),
        )

    @admin.display(description=gettext_lazy("changed"), ordering="updated_at")
    def changed_shown(self, article: Article) -> str:
        moment = timezone.localtime(article.updated_at)
        return format_html(
            '<span class="date" title="{}">{}</span>', f"{moment:%H:%M}", f"{moment:%Y-%m-%d}"
        )


def state_badge(article: Article) -> str:
    label, kind = article.get_state_display(), article.state
    if article.state == State.PUBLISHED and not article.is_public() and article.live_from:
        moment = f"{timezone.localtime(article.live_from):%Y-%m-%d %H:%M}"
        label, kind = _("From %(moment)s") % {"moment": moment}, "scheduled"
    return format_html('<span class="state state-{}">{}</span>', kind, label)
