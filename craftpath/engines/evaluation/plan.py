"""A scheme as flat integer tables: everything that the arithmetic of a row needs, worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import gcd, lcm, prod
from typing import NamedTuple

from craftpath.engines.evaluation.kernel import SLOTS
from craftpath.engines.evaluation.scheme import Scheme
from craftpath.engines.evaluation.types import HUNDRED, Component, Missing, Mode, Rule, RuleKind, Status

INT64_MAX = 2**63 - 1
NOT_IN_RULE = -1


class Role(StrEnum):
    """What an item does in its component."""

    COUNTED = "counted"
    ZERO = "zero"
    DROPPED = "dropped"
    LEFT = "left"
    OPEN = "open"


ROLE = {
    Status.SCORED: Role.COUNTED,
    Status.ABSENT: Role.ZERO,
    Status.DEFERRED: Role.OPEN,
    Status.EXEMPT: Role.LEFT,
}
RATED = (Role.COUNTED, Role.ZERO)
MISSING_ROLE = {Missing.INCOMPLETE: Role.OPEN, Missing.ZERO: Role.ZERO, Missing.EXCLUDE: Role.LEFT}


def role_of(component: Component, weightless: bool, status: Status) -> Role:
    """The role that a status gives before anything is dropped; an item without weight has left."""
    if weightless:
        return Role.LEFT
    return MISSING_ROLE[component.missing] if status is Status.MISSING else ROLE[status]


class Plan(NamedTuple):
    """Integers only; lists for Python, int64 arrays for compiled code.

    Tables over statuses and rules are flat. `gain`, `counts`, `share` and `place` stand at
    `SLOTS * item + status`. The sum of `score * gain + counts` over a component's items holds three sums, from
    the top: weight x unit x score / max where an item is scored; then, in `bits` bits each, the weight of what
    is rated and the weight of what is open. `score * share + place` is the key by which the lowest mark is
    found: unit x score / max, then `place_bits` bits that count the items from the end; `never` or more where
    nothing is rated.
    `least` and `least_over` (thresholds as fractions on the 0-100 scale) stand at
    `rule * (components + 1) + figure`, where the last figure is the total and -1 means "not in this rule".
    """

    first: Sequence[int]  # component -> its first item; one more entry closes the last component
    weight: Sequence[int]  # item -> weight, whole numbers without a common factor inside a component
    limit: Sequence[int]  # item -> largest scaled score
    gain: Sequence[int]
    counts: Sequence[int]
    share: Sequence[int]
    place: Sequence[int]
    drop: Sequence[int]  # component -> how many of the lowest are dropped
    importance: Sequence[int]  # component -> weight, whole numbers without a common factor
    needed: Sequence[int]  # component -> 1 if the result waits for it
    reach: Sequence[int]  # rule -> how many of its figures must reach their threshold
    least: Sequence[int]
    least_over: Sequence[int]
    exact: Sequence[int]  # rule -> 1 if it compares exact figures, 0 for rounded ones
    unit: int
    scale: int  # 10**decimals
    bits: int
    place_bits: int
    never: int  # above every key of a rated item


def plan_of(scheme: Scheme, places: int) -> Plan:
    """The tables for scores scaled by 10**places. The scheme must be free of faults."""
    weights = [whole_ratio([item.weight for item in component.items]) for component in scheme.components]
    weight = [ratio for ratios in weights for ratio in ratios]
    # A graded method counts 1 above its lowest grade, so its maximum is 1 whatever the item says.
    most = [Fraction(1) if component.grades else Fraction(item.max) for component, item in scheme.items]
    shares = [1 / (top * 10**places) for top in most]
    unit = lcm(*(share.denominator for share in shares))
    # Grade modes name no weights: every requirement is one equal part of the way.
    importance = whole_ratio(
        [Decimal(1) if scheme.mode.grades else component.weight for component in scheme.components]
    )
    rules = planned_rules(scheme)
    named = {index for rule in rules for index in figures_of(scheme, rule)}
    thresholds = [_thresholds(scheme, rule) for rule in rules]
    slots = [
        (j, int(share * unit), w, _role_at(part, w, slot))
        for j, ((part, _), w, share) in enumerate(zip(scheme.items, weight, shares, strict=True))
        for slot in range(SLOTS)
    ]
    bits, place_bits = max(sum(ratios) for ratios in weights).bit_length(), len(weight).bit_length()
    never = (unit + 1) << place_bits
    return Plan(
        first=[
            sum(len(part.items) for part in scheme.components[:c]) for c in range(len(scheme.components) + 1)
        ],
        weight=weight,
        limit=[int(top * 10**places) for top in most],
        gain=[factor * w << 2 * bits if role is Role.COUNTED else 0 for _, factor, w, role in slots],
        counts=[w << bits if role in RATED else w if role is Role.OPEN else 0 for _, _, w, role in slots],
        share=[factor << place_bits if role is Role.COUNTED else 0 for _, factor, _, role in slots],
        place=[(1 << place_bits) - 1 - j if role in RATED else never for j, _, _, role in slots],
        drop=[component.drop_lowest for component in scheme.components],
        importance=importance,
        needed=[int(weight > 0 or index in named) for index, weight in enumerate(importance)],
        reach=[_reach(scheme, rule) for rule in rules],
        least=[NOT_IN_RULE if value is None else value.numerator for row in thresholds for value in row],
        least_over=[1 if value is None else value.denominator for row in thresholds for value in row],
        exact=[int(_exact(scheme, rule)) for rule in rules],
        unit=unit,
        scale=10**scheme.decimals,
        bits=bits,
        place_bits=place_bits,
        never=never,
    )


def _role_at(component: Component, weight: int, slot: int) -> Role | None:
    """The role in a table's slot; slots behind the last status are empty."""
    return role_of(component, weight == 0, Status(slot)) if slot < len(Status) else None


