"""What the head of a saved page says: its titles, its metas, its data, its address and language."""

from collections.abc import Mapping

_MOST_METAS, _LONGEST_META, _LONGEST_KEY = 400, 2000, 80
_LONGEST_DATA = 400_000  # characters of JSON-LD in one script
LONGEST_ADDRESS = 2000


class Head:
    """Collects what is no line of the page; elements of a head are found in bodies as well."""

    def __init__(self) -> None:
        self.metas: list[tuple[str, str]] = []
        self.titles: list[str] = []
        self.json_ld: list[str] = []
        self.address = ""
        self.language = ""
        self._kept: list[str] | None = None  # words of a title or script
        self._kept_as = ""

    def enter(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Take what the element says. Whether its content is no words of the page."""
        if tag == "meta":
            self._meta(attributes)
        elif tag == "html":
            self.language = attributes.get("lang") or attributes.get("xml:lang") or self.language
        elif tag == "link":
            if "canonical" in attributes.get("rel", "").lower().split() and not self.address:
                self.address = attributes.get("href", "").strip()[:LONGEST_ADDRESS]
        elif tag != "head":
            if tag == "title" or (
                tag == "script" and "ld+json" in attributes.get("type", "").lower()
            ):
                self._kept, self._kept_as = [], tag
            return True
        return False

    def data(self, words: str) -> None:
        """Keep words that the page does not show, if they are of a title or of data."""
        if self._kept is not None:
            self._kept.append(words)

    def close(self) -> None:
        """End what `open` has called no words of the page."""
        if self._kept is not None:
            words = "".join(self._kept)[:_LONGEST_DATA]
            if words.strip():
                (self.titles if self._kept_as == "title" else self.json_ld).append(words)
            self._kept = None

    def _meta(self, attributes: Mapping[str, str]) -> None:
        # what saves pages writes "value" at times
        content = (attributes.get("content") or attributes.get("value") or "").strip()
        if content and len(self.metas) < _MOST_METAS:
            for name in ("property", "name", "itemprop"):
                if key := attributes.get(name):
                    self.metas.append((key.lower().strip()[:_LONGEST_KEY], content[:_LONGEST_META]))
        elif attributes.get("http-equiv", "").lower() == "content-language":
            self.language = self.language or content
