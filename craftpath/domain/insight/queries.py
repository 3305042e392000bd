"""Reading figures: prepared, suppressed, in a fixed number of questions whatever the number of apprentices.

Whoever reads has a scope open; figures of an organisation outside it are not there. Everything here is about one
organisation and what lies below it (`of`): an office reads its whole tree, a college its classes, an enterprise its
apprentices. Nothing is worked out while somebody waits but sums of prepared integers and what follows from them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Min, Q

from craftpath.domain.insight import naming
from craftpath.domain.insight.adding import ALL, GROUPINGS, measure, parts_in
from craftpath.domain.insight.deciding import people_in
from craftpath.domain.insight.dimensions import Counties
from craftpath.domain.insight.marking import TABLES as KEPT
from craftpath.domain.insight.models import Book, Cell, County, Handover, Published, Rollup, RollupFigure
from craftpath.domain.insight.models.handing import LONGEST_PURPOSE, LONGEST_RECEIVER
from craftpath.domain.insight.rows import NOT_KEPT
from craftpath.domain.insight.rules import LONGEST_SOURCE
from craftpath.domain.places import starred as places
from craftpath.engines.indicators import (
    CATALOGUE,
    DIMENSIONS,
    NOT_APPLICABLE,
    Indicator,
    Quarter,
    by_key,
    finish,
    life_table,
)
from craftpath.engines.indicators.types import Why
from craftpath.kernel.organisations import Organisation
from craftpath.values.rounding import half_up

__all__ = [
    "Choice",
    "DIMENSIONS",
    "LONGEST_PURPOSE",
    "LONGEST_RECEIVER",
    "LONGEST_SOURCE",
    "Layer",
    "Link",
    "NationalFigure",
    "Rolled",
    "Row",
    "Spot",
    "Step",
    "Survivors",
    "TABLES",
    "choices",
    "county_of",
    "figures",
    "funnel",
    "handovers",
    "layers",
    "made_at",
    "national",
    "paths",
    "public_figures",
    "published",
    "rollups",
    "spots",
    "survival",
    "taken_rollups",
]
TABLES = GROUPINGS
"""What is published: `by` and the keys of `where` together are one of these, or the answer is `insight.too_fine`."""
TOO_FEW, PROTECTS, EMPTY = "insight.too_few", "insight.protects_others", "insight.empty"
OPEN_END = "insight.open_end"
TOO_FINE, NOT_RECORDED, UNKNOWN = "insight.too_fine", "insight.not_recorded", "insight.unknown_indicator"
WHY = {"": "", Why.NO_ROWS.value: EMPTY, Why.OPEN_END.value: OPEN_END}
CODES = {1: TOO_FEW, 2: PROTECTS}
SHARE_PLACES = 4
AHEAD, BEHIND = ("applied", "enrolled", "signed", "begun"), ("completed", "diploma")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `value`, `low` and `high` are absent together with the reason `why`, a code with a sentence.

    `dims` holds the dimensions of `by` and `where`. `suppressed` figures have neither `n` nor value. Codes:
    `insight.too_few`, `insight.protects_others`, `insight.empty` (nothing to divide by), `insight.open_end`,
    `insight.too_fine`, `insight.not_recorded` (this site keeps no such rows), `insight.unknown_indicator`.
    """

    key: str
    dims: Mapping[str, str]
    n: int | None
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    suppressed: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a dimension that has cells, with its name in both languages (the value itself where it has none)."""

    value: str
    name: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the funnel, from application to diploma: how many people reached it; `name` is that of a stage."""

    key: str
    n: int | None
    suppressed: bool = False
    why: str = ""
    name: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Survivors:
    """One quarter of one curve: at risk at its beginning, and shares at its end.

    `share` are still there, `staying` have not left early, `completing` have completed; bounds are those of `share`.
    """

    group: str
    quarter: int
    at_risk: int | None
    left: int | None
    completed: int | None
    share: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    suppressed: bool = False
    why: str = ""
    staying: Decimal | None = None
    completing: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A band of the Sankey diagram: `kind` is `stage` (people) or `credit` (hundredths of a credit).

    A target is a stage, an outcome (`completed`, `left`, `transferred`), or the public id of an institution.
    """

    kind: str
    source: str
    target: str
    n: int | None
    suppressed: bool = False
    source_name: Mapping[str, str] = field(default_factory=dict)
    target_name: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of mentoring, by kind of pair: who teaches whom today, with people on both sides."""

    key: str
    teachers: int | None
    learners: int | None
    qualified: int | None = None
    suppressed: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the map with how many learn there; without a position it is only in the table."""

    place: str
    name: Mapping[str, str]
    n: int | None
    lat: float | None = None
    lon: float | None = None
    suppressed: bool = False


@dataclass(slots=True)
class _Sums:
    """Cells of both sides added up: a reader's own rows and those that others' apprentices leave there."""

    parts: Counter[str] = field(default_factory=Counter)
    hidden: dict[str, int] = field(default_factory=dict)

    def take(self, parts: Mapping[str, int], hidden: Mapping[str, int]) -> None:
        """One more cell."""
        self.parts.update(parts)
        for key, code in hidden.items():
            self.hidden[key] = min(code, self.hidden.get(key, code))


Cells = dict[tuple[str, tuple[str, ...]], _Sums]
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
    cells = _cells(rows, of, tables, grouping, where)
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


def _cells(
    rows: Any, of: Organisation, tables: Iterable[str], grouping: Sequence[str], where: Mapping[str, str]
) -> Cells:
    wanted = Q(organisation=of, table__in=set(tables))
    for name in DIMENSIONS:
        if name not in grouping:
            wanted &= Q(**{name: ALL})
        elif name in where:
            wanted &= Q(**{name: where[name]})
        else:
            wanted &= ~Q(**{name: ALL})
    found: Cells = defaultdict(_Sums)
    for table, parts, hidden, *values in rows.filter(wanted).values_list(
        "table", "parts", "hidden", *grouping
    ):
        found[table, tuple(values)].take(parts, hidden)
    return found


def _finished(one: Indicator, grouping: Sequence[str], cells: Mapping[tuple[str, ...], _Sums]) -> list[Row]:
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
        code = sums.hidden.get(measure(one))
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


def funnel(where: Mapping[str, str] | None = None, *, of: Organisation) -> list[Step]:
    """From application, where the site knows of one, to the diploma; `where` names a place or an occupation.

    Two questions. Steps that more people reach than the one before are no fault: not everybody applies here.
    """
    given = dict(where or {})
    if tuple(given) not in ((), ("place",), ("occupation",)):
        return []
    cells = _cells(Cell.objects, of, {"funnel"}, tuple(given), given)
    sums = next(iter(cells.values()), None)
    if sums is None:
        return []
    passed = sorted(key for key in sums.parts if key.startswith("passed|"))
    names = naming.stages({key.split("|")[2] for key in passed})
    told = []
    for key in (*AHEAD, *passed, *BEHIND):
        stage = key.split("|")[2] if key in passed else ""
        name = names[stage][1] if stage in names else {}
        code = sums.hidden.get(key)
        if code is not None:
            told.append(Step(key, None, True, CODES[code], name))
        elif key in ("applied", "diploma") and not sums.parts[key]:
            told.append(Step(key, None, False, NOT_RECORDED, name))
        else:
            told.append(Step(key, sums.parts[key], False, "", name))
    return told


def survival(by: str = "", *, of: Organisation) -> list[Survivors]:
    """Life tables by the year in which apprenticeships began (""), or by a dimension; one question."""
    if by not in ("", "place", "stage", "occupation", "enterprise"):
        return []
    return _by_year(of) if not by else _by_dimension(by, of)


def _by_year(of: Organisation) -> list[Survivors]:
    cells = _cells(Cell.objects, of, {"curve"}, (), {})
    sums = next(iter(cells.values()), _Sums())
    told = []
    for year in sorted({key.partition("|")[0] for key in sums.parts}):
        code = sums.hidden.get(people_in("curve", f"{year}|at|01"))
        if code is not None:
            told.append(Survivors(year, 1, None, None, None, None, suppressed=True, why=CODES[code]))
            continue
        numbers = range(1, 1 + max(int(key[-2:]) for key in sums.parts if key.startswith(f"{year}|")))
        columns = [
            [sums.parts[f"{year}|{part}|{n:02}"] for n in numbers] for part in ("at", "completed", "left")
        ]
        told.extend(_survivors(year, life_table(*columns)))
    return told


def _by_dimension(by: str, of: Organisation) -> list[Survivors]:
    one = by_key("projected_completion")
    keys = [part.key for part in parts_in()["risk"]]
    told = []
    for (_table, (group,)), sums in sorted(_cells(Cell.objects, of, {"risk"}, (by,), {}).items()):
        code = sums.hidden.get(measure(one))
        if code is not None:
            told.append(Survivors(group, 1, None, None, None, None, suppressed=True, why=CODES[code]))
            continue
        columns = [
            [sums.parts[key] for key in sorted(keys) if key.startswith(f"risk_{part}_")]
            for part in ("at", "completed", "left")
        ]
        told.extend(_survivors(group, life_table(*columns)))
    return told


def _survivors(group: str, rows: Iterable[Quarter]) -> list[Survivors]:
    def share(value: Any) -> Decimal:
        return Decimal(half_up(value, SHARE_PLACES))

    return [
        Survivors(
            group, row.quarter, row.at, row.left, row.completed, share(row.survival),
            *(Decimal(str(round(bound, SHARE_PLACES))) for bound in row.bounds),
            staying=share(row.staying), completing=share(row.completing),
        )
        for row in rows
    ]  # fmt: skip


def paths(*, of: Organisation) -> list[Link]:
    """Bands from stage to stage and to how it ended, and of credits to who took them over; three questions."""
    cells = _cells(Cell.objects, of, {"path"}, (), {})
    sums = next(iter(cells.values()), _Sums())
    bands = [(*key.split("|"), key) for key in sorted(sums.parts) if not key.startswith("holders|")]
    stages = naming.stages({one for _kind, *ends, _key in bands for one in ends})
    takers = naming.organisations({target for kind, _source, target, _key in bands if kind == "credit"})
    told = []
    for kind, source, target, key in bands:
        code = sums.hidden.get(people_in("path", key))
        names = (
            stages[source][1] if source in stages else {},
            takers.get(target, {}) if kind == "credit" else stages[target][1] if target in stages else {},
        )
        told.append(Link(kind, source, target, None if code else sums.parts[key], bool(code), *names))
    return told


def layers(*, of: Organisation) -> list[Layer]:
    """Who teaches how many, by kind of pair: as it was when the cells were made; one question."""
    cells = _cells(Cell.objects, of, {"layer"}, (), {})
    sums = next(iter(cells.values()), _Sums())
    told = []
    for kind in sorted({key.partition("|")[2] for key in sums.parts}):
        codes = [code for part in ("teachers", "learners") if (code := sums.hidden.get(f"{part}|{kind}"))]
        if codes:
            told.append(Layer(kind, None, None, None, True, CODES[min(codes)]))
        else:
            told.append(
                Layer(kind, *(sums.parts[f"{part}|{kind}"] for part in ("teachers", "learners", "qualified")))
            )
    return told


def spots(key: str = "enrolled", *, of: Organisation) -> list[Spot]:
    """Counties with a figure of apprentices, in the middle of the places that are known there; six questions."""
    told = [
        row
        for row in figures([key], by=("place",), of=of)
        if row.dims.get("place") not in (None, NOT_APPLICABLE)
    ]
    counties = Counties()
    inside = dict(of.below().values_list("pk", "path"))
    known = places.positions(inside.keys())
    where: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for pk, position in known.items():
        where[counties.of(pk, inside[pk])].append(position)
    names = naming.counties({row.dims["place"] for row in told})
    found = []
    for row in told:
        code = row.dims["place"]
        near = where.get(code, [])
        lat, lon = (round(sum(one[at] for one in near) / len(near), 4) if near else None for at in (0, 1))
        found.append(
            Spot(
                code,
                names.get(code, {}),
                None if row.value is None else int(row.value),
                lat,
                lon,
                row.suppressed,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class NationalFigure:
    """A figure of a roll-up, as it was read; dimensions that are summed over are absent from `dims`."""

    key: str
    dims: Mapping[str, str]
    n: int | None
    value: Decimal | None
    suppressed: bool


@dataclass(frozen=True, slots=True)
class Rolled:
    """A roll-up that was taken in: whence, by which engine, when it was made and when taken."""

    public_id: str
    source: str
    engine: str
    made_at: datetime
    taken_at: datetime
    figures: int
    cities: int | None
    report: Mapping[str, Any] = field(default_factory=dict)


def rollups(*, of: Organisation) -> list[Rolled]:
    """Those that an organisation took in, the newest first."""
    return [
        Rolled(
            row.public_id,
            row.source,
            row.engine,
            row.made_at,
            row.taken_at,
            row.figures,
            row.cities,
            row.report,
        )
        for row in Rollup.objects.filter(organisation=of)
    ]


def taken_rollups() -> models.QuerySet[Rollup]:
    """Those of the open scope."""
    return Rollup.objects.all()


def national(
    keys: Iterable[str],
    by: Iterable[str] = ("period",),
    where: Mapping[str, str] | None = None,
    *,
    of: Organisation,
) -> list[NationalFigure]:
    """Figures of the newest roll-up, in the order of their values; [] where none was taken in. Two questions."""
    newest = Rollup.objects.filter(organisation=of).first()
    given = dict(where or {})
    grouping = tuple(name for name in DIMENSIONS if name in {*by, *given})
    if newest is None or {*by, *given} - set(DIMENSIONS):
        return []
    wanted = Q(rollup=newest, indicator__in=list(keys))
    for name in DIMENSIONS:
        if name in given:
            wanted &= Q(**{name: given[name]})
        else:
            wanted &= ~Q(**{name: ALL}) if name in grouping else Q(**{name: ALL})
    rows = RollupFigure.objects.filter(wanted).order_by("indicator", *grouping)
    return [
        NationalFigure(
            row.indicator,
            {name: getattr(row, name) for name in grouping},
            row.n,
            None if row.value is None else round(row.value, by_key(row.indicator).places),
            row.suppressed,
        )
        for row in rows
    ]


def county_of(organisation: Organisation) -> County | None:
    """What somebody said of where it lies, itself."""
    return County.objects.filter(organisation=organisation).first()


def handovers() -> models.QuerySet[Handover]:
    """Those of the open scope, the newest first."""
    return Handover.objects.select_related("organisation", "asked_by", "kept")
