"""Tell whoever keeps something made of public content that it may have changed."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

_listeners: list[Callable[[], None]] = []


def listen(listener: Callable[[], None]) -> None:
    """Have `listener` called after each transaction that changed something readers may see."""
    _listeners.append(listener)


def changed(**_signal: Any) -> None:
    """Something readers may see is being changed; takes a signal's arguments, so it can receive one.

    The listeners hear of it when the transaction is committed, and not at all if it is rolled back.
    """
    transaction.on_commit(_tell)


def _tell() -> None:
    for listener in _listeners:
        listener()
