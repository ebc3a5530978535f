"""Tell whoever keeps something made of articles that it may have changed.

Who keeps something in the database is told inside the transaction (`kept`), so that both are
committed or neither; who keeps something elsewhere hears of it afterwards (`changed`).
"""

from collections.abc import Callable, Collection
from typing import Any

from django.db import transaction

_listeners: list[Callable[[], None]] = []
_keepers: list[Callable[[Collection[int]], None]] = []


def listen(listener: Callable[[], None]) -> None:
    """Have `listener` called after each transaction that changed something readers may see."""
    _listeners.append(listener)


def keep(keeper: Callable[[Collection[int]], None]) -> None:
    """Have `keeper` called with the ids of articles, in each transaction that changed them."""
    _keepers.append(keeper)


def kept(article_ids: Collection[int]) -> None:
    """The last thing that a deed does in its transaction: these articles are as they shall be.

    Of none: whatever was changed is over.
    """
    for keeper in _keepers:
        keeper(article_ids)


def changed(**_signal: Any) -> None:
    """Something readers may see is being changed; takes a signal's arguments, so it can receive one.

    The listeners hear of it when the transaction is committed, and not at all if it is rolled back.
    """
    transaction.on_commit(_tell)


def _tell() -> None:
    for listener in _listeners:
        listener()
