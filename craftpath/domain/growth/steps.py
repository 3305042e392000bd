"""What to do next: the skills with most need in the present stage, and where each can be learned or shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from craftpath.domain.apprenticeships.groups import Group
from craftpath.domain.growth.standing import RULE, Standing
from craftpath.domain.judging.skilled import Coming, coming
from craftpath.domain.training.skilled import Taught, planned_by_skill, stays_with_skills

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.standards.models import Skill

MOST = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One skill to go on with. `level` is 0–1 or None; `units` counts the stage's units that practise it.

    `need` is (1 - level) × (1 + units); where there is no proof the neutral value stands for the level. `unit` is a
    stay that runs or lies ahead and `work` a practical assessment in which it can be shown.
    """

    skill: Skill
    level: float | None
    units: int
    need: float
    goal: str
    unit: Taught | None
    work: Coming | None


def steps(
    found: Standing, enrolment: Enrolment, stage: int, goals: Mapping[str, str], today: date
) -> list[Step]:
    """The own goals first, then the skills with most need, three in all; four queries."""
    at = found.people.index(enrolment.pk)
    units = planned_by_skill(enrolment.cohort_id, found.stages[stage].key)
    stays = [
        one
        for one in stays_with_skills(Group.of(enrolment.cohort_id, [enrolment.pk]))
        if one.ends_on >= today
    ]
    works = [one for one in coming(enrolment.pk) if one.due_on >= today]
    rows = []
    for n, skill in enumerate(found.skills):
        level = float(found.levels.level[at, n, stage])
        some = len(units.get(skill.key, ()))
        known = None if np.isnan(level) else level
        need = (1 - (RULE.neutral if known is None else known)) * (1 + some)
        rows.append(
            Step(
                skill, known, some, need, goals.get(skill.key, ""),
                next((one for one in stays if skill.key in one.skills), None),
                next((one for one in works if one.skill == skill.key), None),
            )
        )  # fmt: skip
    return _chosen(rows, [skill.key for skill in found.skills])


def _chosen(rows: Sequence[Step], order: Collection[str]) -> list[Step]:
    places = {key: n for n, key in enumerate(order)}
    ranked = sorted(rows, key=lambda one: (not one.goal, -one.need, places[one.skill.key]))
    return ranked[:MOST]
