"""When somebody can teach: hours a week, days of the week, days away; said by oneself, for guests by the office."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from craftpath.domain.teaching import rules
from craftpath.domain.teaching.facts import AvailabilitySet, AwaySet
from craftpath.domain.teaching.models import A_WEEK, Availability, Away, TeamMember
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.people import Person
from craftpath.values.period import Period
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, may_not, not_now

USUAL_WEEKLY = 40 * 60
USUAL_WEEKDAYS = (0, 1, 2, 3, 4)


@action
def set_availability(
    person: Person, *, weekly: int, weekdays: Collection[int], by: Actor, at: datetime
) -> Availability:
    """Say how many minutes a week at most, and on which days; the same changes nothing."""
    _require_may_say(by, person)
    if not 0 <= weekly <= A_WEEK:
        raise Refused(not_now("teaching.minutes_out_of_range", most=A_WEEK // 60))
    days = sorted(set(weekdays) & set(range(7)))
    if not days:
        raise Refused(not_now("teaching.no_weekday"))
    hold_person(person)
    row = Availability.objects.filter(person=person).first() or Availability(person=person)
    if row.pk is not None and (row.weekly, row.weekdays) == (weekly, days):
        return row
    row.weekly, row.weekdays, row.changed_at = weekly, days, at
    row.save()
    tell(
        AvailabilitySet(person.public_id, weekly),
        by=by,
        at=at,
        organisation=by.organisation,
        subject=_ref(person),
    )
    return row


@action
def set_away(person: Person, *, starts_on: date, ends_on: date, by: Actor, at: datetime) -> Away:
    """Write days away down; the same days once more give the row that is there."""
    _require_may_say(by, person)
    if ends_on <= starts_on:
        raise Refused(not_now("teaching.ends_before_start"))
    hold_person(person)
    span = Period(starts_on, ends_on)
    for row in Away.objects.filter(person=person).order_by("starts_on"):
        if row.span == span:
            return row
        if row.span.overlaps(span):
            last = date.fromordinal(row.ends_on.toordinal() - 1)
            raise Refused(not_now("teaching.away_overlaps", start=row.starts_on, end=last))
    row = Away.objects.create(person=person, starts_on=starts_on, ends_on=ends_on)
    tell(AwaySet(person.public_id, True), by=by, at=at, organisation=by.organisation, subject=_ref(person))
    return row


@action
def take_back_away(row: Away, *, by: Actor, at: datetime) -> bool:
    """Take days away back; says whether they were there."""
    _require_may_say(by, row.person)
    gone, _ = Away.objects.filter(pk=row.pk).delete()
    if gone:
        told = AwaySet(row.person.public_id, False)
        tell(told, by=by, at=at, organisation=by.organisation, subject=_ref(row.person))
    return bool(gone)


def hold_person(person: Person) -> None:
    """What is said about one person is said one after another."""
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)


def _require_may_say(by: Actor, person: Person) -> None:
    if by.person is not None and by.person.pk == person.pk:
        return
    guest_of = TeamMember.objects.filter(person=person, guest=True).select_related("team__organisation")
    if any(rules.may_form(by, row.team.organisation) for row in guest_of):
        return
    raise Refused(may_not("teaching.not_yours_to_say"))


def _ref(person: Person) -> Ref:
    return Ref("kernel", "person", person.public_id)
