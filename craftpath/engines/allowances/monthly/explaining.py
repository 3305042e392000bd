"""The arithmetic of one line, step by step, as exact fractions: codes and values, never sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from craftpath.engines.allowances.monthly.answers import Line, Part
from craftpath.engines.allowances.monthly.types import Basis, Cap


@dataclass(frozen=True, slots=True)
class Step:
    """One factor with its reason: `code`, and the value that it comes from where there is one.

    Codes: amount, days (of the month), hours, share, apprentices, over_capacity, result, undecided, minimum.
    """

    code: str
    factor: Fraction
    value: int | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """One part of a line: its steps, whose product is `exact` minor units."""

    part: Part
    steps: tuple[Step, ...]
    exact: Fraction


@dataclass(frozen=True, slots=True)
class Explanation:
    """`exact` is the sum of the products; `rounded` is at most one unit from it; caps lead from there to `amount`.

    Where one rule pays several for one apprentice, their sum is rounded half up and its units go by largest remainder.
    """

    products: tuple[Product, ...]
    exact: Fraction
    rounded: int
    caps: tuple[tuple[Cap, int], ...]
    amount: int


def explain(line: Line) -> Explanation:
    """What made the amount of a line, worked out anew from what the line says."""
    products = []
    for part in line.parts:
        steps, exact = tuple(_steps(line, part)), Fraction(1)
        for step in steps:
            exact *= step.factor
        products.append(Product(part, steps, exact))
    total = sum((product.exact for product in products), Fraction(0))
    caps = tuple((cut.cap, cut.after - cut.before) for cut in line.cuts)
    return Explanation(tuple(products), total, line.rounded, caps, line.amount)


def _steps(line: Line, part: Part) -> Iterator[Step]:
    rule = line.rule
    yield Step("amount", Fraction(rule.amount), rule.amount)
    if rule.basis is Basis.PAIR_MONTH:
        yield Step("days", Fraction(part.days, line.month_days), part.days)
    else:
        yield Step("hours", Fraction(part.minutes, 60), part.minutes)
    yield Step("share", part.share)
    if rule.ratio or rule.over_capacity is not None:
        yield Step("over_capacity" if part.over_capacity else "apprentices", part.ratio, part.apprentices)
    if rule.results:
        yield Step("undecided" if part.found is None else "result", part.result, part.found)
    if rule.least_minutes or rule.least_weeks:
        yield Step("minimum", Fraction(int(part.reached)))
