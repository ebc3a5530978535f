"""Why an import could not start or go on; a single bad file is no error but a refusal."""

import re


class ImportingError(Exception):
    """`str()` tells the person at the terminal what happened and what to do."""


# In what the drivers say: tables or columns that are wanting; no way to the database at all
_NOT_SET_UP = re.compile(r"no such (table|column)|(relation|column) .* does not exist")
_AWAY = re.compile(r"unable to open|connection|connect to|database .* does not exist")


class CannotGoOnError(ImportingError):
    """The database does not take anything any more: locked, full, read-only, away or not set up.

    What was reported before is safely in; the same command carries on from there.
    """

    def __init__(
        self, cause: Exception, kept: str = "Everything reported so far is saved."
    ) -> None:
        self.cause = cause
        said = " ".join(str(cause).split())  # PostgreSQL's own words have several lines
        if _NOT_SET_UP.search(said):
            super().__init__(
                "The database is not set up for this version. Run quickstart, or migrate, first."
            )
            return
        if _AWAY.search(said):
            what = f"The database cannot be reached ({said})."
            remedy = (
                "Make sure that it runs, that DATABASE_URL or DATA_DIR names it and that the data "
                "folder can be written to"
            )
        else:
            what = f"The database does not accept changes ({said})."
            remedy = (
                "Make sure that the disk has room, that the data folder can be written to and that "
                "no other program holds the database"
            )
        parts = (what, kept, f"{remedy}, then run the same command again.")
        super().__init__(" ".join(filter(None, parts)))


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


class StillGoesOnError(UndoingError):
    """What the run is still to write would stay when the rest is undone."""

    def __init__(self, run: int) -> None:
        self.run = run
        super().__init__(
            f"Run {run} still goes on. End it first, or wait for its end; if it was killed, "
            "it can be undone two minutes after it was."
        )


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
