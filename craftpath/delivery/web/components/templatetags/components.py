"""`{% component "name" … %}…{% endcomponent %}` and `{% put "name" … %}`: the only ways to use a component.

The component's file is compiled together with the page that uses it, so an unknown component, an unknown prop, a
missing one or a literal outside the declared words stops the page before it is ever shown. A component sees its
props and nothing else of the page (only the CSRF token and the request travel along, for forms and addresses).
"""

from __future__ import annotations

from contextvars import ContextVar
from copy import copy
from functools import lru_cache
from typing import Any

from django.http import QueryDict
from django.template import Context, Engine, Library, TemplateDoesNotExist, TemplateSyntaxError
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    Parser,
    Template,
    Token,
    Variable,
    token_kwargs,
)
from django.template.loader_tags import BlockNode
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from craftpath.delivery.web.components import shapes
from craftpath.delivery.web.components.keeping import SHOWN, kept_key, takes_part
from craftpath.delivery.web.components.signature import Signature, declared

register = Library()
register.filter("colour", shapes.colour)
register.filter("segments", shapes.segments)
register.filter("arcs", shapes.arcs)
register.filter("initials", shapes.initials)
register.filter("choices", shapes.choices)
register.filter("figure", shapes.figure)

# Components that are being compiled right now, outermost first: one that contains itself would never end.
_compiling: ContextVar[tuple[str, ...]] = ContextVar("_compiling", default=())
_PASSED_ON = ("csrf_token", "request")


class PropsNode(Node):
    """The declaration. It prints nothing; `ComponentNode` reads it."""

    def __init__(self, signature: Signature) -> None:
        self.signature = signature

    def render(self, context: Context) -> str:
        return ""


class ComponentNode(Node):
    """One use of a component."""

    child_nodelists = ("nodelist",)

    def __init__(
        self,
        name: str,
        template: Template,
        signature: Signature,
        given: dict[str, FilterExpression],
        nodelist: NodeList | None,
    ) -> None:
        self.name = name
        self.template = template
        self.signature = signature
        self.given = given
        self.nodelist = nodelist if nodelist is not None else NodeList()
        self.has_body = nodelist is not None
        # Worked out once, when the page is compiled, and not for every showing.
        self.defaults = {prop.name: prop.default for prop in signature.props.values()}
        self.known = [(prop, given[prop.name]) for prop in signature.props.values() if prop.name in given]
        self.further = [(key, value) for key, value in given.items() if key not in signature.props]
        self.keeps = not self.has_body and depends_on_props_only(template.nodelist)

    def render(self, context: Context) -> str:
        values: dict[str, Any] = dict(self.defaults)
        for prop, expression in self.known:
            values[prop.name] = prop.checked(expression.resolve(context), self.name)
        if self.signature.takes_attributes:
            values["attrs"] = printed({name: value.resolve(context) for name, value in self.further})
        return self.shown(context, values)

    def shown(self, context: Context, values: dict[str, Any]) -> str:
        """The component with these props, checked already; what is kept is shown again."""
        if not self.keeps:
            return self._shown(context, values)
        key = kept_key(self.template, values)
        if key is None:
            return self._shown(context, values)
        found = SHOWN.get(key)
        if found is None:
            found = self._shown(context, values)
            SHOWN.keep(key, found)
        return found

    def _shown(self, context: Context, values: dict[str, Any]) -> str:
        if self.has_body:
            with context.push():
                values["body"] = mark_safe(self.nodelist.render(context).strip())  # noqa: S308 - rendered above
        for name in _PASSED_ON:
            if name in context:
                values[name] = context[name]
        inside = context.new(values)
        with inside.render_context.push_state(self.template):
            # Not `template.render`, which would ask once more for what is known here.
            return self.template.nodelist.render(inside).strip()


@lru_cache(maxsize=64)
def _alone(name: str, template: Template) -> ComponentNode:
    return ComponentNode(name, template, _signature_of(name, template), {}, None)


def piece(name: str, **given: Any) -> SafeString:
    """A component without a body, for rows that are written without a template; checked as in a page."""
    node = _alone(name, Engine.get_default().get_template(f"components/{name}.html"))
    node.signature.check_names(name, given, with_body=False)
    props = {key: node.signature.props[key].checked(value, name) for key, value in given.items()}
    return mark_safe(node.shown(Context(), node.defaults | props))  # noqa: S308 - a template that escapes


