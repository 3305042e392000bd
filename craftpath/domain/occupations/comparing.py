"""Two versions of a chart side by side: what was added, left out, worded anew, moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from craftpath.domain.occupations.queries import DutyRow, TaskRow
from craftpath.values.text import Text

KINDS = ("added", "gone", "reworded", "moved")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference of a task; `kinds` are of `KINDS`, a moved task may be reworded too."""

    kinds: tuple[str, ...]
    before: TaskRow | None
    after: TaskRow | None


@dataclass(frozen=True, slots=True)
class DutyChange:
    """One difference of a duty: None on the side where it does not stand."""

    before: Text | None
    after: Text | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs, in the order of the newer chart, what is gone last; `same` tasks did not change."""

    duties: tuple[DutyChange, ...]
    tasks: tuple[Change, ...]
    same: int


def difference(before: Sequence[DutyRow], after: Sequence[DutyRow]) -> Difference:
    """A task is moved where it stands under another duty; what was left out at adoption stands on no side."""
    old, new = _standing(before), _standing(after)
    changes = [_change(old.get(key), task) for key, task in new.items()]
    changes += [Change(("gone",), task, None) for key, task in old.items() if key not in new]
    found = tuple(one for one in changes if one.kinds)
    return Difference(_duties(before, after), found, len(changes) - len(found))


def _standing(board: Sequence[DutyRow]) -> dict[str, TaskRow]:
    return {task.public_id: task for duty in board for task in duty.tasks if not task.left_out}


def _change(before: TaskRow | None, after: TaskRow) -> Change:
    if before is None:
        return Change(("added",), None, after)
    kinds = [("reworded", before.statement != after.statement), ("moved", before.duty != after.duty)]
    return Change(tuple(name for name, hit in kinds if hit), before, after)


def _duties(before: Sequence[DutyRow], after: Sequence[DutyRow]) -> tuple[DutyChange, ...]:
    old = {duty.public_id: duty.name for duty in before}
    new = {duty.public_id: duty.name for duty in after}
    keys = [*new, *(key for key in old if key not in new)]
    return tuple(DutyChange(old.get(key), new.get(key)) for key in keys if old.get(key) != new.get(key))
