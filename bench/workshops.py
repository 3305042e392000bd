"""The hall of a workshop: how many can sit before one page that asks every few seconds whether something is new?

    python bench/workshops.py [--people 226] [--questions 30]

Everybody comes by link and code, as guests do. `page` is the whole page of the hall, `same` what it asks while nothing
has changed, `changed` the part that it gets when something has; `ask`, `support` and `vote` are what people send.
`bare` is a Django view that lists the same questions. Milliseconds: median and 95th percentile; queries in brackets.
SQLite in a file, one process, one request after the other.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections.abc import Callable
from datetime import time as clock
from datetime import timedelta
from pathlib import Path
from typing import Any

from college import HOST, open_site
from machine import machine, resident


def seed(people: int, questions: int) -> tuple[Any, list[Any]]:
    """An open workshop with an open poll, its people, and questions that some support."""
    from django.utils import timezone

    from craftpath.domain.workshops import actions
    from craftpath.domain.workshops.actions import Comer, Words
    from craftpath.kernel.access import Actor, system
    from craftpath.kernel.organisations import plant
    from craftpath.values.text import Text

    at, nobody = timezone.now(), Actor(organisation=None)
    college = plant(key="hall", kind="college", name={"en": "College"})
    by = system(college)
    row = actions.plan_workshop(
        college, Words(Text("研讨会", "Workshop"), link="https://m.example/1"), by=by, at=at
    )
    actions.save_day(row, on=at.date() + timedelta(days=1), starts=clock(9), ends=clock(17), by=by, at=at)
    row = actions.publish_workshop(row, by=by, at=at)
    made = [
        actions.register(
            row, Comer(f"Guest {n}", f"Office {n % 71}", "enterprise", "City", "online", email=f"g{n}@example.com"),
            by=nobody, at=at,
        )
        for n in range(people)
    ]  # fmt: skip
    for n in range(questions):
        asked = actions.ask_live(
            made[n % people], f"Question {n}: how do others do it?", named=n % 2 > 0, by=nobody, at=at
        )
        for one in made[: n % 9]:
            actions.support_question(asked, one, by=nobody, at=at)
    options = [Text(f"Answer {n}") for n in range(4)]
    poll = actions.draft_poll(row, kind="single", title=Text("Which?"), options=options, by=by, at=at)
    actions.open_poll(poll, by=by, at=at)
    return row, made


def measured(people: int, questions: int, folder: Path) -> dict[str, tuple[float, float, int]]:
    """Fill, let everybody in, and ask each thing once of each; median, 95th percentile and queries."""
    open_site(folder)
    from django.conf import settings
    from django.db import connection, reset_queries
    from django.http import HttpResponse
    from django.test import Client
    from django.urls import reverse

    from craftpath.domain.workshops import queries
    from craftpath.domain.workshops.models import LiveQuestion
    from craftpath.kernel.tenancy import everywhere

    settings.ACCOUNT_RATE_LIMITS["workshop_code"] = (
        "1000000/m/ip"  # what is measured here is the work, not the patience
    )
    with everywhere("a measurement fills a hall"):
        row, made = seed(people, questions)
        poll, asked = queries.polls_in(row)[0], queries.questions_in(row)[0]
    clients: list[tuple[Client, str]] = []
    for one in made:
        client, token = Client(HTTP_HOST=HOST, secure=True), queries.token_of(one)
        client.post(reverse("workshop:mine", args=[token]), {"code": one.badge})
        clients.append((client, token))
    found: dict[str, tuple[float, float, int]] = {}

    def timed(name: str, act: Callable[[Client, str], Any]) -> None:
        took = []
        for client, token in clients[1:]:
            begun = time.perf_counter()
            act(client, token)
            took.append(time.perf_counter() - begun)
        connection.force_debug_cursor = True
        reset_queries()
        act(*clients[0])
        count = len(connection.queries_log)
        connection.force_debug_cursor = False
        took.sort()
        found[name] = took[len(took) // 2], took[int(len(took) * 0.95)], count

    def part(seen: str) -> Callable[[Client, str], Any]:
        def act(client: Client, token: str) -> Any:
            there = reverse("workshop:hall", args=[token])
            return client.get(there, {"part": "questions", "seen": seen}, HTTP_HX_REQUEST="true")

        return act

    def bare(_client: Client, _token: str) -> HttpResponse:
        with everywhere("a bare list"):
            rows = LiveQuestion.objects.filter(workshop=row).order_by("-supports")
            return HttpResponse("".join(f"<li>{one.words} {one.supports}</li>" for one in rows))

    timed("bare", bare)
    timed("page", lambda client, token: client.get(reverse("workshop:hall", args=[token])))
    signs = {token: _sign(part("")(client, token)) for client, token in clients}
    timed("changed", part(""))
    timed("same", lambda client, token: part(signs[token])(client, token))

    def sent(page: str, *ids: str, **typed: str) -> Callable[[Client, str], Any]:
        return lambda client, token: client.post(reverse(f"workshop:{page}", args=[token, *ids]), typed)

    timed("support", sent("support", asked.public_id))
    timed("ask", sent("ask", words="And how do you do it?"))
    timed("vote", sent("vote", poll.public_id, answer="2"))
    return found


def _sign(answer: Any) -> str:
    """By what a page knows that it has seen this already."""
    found = re.search(rb"seen=(\w+)", answer.content)
    assert found is not None, answer.status_code
    return found[1].decode()


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=226)
    parser.add_argument("--questions", type=int, default=30)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measured(asked.people, asked.questions, Path(folder))
    print(machine())
    for name, (median, high, count) in found.items():
        print(f"{name:9} {median * 1000:7.1f} ms  {high * 1000:7.1f} p95  {1 / median:6.0f}/s  ({count})")
    print(f"peak {resident('VmHWM'):.0f} MB")


if __name__ == "__main__":
    main()
