"""What comes next for one apprentice, and why: needs of the stage, own goals, what is mastered, who said otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.queries import path_of
from craftpath.domain.growth.queries import goals_of
from craftpath.domain.programmes.queries import units_of
from craftpath.domain.study.measuring import RULE, Measured, measured
from craftpath.domain.study.queries import holding
from craftpath.domain.training.skilled import planned_by_skill
from craftpath.engines.mastery import Known, Need, Path, Wishes, path

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.study.models import Override


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many units and outcomes of a stage ask for a skill; `stage` is its order on the path."""

    units: int
    outcomes: int
    stage: int


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """The engine's path with what its reasons stand on."""

    path: Path
    wanted: Mapping[str, Wanted]
    goals: Mapping[str, str]
    overrides: Mapping[str, Override]
    measured: Measured
    stage: int

    @property
    def next_skills(self) -> list[str]:
        """The skills to go on with, the first one first."""
        return [step.key for step in self.path.steps]


def way_of(enrolment: Enrolment, today: date, at: datetime) -> Way:
    """The path; some ten queries.

    A need weighs one for each unit of the stage that practises the skill and one for each outcome that names it. Core
    skills have no order among themselves, so no prerequisites are given.
    """
    wanted, stage = needs_of(enrolment)
    goals = {one.skill: one.words for one in goals_of(enrolment.pk) if one.state == "open"}
    overrides = holding([enrolment.pk], today).get(enrolment.pk, {})
    keys = sorted({*wanted, *goals, *(key for key, one in overrides.items() if one.kind == "must")})
    found = measured([enrolment.pk], keys, at)
    needs = [_need(key, wanted.get(key), key in goals, stage) for key in keys]
    known = {
        key: Known(float(found.now.chance[0, n]), int(found.now.n[0, n]))
        for n, key in enumerate(keys)
        if found.now.n[0, n]
    }
    wishes = Wishes(
        enough=RULE.mastered,
        asked_for={key for key, one in overrides.items() if one.kind == "must"},
        excused={key for key, one in overrides.items() if one.kind != "must"},
    )
    return Way(path(needs, known, {}, stage, wishes), wanted, goals, overrides, found, stage)


def _need(key: str, wanted: Wanted | None, goal: bool, stage: int) -> Need:
    """An own goal is wanted now, whatever stage names the skill."""
    if wanted is None:
        return Need(key, 1.0, stage, goal)
    return Need(key, float(wanted.units + wanted.outcomes), stage if goal else wanted.stage, goal)


def needs_of(enrolment: Enrolment) -> tuple[dict[str, Wanted], int]:
    """key of a skill → what asks for it first, of the present stage and of later ones; and the order of the present.

    Five queries and one for each stage that is not passed.
    """
    steps = path_of(enrolment)
    left = [one.stage for one in steps if one.state != "passed"]
    stage = next((one.stage.order for one in steps if one.state == "open"), left[0].order if left else 0)
    named = _named(enrolment)
    found: dict[str, Wanted] = {}
    for one in left:
        planned = planned_by_skill(enrolment.cohort_id, one.key)
        outcomes = named.get(one.pk, {})
        for key in {*planned, *outcomes}:
            if key not in found:
                found[key] = Wanted(len(planned.get(key, ())), outcomes.get(key, 0), one.order)
    return found, stage


def _named(enrolment: Enrolment) -> dict[int, dict[str, int]]:
    """stage id → key of a skill → how many outcomes of its units name it."""
    found: dict[int, dict[str, int]] = {}
    for unit in units_of(enrolment.cohort.programme_id):
        for key in _keys(outcome.skills for outcome in unit.outcomes.all()):
            stage = found.setdefault(unit.stage_id, {})
            stage[key] = stage.get(key, 0) + 1
    return found


def _keys(some: Iterable[Sequence[str]]) -> list[str]:
    return [key for keys in some for key in keys]
