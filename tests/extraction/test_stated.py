import pytest

from corpusapp.extraction.article import ExtractedByline, Precision, PrintedDate, Role
from corpusapp.extraction.field_names import meaning
from corpusapp.extraction.stated import Stated, found_again_by, people, read_date, read_stated


def bylines(value, key="author"):
    return [(one.name, one.post, str(one.role)) for one in read_stated({key: value}).bylines]


def codes(stated):
    return [(one.field, one.code) for one in stated.doubts]


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("title", "title"),
        ("Source URL", "source_url"),
        ("source-url", "source_url"),
        ("标题", "title"),
        ("Keywords", "tags"),
        ("Writer", "authors"),
        ("Author(s)", "authors"),
        ("publishedAt", "published_at"),
        ("dc:creator", "authors"),
        ("Headline", "title"),
        ("Titel", "title"),
        ("ÜBERSCHRIFT", "title"),
        ("Verfasser", "authors"),
        ("Schlagwörter", "tags"),
        ("auteur", "authors"),
        ("Mots-clés", "tags"),
        ("título", "title"),
        ("Fecha de publicación", "published_at"),
        ("发布日期", "published_at"),
        ("關鍵詞", "tags"),
        ("タイトル", "title"),
        ("weight", ""),
        ("x" * 10_000, ""),
    ],
)
def test_keys_mean_fields_however_they_are_spelled(key, name):
    assert meaning(key) == name


def test_all_fields_are_read():
    stated = read_stated(
        {
            "title": " The  Ferry ",
            "summary": "A history.",
            "authors": [{"name": "Ann Lee", "post": "Editor", "role": "translator"}, "Bo Ray"],
            "date": "21 May 2015, 10:30",
            "section": "Harbour",
            "lang": "zh-CN",
            "source": "Daily",
            "url": "https://example.org/a",
            "views": "1,201",
            "tags": "a, b; #c、A",
            "body": "Text",
            "id": 7,
        }
    )

    assert (stated.title, stated.standfirst, stated.section) == (
        "The Ferry",
        "A history.",
        "Harbour",
    )
    assert stated.bylines == (
        ExtractedByline("Ann Lee", "Editor", Role.TRANSLATOR, 1),
        ExtractedByline("Bo Ray", "", Role.AUTHOR, 1),
    )
    assert stated.published == PrintedDate("2015-05-21T10:30", Precision.MINUTE)
    assert (stated.language, stated.source) == ("zh-Hans", "Daily")
    assert (stated.source_url, stated.views) == ("https://example.org/a", 1201)
    assert (stated.tags, stated.own_id) == (("a", "b", "c"), "7")
    assert (stated.body, stated.body_kind, stated.doubts) == ("Text", "markdown", ())


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Ann Lee", ["Ann Lee"]),
        ("By Ann Lee and Bo Ray", ["Ann Lee", "Bo Ray"]),
        ("Ann Lee, Bo Ray & Cy Orr", ["Ann Lee", "Bo Ray", "Cy Orr"]),
        ("Lee, Ann", ["Lee, Ann"]),
        ("张三、李四", ["张三", "李四"]),
        ("ann@example.org (Ann Lee)", ["Ann Lee"]),
        ("", []),
        ("---", []),
    ],
)
def test_names_in_one_line_are_told_apart(value, expected):
    assert [name for name, _post, _role in bylines(value)] == expected


def test_post_belongs_to_the_one_author():
    one = read_stated({"author": "Ann Lee", "post": "Keeper"})
    two = read_stated({"author": "Ann Lee and Bo Ray", "post": "Keeper"})

    assert [byline.post for byline in one.bylines] == ["Keeper"]
    assert [byline.post for byline in two.bylines] == ["", ""]


