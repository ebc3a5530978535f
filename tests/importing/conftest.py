import pytest

from corpusapp.importing.run import Import, Request


@pytest.fixture
def imported():
    """Run an import and give its results."""

    def run(*paths, **options):
        running = Import(Request(paths=[str(path) for path in paths], jobs=1, **options))
        return list(running)

    return run
