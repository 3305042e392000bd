"""A class with a rotation through a unit, and a mixed team on it, for the tests of teaching teams."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from craftpath.domain.teaching.actions import form_team
from craftpath.domain.teaching.models import Team
from craftpath.domain.teaching.rules import Guest, Wanted
from craftpath.domain.training.models import PlanUnit, TrainingPlan
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.training.world import planned, publish

KEY = "basic_operations"
MONDAY = TODAY  # the cast's day is a Monday
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
WEEKS = 6


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


def somebody(name: str) -> Person:
    return Person.objects.create_user(f"p-{Person.objects.count()}", password="x", name=name)


def unit_of(cast: Cast, key: str = KEY, *, minutes: int = 1200) -> PlanUnit:
    """A unit of the cast's class with so many minutes; the plan is made once."""
    plan = TrainingPlan.objects.filter(cohort=cast.cohort).first() or planned(cast, capacity=None)
    PlanUnit.objects.filter(plan=plan, key=key).update(minutes=minutes)
    return PlanUnit.objects.select_related("plan").get(plan=plan, key=key)


def rotating(cast: Cast, key: str = "tools_materials", *, minutes: int = 1200) -> PlanUnit:
    """A unit through which the class rotates at both enterprises."""
    plan = TrainingPlan.objects.filter(cohort=cast.cohort).first() or planned(cast, capacity=None)
    publish(cast, plan)
    return unit_of(cast, key, minutes=minutes)


def of(person: Person, place: Organisation, share: int, **more: Any) -> Wanted:
    return Wanted(more.pop("kind", "trainer"), share, person=person, place=place, **more)


def guest(name: str, share: int, **more: Any) -> Wanted:
    card = Guest(name, more.pop("affiliation", "澜川创业园"), more.pop("contact", "13800000000"))
    return Wanted(more.pop("kind", "entrepreneur"), share, guest=card, **more)


def mixed(cast: Cast) -> list[Wanted]:
    """A trainer who leads with half, a mentor with a third, an entrepreneur with the rest."""
    return [
        of(cast.people["trainer"], cast.college, 500, role="lead"),
        of(cast.people["mentor"], cast.jinheng, 300, kind="enterprise_mentor"),
        guest("钱总", 200),
    ]


def formed(cast: Cast, wanted: list[Wanted] | None = None, **more: Any) -> Team:
    """A team that teaches for six weeks from the cast's day on."""
    unit = more.pop("unit", None) or unit_of(cast)
    starts: date = more.pop("starts_on", MONDAY)
    return form_team(
        unit, wanted or mixed(cast), cohort=cast.cohort, starts_on=starts,
        ends_on=more.pop("ends_on", starts + WEEKS * WEEK), by=more.pop("by", cast.actor("coordinator")),
        at=more.pop("at", AT), **more,
    )  # fmt: skip
