import pytest

from corpusapp.extraction.article import Options
from corpusapp.extraction.errors import ExtractionError
from corpusapp.extraction.formats.word import WORD
from corpusapp.extraction.pipeline import extract
from corpusapp.extraction.readable import readable_text
from tests.extraction.formats.word_files import CORE, document, package, table

TEXT = "A first paragraph, which is longer than a line of fields and ends in a stop."


def read(raw):
    article = extract(raw, Options(media_type=WORD))
    assert len(readable_text(raw, WORD).split("\n")) == len(article.judgements)
    return article


def test_styles_tell_the_fields():
    article = read(
        document(
            ("Title", "The Ferry"),
            ("Subtitle", "A history."),
            ("Author", "Ada Quill and Bo Ray"),
            ("Date", "21 May 2015"),
            TEXT,
            ("Heading1", "Part"),
            ("Quote", "Said words"),
            "1. No list & <b>",
        )
    )

    assert (article.title, article.standfirst) == ("The Ferry", "A history.")
    assert [byline.name for byline in article.bylines] == ["Ada Quill", "Bo Ray"]
    assert str(article.published) == "2015-05-21"
    assert article.body == f"{TEXT}\n\n## Part\n\n> Said words\n\n1\\. No list & \\<b>"
    rules = {name: one.rule for name, one in article.evidence.items()}
    assert rules["title"] == rules["authors"] == "style of the document"


def test_plain_lines_above_the_text_are_title_name_and_date():
    article = read(document("The Ferry", "By Ada Quill", "21 May 2015", TEXT))

    assert (article.title, article.body) == ("The Ferry", TEXT)
    assert [byline.name for byline in article.bylines] == ["Ada Quill"]
    assert str(article.published) == "2015-05-21"
    assert article.evidence["title"].confidence < 1
    assert article.evidence["authors"].rule == "above the text of the document"


def test_table_stays_one_where_each_cell_is_a_line():
    rows = table(("Year", "Boats"), ("1901", "Two"))

    assert read(document(("Title", "The Ferry"), TEXT, rows, TEXT)).body == (
        f"{TEXT}\n\n| Year | Boats |\n| --- | --- |\n| 1901 | Two |\n\n{TEXT}"
    )
    several = table((("One.", "Two."), "Three."))
    assert read(document(("Title", "The Ferry"), TEXT, several)).body == (
        f"{TEXT}\n\nOne.\n\nTwo.\n\nThree."
    )


def test_text_that_begins_at_once_has_no_title():
    article = read(document(TEXT, "The ferry left on 21 May 2015.", "By and by it came."))

    assert (article.title, article.published, article.bylines) == ("", None, ())
    assert article.body.startswith(TEXT)
    assert article.doubts[0].code == "no_title"


@pytest.mark.parametrize(
    ("above", "title", "names", "date"),
    [
        (("The Ferry", "By Ann Lee", "3 May 2019"), "The Ferry", ["Ann Lee"], "2019-05-03"),
        (("Who owns the sea?", "By Ann Lee", "3 May 2019"), "Who owns the sea?", ["Ann Lee"], "2019-05-03"),
        (("By Ann Lee", "3 May 2019", "The Ferry"), "The Ferry", ["Ann Lee"], "2019-05-03"),
        (("The Ferry", "By Ann Lee | 3 May 2019"), "The Ferry", ["Ann Lee"], "2019-05-03"),
        (("The Ferry", "by Ann Lee, 3 May 2019"), "The Ferry", ["Ann Lee"], "2019-05-03"),
        (("The Ferry", "Ann Lee and Cy Orr", "Published: 3 May 2019"), "The Ferry", ["Ann Lee", "Cy Orr"], "2019-05-03"),
        (("标题在此", "作者：张三", "2019年5月3日"), "标题在此", ["张三"], "2019-05-03"),
        (("The storm of 3 May 2019", "By Ann Lee"), "The storm of 3 May 2019", ["Ann Lee"], ""),
        (("The Ferry", "LONDON, 3 May 2019"), "The Ferry", [], "2019-05-03"),
    ],
)  # fmt: skip
def test_what_is_printed_around_the_title_comes_before_the_properties(above, title, names, date):
    article = read(document(*above, TEXT, **{"docProps/core.xml": CORE}))

    assert (article.title, article.body) == (title, TEXT)
    assert [byline.name for byline in article.bylines] == names
    assert str(article.published or "") == date


