"""A document that states its fields, as a sheet of lines: what each line states, and the article.

What a record, a feed or an export holds has no lines of its own: it is shown as `key: value`, its
text below.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpusapp.extraction.article import (
    Evidence,
    ExtractedArticle,
    ExtractedByline,
    Judgement,
    Options,
    Part,
)
from corpusapp.extraction.beside import default_language, lacking
from corpusapp.extraction.doubts import Code, doubt
from corpusapp.extraction.errors import NothingStatedError
from corpusapp.extraction.formats.captures import encoding_doubts
from corpusapp.extraction.formats.own_markdown import check_size
from corpusapp.extraction.formats.plain_text import Decoded
from corpusapp.extraction.stated import Stated
from corpusapp.text.folding import text_hash
from corpusapp.text.languages import canonical, detect
from corpusapp.text.markdown import plain

_PARTS = {
    "title": Part.TITLE,
    "standfirst": Part.STANDFIRST,
    "authors": Part.BYLINE,
    "post": Part.POST,
    "published_at": Part.DATE,
    "section": Part.SECTION,
    "language": Part.LANGUAGES,
    "source": Part.SOURCE,
    "source_url": Part.SOURCE,
    "views": Part.VIEWS,
    "tags": Part.TAGS,
    "caption": Part.CAPTION,
    "biography": Part.BIOGRAPHY,
}
_EVIDENCE = {"source_url": "source_address"}
NOT_USED = "states no field"
_LANGUAGE_READ = 4000  # characters


@dataclass(slots=True)
class Sheet:
    """The lines of one document; `rule` is what its evidence says: the name of the format."""

    rule: str
    lines: list[str] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)  # field -> lines
    less_sure: dict[str, tuple[float, str]] = field(default_factory=dict)  # field -> its evidence

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def put(self, line: str, part: Part, rule: str = "") -> int:
        """Add a line; its number."""
        self.lines.append(line)
        number = len(self.lines)
        blank = not line.strip()
        judged = (Part.BLANK, "blank") if blank else (part, rule or self.rule)
        self.judgements.append(Judgement(number, *judged))
        return number

    def state(self, name: str, line: str) -> None:
        """Add a line that states the field `name`; "" for a line that states none."""
        part = _PARTS.get(name)
        if part is None:
            self.put(line, Part.FURNITURE, NOT_USED)
            return
        number = self.put(line, part)
        first, _last = self.spans.get(name, (number, number))
        self.spans[name] = (first, number)

    def put_text(self, lines: Sequence[str]) -> None:
        """Add the lines of the text, a blank one above."""
        if self.lines and lines:
            self.put("", Part.BLANK)
        for line in lines:
            self.put_line_of_text(line)

    def put_line_of_text(self, line: str) -> None:
        number = self.put(line, text_part(line))
        if line.strip():
            first, _last = self.spans.get("body", (number, number))
            self.spans["body"] = (first, number)

    def article(
        self, stated: Stated, body: str, options: Options, decoded: Decoded
    ) -> ExtractedArticle:
        """The article these lines state. Raises NothingStatedError where there is neither title nor text."""
        if not stated.title and not body:
            raise NothingStatedError
        check_size(body)
        words = plain(body)
        made = ExtractedArticle(
            title=stated.title,
            standfirst=stated.standfirst,
            bylines=self._numbered(stated),
            published=stated.published,
            section=stated.section,
            source=stated.source,
            source_url=stated.source_url,
            views=stated.views,
            tags=stated.tags,
            caption=stated.caption,
            biography=stated.biography,
            body=body,
            doubts=stated.doubts,
            judgements=tuple(self.judgements),
            encoding=decoded.encoding,
            text_hash=text_hash(f"{stated.title}\n{words}" if words else self.text),
            own_id=stated.own_id,
            is_draft=stated.is_draft,
        )
        language, confidence, rule = _language(stated, words or stated.title, options)
        evidence = self._evidence(made)
        doubts = (*stated.doubts, *lacking(made), *encoding_doubts(decoded))
        if language:
            first, last = self.spans.get("language" if confidence == 1 else "body", (1, 1))
            evidence["language"] = Evidence(confidence, rule or self.rule, first, last)
        else:
            doubts = (*doubts, doubt("language", Code.NO_LANGUAGE))
        return replace(made, language=language, evidence=evidence, doubts=doubts)

    def _numbered(self, stated: Stated) -> tuple[ExtractedByline, ...]:
        line = self.spans.get("authors", (1, 1))[0]
        return tuple(replace(byline, line=line) for byline in stated.bylines)

    def _evidence(self, made: ExtractedArticle) -> dict[str, Evidence]:
        values: Mapping[str, object] = {
            "title": made.title, "standfirst": made.standfirst, "authors": made.bylines,
            "published_at": made.published, "section": made.section, "source": made.source,
            "source_url": made.source_url, "views": made.views is not None, "tags": made.tags,
            "caption": made.caption, "biography": made.biography, "body": made.body,
        }  # fmt: skip
        return {
            _EVIDENCE.get(name, name): Evidence(
                *self.less_sure.get(name, (1.0, self.rule)), *self.spans.get(name, (1, 1))
            )
            for name, value in values.items()
            if value
        }


def text_part(line: str) -> Part:
    """What a line of Markdown is in the text."""
    if line.startswith("#"):
        return Part.SUBHEADING
    return Part.QUOTATION if line.startswith(">") else Part.BODY


def _language(stated: Stated, words: str, options: Options) -> tuple[str, float, str]:
    """(language, confidence, rule; "" for the sheet's own)."""
    if options.language and (given := canonical(options.language)):
        return given, 1.0, "given"
    if stated.language:
        return stated.language, 1.0, ""
    if default := default_language(options):
        return default, 1.0, "default of the folder"
    return detect(words[:_LANGUAGE_READ], options.site_language), 0.9, "script and small words"
