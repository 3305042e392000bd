"""The derivation of one person's result, as exact fractions from the very sums that `evaluate` rounds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from craftpath.engines.evaluation import kernel
from craftpath.engines.evaluation.evaluating import evaluate, ready, scratch_for
from craftpath.engines.evaluation.exact import as_decimal
from craftpath.engines.evaluation.grades import as_scores
from craftpath.engines.evaluation.marks import Marks, capped
from craftpath.engines.evaluation.plan import Plan, Role, figures_of, planned_rules, role_of, threshold_of
from craftpath.engines.evaluation.results import Results
from craftpath.engines.evaluation.scheme import Scheme
from craftpath.engines.evaluation.types import Item, Status


@dataclass(frozen=True, slots=True)
class ItemShare:
    """One item. `share` is score / max where it is scored or counts zero; points are of the whole 100.

    `score` is what was given; of an open-ended item it may be above `max`, while `share` is 1 at most.
    """

    key: str
    score: Decimal | None
    grade: str | None
    max: Decimal
    weight: Decimal
    status: Status
    role: Role
    share: Fraction | None
    points: Fraction
    open: Fraction


@dataclass(frozen=True, slots=True)
class ComponentShare:
    """One component: `effective` is its weight after redistribution (0 if it has left), in points of 100.

    `value` is on its own 0-100 scale and `rounded` is the figure printed for it; both None where nothing
    counts. `points` are earned so far, `open` can still be added.
    """

    key: str
    weight: Decimal
    effective: Fraction
    left: bool
    value: Fraction | None
    rounded: Decimal | None
    grade: str | None
    points: Fraction
    open: Fraction
    items: tuple[ItemShare, ...]


@dataclass(frozen=True, slots=True)
class RuleShare:
    """One pass rule: the figures that it looked at and their thresholds, by component key ("" is the total).

    A figure is None where its component has left or nothing is rated. `reach` of them must be met; `met` is
    None while the result is incomplete.
    """

    kind: str
    figures: tuple[tuple[str, Fraction | None, Fraction], ...]
    reach: int
    met: bool | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything behind one row of `Results`; each rounded figure stands beside its exact value."""

    person: str
    complete: bool
    total: Fraction | None
    total_rounded: Decimal | None
    to_date: Fraction
    to_date_rounded: Decimal
    open: Fraction
    open_rounded: Decimal
    passed: bool | None
    grade: str | None
    components: tuple[ComponentShare, ...]
    rules: tuple[RuleShare, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """One row's marks, plan, and what the kernel left behind."""

    scheme: Scheme
    marks: Marks
    results: Results
    plan: Plan
    dropped: list[int]
    work: list[int]
    met: list[int]
    figures: list[int]


def explain(scheme: Scheme, marks: Marks, row: int) -> Explanation:
    """Derive the result of `marks.people[row]`; raises what `evaluate` raises."""
    one = _only(marks, row)
    counted = capped(scheme, one)
    results, plan, numeric = evaluate(scheme, one), ready(scheme, counted), as_scores(scheme, counted)
    size = len(scheme.components)
    dropped, work, met = scratch_for(plan)
    figures, flags = [0] * (3 + 3 * size), [0] * (2 + size)
    kernel.measure(0, numeric.scores[0].tolist(), one.status[0].tolist(), plan, dropped, work)
    kernel.judge(plan, work, met, figures, flags, 0)
    about = _Row(scheme, one, results, plan, dropped, work, met, figures)
    points, below, waiting, waiting_below = work[3 * size :]
    total = results.total_of(0)
    return Explanation(
        person=one.people[0],
        complete=bool(results.complete[0]),
        total=None if total is None else Fraction(points, below),
        total_rounded=total,
        to_date=Fraction(points, below),
        to_date_rounded=results.to_date_of(0),
        open=Fraction(waiting, waiting_below),
        open_rounded=results.open_of(0),
        passed=results.passed_of(0),
        grade=results.grade_of(0),
        components=tuple(_component(about, c) for c in range(size)),
        rules=tuple(_rule(about, r) for r in range(len(plan.reach))),
    )


def _only(marks: Marks, row: int) -> Marks:
    at = slice(row, row + 1) if row >= 0 else slice(len(marks.people) + row, len(marks.people) + row + 1)
    grades = None if marks.grades is None else marks.grades[at]
    return Marks(marks.people[at], marks.scores[at], marks.status[at], marks.places, grades)


def _component(about: _Row, c: int) -> ComponentShare:
    part, plan = about.scheme.components[c], about.plan
    earned, rated, whole = about.work[3 * c : 3 * c + 3]
    present = sum(weight for k, weight in enumerate(plan.importance) if about.work[3 * k + 2])
    effective = Fraction(100 * plan.importance[c], present) if whole and present else Fraction(0)
    graded = about.results.component_grade_of(0, c)
    value = Fraction(100 * earned, plan.unit * rated) if rated and not part.grades else None
    per_weight = effective / whole if whole else Fraction(0)
    return ComponentShare(
        key=part.key,
        weight=part.weight,
        effective=effective,
        left=whole == 0,
        value=value,
        rounded=about.results.component_of(0, c),
        grade=graded,
        points=per_weight * Fraction(earned, plan.unit),
        open=per_weight * (whole - rated),
        items=tuple(
            _item(about, j, item, per_weight) for j, item in enumerate(part.items, start=plan.first[c])
        ),
    )


def _item(about: _Row, j: int, item: Item, per_weight: Fraction) -> ItemShare:
    plan, part = about.plan, about.scheme.items[j][0]
    status = Status(int(about.marks.status[0, j]))
    role = Role.DROPPED if about.dropped[j] else role_of(part, plan.weight[j] == 0, status)
    scored = status is Status.SCORED
    figure = int(as_scores(about.scheme, about.marks).scores[0, j]) if scored else 0
    known = scored or role in (Role.ZERO, Role.DROPPED)
    most = 1 if part.grades else Fraction(item.max)
    share = Fraction(figure, 10**about.marks.places) / most if known else None
    if share is not None and item.open_ended:
        share = min(share, Fraction(1))
    grades: Any = about.marks.grades
    return ItemShare(
        key=item.key,
        score=_plain(figure, about.marks.places) if scored and not part.grades else None,
        grade=part.grades[int(grades[0, j])] if scored and part.grades else None,
        max=item.max,
        weight=item.weight,
        status=status,
        role=role,
        share=share,
        points=per_weight * plan.weight[j] * (share or 0) if role is Role.COUNTED else Fraction(0),
        open=per_weight * plan.weight[j] if role is Role.OPEN else Fraction(0),
    )


def _plain(figure: int, places: int) -> Decimal:
    """A score without the trailing zeros that other people's scores brought in."""
    while places and figure % 10 == 0:
        figure, places = figure // 10, places - 1
    return as_decimal(figure, places)


def _rule(about: _Row, r: int) -> RuleShare:
    plan, scheme = about.plan, about.scheme
    rule = planned_rules(scheme)[r]
    keys = [*(component.key for component in scheme.components), ""]
    return RuleShare(
        kind=str(rule.kind),
        figures=tuple(
            (keys[f], _figure(about, r, f), threshold_of(scheme, rule, f)) for f in figures_of(scheme, rule)
        ),
        reach=plan.reach[r],
        met=None if about.met[r] < 0 else bool(about.met[r]),
    )


def _figure(about: _Row, r: int, f: int) -> Fraction | None:
    """The figure that rule `r` compares: rounded or exact, as the rule says."""
    plan, size = about.plan, len(about.scheme.components)
    if f == size:
        exact = Fraction(about.work[3 * size], about.work[3 * size + 1])
    elif about.work[3 * f + 1]:
        exact = Fraction(100 * about.work[3 * f], plan.unit * about.work[3 * f + 1])
    else:
        return None
    printed = about.figures[3 + f] if f < size else about.figures[1]
    return exact if plan.exact[r] else Fraction(printed, plan.scale)
