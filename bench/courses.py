"""Courses: how long do a course of sixty units for a class of forty, and the home of each role, take?

    python bench/courses.py [--units 60] [--people 40] [--rounds 40]

Each unit has three pages, a checklist and a due day; each apprentice has done another share of it. Pages are asked
through the test client in one process, in SQLite in a file; `bare` is a Django view that lists the newest 25 rows of
progress with their count and their people, for nobody in particular, in the same run. Milliseconds: median and 95th
percentile; requests a second of one process; queries.
"""

from __future__ import annotations

import argparse
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from college import HOST, open_site
from machine import machine, resident


def seed(units: int, people: int) -> dict[str, Any]:
    """A college with a class that follows a course, a mentor and an office; who looks at what."""
    from django.utils import timezone

    from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.apprenticeships.queries import enrolments
    from craftpath.domain.courses import actions, queries
    from craftpath.domain.courses.content import Content, Point
    from craftpath.domain.courses.models import Follower, Progress
    from craftpath.domain.programmes.actions import load_preset
    from craftpath.kernel.access import Actor, join, system
    from craftpath.kernel.organisations import plant
    from craftpath.kernel.people import Person
    from craftpath.kernel.roles import Role
    from craftpath.values.text import Text

    at = timezone.now()
    college = plant(key="learns", kind="college", name={"en": "College"})
    host = plant(key="hosts", kind="enterprise", name={"en": "Works"})
    programme = load_preset("cn_334", by=system(college), at=at)
    cohort = Cohort.objects.create(
        organisation=college, programme=programme, name={"en": "Class"}, occupation={"en": "Welder"},
        state="running", starts_on=at.date() - timedelta(days=200),
    )  # fmt: skip
    rows = [
        RosterEntry(f"{n:05}", f"Apprentice {n}", enterprise=host, mentor="Mentor") for n in range(people)
    ]
    take_roster(cohort, rows, by=system(college), at=at)
    staff = {}
    for role in (Role.TRAINER, Role.COORDINATOR):
        person = Person.objects.create_user(role.value, password="x", name=role.value)
        join([person], college, role, on=at.date() - timedelta(days=100))
        staff[role.value] = person
    by = Actor(college, staff["trainer"], frozenset({Role.TRAINER}))
    act: dict[str, Any] = {"by": by, "at": at}
    details = actions.Details(Text(en="Sixty units"))
    course = actions.begin_course(organisation=college, made_id=uuid.uuid4(), details=details, **act)
    words = "\n\n".join(f"Paragraph {n} with **words** and $a_{n}^2$." for n in range(12))
    page = actions.NewActivity("page", Text(en="Page"), Content("page", text=Text(en=words)))
    points = tuple(Point(f"p{n}", Text(en=f"Point {n}")) for n in range(6))
    ticks = actions.NewActivity(
        "checklist", Text(en="Checks"), Content("checklist", points=points, confirmed=True)
    )
    made = [actions.NewUnit(Text(en=f"Unit {n}"), [page, page, page, ticks], 45) for n in range(1, units + 1)]
    actions.add_units(course, made, **act)
    actions.publish_course(course, **act)
    run = actions.start_run(
        course=course, cohort=cohort, organisation=college, made_id=uuid.uuid4(), starts_on=cohort.starts_on,
        ends_on=None, **act,
    )  # fmt: skip
    days = {unit.key: at.date() + timedelta(days=n) for n, unit in enumerate(queries.units_of(run.version))}
    actions.set_due_days(run, days, **act)
    activities = queries.activities_of(run.version)
    learners = list(enrolments().filter(cohort=cohort))
    Follower.objects.bulk_create(
        Follower(run=run, person=one.person, enrolment=one, begun_at=at, last_at=at) for one in learners
    )
    Progress.objects.bulk_create(
        Progress(
            run=run, person=one.person, enrolment=one, activity_key=each.key, state="done", begun_at=at,
            changed_at=at,
        )
        for n, one in enumerate(learners)
        for each in activities[: len(activities) * n // people]
    )  # fmt: skip
    half = learners[people // 2].person
    return {
        "college": college.key,
        "host": host.key,
        "run": run.public_id,
        "activity": activities[len(activities) // 2].key,
        "people": {"apprentice": half, "mentor": Person.objects.get(name="Mentor"), **staff},
    }


def main() -> None:
    """One table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=60)
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=40)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        open_site(Path(folder))
        measure(given)


def measure(given: argparse.Namespace) -> None:
    """Fill, then ask each page so many times."""
    from django.core.paginator import Paginator
    from django.db import connection, reset_queries
    from django.http import HttpResponse
    from django.test import Client

    from craftpath.domain.courses.models import Progress
    from craftpath.kernel.tenancy import everywhere

    with everywhere("a measurement fills a college"):
        made = seed(given.units, given.people)
    print(machine())
    print(
        f"{given.units} units, {given.people} apprentices, {Progress._base_manager.count():,} rows of progress\n"
    )
    print("| page | ms | p95 | requests/s | queries |\n|---|---|---|---|---|")

    def bare() -> HttpResponse:
        rows = Progress._base_manager.select_related("person").order_by("-changed_at", "-pk")
        page = Paginator(rows, 25).get_page(1)
        return HttpResponse("".join(f"<li>{row.activity_key} {row.person.name}</li>" for row in page))

    def timed(name: str, work: Callable[[], HttpResponse]) -> None:
        if work().status_code != 200:
            raise SystemExit(f"{name} was not shown")
        took = []
        for _ in range(given.rounds):
            begun = time.perf_counter()
            work()
            took.append(time.perf_counter() - begun)
        connection.force_debug_cursor = True
        reset_queries()
        work()
        queries = len(connection.queries_log)
        connection.force_debug_cursor = False
        took.sort()
        middle, late = took[len(took) // 2], took[int(len(took) * 0.95)]
        rate = len(took) / sum(took)
        print(f"| {name} | {middle * 1000:,.1f} | {late * 1000:,.1f} | {rate:,.1f} | {queries} |", flush=True)

    def asks(who: str, path: str) -> Callable[[], HttpResponse]:
        client = Client(HTTP_HOST=HOST, secure=True)
        client.force_login(made["people"][who])
        return lambda: client.get(path)

    here = f"/o/{made['college']}"
    run = f"{here}/courses/runs/{made['run']}"
    timed("bare list page", bare)
    timed("course of an apprentice", asks("apprentice", f"{run}/"))
    timed("one page of it", asks("apprentice", f"{run}/at/{made['activity']}/"))
    timed("who is where", asks("trainer", f"{run}/people/"))
    for who, place in (
        ("apprentice", here),
        ("trainer", here),
        ("coordinator", here),
        ("mentor", f"/o/{made['host']}"),
    ):
        timed(f"home of {who}", asks(who, f"{place}/"))
    print(f"\npeak memory {resident('VmHWM'):.0f} MB")


if __name__ == "__main__":
    main()