def test_line_between_title_and_signature_is_the_standfirst():
    article = read(document("The Ferry", "A history of it.", "By Ann Lee", TEXT))

    assert (article.standfirst, article.body) == ("A history of it.", TEXT)
    assert [byline.name for byline in article.bylines] == ["Ann Lee"]


@pytest.mark.parametrize(
    "lines",
    [
        ("The Ferry", "What happened on 3 May 2019 in the old harbour", TEXT),
        ("The Ferry", "Harbour Notes", TEXT),
        ("The Ferry", TEXT, "By and by it came."),
    ],
)
def test_lines_of_the_text_are_no_signature(lines):
    article = read(document(*lines))

    assert article.body == "\n\n".join(lines[1:])
    assert (article.bylines, article.published) == ((), None)


def test_name_in_the_properties_is_a_candidate_and_never_the_author():
    article = read(document("The Ferry", TEXT, **{"docProps/core.xml": CORE}))

    assert article.bylines == ()
    assert [
        (one.code, one.holds, one.candidates) for one in article.doubts if one.field == "authors"
    ] == [("author_uncertain", False, ("Bo Ray",))]


def test_signature_under_the_text_is_a_candidate():
    article = read(document("The Ferry", TEXT, "By Ann Lee", **{"docProps/core.xml": CORE}))

    (doubt,) = (one for one in article.doubts if one.field == "authors")
    assert (article.bylines, doubt.candidates) == ((), ("Ann Lee", "Bo Ray"))


def test_name_of_a_program_is_no_candidate():
    core = CORE.replace("Bo Ray", "python-docx")

    article = read(document("The Ferry", TEXT, **{"docProps/core.xml": core}))

    assert [one.code for one in article.doubts if one.field == "authors"] == ["no_author"]


def test_files_that_a_document_names_are_not_opened(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words")
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="p1" TargetMode="External" Type="http://schemas.openxmlformats.org/'
        f'officeDocument/2006/relationships/image" Target="file://{secret}"/></Relationships>'
    )
    drawing = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        f"<w:body><w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p><w:p><w:r><w:drawing><wp:inline>"
        '<a:graphic><a:graphicData><a:blip r:link="p1"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p></w:body></w:document>"
    )

    article = read(
        document(**{"word/document.xml": drawing, "word/_rels/document.xml.rels": relations})
    )

    assert article.body == TEXT


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b"no archive", r"no Word document, or a broken one\.$"),
        (b"PK\x03\x04 broken", r"no Word document, or a broken one\.$"),
        (document(TEXT)[:-200], r"no Word document, or a broken one\.$"),
        (package({"a.txt": "x"}), "no word/document.xml"),
        (package({"word/document.xml": "<a>"}), "no well-formed XML"),
        (package({"word/document.xml": "<a/>"}), r"no readable Word document\.$"),
        (package({"word/document.xml": '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}), "entities"),
        (package({"word/document.xml": "<a>" * 300}), "nests more than"),
        (
            package({"word/document.xml": "<a/>" * 200_000}),
            "not well-formed|more than 150,000|junk",
        ),
        (package({"word/document.xml": "<a>" + "<b/>" * 200_000 + "</a>"}), "more than 150,000"),
        (package({"word/document.xml": "<a>" + " " * 6_000_000 + "</a>"}), "200 times its size"),
        (package({"word/document.xml": "<a>" + " " * 17_000_000 + "</a>"}), "16 MB of text"),
        (package({f"{n}": "" for n in range(2001)}), "2,000 parts"),
        (document(), "empty"),
    ],
)
def test_what_is_no_document_or_hostile_is_refused(raw, reason):
    with pytest.raises(ExtractionError, match=reason):
        read(raw)
