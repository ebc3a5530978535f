"""The plain twins of an article: the same piece for programs, and for people who keep files."""

import json
from collections.abc import Callable, Mapping

import yaml
from django.conf import settings

from corpusapp.editing.renditions import markdown_of
from corpusapp.models import Amends, Role
from corpusapp.public import addresses
from corpusapp.public.beside import Corrected
from corpusapp.public.edition import Author, Piece
from corpusapp.public.feeds import absolute_html
from corpusapp.text import markdown
from corpusapp.text.references import Work, bibtex, csl, ris


def _json(piece: Piece, work: Work) -> str:
    article = piece.article
    content = {
        "id": article.public_id,
        "url": addresses.absolute(piece.text.path),
        "title": piece.text.title,
        "standfirst": piece.text.standfirst,
        "language": piece.text.language,
        "converted_from": addresses.absolute(piece.original.address) if piece.original else None,
        "authors": [_person(author) for author in piece.authors],
        "contributors": [
            {**_person(author), "role": role}
            for role, author in piece.signed
            if role != Role.AUTHOR
        ],
        "published_at": article.published_at or None,
        "published_precision": article.published_precision or None,
        "modified_at": piece.modified.isoformat(timespec="seconds"),
        "section": piece.section.text if piece.section else None,
        "tags": list(work.keywords),
        "source": work.publication or None,
        "source_url": addresses.outside(article.source_address) or None,
        "site": settings.SITE_NAME,
        "editions": [
            {"language": link.lang, "url": addresses.absolute(link.address)}
            for link in piece.editions
        ],
        "body_markdown": _body(piece),
        "body_html": absolute_html(piece.text.html),
        "author_note": piece.text.author_note,
        "corrections": list(map(_amended, piece.around.corrections)),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _person(author: Author) -> dict[str, str]:
    signature = author.signature
    return {
        "name": signature.name,
        "post": signature.post,
        "url": addresses.absolute(signature.address),
    }


def _markdown(piece: Piece, work: Work) -> str:
    """The body as it is kept, under front matter that this product imports again.

    What readers are told stands there, too: in the body an import would take it for the author's words.
    """
    article, told = piece.article, piece.around.corrections
    retracted = piece.retracted
    head = {
        "title": piece.text.title,
        "retracted": retracted.date.isoformat() if retracted else "",
        "standfirst": piece.text.standfirst,
        "authors": [
            {"name": a.signature.name, **({"post": a.signature.post} if a.signature.post else {})}
            for a in piece.authors
        ],
        "date": article.published_at,
        "section": piece.section.text if piece.section else "",
        "language": piece.text.language,
        "tags": list(work.keywords),
        "source": work.publication,
        "url": addresses.absolute(piece.text.path),
        "corrections": list(map(_amended, told)),
    }
    known = {name: value for name, value in head.items() if value}
    front = yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{front}---\n\n{_body(piece).strip()}\n"


def _text(piece: Piece, work: Work) -> str:
    head = [
        piece.text.title,
        piece.text.standfirst,
        "\n".join(_signed(author) for author in piece.authors),
        piece.date.text if piece.date else "",
        *(one.sentence for one in piece.around.corrections if one.is_retraction),
        markdown.plain(_body(piece)),
        piece.text.author_note,
        *(one.sentence for one in piece.around.corrections if not one.is_retraction),
        "\n".join(filter(None, (work.publication, addresses.absolute(piece.text.path)))),
    ]
    return "\n\n".join(part for part in head if part) + "\n"


def _amended(one: Corrected) -> dict[str, str]:
    """A correction or a retraction for programs."""
    return {
        "kind": (Amends.RETRACTION if one.is_retraction else Amends.CORRECTION).value,
        "date": one.date.isoformat(),
        "text": one.text,
    }


def _body(piece: Piece) -> str:
    """The Markdown; of a rendition converted now, because only its HTML is kept."""
    return markdown_of(piece.article) if piece.original else piece.article.body


def _signed(author: Author) -> str:
    return ", ".join(filter(None, (author.signature.name, author.signature.post)))


TWINS: Mapping[str, Callable[[Piece, Work], str]] = {
    "json": _json,
    "md": _markdown,
    "txt": _text,
    "bib": lambda _piece, work: bibtex(work),
    "ris": lambda _piece, work: ris(work),
    "csl.json": lambda _piece, work: json.dumps(csl(work), ensure_ascii=False, indent=1) + "\n",
}
