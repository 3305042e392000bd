"""Being there: checked in at the desk, joined on line, or found in the list of the meeting tool."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from craftpath.domain.workshops import rules
from craftpath.domain.workshops.facts import AttendanceImported, CheckedIn
from craftpath.domain.workshops.models import Day, Presence, Registration, Workshop
from craftpath.domain.workshops.registering import plain_code
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, not_now, require

BEAT = 120
"""Seconds between two signs of life of a page that is open; after a longer silence somebody was away."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who was checked in, and whether the desk had done so before: the name is shown, since a code is no proof."""

    registration: Registration
    presence: Presence
    before: bool


@action
def check_in_by_badge(day: Day, code: str, *, by: Actor, at: datetime) -> Arrival:
    """Check in whoever has this code."""
    plain = plain_code(code)
    rows = Registration._base_manager.select_related("workshop__organisation")
    row = rows.filter(workshop=day.workshop_id, badge=plain).first()
    if row is None:
        raise Refused(not_now("workshops.badge_unknown", code=plain or "–"))
    return _checked_in(row, day, "code", by=by, at=at)


@action
def check_in(registration: Registration, day: Day, *, by: Actor, at: datetime) -> Arrival:
    """Check somebody in from the list."""
    rows = Registration._base_manager.select_related("workshop__organisation")
    return _checked_in(rows.get(pk=registration.pk), day, "list", by=by, at=at)


@action
def undo_check_in(registration: Registration, day: Day, *, by: Actor, at: datetime) -> None:
    """It was somebody else, or a slip."""
    require(rules.may_run(by, day.workshop))
    rows = Presence._base_manager.filter(registration=registration, day=day, way="site")
    if rows.delete()[0]:
        _told(registration, day, "undone", by=by, at=at)


@action
def join_online(registration: Registration, day: Day | None, *, by: Actor, at: datetime) -> Presence:
    """The button to join: from here on the page says every two minutes that it is open, and nothing else."""
    row = _own(registration, by)
    if day is None:
        raise Refused(not_now("workshops.join_not_yet"))
    require(rules.can_join(row, day, at))
    made, new = Presence._base_manager.get_or_create(
        registration=row, day=day, way="online", defaults={"how": "online", "first_at": at, "last_at": at}
    )
    if new:
        _told(row, day, "online", by=by, at=at)
    return made


@action
def stay_online(registration: Registration, day: Day, *, by: Actor, at: datetime) -> Presence | None:
    """A sign of life: the time since the last one counts, unless it was silent for longer than a beat and a half."""
    row = _own(registration, by)
    found = Presence._base_manager.select_for_update(of=("self",)).filter(
        registration=row, day=day, way="online"
    ).first()  # fmt: skip
    if found is None or at <= found.last_at:
        return found
    start, end = day.starts_at(), day.ends_at()
    silent = (at - found.last_at).total_seconds()
    minutes_before = int((min(max(found.last_at, start), end) - start).total_seconds()) // 60
    minutes_now = int((min(max(at, start), end) - start).total_seconds()) // 60
    if silent <= BEAT * 1.5:
        found.minutes = min(day.minutes, found.minutes + minutes_now - minutes_before)
    found.last_at = at
    found.save(update_fields=["minutes", "last_at"])
    return found


@action
def import_attendance(
    workshop: Workshop, day: Day, rows: Sequence[tuple[Registration, int]], *, by: Actor, at: datetime
) -> int:
    """Take minutes of a meeting's list, matched by the caller; the longer of two counts. Once more changes nothing."""
    held = Workshop.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=workshop.pk)
    require(rules.may_run(by, held))
    known = {
        one.registration_id: one
        for one in Presence._base_manager.filter(
            day=day, way="online", registration__in=[row.pk for row, _minutes in rows]
        )
    }
    count = 0
    for row, minutes in rows:
        minutes = min(minutes, day.minutes)
        found = known.get(row.pk) or Presence(
            registration=row, day=day, way="online", how="import", first_at=day.starts_at(),
            last_at=day.ends_at(), noted_by=by.person,
        )  # fmt: skip
        if found.pk is None or minutes > found.minutes:
            found.minutes = minutes
            found.save()
            count += 1
        known[row.pk] = found
    told = AttendanceImported(day.on.isoformat(), count)
    tell(told, by=by, at=at, organisation=held.organisation, subject=held.ref)
    return count


def _checked_in(row: Registration, day: Day, how: str, *, by: Actor, at: datetime) -> Arrival:
    """From now to the end of the day somebody counts as there; once it is over, for the whole day.

    What is entered afterwards comes from a list that was signed at the door, and nobody knows the minute any more.
    """
    require(rules.may_run(by, row.workshop))
    require(rules.can_check_in(row, day, localdate(at, row.workshop.zone)))
    left = int((day.ends_at() - max(at, day.starts_at())).total_seconds()) // 60
    minutes = left if at < day.ends_at() else day.minutes
    made, new = Presence._base_manager.get_or_create(
        registration=row, day=day, way="site",
        defaults={"how": how, "first_at": at, "last_at": at, "minutes": minutes, "noted_by": by.person},
    )  # fmt: skip
    if new:
        _told(row, day, "site", by=by, at=at)
    return Arrival(row, made, before=not new)


def _own(registration: Registration, by: Actor) -> Registration:
    row = Registration._base_manager.select_related("workshop__organisation").get(pk=registration.pk)
    require(rules.may_touch(by, row))
    return row


def _told(row: Registration, day: Day, way: str, *, by: Actor, at: datetime) -> None:
    told = CheckedIn(row.public_id, day.on.isoformat(), way)
    tell(told, by=by, at=at, organisation=row.workshop.organisation, subject=row.workshop.ref)
