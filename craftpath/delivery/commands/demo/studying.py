"""Study of the demo: everybody of the demo's own class has answered something, some is due, one is half done."""

from __future__ import annotations

import random
import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from craftpath.delivery.commands.demo.itembank_practice import open_practice
from craftpath.delivery.commands.demo.places import Places
from craftpath.domain.apprenticeships.queries import enrolments, mentors_of
from craftpath.domain.exams.exercises import versions_by_id
from craftpath.domain.growth.actions import set_goal
from craftpath.domain.study import actions, queries
from craftpath.kernel.access import Actor
from craftpath.kernel.people import DEMO_PREFIX
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.study.models import Diagnosis, PracticeSet

SPACE = uuid.UUID("5f0f8c0a-9f0f-4bb0-8a58-2f4f3c0e7d48")
DAY = timedelta(days=1)
WASTE, SOLVING, TALKING = "waste_reduction_management", "problem_solving_decision_making", "communication"


def study(places: Places, coordinator: Actor, *, at: datetime) -> None:
    """The demo's own apprentice first: mastered one skill, half done another, cards due today, an override."""
    open_practice(places.college, by=coordinator, at=at - 70 * DAY)
    own = enrolments().get(person__username=f"{DEMO_PREFIX}apprentice")
    mates = enrolments().filter(cohort=own.cohort_id, state="active").exclude(pk=own.pk)
    for n, row in enumerate([own, *mates]):
        who = _Learner(places, row, n)
        if n == 0:
            _own_days(who, at)
        else:
            who.diagnose((SOLVING, WASTE)[n % 2], at - (3 + 2 * n % 40) * DAY)
            if n % 3 == 1:
                who.practise(at - (2 + n % 9) * DAY)
    _one_override(own, at)


def _own_days(who: _Learner, at: datetime) -> None:
    who.gift = 1.0
    who.diagnose(WASTE, at - 45 * DAY)
    who.practise(at - 20 * DAY)
    who.gift = 0.6
    who.diagnose(SOLVING, at - 2 * DAY, most=3)
    words = "遇到报警先记下来，再一样一样查，每周讲一次给师傅听。"
    set_goal(who.row, SOLVING, words=words, by=who.by, at=at - 12 * DAY)


def _one_override(own: Enrolment, at: datetime) -> None:
    """The mentor has heard the apprentice at the change of shift, and says so."""
    mentor = next(iter(mentors_of([own])[own.pk]))
    by = Actor(own.enterprise, mentor, frozenset({Role.MENTOR}))
    actions.set_override(
        own, TALKING, "known", words="交接班我听过好几次，说得清楚，这部分可以先不练。",
        until=(at + 60 * DAY).date(), by=by, at=at - 3 * DAY,
    )  # fmt: skip


class _Learner:
    """Somebody who answers, right as often as the own gift says."""

    def __init__(self, places: Places, row: Enrolment, n: int) -> None:
        self.row = row
        self.by = Actor(places.college, row.person, frozenset({Role.APPRENTICE}))
        self.chance = random.Random(20261129 + n)  # noqa: S311 - a demo is the same every time
        self.gift = self.chance.uniform(0.35, 0.95)
        self.name = uuid.uuid5(SPACE, row.public_id)

    def diagnose(self, skill: str, at: datetime, most: int = 20) -> Diagnosis:
        """Begin, and answer so many questions at the most."""
        made = actions.begin_diagnosis(
            self.row, skill, made_id=uuid.uuid5(self.name, f"{skill} {at}"), by=self.by, at=at
        )
        for n in range(most):
            made = queries.diagnoses().get(pk=made.pk)
            if made.posed is None:
                break
            moment = at + timedelta(seconds=40 * (n + 1))
            made = actions.answer_diagnosis(
                made, version=made.posed.pk, given=self._given(made.posed), made_id=uuid.uuid5(self.name, f"{moment}"),
                by=self.by, at=moment,
            )  # fmt: skip
        return made

    def practise(self, at: datetime) -> PracticeSet | None:
        """Five minutes of what is due and of what is new."""
        made = actions.begin_practice(
            self.row,
            wanted=[SOLVING, TALKING, WASTE],
            made_id=uuid.uuid5(self.name, f"set {at}"),
            by=self.by,
            at=at,
        )
        for n, (pk, _skill) in enumerate(list(made.questions)):
            moment = at + timedelta(seconds=35 * (n + 1))
            actions.answer_practice(
                made, version=pk, given=self._given(versions_by_id([pk])[pk]), sure=self.chance.random() < self.gift,
                made_id=uuid.uuid5(self.name, f"{moment}"), by=self.by, at=moment,
            )  # fmt: skip
        return made

    def _given(self, version: Any) -> list[str]:
        """The right option, or another one."""
        right = version.details["right"]
        if self.chance.random() < self.gift:
            return list(right)
        others = [one["key"] for one in version.details["options"] if one["key"] not in right]
        return [self.chance.choice(others)]
