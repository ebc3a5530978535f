"""Our templates, compiled: each once for each language, into text and functions.

Django walks a tree of nodes for every page, looks up each name through a stack of contexts, and asks
the catalogue for each word again. Here words of the interface become text when a template is first
used in a language, a child template and its parents become one, and what is left are functions of a
dictionary. The templates stay as they are, and so does what they say; one that uses something that
is not known here is rendered by Django.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template import Context, engines
from django.template.backends.django import DjangoTemplates
from django.template.backends.django import Template as OfDjango
from django.template.base import Node, NodeList, Template, TextNode, VariableNode
from django.template.defaulttags import ForNode, IfNode, LoadNode, WithNode
from django.template.library import SimpleNode
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils import translation
from django.utils.safestring import SafeString

from corpusapp.public.compiled_values import (
    NotCompilableError,
    Scope,
    Text,
    condition_of,
    escaped,
    text_of,
    value_of,
    written,
)

_OURS = "corpusapp/"
_Blocks = Mapping[str, NodeList]
_Part = str | Text


class CompiledTemplates(DjangoTemplates):
    """Django's templates, of which ours are compiled where they are rendered without a request."""

    def get_template(self, template_name: str) -> OfDjango:
        template: Any = super().get_template(template_name)
        return _Compiled(template.template, self) if template_name.startswith(_OURS) else template


class _Compiled(OfDjango):
    def render(self, context: Any = None, request: HttpRequest | None = None) -> SafeString:
        if request is None and not settings.DEBUG:
            whole = compiled(self.template)
            if whole:
                return SafeString(whole(dict(context or {})))
        return SafeString(super().render(context, request))


_known: dict[tuple[int, str | None], tuple[Template, Text | None]] = {}


def compiled(template: Template) -> Text | None:
    """The template in the active language; None for one that only Django can render."""
    key = (id(template), translation.get_language())
    known = _known.get(key)
    if known is None:
        try:
            made: Text | None = _joined(_template(template, {}))
        except NotCompilableError:
            made = None
        known = _known[key] = (template, made)  # the template is kept, so its id stays its own
    return known[1]


def _template(template: Template, blocks: _Blocks) -> list[_Part]:
    """Its parts, with `blocks` of templates that extend it in the place of its own."""
    for node in template.nodelist:
        if isinstance(node, ExtendsNode):
            own = {name: block.nodelist for name, block in node.blocks.items()}
            return _template(_named(node.parent_name), {**own, **blocks})
        if not isinstance(node, TextNode):
            break
    return _parts(template.nodelist, blocks)


def _named(expression: Any) -> Template:
    """The template that another one names."""
    if not isinstance(expression.var, str):
        raise NotCompilableError(expression.token)
    found: Any = engines["django"].get_template(expression.var)
    template: Template = found.template
    return template


def _parts(nodes: Sequence[Node], blocks: _Blocks) -> list[_Part]:
    parts: list[_Part] = []
    for node in nodes:
        for part in _KINDS.get(type(node), _unknown)(node, blocks):
            if isinstance(part, str) and parts and isinstance(parts[-1], str):
                parts[-1] += part
            elif part != "":
                parts.append(part)
    return parts


def _joined(parts: list[_Part]) -> Text:
    if all(isinstance(part, str) for part in parts):
        text = "".join(map(str, parts))
        return lambda _scope: text
    if len(parts) == 1 and not isinstance(parts[0], str):
        return parts[0]
    return lambda scope: "".join([part if type(part) is str else part(scope) for part in parts])  # type: ignore[operator]


def _unknown(node: Node, _blocks: _Blocks) -> list[_Part]:
    raise NotCompilableError(type(node).__name__)


def _text(node: Any, _blocks: _Blocks) -> list[_Part]:
    return [node.s]


def _nothing(_node: Any, _blocks: _Blocks) -> list[_Part]:
    return []


def _variable(node: Any, _blocks: _Blocks) -> list[_Part]:
    return [text_of(node.filter_expression)]


def _block(node: Any, blocks: _Blocks) -> list[_Part]:
    return _parts(blocks.get(node.name, node.nodelist), blocks)


def _translate(node: Any, _blocks: _Blocks) -> list[_Part]:
    """The words in the active language, which is that of everything compiled here."""
    name, node.asvar = node.asvar, None
    try:
        words = node.render(Context())
    finally:
        node.asvar = name
    if node.filter_expression.var.lookups is not None or node.filter_expression.filters:
        raise NotCompilableError(node.filter_expression.token)
    return [_kept_as(name, lambda _scope: words)] if name else [str(words)]


