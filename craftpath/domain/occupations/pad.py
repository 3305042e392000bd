"""The rows of a chart while one step changes them, how they were before, and the ids that new ones get."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from craftpath.domain.occupations.models import Chart, Duty, Task
from craftpath.kernel.keys import LENGTH, new_public_id
from craftpath.values.verdict import Refused, not_now

Row = TypeVar("Row", Duty, Task)
_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"


class Pad:
    """The rows of a chart while one step changes them; remembers how they were."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.duties = {row.public_id: row for row in Duty.objects.filter(chart=chart)}
        self.tasks = {row.public_id: row for row in Task.objects.filter(chart=chart).select_related("duty")}
        self.before: dict[str, dict[str, Any] | None] = {}

    def duty(self, public_id: str) -> Duty:
        """One that is there, or a refusal: somebody took it out."""
        return _there(self.duties, public_id)

    def task(self, public_id: str) -> Task:
        """The same for a card."""
        return _there(self.tasks, public_id)

    def cards(self, duty: Duty) -> list[Task]:
        """The cards of a duty in order."""
        own = [row for row in self.tasks.values() if row.duty_id == duty.pk]
        return sorted(own, key=lambda row: (row.place, row.pk))

    def rows(self) -> list[Duty]:
        """The duties in order."""
        return sorted(self.duties.values(), key=lambda row: (row.place, row.pk))

    def note(self, row: Duty | Task) -> None:
        """Remember a row before its first change in this step."""
        self.before.setdefault(row.public_id, image(row))

    def write(self, row: Duty | Task) -> None:
        """Save a row that was noted before, or a new one."""
        if row.pk is None:
            self.before[row.public_id] = None
        row.save()
        if isinstance(row, Duty):
            self.duties[row.public_id] = row
        else:
            self.tasks[row.public_id] = row

    def remove(self, row: Duty | Task) -> None:
        """Take a row out, with the cards of a duty."""
        if isinstance(row, Duty):
            for card in self.cards(row):
                self.remove(card)
            self.duties.pop(row.public_id)
        else:
            self.tasks.pop(row.public_id)
        self.note(row)
        row.delete()

    def place_in(self, others: Sequence[Row], at: int) -> float:
        """A place before the other row at an index, after all of them from their number on."""
        at = max(0, min(at, len(others)))
        if not others:
            return 1.0
        if at == 0:
            return others[0].place - 1
        if at == len(others):
            return others[-1].place + 1
        middle = (others[at - 1].place + others[at].place) / 2
        if others[at - 1].place < middle < others[at].place:
            return middle
        for number, row in enumerate(others, start=1):  # halved too often: number them anew
            self.note(row)
            row.place = float(number)
            row.save(update_fields=["place"])
        return at + 0.5


def id_of(chart: Chart, new: str) -> str:
    """The id of a row that a page announces by `new`: the same each time, and never that of another chart's row."""
    if not new:
        return new_public_id()
    number = int.from_bytes(hashlib.sha256(f"{chart.public_id}:{new}".encode()).digest()[:12])
    signs = []
    for _sign in range(LENGTH):
        number, place = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[place])
    return "".join(signs)


def image(row: Duty | Task) -> dict[str, Any]:
    """A row as a step remembers it."""
    if isinstance(row, Duty):
        return {"kind": "duty", "place": row.place, "words": row.name}
    return {
        "kind": "task", "duty": row.duty.public_id, "place": row.place, "words": row.statement,
        "skills": row.skills, "left_out": row.left_out,
    }  # fmt: skip


def _there(rows: Mapping[str, Row], public_id: str) -> Row:
    if public_id not in rows:
        raise Refused(not_now("occupations.gone"))
    return rows[public_id]
