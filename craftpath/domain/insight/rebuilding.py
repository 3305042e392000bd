"""What a worker does each minute, and what an operator does who wants to be sure."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q

from craftpath.domain.insight.adding import Finest, projected, unpacked
from craftpath.domain.insight.deciding import decide
from craftpath.domain.insight.dimensions import Dims
from craftpath.domain.insight.keeping import Readers, dims_of, read, refresh, settled
from craftpath.domain.insight.marking import TABLES, follow, mark_everything, stale
from craftpath.domain.insight.models import Book, Cell, Slice
from craftpath.engines.indicators import DIMENSIONS

SECONDS = 15.0
"""Of a minute, for what is stale; the next minute goes on from there."""
EVERY = timedelta(hours=1)
"""How often it is decided anew what is hidden of a large table; in between more is hidden, and nothing shown again."""
AT_ONCE = 2_000
Kept = tuple[int, str, str, Dims]
Sums = dict[Kept, Counter[str]]


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
    look_together(at)
    return True


def look_together(at: datetime, *, every: timedelta = EVERY) -> int:
    """Decide anew what is hidden of large tables that have changed, each at most so often; how many there were."""
    old = Q(decided_at__isnull=True) | Q(decided_at__lte=at - every)
    tables = list(Book.objects.filter(old, changed__gt=F("decided")).values_list("table", flat=True))
    for table in tables:
        with transaction.atomic():
            Book.objects.select_for_update().get(table=table)
            decide(table, at)
    return len(tables)


def rebuild(at: datetime) -> int:
    """Read everything anew, and decide anew what is hidden; how many slices there are."""
    while not follow(at):
        pass
    with transaction.atomic():
        mark_everything()
    count = 0
    while some := refresh(at):
        count += some
    for table in TABLES:
        recast(table, at)
    settled(at)
    return count


@transaction.atomic
def recast(table: str, at: datetime) -> int:
    """Make the cells of a table what its slices say, and decide anew what is hidden; how many were something else."""
    Book.objects.select_for_update().get(table=table)
    found: Sums = {}
    for some in _portions(Slice.objects.filter(table=table)):
        _count(some, {one.pk: unpacked(one.cells) for one in some}, found)
    wrong = _compare(Cell._base_manager.filter(table=table), found)
    for one in wrong:
        named = dict(zip(DIMENSIONS, one.dims, strict=True))
        key: dict[str, Any] = {"organisation_id": one.reader, "table": one.table, "side": one.side, **named}
        if one.found:
            Cell._base_manager.update_or_create(**key, defaults={"parts": one.found})
        else:
            Cell._base_manager.filter(**key).delete()
    decide(table, at)
    return len(wrong)


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
    found: Sums = {}
    for some in _portions(Slice.objects.defer("cells")):
        _count(some, read(some, at), found)
    return _compare(Cell._base_manager.all(), found)


def _portions(slices: models.QuerySet[Slice]) -> Iterator[list[Slice]]:
    reached = 0
    while some := list(slices.filter(pk__gt=reached).order_by("pk")[:AT_ONCE]):
        yield some
        reached = some[-1].pk


def _count(slices: Sequence[Slice], cells: Mapping[int, Finest], found: Sums) -> None:
    """Add the finest cells of slices to the cells of every reader."""
    readers = Readers(slices, cells.values())
    for one in slices:
        for dims, parts in cells[one.pk].items():
            targets = list(projected(one.table, dims))
            for reader, side in readers.of(one.organisation_id, dims[3]):
                for target in targets:
                    found.setdefault((reader, one.table, side, target), Counter()).update(parts)


def _compare(rows: models.QuerySet[Cell], found: Sums) -> list[Differing]:
    wrong = []
    for cell in rows.order_by("pk").iterator():
        key = (cell.organisation_id, cell.table, cell.side, dims_of(cell))
        sums = {name: value for name, value in found.pop(key, {}).items() if value}
        if sums != cell.parts:
            wrong.append(Differing(*key, dict(cell.parts), sums))
    wrong.extend(Differing(*key, {}, dict(sums)) for key, sums in found.items() if any(sums.values()))
    return wrong
