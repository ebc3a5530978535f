"""One event, one line: what a client sent cannot fake a second one."""

import logging
import re

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class OneLine(logging.Formatter):
    """Escapes control characters in the message; a traceback keeps its lines, indented."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        record.message = _CONTROL.sub(lambda m: f"\\x{ord(m[0]):02x}", record.message)
        return super().formatMessage(record)

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's own name
        return super().formatException(ei).replace("\n", "\n    ")  # type: ignore[arg-type]
