"""Study: how long do home, one step of a diagnosis, the own page, the path and the map of a cohort take?

    python bench/study.py [--people 40] [--skills 30] [--rounds 40]

Each person has twelve answers to each skill, and the bank twenty open questions of each. `step` is the POST of one
answer: judge it, keep it, move its card, and find the next question by all answers so far. `home` is the whole home
page of an apprentice, `bare` a Django view that lists the newest 25 answers with their count and names, for nobody in
particular, in the same run. Pages are asked through the test client. Milliseconds: median and 95th percentile; queries
in brackets.
"""

from __future__ import annotations

import argparse
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from college import HOST, open_site
from machine import machine, resident

ANSWERS, QUESTIONS = 12, 20


def seed(people: int, skills: int) -> tuple[Any, Any, list[Any]]:
    """A cohort whose apprentices have answered; its coordinator, and everybody in it."""
    from django.utils import timezone

    from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.apprenticeships.queries import enrolments
    from craftpath.domain.exams import actions as exams
    from craftpath.domain.exams.content import Content
    from craftpath.domain.exams.queries import Tags
    from craftpath.domain.programmes.actions import load_preset
    from craftpath.domain.standards.actions import load_frameworks
    from craftpath.domain.standards.queries import skills as skills_of
    from craftpath.domain.study.models import Answered, PracticeCard, PracticeSet
    from craftpath.engines.mastery.practising import begun
    from craftpath.engines.scoring import Kind
    from craftpath.kernel.access import Actor, join, system
    from craftpath.kernel.organisations import plant
    from craftpath.kernel.people import Person
    from craftpath.kernel.roles import Role
    from craftpath.values.text import Text

    at = timezone.now()
    today = timezone.localdate(at)
    college = plant(key="studied", kind="college", name={"en": "College"})
    coordinator = Person.objects.create_user("studier", password="x", name="Coordinator")
    join([coordinator], college, Role.COORDINATOR, on=date(2026, 1, 1))
    by = Actor(college, coordinator, frozenset({Role.COORDINATOR}))
    programme = load_preset("cn_334", by=system(college), at=at)
    load_frameworks(by=system(college), at=at)
    keys = [one.key for one in skills_of()][:skills]
    cohort = Cohort.objects.create(
        organisation=college, programme=programme, name={"en": "Class"}, occupation={"en": "Welder"},
        state="running", starts_on=today - timedelta(days=200),
    )  # fmt: skip
    entries = [RosterEntry(f"{n:05}", f"Apprentice {n}") for n in range(people)]
    take_roster(cohort, entries, by=system(college), at=at)
    rows = list(enrolments().filter(cohort=cohort))
    options = [{"key": key, "text": {"zh": key}} for key in "abcd"]
    drafts = [
        exams.Draft(
            Content(Kind.SINGLE, Text(f"{key} {n}"), {"options": options, "right": ["a"]}, Decimal(1)),
            Tags(skills=(key,), difficulty=("easy", "medium", "hard")[n % 3], seconds=60),
            ready=True,
        )
        for key in keys
        for n in range(QUESTIONS)
    ]
    items = list(exams.write_items(college, drafts, by=by, at=at).items)
    exams.open_items(items, by=by, at=at)
    sets = [
        PracticeSet(enrolment=row, made_id=uuid.uuid4(), state="left", begun_at=at, ended_at=at)
        for row in rows
    ]
    PracticeSet.objects.bulk_create(sets)
    made = []
    for who, (row, practice) in enumerate(zip(rows, sets, strict=True)):
        for which, key in enumerate(keys):
            for n in range(ANSWERS):
                item = items[which * QUESTIONS + n]
                made.append(
                    Answered(
                        enrolment=row, skill=key, item=item, version_id=item.newest_id, made_id=uuid.uuid4(),
                        source="practice", practice=practice, given=["a"], right=(who + which + n) % 3 > 0,
                        difficulty=(n % 3) - 1.0, slope=1.0, guess=0.25, at=at - timedelta(days=1 + 3 * n),
                    )
                )  # fmt: skip
    Answered.objects.bulk_create(made, batch_size=500)
    cards = (
        PracticeCard(enrolment=row, item=item, skill=keys[0], kept=begun(at), due_at=at - timedelta(days=1))
        for row in rows
        for item in items[:QUESTIONS]
    )
    PracticeCard.objects.bulk_create(cards, batch_size=500)
    return cohort, coordinator, rows


