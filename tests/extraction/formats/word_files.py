"""Word documents of our own, as small as Word would open them."""

import io
import zipfile
from xml.sax.saxutils import escape

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)
_WORDS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_STYLES = {
    "Title": "Title",
    "Subtitle": "Subtitle",
    "Author": "Author",
    "Date": "Date",
    "Heading1": "heading 1",
    "Quote": "Quote",
}
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Bo Ray</dc:creator></cp:coreProperties>'
)


def package(parts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def table(*rows):
    """A table for `document`: each cell one paragraph, or several in a tuple."""
    cells = [[(cell,) if isinstance(cell, str) else cell for cell in row] for row in rows]
    return (
        "<w:tbl>"
        + "".join(
            "<w:tr>"
            + "".join(
                "<w:tc>"
                + "".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in cell)
                + "</w:tc>"
                for cell in row
            )
            + "</w:tr>"
            for row in cells
        )
        + "</w:tbl>"
    )


def document(*paragraphs, **more):
    """A document of (style, words) or words alone."""
    pairs = [one if isinstance(one, tuple) else ("", one) for one in paragraphs]
    body = "".join(
        words
        if words.startswith("<w:tbl>")
        else f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">'
        f"{escape(words)}</w:t></w:r></w:p>"
        for style, words in pairs
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in _STYLES.items()
    )
    return package(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELATIONS,
            "word/document.xml": f"<w:document {_WORDS}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {_WORDS}>{styles}</w:styles>",
            **more,
        }
    )
