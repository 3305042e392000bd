"""What a component showed is kept and shown again for the same props: an icon is drawn once, not for every page.

Only where nothing else can take part. A component qualifies if it consists of text, its own variables, `if`,
`translate`, `static` and components that qualify too, without a filter that looks at the clock or the time zone;
whoever is not on these lists is shown anew every time. The language is a part of the key, and so is the type of each
value, as 1, True and "1", or a safe and an unsafe text, print differently. Bodies are never kept.
"""

from __future__ import annotations

from collections import OrderedDict
from decimal import Decimal
from threading import Lock
from typing import Any

from django.template.base import Node, Template, TextNode, Variable, VariableNode
from django.template.defaulttags import CommentNode, IfNode, LoadNode, TemplateLiteral
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 4_000  # kept pieces; the one that was not shown for longest goes first
LONGEST = 4_000  # characters of a piece
PLAIN = frozenset({str, SafeString, int, bool, type(None), Decimal})
FILTERS = frozenset({"initials", "figure", "points", "default", "upper", "lower", "colour"})
ELSEWHERE = frozenset({"request", "csrf_token", "user", "perms", "messages", "shell"})


def takes_part(node: Node) -> bool:
    """Whether a node prints the same for the same props."""
    if isinstance(node, VariableNode):
        return _same_again(node.filter_expression)
    if isinstance(node, IfNode):
        return all(condition is None or _condition(condition) for condition, _ in node.conditions_nodelists)
    if isinstance(node, TranslateNode):
        return _same_again(node.filter_expression) and (
            node.message_context is None or _same_again(node.message_context)
        )
    return isinstance(node, TextNode | StaticNode | CommentNode | LoadNode)


def _condition(operator: Any) -> bool:
    if isinstance(operator, TemplateLiteral):
        return _same_again(operator.value)
    return all(_condition(part) for part in (operator.first, operator.second) if part is not None)


def _same_again(expression: Any) -> bool:  # a FilterExpression, whose stubs lack `is_var`
    if expression.is_var and str(expression.var).partition(".")[0] in ELSEWHERE:
        return False
    for function, arguments in expression.filters:
        name = getattr(function, "_filter_name", getattr(function, "__name__", ""))
        if name not in FILTERS:
            return False
        for is_variable, argument in arguments:
            if (
                is_variable
                and isinstance(argument, Variable)
                and str(argument).partition(".")[0] in ELSEWHERE
            ):
                return False
    return True


def kept_key(template: Template, values: dict[str, Any]) -> Any:
    """What the piece is kept under; None where a value is not plain, and so might change behind our back."""
    parts: list[Any] = []
    for value in values.values():
        kind = type(value)
        if kind not in PLAIN:
            return None
        parts.append(kind)
        parts.append(str(value) if kind is Decimal else value)  # 1.0 equals 1.00 and prints another way
    return (template, get_language(), *parts)


class Shown:
    """The kept pieces of this process."""

    def __init__(self) -> None:
        self._pieces: OrderedDict[Any, str] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Any) -> str | None:
        """A piece, if it is still there."""
        found = self._pieces.get(key)
        if found is not None:
            with self._lock:
                if key in self._pieces:
                    self._pieces.move_to_end(key)
        return found

    def keep(self, key: Any, piece: str) -> None:
        """Keep a piece; the oldest makes room."""
        if len(piece) > LONGEST:
            return
        with self._lock:
            self._pieces[key] = piece
            if len(self._pieces) > MOST:
                self._pieces.popitem(last=False)

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._pieces.clear()


SHOWN = Shown()
