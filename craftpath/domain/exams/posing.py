"""A pool and a wish as the assembly engine takes them, and what it answers as values that can be kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from craftpath.domain.exams.models import DIFFICULTIES
from craftpath.domain.exams.pool import Pool, taking_part
from craftpath.domain.exams.wishes import Wish
from craftpath.engines.scoring import Kind

if TYPE_CHECKING:
    from craftpath.engines.assembly import Assembly, Bank, Blueprint, Culprit, ExpectedScore, Information

SECONDS = 60
"""How long is searched at most. What is found sooner is found every time; see decision 27."""
FINE = 0.005
"""Forms are called even where they differ from the target by no more than this share of the points."""
FINE_INFORMATION = 0.05
"""The same for information: of 5 it is one percent, and changes the error of an ability by half a percent."""
KIND_ORDER = {kind.value: n for n, kind in enumerate(Kind)}
HARDNESS = {"": 1, **{one: n for n, one in enumerate(DIFFICULTIES)}}


def assembled(pool: Pool, wish: Wish, seed: int, clock: Callable[[], float]) -> tuple[bool, dict[str, Any]]:
    """Whether there are forms, and what `Assembly.found` keeps of them or of what is to blame.

    The clock stops the search: a wish that was taken back lets it jump. Nothing was found in time: `status` "limit"
    without forms.
    """
    # NumPy and SciPy take half a second to import, and only a worker needs them.
    from craftpath.engines.assembly import BlueprintFaulty, Effort, Status, assemble  # noqa: PLC0415

    pool = taking_part(pool, wish)
    bank, blueprint = bank_of(pool, wish), blueprint_of(pool, wish)
    try:
        found = assemble(bank, blueprint, seed, Effort(seconds=SECONDS, clock=clock))
    except BlueprintFaulty as faulty:
        faults = [{"code": one.code, "place": one.place, "facts": _told(one.facts)} for one in faulty.faults]
        return False, {"faults": faults[:20]}
    if found.status is Status.INFEASIBLE:
        return False, {
            "conflict": [_culprit(one) for one in found.conflict],
            "relief": [_culprit(one) for one in found.relief],
            "minimal": found.minimal,
        }
    return bool(found.forms), kept(pool, wish, found)


def bank_of(pool: Pool, wish: Wish) -> Bank:
    """The items; where a form's points are not asked for, each question counts as one."""
    from craftpath.engines.assembly import Bank, Item  # noqa: PLC0415  (slow to import)

    items = tuple(
        Item(
            key=item.key,
            outcomes=tuple(str(one) for one in sorted(item.outcomes)),
            difficulty=item.difficulty,
            kind=item.kind,
            tags=tuple(sorted(item.skills)),
            stimulus=item.stimulus,
            p=item.share,
            slope=item.slope,
            place=item.place,
            seconds=item.seconds,
            points=1 if wish.points is None else float(item.points),
            used=item.used,
            limit=item.limit or None,
        )
        for item in pool.items.values()
    )
    return Bank(items, enemies=pool.enemies)


def blueprint_of(pool: Pool, wish: Wish) -> Blueprint:
    """The rows first, in their order, then questions, time and points; then what is said of single questions."""
    from craftpath.engines.assembly import (  # noqa: PLC0415  (slow to import)
        Anchors,
        Blueprint,
        Cell,
        Demand,
        Measure,
    )

    demands = [
        Demand(
            Cell("" if row.outcome is None else str(row.outcome), row.difficulty, row.kind, row.skill),
            Measure.ITEMS,
            row.least,
            row.most,
        )
        for row in wish.rows
    ]
    demands.append(Demand(Cell(), Measure.ITEMS, *wish.questions))
    demands.append(Demand(Cell(), Measure.SECONDS, 0, wish.minutes * 60))
    if wish.points is not None:
        demands.append(Demand(Cell(), Measure.POINTS, float(wish.points[0]), float(wish.points[1])))
    return Blueprint(
        forms=wish.forms,
        demands=tuple(demands),
        target=target_of(wish),
        mandatory=tuple(wish.those("every")),
        somewhere=tuple(wish.those("some")),
        forbidden=tuple(key for key in wish.those("never") if key in pool.items),
        anchors=Anchors(wish.shared, wish.shared) if wish.shared and wish.forms > 1 else None,
        overlap=wish.overlap if wish.forms > 1 else None,
    )


def target_of(wish: Wish) -> ExpectedScore | Information:
    """What forms are held against. Without a figure, information is as high as the bank can carry it in all forms."""
    from craftpath.engines.assembly import ExpectedScore, Information  # noqa: PLC0415  (slow to import)

    if wish.goal == "information":
        thetas = tuple(float(one) for one in wish.thetas)
        value = 1.0 if wish.information is None else float(wish.information)
        return Information(thetas, (value,) * len(thetas), wish.information is None, FINE_INFORMATION)
    share = None if wish.share is None else float(wish.share) * whole(wish)
    return ExpectedScore(share, FINE * whole(wish))


def whole(wish: Wish) -> float:
    """Points of a form, or its questions where points are not asked for: what shares are shares of."""
    low, high = wish.questions if wish.points is None else wish.points
    return float(low + high) / 2


def kept(pool: Pool, wish: Wish, found: Assembly) -> dict[str, Any]:
    """The forms in the order of a paper: kind by kind, easy before hard, shared texts together."""
    items = list(pool.items.values())

    def place(at: int) -> tuple[int, str, int, float, str]:
        one = items[at]
        return (KIND_ORDER[one.kind], one.stimulus, HARDNESS[one.difficulty], -one.share, one.key)

    return {
        "status": found.status.value,
        "forms": [
            [[items[at].key, items[at].version] for at in sorted(form.items, key=place)]
            for form in found.forms
        ],
        "deviation": found.deviation,
        "bound": found.bound,
        "gap": found.gap,
        "level": found.target[0] if found.target else None,
        "tolerance": FINE_INFORMATION if wish.goal == "information" else FINE * whole(wish),
        "settled": found.settled,
    } | ({"target": list(found.target), "scale": pool.scale} if wish.goal == "information" else {})


def _culprit(one: Culprit) -> dict[str, Any]:
    cell = (
        None
        if one.cell is None
        else {
            "outcome": one.cell.outcome,
            "skill": one.cell.tag,
            "kind": one.cell.kind,
            "difficulty": one.cell.difficulty,
        }
    )
    return {
        "code": one.code,
        "place": one.place,
        "wanted": one.wanted,
        "available": one.available,
        "cell": cell,
        "measure": one.measure.value if one.measure else None,
        "in_bank": one.in_bank,
        "usable": one.usable,
        "facts": _told(one.facts),
    }


def _told(facts: Any) -> dict[str, Any]:
    """Facts as JSON keeps them; a cell is named by its place already."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in facts.items()
        if isinstance(value, int | float | str | tuple)
    }
