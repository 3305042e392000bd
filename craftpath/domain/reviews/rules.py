"""Who plans reviews, who takes part as what, and whether now."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from craftpath.domain.reviews.models import COLOURS, LONGEST_REASON, ROLES, Goal, Review
from craftpath.domain.reviews.states import REVIEW
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation

__all__ = [
    "COLOURS",
    "LONGEST_REASON",
    "ROLES",
    "can_be_excused",
    "can_colour",
    "can_give_reason",
    "can_have_been",
    "can_hold",
    "can_last",
    "can_meet",
    "can_miss",
    "can_plan",
    "can_reach",
    "can_say",
    "may_excuse",
    "may_hand_over",
    "may_lead",
    "may_plan",
    "may_reach",
    "may_say",
    "role_in",
]

EARLY = timedelta(days=1)  # before its time, so that a talk that was brought forward can be written down
LONGEST = timedelta(hours=4)
OPEN = ("scheduled", "missed", "held")


def may_plan(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever plans the training of the college's cohorts."""
    return actor.may_at(Permission.PLAN_TRAINING, organisation)


def role_in(actor: Actor, review: Review) -> str:
    """As what somebody takes part: apprentice, mentor or college; "" for a reader."""
    person = actor.person.pk if actor.person else None
    if person is not None and review.enrolment.person_id == person:
        return "apprentice"
    if person is not None and review.mentor_id == person:
        return "mentor"
    of_college = person is not None and (
        review.trainer_id == person or bool(actor.may_at(Permission.HOLD_SESSIONS, review.organisation))
    )
    return "college" if of_college else ""


def may_say(actor: Actor, review: Review) -> Verdict:
    """The three who take part."""
    return YES if role_in(actor, review) else may_not("reviews.not_yours")


def may_lead(actor: Actor, review: Review) -> Verdict:
    """Mentor and college; the apprentice says the own part and signs."""
    return YES if role_in(actor, review) in {"mentor", "college"} else may_not("reviews.led_by_others")


def may_reach(actor: Actor, owner: int | None) -> Verdict:
    """Whoever took the goal on (an id); the others settle it in the next review."""
    own = actor.person is not None and actor.person.pk == owner
    return YES if own else may_not("reviews.goal_of_another")


def can_reach(goal: Goal) -> Verdict:
    """While it is open, and the apprenticeship goes on."""
    if goal.state != "open":
        return not_now("reviews.goal_settled")
    return YES if goal.enrolment.state == "active" else not_now("reviews.goal_over")


def may_excuse(actor: Actor, review: Review) -> Verdict:
    """The college alone, by whoever plans."""
    return may_plan(actor, review.organisation)


def may_hand_over(actor: Actor, review: Review, role: str) -> Verdict:
    """The college, and for the mentor alone: a link for somebody else would be a signature in another's name."""
    if role != "mentor":
        return may_not("reviews.link_for_mentors")
    return YES if role_in(actor, review) == "college" else may_not("reviews.link_by_college")


def can_last(starts_at: datetime, ends_at: datetime) -> Verdict:
    """It ends after it begins, within a few hours."""
    return YES if starts_at < ends_at <= starts_at + LONGEST else not_now("reviews.ends_before_start")


def can_say(review: Review) -> Verdict:
    """Until the text is fixed."""
    return YES if review.state in OPEN else not_now("reviews.text_is_fixed")


def can_hold(review: Review, at: datetime) -> Verdict:
    """From the day before it is planned on."""
    if not REVIEW.can(review.state, "hold"):
        return not_now("reviews.held_already")
    if at < review.starts_at - EARLY:
        return not_now("reviews.not_yet", on=review.on.isoformat())
    return YES


def can_meet(review: Review, on: date) -> Verdict:
    """While the apprenticeship lasts."""
    begun, ended = review.enrolment.starts_on, review.enrolment.ended_on
    if on < begun:
        return not_now("reviews.before_start", on=begun.isoformat())
    return not_now("reviews.has_left", on=ended.isoformat()) if ended and ended <= on else YES


def can_colour(colour: str, because: str) -> Verdict:
    """One of three; amber and red say why."""
    if colour not in COLOURS:
        return not_now("reviews.no_colour")
    if colour != "green" and not because.strip():
        return not_now("reviews.colour_without_reason")
    return YES if len(because.strip()) <= LONGEST_REASON else not_now("reviews.no_reason")


def can_give_reason(because: str) -> Verdict:
    """Some words, not too many."""
    return YES if 0 < len(because.strip()) <= LONGEST_REASON else not_now("reviews.no_reason")


def can_plan(fits: bool) -> Verdict:
    """A pattern has room for at least one review a day."""
    return YES if fits else not_now("reviews.pattern_unknown")


def can_miss(review: Review, at: datetime) -> Verdict:
    """Once its time has come."""
    return YES if at >= review.starts_at else not_now("reviews.still_ahead", on=review.on.isoformat())


def can_have_been(on: date, at: datetime) -> Verdict:
    """Not in the future: a day ahead of Greenwich is somewhere today already."""
    return YES if on <= (at + timedelta(days=1)).date() else not_now("reviews.in_the_future")


def can_be_excused(review: Review) -> Verdict:
    """While its text waits for signatures."""
    return YES if review.state == "written" else not_now("reviews.not_waiting")
