"""What word processors put on the clipboard, as they write it; the words are ours."""


def of_word(inner):
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>'
        '<meta name=Generator content="Microsoft Word 15"><style>@list l0 {mso-list-id:7;}</style>'
        "<!--[if gte mso 9]><xml><o:x/></xml><![endif]--></head><body lang=EN-US>"
        f"<!--StartFragment-->{inner}<!--EndFragment--></body></html>"
    )


def word_item(number, words, *, level=1, run="l0 level{} lfo1", kind="Middle"):
    """An item as Word writes it: a paragraph that names a level and holds its own number."""
    style = f"margin-left:.5in;text-indent:-.25in;mso-list:{run.format(level)}"
    return (
        f"<p class=MsoListParagraphCxSp{kind} style='{style}'><![if !supportLists]>"
        "<span lang=EN-US style='font-family:Symbol;mso-bidi-font-family:Symbol'>"
        f"<span style='mso-list:Ignore'>{number}<span style='font:7.0pt \"Times New Roman\"'>"
        f"&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>{words}<o:p></o:p></p>"
    )


def word_mark(number, *, kind="ftn", shown=None):
    return (
        f"<a style='mso-footnote-id:{kind}{number}' href=\"#_{kind}{number}\""
        f' name="_{kind}ref{number}" title=""><span class=MsoFootnoteReference>'
        "<span style='mso-special-character:footnote'><![if !supportFootnotes]>"
        f"<span class=MsoFootnoteReference>[{shown or number}]</span><![endif]></span></span></a>"
    )


def word_note(number, words, *, kind="ftn", shown=None):
    back = (
        f"<a style='mso-footnote-id:{kind}{number}' href=\"#_{kind}ref{number}\""
        f' name="_{kind}{number}"><span class=MsoFootnoteReference>[{shown or number}]</span></a>'
    )
    return (
        f"<div style='mso-element:footnote' id={kind}{number}>"
        f"<p class=MsoFootnoteText>{back} {words}</p></div>"
    )


GOOGLE = (
    '<meta charset=\'utf-8\'><b style="font-weight:normal;" id="docs-internal-guid-7">'
    '<h2 dir="ltr"><span style="font-weight:700">Harbours</span></h2>'
    '<p dir="ltr"><span style="font-weight:400;font-style:normal">They </span>'
    '<span style="font-weight:700;font-style:normal">freeze</span>'
    '<span style="font-weight:400;font-style:italic"> slowly</span>'
    '<span style="font-weight:400">, by the i</span><span style="color:#111">Phone.</span></p>'
    '<ol><li aria-level="1"><p role="presentation"><span>one</span></p></li>'
    '<ul><li aria-level="2"><p role="presentation"><span>under it</span></p></li></ul>'
    '<li aria-level="1"><p role="presentation"><span>two</span></p></li></ol></b>'
)

LIBREOFFICE = (
    '<html><head><meta name="generator" content="LibreOffice 24.2 (Linux)"/></head><body>'
    '<p style="line-height: 100%">It is <b>cold</b>'
    '<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a> there'
    '<a class="sdendnoteanc" name="sdendnote1anc" href="#sdendnote1sym"><sup>i</sup></a>.</p>'
    '<ol start="3"><li><p style="margin-bottom: 0cm">three</p><ul><li><p>deeper</p></li></ul></li>'
    "<li><p>four</p></li></ol>"
    '<div id="sdendnote1"><p class="sdendnote-western">'
    '<a class="sdendnotesym" name="sdendnote1sym" href="#sdendnote1anc">i</a>Last.</p></div>'
    '<div id="sdfootnote1"><p class="sdfootnote-western">'
    '<a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>First.</p></div>'
    "</body></html>"
)
