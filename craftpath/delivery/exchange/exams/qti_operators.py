"""Operators of QTI over values that are there: sums, comparisons, sets and what a figure is by a named function."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element  # noqa: S405  (parsing is defusedxml's)

from craftpath.delivery.exchange.exams.qti_values import Bag, CannotTell, listed, same, typed
from craftpath.delivery.exchange.xml_in import local


def _flat(given: list[Any]) -> list[Any]:
    return [one for value in given for one in listed(value)]


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
    own: dict[str, Callable[[float], float]] = {
        "ln": math.log, "log": math.log10, "toDegrees": math.degrees, "toRadians": math.radians, "abs": abs,
        "signum": lambda x: float((x > 0) - (x < 0)), "sec": lambda x: 1 / math.cos(x),
        "csc": lambda x: 1 / math.sin(x), "cot": lambda x: 1 / math.tan(x),
    }  # fmt: skip
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
        for one in map(str, listed(part)):
            if one not in left:
                return False
            left.remove(one)
        return True
    said, size = listed(part), len(listed(part))
    return any(list(whole[at : at + size]) == said for at in range(len(whole) - size + 1))


PLAIN: Mapping[str, Callable[[list[Any], Element], Any]] = {
    "multiple": lambda given, _: Bag(_flat(given)) or None,
    "ordered": lambda given, _: _flat(given) or None,
    "member": lambda given, _: any(same(given[0], one) for one in listed(given[1])),
    "contains": _contains,
    "delete": lambda given, _: type(given[1])(one for one in given[1] if not same(one, given[0])) or None,
    "containerSize": lambda given, _: len(listed(given[0])),
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
