"""The units of a preset as rows, also for a programme that was loaded before there were any."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from craftpath.domain.programmes.models import Outcome, Programme, Stage, Unit


def write_units(programme: Programme, tables: Sequence[dict[str, Any]]) -> None:
    """Write units with their outcomes; a programme that has units keeps them as they are.

    Presets speak of hours, as plans do. A unit without skills of its own practises those of its outcomes.
    """
    if not tables or programme.units.exists():
        return
    stages = {stage.key: stage for stage in Stage.objects.filter(programme=programme)}
    units = [
        Unit(
            programme=programme,
            stage=stages[table["stage"]],
            order=order,
            key=table["key"],
            name=table["name"],
            place=table["place"],
            bucket=table["bucket"],
            minutes=table["hours"] * 60,
            hazardous=table.get("hazardous", False),
            skills=_skills(table),
            conf=table.get("conf", ""),
        )
        for order, table in enumerate(tables, start=1)
    ]
    Unit.objects.bulk_create(units)
    Outcome.objects.bulk_create(
        Outcome(
            unit=unit,
            order=order,
            key=row["key"],
            name=row["name"],
            skills=row.get("skills", []),
            area=row.get("area", ""),
        )
        for unit, table in zip(units, tables, strict=True)
        for order, row in enumerate(table.get("outcome", ()), start=1)
    )


def _skills(table: dict[str, Any]) -> list[str]:
    """Each once, in the order of the outcomes."""
    given = [
        *table.get("skills", []),
        *(s for row in table.get("outcome", ()) for s in row.get("skills", [])),
    ]
    return list(dict.fromkeys(given))
