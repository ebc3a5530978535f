"""From a path to what an import needs of it: the half that holds no lock and needs no database.

It runs in worker processes as well as here, so it imports no model.
"""

import gc
import hashlib
import logging
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import resource_tracker
from multiprocessing.forkserver import ensure_running
from typing import Any

from corpusapp.extraction.article import Beside, Doubt, ExtractedArticle, Options
from corpusapp.extraction.errors import ExtractionError
from corpusapp.extraction.pipeline import extract
from corpusapp.importing.beside import fingerprint, told
from corpusapp.importing.errors import NotADocumentError
from corpusapp.importing.files import STANDARD_INPUT, Found, beside, read
from corpusapp.importing.repeated import REPEATED_ID
from corpusapp.text.likeness import text_marks
from corpusapp.text.markdown import plain
from corpusapp.text.packing import packed_bytes

logger = logging.getLogger(__name__)

# A worker gets this many documents at a time: enough to make the way to and fro cheap
_PORTION = 16
_LARGEST_PORTION = 1024 * 1024  # bytes, of what a container hands out
_SELDOM = 20_000  # new objects between two looks; Python's own pace is 700


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document read: what it gives, or why it gives nothing."""

    found: Found
    article: ExtractedArticle | None = None
    refusal: str = ""
    sha256: str = ""
    # zlib; of a refused document, too, if it could be read and is not too large
    packed: bytes = b""
    size: int = 0
    marks: tuple[int, ...] = ()  # see text.likeness.text_marks
    stated: Mapping[str, Any] = field(default_factory=dict)  # by what stands beside it
    stated_hash: str = ""


@dataclass(frozen=True, slots=True)
class AtHand:
    """A document that somebody has opened already; what is "" or None is to be found out."""

    found: Found
    raw: bytes | None = None
    around: Beside | None = None  # with `raw` only
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A document that is stored as it came: there is nothing to read."""

    found: Found
    public_id: str
    title: str


def parse(found: Found, options: Options, at_hand: AtHand | None = None) -> Parsed:
    """Read and extract one document; what is wrong with it becomes its refusal."""
    raw, sha256 = found.raw, ""
    try:
        if at_hand and at_hand.raw is not None:
            raw, around, sha256 = at_hand.raw, at_hand.around, at_hand.sha256
        else:
            raw, around = read(found, options.max_bytes), beside(found)
        return _read(found, raw, around, options, sha256)
    except (NotADocumentError, ExtractionError) as error:
        return _refused(found, str(error), raw, options)
    except Exception as error:  # one document that an engine fails on must not cost the others
        logger.exception("cannot read %s", found.shown)
        reason = f"It cannot be read: an error of the program ({type(error).__name__})."
        return _refused(found, reason, raw, options)


def _read(found: Found, raw: bytes, around: Beside | None, options: Options, sha256: str) -> Parsed:
    """Raises whatever its format does."""
    article = extract(raw, replace(options, media_type=found.media_type, beside=around))
    if found.repeats_id:
        repeated = Doubt("body", REPEATED_ID, holds=True, candidates=(article.own_id,))
        article = replace(article, doubts=(*article.doubts, repeated))
    stated = told(around)
    return Parsed(
        found,
        article,
        sha256=sha256 or hashlib.sha256(raw).hexdigest(),
        packed=packed_bytes(raw),
        size=len(raw),
        marks=text_marks(plain(article.body)),
        stated=stated,
        stated_hash=fingerprint(stated),
    )


def _refused(found: Found, reason: str, raw: bytes | None, options: Options) -> Parsed:
    """A refusal, with the bytes for an editor to look at, if there are any and not too many."""
    if found.place and found.raw is not None and not found.refusal:
        reason = f"{found.place}: {reason}"
    if not raw or len(raw) > options.max_bytes:
        return Parsed(found, refusal=reason)
    return Parsed(
        found,
        refusal=reason,
        sha256=hashlib.sha256(raw).hexdigest(),
        packed=packed_bytes(raw),
        size=len(raw),
    )


_Portion = list[AtHand | Recognised]


