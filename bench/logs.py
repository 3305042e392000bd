"""Do a year's logs of ten thousand apprentices make the log's pages slower, and what does a mentor's week cost?

    python bench/logs.py [--people 10000] [--entries 50] [--requests 60]

`nation.py` fills an SQLite file with so many apprentices in one college. The readers are one of them, and two mentors
with one apprentice and with sixteen, who have a year's entries and eight that wait each. Their pages are asked for
through Django's test client before and after everybody else's year (`--entries` each) is in the database. CPU is user
and system time by `getrusage`, the queries are counted in a request of their own.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
import uuid
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from college import HOST, open_site
from machine import machine

WAITING = 8


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--entries", type=int, default=50)
    parser.add_argument("--requests", type=int, default=60)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        open_site(Path(name))
        from craftpath.kernel.tenancy import everywhere

        with everywhere("a measurement fills its database"):
            pages, rest = _people(given.people)
            own = {who: pages[who] for who in pages}
            _write([row for _, rows in own.values() for row in rows], given.entries, waiting=WAITING)
        print(f"{given.people:,} apprentices; {machine()}\n")
        print("| page | entries in the database | p50 ms | p95 ms | CPU ms | queries | p95 to the first |")
        print("|---|---:|---:|---:|---:|---:|---:|")
        first: dict[str, float] = {}
        for filled in (False, True):
            if filled:
                with everywhere("a measurement fills its database"):
                    _write(rest, given.entries, waiting=0)
            for page, (reader, address) in _addresses(pages).items():
                _measure(page, reader, address, given.requests, first)


def _people(people: int) -> tuple[dict[str, Any], list[int]]:
    """The readers with their apprentices' enrolments, and everybody else's."""
    import nation
    from django.utils import timezone

    from craftpath.domain.apprenticeships.models import Enrolment, EnrolmentParty
    from craftpath.domain.standards.actions import load_frameworks
    from craftpath.kernel.access import system
    from craftpath.kernel.people import Person

    nation.seed(people, one_college=True)
    load_frameworks(by=system(), at=timezone.now())
    rows = list(Enrolment._base_manager.order_by("pk").values_list("pk", flat=True))
    mentors = list(
        EnrolmentParty.objects.filter(role="mentor").values_list("person", flat=True).distinct()[:2]
    )
    EnrolmentParty.objects.filter(person__in=mentors).delete()
    groups = {"one": rows[:1], "sixteen": rows[1:17]}
    for mentor, group in zip(mentors, groups.values(), strict=True):
        EnrolmentParty.objects.bulk_create(
            EnrolmentParty(enrolment_id=pk, person_id=mentor, role="mentor", starts_on=timezone.localdate())
            for pk in group
        )
    who = {
        "apprentice": (Enrolment._base_manager.get(pk=rows[0]).person, rows[:1]),
        "one": (Person.objects.get(pk=mentors[0]), []),
        "sixteen": (Person.objects.get(pk=mentors[1]), groups["sixteen"]),
    }
    return who, rows[17:]


def _write(enrolments: list[int], entries: int, *, waiting: int) -> None:
    """A year of entries, the newest of which wait; written as rows, as the actions would have left them."""
    from django.utils import timezone

    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.logbook.models import Entry
    from craftpath.kernel.people import Person

    now, today = timezone.now(), timezone.localdate()
    by = Person.objects.first()
    Enrolment._base_manager.filter(pk__in=enrolments).update(starts_on=today - timedelta(days=400))
    for start in range(0, len(enrolments), 500):
        rows = []
        for who in enrolments[start : start + 500]:
            for n in range(entries):
                done = n >= waiting
                on = today - timedelta(days=n if n < waiting else 7 * n)
                rows.append(
                    Entry(
                        enrolment_id=who, made_id=uuid.uuid4(), on=on, minutes=480, bucket="workplace",
                        text=f"第 {n} 次：装夹、试切、测量，尺寸合格（{who}）。", place="车削一组",
                        skill="communication",
                        state="confirmed" if done else "submitted", written_at=now, saved_at=now, submitted_at=now,
                        confirmed_at=now if done else None, confirmed_by=by if done else None,
                    )
                )  # fmt: skip
        Entry.objects.bulk_create(rows, batch_size=500)


def _addresses(people: dict[str, Any]) -> dict[str, tuple[Any, str]]:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.kernel.access import Membership
    from craftpath.kernel.tenancy import everywhere

    def seat(person: Any) -> str:
        return Membership.objects.filter(person=person).select_related("organisation")[0].organisation.key

    with everywhere("a measurement looks for its readers"):
        college = Membership.objects.filter(role="coordinator").select_related("organisation", "person")[0]
        enrolment = Enrolment._base_manager.filter(person=people["apprentice"][0])[0]
        return {
            "own week": (people["apprentice"][0], f"/o/{seat(people['apprentice'][0])}/log/"),
            "mentor's week, 1": (people["one"][0], f"/o/{seat(people['one'][0])}/log/team/"),
            "mentor's week, 16": (people["sixteen"][0], f"/o/{seat(people['sixteen'][0])}/log/team/"),
            "whole log": (college.person, f"/o/{college.organisation.key}/log/of/{enrolment.public_id}/"),
            "board": (college.person, f"/o/{college.organisation.key}/log/board/"),
        }


def _measure(page: str, reader: Any, address: str, requests: int, first: dict[str, float]) -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from craftpath.domain.logbook.models import Entry

    client = Client(HTTP_HOST=HOST, HTTP_ACCEPT_LANGUAGE="zh-hans")
    client.force_login(reader)
    for _ in range(3):
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    asked = len(found)
    took, before = [], resource.getrusage(resource.RUSAGE_SELF)
    for _ in range(requests):
        start = time.perf_counter()
        client.get(address)
        took.append(1000 * (time.perf_counter() - start))
    after = resource.getrusage(resource.RUSAGE_SELF)
    used = 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / requests
    took.sort()
    p95 = took[int(0.95 * len(took))]
    first.setdefault(page, p95)
    total = Entry._base_manager.count()
    figures = f"{total:,} | {median(took):.1f} | {p95:.1f} | {used:.1f} | {asked} | {p95 / first[page]:.2f}"
    print(f"| {page} | {figures} |", flush=True)


if __name__ == "__main__":
    main()
