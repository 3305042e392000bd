"""Teams that teach, and their hours."""

from __future__ import annotations

from datetime import timedelta

from craftpath.domain.teaching.actions import (
    Guest,
    confirm_taught,
    enter_taught,
    form_team,
    lay_hours,
    note_peak,
    return_taught,
    set_availability,
    set_away,
)
from craftpath.domain.teaching.actions import Wanted as Member
from craftpath.domain.teaching.models import Away, ProductionPeak, TaughtHours, Team
from craftpath.domain.training.unit_days import units_of_cohorts
from tests.cast import AT, TODAY, Cast
from tests.house.furnishing.training import plan_a_rotation


def teach_together(cast: Cast) -> dict[str, str]:
    """A team that teaches, with hours to confirm and confirmed ones, one that waits; a peak, and days away. Once."""
    office, mentor = {"by": cast.actor("coordinator"), "at": AT}, cast.people["mentor"]
    if not Team.objects.exists():
        plan_a_rotation(cast)
        for key, ask in (("tools_materials", False), ("machine_care", True)):
            unit = next(one for one in units_of_cohorts([cast.cohort.pk])[cast.cohort.pk] if one.key == key)
            wanted = [
                Member("trainer", 400, cast.people["trainer"], cast.college, role="lead"),
                Member("enterprise_mentor", 400, mentor, cast.jinheng),
                Member("entrepreneur", 100, guest=Guest("钱总", "创业园", "13800000000")),
            ]
            days = {"starts_on": TODAY - timedelta(days=14), "ends_on": TODAY + timedelta(days=140)}
            team = form_team(unit, wanted, cohort=cast.cohort, **days, ask=ask, **office)
            lay_hours(team, **office)
        teaches = Team.objects.get(state="active")
        own = {"by": cast.actor("mentor", cast.jinheng), "at": AT}
        member = teaches.members.get(person=mentor)
        for made_id, minutes in (("a", 60), ("b", 90), ("c", 45)):
            enter_taught(
                teaches, member=member, on=TODAY, minutes=minutes, topic="对刀", made_id=made_id, **own
            )
        confirm_taught(TaughtHours.objects.filter(minutes=90), by=cast.actor("trainer"), at=AT)
        return_taught(TaughtHours.objects.get(minutes=45), because="改期", by=cast.actor("trainer"), at=AT)
        set_availability(mentor, weekly=600, weekdays=range(5), **own)
        days = {"starts_on": TODAY + timedelta(days=30), "ends_on": TODAY + timedelta(days=33)}
        set_away(mentor, **days, **own)
        note_peak(cast.jinheng, level="hard", **days, by=cast.actor("hr", cast.jinheng), at=AT)
    return {
        "team": Team.objects.get(unit__key="tools_materials").public_id,
        "waiting": Team.objects.get(unit__key="machine_care").public_id,
        "taught": TaughtHours.objects.get(minutes=60).public_id,
        "peak": ProductionPeak.objects.get().public_id,
        "away": Away.objects.values_list("public_id", flat=True).first() or "none",
        "unit": "basic_operations",
        "session": "none",
    }
