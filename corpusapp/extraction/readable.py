"""A capture as the lines that its evidence and its judgements number."""

from corpusapp.extraction.formats.known import format_of


def readable_text(raw: bytes, media_type: str = "text/plain") -> str:
    """The text of a capture, line for line. Raises an ExtractionError for what has none."""
    return format_of(media_type).readable(raw)
