"""The demo's plans: departments, a plan for each cohort, and a rotation from twelve weeks ago to twelve weeks ahead.

The turning shop of one enterprise has a place less than it needs for some weeks, so that a clash can be looked at. The
youngest class has a unit of its own beside the programme's, and one of its apprentices a single stay in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from craftpath.delivery.commands.demo.places import Places
from craftpath.domain.apprenticeships.queries import cohorts, enrolments
from craftpath.domain.training.actions import (
    Move,
    NewUnit,
    UnitChange,
    Wanted,
    add_stays,
    add_unit,
    change_plan,
    draft_plan,
    move_stay,
    publish_pattern,
    save_department,
)
from craftpath.domain.training.adding import offer_stays
from craftpath.domain.training.patterns import Step, length
from craftpath.domain.training.publishing import offer
from craftpath.domain.training.queries import units_of_plan
from craftpath.domain.training.rotation import span_by_cohort, stays_between
from craftpath.kernel.access import Actor

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.training.models import Department, TrainingPlan

# key, Chinese, English, capacity at the larger and the smaller enterprise
ROOMS = (
    ("turning", "车工车间", "Turning shop", 9, 6),
    ("assembly", "装配线", "Assembly line", 16, 8),
    ("tools", "工具间", "Tool room", 8, 5),
    ("maintenance", "设备部", "Maintenance", 12, 6),
    ("quality", "质检室", "Quality lab", 12, 6),
    ("line", "机器人产线", "Robot line", 10, 6),
)
# Where a unit is learned.
WHERE = {
    "house_rules": "assembly", "tools_materials": "tools", "basic_operations": "turning",
    "standard_jobs": "assembly", "machine_care": "maintenance", "hazardous_work": "turning", "quality": "quality",
    "complex_tasks": "line", "improvement": "quality", "guide_juniors": "turning", "lead_team": "assembly",
}  # fmt: skip
PATTERNS = {
    "junior_craftsman": (
        ("safety_first", 1, True), ("house_rules", 5, False), ("tools_materials", 5, False),
        ("read_drawings", 2, True), ("basic_operations", 5, False), ("machine_care", 5, False),
    ),
    "craftsman": (
        ("standard_jobs", 5, False), ("machine_care", 5, False), ("process_theory", 2, True),
        ("quality", 5, False), ("hazardous_work", 5, False),
    ),
    "master_craftsman": (
        ("complex_tasks", 5, False), ("improvement", 5, False), ("exam_preparation", 2, True),
        ("lead_team", 5, False), ("guide_juniors", 5, False),
    ),
}  # fmt: skip
BEFORE = timedelta(weeks=12)
OWN_HOURS = 16  # of the class's own unit, taken from those of its basic operations


def plan_training(made: Sequence[tuple[str, int]], places: Places, *, by: Actor, at: datetime) -> None:
    """`made` has (cohort id as people know it, order of its present stage) of each cohort."""
    rooms = _rooms(places, by=by, at=at - BEFORE - timedelta(days=20))
    monday = at.date() - timedelta(days=at.weekday())
    for public_id, stage in made:
        cohort = cohorts().get(public_id=public_id)
        first = max(monday - BEFORE, _monday_after(cohort.starts_on))
        plan = _plan(cohort, rooms, by=by, at=at - BEFORE - timedelta(days=12))
        key = list(PATTERNS)[stage]
        steps = [Step(*step) for step in PATTERNS[key]]
        seen = offer(plan, steps, first)
        moment = at - BEFORE - timedelta(days=8)
        publish_pattern(plan, steps, first, seen=seen.fingerprint, by=by, at=moment)
        if stage == 0:
            _add_one(cohort, plan, rooms[places.jinheng.pk, "line"], by=by, at=at - timedelta(days=5))
            _change_one(cohort, monday, length(steps), by=by, at=at - timedelta(days=2))


def _monday_after(day: date) -> date:
    return day + timedelta(days=(7 - day.weekday()) % 7)


def _rooms(places: Places, *, by: Actor, at: datetime) -> dict[tuple[int, str], Department]:
    found = {}
    for host, column in ((places.jinheng, 0), (places.qinghe, 1)):
        for key, zh, en, *capacity in ROOMS:
            found[host.pk, key] = save_department(
                host=host, name={"zh": zh, "en": en}, capacity=capacity[column], by=by, at=at
            )
    return found


def _plan(
    cohort: Cohort, rooms: dict[tuple[int, str], Department], *, by: Actor, at: datetime
) -> TrainingPlan:
    plan = draft_plan(cohort, by=by, at=at)
    changes = {
        unit.key: UnitChange(
            unit.order,
            unit.name,
            unit.minutes,
            [room for (_, key), room in rooms.items() if key == WHERE.get(unit.key)],
        )
        for unit in units_of_plan(plan)
    }
    return change_plan(plan, changes, version=plan.version, by=by, at=at + timedelta(days=1))


def _add_one(cohort: Cohort, plan: TrainingPlan, room: Department, *, by: Actor, at: datetime) -> None:
    """A unit that the preset does not have, and a stay in it for one apprentice once the rotation is through."""
    units = {unit.key: unit for unit in units_of_plan(plan)}
    basic = units["basic_operations"]
    fewer = UnitChange(basic.order, basic.name, basic.minutes - OWN_HOURS * 60, list(basic.departments.all()))
    plan = change_plan(plan, {basic.key: fewer}, version=plan.version, by=by, at=at)
    unit = NewUnit(
        stage="junior_craftsman",
        name={"zh": "机器人上下料入门", "en": "Loading by robot: a first look"},
        bucket="workplace",
        minutes=OWN_HOURS * 60,
        departments=[room],
        serves=["basic_operations/follow_card"],
    )
    own = add_unit(plan, unit, key="firstlook", version=plan.version, by=by, at=at)
    _, last = span_by_cohort([cohort.pk])[cohort.pk]
    monday = _monday_after(last)
    wanted = Wanted(own.key, monday, monday + timedelta(days=1))
    one = next(row for row in enrolments().filter(cohort=cohort, state="active", enterprise=room.host_id))
    seen = offer_stays(plan, wanted, [one])
    add_stays(plan, wanted, [one], seen=seen.fingerprint, by=by, at=at + timedelta(minutes=4))


def _change_one(cohort: Cohort, monday: date, weeks: int, *, by: Actor, at: datetime) -> None:
    """Somebody's next stay has been moved by three days, as it happens."""
    ids = list(enrolments().filter(cohort=cohort).values_list("pk", flat=True))
    later = [
        stay
        for stay in stays_between(ids[1:2], monday, monday + timedelta(weeks=weeks))
        if stay.starts_on > monday + timedelta(days=7) and stay.kind == "workplace"
    ]
    if later:
        stay = later[0]
        move = Move(stay.starts_on + timedelta(days=3), stay.ends_on, stay.department, stay.responsible)
        move_stay(stay, move, by=by, at=at)