def measured(people: int, skills: int, rounds: int, folder: Path) -> dict[str, Any]:
    """Fill, measure, and give the figures."""
    open_site(folder)
    from django.core.paginator import Paginator
    from django.db import connection, reset_queries
    from django.http import HttpResponse
    from django.test import Client
    from django.utils import timezone

    from craftpath.domain.study import actions
    from craftpath.domain.study.models import Answered, Diagnosis
    from craftpath.kernel.access import Actor
    from craftpath.kernel.roles import Role
    from craftpath.kernel.tenancy import everywhere

    found: dict[str, Any] = {}
    with everywhere("a measurement fills a cohort"):
        cohort, coordinator, rows = seed(people, skills)
        keys = list(Answered.objects.order_by("pk").values_list("skill", flat=True).distinct())
    clients = {}
    for person in (coordinator, rows[0].person):
        clients[person.pk] = Client(HTTP_HOST=HOST, secure=True)
        clients[person.pk].force_login(person)
    office, learner = clients[coordinator.pk], clients[rows[0].person.pk]
    at = f"/o/{cohort.organisation.key}"
    mine = Actor(cohort.organisation, rows[0].person, frozenset({Role.APPRENTICE}))
    turn = iter(range(10_000))

    def posed() -> Diagnosis:
        """An open diagnosis with a question that waits."""
        with everywhere("a measurement begins a diagnosis"):
            row = Diagnosis.objects.filter(state="open").first()
            if row is None:
                key = sorted(set(keys))[next(turn) % skills]
                row = actions.begin_diagnosis(rows[0], key, made_id=uuid.uuid4(), by=mine, at=timezone.now())
            return row

    def timed(name: str, work: Callable[[Any], Any], ready: Callable[[], Any] = lambda: None) -> None:
        work(ready())
        took = []
        for _ in range(rounds):
            given = ready()
            begun = time.perf_counter()
            work(given)
            took.append(time.perf_counter() - begun)
        given = ready()
        connection.force_debug_cursor = True
        reset_queries()
        answer = work(given)
        found[f"{name}_queries"] = len(connection.queries_log)
        connection.force_debug_cursor = False
        assert answer.status_code in (200, 302), answer.status_code
        took.sort()
        found[name], found[f"{name}_p95"] = took[len(took) // 2], took[int(len(took) * 0.95)]

    def bare(_given: Any) -> HttpResponse:
        newest = Answered._base_manager.select_related("enrolment__person").order_by("-at", "-pk")
        page = Paginator(newest, 25).get_page(1)
        return HttpResponse("".join(f"<li>{row.skill} {row.enrolment.person.name}</li>" for row in page))

    def step(row: Diagnosis) -> Any:
        form = {"version": row.posed_id, "made_id": str(uuid.uuid4()), "choice": "ab"[next(turn) % 2]}
        return learner.post(f"{at}/study/diagnoses/{row.public_id}/answer/", form)

    timed("bare", bare)
    timed("home", lambda _: learner.get(f"{at}/"))
    timed("step", step, posed)
    timed("mine", lambda _: learner.get(f"{at}/study/of/{rows[0].public_id}/"))
    timed("path", lambda _: learner.get(f"{at}/study/of/{rows[0].public_id}/path/"))
    timed("cohort", lambda _: office.get(f"{at}/study/cohorts/{cohort.public_id}/"))
    found["peak"] = resident("VmHWM")
    return found


def main() -> None:
    """One table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--skills", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=40)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        row = measured(given.people, given.skills, given.rounds, Path(folder))
    print(machine())
    steps = ("bare", "home", "step", "mine", "path", "cohort")
    print("| people × skills | " + " | ".join(f"{one} ms, p95 (queries)" for one in steps) + " | peak MB |")
    cells = [
        f"{row[one] * 1000:,.0f}, {row[f'{one}_p95'] * 1000:,.0f} ({row[f'{one}_queries']})" for one in steps
    ]
    print(f"| {given.people} × {given.skills} | " + " | ".join(cells) + f" | {row['peak']:.0f} |")


if __name__ == "__main__":
    main()
