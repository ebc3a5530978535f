from tests.importing.conftest import imported

__all__ = ["imported"]
