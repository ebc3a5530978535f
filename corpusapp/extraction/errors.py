"""What extraction refuses, by name."""


class ExtractionError(Exception):
    """The bytes are no capture an article could come from; `str()` tells an editor why."""
