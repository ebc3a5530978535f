"""A line on a terminal that is written over: how far, how fast, how long still."""

import time
from collections.abc import Callable
from typing import TextIO

# Seconds between two looks of the line, and over how many the rate is taken
_TICK = 0.2
_WINDOW = 15.0
_BAR = 20
_MINUTE, _HOUR = 60, 3600


class Progress:
    """Shown on a terminal only. `total` may be set later; until then no end is promised."""

    def __init__(
        self,
        stream: TextIO | None,
        total: int = 0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.stream = stream if stream is not None and stream.isatty() else None
        self.total = total
        self.done = 0
        self._drawn = False
        self._clock = clock
        self._shown = clock()
        self._marks = [(self._shown, 0)]  # moments with what was done by then, the window's

    def step(self, by: int = 1) -> None:
        self.done += by
        now = self._clock()
        if self.stream is None or now - self._shown < _TICK:
            return
        self._shown = now
        self._marks.append((now, self.done))
        while len(self._marks) > 2 and self._marks[1][0] < now - _WINDOW:  # noqa: PLR2004 - one to measure from
            self._marks.pop(0)
        self.stream.write(f"\r\x1b[K{self._line(now)}")
        self.stream.flush()
        self._drawn = True

    def _line(self, now: float) -> str:
        then, done = self._marks[0]
        rate = (self.done - done) / max(now - then, 0.001)
        if not self.total:
            return f"{self.done:,}, {rate:,.0f}/s"
        part = min(1.0, self.done / self.total)
        full = int(_BAR * part)
        bar = "█" * full + "░" * (_BAR - full)
        left = f", {duration((self.total - self.done) / rate)} left" if rate else ""
        return f"{bar} {self.done:,} of {self.total:,} ({part:.0%}), {rate:,.0f}/s{left}"

    def clear(self) -> None:
        """Take the line away, so that what is printed next begins at the left."""
        if self.stream is not None and self._drawn:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
            self._drawn = False


def duration(seconds: float) -> str:
    """In two units at most: "40 s", "3 min 20 s", "2 h 5 min"."""
    whole = max(0, round(seconds))
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // _MINUTE} min {whole % _MINUTE} s"
    return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE} min"
