"""Closed surveys of needs with answers, for the tests of analyses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from craftpath.domain.surveys.actions import (
    Candidate,
    answer_survey,
    close_survey,
    draft_next_wave,
    draft_survey,
    open_survey,
    write_question,
)
from craftpath.domain.surveys.models import Asked, Survey
from craftpath.domain.surveys.questions import read
from craftpath.kernel.organisations import Organisation
from craftpath.values.text import Text
from tests.cast import AT, Cast
from tests.domain.surveys.world import LAST, NAMES, TODAY, as_asked, people

SKILLS = {
    "communication": "沟通",
    "planning_organising": "计划与组织",
    "problem_solving_decisions": "解决问题",
}
QUESTIONS: list[dict[str, Any]] = [
    {"key": key, "kind": "need", "title": {"zh": name, "en": key.replace("_", " ")}, "skill": key, "mentor": True}
    for key, name in SKILLS.items()
] + [
    {"key": f"m{at}", "kind": "scale", "title": {"en": f"I want to learn {at}"}, "construct": "motivation",
     "turned": at == 3}
    for at in (1, 2, 3)
]  # fmt: skip
TRADES = ("welder",) * 16 + ("turner",) * 8
Said = Callable[[int], dict[str, Any]]


def needy(who: int) -> dict[str, Any]:
    """Communication is needed most, planning least; problem solving is left out by some."""
    said: dict[str, Any] = {
        "communication": [5, 1 + who % 3, None],
        "planning_organising": [2 + who % 2, 4, None],
        "problem_solving_decisions": [4 + who % 2, 3, None] if who % 6 else [4, None, None],
    }
    return said | {"m1": 2 + who % 3, "m2": 2 + who % 3, "m3": 4 - who % 3}


def better(who: int) -> dict[str, Any]:
    """The same after a year: communication has come up, and so has wanting to learn."""
    said = needy(who) | {"communication": [5, 3 + who % 3, None]}
    return said | {"m1": 4 + who % 2, "m2": 4 + who % 2, "m3": 2 - who % 2}


def survey(
    cast: Cast,
    said: Said = needy,
    trades: Sequence[str] = TRADES,
    mentors: int = 6,
    before: Survey | None = None,
    organisation: Organisation | None = None,
    by: str = "coordinator",
) -> Survey:
    """A survey that apprentices of these trades (and some mentors) answered, closed; or its next wave."""
    where = organisation or cast.college
    actor = cast.actor(by, where)
    if before is None:
        row = draft_survey(where, title=Text(zh="核心技能", en="Core skills"), by=actor, at=AT)
        for question in read(QUESTIONS):
            row = write_question(row, question, by=actor, at=AT)
    else:
        row = draft_next_wave(before, by=actor, at=AT)
    asked = [
        Candidate(role, person, groups={"role": role, "occupation": trade, "stage": "all"})
        for person, (role, trade) in zip(
            people(len(trades) + mentors),
            [*(("apprentice", trade) for trade in trades), *(("mentor", "welder") for _ in range(mentors))],
            strict=True,
        )
    ]
    row = open_survey(row, asked, opens_on=TODAY, closes_on=LAST, group_names=NAMES, by=actor, at=AT)
    rows = Asked.objects.filter(survey=row).select_related("survey__organisation", "person").order_by("pk")
    for at, one in enumerate(rows):
        given = said(at) if one.role == "apprentice" else {key: [5, None, 2] for key in SKILLS}
        answer_survey(one, given, by=as_asked(one), at=AT)
    return close_survey(row, by=actor, at=AT)
