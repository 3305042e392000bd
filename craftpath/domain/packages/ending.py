"""Ending from outside: a session that came to no end of its own, a unit that need not be done."""

from __future__ import annotations

import uuid
from datetime import datetime

from craftpath.domain.packages import rules
from craftpath.domain.packages.facts import SessionAbandoned, UnitWaived
from craftpath.domain.packages.launches import launch_in, launch_of, say
from craftpath.domain.packages.models import Registration, UnitSession
from craftpath.domain.packages.outcomes import newly_satisfied, note
from craftpath.engines.cmi5 import met
from craftpath.engines.cmi5.telling import abandoned, waived
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, not_now, require

MOST_AT_ONCE = 200


def abandon(row: UnitSession, *, by: Actor, at: datetime) -> None:
    """Say that a session is over; its token serves nobody any more."""
    begun = row.initialized_at or row.begun_at
    seconds = round(((row.heard_at or begun) - begun).total_seconds())
    row.ended_at, row.abandoned = at, True
    row.save(update_fields=["ended_at", "abandoned"])
    say([abandoned(launch_of(row), seconds)], row.registration, by=by, at=at)


@action
def abandon_session(session: UnitSession, *, by: Actor, at: datetime) -> UnitSession:
    """End a session from outside; one that is over stays as it ended."""
    row = _held(session)
    package = row.registration.package
    require(rules.may_keep(by, package.organisation))
    if row.ended_at is None:
        abandon(row, by=by, at=at)
        told = SessionAbandoned(str(row.session), row.entry)
        tell(told, by=by, at=at, organisation=package.organisation, subject=package.ref)
    return row


@action
def end_forgotten(*, by: Actor, at: datetime) -> int:
    """Say of sessions whose token has run out that they are over; how many, at most some at a time."""
    rows = UnitSession._base_manager.filter(ended_at=None, begun_at__lt=at - rules.LONGEST_SESSION)
    found = [_held(row) for row in rows.order_by("begun_at", "pk")[:MOST_AT_ONCE]]
    for row in found:
        if row.ended_at is None:
            abandon(row, by=by, at=at)
    return len(found)


@action
def waive_unit(
    registration: Registration, entry: str, because: str, *, by: Actor, at: datetime
) -> Registration:
    """Somebody need not do a unit. What is satisfied already is not waived; waived twice is waived once."""
    rows = Registration._base_manager.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("package__organisation", "person").get(pk=registration.pk)
    package = row.package
    require(rules.may_keep(by, package.organisation))
    require(rules.can_waive(because))
    if entry not in package.parts:
        raise Refused(not_now("packages.entry_unknown"))
    said = row.said.get(entry, [])
    if "waived" in said:
        return row
    session = uuid.uuid4()
    launch = launch_in(row, entry, session)
    if met(launch.unit.move_on, said):
        raise Refused(not_now("packages.unit_satisfied"))
    row.said = row.said | {entry: [*said, "waived"]}
    told = [waived(launch, because), *newly_satisfied(row, entry, session)]
    row.save(update_fields=["said", "satisfied"])
    say(told, row, by=by, at=at)
    note(row, entry, launch=session, by=by, at=at)
    waiving = UnitWaived(str(row.registration), entry, because)
    tell(waiving, by=by, at=at, organisation=package.organisation, subject=package.ref)
    return row


def _held(session: UnitSession) -> UnitSession:
    """A session under the lock of its registration, which all that is said of it goes through."""
    lock = Registration._base_manager.select_for_update(of=("self",), no_key=True)
    lock.get(pk=session.registration_id)
    rows = UnitSession._base_manager.select_related(
        "registration__package__organisation", "registration__person"
    )
    return rows.get(pk=session.pk)
