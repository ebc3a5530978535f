"""What extraction refuses, by name; `str()` is a sentence for an editor."""

from collections.abc import Sequence


class ExtractionError(Exception):
    """The bytes are no capture an article could come from; `str()` tells an editor why."""


class TooLargeError(ExtractionError):
    def __init__(self, size: int, limit: int) -> None:
        self.size = size
        self.limit = limit
        super().__init__(
            f"The file is too large: {size / 1024 / 1024:.1f} MB, where {limit / 1024 / 1024:.0f} MB are allowed."
        )


class TooManyLinesError(ExtractionError):
    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"The file holds more than {limit:,} lines with text: it is no article.")


class TooManyBreaksError(ExtractionError):
    """Too many lines, however few of them hold words: each takes memory."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"The file holds more than {limit:,} lines: it is no article.")


class EmptyError(ExtractionError):
    def __init__(self) -> None:
        super().__init__("The file is empty.")


class NotTextError(ExtractionError):
    def __init__(self, clue: str) -> None:
        self.clue = clue
        super().__init__(f"The file is no text: {clue}.")


class OnlyFurnitureError(ExtractionError):
    def __init__(self, lines_read: int) -> None:
        self.lines_read = lines_read
        lines = "the one line holds" if lines_read == 1 else f"the {lines_read:,} lines hold"
        super().__init__(f"Nothing to publish: {lines} menus, links or buttons, but no text.")


class NothingStatedError(ExtractionError):
    def __init__(self) -> None:
        super().__init__("It has neither a title nor a text.")


class NothingUnderstoodError(ExtractionError):
    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        shown = ", ".join(names)[:200]
        super().__init__(
            f"It has neither a title nor a text; these names are not understood: {shown}."
        )


class UnreadableError(ExtractionError):
    """A file that is not what its ending says, or broken; `reason` is the whole sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)


class UnknownFormatError(ExtractionError):
    def __init__(self, media_type: str) -> None:
        self.media_type = media_type
        super().__init__(
            f"No installed format reads {media_type}: install the package that brought it again."
        )