def parse_all(
    documents: Iterable[AtHand | Recognised], options: Options, readers: int
) -> Iterator[Parsed | Recognised]:
    """Parse documents in their order, in so many processes beside this one; few are under way at any time.

    What is recognised goes through as it is.
    """
    if readers < 1:
        for one in documents:
            yield one if isinstance(one, Recognised) else parse(one.found, options, one)
        return
    portions = _portions(documents)
    pool = _pool(readers)
    under_way: deque[tuple[_Portion, Future[list[Parsed]]]] = deque()
    try:
        while True:
            while len(under_way) < readers * 6 and (portion := next(portions, None)):
                unread = _unread(portion)
                try:
                    under_way.append((portion, _sent(pool, unread, options)))
                except BrokenProcessPool:
                    pool = _pool(readers)
                    under_way.append((portion, _sent(pool, unread, options)))
            if not under_way:
                return
            portion, future = under_way.popleft()
            try:
                parsed = iter(future.result())
            except BrokenProcessPool:  # a process was killed, and took the work of all with it
                parsed = _again(_unread(portion), options)
            for one in portion:
                yield one if isinstance(one, Recognised) else next(parsed)
    finally:
        pool.shutdown(cancel_futures=True)


def _unread(portion: _Portion) -> list[AtHand]:
    return [one for one in portion if isinstance(one, AtHand)]


def _pool(readers: int) -> ProcessPoolExecutor:
    # forkserver and not fork: a child must not inherit the connection to the database. It loads
    # this module once, for all of them
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    resource_tracker.ensure_running()  # by itself: it would let the signal through again
    with _ctrl_c_held_back():
        ensure_running()
    return ProcessPoolExecutor(readers, mp_context=context, initializer=_begin)


@contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """It comes when this is left; what is started within never hears of it.

    Ctrl-C reaches every process. When to stop is for the one that writes to say, and none of the
    others, half started, is to answer with a trace of its own. They begin with the signal blocked;
    here some thread of a library may be given it, and so the handler waits, too.
    """
    came: list[int] = []
    answers = threading.current_thread() is threading.main_thread()
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    handler = signal.signal(signal.SIGINT, lambda *_: came.append(1)) if answers else None
    try:
        yield
    finally:
        if answers:
            signal.signal(signal.SIGINT, handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        if came:
            signal.raise_signal(signal.SIGINT)


def _begin() -> None:
    """First in each process."""
    seldom_collect()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Killed, the one who writes tells nobody, and a reader would wait for its next portion for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # in the midst of whatever it reads: nobody wants it any more


def _portions(documents: Iterable[AtHand | Recognised]) -> Iterator[_Portion]:
    """Documents by the portion, which is smaller where containers have handed out large ones."""
    portion: _Portion = []
    size = 0
    for one in documents:
        portion.append(one)
        if isinstance(one, AtHand):
            size += len(one.raw or one.found.raw or b"")
        if len(portion) == _PORTION or size > _LARGEST_PORTION:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _again(portion: list[AtHand], options: Options) -> Iterator[Parsed]:
    """A portion whose process was killed: in another process, and if that is killed as well, by halves.

    The document that is the death of it is refused, and costs no other.
    """
    try:
        with _pool(1) as pool:
            parsed = _sent(pool, portion, options).result()
    except BrokenProcessPool:
        if len(portion) > 1:
            middle = len(portion) // 2
            yield from _again(portion[:middle], options)
            yield from _again(portion[middle:], options)
            return
        found = portion[0].found
        logger.warning("reading %s ended its process", found.shown)
        reason = "It cannot be read: the process that read it was killed."
        parsed = [_refused(found, reason, found.raw, options)]
    yield from parsed


def seldom_collect() -> Callable[[], None]:
    """Look for cycles in memory seldom; returns what makes it usual again.

    What an import makes is freed by counting references, and looking for the few cycles at Python's
    pace would take a tenth of its time.
    """
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_SELDOM, *usual[1:])

    def as_usual() -> None:
        gc.set_threshold(*usual)
        gc.unfreeze()

    return as_usual


def _sent(
    pool: ProcessPoolExecutor, portion: list[AtHand], options: Options
) -> Future[list[Parsed]]:
    if not portion or any(one.found.path == STANDARD_INPUT for one in portion):
        done: Future[list[Parsed]] = Future()  # a worker has no standard input of ours
        done.set_result(_parse_portion(portion, options))
        return done
    with _ctrl_c_held_back():  # the first starts the processes
        return pool.submit(_parse_portion, portion, options)


def _parse_portion(portion: list[AtHand], options: Options) -> list[Parsed]:
    return [parse(one.found, options, one) for one in portion]
