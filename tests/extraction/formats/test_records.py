import codecs
import io
import json

import pytest

from corpusapp.extraction.article import Options
from corpusapp.extraction.errors import ExtractionError, UnreadableError
from corpusapp.extraction.formats.records import JSON_LINES, TABLES
from corpusapp.extraction.pipeline import extract
from corpusapp.extraction.readable import readable_text

LIMIT = 100_000


def jsonl(raw):
    return list(JSON_LINES.records(io.BytesIO(raw), LIMIT))


def table(text, codec="utf-8"):
    raw = text.encode(codec) if isinstance(text, str) else text
    return list(TABLES.records(io.BytesIO(raw), LIMIT))


def article(record):
    read = extract(record.raw, Options(media_type=record.media_type))
    lines = readable_text(record.raw, record.media_type).split("\n")
    assert len(lines) == len(read.judgements)
    return read


def told(record):
    """The title of a record, or why it is none."""
    if record.refusal:
        return record.refusal
    try:
        return article(record).title
    except ExtractionError as error:
        return str(error)


# JSON Lines --------------------------------------------------------------------------------------


def test_each_line_is_a_document_called_by_its_number():
    raw = b'{"title": "One", "body": "Text"}\r\n\n{"title": "Two", "body": "Text"}'

    records = jsonl(raw)

    assert [record.suffix for record in records] == ["#1", "#3"]
    assert [record.raw for record in records] == [
        b'{"title": "One", "body": "Text"}',
        b'{"title": "Two", "body": "Text"}',
    ]


def test_fields_of_a_record_are_those_of_the_article_with_their_lines():
    fields = {
        "title": "The Ferry",
        "authors": [{"name": "Ann Lee", "post": "Keeper"}],
        "published_at": "2015-05",
        "body": "First.\n\n> Second.",
        "id": 12,
    }

    (record,) = jsonl(json.dumps(fields).encode())
    read = article(record)

    assert (read.title, read.body, read.own_id) == ("The Ferry", "First.\n\n> Second.", "12")
    assert [(byline.name, byline.post) for byline in read.bylines] == [("Ann Lee", "Keeper")]
    assert str(read.published) == "2015-05"
    assert readable_text(record.raw, record.media_type).split("\n") == [
        "title: The Ferry",
        'authors: [{"name": "Ann Lee", "post": "Keeper"}]',
        "published_at: 2015-05",
        "id: 12",
        "",
        "First.",
        "",
        "> Second.",
    ]
    evidence = read.evidence["body"]
    assert (evidence.rule, evidence.confidence) == ("field of the record", 1.0)
    assert (evidence.first_line, evidence.last_line) == (6, 8)


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        ({"html": "<p>A <b>b</b></p><script>x()</script>"}, "A **b**"),
        ({"text": "1. no list\n# no heading"}, "1\\. no list\n\n\\# no heading"),
        ({"text": "One\nline\n\nTwo"}, "One\nline\n\nTwo"),
        ({"content": "<p>A</p>"}, "A"),
        ({"content": "*A*"}, "*A*"),
    ],
)
def test_text_is_read_as_what_its_field_is_called(fields, body):
    (record,) = jsonl(json.dumps({"title": "T", **fields}).encode())

    assert article(record).body == body


def test_broken_line_costs_no_other():
    raw = b'{"title": "One"}\nnot json\n[1]\n{"x": 1}\n{"title": "Deep", "a": ' + b"[" * 99_000
    raw += b'\n"words"\n{"title": "Six"}\n\x01\x02\x00\x03\n'

    assert [told(record) for record in jsonl(raw)] == [
        "One",
        "The line is no JSON: Expecting value at character 1.",
        "The line is no JSON object: a record is {…} with named fields.",
        "It has neither a title nor a text; these names are not understood: x.",
        "The line is no JSON that can be read: it is nested too deeply.",
        "The line is no JSON object: a record is {…} with named fields.",
        "Six",
        "The file is no text: it holds bytes that no text holds.",
    ]


def test_line_beyond_the_limit_is_refused_unread_and_the_next_one_read():
    raw = b'{"title": "' + b"x" * 3 * LIMIT + b'"}\n{"title": "Two"}\n'

    assert [(record.suffix, told(record)) for record in jsonl(raw)] == [
        ("#1", "Line 1 is larger than 0 MB."),
        ("#2", "Two"),
    ]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_marks_of_encodings_are_understood(codec):
    raw = '{"title": "标题"}\n{"title": "第二"}\n'.encode(codec)

    assert [told(record) for record in jsonl(raw)] == ["标题", "第二"]


def test_number_of_thousands_of_digits_stops_nothing():
    (record,) = jsonl(b'{"title": "T", "views": ' + b"9" * 9000 + b"}")
    read = article(record)

    assert read.views is None
    assert ("views", "views_impossible") in [(one.field, one.code) for one in read.doubts]


# tables ------------------------------------------------------------------------------------------


