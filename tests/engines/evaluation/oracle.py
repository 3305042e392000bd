"""The evaluation once more, naively, with exact fractions: what the engine is held against."""

from dataclasses import dataclass
from fractions import Fraction

from craftpath.engines.evaluation import Component, Missing, Mode, Scheme, Status


@dataclass
class Part:
    weight: Fraction
    value: Fraction | None
    earned: Fraction  # share of the component
    open: Fraction  # share of the component
    left: bool


@dataclass
class Outcome:
    complete: bool
    total: Fraction | None
    to_date: Fraction
    open: Fraction
    passed: bool | None
    values: list[Fraction | None]


def half_up(value: Fraction, places: int) -> Fraction:
    return Fraction((value * 10**places + Fraction(1, 2)).__floor__(), 10**places)


def part_of(component: Component, cells: dict, equal: bool = False) -> Part:
    rated, waiting = [], Fraction(0)
    for position, item in enumerate(component.items):
        score, status = cells.get(item.key, (None, Status.MISSING))
        weight = Fraction(item.weight)
        if status is Status.EXEMPT or (status is Status.MISSING and component.missing is Missing.EXCLUDE):
            continue
        if status is Status.DEFERRED or (
            status is Status.MISSING and component.missing is Missing.INCOMPLETE
        ):
            waiting += weight
        elif weight:
            share = Fraction(score) / Fraction(item.max) if status is Status.SCORED else Fraction(0)
            if item.open_ended and share > 1:
                share = Fraction(1)
            rated.append((share, -position, weight))
    if not waiting:
        rated = sorted(rated)[min(component.drop_lowest, max(len(rated) - 1, 0)) :]
    points = sum((share * weight for share, _, weight in rated), Fraction(0))
    weights = sum((weight for _, _, weight in rated), Fraction(0))
    whole = weights + waiting
    return Part(
        weight=Fraction(1 if equal else component.weight),
        value=100 * points / weights if weights else None,
        earned=points / whole if whole else Fraction(0),
        open=waiting / whole if whole else Fraction(0),
        left=not whole,
    )


def outcome_of(scheme: Scheme, cells: dict) -> Outcome:
    parts = [part_of(component, cells, scheme.mode.grades) for component in scheme.components]
    weights = sum(part.weight for part in parts if not part.left)
    to_date = sum(100 * p.weight * p.earned for p in parts if not p.left) / (weights or 1)
    waiting = sum(100 * p.weight * p.open for p in parts if not p.left) / (weights or 1)
    named = {key for rule in scheme.rules for key in (rule.component, *rule.components)}
    needed = [
        part
        for part, component in zip(parts, scheme.components, strict=True)
        if part.weight or component.key in named
    ]
    complete = bool(weights) and not any(part.open for part in needed)
    values = {c.key: part.value for c, part in zip(scheme.components, parts, strict=True)}
    return Outcome(
        complete=complete,
        total=Fraction(to_date) if complete and not scheme.mode.grades else None,
        to_date=Fraction(to_date),
        open=Fraction(waiting),
        passed=passed(scheme, Fraction(to_date), values) and reached(scheme, cells) if complete else None,
        values=list(values.values()),
    )


def reached(scheme: Scheme, cells: dict) -> bool:
    """What all_required asks of each component: its target in the unit of its one item, else in per cent."""
    if scheme.mode is not Mode.ALL_REQUIRED:
        return True
    good = []
    for component in scheme.components:
        part, only = part_of(component, cells), component.items[0]
        if part.value is None:
            continue
        if component.target is None:
            good.append(part.value == 100)
        elif len(component.items) > 1:
            good.append(part.value >= component.target)
        else:
            score, status = cells.get(only.key, (None, Status.MISSING))
            good.append(status is Status.SCORED and score >= component.target)
    return all(good)


def passed(scheme: Scheme, total: Fraction, values: dict) -> bool:
    def seen(value: Fraction) -> Fraction:
        return value if scheme.rules_use == "exact" else half_up(value, scheme.decimals)

    for rule in scheme.rules:
        figures = [values[key] for key in rule.components or (rule.component,) if key]
        figures = [total] if rule.kind == "overall_min" else [f for f in figures if f is not None]
        good = [seen(figure) >= Fraction(rule.value) for figure in figures]
        if rule.kind == "count_min":
            if sum(good) < min(rule.at_least, len(good)):
                return False
        elif not all(good):
            return False
    return True
