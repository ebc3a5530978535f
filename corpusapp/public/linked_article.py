"""An article in schema.org's words; the rest of its page is `linked_data`'s."""

from corpusapp.models import Role
from corpusapp.public import addresses, linked_data
from corpusapp.public.dates import stated
from corpusapp.public.edition import Author, Piece
from corpusapp.public.frame import Frame
from corpusapp.public.linked_data import Node
from corpusapp.text.references import Work


def linked_article(piece: Piece, work: Work, frame: Frame) -> Node:
    row = piece.article
    node: Node = {
        "@type": "OpinionNewsArticle",
        "@id": f"{frame.canonical}#article",
        "mainEntityOfPage": frame.canonical,
        "url": frame.canonical,
        "headline": piece.text.title,
        "alternativeHeadline": piece.text.standfirst,
        "description": piece.description,
        "inLanguage": piece.text.language,
        "datePublished": stated(row),
        "dateModified": piece.modified.isoformat(timespec="seconds"),
        "author": [_person(author) for author in piece.authors],
        "translator": [_person(author) for role, author in piece.signed if role == Role.TRANSLATOR],
        "publisher": linked_data.publisher(),
        "image": frame.image.address,
        "isPartOf": linked_data.this_site(),
        "articleSection": piece.section.text if piece.section else "",
        "keywords": list(work.keywords),
        "wordCount": row.units,
        "isBasedOn": addresses.absolute(piece.original.address)
        if piece.original
        else addresses.outside(row.source_address),
        "creditText": work.publication,
        "workTranslation": [
            {"@id": f"{addresses.absolute(link.address)}#article"} for link in piece.editions
        ],
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": correction.text,
                "datePublished": correction.date.isoformat(),
            }
            for correction in piece.around.corrections
        ],
        "creativeWorkStatus": "Retracted" if piece.retracted else "",
        "isAccessibleForFree": True,
    }
    return {name: value for name, value in node.items() if value}


def _person(author: Author) -> Node:
    address = addresses.absolute(author.signature.address)
    kind = "Organization" if author.person.is_organisation else "Person"
    node = {
        "@type": kind,
        "@id": f"{address}#author",
        "name": author.signature.name,
        "url": address,
        "jobTitle": author.signature.post if kind == "Person" else "",
        "alternateName": author.other_name.text if author.other_name else "",
    }
    return {name: value for name, value in node.items() if value}
