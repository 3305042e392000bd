"""A paper of every kind without a picture, and a sitting of the fixed cast with codes, built by actions."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from craftpath.domain.exams.actions import (
    Draft,
    Held,
    enter,
    fix_paper,
    give_codes,
    make_paper,
    open_sitting,
    plan_sitting,
    save_answer,
    write_items,
)
from craftpath.domain.exams.models import Candidate, Paper, Sitting
from craftpath.engines.scoring import Kind
from craftpath.kernel.access import Actor, join
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from tests.cast import AT, Cast
from tests.domain.exams.samples import every_kind

NOBODY = Actor(organisation=None)
KINDS = [one for one in every_kind() if one.kind is not Kind.HOTSPOT]
RIGHT: dict[int, Any] = {
    1: ["b"], 2: ["a", "b", "d"], 3: ["false"], 4: "125.7", 5: {"1": "G00", "2": "G01"},
    6: {"a": "x", "b": "y"}, 7: ["b", "c", "a"],
}  # fmt: skip
"""What is right on each line of the paper; line 8 is the essay."""
ESSAY = 8
OPENS = AT + timedelta(hours=2)


def paper(cast: Cast, **other: Any) -> Paper:
    by = cast.actor("trainer")
    drafts = [Draft(one, ready=True) for one in KINDS]
    items = write_items(cast.college, drafts, by=by, at=AT).items
    given = {"made_id": uuid.uuid4(), "title": "期末理论考试", "minutes": 60} | other
    made = make_paper(items, organisation=cast.college, **given, by=by, at=AT)
    return fix_paper(made, by=by, at=AT)


def planned(cast: Cast, **other: Any) -> Sitting:
    given = {"made_id": uuid.uuid4(), "starts_at": OPENS, "minutes": 60, "late_minutes": 30} | other
    used = given.pop("paper", None) or paper(cast)
    return plan_sitting(cast.cohort, used, **given, by=cast.actor("trainer"), at=AT)


def opened(cast: Cast, **other: Any) -> tuple[Sitting, dict[str, str]]:
    """A sitting under way since `OPENS`, and number → code."""
    row = planned(cast, **other)
    by = cast.actor("trainer")
    codes = give_codes(row, by=by, at=AT)
    numbers = dict(Candidate.objects.values_list("pk", "enrolment__number"))
    row = open_sitting(row, by=by, at=row.starts_at)
    return row, {numbers[pk]: code for pk, code in codes.items()}


def begin(code: str, at: datetime = OPENS) -> Held:
    return enter(code, by=NOBODY, at=at)


def answer(held: Held, given: Mapping[int, Any], at: datetime = OPENS, count: int = 1) -> None:
    for order, value in given.items():
        save_answer(held, order=order, given=value, count=count, by=NOBODY, at=at)


def candidate(cast: Cast, row: Sitting, number: str = "26001") -> Candidate:
    return Candidate.objects.select_related("sitting", "enrolment").get(
        sitting=row, enrolment=cast.enrolments[number]
    )


def with_markers(cast: Cast) -> Cast:
    """The cast with two more trainers of the college, "second" and "third"."""
    for key, name in (("second", "韩雪梅"), ("third", "方志强")):
        row = Person.objects.create_user(f"marker-{key}", password="let-me-in", name=name)
        join([row], cast.college, Role.TRAINER, on=date(2026, 1, 1))
        cast.people[key] = row
    return cast
