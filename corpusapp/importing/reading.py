"""From a path to what an import needs of it: the half that holds no lock and needs no database.

It runs in worker processes as well as here, so it imports no model.
"""

import hashlib
import multiprocessing
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice

from corpusapp.extraction.article import ExtractedArticle, Options
from corpusapp.extraction.errors import ExtractionError
from corpusapp.extraction.pipeline import extract
from corpusapp.importing.errors import NotADocumentError
from corpusapp.importing.files import STANDARD_INPUT, Found, read
from corpusapp.text.likeness import text_marks
from corpusapp.text.markdown import plain

# A worker gets this many documents at a time: enough to make the way to and fro cheap
_PORTION = 16


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document read: what it gives, or why it gives nothing."""

    found: Found
    article: ExtractedArticle | None = None
    refusal: str = ""
    sha256: str = ""
    packed: bytes = b""  # zlib
    size: int = 0
    marks: tuple[int, ...] = ()  # see text.likeness.text_marks


def parse(found: Found, options: Options) -> Parsed:
    """Read and extract one document; what is wrong with it becomes its refusal."""
    try:
        raw = read(found, options.max_bytes)
        article = extract(raw, replace(options, media_type=found.media_type))
    except (NotADocumentError, ExtractionError) as error:
        return Parsed(found, refusal=str(error))
    return Parsed(
        found,
        article,
        sha256=hashlib.sha256(raw).hexdigest(),
        packed=zlib.compress(raw, 6),
        size=len(raw),
        marks=text_marks(plain(article.body)),
    )


def parse_all(found: Iterable[Found], options: Options, jobs: int) -> Iterator[Parsed]:
    """Parse documents in their order, in `jobs` processes; few are under way at any time."""
    documents = iter(found)
    if jobs <= 1:
        for document in documents:
            yield parse(document, options)
        return
    # forkserver and not fork: a child must not inherit the connection to the database
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        under_way: deque[Future[list[Parsed]]] = deque()
        while True:
            while len(under_way) < jobs * 3 and (portion := list(islice(documents, _PORTION))):
                under_way.append(_sent(pool, portion, options))
            if not under_way:
                return
            yield from under_way.popleft().result()


def _sent(
    pool: ProcessPoolExecutor, portion: list[Found], options: Options
) -> Future[list[Parsed]]:
    if any(document.path == STANDARD_INPUT for document in portion):
        done: Future[list[Parsed]] = Future()  # a worker has no standard input of ours
        done.set_result(_parse_portion(portion, options))
        return done
    return pool.submit(_parse_portion, portion, options)


def _parse_portion(portion: list[Found], options: Options) -> list[Parsed]:
    return [parse(document, options) for document in portion]