def test_each_row_is_a_document_with_the_names_above_it():
    text = 'title,author,body\n"A, ""quoted"" one",Ann Lee,"One\n\nTwo"\nB,,Text\n'

    first, second = table(text)

    assert first.raw == b'title,author,body\n"A, ""quoted"" one",Ann Lee,"One\n\nTwo"\n'
    assert second.raw == b"title,author,body\nB,,Text\n"
    read = article(first)
    assert (read.title, read.body) == ('A, "quoted" one', "One\n\nTwo")
    assert [byline.name for byline in read.bylines] == ["Ann Lee"]
    assert read.evidence["title"].rule == "column of the table"


def test_broken_row_costs_no_other_and_is_named_by_its_line():
    text = 'title,body\nOne,x\nTwo,x,y\n"Three,x\n\nFour,x\nFi"ve,x\n'

    assert [(record.suffix, told(record)) for record in table(text)] == [
        ("#1", "One"),
        ("#2", "Line 3: The row has 3 fields, where the first line names 2 columns."),
        ("#3", "Line 4 opens a quotation mark that nothing closes."),
        ("#4", "Four"),
        ("#5", 'Fi"ve'),
    ]


def test_each_row_with_a_mark_that_never_closes_is_refused_alone():
    text = "title,body\n" + '"x,y\n' * 50 + "Good,z\n"

    records = table(text)

    assert {told(record) for record in records[:-1]} == {
        f"Line {number} opens a quotation mark that nothing closes." for number in range(2, 52)
    }
    assert told(records[-1]) == "Good"


def test_marks_that_never_close_cannot_make_a_file_be_read_for_ever():
    text = "title,body\n" + ('"x,y\n' + "z,\n" * 9000) * 60

    records = table(text)

    assert "nothing below was read" in records[-1].refusal


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_may_be_parted_as_spreadsheets_do(delimiter):
    text = f"Title{delimiter}Body\nOne{delimiter}Text, with a comma; and more\n"
    if delimiter != "\t":
        text = text.replace("Text, with a comma; and more", '"Text, with a comma; and more"')

    (record,) = table(text)

    assert article(record).body == "Text, with a comma; and more"


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "gb18030"])
def test_tables_come_in_the_encodings_of_spreadsheets(codec):
    text = "标题,正文\n你好世界,这是一个在中国的大学里的学生说的话，我们都是好人。\n"

    (record,) = table(text, codec)
    read = article(record)

    assert (read.title, read.language) == ("你好世界", "zh-Hans")
    expected = "gb18030" if codec == "gb18030" else "utf-8"
    assert codecs.lookup(read.encoding).name == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a,b\n1,2\n", "names no column with a title or a text"),
        ("\n\n", "empty"),
        ("", "empty"),
        ("title," + "x" * LIMIT + "\n1,2\n", "too long to be the names"),
    ],
)
def test_table_without_usable_names_is_refused(text, reason):
    with pytest.raises(ExtractionError, match=reason):
        table(text)


@pytest.mark.parametrize(
    "raw", [b"title,body\n", b"title,body\na,b\nc,d\n", b"title,body\na\n", b"title\n"]
)
def test_what_is_no_row_under_names_is_refused(raw):
    with pytest.raises(UnreadableError):
        extract(raw, Options(media_type="text/csv"))


def test_rows_without_a_word_are_passed_over_and_keep_their_number():
    records = table("title,body\nOne,Text\n,\n , \n,,,\nTwo,Text\n")

    assert [(record.suffix, told(record)) for record in records] == [("#1", "One"), ("#5", "Two")]


def test_columns_that_mean_nothing_are_named_where_they_have_a_value():
    first, second = table("title,Titelbild,weight\nOne,a.jpg,\nTwo,,\n")

    assert article(first).not_understood == ("Titelbild",)
    assert article(second).not_understood == ()


def test_record_of_names_that_mean_nothing_is_refused_with_them():
    (record,) = jsonl(b'{"Kopf": "One", "weight": 2}')

    assert told(record) == (
        "It has neither a title nor a text; these names are not understood: Kopf, weight."
    )


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([{"id": 1}, {"id": 2}, {"id": 1}, {"id": "1"}], [False, False, True, True]),
        ([{"id": ""}, {"id": ""}, {}, {}], [False] * 4),
        ([{"uuid": "a"}, {"guid": "a"}], [False, True]),
        ([{"id": 1, "url": "https://s.example/a"}, {"id": 1}], [False, False]),
    ],
)
def test_record_whose_id_another_above_it_has_is_told(records, expected):
    rows = "".join(f"{json.dumps({'title': 'T', **one})}\n" for one in records)

    assert [record.repeats_id for record in jsonl(rows.encode())] == expected


def test_row_whose_id_another_above_it_has_is_told_in_any_encoding():
    text = "编号,文章编号,标题\n1,甲,一\n2,乙,二\n3,甲,三\n"

    for codec in ("utf-8", "utf-16", "gb18030"):
        assert [one.repeats_id for one in table(text, codec)] == [False, False, True]
