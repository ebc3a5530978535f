"""End what runs for long when it is told to, and not in the middle of a batch."""

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
CTRL_C = (signal.SIGINT,)


@contextmanager
def stopped_by_signals(
    stop: Callable[[], None], signals: Sequence[signal.Signals] = _SIGNALS
) -> Iterator[None]:
    """Within, the first Ctrl-C, TERM or HUP calls `stop`; the second does what it always did."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are not ours to hear
        return
    before: dict[int, Any] = {}

    def heard(_number: int, _frame: FrameType | None) -> None:
        restore()
        stop()

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    for number in signals:
        before[number] = signal.signal(number, heard)
    try:
        yield
    finally:
        restore()
