from tests.admin.conftest import author, desk, editor

__all__ = ["author", "desk", "editor"]
