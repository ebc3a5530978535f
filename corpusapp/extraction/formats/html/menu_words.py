"""The words of menus, dialogues and the page's foot: they are shown, and nobody asks more of them.

They hold a quarter of a page's elements and none of its text. What is named for sections or tags is
left out, as its words are judged like all others.
"""

from collections.abc import Mapping

from corpusapp.extraction.errors import TooManyLinesError
from corpusapp.extraction.formats.html.elements import KINDS, LIST, OTHER, TRAITS
from corpusapp.extraction.formats.html.head import Head
from corpusapp.extraction.formats.html.hints import BITS, hints_of
from corpusapp.extraction.formats.html.limits import MOST_JUDGED
from corpusapp.extraction.lines import MOST_LINES
from corpusapp.text.folding import clean

LONGEST_PICTURE = 600  # characters that tell what it shows
KICKER = BITS["tags"]
_LEAVING = frozenset(("a", "span", "div", "p"))
_TAGGING = ("tags", "keywords", "topics")
_LONGEST_NAMES = 300  # characters


class MenuWords:
    """The lines of a page's menus, added to those that are `shown`. Raises TooManyLinesError."""

    def __init__(self, shown: list[str]) -> None:
        self.depth = 0  # elements, from the one that is the menu; 0 outside of any
        self.hidden = 0  # characters that are shown and not judged
        self.left: list[tuple[int, int]] = []  # how deep a menu was left, and how deep in the menu
        self.words: list[str] = []  # of a line
        self._shown = shown
        self._listed = 0  # lists that are open

    def enter(self) -> None:
        self.depth = 1
        self._listed = 0

    def is_left(self, tag: str, attributes: Mapping[str, str], height: int) -> bool:
        """Whether the element is named for sections or tags, and no item of a list: then its words are judged."""
        if self._listed or tag not in _LEAVING:
            if TRAITS.get(tag, 0) & LIST:
                self._listed += 1
            return False
        names = attributes.get("class", "")[:_LONGEST_NAMES]
        if not names or not (
            any(word in names for word in _TAGGING) if tag in TRAITS else hints_of(names) & KICKER
        ):
            return False
        self.flush()
        self.left.append((height, self.depth))
        self.depth = 0
        return True

    def come_back(self) -> None:
        """Into the menu that was left last."""
        self.depth = self.left.pop()[1]

    def start(self, tag: str, attributes: Mapping[str, str], head: Head) -> bool:
        """Whether all that stands in the element is to be skipped."""
        self.depth += 1
        if tag in TRAITS or tag == "br":
            self.flush()
        elif KINDS.get(tag) == OTHER and head.enter(tag, attributes):
            return True
        elif tag == "img":
            words = attributes.get("alt", "")[:LONGEST_PICTURE]
            self.words.append(f" {words} ")
        elif self.words:
            self.words.append(" ")
        return False

    def end(self, tag: str) -> None:
        self.depth -= 1
        if tag in TRAITS:
            self.flush()
            if TRAITS[tag] & LIST and self._listed:
                self._listed -= 1

    def flush(self) -> None:
        if not self.words:
            return
        text = " ".join("".join(self.words).split())
        self.words = []
        if text and (text := clean(text) if not text.isascii() else text):
            if len(self._shown) >= 2 * MOST_LINES:
                raise TooManyLinesError(MOST_JUDGED)
            self._shown.append(text)
            self.hidden += len(text)
