"""What a browser would post: the fields of a form as the page shows them."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    def __init__(self, form_id):
        super().__init__()
        self.form_id = form_id
        self.inside = False
        self.found = {}
        self.select = None
        self.textarea = None

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "form":
            self.inside = attributes.get("id") == self.form_id
        if not self.inside or "disabled" in attributes:
            return
        name = attributes.get("name")
        if tag == "input" and name:
            self._input(name, attributes)
        elif tag == "select" and name:
            self.select = name
            self.found.setdefault(name, [])
        elif tag == "option" and self.select and "selected" in attributes:
            self.found[self.select].append(attributes.get("value", ""))
        elif tag == "textarea" and name:
            self.textarea = name
            self.found[name] = [""]

    def _input(self, name, attributes):
        kind = attributes.get("type", "text")
        if kind in {"submit", "button"}:
            return
        if kind in {"checkbox", "radio"} and "checked" not in attributes:
            return
        default = "on" if kind == "checkbox" else ""
        self.found.setdefault(name, []).append(attributes.get("value", default))

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.textarea = None

    def handle_data(self, data):
        if self.textarea:
            self.found[self.textarea][0] += data


def fields_of(response, form_id):
    """{name: [values]} of the form; unticked boxes and buttons are not sent, as in a browser."""
    parser = _Fields(form_id)
    parser.feed(response.text)
    # a browser reads any line break as one, leaves out that after the opening tag, and sends CRLF
    for name, values in parser.found.items():
        parser.found[name] = [
            value.replace("\r\n", "\n").removeprefix("\n").replace("\n", "\r\n") for value in values
        ]
    return parser.found
