"""A study of the paper of `hall`, its judges of the fixed cast, and values that are easy to reckon with."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from craftpath.domain.exams.actions import close_round, give_estimates, open_round, plan_study
from craftpath.domain.exams.models import Judge, Paper, Round, Study
from craftpath.kernel.access import Actor
from craftpath.values.text import Text
from tests.cast import AT, TODAY, Cast
from tests.domain.exams.hall import paper

JUDGES = ("trainer", "mentor", "assessor")
DUE: date = TODAY + timedelta(days=7)
LINES = 8


def study(cast: Cast, *people: str, used: Paper | None = None, **other: Any) -> Study:
    """A study with these people of the cast as judges."""
    given: dict[str, Any] = {
        "made_id": uuid.uuid4(),
        "title": "期末理论考试的合格线",
        "borderline": Text(
            zh="刚刚能独立完成中等复杂零件的学徒", en="Just manages a part of medium difficulty"
        ),
        "judges": [cast.people[one] for one in people or JUDGES],
    } | other
    return plan_study(used or paper(cast), **given, by=cast.actor("coordinator"), at=AT)


def judge(cast: Cast, row: Study, who: str) -> Judge:
    return Judge.objects.select_related("study").get(study=row, person=cast.people[who])


def actor(cast: Cast, who: str) -> Actor:
    return cast.actor(who, cast.jinheng) if who == "mentor" else cast.actor(who)


def opened(cast: Cast, row: Study, **other: Any) -> Round:
    return open_round(row, **({"due_on": DUE} | other), by=cast.actor("coordinator"), at=AT)


def estimate(cast: Cast, row: Study, who: str, values: dict[int, int], number: int = 1) -> int:
    return give_estimates(judge(cast, row, who), values, number=number, by=actor(cast, who), at=AT)


def closed(cast: Cast, row: Study, values: dict[str, int], number: int = 1, **other: Any) -> Round:
    """A round in which each judge gives one value to every question."""
    opened(cast, row, **other)
    for who, value in values.items():
        estimate(cast, row, who, dict.fromkeys(range(1, LINES + 1), value), number)
    return close_round(Study.objects.get(pk=row.pk), by=cast.actor("coordinator"), at=AT)
