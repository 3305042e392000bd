"""Who an arriving row is: one that is known here, the same thing under another name, or a new one – if it may come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models

from craftpath.kernel.access import Membership
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.points.carried import Carried, Way
from craftpath.kernel.points.filing import is_place
from craftpath.kernel.points.gathering import chunks
from craftpath.kernel.points.noticing import Noticing
from craftpath.kernel.points.spelling import value_of
from craftpath.kernel.points.tables import CarriedName, CarriedRow, Point, PointRow

Line = list[Any]
LONGEST_NAME = 40


@dataclass
class Arrival:
    """A line with the key of its row here; `reason` says why it may not be written."""

    line: Line
    local: str = ""
    is_new: bool = False
    reason: str = ""


class Arriving:
    """First all rows of a bundle are met, so that each knows the others, whatever their order; then they are merged."""

    def __init__(self, point: Point, noticing: Noticing) -> None:
        self.point, self.noticing = point, noticing
        self.names = noticing.names
        self.new: dict[str, set[str]] = defaultdict(set)
        self.refused: dict[str, dict[str, str]] = defaultdict(dict)
        self.next: dict[str, int] = {}
        self.filled: dict[str, bool] = {}
        self.inside = self._inside()
        self.taken = self._taken_prefixes()

    def meet(self, one: Carried, lines: list[Line]) -> None:
        """Find out who these are; new ones get their keys."""
        rows = self._known_rows(one, lines)
        given = self._given(rows.values())
        strangers: list[Line] = []
        for line in lines:
            row = next((rows[name] for name in line[0] if name in rows), None)
            if row is None:
                if not line[2]:
                    strangers.append(line)
                continue
            if not self.point.is_hub and row.pk not in given:
                self.refused[one.label][line[0][0]] = "points.not_given"
            self._learn(one, row, line[0])
        if strangers:
            self._strangers(one, strangers)

    def known(self, one: Carried, lines: list[Line]) -> list[Arrival]:
        """The same lines with what was found out; deletions of what never came are left out."""
        self._refuse_strange_pointers(one, lines)
        self._refuse_files_elsewhere(one, lines)
        keys = self.names.local(one.label, (line[0][0] for line in lines))
        gone = self._known_rows(one, [line for line in lines if line[0][0] not in keys])
        found = []
        for line in lines:
            name = line[0][0]
            local = keys.get(name, "") or (gone[name].local if name in gone else "")
            reason = self.refused[one.label].get(name, "")
            if local or reason:
                found.append(Arrival(line, local, local in self.new[one.label], reason))
        return found

    def _refuse_strange_pointers(self, one: Carried, lines: list[Line]) -> None:
        """A point may point only to what it was given, or brings along: what a row points to is sent back with it."""
        if self.point.is_hub:
            return
        for place, field in enumerate(one.fields):
            if not field.is_relation:
                continue
            label = field.related_model._meta.label
            said = {
                line[0][0]: line[3][place] for line in lines if not line[2] and line[3][place] is not None
            }
            keys = self.names.local(label, said.values())
            pointed = {keys[name] for name in said.values() if name in keys}
            reachable = (pointed & self.new[label]) | self._given_keys(label, pointed)
            if field.name == one.owner and label == "kernel.Organisation" and not _is_loose(one):
                reachable &= self.inside  # organisations above are known at the point, and not its own
            for name, other in said.items():
                if other in keys and keys[other] not in reachable:
                    self.refused[one.label][name] = "points.not_given"

    def _refuse_files_elsewhere(self, one: Carried, lines: list[Line]) -> None:
        """A file lies where its row says and nowhere else: who may name any place may have any file sent."""
        if one.label != "kernel.KeptFile":
            return
        places = {field.attname: place for place, field in enumerate(one.fields)}
        for names, _stamps, gone, values in lines:
            if not gone and not is_place(values[places["content"]], values[places["public_id"]]):
                self.refused[one.label][names[0]] = "points.bad_value"

    def _known_rows(self, one: Carried, lines: Iterable[Line]) -> dict[str, CarriedRow]:
        names = {str(name)[:LONGEST_NAME] for line in lines for name in line[0]}
        rows: dict[str, CarriedRow] = {}
        for some in chunks(names):
            for row in CarriedRow.objects.filter(label=one.label, name__in=some):
                rows[row.name] = row
            others = CarriedName.objects.filter(label=one.label, name__in=some).select_related("row")
            rows |= {other.name: other.row for other in others}
        return rows

    def _given(self, rows: Iterable[CarriedRow]) -> set[int]:
        found: set[int] = set()
        for some in chunks({row.pk for row in rows}):
            theirs = PointRow.objects.filter(point=self.point, row__in=some)
            found |= set(theirs.values_list("row_id", flat=True))
        return found

    def _learn(self, one: Carried, row: CarriedRow, names: list[str]) -> None:
        """Remember under which names others know a row."""
        new = [name for name in names if name != row.name and not name.startswith(self.taken)]
        if new:  # no row is called as another one is
            others = CarriedRow.objects.filter(label=one.label, name__in=new).values_list("name", flat=True)
            new = sorted(set(new) - set(others))
        if new:
            CarriedName.objects.bulk_create(
                [CarriedName(label=one.label, name=name, row=row) for name in new], ignore_conflicts=True
            )
        if not row.gone:
            self.names.learn(one.label, ((name, row.local) for name in [*new, row.name]))

    def _strangers(self, one: Carried, lines: list[Line]) -> None:
        allowed = self._allowed(one, lines)
        twins = self._twins(one, lines)
        strange = self._of_others(one, twins, lines)
        new: list[tuple[Line, CarriedRow]] = []
        fresh = [line for line in lines if line[0][0] in allowed and line[0][0] not in twins]
        keys = self._keys(one, [line for line in fresh if not line[0][0].startswith(self.taken)])
        for line in lines:
            name = line[0][0]
            if name.startswith(self.taken) or name in strange:
                self.refused[one.label][name] = "points.not_given"
            elif name not in allowed:
                self.refused[one.label][name] = "points.outside"
            elif name in twins:
                self._same_thing(one, twins[name], line)
            else:
                new.append((line, CarriedRow(label=one.label, name=name, local=keys[name], version="")))
        CarriedRow.objects.bulk_create([row for _line, row in new], batch_size=200)
        for line, row in new:
            self.new[one.label].add(row.local)
            self._learn(one, row, line[0])

    def _same_thing(self, one: Carried, key: Any, line: Line) -> None:
        """Two sites wrote the same thing before they heard of each other: one row, two names."""
        self.noticing.name_rows({one.label: {key}})
        row = CarriedRow.objects.get(label=one.label, local=str(key))
        if one.way is Way.DOWN:  # the hub never hears what a point called it
            row.name = line[0][0]
            row.save(update_fields=["name"])
        self._learn(one, row, line[0])

    def _twins(self, one: Carried, lines: list[Line]) -> dict[str, Any]:
        """name → key of a row here that agrees with a stranger in what may stand once."""
        if one.label not in self.filled:
            self.filled[one.label] = one.model._base_manager.exists()
        if not self.filled[one.label]:
            return {}
        found: dict[str, Any] = {}
        if one.own_key:
            wanted = [line[0][0] for line in lines]
            there = one.model._base_manager.filter(pk__in=wanted).values_list("pk", flat=True)
            return {str(key): key for key in there}
        for columns, condition in one.uniques:
            if condition is not None:
                continue
            wanted_by: dict[tuple[Any, ...], str] = {}
            for line in lines:
                key = self._key(one, columns, line)
                if key is not None:
                    wanted_by[key] = line[0][0]
            if not wanted_by:
                continue
            # Asked by the column that tells most of them apart; the rest is compared here.
            whole = [
                place for place in range(len(columns)) if all(key[place] is not None for key in wanted_by)
            ]
            best = max(whole, key=lambda place: len({key[place] for key in wanted_by}))
            for some in chunks({key[best] for key in wanted_by}):
                rows = one.model._base_manager.filter(**{f"{columns[best]}__in": some}).order_by()
                for pk, *values in rows.values_list("pk", *columns):
                    name = wanted_by.get(tuple(values))
                    if name is not None:
                        found.setdefault(name, pk)
        return found

    def _of_others(self, one: Carried, twins: dict[str, Any], lines: list[Line]) -> set[str]:
        """Names of those whose twin here hangs on something else: a public id is no leave to write over a row."""
        if self.point.is_hub or not twins:
            return set()
        owner = next(field.attname for field in one.relations if field.name == one.owner)
        here: dict[Any, Any] = {}
        for some in chunks(set(twins.values())):
            here |= dict(one.model._base_manager.filter(pk__in=some).values_list("pk", owner))
        said = {line[0][0]: self._said(one, line, (owner,)) for line in lines if line[0][0] in twins}
        return {name for name, key in twins.items() if said[name] != [here[key]]}

    def _key(self, one: Carried, columns: tuple[str, ...], line: Line) -> tuple[Any, ...] | None:
        """What may stand once, of a line; also of rows without an organisation, which a database lets stand twice."""
        said = self._said(one, line, columns)
        return None if said is None or all(value is None for value in said) else tuple(said)

    def _said(self, one: Carried, line: Line, columns: tuple[str, ...]) -> list[Any] | None:
        """Some columns of a line as this site would keep them; None where one points to a row that is not here."""
        places = {field.attname: place for place, field in enumerate(one.fields)}
        values = []
        for name in columns:
            field, said = one.fields[places[name]], line[3][places[name]]
            keys: dict[str, str] = {}
            if field.is_relation and said is not None:
                keys = self.names.local(field.related_model._meta.label, [said])
            try:
                values.append(value_of(field, said, keys))
            except (KeyError, ValidationError):
                return None
        return values

    def _allowed(self, one: Carried, lines: list[Line]) -> set[str]:
        """Names of those that hang on something which the other side was given, or on its own place."""
        if self.point.is_hub:
            return {line[0][0] for line in lines}
        owner = next((field for field in one.relations if field.name == one.owner), None)
        if owner is None:
            return set()
        label = owner.related_model._meta.label
        owners = {line[0][0]: self._said(one, line, (owner.attname,)) for line in lines}
        keys = {str(said[0]) for said in owners.values() if said and said[0] is not None}
        if owner.related_model is Organisation and not _is_loose(one):
            reachable = keys & self.inside
        elif owner.related_model is Person and one.way is Way.BOTH:
            reachable = keys & self.members  # others are known there by name, and say nothing there
        else:
            reachable = (keys & self.new[label]) | self._given_keys(label, keys)
        return {
            name
            for name, said in owners.items()
            if said and (str(said[0]) in reachable or (said[0] is None and one.way is Way.UP))
        }

    def _given_keys(self, label: str, keys: set[str]) -> set[str]:
        found: set[str] = set()
        for some in chunks(keys):
            theirs = PointRow.objects.filter(point=self.point, row__label=label, row__local__in=some)
            found |= set(theirs.values_list("row__local", flat=True))
        return found

    def _inside(self) -> set[str]:
        below = self.point.organisation.below()
        return {str(key) for key in below.values_list("pk", flat=True)}

    @cached_property
    def members(self) -> set[str]:
        """Keys of all who have, or had, a role at the point."""
        below = self.point.organisation.below()
        rows = Membership.objects.filter(organisation__in=below.order_by().values("pk"))
        return {str(key) for key in rows.values_list("person_id", flat=True)}

    def _taken_prefixes(self) -> tuple[str, ...]:
        """How names begin that only this site, or another point, may give: nobody else's new row is called so."""
        if self.point.is_hub:
            return ()
        others = Point.objects.filter(is_hub=False).exclude(pk=self.point.pk).exclude(instance="")
        return tuple(
            f"{name}:" for name in [self.noticing.site.instance, *others.values_list("instance", flat=True)]
        )

    def _keys(self, one: Carried, lines: list[Line]) -> dict[str, str]:
        """A key of this database for each of them."""
        names = [line[0][0] for line in lines]
        if one.own_key:
            return {name: name for name in names}
        return dict(zip(names, map(str, self._next_keys(one.model, len(names))), strict=True))

    def _next_keys(self, model: type[models.Model], count: int) -> list[int]:
        table = model._meta.db_table
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                    [connection.ops.quote_name(table), count],
                )
                return [row[0] for row in cursor.fetchall()]
            if table not in self.next:
                cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
                kept = cursor.fetchone()
                self.next[table] = (kept[0] if kept else 0) + 1
        first = self.next[table]
        self.next[table] = first + count
        return list(range(first, first + count))


def _is_loose(one: Carried) -> bool:
    """Whether its rows may belong to organisations around the point: history, and files that others keep there."""
    return one.way is Way.UP or one.label == "kernel.KeptFile"
