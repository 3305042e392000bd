"""What does an examination cost: entering, saving an answer, the page of the room, scoring, recording the marks?

    python bench/sitting.py [--people 500] [--questions 40]

A site of its own in a temporary folder, SQLite. Everybody enters and answers every question through Django's handler in
this process, as a device does; what a web server adds is not in it. One round: it is a whole sitting.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

from college import HOST, open_site
from machine import machine


def main() -> None:
    """Hold one sitting and show what each part took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--questions", type=int, default=40)
    asked = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        open_site(Path(folder))
        _hold(asked.people, asked.questions)


def _hold(people: int, questions: int) -> None:
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.utils import timezone
    from roll import Class

    from craftpath.domain.exams import actions
    from craftpath.domain.exams.content import Content
    from craftpath.domain.exams.marking import scored
    from craftpath.engines.scoring import Kind
    from craftpath.kernel.tenancy import everywhere
    from craftpath.values.text import Text

    settings.ACCOUNT_RATE_LIMITS = False  # one address stands for a whole room, and more
    room = Class(people)
    options = [{"key": key, "text": {"zh": key}} for key in "abcd"]
    now, by = timezone.now(), room.by
    with everywhere("a bench holds a sitting"):
        drafts = [
            actions.Draft(
                Content(Kind.SINGLE, Text(f"第 {n} 题"), {"options": options, "right": ["a"]}), ready=True
            )
            for n in range(questions)
        ]
        items = actions.write_items(room.place, drafts, by=by, at=now).items
        named: dict[str, Any] = {"made_id": uuid.uuid4(), "title": "考试", "minutes": 90}
        paper = actions.make_paper(items, organisation=room.place, **named, by=by, at=now)
        paper = actions.fix_paper(paper, by=by, at=now)
        begins = now - timedelta(minutes=1)
        early = begins - timedelta(days=1)
        begun = time.perf_counter()
        sitting = actions.plan_sitting(
            room.cohort, paper, made_id=uuid.uuid4(), starts_at=begins, minutes=90, by=by, at=early
        )
        planned = time.perf_counter() - begun
        begun = time.perf_counter()
        codes = list(actions.give_codes(sitting, by=by, at=now).values())
        coded = time.perf_counter() - begun
        sitting = actions.open_sitting(sitting, by=by, at=begins)
    luck = random.Random(7)  # noqa: S311  (a measurement)
    entered, saved, queries = [], [], 0
    devices = []
    for code in codes:
        device = Client(SERVER_NAME=HOST)
        begun = time.perf_counter()
        answer = device.post("/exam/", {"code": code})
        entered.append(time.perf_counter() - begun)
        assert answer.status_code == 302, answer.content[:2000]
        devices.append(device)
    for order in range(1, questions + 1):
        for device in devices:
            form = {"choice": luck.choice("aaab"), "count": str(order)}
            begun = time.perf_counter()
            answer = device.post(f"/exam/paper/{order}/", form, headers={"X-Save": "1"})
            saved.append(time.perf_counter() - begun)
            assert answer.status_code == 200, answer.content[:2000]
    asked: list[str] = []

    def noted(execute: Any, sql: str, *more: Any) -> Any:
        asked.append(sql)
        return execute(sql, *more)

    with connection.execute_wrapper(noted):
        devices[0].post("/exam/paper/1/", {"choice": "a", "count": "999"}, headers={"X-Save": "1"})
    queries = len(asked)
    address = f"/o/{room.place.key}/sittings/{sitting.public_id}/"
    print("| what | ms | queries |\n|---|---:|---:|")
    print(f"| a sitting of {people} planned | {planned * 1000:.0f} | – |")
    print(f"| {people} codes given | {coded * 1000:.0f} | – |")
    print(f"| a code entered, median | {statistics.median(entered) * 1000:.1f} | – |")
    median, worst = statistics.median(saved) * 1000, statistics.quantiles(saved, n=100)[98] * 1000
    print(f"| an answer saved, median | {median:.1f} | {queries} |")
    print(f"| the same, 99 of 100 are faster than | {worst:.1f} | {queries} |")
    print(f"| all {len(saved):,} answers, one after the other | {sum(saved) * 1000:,.0f} | – |")
    _page(room.client, address, "the room while they answer")
    with everywhere("a bench ends a sitting"):
        begun = time.perf_counter()
        actions.close_sitting(sitting, by=by, at=timezone.now())
        print(f"| closed | {(time.perf_counter() - begun) * 1000:.0f} | – |")
        asked.clear()
        begun = time.perf_counter()
        with connection.execute_wrapper(noted):
            table = scored(sitting)
        took = (time.perf_counter() - begun) * 1000
        assert len(table.points) == people
        print(f"| {people} × {questions} answers scored | {took:.0f} | {len(asked)} |")
    _page(room.client, address, "the page with results")
    _page(room.client, f"{address}report/", "the report on the paper")


def _page(client: Any, address: str, name: str) -> None:
    from django.db import connection

    client.get(address)
    asked: list[str] = []

    def noted(execute: Any, sql: str, *more: Any) -> Any:
        asked.append(sql)
        return execute(sql, *more)

    begun = time.perf_counter()
    with connection.execute_wrapper(noted):
        assert client.get(address).status_code == 200
    print(f"| {name} | {(time.perf_counter() - begun) * 1000:.0f} | {len(asked)} |")


if __name__ == "__main__":
    main()