def whole_ratio(values: Sequence[Decimal]) -> list[int]:
    """The same proportions as the smallest whole numbers."""
    fractions = [Fraction(value) for value in values]
    denominator = lcm(*(value.denominator for value in fractions))
    whole = [int(value * denominator) for value in fractions]
    return [value // (gcd(*whole) or 1) for value in whole]


def planned_rules(scheme: Scheme) -> tuple[Rule, ...]:
    """The numeric rules in scheme order; `all_required` itself is one more, about every component."""
    rules = tuple(rule for rule in scheme.rules if rule.kind != RuleKind.GRADE_TABLE)
    return (*rules, Rule(RuleKind.ALL_COMPLETE)) if scheme.mode is Mode.ALL_REQUIRED else rules


def figures_of(scheme: Scheme, rule: Rule) -> tuple[int, ...]:
    """Indexes of the figures that a rule looks at; the total comes after the last component."""
    if rule.kind == RuleKind.OVERALL_MIN:
        return (len(scheme.components),)
    keys = (rule.component,) if rule.kind == RuleKind.COMPONENT_MIN else rule.components
    return tuple(
        index
        for index, component in enumerate(scheme.components)
        if not component.grades
        and (component.key in keys or (not keys and (scheme.mode.grades or component.weight > 0)))
    )


def _thresholds(scheme: Scheme, rule: Rule) -> list[Fraction | None]:
    row: list[Fraction | None] = [None] * (len(scheme.components) + 1)
    for index in figures_of(scheme, rule):
        row[index] = threshold_of(scheme, rule, index)
    return row


def threshold_of(scheme: Scheme, rule: Rule, figure: int) -> Fraction:
    """What a figure must reach, on the 0-100 scale."""
    if rule.kind != RuleKind.ALL_COMPLETE:
        return Fraction(rule.value or 0)
    component = scheme.components[figure]
    if scheme.mode is not Mode.ALL_REQUIRED:
        return Fraction(0)
    if component.target is None:
        return Fraction(100)
    most = component.items[0].max if len(component.items) == 1 else HUNDRED
    return 100 * Fraction(component.target) / Fraction(most)


def _reach(scheme: Scheme, rule: Rule) -> int:
    if rule.kind == RuleKind.COUNT_MIN:
        return rule.at_least or 0
    return len(figures_of(scheme, rule))


def _exact(scheme: Scheme, rule: Rule) -> bool:
    """A requirement is met or not: 7,999.96 hours are not 8,000 however figures are printed."""
    return scheme.rules_use == "exact" or rule.kind == RuleKind.ALL_COMPLETE


def largest_figure(plan: Plan) -> int:
    """A bound of every intermediate figure of a row: up to `INT64_MAX`, 64-bit integers are exact."""
    wholes = [sum(plan.weight[a:b]) for a, b in zip(plan.first, plan.first[1:], strict=False)]
    everything = sum(plan.importance) * plan.unit * prod(wholes)
    over = zip(plan.least, plan.least_over, strict=True)
    widest = max((100 * below + max(above, 0) for above, below in over), default=0)
    packed = (plan.unit * max(wholes) + 1) << 2 * plan.bits
    return max(everything * plan.scale * max(201, widest), packed, 2 * plan.never)
