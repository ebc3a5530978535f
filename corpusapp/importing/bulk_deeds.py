"""All deeds over many articles: those of `editing`, and the one that reads captures again."""

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from corpusapp.editing.bulk_deeds import DEEDS, Batch, BulkDeed, Done, Parameters, as_looked_at
from corpusapp.editing.bulk_plans import NAMED, Effect, Plan, in_batches
from corpusapp.editing.publish import Moved
from corpusapp.editing.telling import readable
from corpusapp.models import LeftWhy, Outcome

if TYPE_CHECKING:
    from corpusapp.importing.reextracting import Reread

MOST_REHEARSED = 200  # captures read while somebody waits
_SECONDS = 2.0  # of reading where these are only a part
_PORTION = 20


def _engine() -> Any:
    """Loaded when captures are read: it brings the whole of extraction along."""
    from corpusapp.importing import reextracting  # noqa: PLC0415 - most workers never need it

    return reextracting


def _rehearsed(ids: Sequence[int], _asked: Parameters) -> Plan:
    """What would change. Of more than may be read at once the first few stand for the others."""
    is_part = len(ids) > MOST_REHEARSED
    end = time.monotonic() + _SECONDS
    going: list[int] = []
    shown: list[Effect] = []
    looked_at = 0
    for some in in_batches(ids, _PORTION):
        if is_part and looked_at and (time.monotonic() > end or len(shown) >= NAMED):
            break
        looked_at += len(some)
        engine = _engine()
        for result in engine.Reextraction(engine.Choice(articles=tuple(some)), dry_run=True):
            if result.changes:
                going.append(result.article)
            for change in result.changes:
                before = readable(change.field, change.before)
                shown.append(Effect(result.title, before, readable(change.field, change.after)))
    if is_part:
        return Plan(list(ids), shown=shown, looked_at=looked_at)
    same = sorted(set(ids) - set(going))
    return Plan(sorted(going), {LeftWhy.SAME: same} if same else {}, shown=shown)


@dataclass(frozen=True, slots=True)
class _Rereading(BulkDeed):
    """What it changes stands in the ledger of imports, as one run however many batches: it can be undone."""

    def work(self, batch: Batch) -> Done:
        """The captures are read before the transaction begins, of which there is one."""
        engine = _engine()
        assert len(batch.pins) <= engine.BATCH, "it would be begun, and told, twice"  # noqa: S101
        done = Done()
        looked_at: list[int] = []
        is_told = False

        def theirs(_articles: Collection[int]) -> Collection[int]:
            batch.begin()
            still, done.left = as_looked_at(self, batch)
            looked_at.extend(still)
            return still

        def told(results: "Sequence[Reread]", run: int | None) -> None:
            nonlocal is_told
            is_told, done.import_run = True, run
            by_outcome: dict[Outcome, list[int]] = {}
            for one in results:
                by_outcome.setdefault(one.outcome, []).append(one.article)
            done.moved = len(by_outcome.get(Outcome.UPDATED, []))
            refused = by_outcome.get(Outcome.REFUSED, [])
            same = set(looked_at) - set(refused) - set(by_outcome.get(Outcome.UPDATED, []))
            for why, ids in ((LeftWhy.SAME, sorted(same)), (LeftWhy.REFUSED, refused)):
                if ids:
                    done.left[why] = ids
            batch.told(done)

        reading = engine.Reextraction(
            engine.Choice(articles=tuple(sorted(batch.pins))),
            batch.rights.user,
            options=batch.about,
            going_on=batch.import_run,
            theirs=theirs,
            told=told,
            alive=batch.alive,
        )
        with batch.acting():
            for _one in reading:
                pass
        if not is_told:  # none has a capture that could be read
            with transaction.atomic():
                theirs(())
                told((), batch.import_run)
        return done


REREAD = _Rereading(
    "reread",
    ("corpusapp.import_article", "corpusapp.bulk_reread_article"),
    _rehearsed,
    lambda _ids, _asked: Moved(0),
    # what captures say, they say of articles of all sections
    may=lambda rights, _asked: rights.sections is None,
)
ALL_DEEDS: dict[str, BulkDeed] = {**DEEDS, REREAD.name: REREAD}
