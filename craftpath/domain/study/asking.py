"""Which question comes next in a diagnosis, or why none does. Nothing is written here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
from django.db.models import Count

from craftpath.domain.exams.exercises import Exercise, enemies_of, exercises
from craftpath.domain.study.measuring import RULE, Given, answers_of, columns, day
from craftpath.domain.study.models import Answered
from craftpath.engines.mastery import State, beliefs, findings, next_question

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


@dataclass(frozen=True, slots=True)
class Next:
    """The exercise that says most, or what was found and why it ends."""

    exercise: Exercise | None
    found: str = ""
    because: str = ""


def following(enrolment: Enrolment, diagnosis: int | None, skill: str, at: datetime) -> Next:
    """By everything that was answered to this skill; those asked in this diagnosis are not asked again.

    Seven queries. Questions that this person has never seen come first: with one known by heart little is found out.
    """
    given = answers_of([enrolment.pk], skill)
    asked = [one for one in given if diagnosis is not None and one.diagnosis == diagnosis]
    pool = _free(exercises(enrolment.cohort.organisation, [skill]), [one.item for one in asked], given)
    belief = beliefs(*columns(given, [enrolment.pk], [skill]), day(at))
    # The belief stands on every answer; the questions to choose from are those of this diagnosis and those left.
    model = columns(asked, [enrolment.pk], [skill], pool)[0]
    state = State(belief, tuple(range(len(asked))))
    shown = np.array([0] * len(asked) + _shown(pool), dtype=np.int64)
    chosen = next_question(model, model.questions, state, RULE, shown)
    if chosen is not None:
        return Next(pool[chosen - len(asked)])
    found = findings(model, model.questions, state, RULE)[0].value
    because = "certain" if found != "unclear" else "limit" if len(asked) >= RULE.most else "bank"
    return Next(None, found, because)


def _free(pool: Sequence[Exercise], asked: Collection[int], given: Collection[Given]) -> list[Exercise]:
    """What was not asked in this diagnosis and gives no answer of it away; what was never seen, if any is left."""
    never = {*asked, *enemies_of(asked)} if asked else set()
    free = [one for one in pool if one.item not in never]
    seen = {one.item for one in given}
    return [one for one in free if one.item not in seen] or free


def _shown(pool: Sequence[Exercise]) -> list[int]:
    """How often each was answered by anybody; one query."""
    rows = Answered._base_manager.filter(item__in=[one.item for one in pool]).order_by().values_list("item")
    times = dict(rows.annotate(times=Count("pk")))
    return [times.get(one.item, 0) for one in pool]
