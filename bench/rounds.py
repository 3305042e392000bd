"""A matching round in a site: how long does it take to read, propose, look, ask why and publish, and how many queries?

    python bench/rounds.py [--sizes 40x12 200x60 500x200]

One college with so many apprentices without a teacher and so many teachers with six places each, profiles for
everybody. `first` includes the import of the engine, which a worker does once; pages are asked through the test client,
with the round's coordinator signed in. A process for each size.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from college import HOST, open_site
from machine import machine, resident

WORDS = ("TIG", "PLC", "CAD", "CAM", "CMM", "ROBOT", "LEAN", "HYDRAULICS")
SHIFTS = ("early", "late", "rotating", "day")


def one(learners: int, teachers: int, folder: Path) -> dict[str, Any]:
    """Fill, measure, and give the figures of this process."""
    open_site(folder)
    from django.db import connection, reset_queries
    from django.test import Client
    from django.utils import timezone

    from craftpath.domain.matching import actions
    from craftpath.domain.matching.explaining import explain
    from craftpath.domain.matching.gathering import gather
    from craftpath.domain.matching.proposing import think
    from craftpath.kernel.tenancy import everywhere

    found: dict[str, Any] = {"learners": learners, "teachers": teachers, "database": connection.vendor}
    with everywhere("a measurement matches people"):
        college, coordinator, seats = _people(learners, teachers)
        from craftpath.kernel.access import system

        at, by = timezone.now(), system(college)

        def timed(name: str, work: Callable[[], Any]) -> Any:
            connection.force_debug_cursor = True
            reset_queries()
            start = time.perf_counter()
            answer = work()
            found[name] = time.perf_counter() - start
            found[f"{name}_queries"] = len(connection.queries_log)
            connection.force_debug_cursor = False
            return answer

        row = timed(
            "open",
            lambda: actions.open_round(
                "Round", "master_apprentice", seats, organisation=college,
                starts_on=timezone.localdate(), by=by, at=at,
            ),
        )  # fmt: skip
        table = timed("read", lambda: gather(row))
        timed("first", lambda: think(row))
        thought = timed("propose", lambda: think(row))
        kept = timed("keep", lambda: actions.keep_proposal(row, thought, by=by, at=at))
        timed("why", lambda: explain(table, 0))
        found["possible"], found["proven"] = len(table.possible), kept.bound == kept.total
        found["without"] = kept.without
    client = Client(HTTP_HOST=HOST, secure=True)
    client.force_login(coordinator)
    address = f"/o/{college.key}/matching/{row.public_id}/"
    client.get(address)
    timed("page", lambda: client.get(address))
    found["page_kib"] = len(client.get(address).content) / 1024
    with everywhere("a measurement publishes"):
        timed("publish", lambda: actions.publish_round(row, kept, by=by, at=at))
    found["peak"] = resident("VmHWM")
    return found


def _people(learners: int, teachers: int) -> tuple[Any, Any, list[Any]]:
    """A college with its own workshop: apprentices, masters with six places, everybody with a profile."""
    from django.utils import timezone

    from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.apprenticeships.queries import enrolments
    from craftpath.domain.matching.actions import Sitting
    from craftpath.domain.matching.models import Profile
    from craftpath.domain.pairing.models import Standing
    from craftpath.domain.programmes.actions import load_preset
    from craftpath.kernel.access import join, system
    from craftpath.kernel.organisations import plant
    from craftpath.kernel.people import Person
    from craftpath.kernel.roles import Role

    at, since = timezone.now(), date(2026, 1, 1)
    college = plant(key="college", kind="college", name={"en": "College"})
    coordinator = Person.objects.create_user("coordinator", password="x", name="Coordinator")
    join([coordinator], college, Role.COORDINATOR, on=since)
    programme = load_preset("cn_334", by=system(college), at=at)
    cohort = Cohort.objects.create(
        organisation=college, programme=programme, name={"en": "Class"}, occupation={"en": "Welder"},
        state="running", starts_on=at.date() - timedelta(days=90),
    )  # fmt: skip
    entries = [RosterEntry(f"{n:05}", f"Apprentice {n}") for n in range(learners)]
    take_roster(cohort, entries, by=system(college), at=at)
    rows = list(enrolments().filter(cohort=cohort))
    masters = Person.objects.bulk_create(
        Person(username=f"master-{n}", name=f"Master {n}", password="!") for n in range(teachers)
    )
    join(masters, college, Role.MENTOR, on=since)
    Standing.objects.bulk_create(Standing(organisation=college, person=one, capacity=6) for one in masters)
    Profile.objects.bulk_create(
        Profile(
            organisation=college, person=person, teaches=[WORDS[n % 8], WORDS[n * 3 % 8]],
            wants=[WORDS[(n * 5 + 1) % 8], WORDS[n * 7 % 8]], shift=SHIFTS[n % 4], languages=["zh"], changed_at=at,
        )
        for n, person in enumerate([*masters, *(row.person for row in rows)])
    )  # fmt: skip
    seats = [Sitting(person, "teaches", college) for person in masters]
    seats += [Sitting(row.person, "learns", college, row) for row in rows]
    return college, coordinator, seats


def main() -> None:
    """Each size in a process of its own; a table of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="*", default=["40x12", "200x60", "500x200"])
    parser.add_argument("--one")
    given = parser.parse_args()
    if given.one:
        learners, teachers = map(int, given.one.split("x"))
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(one(learners, teachers, Path(folder))))  # noqa: T201
        return
    print(machine())  # noqa: T201
    steps = ("open", "read", "first", "propose", "keep", "why", "page", "publish")
    print(
        "| size | possible | "
        + " | ".join(f"{step} ms (queries)" for step in steps)
        + " | page KiB | proven | peak MB |"
    )  # noqa: T201, E501
    for size in given.sizes:
        out = subprocess.run(
            [sys.executable, __file__, "--one", size], check=True, capture_output=True, text=True
        ).stdout.splitlines()[-1]
        row = json.loads(out)
        cells = [f"{row[step] * 1000:,.0f} ({row[f'{step}_queries']})" for step in steps]
        print(  # noqa: T201
            f"| {size} | {row['possible']:,} | " + " | ".join(cells)
            + f" | {row['page_kib']:.0f} | {'yes' if row['proven'] else 'no'} | {row['peak']:.0f} |"
        )  # fmt: skip


if __name__ == "__main__":
    main()
