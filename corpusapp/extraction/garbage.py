"""Reading a page makes some thousands of objects that are in use until it is read, and hardly a cycle among them."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def left_for_later() -> Iterator[None]:
    """Python does not look for cycles meanwhile: on a page it would three times and find nothing.

    That takes a seventh of the time in a process that holds no more than the engine. Where it was not
    looking before it does not afterwards; threads that read at once leave it as the first one found it.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
