"""Duties of courses: what trainers and mentors have to look at, and units with a day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models

from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.courses.models import Activity, DueDay, HandIn, Progress, Run, Tick
from craftpath.domain.courses.states import SETTLED
from craftpath.kernel.duties import Asked, Row, columns, duty, first_of


@duty("courses.hand_in", subject="courses.hand_in")
def hand_ins_to_settle(asked: Asked) -> models.QuerySet[Any]:
    """What was handed in and not looked at."""
    rows = HandIn.objects.filter(state="waiting")
    return columns(rows, subject="public_id", anchor="at", place="run__organisation_id")


@duty("courses.confirm", subject="apprenticeships.enrolment")
def ticks_to_confirm(asked: Asked) -> models.QuerySet[Any]:
    """Points of checklists that wait for a mentor, by apprentice."""
    rows = Tick.objects.filter(
        to_confirm=True, confirmed_at__isnull=True, enrolment__parties__role="mentor",
        enrolment__parties__ends_on__isnull=True,
    )  # fmt: skip
    return first_of(
        rows, subject="enrolment__public_id", anchor="at", place="run__organisation_id",
        who="enrolment__parties__person_id",
    )  # fmt: skip


@duty("courses.unit", subject="courses.run")
def units_to_do(asked: Asked) -> Iterator[Row]:
    """Units with a day that an apprentice has not done; the first one of each run. Four queries however many."""
    under_way = Run.objects.filter(state="running", cohort__isnull=False).order_by()
    days = list(DueDay.objects.filter(run__in=under_way.values("pk")).select_related("run").order_by("on"))
    runs = {day.run_id: day.run for day in days}
    keys: dict[tuple[int, str], set[str]] = {}
    told = Activity.objects.filter(unit__version__in={one.version_id for one in runs.values()})
    for version, unit, key in told.values_list("unit__version_id", "unit__key", "key"):
        keys.setdefault((version, unit), set()).add(key)
    done: dict[tuple[int, int], set[str]] = {}
    settled = Progress.objects.filter(run__in=runs, state__in=SETTLED).order_by()
    for number, person, key in settled.values_list("run_id", "person_id", "activity_key"):
        done.setdefault((number, person), set()).add(key)
    people: dict[int, list[int]] = {}
    rows = enrolments().filter(cohort__in={one.cohort_id for one in runs.values()}, state="active")
    for cohort, person in rows.order_by().values_list("cohort_id", "person_id"):
        people.setdefault(cohort, []).append(person)
    asks: set[tuple[int, int]] = set()
    for day in days:
        run = runs[day.run_id]
        wanted = keys.get((run.version_id, day.unit_key), set())
        for person in people.get(run.cohort_id or 0, ()):
            if (run.pk, person) not in asks and not wanted <= done.get((run.pk, person), set()):
                asks.add((run.pk, person))
                yield run.public_id, day.on, run.organisation_id, person
