"""What a merge would do, found before it is done: what moves, what both have already, and where the two meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q

from craftpath.kernel.people import Person
from craftpath.kernel.points.tables import PointRow
from craftpath.kernel.twins.columns import Column, all_columns, counts, handling
from craftpath.kernel.whose import about, uniques
from craftpath.values.verdict import YES, Verdict, not_now

SHOWN = 5  # rows that are named of many


@dataclass(frozen=True)
class Twice:
    """Rows that the one who stays has already. `how`: they stay behind (`left`), are `ended`, or refuse the merge."""

    column: Column
    how: str
    rows: int
    reason: str = ""


@dataclass(frozen=True)
class Meeting:
    """Rows that name both as two persons: by `ways`, look-ups from the row."""

    model: type[Model]
    ways: tuple[str, str]
    rows: tuple[Any, ...]

    @property
    def label(self) -> str:
        """How its table is called."""
        return self.model._meta.label


@dataclass(frozen=True)
class Plan:
    """A merge before it is done. `moves` counts rows of the one who goes, `twice` is of those of them that clash."""

    stays: Person
    goes: Person
    moves: Mapping[Column, int]
    twice: tuple[Twice, ...]
    meetings: tuple[Meeting, ...]
    at_a_point: bool

    @property
    def left(self) -> dict[str, int]:
        """label of a table → rows that stay with the one who goes."""
        return _by_label((one.column, one.rows) for one in self.twice if one.how == "left")

    @cached_property
    def refusals(self) -> tuple[Verdict, ...]:
        """Why it cannot be done, if it cannot; each sentence once."""
        found = [not_now("twins.at_a_point")] if self.at_a_point else []
        found += [not_now(f"twins.{one.reason}", rows=one.rows) for one in self.twice if one.how == "refused"]
        if self.meetings:
            found.append(not_now("twins.they_meet", rows=sum(len(one.rows) for one in self.meetings)))
        return tuple({verdict.reason: verdict for verdict in found}.values())

    @property
    def verdict(self) -> Verdict:
        """Whether it can be done."""
        return self.refusals[0] if self.refusals else YES


def _by_label(rows: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, number in rows:
        found[column.label] = found.get(column.label, 0) + number
    return found


def plan_of(stays: Person, goes: Person) -> Plan:
    """Look through every table that knows one of the two."""
    found = counts([stays.pk, goes.pk])
    both = [column for column, rows in found.items() if len(rows) == 2]
    return Plan(
        stays,
        goes,
        {column: rows[goes.pk] for column, rows in found.items() if goes.pk in rows},
        tuple(one for column in both for one in _twice(column, stays, goes)),
        tuple(_meetings({column.model for column in found}, stays, goes)),
        carried(stays, goes),
    )


def carried(*people: Person) -> bool:
    """Whether a village point that is still open was told of one of them: its own rows name who they are."""
    return PointRow.objects.filter(
        point__revoked_at__isnull=True,
        row__label=Person._meta.label,
        row__local__in=[str(one.pk) for one in people],
        row__gone=False,
    ).exists()


def standing_twice(column: Column, stays: Person) -> Q:
    """The condition under which a row would stand twice, were it of the one who stays."""
    own = column.field.attname
    found = Q(pk__in=[])
    for names, condition in uniques(column.model):
        if own not in names:
            continue
        same = {name: OuterRef(name) for name in names if name != own}
        twin = column.rows.filter(**{own: stays.pk}, **same)
        found |= Q(Exists(twin)) if condition is None else condition & Q(Exists(twin.filter(condition)))
    return found


def _twice(column: Column, stays: Person, goes: Person) -> Iterator[Twice]:
    rules, own = handling(), column.field.attname
    mine = column.rows.filter(**{own: goes.pk})
    if same := rules["two_persons"].get(column.name):
        theirs = column.rows.filter(**{own: stays.pk}, **{name: OuterRef(name) for name in same})
        if number := mine.filter(Exists(theirs)).count():
            yield Twice(column, "refused", number, "judged_twice")
    rows = mine.filter(standing_twice(column, stays))
    reason = rules["refuses"].get(column.name, "")
    if reason:
        refused = rows.filter(**rules["refuses_while"].get(column.name, {})).count()
        if refused:
            yield Twice(column, "refused", refused, reason)
            return
    if number := rows.count():
        yield Twice(column, "ended" if column.name in rules["ends"] else "left", number)


def _meetings(models: set[type[Model]], stays: Person, goes: Person) -> Iterator[Meeting]:
    """Rows that name one of them where they also name, or are about, the other: two persons to whoever wrote them."""
    clerks, kept = set(handling()["clerks"]["columns"]), handling()["keeps"]
    direct: dict[type[Model], list[str]] = {}
    for column in all_columns():
        if column.name not in kept and column.model in models:
            direct.setdefault(column.model, []).append(column.field.name)
    for model in sorted(models, key=lambda one: one._meta.label):
        ways = list(dict.fromkeys([*direct[model], *about(model)]))
        for one, other in combinations(ways, 2):
            if one not in direct[model] or {one, other} <= clerks:
                continue
            rows = model._base_manager.filter(
                Q(**{one: stays.pk, other: goes.pk}) | Q(**{one: goes.pk, other: stays.pk})
            )
            if found := list(rows.order_by("pk").distinct()[:SHOWN]):
                yield Meeting(model, (one, other), tuple(found))
