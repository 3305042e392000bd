"""Who asks, answers and follows up; and whether now."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from craftpath.domain.offers.kinds import LONGEST_REASON, LONGEST_WORDS, kinds_of
from craftpath.domain.offers.models import DeskRequest
from craftpath.domain.offers.states import GOING, SEEKING
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation

MOST_MESSAGES = 300
MOST_PEOPLE = 100_000


def may_ask(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever speaks for an organisation at the desk."""
    return actor.may_at(Permission.USE_DESK, organisation)


def may_promise(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever keeps the desk of this city."""
    return actor.may_at(Permission.ACCREDIT_PLACES, organisation)


def keeps_desk(actor: Actor, request: DeskRequest) -> bool:
    """Whether it is this actor's city whose desk sees to it."""
    return bool(may_promise(actor, request.authority))


def asks(actor: Actor, request: DeskRequest) -> bool:
    """Whether the actor speaks for whoever asked."""
    return bool(may_ask(actor, request.organisation))


def may_lead(actor: Actor, request: DeskRequest) -> Verdict:
    """Whoever asked, or the desk for them."""
    return YES if asks(actor, request) or keeps_desk(actor, request) else may_not("offers.not_yours")


def part_of(actor: Actor, request: DeskRequest) -> str:
    """As which side somebody speaks: asker, desk, other; "" for nobody's side."""
    if not actor.may(Permission.USE_DESK):
        return ""
    if keeps_desk(actor, request) and not _inside(actor, request.organisation):
        return "desk"
    if asks(actor, request):
        return "asker"
    return "other" if actor.organisation is not None else ""


def _inside(actor: Actor, organisation: Organisation) -> bool:
    """Whether the actor's own seat lies within the organisation: an officer's does not lie in an enterprise."""
    return actor.organisation is not None and actor.organisation.path.startswith(organisation.path)


def can_be_of(organisation: Organisation, kind: str) -> Verdict:
    """An enterprise does not offer what a college offers, nor the other way round."""
    return YES if kind in kinds_of(organisation) else not_now("offers.kind_unknown")


def can_say(words: str, most: int = LONGEST_WORDS) -> Verdict:
    """Some words, and not too many."""
    if not words.strip():
        return not_now("offers.no_words")
    return YES if len(words.strip()) <= most else not_now("offers.too_many_words", most=most)


def can_give_reason(words: str) -> Verdict:
    """The same of a reason."""
    return can_say(words, LONGEST_REASON)


def can_last(starts_on: date | None, ends_on: date | None) -> Verdict:
    """Not backwards."""
    backwards = starts_on is not None and ends_on is not None and ends_on < starts_on
    return not_now("offers.ends_before_start") if backwards else YES


def can_change(request: DeskRequest) -> Verdict:
    """While nobody has agreed to it as it is."""
    return YES if request.state in SEEKING else not_now("offers.ended")


def can_talk(request: DeskRequest, messages: int) -> Verdict:
    """Until it has ended, and after it while the asker is to say whether it was good."""
    if request.state not in (*GOING, "done"):
        return not_now("offers.ended")
    return YES if messages < MOST_MESSAGES else not_now("offers.too_many_messages", most=MOST_MESSAGES)


def can_expire(request: DeskRequest, today: date) -> Verdict:
    """Once its last day has passed."""
    over = request.ends_on is not None and request.ends_on < today
    return YES if over else not_now("offers.not_over")


def can_judge(request: DeskRequest, stars: int) -> Verdict:
    """Once it is done; one to five."""
    if request.state != "done":
        return not_now("offers.not_done")
    return YES if 1 <= stars <= 5 else not_now("offers.stars_unknown")
