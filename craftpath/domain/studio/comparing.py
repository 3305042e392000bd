"""A version beside another one, a chart or a list of skills: what is common, added, dropped, reworded, moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from craftpath.domain.occupations.queries import DutyRow, TaskRow, letter
from craftpath.domain.standards.queries import nodes
from craftpath.domain.studio.matching import Pair, match
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.standards.models import Framework

KINDS = ("same", "reworded", "moved", "added", "dropped")


@dataclass(frozen=True, slots=True)
class Line:
    """A task on one side or both; `kinds` are of `KINDS`, `pair` says by what the two were matched."""

    kinds: tuple[str, ...]
    before: TaskRow | None
    after: TaskRow | None
    pair: Pair | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Line by line in the order of the newer side, what was dropped last; `share` is the percent in common."""

    lines: tuple[Line, ...]
    counts: Mapping[str, int]
    common: int
    whole: int

    @property
    def share(self) -> int | None:
        """Percent of all tasks of either side that stand on both; None where there is none at all."""
        return round(100 * self.common / self.whole) if self.whole else None


def compare(before: Sequence[DutyRow], after: Sequence[DutyRow]) -> Comparison:
    """Both sides matched task by task. A task is moved where its duty is another, by card and by name."""
    old, new = dict(_tasks(before)), dict(_tasks(after))
    pairs = {
        pair.other: pair
        for pair in match(
            [(key, task.statement) for key, task in old.items()],
            [(key, task.statement) for key, task in new.items()],
        )
    }
    lines = [_line(old, task, pairs.get(key)) for key, task in new.items()]
    kept = {pair.one for pair in pairs.values()}
    lines += [Line(("dropped",), task, None) for key, task in old.items() if key not in kept]
    counts = Counter(kind for line in lines for kind in line.kinds)
    return Comparison(tuple(lines), {kind: counts[kind] for kind in KINDS}, len(pairs), len(lines))


def _line(old: Mapping[str, TaskRow], task: TaskRow, pair: Pair | None) -> Line:
    if pair is None:
        return Line(("added",), None, task)
    was = old[pair.one]
    kinds = [
        ("reworded", was.statement != task.statement),
        ("moved", was.duty != task.duty and was.duty_name != task.duty_name),
    ]
    return Line(tuple(kind for kind, hit in kinds if hit) or ("same",), was, task, pair)


def _tasks(board: Sequence[DutyRow]) -> Iterator[tuple[str, TaskRow]]:
    for duty in board:
        for task in duty.tasks:
            if not task.left_out:
                yield task.public_id, task


def board_of_list(framework: Framework) -> list[DutyRow]:
    """A list of skills as a chart: each domain a duty, each skill a task; one query."""
    found: list[tuple[str, Text, list[tuple[str, Text]]]] = [("", Text.of(framework.name), [])]
    for row in nodes(framework):
        if row.kind == "domain":
            found.append((row.key, Text.of(row.name), []))
        else:
            found[-1][2].append((row.key, Text.of(row.name)))
    rows = []
    for at, (key, name, skills) in enumerate(one for one in found if one[2]):
        sign = letter(at)
        tasks = [TaskRow(skill, f"{sign}{n}", said, (skill,), False, key, name)
                 for n, (skill, said) in enumerate(skills, start=1)]  # fmt: skip
        rows.append(DutyRow(key or framework.key, sign, name, tuple(tasks)))
    return rows
