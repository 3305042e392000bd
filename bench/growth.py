"""Skill pages: how long does one person's page take in a small and in a large cohort, and a nation in the engine?

    python bench/growth.py [--cohorts 40 400] [--people 100000]

Each apprentice has 40 observed jobs, 60 confirmed entries that name a skill and a mentor's view of all of them. Pages
are asked through the test client, with the cohort's coordinator signed in; milliseconds, and database queries in
brackets. The engine gets 60 proofs a person in 19 skills and three stages, in columns. A process for each size.
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

JOBS, ENTRIES = 40, 60
PROOFS = 60


def seed(people: int) -> tuple[Any, Any, list[Any]]:
    """A cohort in its first stage whose apprentices were looked at; its coordinator, and everybody in it."""
    import uuid

    from django.utils import timezone

    from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.apprenticeships.queries import enrolments
    from craftpath.domain.growth.models import SkillView
    from craftpath.domain.logbook.models import Entry, Observation
    from craftpath.domain.programmes.actions import load_preset
    from craftpath.domain.standards.actions import load_frameworks
    from craftpath.domain.standards.queries import core_skills
    from craftpath.kernel.access import join, system
    from craftpath.kernel.organisations import plant
    from craftpath.kernel.people import Person
    from craftpath.kernel.roles import Role

    at = timezone.now()
    today = timezone.localdate(at)
    college = plant(key="grown", kind="college", name={"en": "College"})
    coordinator = Person.objects.create_user("grower", password="x", name="Coordinator")
    mentor = Person.objects.create_user("looker", password="x", name="Mentor")
    join([coordinator], college, Role.COORDINATOR, on=date(2026, 1, 1))
    programme = load_preset("cn_334", by=system(college), at=at)
    load_frameworks(by=system(college), at=at)
    keys = [one.key for one in core_skills()]
    cohort = Cohort.objects.create(
        organisation=college, programme=programme, name={"en": "Class"}, occupation={"en": "Welder"},
        state="running", starts_on=today - timedelta(days=200),
    )  # fmt: skip
    entries = [RosterEntry(f"{n:05}", f"Apprentice {n}") for n in range(people)]
    take_roster(cohort, entries, by=system(college), at=at)
    rows = list(enrolments().filter(cohort=cohort))
    stage = programme.stages.get(order=1)
    Observation.objects.bulk_create(
        (
            Observation(
                enrolment=row, made_id=uuid.uuid4(), on=today - timedelta(days=3 * n), job="Job",
                seen_as=("alone", "helped", "not_yet")[(n * 7 + row.pk) % 3], skill=keys[(n + row.pk) % 19],
                observed_by=mentor, written_at=at, saved_at=at,
            )
            for row in rows for n in range(JOBS)
        ), batch_size=500,
    )  # fmt: skip
    Entry.objects.bulk_create(
        (
            Entry(
                enrolment=row, made_id=uuid.uuid4(), on=today - timedelta(days=2 * n), text="Work", minutes=60,
                skill=keys[n % 19], state="confirmed", written_at=at, saved_at=at, submitted_at=at,
                confirmed_by=mentor, confirmed_at=at,
            )
            for row in rows for n in range(ENTRIES)
        ), batch_size=500,
    )  # fmt: skip
    SkillView.objects.bulk_create(
        SkillView(
            enrolment=row, stage=stage, kind="mentor", by=mentor, made_id=uuid.uuid4(), made_at=at,
            levels={key: 1 + (n + row.pk) % 4 for n, key in enumerate(keys)},
        )
        for row in rows
    )  # fmt: skip
    return cohort, coordinator, rows


def one(people: int, folder: Path) -> dict[str, Any]:
    """Fill, measure, and give the figures of this process."""
    open_site(folder)
    from django.db import connection, reset_queries
    from django.test import Client

    from craftpath.kernel.tenancy import everywhere

    found: dict[str, Any] = {"people": people}
    with everywhere("a measurement fills a cohort"):
        cohort, coordinator, rows = seed(people)
    client = Client(HTTP_HOST=HOST, secure=True)
    client.force_login(coordinator)
    at = f"/o/{cohort.organisation.key}/growth"

    def timed(name: str, work: Callable[[], Any]) -> None:
        work()
        connection.force_debug_cursor = True
        reset_queries()
        start = time.perf_counter()
        answer = work()
        found[name] = time.perf_counter() - start
        found[f"{name}_queries"] = len(connection.queries_log)
        connection.force_debug_cursor = False
        assert answer.status_code == 200

    timed("person", lambda: client.get(f"{at}/of/{rows[0].public_id}/"))
    timed("skill", lambda: client.get(f"{at}/of/{rows[0].public_id}/skills/communication/"))
    timed("cohort", lambda: client.get(f"{at}/cohorts/{cohort.public_id}/"))
    timed("file", lambda: client.get(f"{at}/cohorts/{cohort.public_id}/skills.csv"))
    found["peak"] = resident("VmHWM")
    return found


def nation(people: int) -> dict[str, Any]:
    """So many people through the engine at once."""
    import numpy as np

    from craftpath.engines.growth import Proofs, Rule, levels, peers

    chance = np.random.default_rng(7)
    rows = people * PROOFS
    proofs = Proofs(
        np.repeat(np.arange(people), PROOFS),
        chance.integers(0, 19, rows),
        chance.integers(0, 3, rows),
        chance.uniform(0, 600, rows),
        np.where(chance.random(rows) < 0.3, np.nan, chance.random(rows)),
        chance.choice([0.5, 1.0, 2.0], rows),
    )
    before = resident("VmRSS")
    start = time.perf_counter()
    found = levels(proofs, (people, 19, 3), Rule())
    middle = time.perf_counter()
    peers(found.level, 0, np.zeros(people, dtype=bool), Rule())
    end = time.perf_counter()
    return {
        "people": people, "proofs": rows, "levels": int((found.n > 0).sum()),
        "seconds": middle - start, "medians": end - middle, "own": resident("VmHWM") - before,
    }  # fmt: skip


def main() -> None:
    """Each size in a process of its own; a table of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cohorts", nargs="*", type=int, default=[40, 400])
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--one", type=int)
    parser.add_argument("--nation", type=int)
    given = parser.parse_args()
    if given.one:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(one(given.one, Path(folder))))
        return
    if given.nation:
        print(json.dumps(nation(given.nation)))
        return
    print(machine())
    steps = ("person", "skill", "cohort", "file")
    print("| people | " + " | ".join(f"{step} ms (queries)" for step in steps) + " | peak MB |")
    for size in given.cohorts:
        row = _run("--one", size)
        cells = [f"{row[step] * 1000:,.0f} ({row[f'{step}_queries']})" for step in steps]
        print(f"| {size} | " + " | ".join(cells) + f" | {row['peak']:.0f} |")
    row = _run("--nation", given.people)
    print("| people | proofs | levels | levels s | medians s | own MB |")
    print(
        f"| {row['people']:,} | {row['proofs']:,} | {row['levels']:,} | {row['seconds']:.2f} "
        f"| {row['medians']:.2f} | {row['own']:.0f} |"
    )


def _run(name: str, size: int) -> dict[str, Any]:
    out = subprocess.run(
        [sys.executable, __file__, name, str(size)], check=True, capture_output=True, text=True
    )
    found: dict[str, Any] = json.loads(out.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    main()
