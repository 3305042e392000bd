"""What does the report on the questions of a sitting cost: each of its pages, the first time and again?

    python bench/report.py [--size 500x40 500x60 2000x60]

A site of its own in a temporary folder, SQLite. A closed sitting is written straight into the tables: answers by a
two-parameter model, two training enterprises. Pages go through Django's WSGI handler in this process, signed in as the
coordinator; what a web server adds is not in it. `first` is what a process pays that remembers nothing, `after another`
what it pays once another page of the same report was looked at, `again` the same page a second time (the fastest of
three); a model that was fitted is remembered too. Queries are those of `again`.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
import uuid
from datetime import timedelta
from math import exp
from pathlib import Path
from typing import Any

from college import open_site
from machine import machine

PARTS = (
    ("overview", ""),
    ("questions", "questions/"),
    ("one question", "questions/{item}/"),
    ("model", "model/"),
    ("forms", "forms/"),
    ("fairness", "fairness/"),
    ("markers", "markers/"),
    ("figures.csv", "files/figures.csv"),
    ("responses.csv", "files/responses.csv"),
)
ROUNDS = 3


def main() -> None:
    """Each size has a college of its own."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", nargs="*", default=["500x40", "500x60", "2000x60"])
    asked = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        open_site(Path(folder))
        for size in asked.size:
            people, questions = (int(one) for one in size.split("x"))
            _measure(people, questions)


def _measure(people: int, questions: int) -> None:
    from django.db import connection
    from roll import Class

    room = Class(people + questions)  # a name of its own for each size
    sitting, item = _held(room, people, questions)
    asked: list[str] = []

    def noted(execute: Any, sql: str, *more: Any) -> Any:
        asked.append(sql)
        return execute(sql, *more)

    def look(part: str) -> float:
        address = f"/o/{room.place.key}/sittings/{sitting.public_id}/report/{part.format(item=item)}?now=1"
        begun = time.perf_counter()
        answer = room.client.get(address)
        took = time.perf_counter() - begun
        assert answer.status_code == 200, answer.content[:2000]
        return took * 1000

    look("")  # what is slow to import is imported
    print(f"\n| {people:,} × {questions} | first, ms | after another, ms | again, ms | queries |")
    print("|---|---:|---:|---:|---:|")
    for name, part in PARTS:
        _forget()
        first = look(part)
        _forget()
        look("" if part else "questions/")
        second = look(part)
        again = min(look(part) for _round in range(ROUNDS))
        asked.clear()
        with connection.execute_wrapper(noted):
            look(part)
        print(f"| {name} | {first:.0f} | {second:.0f} | {again:.0f} | {len(asked)} |")


def _forget() -> None:
    from craftpath.domain.exams.analysis import modelling

    modelling._modelled.cache_clear()
    try:
        from craftpath.domain.exams import tables
    except ImportError:
        return
    tables.forget()


def _held(room: Any, people: int, questions: int) -> tuple[Any, str]:
    """A closed sitting, and the id of one of its questions."""
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.exams import actions
    from craftpath.domain.exams.content import Content
    from craftpath.domain.exams.models import Answer, Candidate, PaperLine, Sitting
    from craftpath.engines.scoring import Kind
    from craftpath.kernel.organisations import plant
    from craftpath.kernel.tenancy import everywhere
    from craftpath.values.text import Text

    options = [{"key": key, "text": {"zh": key}} for key in "abcd"]
    now, by, luck = room.now, room.by, random.Random(7)  # noqa: S311  (a measurement)
    begins = now - timedelta(hours=3)
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
        works = [
            plant(
                key=f"works-{people}-{questions}-{n}",
                kind="enterprise",
                name={"zh": f"企业 {n}", "en": f"Works {n}"},
            )
            for n in range(2)
        ]
        enrolled = list(Enrolment.objects.filter(cohort=room.cohort).order_by("pk")[:people])
        for n, one in enumerate(enrolled):
            one.enterprise = works[n % 2]
        Enrolment.objects.bulk_update(enrolled, ["enterprise"], batch_size=400)
        sitting = Sitting.objects.create(
            made_id=uuid.uuid4(),
            organisation=room.place,
            cohort=room.cohort,
            paper=paper,
            starts_at=begins,
            minutes=60,
            late_minutes=30,
            state="closed",
            closed_at=begins + timedelta(hours=1),
            made_at=now,
        )
        ends = begins + timedelta(hours=1)
        there = Candidate.objects.bulk_create(
            [
                Candidate(sitting=sitting, enrolment=one, paper=paper, started_at=begins, ends_at=ends)
                for one in enrolled
            ]
        )
        lines = list(PaperLine.objects.filter(paper=paper).order_by("order"))
        hard = [luck.gauss(0, 1) for _line in lines]
        slopes = [luck.uniform(0.6, 1.8) for _line in lines]
        rows = []
        for one in there:
            ability = luck.gauss(0, 1)
            for line, b, a in zip(lines, hard, slopes, strict=True):
                right = luck.random() < 1 / (1 + exp(-a * (ability - b)))
                given = ["a" if right else luck.choice("bcd")]
                rows.append(Answer(candidate=one, line=line, given=given, count=1, saved_at=begins))
        Answer.objects.bulk_create(rows, batch_size=5000)
    return sitting, items[0].public_id


if __name__ == "__main__":
    main()
