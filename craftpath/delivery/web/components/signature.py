"""What a component may be given: the props that its `{% props … %}` line declares.

{% props label hint="" size=20 tone="plain|good|wrong" kind:"ring|bar" body="" attrs %}

label            required
hint="" size=20  optional, with its default (a literal)
tone="a|b|c"     one of these words; the first is the default
kind:"a|b"       one of these words; required
body             the block between the tags: `body` required, `body=""` optional, absent: no block allowed
attrs            takes the attributes of ATTRIBUTES too (hx_post="…"), printed by {{ attrs }}
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.template import Context, TemplateSyntaxError
from django.template.base import Parser

# The only attributes that travel through `attrs`; a closed list, so that a slip of the pen still fails.
ATTRIBUTES = frozenset(
    {
        *(
            "hx_get",
            "hx_post",
            "hx_target",
            "hx_swap",
            "hx_select",
            "hx_trigger",
            "hx_include",
            "hx_indicator",
        ),
        *("hx_push_url", "hx_confirm", "hx_vals", "hx_disabled_elt", "aria_label", "aria_describedby"),
        *("aria_controls", "aria_expanded", "aria_pressed", "autofocus", "id", "title", "download", "target"),
    }
)

_BIT = re.compile(r"^(?P<name>[a-z_]+)(?:(?P<sign>[=:])(?P<value>.+))?$")


@dataclass(frozen=True, slots=True)
class Prop:
    """One thing that a component may be told. `choices` is empty when any value is welcome."""

    name: str
    required: bool
    default: Any = None
    choices: tuple[str, ...] = ()

    def checked(self, value: Any, component: str) -> Any:
        """Give the value, or the default where the page has none (None, or "" for a choice); refuse a stray word."""
        if value is None:
            return self.default
        if not self.choices:
            return value
        if value == "" and not self.required:
            return self.default
        if str(value) not in self.choices:
            allowed = ", ".join(self.choices)
            raise TemplateSyntaxError(f"{component}: {self.name} is {value!r}; allowed are {allowed}")
        return str(value)


@dataclass(frozen=True, slots=True)
class Signature:
    """All props of one component, in the order of their declaration."""

    props: Mapping[str, Prop] = field(default_factory=dict)
    takes_attributes: bool = False

    def check_names(self, component: str, given: Iterable[str], *, with_body: bool) -> None:
        """Refuse unknown and missing props, and a block that the component cannot show or cannot do without."""
        names = {*given, *({"body"} if with_body else ())}
        if with_body and "body" not in self.props:
            raise TemplateSyntaxError(f"{component} takes no block; write {{% put {component!r} … %}}")
        known = set(self.props) | (ATTRIBUTES if self.takes_attributes else frozenset())
        if unknown := sorted(names - known):
            raise TemplateSyntaxError(
                f"{component} has no {', '.join(unknown)}; it knows {', '.join(self.props) or 'no props'}"
            )
        if missing := sorted(p.name for p in self.props.values() if p.required and p.name not in names):
            raise TemplateSyntaxError(f"{component} needs {', '.join(missing)}")


def declared(parser: Parser, bits: Iterable[str]) -> Signature:
    """Read the words of a `{% props %}` line."""
    props: dict[str, Prop] = {}
    takes_attributes = False
    for bit in bits:
        found = _BIT.match(bit)
        if found is None or found["name"] in props:
            raise TemplateSyntaxError(f"props: {bit!r} is not a declaration, or stands twice")
        if bit == "attrs":
            takes_attributes = True
            continue
        props[found["name"]] = _prop(parser, found["name"], found["sign"], found["value"])
    return Signature(props, takes_attributes)


def _prop(parser: Parser, name: str, sign: str | None, value: str | None) -> Prop:
    if sign is None or value is None:
        return Prop(name, required=True)
    literal = parser.compile_filter(value).resolve(Context())
    choices = tuple(literal.split("|")) if isinstance(literal, str) and "|" in literal else ()
    if sign == ":":
        if not choices:
            raise TemplateSyntaxError(f'props: {name}: needs its words, as in {name}:"one|two"')
        return Prop(name, required=True, choices=choices)
    return Prop(name, required=False, default=choices[0] if choices else literal, choices=choices)