@pytest.mark.parametrize(
    ("text", "iso", "offset"),
    [
        ("2015", "2015", None),
        ("2015-05", "2015-05", None),
        ("2015-05-21", "2015-05-21", None),
        ("2015-05-21T10:00:00Z", "2015-05-21T10:00", 0),
        ("2015-05-21 18:00:00", "2015-05-21T18:00", None),
        ("2015-05-21T10:00:00.123+08:00", "2015-05-21T10:00", 480),
        ("Thu, 21 May 2015 10:00:00 +0000", "2015-05-21T10:00", 0),
        ("Thu, 21 May 2015 10:00:00 EST", "2015-05-21T10:00", -300),
        ("2015年5月21日", "2015-05-21", None),
    ],
)
def test_dates_are_taken_as_they_stand(text, iso, offset):
    date, code, _candidates = read_date(text)

    assert (date.iso, date.offset, code) == (iso, offset, None)


@pytest.mark.parametrize(
    ("text", "code", "candidates"),
    [
        ("2015-02-31", "date_impossible", ("2015-02-31",)),
        ("0000", "date_impossible", ("0000",)),
        ("99999-01-01", "date_impossible", ("99999-01-01",)),
        ("2015-13", "date_impossible", ("2015-13",)),
        ("05/06/2015", "date_ambiguous", ("2015-06-05", "2015-05-06")),
        ("yesterday", "date_uncertain", ("yesterday",)),
    ],
)
def test_what_is_no_date_is_a_doubt_and_no_guess(text, code, candidates):
    assert read_date(text) == (None, code, candidates)


def test_empty_date_of_a_database_is_none():
    assert read_stated({"date": "0000-00-00 00:00:00"}) == Stated(keys={"published_at": "date"})


@pytest.mark.parametrize(
    ("mapping", "expected"),
    [
        ({"draft": True}, True),
        ({"draft": "yes"}, True),
        ({"draft": "false"}, False),
        ({"published": False}, True),
        ({"published": "no"}, True),
        ({"published": True}, False),
        ({"published": "2015"}, False),
        ({"status": "Private"}, True),
        ({"status": "publish"}, False),
        ({"draft": "true", "status": "publish"}, True),
        ({"published": True, "draft": True}, True),
        ({"status": "published", "post_status": "draft"}, True),
        *(
            ({"status": word}, True)
            for word in (
                "trash",
                "deleted",
                "archived",
                "unlisted",
                "scheduled",
                "review",
                "0",
                "1",
                "-",
                0,
                1,
                2,
                False,
                ["review"],
                "Entwurf",
                "草稿",
                "not published",
            )
        ),
        *(
            ({"status": word}, False)
            for word in (
                "Published",
                "PUBLIC",
                "live",
                "online",
                True,
                "veröffentlicht",
                "publié",
                "publicado",
                "已发布",
                "已發佈",
                "公開",
                "",
            )
        ),
        ({"state": "review"}, True),
        ({"visibility": "members"}, True),
        ({"draft": 1}, True),
        ({"draft": 0}, False),
        ({"Entwurf": "ja"}, True),
        ({"Entwurf": "nein"}, False),
        ({"is_published": False}, True),
        ({"is_published": "0"}, True),
        ({"isPublished": 1}, False),
        ({"public": "nein"}, True),
        ({"private": True}, True),
        ({"deleted_at": "2015-05-21"}, True),
        ({"deleted_at": "0000-00-00 00:00:00"}, False),
        ({"deleted_at": None}, False),
        ({}, False),
    ],
)
def test_draft_is_whatever_its_source_keeps_back(mapping, expected):
    assert read_stated(mapping).is_draft is expected


def test_first_category_is_the_section_and_the_others_are_tags():
    stated = read_stated({"categories": ["Sea", "Trade", "Law"], "tags": ["winter"]})

    assert (stated.section, stated.tags) == ("Sea", ("Trade", "Law", "winter"))


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org/a",
        "x y",
        "https://example.org/" + "a" * 2000,
        "https://example.org/<b>",
    ],
)
def test_address_that_no_reader_should_follow_is_left_out(address):
    assert read_stated({"url": address}).source_url == ""