def depends_on_props_only(nodelist: NodeList) -> bool:
    """Whether the same props always give the same HTML, so that it may be kept: see `keeping.py`."""
    return all(
        (node.keeps if isinstance(node, ComponentNode) else isinstance(node, PropsNode) or takes_part(node))
        and all(
            depends_on_props_only(getattr(node, name, None) or NodeList()) for name in node.child_nodelists
        )
        and all(depends_on_props_only(part) for _, part in getattr(node, "conditions_nodelists", ()))
        for node in nodelist
    )


def printed(attributes: dict[str, Any]) -> str:
    """HTML attributes with a leading space each; True prints the bare name, None, False and "" print nothing."""
    shown = {
        name.replace("_", "-"): value for name, value in attributes.items() if value not in (None, False, "")
    }
    bare = format_html_join("", " {}", ((name,) for name, value in shown.items() if value is True))
    full = format_html_join("", ' {}="{}"', ((n, v) for n, v in shown.items() if v is not True))
    return bare + full


class AgainNode(Node):
    """Shows a block of the page a second time: the title of the window is the title on the page too."""

    def __init__(self, name: str) -> None:
        # Kept out of `child_nodelists`, or this empty block would replace the real one of the same name.
        self.block = BlockNode(name, NodeList())

    def render(self, context: Context) -> str:
        return self.block.render(context)


@register.tag("again")
def again(parser: Parser, token: Token) -> AgainNode:
    """`{% again title %}`: what `{% block title %}` says, once more."""
    return AgainNode(token.split_contents()[1])


@register.simple_tag(takes_context=True)
def address(context: Context, name: str, value: object, drop: str = "") -> str:
    """The present address with one parameter set and, where named, another dropped; the rest stays."""
    request = context.get("request")
    query = copy(request.GET) if request is not None else QueryDict(mutable=True)  # a copy may be changed
    query.pop(drop, None)
    query[name] = str(value)
    return "?" + query.urlencode()


def load(name: str) -> tuple[Template, Signature]:
    """Compile `components/<name>.html` and give it with its declaration."""
    chain = _compiling.get()
    if name in chain:
        raise TemplateSyntaxError(f"component {' > '.join((*chain, name))} contains itself")
    mark = _compiling.set((*chain, name))
    try:
        template = Engine.get_default().get_template(f"components/{name}.html")
    except TemplateDoesNotExist as missing:
        raise TemplateSyntaxError(f"there is no component {name!r}") from missing
    finally:
        _compiling.reset(mark)
    return template, _signature_of(name, template)


def _signature_of(name: str, template: Template) -> Signature:
    for node in template.nodelist:
        if isinstance(node, PropsNode):
            return node.signature
    raise TemplateSyntaxError(f"components/{name}.html does not begin with its props")


@register.tag("props")
def props(parser: Parser, token: Token) -> PropsNode:
    """Declare what a component takes; see `signature.py` for the grammar."""
    return PropsNode(declared(parser, token.split_contents()[1:]))


@register.tag("put")
def put(parser: Parser, token: Token) -> ComponentNode:
    """Use a component that has no block."""
    return _use(parser, token, with_body=False)


@register.tag("component")
def component(parser: Parser, token: Token) -> ComponentNode:
    """Use a component around a block."""
    return _use(parser, token, with_body=True)


def _use(parser: Parser, token: Token, *, with_body: bool) -> ComponentNode:
    tag, *bits = token.split_contents()
    if not bits or bits[0][0] not in "\"'" or bits[0][0] != bits[0][-1]:
        raise TemplateSyntaxError(f"{tag}: write the component's name in quotes first")
    name = bits.pop(0)[1:-1]
    names = [bit.partition("=")[0] for bit in bits]
    given: dict[str, FilterExpression] = token_kwargs(bits, parser)
    if bits or len(given) != len(names):
        raise TemplateSyntaxError(
            f"{name}: write each prop once, as prop=value; not {' '.join(bits or names)}"
        )
    nodelist = None
    if with_body:
        nodelist = parser.parse(("endcomponent",))
        parser.delete_first_token()
    template, signature = load(name)
    signature.check_names(name, given, with_body=with_body)
    for prop_name, expression in given.items():
        prop = signature.props.get(prop_name)
        if prop is not None and not isinstance(expression.var, Variable) and not expression.filters:
            prop.checked(expression.var, name)
    return ComponentNode(name, template, signature, given, nodelist)
