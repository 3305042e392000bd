"""Values of QTI: None, one scalar, a list (ordered), or a `Bag` (multiple, where the order says nothing)."""

from __future__ import annotations

import math
from typing import Any
from xml.etree.ElementTree import Element  # noqa: S405  (parsing is defusedxml's)

from craftpath.delivery.exchange.xml_in import local


class CannotTell(Exception):  # noqa: N818  (an answer, not a fault)
    """Something in a processing that is not followed here."""


STUMBLES = (CannotTell, RecursionError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError)
"""Whatever an expression raises that was bent on purpose; what it would have come to is not known then."""


class Bag(list[Any]):
    """Several values in no order."""


def typed(text: str, base: str) -> Any:
    """A text of a file as a value of its base type; None if it is none."""
    text = text.strip()
    try:
        if base == "integer":
            return int(float(text))
        if base in ("float", "duration"):
            figure = float(text)
            return figure if math.isfinite(figure) else None
    except (ValueError, OverflowError):
        return None
    if base == "boolean":
        return text in ("true", "1")
    return " ".join(sorted(text.split())) if base == "pair" else text


def declared_values(element: Element, name: str) -> list[str]:
    """The texts in the `correctResponse` or `defaultValue` of a declaration."""
    return [
        (value.text or "").strip()
        for values in element
        if local(values) == name
        for value in values
        if (value.text or "").strip()
    ]


def held(declaration: Element, texts: list[str]) -> Any:
    """Texts as the value that a declaration asks for."""
    base, cardinality = declaration.get("baseType", "string"), declaration.get("cardinality", "single")
    values = [value for text in texts if (value := typed(text, base)) is not None]
    if not values:
        return None
    if cardinality == "single":
        return values[0]
    return values if cardinality == "ordered" else Bag(values)


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same; those of a bag in any order."""
    if isinstance(one, Bag) or isinstance(other, Bag):
        return sorted(map(str, listed(one))) == sorted(map(str, listed(other)))
    if isinstance(one, int | float) and isinstance(other, int | float):
        return float(one) == float(other)
    return bool(one == other)


def listed(value: Any) -> list[Any]:
    """All values that there are, as a list."""
    return [] if value is None else list(value) if isinstance(value, list) else [value]


def within(area: Element, point: str) -> bool:
    """Whether a point such as `102 113` lies in the shape of an element."""
    try:
        x, y = (float(part) for part in point.split())
        at = [float(part) for part in area.get("coords", "").replace("%", "").split(",")]
    except ValueError:
        return area.get("shape") == "default"
    shape = area.get("shape", "")
    if shape == "circle" and len(at) == 3:
        return (x - at[0]) ** 2 + (y - at[1]) ** 2 <= at[2] ** 2
    if shape == "rect" and len(at) == 4:
        return at[0] <= x <= at[2] and at[1] <= y <= at[3]
    if shape == "ellipse" and len(at) == 4 and at[2] and at[3]:
        return ((x - at[0]) / at[2]) ** 2 + ((y - at[1]) / at[3]) ** 2 <= 1
    if shape == "poly" and len(at) >= 6:
        corners = list(zip(at[::2], at[1::2], strict=False))
        odd = False
        for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                odd = not odd
        return odd
    return shape == "default"
