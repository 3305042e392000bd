"""Thanks after the event: one letter for each who came and can be written to, and never a second one."""

from __future__ import annotations

from datetime import datetime

from craftpath.domain.workshops.facts import ComersThanked
from craftpath.domain.workshops.models import Registration, Workshop
from craftpath.domain.workshops.planning import locked
from craftpath.domain.workshops.thanked import address_of, to_thank, written_to
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.jobs import enqueue
from craftpath.values.verdict import Refused, not_now

THANKS = "workshop_thanks"


@action
def thank_comers(workshop: Workshop, *, by: Actor, at: datetime) -> int:
    """Have a worker write to those who came and were not written to yet; returns how many that are now."""
    row = locked(workshop, by, over=True)
    if row.state != "finished":
        raise Refused(not_now("workshops.not_held"))
    count = to_thank(row).count()
    if not count:
        raise Refused(not_now("workshops.nobody_to_thank"))
    tell(ComersThanked(count), by=by, at=at, organisation=row.organisation, subject=row.ref)
    enqueue(THANKS, row.pk)
    return count


@action
def claim_thanks(registration: Registration, *, by: Actor, at: datetime) -> bool:
    """Take one letter upon oneself before it is sent; False if somebody has, so that nobody gets two.

    Whoever registered as a guest and by an account has one address, and gets one letter.
    """
    before = written_to(registration.workshop, address_of(registration))
    due = Registration._base_manager.filter(pk=registration.pk, thanked_at__isnull=True)
    return bool(due.update(thanked_at=at)) and not before
