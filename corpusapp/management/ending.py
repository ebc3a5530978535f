"""How a command ends that cannot go on: one clear line and exit code 2, whichever command it is."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import DatabaseError

from corpusapp.importing.errors import CannotGoOnError, ImportingError


@contextmanager
def told_in_one_line(kept: str, again: str = "Run the same command again.") -> Iterator[None]:
    """`kept` says what becomes of what was done so far, `again` what Ctrl-C leaves to do."""
    try:
        yield
    except ImportingError as error:
        raise CommandError(str(error), returncode=2) from error
    except DatabaseError as error:
        raise CommandError(str(CannotGoOnError(error, kept)), returncode=2) from error
    except KeyboardInterrupt:
        message = " ".join(filter(None, ("Stopped.", kept, again)))
        raise CommandError(message, returncode=2) from None
