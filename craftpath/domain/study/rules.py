"""Who may learn here, who may put a word over what answers say, and whether now."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from craftpath.domain.growth.rules import is_own, view_kind
from craftpath.domain.study.models import KINDS, LONGEST_WORDS
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.study.models import Override

__all__ = [
    "LONGEST_WORDS",
    "can_learn",
    "can_override",
    "can_say",
    "is_own",
    "may_guide",
    "may_learn",
    "may_lift",
]

LONGEST_OVERRIDE = 366  # days


def may_learn(actor: Actor, enrolment: Enrolment) -> Verdict:
    """Questions are answered by the apprentice."""
    return YES if is_own(actor, enrolment) else may_not("study.not_yours")


def may_guide(actor: Actor, enrolment: Enrolment) -> Verdict:
    """Who runs the cohort, and who works with the apprentice; never the apprentice."""
    if is_own(actor, enrolment):
        return may_not("study.own_word")
    if actor.may_at(Permission.MANAGE_COHORTS, enrolment.cohort.organisation):
        return YES
    return YES if view_kind(actor, enrolment) == "mentor" else may_not("study.not_your_apprentice")


def may_lift(actor: Actor, override: Override) -> Verdict:
    """The apprentice lifts the own one; others are lifted by who may set them."""
    if override.own and is_own(actor, override.enrolment):
        return YES
    return may_guide(actor, override.enrolment)


def can_learn(enrolment: Enrolment) -> Verdict:
    """While the apprenticeship lasts."""
    return YES if enrolment.state == "active" else not_now("study.not_active")


def can_say(words: str) -> Verdict:
    """Words, and not too many."""
    given = words.strip()
    return YES if given and len(given) <= LONGEST_WORDS else not_now("study.no_words", most=LONGEST_WORDS)


def can_override(kind: str, until: date, today: date) -> Verdict:
    """A kind that there is, and a last day within a year."""
    if kind not in KINDS:
        return not_now("study.kind_unknown")
    fits = today <= until <= today + timedelta(days=LONGEST_OVERRIDE)
    return YES if fits else not_now("study.until_outside")
