"""Questions that are open to practice, and an apprentice of the cast who answers them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from craftpath.domain.exams import actions as exams
from craftpath.domain.exams.actions import Draft
from craftpath.domain.exams.content import Content
from craftpath.domain.exams.models import Item
from craftpath.domain.exams.queries import Tags
from craftpath.domain.study import actions
from craftpath.domain.study.models import Diagnosis, PracticeSet
from craftpath.engines.scoring import Kind
from craftpath.values.text import Text
from tests.cast import AT, Cast
from tests.domain.growth.world import PLANS, TALKS, known

__all__ = [
    "PLANS",
    "RIGHT",
    "TALKS",
    "WRONG",
    "answered",
    "begun",
    "known",
    "opened",
    "practised",
    "questions",
]
RIGHT, WRONG = ["a"], ["b"]
LEVELS = ("easy", "medium", "hard")


def questions(cast: Cast, n: int, skill: str = TALKS, kind: Kind = Kind.SINGLE) -> list[Item]:
    """So many released questions of a skill with four options, of which the first is right."""
    options = [{"key": key, "text": {"zh": key}} for key in "abcd"]
    drafts = [
        Draft(
            Content(kind, Text(f"{skill} {place}"), {"options": options, "right": ["a"]}, Decimal(1)),
            Tags(skills=(skill,), difficulty=LEVELS[place % 3], seconds=60),
            ready=True,
        )
        for place in range(n)
    ]
    return list(exams.write_items(cast.college, drafts, by=cast.actor("trainer"), at=AT).items)


def opened(cast: Cast, n: int, skill: str = TALKS) -> list[Item]:
    items = questions(cast, n, skill)
    exams.open_items(items, by=cast.actor("trainer"), at=AT)
    return items


def begun(cast: Cast, skill: str = TALKS, *, at: Any = AT, number: str = "26001") -> Diagnosis:
    row = cast.enrolments[number]
    by = cast.actor("apprentice" if number == "26001" else "classmate")
    return actions.begin_diagnosis(row, skill, made_id=uuid.uuid4(), by=by, at=at)


def answered(cast: Cast, row: Diagnosis, given: Sequence[list[str]], *, at: Any = AT) -> Diagnosis:
    """Answer as given until it ends, the last answer again and again."""
    by = cast.actor("apprentice" if row.enrolment == cast.enrolments["26001"] else "classmate")
    for n in range(40):
        row = Diagnosis.objects.select_related("enrolment__cohort").get(pk=row.pk)
        if row.state != "open":
            break
        row = actions.answer_diagnosis(
            row, version=row.posed_id, given=given[min(n, len(given) - 1)], made_id=uuid.uuid4(), by=by,
            at=at + timedelta(seconds=30 * n),
        )  # fmt: skip
    return row


def practised(
    cast: Cast, row: PracticeSet, given: list[str], *, sure: bool = True, at: Any = AT
) -> PracticeSet:
    for version, _skill in list(row.questions):
        actions.answer_practice(
            row,
            version=version,
            given=given,
            sure=sure,
            made_id=uuid.uuid4(),
            by=cast.actor("apprentice"),
            at=at,
        )
    return PracticeSet.objects.get(pk=row.pk)
