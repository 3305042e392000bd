"""Merging rows of another site into this one's: who is who, what stands, what clashes, what must wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import Error, transaction

from craftpath.engines.merging import Version, merge, seen_by
from craftpath.kernel.files import KeptFile, drop
from craftpath.kernel.points.arriving import Arrival, Arriving
from craftpath.kernel.points.carried import Carried, Way, carried, reach
from craftpath.kernel.points.gathering import chunks
from craftpath.kernel.points.noticing import Noticing, keep
from craftpath.kernel.points.spelling import (
    as_text,
    closed,
    columns,
    digest_of,
    name_of,
    opened,
    spell,
    value_of,
    version_in,
)
from craftpath.kernel.points.tables import CarriedRow, Clash, HeldRow, Point, PointRow
from craftpath.kernel.rows import insert_rows

AT_ONCE = 500
Line = list[Any]


@dataclass
class Merged:
    """What became of one row: the values that this site does not have yet, and whether it is there afterwards."""

    row: CarriedRow
    line: Line
    write: dict[int, Any] = field(default_factory=dict)
    is_new: bool = False
    clashes: list[Clash] = field(default_factory=list)


class Merging:
    """One bundle being merged; `written` and `clashes` count what came of it."""

    def __init__(self, point: Point, noticing: Noticing, at: datetime) -> None:
        self.point, self.noticing, self.at = point, noticing, at
        self.names = noticing.names
        self.written = self.clashes = 0
        self.gone: dict[str, list[CarriedRow]] = defaultdict(list)
        self.once = frozenset() if point.is_hub else reach("once")

    def run(self, tables: list[Carried], lines: Callable[[str], Iterator[Line]]) -> int:
        """Merge all tables; returns how many rows the bundle held."""
        waiting: dict[str, list[Line]] = defaultdict(list)
        for held in HeldRow.objects.filter(point=self.point).order_by("pk"):
            if _fits(held):  # one that came before this program knew other columns waits for somebody to look
                waiting[held.label].append(held.content)
                held.delete()
        arriving = Arriving(self.point, self.noticing)
        count = 0
        for one in tables:
            for some in _parts(waiting[one.label], lines(one.label)):
                arriving.meet(one, some)
        for one in tables:
            count -= len(waiting[one.label])
            for some in _parts(waiting[one.label], lines(one.label)):
                count += len(some)
                self._table(one, arriving.known(one, some))
        for one in reversed(tables):
            self._remove(one, self.gone[one.label])
        self.noticing.end()
        return count

    def _table(self, one: Carried, arrivals: list[Arrival]) -> None:
        for refused in (arrival for arrival in arrivals if arrival.reason):
            self._hold(one, refused.line, refused.reason)
            if refused.is_new:  # what hangs on it waits with it
                self.names.forget(one.label, refused.local)
                CarriedRow.objects.filter(label=one.label, local=refused.local).delete()
        arrivals = [arrival for arrival in arrivals if not arrival.reason]
        present = {arrival.local for arrival in arrivals if not arrival.is_new}
        for some in chunks(sorted(present)):  # nobody writes them until they are merged
            list(one.model._base_manager.select_for_update(of=("self",)).filter(pk__in=some).order_by("pk"))
        if one.way is Way.BOTH:
            self.noticing.look(one, [one.model._meta.pk.to_python(key) for key in present])
        mine = self._mine(one, present)
        rows = self._rows(one, arrivals)
        merged: dict[str, Merged] = {}
        for arrival in arrivals:
            row = rows[arrival.local]
            done = self._merge(one, row, mine.get(arrival.local), arrival.line)
            # The same row may come twice in a bundle with what waited; both times are merged, one after the other.
            if arrival.local in merged:
                self._write(one, list(merged.values()))
                if row.pk is not None:
                    row.refresh_from_db(fields=["digest", "marks"])
                mine |= self._mine(one, set(merged))
                merged = {}
                done = self._merge(one, row, mine.get(arrival.local), arrival.line)
            merged[arrival.local] = done
        self._write(one, list(merged.values()))
        self._note_given(one, arrivals, rows)

    def _mine(self, one: Carried, keys: Iterable[str]) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for some in chunks(keys):
            rows = one.model._base_manager.filter(pk__in=some).order_by().values_list(*columns(one))
            found |= dict(spell(one, list(rows), self.names))
        return found

    def _rows(self, one: Carried, arrivals: list[Arrival]) -> dict[str, CarriedRow]:
        rows: dict[str, CarriedRow] = {}
        for some in chunks(dict.fromkeys(arrival.local for arrival in arrivals)):
            rows |= {row.local: row for row in CarriedRow.objects.filter(label=one.label, local__in=some)}
        return rows

    def _merge(self, one: Carried, row: CarriedRow, mine: list[Any] | None, line: Line) -> Merged:
        _names, stamps, gone, theirs = line
        groups = set(one.groups)
        before, after = opened(row.stamps, groups), opened(stamps, groups)
        merged = Merged(row, line, is_new=mine is None)
        if mine is not None and one.label in self.once:
            return merged
        versions: dict[int, Version] = {}
        for group in groups:
            (_nothing, versions[group]), _none = merge(("", before[group]), ("", after[group]))
            if gone:  # a deletion has no values
                continue
            places = [place for place, own in enumerate(one.groups) if own == group]
            said = [theirs[place] for place in places]
            if mine is None:
                merged.write |= dict(zip(places, said, strict=True))
                continue
            have = [mine[place] for place in places]
            (stands, _version), clash = merge((have, before[group]), (said, after[group]))
            if stands != have:
                merged.write |= dict(zip(places, stands, strict=True))
            if clash is not None and one.way is Way.BOTH and one.model is not Clash:
                merged.clashes.append(self._clash(one, row, places, clash))
        left, arrived = version_in(row.stamps.get("a")), version_in(stamps.get("a"))
        (_same, leave), _none = merge(("", left), ("", arrived))
        row.stamps = closed(versions, leave)
        row.version = name_of(row.stamps)
        row.gone = bool(leave.at) and all(seen_by(version, leave) for version in versions.values())
        if row.gone:
            self.gone[one.label].append(row)
        return merged

    def _clash(self, one: Carried, row: CarriedRow, places: list[int], clash: Any) -> Clash:
        called = [one.fields[place].attname for place in places]
        stamps = sorted(list(stamp) for stamp in clash.stamps)
        return Clash(
            mark=digest_of(as_text([one.label, called[0], stamps]), 16),
            organisation=self.point.organisation,
            label=one.label,
            name=row.name,
            kept=dict(zip(called, clash.kept, strict=True)),
            other=dict(zip(called, clash.other, strict=True)),
            kept_site=clash.stamps[0][1],
            other_site=clash.stamps[1][1],
            found_at=self.at,
        )

    def _write(self, one: Carried, merged: list[Merged]) -> None:
        new: list[tuple[Merged, dict[str, Any]]] = []
        for done in merged:
            if done.row.gone or not done.write:
                continue
            try:
                values = self._values(one, done.write)
            except KeyError:
                self._hold_merged(one, done, "points.misses_other")
                continue
            except (ValidationError, TypeError, ValueError, OverflowError):
                self._hold_merged(one, done, "points.bad_value")
                continue
            if done.is_new:
                new.append((done, values))
            elif not self._update(one, done, values):
                self._hold_merged(one, done, "points.not_writable")
        for done in self._insert(one, new):
            self._hold_merged(one, done, "points.not_writable")
        kept = [done for done in merged if done.row.version != HELD]
        keep(done.row for done in kept)
        touched = [done.row.local for done in kept if done.write and not done.row.gone]
        self.written += len(touched)
        self.noticing.remember(one, touched)
        clashes = [clash for done in kept for clash in done.clashes]
        self.clashes += len(clashes)
        Clash._base_manager.bulk_create(clashes, ignore_conflicts=True)

    def _values(self, one: Carried, write: dict[int, Any]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for place, said in write.items():
            column = one.fields[place]
            keys: dict[str, str] = {}
            if column.is_relation and said is not None:
                keys = self.names.local(column.related_model._meta.label, [said])
            values[column.attname] = value_of(column, said, keys)
        return values

    def _update(self, one: Carried, done: Merged, values: dict[str, Any]) -> bool:
        try:
            with transaction.atomic():
                one.model._base_manager.filter(pk=done.row.local).update(**values)
        except Error:
            return False
        return True

    def _insert(self, one: Carried, new: list[tuple[Merged, dict[str, Any]]]) -> list[Merged]:
        """Insert rows; all at once, or one by one where the database does not want some of them. Returns these."""
        if not new:
            return []
        key = one.model._meta.pk
        names = [key.name, *(field.name for field in one.fields)]
        rows = [
            (key.to_python(done.row.local), *(values[field.attname] for field in one.fields))
            for done, values in new
        ]
        try:
            with transaction.atomic():
                insert_rows(one.model, names, rows)
        except Error:
            if len(new) == 1:
                return [new[0][0]]
            half = len(new) // 2
            return self._insert(one, new[:half]) + self._insert(one, new[half:])
        return []

    def _remove(self, one: Carried, rows: list[CarriedRow]) -> None:
        """Delete what was deleted there, unless something here still points to it: then it comes back everywhere."""
        for row in rows:
            if not row.gone or any(
                self._pointed(relation, row) for relation in one.model._meta.related_objects
            ):
                continue
            there: Any = one.model._base_manager.filter(pk=row.local)
            if one.model is KeptFile:  # with its bytes
                for file in there:
                    drop(file)
            else:
                there._raw_delete(using="default")
            self.written += 1

    def _pointed(self, relation: Any, row: CarriedRow) -> bool:
        others = relation.related_model._base_manager.filter(**{relation.field.attname: row.local})
        return bool(others.exists())

    def _note_given(self, one: Carried, arrivals: list[Arrival], rows: dict[str, CarriedRow]) -> None:
        """They have these rows, as they sent them."""
        given = {
            rows[arrival.local].pk: name_of(arrival.line[1])
            for arrival in arrivals
            if rows[arrival.local].version != HELD
        }
        PointRow.objects.bulk_create(
            [PointRow(point=self.point, row_id=row, version=version) for row, version in given.items()],
            update_conflicts=True,
            unique_fields=["point", "row"],
            update_fields=["version", "number"],
            batch_size=200,
        )

    def _hold_merged(self, one: Carried, done: Merged, reason: str) -> None:
        """Forget that a row was to be written here, and keep what was sent."""
        self._hold(one, done.line, reason)
        if done.is_new:
            self.names.forget(one.label, done.row.local)
            done.row.delete()
        done.row.version = HELD

    def _hold(self, one: Carried, line: Line, reason: str) -> None:
        held = HeldRow(
            point=self.point, label=one.label, name=line[0][0], content=line, reason=reason, at=self.at
        )
        HeldRow.objects.bulk_create(
            [held],
            update_conflicts=True,
            unique_fields=["point", "label", "name"],
            update_fields=["content", "reason", "at"],
        )


HELD = "held"
"""In the place of a version: of a row that was not written."""


def _fits(held: HeldRow) -> bool:
    _names, _stamps, gone, values = held.content
    return bool(gone) or (held.label in carried() and len(values) == len(carried()[held.label].fields))


def _parts(waiting: list[Line], lines: Iterator[Line]) -> Iterator[list[Line]]:
    if waiting:
        yield waiting
    while some := list(islice(lines, AT_ONCE)):
        yield some
