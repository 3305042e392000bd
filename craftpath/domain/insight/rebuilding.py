"""What a worker does each minute, and what an operator does who wants to be sure."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from craftpath.domain.insight.adding import projected
from craftpath.domain.insight.deciding import decide
from craftpath.domain.insight.dimensions import Dims
from craftpath.domain.insight.keeping import Readers, dims_of, read, refresh, settled
from craftpath.domain.insight.marking import TABLES, follow, mark_everything, stale
from craftpath.domain.insight.models import Cell, Slice

SECONDS = 15.0
"""Of a minute, for what is stale; the next minute goes on from there."""
AT_ONCE = 2_000
Kept = tuple[int, str, str, Dims]


def keep_up(at: datetime, *, seconds: float = SECONDS) -> bool:
    """Hear what was told, and read what is stale; True where the cells say what the record says."""
    ends = time.monotonic() + seconds
    while not follow(at):
        if time.monotonic() > ends:
            return False
    while refresh(at):
        if time.monotonic() > ends:
            return not stale().exists()
    settled(at)
    return True


def rebuild(at: datetime) -> int:
    """Read everything anew, and decide anew what is hidden; how many slices there are."""
    while not follow(at):
        pass
    mark_everything()
    count = 0
    while some := refresh(at):
        count += some
    for table in TABLES:
        decide(table)
    settled(at)
    return count


@dataclass(frozen=True, slots=True)
class Differing:
    """A cell that is not what the record says; `kept` or `found` is empty where it is on one side only."""

    reader: int
    table: str
    side: str
    dims: Dims
    kept: dict[str, int]
    found: dict[str, int]


def check(at: datetime) -> list[Differing]:
    """Read the whole record beside the cells and compare every one of them; nothing is written."""
    found: dict[Kept, Counter[str]] = {}
    slices = Slice.objects.order_by("pk").defer("cells")
    reached = 0
    while some := list(slices.filter(pk__gt=reached)[:AT_ONCE]):
        cells = read(some, at)
        readers = Readers(some, cells.values())
        for one in some:
            for dims, parts in cells[one.pk].items():
                targets = list(projected(one.table, dims))
                for reader, side in readers.of(one.organisation_id, dims[3]):
                    for target in targets:
                        found.setdefault((reader, one.table, side, target), Counter()).update(parts)
        reached = some[-1].pk
    wrong = []
    for cell in Cell._base_manager.order_by("pk").iterator():
        key = (cell.organisation_id, cell.table, cell.side, dims_of(cell))
        sums = {name: value for name, value in found.pop(key, {}).items() if value}
        if sums != cell.parts:
            wrong.append(Differing(*key, dict(cell.parts), sums))
    wrong.extend(Differing(*key, {}, dict(sums)) for key, sums in found.items() if any(sums.values()))
    return wrong
