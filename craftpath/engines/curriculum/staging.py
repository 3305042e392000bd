"""Where a unit may stand, as far as what it needs before it says."""

from __future__ import annotations

from craftpath.engines.curriculum.types import Problem, Unit, WhyOut


def earliest(problem: Problem) -> dict[str, int | None]:
    """The first stage in which each unit can stand after all that it needs; None: there is none."""
    units, found = problem.by_id, dict[str, int | None]()
    for one in units:
        waiting = [one]
        while waiting:
            unit = units[waiting[-1]]
            missing = [before for before in unit.needs_before if before not in found]
            if missing:
                waiting += missing
                continue
            found[waiting.pop()] = _first(unit, found)
    return found


def _first(unit: Unit, found: dict[str, int | None]) -> int | None:
    before = [found[one] for one in unit.needs_before]
    if None in before:
        return None
    least = max((stage for stage in before if stage is not None), default=min(unit.stages))
    return min((stage for stage in unit.stages if stage >= least), default=None)


def all_before(problem: Problem, unit: Unit) -> tuple[str, ...]:
    """Everything that a unit needs before it, directly or not, by id."""
    units, found, waiting = problem.by_id, set[str](), list(unit.needs_before)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += units[one].needs_before
    return tuple(sorted(found))


def blocking(problem: Problem, unit: Unit) -> tuple[WhyOut | None, tuple[str, ...]]:
    """Why a unit can stand in no plan at all, whatever the hours, and because of which units."""
    before = all_before(problem, unit)
    banned = tuple(one for one in before if one in problem.forbidden)
    if banned:
        return WhyOut.BEFORE_FORBIDDEN, banned
    first = earliest(problem)
    if first[unit.id] is None:
        units = problem.by_id
        late = tuple(one for one in before if (first[one] or max(units[one].stages)) > max(unit.stages))
        return WhyOut.BEFORE_LATER, late or before
    return None, ()
