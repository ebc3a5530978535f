"""What may be done with a version of an article: given back in part or as a whole, called otherwise."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from corpusapp.admin.desk import posted_line, row_ids
from corpusapp.admin.doubt_words import field_words
from corpusapp.admin.rights import is_limited, is_own_picture, may_publish_it, own_sections
from corpusapp.editing.desk_fields import PICTURE_WORDS
from corpusapp.editing.version_names import rename_version
from corpusapp.importing.exact import makes_anew, stands
from corpusapp.models import Article, Picture

_MADE_BY = {
    "section": "corpusapp.add_section",
    "source": "corpusapp.add_source",
    "tags": "corpusapp.add_tag",
    "authors": "corpusapp.add_author",
}
PUBLISHERS_FIELDS = ("live_from", "withdrawal_note", "editors_choice")


def restorable(
    request: HttpRequest, article: Article, values: dict[str, Any], now: dict[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """Those of `values` that who asks may write, and sentences on those that they may not.

    What stands as it did is nobody's business, whoever may write it.
    """
    chosen = dict(values)
    refusals = []
    sections = own_sections(request)
    section = (chosen.get("section") or {}).get("id")
    moves = "section" in chosen and not stands("section", now["section"], chosen["section"])
    if sections is not None and moves and section not in sections:
        # out of their sections is not theirs to move it
        del chosen["section"]
        refusals.append(_("You are the editor of other sections than this."))
    if not may_publish_it(request, article):
        theirs = [name for name in PUBLISHERS_FIELDS if name in chosen]
        changing = [name for name in theirs if not stands(name, now[name], chosen[name])]
        for name in theirs:
            del chosen[name]
        if changing:
            refusals.append(_("What readers are shown, and when, an editor decides: that stays."))
    if "glossary" in chosen and not request.user.has_perm("corpusapp.change_glossary"):
        if not stands("glossary", now["glossary"], chosen["glossary"]):
            refusals.append(_("Its glossary is not yours to change: that stays."))
        del chosen["glossary"]
    picture = chosen.get("picture")
    if picture and not _may_describe(request, picture["id"]):
        chosen["picture"] = {
            name: value for name, value in picture.items() if name not in PICTURE_WORDS
        }
    left = {name for name in makes_anew(chosen) if not _may_make(request, name)}
    if left:
        names = ", ".join(str(field_words(name)) for name in chosen if name in left)
        text = _("Left as it is, because what it names is gone and not yours to make: %(fields)s.")
        refusals.append(text % {"fields": names})
    return {name: value for name, value in chosen.items() if name not in left}, refusals


def _may_describe(request: HttpRequest, picture: int) -> bool:
    row = Picture.objects.filter(pk=picture).first() if is_limited(request) else None
    theirs = row is None or is_own_picture(request, row)
    return theirs and request.user.has_perm("corpusapp.change_picture")


def _may_make(request: HttpRequest, field: str) -> bool:
    """Sections and sources stand above sections: who edits some of them makes none."""
    may = request.user.has_perm(_MADE_BY[field])
    return may and not (field in {"section", "source"} and is_limited(request))


def rename_posted(request: HttpRequest, article: Article) -> tuple[str, int]:
    """Call a version as the form says, or take its name away; the sentence on it, and how it is told.

    Raises NameTakenError.
    """
    takes_away = "_unname" in request.POST
    ids = row_ids([request.POST.get("_unname" if takes_away else "_rename", "")])
    name = posted_line(request, "name")
    if not (takes_away or name):
        return _("A name has a letter at least; nothing was changed."), messages.WARNING
    old = rename_version(article, ids[0], "" if takes_away else name) if ids else None
    if old is None:
        return _("That name is gone already."), messages.INFO
    if takes_away:
        text = _("No version is called “%(old)s” any more. The trail keeps the name.")
    else:
        text = _("“%(old)s” is called “%(name)s” now. The trail keeps the old name.")
    return text % {"old": old, "name": name}, messages.SUCCESS
