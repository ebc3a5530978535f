"""Why an import could not start or go on; a single bad file is no error but a refusal."""


class ImportingError(Exception):
    """`str()` tells the person at the terminal what happened and what to do."""


class CannotGoOnError(ImportingError):
    """The database does not take anything any more: locked, full or read-only.

    What was reported before is safely in; the same command carries on from there.
    """

    def __init__(self, cause: Exception) -> None:
        self.cause = cause
        if "no such table" in str(cause) or "does not exist" in str(cause):
            super().__init__(
                "The database is not set up for this version. Run quickstart, or migrate, first."
            )
            return
        super().__init__(
            f"The database does not accept changes ({cause}). Everything reported so far is saved. "
            "Make sure that the disk has room, that the data folder can be written to and that no "
            "other program holds the database, then run the same command again."
        )


class NotADocumentError(ImportingError):
    """A path that gives no bytes; `str()` is the reason of its refusal."""


class UndoingError(ImportingError):
    """A run that cannot be undone."""


class NoSuchRunError(UndoingError):
    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(
            f"There is no run {number}. undo_import without a number lists the runs there are."
        )


class NothingToUndoError(UndoingError):
    def __init__(self, run: int) -> None:
        self.run = run
        super().__init__(f"Run {run} changed nothing, so there is nothing to undo.")


class AlreadyUndoneError(UndoingError):
    """`by` undid the run; `again`, if it is not 0, has undone that."""

    def __init__(self, run: int, by: int, again: int) -> None:
        self.run = run
        self.by = by
        self.again = again
        if again:
            super().__init__(
                f"Run {run} was undone by run {by}, and run {again} took that back. "
                f"To undo it once more, undo run {again}."
            )
        else:
            super().__init__(
                f"Run {run} has been undone by run {by} already. To have it back, undo run {by}."
            )


class GivingError(ImportingError):
    """A line cannot be what it is said to be; nothing was changed."""


class NothingInItError(GivingError):
    """A line says nothing that its field could have: no date, no name."""

    def __init__(self, part: str, text: str) -> None:
        self.part, self.text = part, text
        super().__init__(f"no {part} can be read in {text!r}")


class NoNameError(GivingError):
    """What would become a new author, section or source is plainly none: a date, or far too long."""

    def __init__(self, name: str, *, is_date: bool) -> None:
        self.name, self.is_date = name, is_date
        super().__init__(f"{name!r} is no name")


class NoBytesError(GivingError):
    def __init__(self) -> None:
        super().__init__("the bytes of the capture are gone")


class TooLongError(GivingError):
    """A line has more characters than its field holds: cut off, an author's words would be lost."""

    def __init__(self, part: str, length: int, most: int) -> None:
        self.part, self.length, self.most = part, length, most
        super().__init__(f"{length} characters are too many for the {part}, which holds {most}")


class NeededError(GivingError):
    """A published article would be left without its title or its text."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(f"a published article needs its {field}")
