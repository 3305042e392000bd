"""May an oral mark be added beside a written one, could it decide, and what does it come to?

Where a scheme allows it, the oral mark is a second item of its component, weighed against the first as the scheme
says (2:1 in the German pattern). Who has none is exempt from it, so the written mark stands alone, and the sums
stay those of the one arithmetic: nothing is rounded between the two marks and the total.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from craftpath.engines.evaluation.evaluating import evaluate
from craftpath.engines.evaluation.marks import Marks, Value
from craftpath.engines.evaluation.scheme import Scheme
from craftpath.engines.evaluation.types import Component, Item, Status, oral_key

STEPS = 1000

Row = Mapping[str, tuple[Value, Status]]
"""One person's marks: item key → (score, status)."""


@dataclass(frozen=True, slots=True)
class Chance:
    """Whether an oral mark may be added: no `reason`, and the `least` whole points that would decide."""

    reason: str
    least: Decimal | None = None

    def __bool__(self) -> bool:
        return not self.reason


def with_orals(scheme: Scheme) -> Scheme:
    """The scheme with the second items; without a supplement it is the scheme itself."""
    if scheme.supplement is None:
        return scheme
    parts = tuple(
        _with_oral(scheme, part) if part.key in scheme.supplement.components else part
        for part in scheme.components
    )
    return replace(scheme, components=parts, supplement=None)


def _with_oral(scheme: Scheme, part: Component) -> Component:
    found = scheme.supplement
    if found is None or len(part.items) != 1:
        return part
    (item,) = part.items
    weights = (Decimal(found.existing), Decimal(found.oral))
    return replace(
        part,
        items=(
            replace(item, weight=weights[0]),
            Item(oral_key(item.key), weights[1], item.max),
        ),
    )


def combined(scheme: Scheme, existing: Decimal, oral: Decimal) -> Fraction:
    """Both marks weighed as the scheme says: written 45 and oral 75 at 2:1 are 55."""
    found = scheme.supplement
    if found is None:
        raise ValueError(f"{scheme.key}: no supplement")
    whole = found.existing + found.oral
    return (Fraction(existing) * found.existing + Fraction(oral) * found.oral) / whole


def used_in(scheme: Scheme, row: Row) -> tuple[str, ...]:
    """Keys of the components in which this person has an oral mark."""
    found = scheme.supplement
    return tuple(
        part.key
        for part in scheme.components
        if found
        and part.key in found.components
        and row.get(oral_key(part.items[0].key), (None, None))[1] is Status.SCORED
    )


def chance(scheme: Scheme, row: Row, component: str) -> Chance:
    """Whether an oral mark in this component may be recorded: only where it could turn not passed into passed.

    An oral mark that this very component already has is left out of the judgement, so that it can be corrected.
    """
    found = scheme.supplement
    if found is None:
        return Chance("no_supplement")
    part = next((one for one in scheme.components if one.key == component), None)
    if part is None or component not in found.components:
        return Chance("not_in_this_component")
    if sum(key != component for key in used_in(scheme, row)) >= found.most:
        return Chance("used_up")
    item = part.items[0]
    if row.get(item.key, (None, Status.MISSING))[1] is not Status.SCORED:
        return Chance("nothing_to_supplement")
    return _decides(scheme, row, item)


def _decides(scheme: Scheme, row: Row, item: Item) -> Chance:
    """The row without this oral mark, then with every whole oral mark in turn: one call of the engine."""
    whole = with_orals(scheme)
    bare = {key: cell for key, cell in row.items() if key != oral_key(item.key)}
    orals = [None, *_tried(item.max)]
    cells = [
        (str(n), *cell)
        for n, oral in enumerate(orals)
        for cell in cells_of(
            scheme, bare | ({} if oral is None else {oral_key(item.key): (oral, Status.SCORED)})
        )
    ]
    results = evaluate(whole, Marks.of(whole, cells))
    before = results.passed_of(0)
    if before is None:
        return Chance("still_open")
    if before:
        return Chance("already_passed")
    least = next((oral for n, oral in enumerate(orals) if n and results.passed_of(n)), None)
    return Chance("cannot_decide") if least is None else Chance("", least)


def _tried(most: Decimal) -> list[Decimal]:
    """Whole points from 0 to the full mark; of a very long scale so many steps, the full mark always."""
    step = max(1, int(most) // STEPS)
    return [*(Decimal(points) for points in range(0, int(most), step)), most]


def cells_of(scheme: Scheme, row: Row) -> list[tuple[str, Value, Status]]:
    """One person's cells for `with_orals(scheme)`: whoever has no oral mark is exempt from it."""
    cells = [(key, value, status) for key, (value, status) in row.items()]
    return cells + [(key, None, Status.EXEMPT) for key in oral_keys(scheme) if key not in row]


def oral_keys(scheme: Scheme) -> tuple[str, ...]:
    """Keys of all oral marks that the scheme knows."""
    found = scheme.supplement
    allowed = found.components if found else ()
    return tuple(oral_key(part.items[0].key) for part in scheme.components if part.key in allowed)
