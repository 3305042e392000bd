"""What an expression of QTI comes to, read by the specification's own rules.

Nothing of a file is run: expressions are a closed list, and what is not on it raises `CannotTell`. Regular expressions
of a file are on no list, since a bad one can be made to last for ever.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from random import Random
from typing import Any
from xml.etree.ElementTree import Element  # noqa: S405  (parsing is defusedxml's)

from craftpath.delivery.exchange.exams.qti_operators import PLAIN
from craftpath.delivery.exchange.exams.qti_values import (
    CannotTell,
    declared_values,
    held,
    listed,
    same,
    typed,
    within,
)
from craftpath.delivery.exchange.xml_in import local

_LARGEST = 10**15
_MOST = 1_000


class Values:
    """Variables by name, and the value of every expression over them."""

    def __init__(self, declarations: Mapping[str, Element], seed: str, left: list[int]) -> None:
        self.declarations, self.left = declarations, left
        self.held: dict[str, Any] = {}
        self.correct: dict[str, Any] = {}
        self.random = Random(seed)  # noqa: S311  (figures of an exercise, the same each time)

    def of(self, element: Element) -> Any:
        """The value of one expression; so many are followed for one item, and no more."""
        self.left[0] -= 1
        if self.left[0] < 0:
            raise CannotTell("too long")
        name = local(element)
        special = _SPECIAL.get(name)
        if special is not None:
            return special(self, element)
        plain = PLAIN.get(name)
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
            return float(listed(value)[0])
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
        for value in dict.fromkeys(listed(self.held.get(name))):
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
        for point in listed(self.held.get(name)):
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
        values = [one for child in element if local(child) for one in listed(self.of(child))]
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
        values = listed(next((self.of(child) for child in element if local(child)), None))
        place = int(self.figure(element.get("n", "1")))
        return values[place - 1] if 0 < place <= len(values) else None

    def any_of(self, element: Element) -> Any:
        """Whether so many of several conditions hold."""
        count = sum(self.truth(child) for child in element if local(child))
        return self.figure(element.get("min", "0")) <= count <= self.figure(element.get("max", "0"))

    def inside(self, element: Element) -> Any:
        """Whether a point lies in a shape."""
        points = [one for child in element if local(child) for one in listed(self.of(child))]
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
