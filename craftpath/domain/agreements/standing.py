"""What stands on a day: each amendment changes some points from its day on. Pure, without a clock or a database.

An amendment holds the points that it changes, not the whole agreement, so two of them may be signed in one order and
begin in the other: of two that change the same point, the one with the later day holds from that day on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

_CLAUSE = "clauses."


@dataclass(frozen=True, slots=True)
class Step:
    """One signed amendment: from which day which points (`changed`) are no more as in `before` but as in `after`."""

    day: date
    number: int
    changed: tuple[str, ...]
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


def in_order(steps: Iterable[Step]) -> list[Step]:
    """By their day; of one day in the order in which they were made."""
    return sorted(steps, key=lambda step: (step.day, step.number))


def last_change(steps: Iterable[Step], key: str, day: date) -> Step | None:
    """The step by which this point is what it is on a day; None if nothing has changed it by then."""
    reached = [step for step in in_order(steps) if key in step.changed and step.day <= day]
    return reached[-1] if reached else None


def standing_on(known: Mapping[str, Any], steps: Iterable[Step], day: date) -> dict[str, Any]:
    """Parties, dates and terms as they stand on a day, of `known`, which may hold any of the steps already.

    Before the first change of a point stands what that change found there.
    """
    ordered = in_order(steps)
    found = {**known, "clauses": dict(known.get("clauses") or {})}
    for key in {key for step in ordered for key in step.changed}:
        reached = last_change(ordered, key, day)
        first = next(step for step in ordered if key in step.changed)
        put(found, key, value_of(reached.after if reached else first.before, key))
    return found


def rebased(on: Mapping[str, Any], written: Mapping[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    """What stands on a day with these points as they were written: nothing else of what was written is taken over."""
    found = {**on, "clauses": dict(on.get("clauses") or {})}
    for key in keys:
        put(found, key, value_of(written, key))
    return found


def value_of(state: Mapping[str, Any], key: str) -> Any:
    """One point, a clause as `clauses.<key>`."""
    if key.startswith(_CLAUSE):
        return (state.get("clauses") or {}).get(key.removeprefix(_CLAUSE))
    return state.get(key)


def put(state: dict[str, Any], key: str, value: Any) -> None:
    """Set one point; a clause that says nothing is no clause."""
    if not key.startswith(_CLAUSE):
        state[key] = value
    elif value:
        state["clauses"][key.removeprefix(_CLAUSE)] = value
    else:
        state["clauses"].pop(key.removeprefix(_CLAUSE), None)
