"""Figures of indicators, from cells: one question, then the arithmetic of the catalogue."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Min, Q

from craftpath.domain.insight import naming
from craftpath.domain.insight.adding import ALL, measure
from craftpath.domain.insight.answers import (
    CODES,
    EMPTY,
    NOT_RECORDED,
    TABLES,
    TOO_FINE,
    UNKNOWN,
    WHY,
    Choice,
    Row,
)
from craftpath.domain.insight.deciding import UNDECIDED
from craftpath.domain.insight.marking import TABLES as KEPT
from craftpath.domain.insight.models import Book, Cell, Published
from craftpath.domain.insight.rows import NOT_KEPT
from craftpath.engines.indicators import CATALOGUE, DIMENSIONS, NOT_APPLICABLE, Indicator, by_key, finish
from craftpath.kernel.organisations import Organisation


@dataclass(slots=True)
class Sums:
    """Cells of both sides added up: a reader's own rows and those that others' apprentices leave there."""

    parts: Counter[str] = field(default_factory=Counter)
    hidden: dict[str, int] = field(default_factory=dict)

    def take(self, parts: Mapping[str, int], hidden: Mapping[str, int]) -> None:
        """One more cell."""
        self.parts.update(parts)
        for key, code in hidden.items():
            self.hidden[key] = min(code, self.hidden.get(key, code))

    def code(self, key: str) -> int | None:
        """Why a measure is not shown; None where it is."""
        return self.hidden.get(UNDECIDED, self.hidden.get(key))


Cells = dict[tuple[str, tuple[str, ...]], Sums]
"""(table, values of the grouping in the order of DIMENSIONS) → sums."""


def figures(
    keys: Iterable[str],
    by: Iterable[str] = ("period",),
    where: Mapping[str, str] | None = None,
    *,
    of: Organisation,
) -> list[Row]:
    """The figures of these indicators, one row for each value of `by`; one question."""
    return _figures(Cell.objects, list(keys), tuple(by), dict(where or {}), of)


def public_figures(
    keys: Iterable[str],
    by: Iterable[str] = ("period",),
    where: Mapping[str, str] | None = None,
    *,
    of: Organisation,
) -> list[Row]:
    """The same for everybody, of the indicators that the organisation published; needs no scope."""
    known = set(published(of))
    wanted = [key for key in keys if key in known]
    return _figures(Cell._base_manager, wanted, tuple(by), dict(where or {}), of)


def published(of: Organisation) -> list[str]:
    """Keys of the indicators that everybody may read of an organisation, as the catalogue orders them."""
    rows = Published._base_manager.filter(organisation=of, withdrawn_at__isnull=True)
    keys = set(rows.values_list("indicator", flat=True))
    return [one.key for one in CATALOGUE if one.key in keys]


def _figures(
    rows: Any, keys: Sequence[str], by: tuple[str, ...], where: Mapping[str, str], of: Organisation
) -> list[Row]:
    named = [_indicator(key) for key in keys]
    grouping = tuple(name for name in DIMENSIONS if name in {*by, *where})
    unknown = {*by, *where} - set(DIMENSIONS)
    if unknown or grouping not in TABLES:
        return [Row(key, dict(where), None, None, why=UNKNOWN if one is None else TOO_FINE)
                for key, one in zip(keys, named, strict=True)]  # fmt: skip
    tables = {one.table for one in named if one is not None}
    cells = cells_of(rows, of, tables, grouping, where)
    told: list[Row] = []
    for key, one in zip(keys, named, strict=True):
        if one is None or one.table in NOT_KEPT:
            told.append(Row(key, dict(where), None, None, why=UNKNOWN if one is None else NOT_RECORDED))
            continue
        mine = {values: sums for (table, values), sums in cells.items() if table == one.table}
        if not mine and not by:
            told.append(Row(key, dict(where), 0, None, why=EMPTY))
        told.extend(_finished(one, grouping, mine))
    return told


def _indicator(key: str) -> Indicator | None:
    try:
        return by_key(key)
    except KeyError:
        return None


def cells_of(
    rows: Any, of: Organisation, tables: Iterable[str], grouping: Sequence[str], where: Mapping[str, str]
) -> Cells:
    """Cells of these tables by this grouping, both sides added up; one question."""
    wanted = Q(organisation=of, table__in=set(tables))
    for name in DIMENSIONS:
        if name not in grouping:
            wanted &= Q(**{name: ALL})
        elif name in where:
            wanted &= Q(**{name: where[name]})
        else:
            wanted &= ~Q(**{name: ALL})
    found: Cells = defaultdict(Sums)
    for table, parts, hidden, *values in rows.filter(wanted).values_list(
        "table", "parts", "hidden", *grouping
    ):
        found[table, tuple(values)].take(parts, hidden)
    return found


def _finished(one: Indicator, grouping: Sequence[str], cells: Mapping[tuple[str, ...], Sums]) -> list[Row]:
    """Rows of one indicator, in the order of their values."""
    if not cells:
        return []
    ordered = sorted(cells.items())
    parts = {part.key: [sums.parts[part.key] for _values, sums in ordered] for part in one.parts}
    made = finish(one, parts)
    told = []
    told_by = zip(ordered, made.n.tolist(), made.values(), made.bounds(), made.reasons(), strict=True)
    for (values, sums), n, value, bounds, reason in told_by:
        dims = dict(zip(grouping, values, strict=True))
        code = sums.code(measure(one))
        if code is not None:
            told.append(Row(one.key, dims, None, None, suppressed=True, why=CODES[code]))
        else:
            low, high = bounds if bounds is not None else (None, None)
            told.append(Row(one.key, dims, int(n), value, low, high, why=WHY[reason]))
    return told


def choices(*, of: Organisation) -> dict[str, list[Choice]]:
    """The values that each dimension has, in the order in which they are offered; periods the newest first.

    Five questions.
    """
    found: dict[str, set[str]] = {name: set() for name in DIMENSIONS}
    single = Q()
    for name in DIMENSIONS:
        single |= ~Q(**{name: ALL}) & Q(**{other: ALL for other in DIMENSIONS if other != name})
    for values in Cell.objects.filter(single, organisation=of).values_list(*DIMENSIONS).order_by().distinct():
        for name, value in zip(DIMENSIONS, values, strict=True):
            if value not in (ALL, NOT_APPLICABLE):
                found[name].add(value)
    stages = naming.stages(found["stage"])
    names: Mapping[str, naming.Names] = {
        "place": naming.counties(found["place"]),
        "stage": {key: name for key, (_order, name) in stages.items()},
        "occupation": naming.occupations(found["occupation"]),
        "enterprise": naming.organisations(found["enterprise"]),
        "period": {},
    }
    told = {
        name: [Choice(value, names[name].get(value, {})) for value in sorted(values)]
        for name, values in found.items()
    }
    told["period"].reverse()
    told["stage"].sort(key=lambda one: (stages[one.value][0] if one.value in stages else 0, one.value))
    return told


def made_at(*, of: Organisation) -> datetime | None:
    """Since when all cells say what the record says; None before the first time. The same for the whole site."""
    rows = Book.objects.filter(table__in=KEPT)
    if rows.count() < len(KEPT) or rows.filter(made_at__isnull=True).exists():
        return None
    moment: datetime | None = rows.aggregate(at=Min("made_at"))["at"]
    return moment
