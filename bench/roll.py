"""What does calling a roll cost, for a class of five and of fifty?

    python bench/roll.py [--people 5 50] [--rounds 5] [--rolls 40]

A fresh college in an SQLite file. Each roll is a POST of the page's own form, with the middleware of a real site, by
Django's WSGI handler in this process; what a web server adds is not in it. `first` calls the roll of a session that
nobody has called, two of the class away; `changed` changes the marks of two. Every roll is of a session of its own.
CPU is user and system time by `getrusage`; queries are counted in a request of their own, BEGIN and COMMIT left out.
"""

from __future__ import annotations

import argparse
import re
import resource
import tempfile
import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from college import HOST, open_site
from machine import machine


def cpu() -> float:
    """Seconds of processor that this process has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


class Class:
    """A college with one cohort of so many people, and a trainer at the door."""

    def __init__(self, people: int) -> None:
        from django.test import Client
        from django.utils import timezone

        from craftpath.domain.apprenticeships.actions import (
            RosterEntry,
            plan_cohort,
            start_cohort,
            take_roster,
        )
        from craftpath.domain.apprenticeships.models import Enrolment
        from craftpath.domain.programmes.actions import load_preset
        from craftpath.kernel.access import Actor, join, system
        from craftpath.kernel.organisations import plant
        from craftpath.kernel.people import Person
        from craftpath.kernel.roles import Role
        from craftpath.kernel.tenancy import everywhere

        self.people, self.now, self.sessions = people, timezone.now(), 0
        name = {"zh": f"班 {people}", "en": f"Class of {people}"}
        with everywhere("a measurement makes its college"):
            self.place = plant(key=f"college-{people}", kind="college", name=name)
            person = Person.objects.create_user(
                f"trainer-{people}", password="let-me-in-please", name="Trainer"
            )
            join([person], self.place, Role.COORDINATOR, on=date(2026, 1, 1))
            self.by = Actor(organisation=self.place, person=person, roles=frozenset({Role.COORDINATOR}))
            programme = load_preset("cn_334", by=system(), at=self.now)
            cohort = plan_cohort(
                organisation=self.place,
                programme=programme,
                name=name,
                occupation=name,
                starts_on=date(2026, 3, 2),
                by=self.by,
                at=self.now,
            )
            self.cohort = start_cohort(cohort, by=self.by, at=self.now)
            roster = [RosterEntry(f"{n:04}", f"学徒{n}") for n in range(people)]
            take_roster(self.cohort, roster, by=self.by, at=self.now)
            self.ids = list(Enrolment.objects.filter(cohort=cohort).values_list("public_id", flat=True))
        self.client = Client(SERVER_NAME=HOST, HTTP_ACCEPT_LANGUAGE="en")
        self.client.force_login(person)

    def session(self) -> str:
        """The address of the roll of a session that is on; each begins a second after the other."""
        from craftpath.domain.learning.actions import Plan, plan_session
        from craftpath.kernel.tenancy import everywhere

        self.sessions += 1
        start = self.now - timedelta(hours=1, seconds=self.sessions)
        plan = Plan(
            {"en": "Lesson"}, "lesson", "on_site", start, start + timedelta(hours=2), "A-301", "taught"
        )
        with everywhere("a measurement plans its sessions"):
            [made] = plan_session(
                plan, organisation=self.place, cohorts=[self.cohort], teachers={}, by=self.by, at=self.now
            )
        return f"/o/{self.place.key}/sessions/{made.public_id}/roll/"

    def environ(self, way: str, base: int, away: str) -> dict[str, Any]:
        """The request of a press on Save, as a web server hands it over."""
        from urllib.parse import urlencode

        from django.test import RequestFactory
        from django.test.client import FakePayload

        form = {"made_id": str(uuid.uuid4()), "base": str(base)}
        form |= {f"mark-{one}": "present" for one in self.ids}
        form |= {f"mark-{one}": away for one in self.ids[:2]}
        body = urlencode(form).encode()
        cookie = "; ".join(f"{key}={morsel.value}" for key, morsel in self.client.cookies.items())
        return RequestFactory(SERVER_NAME=HOST)._base_environ(
            PATH_INFO=way,
            REQUEST_METHOD="POST",
            CONTENT_TYPE="application/x-www-form-urlencoded",
            CONTENT_LENGTH=str(len(body)),
            HTTP_COOKIE=cookie,
            **{"wsgi.input": FakePayload(body)},
        )


def press(handler: Any, environ: dict[str, Any]) -> None:
    """One request from the first byte to the last."""
    said: list[str] = []
    answer = handler(environ, lambda status, headers, *_: said.append(status))
    content = b"".join(answer)
    answer.close()
    assert said[0].startswith("302"), (said, content[:2000])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[5, 50])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rolls", type=int, default=40)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        open_site(Path(folder))
        from django.core.handlers.wsgi import WSGIHandler

        handler = WSGIHandler()
        # A press without a token is refused; that check costs nothing that would matter here.
        handler.load_middleware()
        classes = [Class(people) for people in chosen.people]
        print(f"{chosen.rounds} rounds of {chosen.rolls} rolls; {machine()}\n")
        print("| people | roll | CPU ms, best round | CPU ms, middle round | queries |")
        print("|---:|---|---:|---:|---:|")
        for one in classes:
            found: dict[str, list[float]] = {"first": [], "changed": []}
            queries: dict[str, int] = {}
            for n in range(chosen.rounds + 1):  # the first round warms
                ways = [one.session() for _ in range(chosen.rolls)]
                for base, (name, away) in enumerate((("first", "absent"), ("changed", "late"))):
                    ready = [exempt(one.environ(way, base, away)) for way in ways]
                    if n == 0:
                        queries[name] = asked(lambda ready=ready: press(handler, ready[0]))
                        ready = ready[1:]
                    start = cpu()
                    for environ in ready:
                        press(handler, environ)
                    if n:
                        found[name].append((cpu() - start) / len(ready))
            for name, times in found.items():
                times.sort()
                print(
                    f"| {one.people} | {name} | {1000 * times[0]:.1f} | {1000 * times[len(times) // 2]:.1f} "
                    f"| {queries[name]} |"
                )
        print(f"\nAfter it: {machine()}")


def exempt(environ: dict[str, Any]) -> dict[str, Any]:
    """With a token that fits its cookie, so that the press is a press of the page."""
    from django.conf import settings
    from django.middleware.csrf import _get_new_csrf_string, _mask_cipher_secret

    secret = _get_new_csrf_string()
    environ["HTTP_COOKIE"] += f"; {settings.CSRF_COOKIE_NAME}={secret}"
    environ["HTTP_X_CSRFTOKEN"] = _mask_cipher_secret(secret)
    return environ


def asked(do: Any) -> int:
    """How many queries a request asks, BEGIN, COMMIT and savepoints left out."""
    from django.core import signals
    from django.db import connection, reset_queries

    connection.force_debug_cursor = True
    close, connection.close = connection.close, lambda: None
    signals.request_started.disconnect(reset_queries)
    try:
        reset_queries()
        do()
        rows = [row["sql"] for row in connection.queries_log]
        return sum(not re.match(r"BEGIN|COMMIT|SAVEPOINT|RELEASE", sql) for sql in rows)
    finally:
        signals.request_started.connect(reset_queries)
        connection.force_debug_cursor, connection.close = False, close


if __name__ == "__main__":
    main()
