"""Seats of a site: given in the order in which people came, never more than there are."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from craftpath.domain.workshops.facts import RegistrationMoved
from craftpath.domain.workshops.models import Registration, Site
from craftpath.domain.workshops.rules import HELD
from craftpath.domain.workshops.states import REGISTRATION
from craftpath.kernel.access import Actor
from craftpath.kernel.facts import tell
from craftpath.kernel.jobs import enqueue

LETTER = "workshop_letter"


def seated(site: Site | None, *, at: datetime, by: Actor) -> bool:
    """Take a seat, if one is free; on line always.

    One that was held too long for a guest who never opened the link is free, and is first that of whoever waits.
    """
    if site is None or _take(site):
        return True
    if not _release(site, at=at, by=by):
        return False
    move_up(site, by=by, at=at, since_before=at)
    return _take(site)


def given_back(site: Site | None, *, by: Actor, at: datetime) -> None:
    """A seat is free again: whoever waits longest has it."""
    if site is not None:
        Site._base_manager.filter(pk=site.pk, taken__gt=0).update(taken=F("taken") - 1)
        move_up(site, by=by, at=at)


def move_up(site: Site, *, by: Actor, at: datetime, since_before: datetime | None = None) -> int:
    """Give free seats to those who wait, the first one first, and write to guests that they have one; how many."""
    count = 0
    waiting = Registration._base_manager.select_for_update(of=("self",)).select_related(
        "workshop__organisation"
    )
    waiting = waiting.filter(site=site, state="waiting").order_by("made_at", "pk")
    for row in waiting.filter(made_at__lt=since_before) if since_before else waiting:
        if not _take(site):
            break
        row.state = REGISTRATION.after(row.state, "register")
        if row.confirmed_at is None:  # whoever has a seat only now has two days from now to open the link
            row.made_at = at
        row.save(update_fields=["state", "made_at"])
        told_move(row, by=by, at=at)
        if row.email and row.person_id is None:
            enqueue(LETTER, row.pk)
        count += 1
    return count


def told_move(row: Registration, *, by: Actor, at: datetime) -> None:
    """The history hears of it, without a name."""
    told = RegistrationMoved(row.public_id, row.state)
    tell(told, by=by, at=at, organisation=row.workshop.organisation, subject=row.workshop.ref)


def _take(site: Site) -> bool:
    free = Site._base_manager.filter(pk=site.pk, taken__lt=F("seats"))
    return bool(free.update(taken=F("taken") + 1))


def _release(site: Site, *, at: datetime, by: Actor) -> bool:
    """Put the guest who was held a seat for longest without opening the link at the end of the waiting list."""
    held = Registration._base_manager.select_for_update(of=("self",)).select_related("workshop__organisation")
    row = held.filter(
        site=site, state="placed", confirmed_at__isnull=True, made_at__lt=at - HELD
    ).order_by("made_at").first()  # fmt: skip
    if row is None:
        return False
    row.state, row.made_at = REGISTRATION.after(row.state, "change"), at
    row.save(update_fields=["state", "made_at"])
    Site._base_manager.filter(pk=site.pk, taken__gt=0).update(taken=F("taken") - 1)
    told_move(row, by=by, at=at)
    return True
