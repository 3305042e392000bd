"""Who sees what speaks of an apprentice, who acts, who answers, who decides on a model; and whether now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.queries import working_with
from craftpath.domain.support.models import KINDS, LONGEST, OUTCOMES, Act, Correction, Fitted, Sign
from craftpath.domain.support.states import STANDING
from craftpath.kernel.access import Actor, ActorKind
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment

__all__ = ["LONGEST"]

LONGEST_AHEAD = timedelta(days=180)
USUAL_AHEAD = timedelta(days=28)
KEPT = timedelta(days=2 * 365)
"""How long signs, acts and corrections stay once the apprenticeship is over."""


def is_own(actor: Actor, enrolment: Enrolment) -> bool:
    """Whether it is about whoever looks."""
    return actor.person is not None and actor.person.pk == enrolment.person_id


def may_see(actor: Actor, enrolment: Enrolment) -> Verdict:
    """Trainers and coordinators of the college, and those who are mentor or trainer of this apprentice; not oneself."""
    if is_own(actor, enrolment) or actor.person is None:
        return may_not("support.not_yours")
    verdict = actor.may(Permission.SEE_SIGNS)
    if not verdict:
        return verdict
    college = actor.may_at(Permission.SEE_SIGNS, enrolment.cohort.organisation)
    return YES if college or enrolment.pk in working_with(actor.person) else may_not("support.not_yours")


def sees_all_at(actor: Actor, organisation: Organisation) -> bool:
    """Whether somebody sees everybody of a college: by an office there, not as somebody's mentor."""
    from craftpath.kernel.roles import Role  # noqa: PLC0415

    office = bool(actor.roles & {Role.TRAINER, Role.COORDINATOR})
    return office and bool(actor.may_at(Permission.SEE_SIGNS, organisation))


def may_answer(actor: Actor, enrolment: Enrolment) -> Verdict:
    """Whoever runs support at the college, never about oneself."""
    if is_own(actor, enrolment) or actor.person is None:
        return may_not("support.own")
    return actor.may_at(Permission.RUN_SUPPORT, enrolment.cohort.organisation)


def may_ask(actor: Actor, sign: Sign) -> Verdict:
    """The apprentice of whom it speaks."""
    return YES if is_own(actor, sign.enrolment) else may_not("support.not_yours")


def may_fit(actor: Actor) -> Verdict:
    """Whoever runs support, and the program by itself."""
    return actor.may(Permission.RUN_SUPPORT)


def may_use(actor: Actor, organisation: Organisation) -> Verdict:
    """The same, for the own organisation and those below."""
    return actor.may_at(Permission.RUN_SUPPORT, organisation)


def may_keep(actor: Actor) -> Verdict:
    """The program alone keeps looks current."""
    return YES if actor.kind is ActorKind.SYSTEM else may_not("kernel.role_own")


def can_be_recorded(kind: str, words: str, look_on: date, today: date) -> Verdict:
    """A known kind, words where nothing is done or somebody is referred, and a day on which somebody looks again."""
    if kind not in KINDS:
        return not_now("support.kind_unknown")
    if len(words) > LONGEST:
        return not_now("support.too_long", most=LONGEST)
    if kind == "nothing" and not words.strip():
        return not_now("support.say_why_nothing")
    return YES if today < look_on <= today + LONGEST_AHEAD else not_now("support.look_on_unclear")


def can_be_looked_at(act: Act, outcome: str) -> Verdict:
    """Once, with one of the outcomes."""
    if outcome not in OUTCOMES:
        return not_now("support.outcome_unknown")
    return YES if act.state == "open" else not_now("support.looked_already")


def can_be_asked(sign: Sign, words: str, waiting: Iterable[Correction]) -> Verdict:
    """What speaks still, in words, once at a time."""
    verdict = can_say(words)
    if not verdict:
        return verdict
    if sign.state not in STANDING or sign.ended_at is not None:
        return not_now("support.sign_over")
    return not_now("support.asked_already") if list(waiting) else YES


def can_say(words: str) -> Verdict:
    """Some words, not too many."""
    if not words.strip():
        return not_now("support.no_words", most=LONGEST)
    return YES if len(words.strip()) <= LONGEST else not_now("support.too_long", most=LONGEST)


def can_be_switched(model: Fitted, on: bool) -> Verdict:
    """Only a model that says more than the base rate may be switched on."""
    return YES if model.fit or not on else not_now("support.model_not_fit")
