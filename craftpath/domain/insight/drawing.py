"""What is drawn of figures: the funnel, life tables, paths, layers of mentoring, places on a map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from craftpath.domain.insight import naming
from craftpath.domain.insight.adding import measure, parts_in
from craftpath.domain.insight.answers import CODES, NOT_RECORDED, Layer, Link, Spot, Step, Survivors
from craftpath.domain.insight.deciding import people_in
from craftpath.domain.insight.dimensions import Counties
from craftpath.domain.insight.figuring import Sums, cells_of, figures
from craftpath.domain.insight.models import Cell
from craftpath.domain.places import starred as places
from craftpath.engines.indicators import NOT_APPLICABLE, Quarter, by_key, life_table
from craftpath.kernel.organisations import Organisation
from craftpath.values.rounding import half_up

SHARE_PLACES = 4
AHEAD, BEHIND = ("applied", "enrolled", "signed", "begun"), ("completed", "diploma")


def funnel(where: Mapping[str, str] | None = None, *, of: Organisation) -> list[Step]:
    """From application, where the site knows of one, to the diploma; `where` names a place or an occupation.

    Two questions. Steps that more people reach than the one before are no fault: not everybody applies here.
    """
    given = dict(where or {})
    if tuple(given) not in ((), ("place",), ("occupation",)):
        return []
    cells = cells_of(Cell.objects, of, {"funnel"}, tuple(given), given)
    sums = next(iter(cells.values()), None)
    if sums is None:
        return []
    passed = sorted(key for key in sums.parts if key.startswith("passed|"))
    names = naming.stages({key.split("|")[2] for key in passed})
    told = []
    for key in (*AHEAD, *passed, *BEHIND):
        stage = key.split("|")[2] if key in passed else ""
        name = names[stage][1] if stage in names else {}
        code = sums.code(key)
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
    cells = cells_of(Cell.objects, of, {"curve"}, (), {})
    sums = next(iter(cells.values()), Sums())
    told = []
    for year in sorted({key.partition("|")[0] for key in sums.parts}):
        code = sums.code(people_in("curve", f"{year}|at|01"))
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
    for (_table, (group,)), sums in sorted(cells_of(Cell.objects, of, {"risk"}, (by,), {}).items()):
        code = sums.code(measure(one))
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

    told = []
    for row in rows:
        low, high = (Decimal(str(round(bound, SHARE_PLACES))) for bound in row.bounds)
        told.append(
            Survivors(
                group, row.quarter, row.at, row.left, row.completed, share(row.survival), low, high,
                staying=share(row.staying), completing=share(row.completing),
            )
        )  # fmt: skip
    return told


def paths(*, of: Organisation) -> list[Link]:
    """Bands from stage to stage and to how it ended, and of credits to who took them over; three questions."""
    cells = cells_of(Cell.objects, of, {"path"}, (), {})
    sums = next(iter(cells.values()), Sums())
    bands = [(*key.split("|"), key) for key in sorted(sums.parts) if not key.startswith("holders|")]
    stages = naming.stages({one for _kind, *ends, _key in bands for one in ends})
    takers = naming.organisations({target for kind, _source, target, _key in bands if kind == "credit"})
    told = []
    for kind, source, target, key in bands:
        code = sums.code(people_in("path", key))
        names = (
            stages[source][1] if source in stages else {},
            takers.get(target, {}) if kind == "credit" else stages[target][1] if target in stages else {},
        )
        told.append(Link(kind, source, target, None if code else sums.parts[key], bool(code), *names))
    return told


def layers(*, of: Organisation) -> list[Layer]:
    """Who teaches how many, by kind of pair: as it was when the cells were made; one question."""
    cells = cells_of(Cell.objects, of, {"layer"}, (), {})
    sums = next(iter(cells.values()), Sums())
    told = []
    for kind in sorted({key.partition("|")[2] for key in sums.parts}):
        codes = [code for part in ("teachers", "learners") if (code := sums.code(f"{part}|{kind}"))]
        if codes:
            told.append(Layer(kind, None, None, None, True, CODES[min(codes)]))
        else:
            teachers, learners, qualified = (
                sums.parts[f"{part}|{kind}"] for part in ("teachers", "learners", "qualified")
            )
            told.append(Layer(kind, teachers, learners, qualified))
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
