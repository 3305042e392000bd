"""Goals of an apprentice for a skill: set or said anew, reached, dropped."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.queries import hold
from craftpath.domain.growth import rules
from craftpath.domain.growth.facts import SkillGoalEnded, SkillGoalSet
from craftpath.domain.growth.models import SkillGoal
from craftpath.domain.growth.states import GOAL
from craftpath.domain.standards.queries import skill_seen
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


@action
def set_goal(enrolment: Enrolment, skill: str, *, words: str, by: Actor, at: datetime) -> SkillGoal:
    """Say what one will do for a skill. There is one open goal for each: another wording takes its place."""
    require(rules.may_speak(by, enrolment))
    hold([enrolment.pk])
    require(rules.can_speak(enrolment))
    require(rules.can_say(words, rules.LONGEST_GOAL))
    if skill_seen(skill) is None:
        raise Refused(not_now("growth.skill_unknown"))
    row = SkillGoal._base_manager.filter(enrolment=enrolment, skill=skill, state="open").first()
    if row is not None and row.words == words.strip():
        return row
    row = row or SkillGoal(enrolment=enrolment, skill=skill, set_at=at)
    row.words = words.strip()
    row.save()
    _told(SkillGoalSet(skill), row, by=by, at=at)
    return row


@action
def reach_goal(goal: SkillGoal, *, by: Actor, at: datetime) -> SkillGoal:
    """Say that it is reached; once more changes nothing."""
    return _ended(goal, "reach", by=by, at=at)


@action
def drop_goal(goal: SkillGoal, *, by: Actor, at: datetime) -> SkillGoal:
    """Give it up; once more changes nothing."""
    return _ended(goal, "drop", by=by, at=at)


def _ended(goal: SkillGoal, move: str, *, by: Actor, at: datetime) -> SkillGoal:
    require(rules.may_speak(by, goal.enrolment))
    rows = SkillGoal._base_manager.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("enrolment__cohort__organisation").get(pk=goal.pk)
    if row.state == GOAL.moves[move]["open"]:
        return row
    row.state, row.ended_at = GOAL.after(row.state, move), at
    row.save(update_fields=["state", "ended_at"])
    _told(SkillGoalEnded(row.skill, row.state), row, by=by, at=at)
    return row


def _told(fact: Fact, row: SkillGoal, *, by: Actor, at: datetime) -> None:
    tell(fact, by=by, at=at, organisation=row.enrolment.cohort.organisation, subject=row.ref)
