"""Who may say what of somebody's skills, and whether now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.queries import working_with
from craftpath.domain.growth.models import LONGEST_GOAL, LONGEST_WORDS
from craftpath.domain.growth.scale import LEVELS
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment

__all__ = ["LONGEST_GOAL", "LONGEST_WORDS", "is_own", "may_answer", "may_speak", "view_kind"]


def is_own(actor: Actor, enrolment: Enrolment) -> bool:
    """Whether the actor is this apprentice."""
    return actor.person is not None and actor.person.pk == enrolment.person_id


def may_speak(actor: Actor, enrolment: Enrolment) -> Verdict:
    """Goals and objections are the apprentice's own."""
    return YES if is_own(actor, enrolment) else may_not("growth.not_yours")


def view_kind(actor: Actor, enrolment: Enrolment) -> str:
    """As what the actor may rate these skills: `self`, `mentor` (mentors and trainers of today), or "". One query."""
    if actor.person is None:
        return ""
    if is_own(actor, enrolment):
        return "self"
    return "mentor" if enrolment.pk in working_with(actor.person) else ""


def may_answer(actor: Actor, enrolment: Enrolment) -> Verdict:
    """Who runs the cohort, and who works with the apprentice; never the apprentice."""
    if is_own(actor, enrolment):
        return may_not("growth.own_objection")
    if actor.may_at(Permission.MANAGE_COHORTS, enrolment.cohort.organisation):
        return YES
    return YES if view_kind(actor, enrolment) == "mentor" else may_not("growth.not_your_apprentice")


def can_speak(enrolment: Enrolment) -> Verdict:
    """While the apprenticeship lasts."""
    return YES if enrolment.state == "active" else not_now("growth.not_active")


def can_view(levels: Mapping[str, int], known: Collection[str]) -> Verdict:
    """At least one level, of skills and levels that there are."""
    if not levels:
        return not_now("growth.nothing_rated")
    wrong = any(skill not in known or level not in LEVELS for skill, level in levels.items())
    return not_now("growth.level_unknown") if wrong else YES


def can_say(words: str, most: int) -> Verdict:
    """Words, and not too many."""
    given = words.strip()
    return YES if given and len(given) <= most else not_now("growth.no_words", most=most)
