import gc

import pytest

from corpusapp.extraction.garbage import left_for_later


class BrokenError(Exception): ...


def fail():
    raise BrokenError


def test_python_looks_for_cycles_again_whatever_happened():
    with pytest.raises(BrokenError), left_for_later():
        fail()

    assert gc.isenabled()


def test_python_does_not_look_for_cycles_meanwhile():
    with left_for_later():
        assert not gc.isenabled()


def test_who_had_it_not_look_has_it_not_look_afterwards():
    gc.disable()
    try:
        with left_for_later():
            assert not gc.isenabled()

        assert not gc.isenabled()
    finally:
        gc.enable()
