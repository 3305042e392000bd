"""What an expression of QTI comes to: the values of its processing, read by the specification's own rules.

A value is None, one scalar, a list (ordered) or a `Bag` (multiple, where the order says nothing). Nothing of a file is
run: expressions are a closed list, and what is not on it raises `CannotTell`. Regular expressions of a file are on no
list, since a bad one can be made to last for ever.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from random import Random
from typing import Any
from xml.etree.ElementTree import Element  # noqa: S405  (parsing is defusedxml's)

from craftpath.delivery.exchange.xml_in import local

_LARGEST = 10**15
_MOST = 1_000


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
        return sorted(map(str, _listed(one))) == sorted(map(str, _listed(other)))
    if isinstance(one, int | float) and isinstance(other, int | float):
        return float(one) == float(other)
    return bool(one == other)


def _listed(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, list) else [value]


class Values:
    """Variables by name, and the value of every expression over them."""

    def __init__(self, declarations: Mapping[str, Element], seed: str) -> None:
        self.declarations = declarations
        self.held: dict[str, Any] = {}
        self.correct: dict[str, Any] = {}
        self.random = Random(seed)  # noqa: S311  (figures of an exercise, the same each time)

    def of(self, element: Element) -> Any:
        """The value of one expression."""
        name = local(element)
        special = _SPECIAL.get(name)
        if special is not None:
            return special(self, element)
        plain = _PLAIN.get(name)
        if plain is None:
            raise CannotTell(name)
        given = [self.of(one) for one in element if local(one)]
        if any(value is None for value in given) and name not in ("multiple", "ordered", "or", "and"):
            return None
        try:
            return _bounded(plain(given, element))
        except (TypeError, ValueError, ZeroDivisionError, OverflowError, IndexError):
            return None

    def truth(self, element: Element) -> bool:
        """Whether a condition holds; what has no value does not."""
        return self.of(element) is True

    # ---- Expressions that look at the variables -------------------------------------------------------

    def variable(self, element: Element) -> Any:
        """What a variable holds."""
        return self.held.get(element.get("identifier", ""))

    def right(self, element: Element) -> Any:
        """What is declared right."""
        return self.correct.get(element.get("identifier", ""))

    def default(self, element: Element) -> Any:
        """What a variable begins with."""
        declaration = self.declarations.get(element.get("identifier", ""))
        return (
            None if declaration is None else held(declaration, declared_values(declaration, "defaultValue"))
        )

    def figure(self, text: str) -> float:
        """An attribute that is a figure, or the name of a variable."""
        value = self.held.get(text.strip("{} "), text)
        try:
            return float(_listed(value)[0])
        except (ValueError, IndexError, TypeError):
            raise CannotTell(text[:20]) from None

    def mapped(self, element: Element) -> Any:
        """What the answers given are worth by the mapping of their declaration."""
        name = element.get("identifier", "")
        declaration = self.declarations.get(name)
        mapping = _part_of(declaration, "mapping")
        if mapping is None or declaration is None:
            return 0.0
        base = declaration.get("baseType", "string")
        rows = {
            entry.get("mapKey", ""): (float(entry.get("mappedValue", "0") or 0), entry) for entry in mapping
        }
        total = 0.0
        for value in dict.fromkeys(_listed(self.held.get(name))):
            found = next(
                (worth for key, (worth, entry) in rows.items() if _is_key(value, key, base, entry)), None
            )
            total += float(mapping.get("defaultValue", "0") or 0) if found is None else found
        return _clipped(total, mapping)

    def mapped_points(self, element: Element) -> Any:
        """What the points given are worth by the areas of their declaration; each area counts once."""
        name = element.get("identifier", "")
        declaration = self.declarations.get(name)
        areas = _part_of(declaration, "areaMapping")
        if areas is None:
            return 0.0
        total, left = 0.0, list(areas)
        for point in _listed(self.held.get(name)):
            hit = next((area for area in left if within(area, str(point))), None)
            if hit is None:
                if not any(within(area, str(point)) for area in areas):
                    total += float(areas.get("defaultValue", "0") or 0)
                continue
            left.remove(hit)
            total += float(hit.get("mappedValue", "0") or 0)
        return _clipped(total, areas)

    def equal(self, element: Element) -> Any:
        """Two figures, exactly or up to a tolerance."""
        one, other = (self.of(child) for child in element if local(child))
        if one is None or other is None:
            return None
        try:
            one, other = float(one), float(other)
        except (TypeError, ValueError):
            return None
        mode = element.get("toleranceMode", "exact")
        if mode == "exact":
            return one == other
        parts = [self.figure(text) for text in (element.get("tolerance") or "0").split()] or [0.0]
        low, high = parts[0], parts[-1]
        if mode == "relative":
            low, high = abs(one) * low / 100, abs(one) * high / 100
        slack = 1e-9 * max(1.0, abs(one))
        return one - low - slack <= other <= one + high + slack

    def drawn(self, element: Element) -> Any:
        """A figure at random, within its bounds and by its step."""
        least, most = self.figure(element.get("min", "0")), self.figure(element.get("max", "0"))
        if most < least or most - least > _LARGEST:
            return None
        if local(element) == "randomFloat":
            return round(self.random.uniform(least, most), 4)
        step = max(int(self.figure(element.get("step", "1"))), 1)
        return int(least) + step * self.random.randint(0, int(most - least) // step)

    def one_of(self, element: Element) -> Any:
        """One of several at random."""
        values = [one for child in element if local(child) for one in _listed(self.of(child))]
        return self.random.choice(values) if values else None

    def repeated(self, element: Element) -> Any:
        """The same expressions several times."""
        times = min(int(self.figure(element.get("numberRepeats", "1"))), _MOST)
        return [self.of(child) for _ in range(times) for child in element if local(child)] or None

    def nothing(self, element: Element) -> bool:
        """Whether something has no value."""
        value = next((self.of(child) for child in element if local(child)), None)
        return value is None or value in ("", [])

    def compared(self, element: Element) -> Any:
        """Whether two values are the same."""
        one, other = (self.of(child) for child in element if local(child))
        return None if one is None or other is None else same(one, other)

    def indexed(self, element: Element) -> Any:
        """One of an ordered list, counted from 1."""
        values = _listed(next((self.of(child) for child in element if local(child)), None))
        place = int(self.figure(element.get("n", "1")))
        return values[place - 1] if 0 < place <= len(values) else None

    def any_of(self, element: Element) -> Any:
        """Whether so many of several conditions hold."""
        count = sum(self.truth(child) for child in element if local(child))
        return self.figure(element.get("min", "0")) <= count <= self.figure(element.get("max", "0"))

    def inside(self, element: Element) -> Any:
        """Whether a point lies in a shape."""
        points = [one for child in element if local(child) for one in _listed(self.of(child))]
        return any(within(element, str(point)) for point in points) if points else None

    def rounded(self, element: Element) -> Any:
        """A figure to some places; two figures that are the same to them."""
        given = [self.of(child) for child in element if local(child)]
        if any(value is None for value in given):
            return None
        places = int(self.figure(element.get("figures", "0")))
        if not 0 <= places <= 15:
            return None
        significant = element.get("roundingMode", "significantFigures") == "significantFigures"
        said = [_to_places(float(value), places, significant) for value in given]
        return said[0] if local(element) == "roundTo" else same(said[0], said[-1])


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


def _part_of(declaration: Element | None, name: str) -> Element | None:
    if declaration is None:
        return None
    return next((one for one in declaration if local(one) == name), None)


def _is_key(value: Any, key: str, base: str, entry: Element) -> bool:
    if base == "string" and entry.get("caseSensitive", "true") == "false":
        return str(value).casefold() == key.casefold()
    return same(value, typed(key, base))


def _clipped(total: float, mapping: Element) -> float:
    least, most = mapping.get("lowerBound"), mapping.get("upperBound")
    total = max(total, float(least)) if least else total
    return min(total, float(most)) if most else total


def _bounded(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > _LARGEST:
        return float(value)
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _to_places(value: float, places: int, significant: bool) -> float:
    if significant and value:
        places = places - 1 - math.floor(math.log10(abs(value)))
    return math.floor(value * 10**places + 0.5) / 10**places


def _flat(given: list[Any]) -> list[Any]:
    return [one for value in given for one in _listed(value)]


def _power(given: list[Any], _element: Element) -> float:
    return float(math.pow(float(given[0]), float(given[1])))


def _string_match(given: list[Any], element: Element) -> bool:
    one, other = (str(value) for value in given)
    if element.get("caseSensitive", "true") == "false":
        one, other = one.casefold(), other.casefold()
    return (
        one in other if local(element) == "substring" or element.get("substring") == "true" else one == other
    )


def _logic(given: list[Any], element: Element) -> Any:
    every = local(element) == "and"
    said = [value is True for value in given]
    return all(said) if every else any(said)


def _math(given: list[Any], element: Element) -> float:
    name, values = element.get("name", ""), [float(one) for one in given]
    if name in ("atan2",):
        return math.atan2(*values)
    own = {"ln": math.log, "log": math.log10, "toDegrees": math.degrees, "toRadians": math.radians,
           "signum": lambda x: float((x > 0) - (x < 0)), "abs": abs, "sec": lambda x: 1 / math.cos(x),
           "csc": lambda x: 1 / math.sin(x), "cot": lambda x: 1 / math.tan(x)}  # fmt: skip
    plain = ("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "exp", "floor", "ceil")
    make = own.get(name) or (getattr(math, name) if name in plain else None)
    if make is None:
        raise CannotTell(f"mathOperator {name[:20]}")
    return float(make(values[0]))


def _statistics(given: list[Any], element: Element) -> float:
    values, name = [float(one) for one in _flat(given)], element.get("name", "")
    mean = sum(values) / len(values)
    squares = sum((one - mean) ** 2 for one in values)
    found = {"mean": mean, "popVariance": squares / len(values), "popSD": math.sqrt(squares / len(values))}
    if name in ("sampleVariance", "sampleSD"):
        spread = squares / (len(values) - 1)
        return spread if name == "sampleVariance" else math.sqrt(spread)
    if name not in found:
        raise CannotTell(f"statsOperator {name[:20]}")
    return found[name]


def _contains(given: list[Any], _element: Element) -> bool:
    whole, part = given
    if isinstance(whole, Bag) or isinstance(part, Bag):
        left = list(map(str, whole))
        for one in map(str, _listed(part)):
            if one not in left:
                return False
            left.remove(one)
        return True
    said, size = _listed(part), len(_listed(part))
    return any(list(whole[at : at + size]) == said for at in range(len(whole) - size + 1))


_PLAIN: Mapping[str, Callable[[list[Any], Element], Any]] = {
    "multiple": lambda given, _: Bag(_flat(given)) or None,
    "ordered": lambda given, _: _flat(given) or None,
    "member": lambda given, _: any(same(given[0], one) for one in _listed(given[1])),
    "contains": _contains,
    "delete": lambda given, _: type(given[1])(one for one in given[1] if not same(one, given[0])) or None,
    "containerSize": lambda given, _: len(_listed(given[0])),
    "sum": lambda given, _: sum(_flat(given)),
    "product": lambda given, _: math.prod(_flat(given)),
    "subtract": lambda given, _: given[0] - given[1],
    "divide": lambda given, _: given[0] / given[1],
    "power": _power,
    "integerDivide": lambda given, _: math.floor(given[0] / given[1]),
    "integerModulus": lambda given, _: given[0] % given[1],
    "truncate": lambda given, _: math.trunc(given[0]),
    "round": lambda given, _: math.floor(given[0] + 0.5),
    "integerToFloat": lambda given, _: float(given[0]),
    "min": lambda given, _: min(_flat(given)),
    "max": lambda given, _: max(_flat(given)),
    "gcd": lambda given, _: math.gcd(*(int(one) for one in _flat(given))),
    "lcm": lambda given, _: math.lcm(*(int(one) for one in _flat(given))),
    "stringMatch": _string_match,
    "substring": _string_match,
    "not": lambda given, _: given[0] is not True,
    "and": _logic,
    "or": _logic,
    "gt": lambda given, _: given[0] > given[1],
    "gte": lambda given, _: given[0] >= given[1],
    "lt": lambda given, _: given[0] < given[1],
    "lte": lambda given, _: given[0] <= given[1],
    "durationLT": lambda given, _: given[0] < given[1],
    "durationGTE": lambda given, _: given[0] >= given[1],
    "mathOperator": _math,
    "statsOperator": _statistics,
    "mathConstant": lambda _, element: {"pi": math.pi, "e": math.e}.get(element.get("name", "")),
    "baseValue": lambda _, element: typed(element.text or "", element.get("baseType", "string")),
    "null": lambda _given, _element: None,
}
_SPECIAL: Mapping[str, Callable[[Values, Element], Any]] = {
    "variable": Values.variable,
    "correct": Values.right,
    "default": Values.default,
    "mapResponse": Values.mapped,
    "mapResponsePoint": Values.mapped_points,
    "equal": Values.equal,
    "randomInteger": Values.drawn,
    "randomFloat": Values.drawn,
    "random": Values.one_of,
    "repeat": Values.repeated,
    "isNull": Values.nothing,
    "match": Values.compared,
    "index": Values.indexed,
    "anyN": Values.any_of,
    "inside": Values.inside,
    "roundTo": Values.rounded,
    "equalRounded": Values.rounded,
}
