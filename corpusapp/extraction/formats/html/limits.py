"""How much of a saved page is read: what goes beyond is broken, or no article."""

from corpusapp.extraction.errors import ExtractionError

MOST_JUDGED = 20_000  # lines that are no menu's; each is measured in some 250 ways
DEEPEST = 600  # elements in each other; a page has some thirty


class TooDeepError(ExtractionError):
    def __init__(self) -> None:
        super().__init__(
            f"The page nests more than {DEEPEST} elements in each other: it is broken."
        )
