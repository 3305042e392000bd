"""Reading stale slices and adding what has changed in them to the cells of every reader.

A portion of slices is read, and what differs is added, in one transaction that holds the books of its tables: a worker
that is killed leaves either all of it or nothing. Two workers that read the same slice add it once, since each says up
to which mark it has read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import F

from craftpath.domain.insight.adding import (
    Finest,
    Parts,
    added,
    definition,
    difference,
    packed,
    projected,
    unpacked,
)
from craftpath.domain.insight.deciding import UNDECIDED, decide, decide_more
from craftpath.domain.insight.dimensions import Classes, Counties, Dims
from craftpath.domain.insight.marking import BATCH, CLASSES, stale
from craftpath.domain.insight.models import Book, Cell, Slice
from craftpath.domain.insight.rows import CLASS_ROWS, HOUSE_ROWS, Houses
from craftpath.domain.insight.shapes import CLASS_SHAPES, HOUSE_SHAPES, Shape
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import paths_to

PORTION = 60  # classes, or organisations, that are read at one time
AT_A_TIME = 4_000  # cells of a table of which it is decided anew after every portion
AT_ONCE = 400  # values that one condition names


class Key(NamedTuple):
    """Whose cell: reader, table, side, and the dimensions of which "" are summed over."""

    reader: int
    table: str
    side: str
    dims: Dims


def refresh(at: datetime, *, most: int = PORTION) -> int:
    """Read a portion of stale slices anew; how many there were. What is hidden is decided with it."""
    with transaction.atomic():
        picked = _portion(most)
        if not picked:
            return 0
        tables = sorted({one.table for one in picked})
        for table in tables:
            Book.objects.get_or_create(table=table)
        list(Book.objects.select_for_update().filter(table__in=tables).order_by("table"))
        # Whoever held the books before may have read the same slices.
        kept = {
            one.pk: one
            for one in Slice.objects.filter(pk__in=[one.pk for one in picked], marks__gt=F("done"))
        }
        slices = [kept[one.pk] for one in picked if one.pk in kept]
        found = read(slices, at)
        changes: dict[Key, Parts] = defaultdict(dict)
        readers = Readers(slices, found.values())
        for one in slices:
            _spread(one, difference(unpacked(one.cells), found[one.pk]), readers, changes)
            one.cells, one.done, one.read_at = packed(found[one.pk]), one.marks, at
            one.definition = definition(one.table)
        Slice.objects.bulk_update(slices, ["cells", "done", "read_at", "definition"], batch_size=200)
        going_on = set(stale().filter(table__in=tables).order_by().values_list("table", flat=True).distinct())
        touched = _add(changes, going_on)
        for table in sorted(touched):
            Book.objects.filter(table=table).update(changed=F("changed") + 1)
        for table in tables:
            if table not in going_on:
                _decide(table, any(key.table == table for key in changes), at)
        return len(picked)


def _decide(table: str, touched: bool, at: datetime) -> None:
    """What is hidden of a table, now that no slice of it is stale: anew, or of a large one only more."""
    rows = Cell._base_manager.filter(table=table)
    if rows.filter(hidden__has_key=UNDECIDED).exists() or (touched and rows.count() <= AT_A_TIME):
        decide(table, at)
    elif touched:
        decide_more(table)


def _portion(most: int) -> list[Slice]:
    """The stale slices of the next few classes, or of the next few organisations."""
    first = stale().only("pk", "table").first()
    if first is None:
        return []
    classes = first.table in CLASSES
    rows = stale().filter(cohort__isnull=not classes).defer("cells")
    by = "cohort_id" if classes else "organisation_id"
    owners: list[int] = list(dict.fromkeys(rows.values_list(by, flat=True)[: most * 10]))[:most]
    return list(rows.filter(**{f"{by}__in": owners}).defer("cells"))


def read(slices: Sequence[Slice], at: datetime) -> dict[int, Finest]:
    """slice → its finest cells as the record is now; a fixed number of questions for each table."""
    counties = Counties()
    wanted = {one.table for one in slices}
    classes = {one.cohort_id for one in slices if one.cohort_id is not None}
    houses = {one.organisation_id for one in slices if one.cohort_id is None}
    by_table: dict[str, Mapping[int, Finest]] = {}
    if classes:
        known = Classes(classes, now=at, counties=counties)
        for table in wanted & CLASS_ROWS.keys():
            by_table[table] = added(table, CLASS_ROWS[table](known))
        for table in wanted & CLASS_SHAPES.keys():
            by_table[table] = _shaped(CLASS_SHAPES[table](known))
    if houses:
        there = Houses(houses, now=at, counties=counties)
        for table in wanted & HOUSE_ROWS.keys():
            by_table[table] = added(table, HOUSE_ROWS[table](there))
        for table in wanted & HOUSE_SHAPES.keys():
            by_table[table] = _shaped(HOUSE_SHAPES[table](there))
    return {one.pk: by_table[one.table].get(one.cohort_id or one.organisation_id, {}) for one in slices}


def _shaped(shapes: Iterable[Shape]) -> Mapping[int, Finest]:
    found: dict[int, Finest] = defaultdict(dict)
    for owner, dims, part, count in shapes:
        parts = found[owner].setdefault(dims, {})
        parts[part] = parts.get(part, 0) + count
    return found


class Readers:
    """Who reads the rows of an owner, and of an enterprise: itself and everybody above it; two questions."""

    def __init__(self, slices: Sequence[Slice], found: Iterable[Finest]) -> None:
        hosts = {dims[3] for cells in found for dims in cells}
        hosts |= {row[3] for one in slices for row in one.cells}
        owners = Organisation.objects.filter(pk__in={one.organisation_id for one in slices})
        self._owner = dict(owners.values_list("pk", "path"))
        named = Organisation.objects.filter(public_id__in=hosts)
        self._host = dict(named.values_list("public_id", "path"))
        paths = {path for end in (*self._owner.values(), *self._host.values()) for path in paths_to(end)}
        self._pk = dict(Organisation.objects.filter(path__in=paths).values_list("path", "pk"))

    def of(self, owner: int, host: str) -> Iterable[tuple[int, str]]:
        """(reader, side), each reader once."""
        owned = paths_to(self._owner[owner])
        yield from ((self._pk[path], "owned") for path in owned)
        for path in paths_to(self._host.get(host, "")):
            if path not in owned:
                yield self._pk[path], "hosted"


def _spread(one: Slice, changed: Finest, readers: Readers, changes: dict[Key, Parts]) -> None:
    for dims, parts in changed.items():
        cells = list(projected(one.table, dims))
        for reader, side in readers.of(one.organisation_id, dims[3]):
            for cell in cells:
                sums = changes[Key(reader, one.table, side, cell)]
                for key, value in parts.items():
                    sums[key] = sums.get(key, 0) + value


def _add(changes: Mapping[Key, Parts], going_on: Collection[str] = ()) -> set[str]:
    """Add them to the cells; a cell without anything goes. The tables whose cells have changed.

    Of tables of which more is `going_on` to be read, what is hidden is decided with the last portion: until then
    nothing that has changed is shown.
    """
    wanted = {key: parts for key, parts in changes.items() if any(parts.values())}
    known = _known(wanted)
    new: list[Cell] = []
    changed: list[Cell] = []
    empty: list[int] = []
    for key, parts in wanted.items():
        cell = known.get(key)
        if cell is None:
            place, stage, occupation, enterprise, period = key.dims
            cell = Cell(
                organisation_id=key.reader, table=key.table, side=key.side, place=place, stage=stage,
                occupation=occupation, enterprise=enterprise, period=period,
            )  # fmt: skip
        sums = {
            name: cell.parts.get(name, 0) + parts.get(name, 0) for name in cell.parts.keys() | parts.keys()
        }
        cell.parts = {name: value for name, value in sorted(sums.items()) if value}
        if key.table in going_on:
            cell.hidden = {**cell.hidden, UNDECIDED: 3}
        if cell.pk is None:
            new.append(cell)
        elif cell.parts:
            changed.append(cell)
        else:
            empty.append(cell.pk)
    Cell._base_manager.bulk_create((cell for cell in new if cell.parts), batch_size=1_000)
    Cell._base_manager.bulk_update(changed, ["parts", "hidden"], batch_size=300)
    for first in range(0, len(empty), BATCH):
        Cell._base_manager.filter(pk__in=empty[first : first + BATCH]).delete()
    return {key.table for key in wanted}


def _known(wanted: Collection[Key]) -> dict[Key, Cell]:
    """The cells of these keys that are there; a question for each few hundred readers and periods."""
    found: dict[Key, Cell] = {}
    groups: dict[tuple[str, str, int], set[Dims]] = defaultdict(set)
    for key in wanted:
        groups[key.table, key.side, key.reader].add(key.dims)
    for (table, side, reader), dims in groups.items():
        rows = Cell._base_manager.filter(organisation=reader, table=table, side=side)
        if len(dims) < AT_ONCE:
            rows = rows.filter(enterprise__in={one[3] for one in dims}, period__in={one[4] for one in dims})
        for cell in rows:
            key = Key(reader, table, side, dims_of(cell))
            if key.dims in dims:
                found[key] = cell
    return found


def dims_of(cell: Cell) -> Dims:
    """The dimensions of a cell, in their order."""
    return cell.place, cell.stage, cell.occupation, cell.enterprise, cell.period


def settled(at: datetime) -> None:
    """Note for every table without a stale slice that its cells are as the record is."""
    waiting = set(stale().values_list("table", flat=True).order_by().distinct())
    Book.objects.exclude(table__in=waiting).update(made_at=at)
