"""Read an answer as a reader does: elements by name and class, their words, their links."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"meta", "link", "br", "hr", "img", "input", "source"}


@dataclass
class Element:
    name: str
    attributes: dict[str, str]
    children: list = field(default_factory=list)

    def all(self, name="", **attributes):
        """Elements below this one, of that name and with these attributes; `cls` is one class."""
        cls = attributes.pop("cls", "")
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
        return [
            element
            for element in self.below()
            if (not name or element.name == name)
            and (not cls or cls in element.attributes.get("class", "").split())
            and all(element.attributes.get(key) == value for key, value in wanted.items())
        ]

    def one(self, name="", **attributes):
        (element,) = self.all(name, **attributes)
        return element

    def below(self):
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.below()

    @property
    def text(self):
        return " ".join("".join(self._words()).split())

    def _words(self):
        for child in self.children:
            if isinstance(child, Element):
                yield from child._words()
            else:
                yield child

    def __getitem__(self, attribute):
        return self.attributes.get(attribute)


class _Builder(HTMLParser):
    def __init__(self):
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, name, attributes):
        element = Element(name, {key: value or "" for key, value in attributes})
        self.open[-1].children.append(element)
        if name not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, name, attributes):
        """A void element may be written with a slash, as some of Django's own pages do."""
        self.handle_starttag(name, attributes)
        if name not in _VOID:
            self.handle_endtag(name)

    def handle_endtag(self, name):
        assert self.open[-1].name == name, f"</{name}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, words):
        self.open[-1].children.append(words)


def read(response):
    """The page of `response`; every element must be closed in its place."""
    builder = _Builder()
    builder.feed(response.text)
    assert len(builder.open) == 1
    return builder.root


def titles(response):
    """The headlines of `main` that lead to an article, in their order."""
    main = read(response).one("main")
    return [
        link.text
        for link in main.all("a")
        if "/articles/" in link["href"] and not link["href"].endswith("/articles/") and link.text
    ]