@pytest.mark.parametrize(
    ("key", "value", "field"),
    [
        ("title", "x" * 501, "title"),
        ("section", "x" * 201, "section"),
        ("author", "x" * 100_000, "authors"),
        ("authors", [f"Name {n}" for n in range(10_000)], "authors"),
        ("tags", ["x" * 101], "tags"),
        ("tags", [f"t{n}" for n in range(10_000)], "tags"),
        ("summary", "x" * 5001, "standfirst"),
    ],
)
def test_what_is_far_too_long_is_a_doubt(key, value, field):
    assert codes(read_stated({key: value})) == [(field, "field_too_long")]


@pytest.mark.parametrize("views", ["9" * 30, "-1", "many", "1.5"])
def test_views_that_are_no_believable_number_are_a_doubt(views):
    stated = read_stated({"views": views})

    assert (stated.views, codes(stated)) == (None, [("views", "views_impossible")])


@pytest.mark.parametrize(
    "value",
    [None, [], {}, [[["x"]]], {"a": {"b": []}}, 1.5, True, "\x00\u202e", [None], [{"name": None}]],
)
@pytest.mark.parametrize("key", ["title", "authors", "date", "tags", "url", "views", "body"])
def test_values_of_any_kind_are_read_calmly(key, value):
    stated = read_stated({key: value})

    assert "\x00" not in repr(stated)
    assert "\u202e" not in repr(stated)


def test_names_of_a_long_line_are_read_in_time():
    assert len(people("Ann Lee and " * 100_000)) < 5000


@pytest.mark.parametrize(
    "word", ["null", "None", "NaN", "nan ", "N/A", "undefined", "NULL", "#N/A", float("nan")]
)
def test_what_a_program_writes_for_nothing_is_nothing(word):
    fields = (
        "author",
        "section",
        "source",
        "tags",
        "date",
        "summary",
        "post",
        "id",
        "views",
        "body",
    )
    mapping = dict.fromkeys(fields, word)

    assert read_stated(mapping) == Stated()
    assert read_stated({**mapping, "creator": "Ann Lee"}).bylines[0].name == "Ann Lee"
    assert found_again_by({"id": word, "guid": "7"}) == "7"


def test_nothing_among_others_is_left_out():
    stated = read_stated(
        {
            "tags": ["None", "sea", "#N/A"],
            "authors": ["null", {"name": "None"}, {"name": "Ann Lee", "post": "NULL"}],
            "section": ["undefined", "Harbour"],
            "source": {"name": "null"},
        }
    )

    assert (stated.tags, stated.section, stated.source) == (("sea",), "Harbour", "")
    assert [(one.name, one.post) for one in stated.bylines] == [("Ann Lee", "")]
    assert read_stated({"categories": "NULL, Sea, none, Law"}).section == "Sea"
    assert read_stated({"categories": "NULL, Sea, none, Law"}).tags == ("Law",)


def test_words_that_only_look_like_nothing_stay():
    stated = read_stated({"title": "None", "author": "Nan Null", "tags": "null results, nan bread"})

    assert (stated.title, stated.bylines[0].name) == ("None", "Nan Null")
    assert stated.tags == ("null results", "nan bread")


def test_what_says_whether_a_piece_is_public_says_no_with_an_unknown_word():
    assert read_stated({"status": "none"}).is_draft
    assert read_stated({"public": "N/A"}).is_draft
    assert not read_stated({"deleted_at": "NULL"}).is_draft


def test_entity_in_a_line_of_names_parts_nothing():
    names = [("M&S Sons", "", "author"), ("Ann Lee", "", "author")]
    assert bylines("M&amp;S Sons; Ann Lee") == bylines(["M&amp;S Sons", "Ann Lee"]) == names
    assert bylines("Ann Lee &amp; Bo Ray") == bylines("Ann Lee & Bo Ray")
    assert bylines("Ren&eacute; Roy&#8238;") == [("René Roy", "", "author")]
    assert read_stated({"section": "News &amp; Views"}).section == "News & Views"
    stated = read_stated({"categories": "News &amp; Views, Sea", "tags": "R&amp;D; law"})
    assert (stated.section, stated.tags) == ("News & Views", ("Sea", "R&D", "law"))
