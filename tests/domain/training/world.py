"""A plan with departments for the cast's cohort, made by the actions."""

from __future__ import annotations

from datetime import date

from craftpath.domain.training.actions import (
    UnitChange,
    change_plan,
    draft_plan,
    publish_pattern,
    save_department,
)
from craftpath.domain.training.models import Department, RotationPattern, TrainingPlan
from craftpath.domain.training.patterns import Step
from craftpath.domain.training.publishing import offer
from craftpath.domain.training.queries import units_of_plan
from tests.cast import AT, Cast

MONDAY = date(2026, 9, 21)  # the week after the cast's today
STEPS = [
    Step("house_rules", 1, together=True),
    Step("tools_materials", 3),
    Step("basic_operations", 3),
    Step("read_drawings", 2, together=True),
    Step("machine_care", 3),
]


def planned(cast: Cast, *, capacity: int | None = 2) -> TrainingPlan:
    """The plan, with a department at each enterprise for each unit that rotates."""
    by = cast.actor("coordinator")
    plan = draft_plan(cast.cohort, by=by, at=AT)
    places: dict[str, list[Department]] = {}
    for host in (cast.jinheng, cast.qinghe):
        for key, zh, en in (
            ("tools_materials", "工具间", "Tool room"),
            ("basic_operations", "车工车间", "Turning shop"),
            ("machine_care", "设备部", "Maintenance"),
        ):
            row = save_department(host=host, name={"zh": zh, "en": en}, capacity=capacity, by=by, at=AT)
            places.setdefault(key, []).append(row)
    changes = {
        unit.key: UnitChange(unit.order, unit.name, unit.minutes, places.get(unit.key, []))
        for unit in units_of_plan(plan)
    }
    return change_plan(plan, changes, version=plan.version, by=by, at=AT)


def publish(cast: Cast, plan: TrainingPlan, steps: list[Step] = STEPS, **more: object) -> RotationPattern:
    """Look, and publish what was seen."""
    seen = offer(plan, steps, MONDAY, **more).fingerprint  # type: ignore[arg-type]
    by = cast.actor("coordinator")
    return publish_pattern(plan, steps, MONDAY, seen=seen, by=by, at=AT, **more)  # type: ignore[arg-type]


def shift(pattern: RotationPattern, first: date) -> None:
    """Let a rotation begin on another day: pages ask the clock, and tests must not depend on it."""
    for row in pattern.stays.all():
        row.starts_on, row.ends_on = (
            day + (first - pattern.starts_on) for day in (row.starts_on, row.ends_on)
        )
        row.save()
