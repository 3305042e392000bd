"""Study groups: how long does the list of so many take, beside a bare list of them?

    python bench/groups.py [--groups 500] [--rounds 40]

Classes of forty, five groups of five in each, formed by the actions of the room, so each with its sessions ahead and a
forum. `all` is the page of those who look after the classes, `own` that of an apprentice, `group` the page of one
group, `matches` the proposals of a class in which everybody offers two of twelve topics and wants two; `bare` is a
Django view that lists the newest 25 with their count of members. Milliseconds: median and 95th percentile; queries in
brackets. SQLite in a file, one process.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import time as clock
from datetime import timedelta
from pathlib import Path
from typing import Any

from college import HOST, open_site
from machine import machine, resident

SIZE, IN_A_CLASS, MEMBERS = 40, 5, 5
TOPICS = ("车床", "铣床", "TIG", "PLC", "CAD", "千分尺", "液压", "气动", "机器人", "数控", "英语", "安全")


def seed(groups: int) -> tuple[Any, Any, Any, Any]:
    """A college with classes and their groups; the college, a trainer, an apprentice, a group of that one."""
    from django.utils import timezone

    from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.apprenticeships.queries import enrolments
    from craftpath.domain.groups import actions
    from craftpath.domain.programmes.actions import load_preset
    from craftpath.kernel.access import Actor, join, system
    from craftpath.kernel.organisations import plant
    from craftpath.kernel.people import Person
    from craftpath.kernel.roles import Role

    at, chance = timezone.now(), random.Random(51)
    college = plant(key="together", kind="college", name={"en": "College"})
    trainer = Person.objects.create_user("trainer", name="Trainer")
    join([trainer], college, Role.TRAINER, on=at.date())
    programme = load_preset("cn_334", by=system(college), at=at)
    first: Any = None
    for number in range(-(-groups // IN_A_CLASS)):
        cohort = Cohort.objects.create(
            organisation=college, programme=programme, name={"en": f"Class {number}"}, occupation={"en": "Welder"},
            state="running", starts_on=at.date() - timedelta(days=200),
        )  # fmt: skip
        roster = [RosterEntry(f"{number:03}{n:02}", f"Apprentice {number} {n}") for n in range(SIZE)]
        take_roster(cohort, roster, by=system(college), at=at)
        rows = list(enrolments().filter(cohort=cohort))
        for n in range(min(IN_A_CLASS, groups - number * IN_A_CLASS)):
            some = rows[n * MEMBERS : (n + 1) * MEMBERS]
            plan = actions.Plan(
                f"Goal {n}", at.date() + timedelta(weeks=8), n, clock(16, 30), open_to_join=True
            )
            people = [Actor(college, row.person, frozenset({Role.APPRENTICE})) for row in some]
            group = actions.form_group(
                cohort, plan, invite=some[1:], made_id=uuid.UUID(int=number * 100 + n), by=people[0], at=at
            )
            for person in people[1:]:
                actions.accept_invitation(group, by=person, at=at)
            first = first or (some[0].person, group, rows)
    for row in first[2]:
        said = [("offers", "", one) for one in chance.sample(TOPICS, 2)]
        said += [("wants", "", one) for one in chance.sample(TOPICS, 2)]
        actions.say_topics(row, said, by=Actor(college, row.person, frozenset({Role.APPRENTICE})), at=at)
    return college, trainer, first[0], first[1]


def measured(groups: int, rounds: int, folder: Path) -> dict[str, tuple[float, float, int]]:
    """Fill, ask each page, and give median, 95th percentile and queries."""
    open_site(folder)
    from django.core.paginator import Paginator
    from django.db import connection, reset_queries
    from django.db.models import Count, Q
    from django.http import HttpResponse
    from django.test import Client

    from craftpath.domain.groups.models import StudyGroup
    from craftpath.kernel.tenancy import everywhere

    with everywhere("a measurement fills a college"):
        college, trainer, apprentice, group = seed(groups)
    found: dict[str, tuple[float, float, int]] = {}

    def timed(name: str, work: Callable[[], Any]) -> None:
        work()
        took = []
        for _ in range(rounds):
            begun = time.perf_counter()
            work()
            took.append(time.perf_counter() - begun)
        connection.force_debug_cursor = True
        reset_queries()
        work()
        queries = len(connection.queries_log)
        connection.force_debug_cursor = False
        took.sort()
        found[name] = took[len(took) // 2], took[int(len(took) * 0.95)], queries

    def bare() -> HttpResponse:
        count = Count("members", filter=Q(members__state="in"))
        rows = StudyGroup._base_manager.annotate(count=count).order_by("-formed_at", "-pk")
        return HttpResponse(
            "".join(f"<li>{row.goal} {row.count}</li>" for row in Paginator(rows, 25).get_page(1))
        )

    def page(person: Any, path: str) -> Callable[[], Any]:
        client = Client(HTTP_HOST=HOST, secure=True)
        client.force_login(person)

        def ask() -> None:
            assert client.get(f"/o/{college.key}/groups/{path}").status_code == 200

        return ask

    timed("bare", bare)
    timed("all", page(trainer, "all/"))
    timed("own", page(apprentice, ""))
    timed("group", page(apprentice, f"{group.public_id}/"))
    timed("matches", page(trainer, "matches/"))
    return found


def main() -> None:
    """One run, as a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--groups", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=40)
    given = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        found = measured(given.groups, given.rounds, Path(folder))
    print(f"{given.groups} groups\n\n| page | ms | p95 | a second | queries |\n|---|---|---|---|---|")
    for name, (median, late, queries) in found.items():
        print(f"| {name} | {median * 1000:.1f} | {late * 1000:.1f} | {1 / median:.0f} | {queries} |")
    print(f"peak {resident('VmHWM'):.0f} MB")


if __name__ == "__main__":
    main()
