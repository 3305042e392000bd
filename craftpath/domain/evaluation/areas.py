"""Results by learning area, where items carry one: the same marks, grouped another way.

An area's scheme has one component an area; an item weighs there what it weighs in the whole (component
weight × its share in the component), scaled to whole numbers so that nothing is rounded on the way. The
areas' own weights only have to make up a valid scheme: no total is read from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm

from craftpath.domain.evaluation import columns
from craftpath.domain.evaluation.models import Evaluation
from craftpath.domain.programmes.definition import components
from craftpath.engines.evaluation import Component, Item, Missing, Mode, Scheme, evaluate


@dataclass(frozen=True, slots=True)
class AreaFigure:
    """One area of one apprentice: 0–100 over what is marked so far, None while nothing is."""

    area: str
    value: Decimal | None


def area_scheme(evaluation: Evaluation) -> Scheme | None:
    """The scheme regrouped by area; None where no item carries one."""
    shares: dict[str, list[tuple[str, Fraction, Decimal]]] = {}
    for part in components(evaluation.scheme.definition):
        whole = sum((Fraction(item.weight) for item in part.items), Fraction(0))
        for item in part.items:
            share = Fraction(part.weight) * Fraction(item.weight) / whole if whole else Fraction(0)
            if item.area and share:
                shares.setdefault(item.area, []).append((item.key, share, item.max))
    if not shares:
        return None
    each, rest = divmod(100, len(shares))
    scale = lcm(*(share.denominator for rows in shares.values() for _, share, _ in rows))
    return Scheme(
        key=f"{evaluation.scheme.key}-areas",
        mode=Mode.WEIGHTED,
        decimals=int(evaluation.scheme.definition.get("decimals", 1)),
        components=tuple(
            Component(
                key=area,
                weight=Decimal(0 if n else 100),  # no total is read, only the areas themselves
                missing=Missing.EXCLUDE,
                items=tuple(Item(key, Decimal(int(share * scale)), top) for key, share, top in rows),
            )
            for n, (area, rows) in enumerate(shares.items())
        ),
    )


def by_area(
    evaluation: Evaluation, enrolments: Sequence[int], known: columns.Given | None = None
) -> dict[int, list[AreaFigure]]:
    """enrolment id → its areas in scheme order; one call of the engine, and one query unless the marks are known."""
    scheme = area_scheme(evaluation)
    if scheme is None or not enrolments:
        return {}
    marks = columns.marks_of(evaluation, scheme, enrolments, known)
    found = evaluate(scheme, marks)
    return {
        pk: [AreaFigure(part.key, found.component_of(row, n)) for n, part in enumerate(scheme.components)]
        for row, pk in enumerate(enrolments)
    }
