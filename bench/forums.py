"""Forums: how long do the page of a forum, its last page and a thread take among so many threads?

    python bench/forums.py [--sizes 100 10000] [--rounds 60]

Threads of one class, each with three posts, one in fifty pinned or closed; the reader follows the forum. Each size in a
process of its own, in SQLite in a file. Pages are asked through the test client by an apprentice; `bare` is a Django
view that lists the newest 25 threads with their count and the names of who began them, for nobody in particular, in
the same run. Milliseconds: median and 95th percentile; requests a second of one process; queries in brackets.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from college import HOST, open_site
from machine import machine, resident

POSTS = 3
STEPS = ("bare", "first", "last", "thread")


def seed(size: int) -> tuple[Any, Any, Any]:
    """A college with one class of forty, their forum and so many threads: one of them, the college and the forum."""
    from django.utils import timezone

    from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.apprenticeships.queries import enrolments
    from craftpath.domain.forums.actions import follow_forum, open_forum
    from craftpath.domain.forums.models import Forum, Post, Thread
    from craftpath.domain.programmes.actions import load_preset
    from craftpath.kernel.access import Actor, system
    from craftpath.kernel.organisations import plant
    from craftpath.kernel.roles import Role

    at = timezone.now()
    college = plant(key="met", kind="college", name={"en": "College"})
    programme = load_preset("cn_334", by=system(college), at=at)
    cohort = Cohort.objects.create(
        organisation=college, programme=programme, name={"en": "Class"}, occupation={"en": "Welder"},
        state="running", starts_on=at.date() - timedelta(days=200),
    )  # fmt: skip
    take_roster(
        cohort, [RosterEntry(f"{n:05}", f"Apprentice {n}") for n in range(40)], by=system(college), at=at
    )
    people = [row.person for row in enrolments().filter(cohort=cohort)]
    forum = open_forum(
        made_id=uuid.uuid4(), title="论坛", organisation=college, audience="cohort", cohort=cohort,
        by=system(college), at=at,
    )  # fmt: skip
    reader = Actor(college, people[0], frozenset({Role.APPRENTICE}))
    follow_forum(forum, by=reader, at=at - timedelta(days=2))
    threads = Thread.objects.bulk_create(
        (
            Thread(
                made_id=uuid.UUID(int=n + 1), forum=forum, title=f"立焊打底第 {n} 问", starter=people[n % 40], print="",
                closed=n % 50 == 1, pinned=n in (50, 100), posts=POSTS,
                made_at=at - timedelta(minutes=9 * (size - n) + 5),
                last_at=at - timedelta(minutes=9 * (size - n)),
            )
            for n in range(size)
        ),
        batch_size=500,
    )  # fmt: skip
    Post.objects.bulk_create(
        (
            Post(
                made_id=uuid.UUID(int=n * POSTS + m + 1), thread=row, first=m == 0, person=people[(n + m) % 40],
                role="apprentice", text="先看气体流量，再看焊丝是否受潮。", made_at=row.made_at + timedelta(minutes=m),
            )
            for n, row in enumerate(threads)
            for m in range(POSTS)
        ),
        batch_size=500,
    )  # fmt: skip
    Forum._base_manager.filter(pk=forum.pk).update(threads=size, posts=size * POSTS, last_at=at)
    return people[0], college, forum


def one(size: int, rounds: int, folder: Path) -> dict[str, Any]:
    """Fill, measure, and give the figures of this process."""
    open_site(folder)
    from django.core.paginator import Paginator
    from django.db import connection, reset_queries
    from django.http import HttpResponse
    from django.test import Client

    from craftpath.domain.forums.models import Thread
    from craftpath.kernel.tenancy import everywhere

    with everywhere("a measurement fills a forum"):
        person, college, forum = seed(size)
        rows = Thread._base_manager.filter(forum=forum, pinned=False).order_by("last_at", "pk")
        late, some = rows[min(30, size - 1)], rows.last()
    found: dict[str, Any] = {"size": size}
    client = Client(HTTP_HOST=HOST, secure=True)
    client.force_login(person)
    page = f"/o/{college.key}/forums/{forum.public_id}/"

    def asked(address: str, **query: str) -> None:
        if client.get(address, query).status_code != 200:
            raise SystemExit(f"{address} did not open")

    def bare() -> HttpResponse:
        shown = Paginator(
            Thread._base_manager.select_related("starter").order_by("-last_at", "-pk"), 25
        ).get_page(1)
        return HttpResponse("".join(f"<li>{row.title} {row.starter.name}</li>" for row in shown))

    work: dict[str, Callable[[], Any]] = {
        "bare": bare,
        "first": lambda: asked(page),
        "last": lambda: asked(page, after=f"{late.last_at.isoformat()}~{late.pk}"),
        "thread": lambda: asked(f"/o/{college.key}/forums/threads/{some.public_id}/"),
    }
    for name, act in work.items():
        act()
        took = []
        for _ in range(rounds):
            begun = time.perf_counter()
            act()
            took.append(time.perf_counter() - begun)
        connection.force_debug_cursor = True
        reset_queries()
        act()
        found[f"{name}_queries"] = len(connection.queries_log)
        connection.force_debug_cursor = False
        took.sort()
        found[name], found[f"{name}_p95"] = took[len(took) // 2], took[int(len(took) * 0.95)]
        found[f"{name}_rate"] = len(took) / sum(took)
    found["peak"] = resident("VmHWM")
    return found


def main() -> None:
    """Each size in a process of its own; a table of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="*", type=int, default=[100, 10_000])
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--one", type=int)
    given = parser.parse_args()
    if given.one:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(one(given.one, given.rounds, Path(folder))))
        return
    print(machine())
    print(
        "| threads | " + " | ".join(f"{step} ms, p95, a second (queries)" for step in STEPS) + " | peak MB |"
    )
    for size in given.sizes:
        out = subprocess.run(
            [sys.executable, __file__, "--one", str(size), "--rounds", str(given.rounds)],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        row = json.loads(out.stdout.splitlines()[-1])
        cells = [
            f"{row[step] * 1000:,.1f}, {row[f'{step}_p95'] * 1000:,.1f}, {row[f'{step}_rate']:,.0f}"
            f" ({row[f'{step}_queries']})"
            for step in STEPS
        ]
        print(f"| {size:,} | " + " | ".join(cells) + f" | {row['peak']:.0f} |", flush=True)


if __name__ == "__main__":
    main()
