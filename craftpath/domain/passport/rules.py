"""What a share may be like, whose yes it needs, and when it serves."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from craftpath.domain.passport.limits import LARGEST
from craftpath.domain.passport.models.sharing import LONGEST_NAME
from craftpath.domain.passport.record import chosen
from craftpath.kernel.access import Actor
from craftpath.kernel.consents import may_use
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.domain.passport.models import Arrival, Share

__all__ = ["LARGEST", "LONGEST_NAME"]

PURPOSE = "record_sharing"
USUAL, LONGEST = timedelta(days=30), timedelta(days=365)
MOST_BROUGHT, LONGEST_BECAUSE = 10, 200
MOST_OPEN = 20
"""Links that serve at once: more nobody keeps an eye on."""


def is_own(actor: Actor, person: Person) -> Verdict:
    """Everybody shares the own record, and nobody another's."""
    return YES if actor.person == person else may_not("passport.own_only")


def can_be_shared(name: str, sections: Collection[str], until: date, today: date) -> Verdict:
    """For somebody, something, and for a while."""
    if not name.strip() or len(name.strip()) > LONGEST_NAME:
        return not_now("passport.no_name", most=LONGEST_NAME)
    if not chosen(sections):
        return not_now("passport.no_section")
    if not today <= until <= today + LONGEST:
        return not_now("passport.days_unclear", last=today + LONGEST)
    return YES


def can_make(open_now: int) -> Verdict:
    """One more link."""
    return YES if open_now < MOST_OPEN else not_now("passport.too_many", most=MOST_OPEN)


def can_be_carried(entries: int) -> Verdict:
    """Something that a file would say."""
    return YES if entries else not_now("passport.nothing_to_carry")


def serves(share: Share, at: datetime) -> Verdict:
    """Whether a link still shows something: not revoked, in time, its owner here and still willing."""
    if share.state != "open":
        return not_now("passport.share_revoked")
    if at >= share.expires_at:
        return not_now("passport.share_expired")
    if not share.person.is_active or not may_use(share.person, PURPOSE):
        return not_now("passport.share_withdrawn")
    return YES


def can_bring(kept: int) -> Verdict:
    """One record more of elsewhere."""
    return YES if kept < MOST_BROUGHT else not_now("passport.brought_too_many", most=MOST_BROUGHT)


def can_say_why(because: str) -> Verdict:
    """Some words, not too many."""
    fits = 0 < len(because.strip()) <= LONGEST_BECAUSE
    return YES if fits else not_now("passport.say_why", most=LONGEST_BECAUSE)


def can_wait(arrival: Arrival) -> Verdict:
    """Whatever is not kept at once waits for an office, if there is one to ask."""
    return YES if arrival.state == "kept" or arrival.office is not None else not_now("passport.nobody_to_ask")


def may_settle(actor: Actor, arrival: Arrival) -> Verdict:
    """Who looks after the people of the organisation that is asked, and never its owner."""
    if arrival.office is None:
        return may_not("passport.not_ones_own")
    verdict = actor.may_at(Permission.MANAGE_PEOPLE, arrival.office)
    if not verdict:
        return verdict
    return may_not("passport.not_ones_own") if actor.person == arrival.person else YES
