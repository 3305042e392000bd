"""Who designs, approves and reviews curricula, and whether now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from craftpath.domain.curricula.models import LONGEST_WORDS, SIDES, TRAINERS, VOTES
from craftpath.domain.curricula.states import VERSION
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import CurriculumVersion

__all__ = ["LONGEST_WORDS", "SIDES", "TRAINERS", "VOTES"]

MOST_UNITS = 400
"""Units of one version."""
MOST_CARDS = 2000
MOST_MINUTES = 10_000 * 60
LONGEST_NAME = 120
MOST_OUTCOMES = 1000
MOST_ASSESSMENTS = 60
MOST_REVIEWERS = 300
APPRENTICES_FLOOR = 5
"""So many apprentices have voted before what they voted is shown."""


def may_design(actor: Actor, organisation: Organisation) -> Verdict:
    """Coordinators, trainers and administrators, of the curricula of their organisation."""
    return actor.may_at(Permission.DESIGN_CURRICULA, organisation)


def may_see_drafts(actor: Actor, version: CurriculumVersion) -> Verdict:
    """Who designs or approves curricula, above or below the organisation: a draft tells of its whole library."""
    verdict = actor.may(Permission.DESIGN_CURRICULA) or actor.may(Permission.APPROVE_CURRICULA)
    if not verdict:
        return verdict
    return YES if near(actor, version.curriculum.organisation) else may_not("kernel.belongs_to_another")


def near(actor: Actor, owner: Organisation) -> bool:
    """Whether an organisation is the actor's own, or lies above it or below it."""
    own = actor.organisation
    return own is not None and (owner.path.startswith(own.path) or own.path.startswith(owner.path))


def may_approve(actor: Actor, version: CurriculumVersion) -> Verdict:
    """Whoever approves curricula there, and neither made this version nor changed it last."""
    verdict = actor.may_at(Permission.APPROVE_CURRICULA, version.curriculum.organisation)
    if not verdict:
        return verdict
    own = actor.person is not None and actor.person.pk in (version.made_by_id, version.changed_by_id)
    return may_not("curricula.own_version") if own else YES


def may_activate(actor: Actor, version: CurriculumVersion) -> Verdict:
    """Whoever approves curricula there, of the own ones too: somebody else has approved it."""
    return actor.may_at(Permission.APPROVE_CURRICULA, version.curriculum.organisation)


def can_edit(version: CurriculumVersion) -> Verdict:
    """Only a draft changes."""
    if version.state == VERSION.start:
        return YES
    return not_now(f"curricula.no_edit_{version.state}", number=version.number)


def can_name(name: Mapping[str, str]) -> Verdict:
    """A name in at least one language, not too long."""
    if not any(said.strip() for said in name.values()):
        return not_now("curricula.without_name")
    if any(len(said) > LONGEST_NAME for said in name.values()):
        return not_now("curricula.name_too_long", most=LONGEST_NAME)
    return YES


def can_last(minutes: int) -> Verdict:
    """Hours within reason; a unit has some."""
    if 1 <= minutes <= MOST_MINUTES:
        return YES
    return not_now("curricula.hours_out_of_range", most=MOST_MINUTES // 60)


def can_say(words: str) -> Verdict:
    """Some words, not too many."""
    if not words.strip():
        return not_now("curricula.no_words")
    return YES if len(words) <= LONGEST_WORDS else not_now("curricula.words_too_long", most=LONGEST_WORDS)


def can_stand_in(stage: str, stages: Collection[str], allowed: Collection[str], name: str) -> Verdict:
    """The stage is one of the programme, and one that the card suits."""
    if stage not in stages:
        return not_now("curricula.stage_unknown", stage=stage[:60])
    if allowed and stage not in allowed:
        return not_now("curricula.stage_not_suited", unit=name)
    return YES