def _kept_as(name: str, value: Callable[[Scope], Any]) -> Text:
    """For a tag with `as`: the value becomes a name, and nothing of the page."""

    def keep(scope: Scope) -> str:
        scope[name] = value(scope)
        return ""

    return keep


def _sentence(node: Any, _blocks: _Blocks) -> list[_Part]:
    """`{% blocktranslate %}`: a sentence of the catalogue with values in it."""
    given = {name: value_of(expression) for name, expression in node.extra_context.items()}
    about = node.message_context.resolve(Context()) if node.message_context else None
    one, names = node.render_token_list(node.singular)
    if node.plural:
        many, more = node.render_token_list(node.plural)
        names = [*names, *more]
        number = given[node.countervar] = value_of(node.counter)

        def words(scope: Scope) -> str:
            count = number(scope)
            return (
                translation.npgettext(about, one, many, count)
                if about
                else translation.ngettext(one, many, count)
            )

    else:
        fixed = translation.pgettext(about, one) if about else translation.gettext(one)
        if not names:
            return [fixed % {}] if not node.asvar else [_kept_as(node.asvar, lambda _s: fixed % {})]

        def words(scope: Scope) -> str:
            del scope
            return fixed

    def sentence(scope: Scope) -> SafeString:
        inner = {**scope, **{name: value(scope) for name, value in given.items()}}
        values = {name: written(inner.get(name, "")) for name in names}
        return SafeString(words(scope) % values)  # the values are escaped

    return [_kept_as(node.asvar, sentence) if node.asvar else sentence]


def _if(node: Any, blocks: _Blocks) -> list[_Part]:
    ways = [
        (condition_of(condition) if condition else None, _joined(_parts(nodes, blocks)))
        for condition, nodes in node.conditions_nodelists
    ]

    if len(ways) == 1:
        (only, then_only) = ways[0]
        if only is not None:
            return [lambda scope: then_only(scope) if only(scope) else ""]

    def chosen(scope: Scope) -> str:
        for condition, then in ways:
            if condition is None or condition(scope):
                return then(scope)
        return ""

    return [chosen]


def _for(node: Any, blocks: _Blocks) -> list[_Part]:
    if node.is_reversed:
        raise NotCompilableError(node.sequence.token)
    sequence = value_of(node.sequence, None)
    each = _joined(_parts(node.nodelist_loop, blocks))
    empty = _joined(_parts(node.nodelist_empty, blocks))
    names = node.loopvars

    def every(scope: Scope) -> str:
        values = list(sequence(scope) or ())
        if not values:
            return empty(scope)
        inner = dict(scope)
        last = len(values)
        said = []
        for number, value in enumerate(values, 1):
            inner["forloop"] = {
                "counter": number,
                "counter0": number - 1,
                "first": number == 1,
                "last": number == last,
            }
            if len(names) == 1:
                inner[names[0]] = value
            else:
                inner.update(zip(names, value, strict=True))
            said.append(each(inner))
        return "".join(said)

    return [every]


def _with(node: Any, blocks: _Blocks) -> list[_Part]:
    given = {name: value_of(expression) for name, expression in node.extra_context.items()}
    within = _joined(_parts(node.nodelist, blocks))
    return [
        lambda scope: within({**scope, **{name: value(scope) for name, value in given.items()}})
    ]


def _include(node: Any, _blocks: _Blocks) -> list[_Part]:
    given = {name: value_of(expression) for name, expression in node.extra_context.items()}
    within = _joined(_template(_named(node.template), {}))
    if node.isolated_context:
        return [lambda scope: within({name: value(scope) for name, value in given.items()})]
    return [
        lambda scope: within({**scope, **{name: value(scope) for name, value in given.items()}})
    ]


def _tag(node: Any, _blocks: _Blocks) -> list[_Part]:
    """A tag of ours: a function of its arguments."""
    if node.takes_context:
        raise NotCompilableError(node.func)
    function = node.func
    arguments = [value_of(expression) for expression in node.args]
    named = {name: value_of(expression) for name, expression in node.kwargs.items()}

    def given(scope: Scope) -> Any:
        return function(
            *[argument(scope) for argument in arguments],
            **{name: value(scope) for name, value in named.items()},
        )

    if node.target_var:
        return [_kept_as(node.target_var, given)]
    return [lambda scope: escaped(given(scope))]


_KINDS: Mapping[type[Node], Callable[[Any, _Blocks], list[_Part]]] = {
    TextNode: _text,
    LoadNode: _nothing,
    VariableNode: _variable,
    BlockNode: _block,
    TranslateNode: _translate,
    BlockTranslateNode: _sentence,
    IfNode: _if,
    ForNode: _for,
    WithNode: _with,
    IncludeNode: _include,
    SimpleNode: _tag,
}
