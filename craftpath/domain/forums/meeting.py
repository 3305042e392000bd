"""Meetings: planned one by one or as a row, said to, held; and what people take away."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from craftpath.domain.apprenticeships.queries import everybody_in, parties_in
from craftpath.domain.forums import rules
from craftpath.domain.forums.facts import (
    Attended,
    MeetingCancelled,
    MeetingChanged,
    MeetingsPlanned,
    TakeawayDone,
    TakeawayMade,
)
from craftpath.domain.forums.models import Attendance, Follow, Forum, Meeting, Takeaway
from craftpath.domain.forums.opening import follow, held, told
from craftpath.domain.forums.owners import OWNERS
from craftpath.domain.forums.rhythm import next_moments
from craftpath.domain.forums.states import MEETING
from craftpath.domain.questions.wording import clean
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused, may_not, not_now, require


@action
def plan_meeting(
    forum: Forum,
    *,
    made_id: uuid.UUID,
    starts_at: datetime,
    minutes: int = 0,
    place: str | None = None,
    link: str | None = None,
    host: Person | None = None,
    agenda: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> Meeting:
    """Plan a meeting and invite everybody whose forum it is. The same `made_id` plans it once.

    What is left out is as the forum says it.
    """
    row = held(forum)
    require(rules.may_host(by, row))
    known = Meeting._base_manager.filter(made_id=made_id).first()
    if known is not None:
        if known.forum_id == row.pk:
            return known
        raise Refused(not_now("questions.form_used"))
    require(rules.can_meet(row))
    place, link = row.place if place is None else place, row.link if link is None else link
    meeting = Meeting(forum=row, made_id=made_id, host=host or row.host, made_at=at, changed_at=at)
    _fill(meeting, starts_at, minutes or row.minutes, place, link, agenda, at)
    meeting.save()
    count = _invite(meeting, at)
    told(row, MeetingsPlanned(meetings=[meeting.public_id], invited=count), by, at)
    return meeting


@action
def plan_series(forum: Forum, *, made_id: uuid.UUID, count: int, by: Actor, at: datetime) -> list[Meeting]:
    """Plan the next dates of the forum's rhythm in a row; the same `made_id` plans them once."""
    row = held(forum)
    require(rules.may_host(by, row))
    if not 0 < count <= rules.MOST_SERIES:
        raise Refused(not_now("forums.series_out_of_range", most=rules.MOST_SERIES))
    names = [uuid.uuid5(made_id, str(n)) for n in range(count)]
    known = list(Meeting._base_manager.filter(made_id__in=names, forum=row).order_by("starts_at"))
    if known:
        return known
    moments = next_moments(row, last_of(row), at, count)
    if not moments:
        raise Refused(not_now("forums.no_rhythm"))
    return [
        plan_meeting(row, made_id=name, starts_at=moment, by=by, at=at)
        for name, moment in zip(names, moments, strict=True)
    ]


@action
def change_meeting(
    meeting: Meeting,
    *,
    starts_at: datetime,
    minutes: int,
    place: str = "",
    link: str = "",
    host: Person | None = None,
    agenda: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> Meeting:
    """Change a planned meeting; who is invited sees it in the own calendar. The same changes nothing."""
    row = held_meeting(meeting)
    require(rules.may_hold(by, row))
    require(rules.can_plan(row))
    before = _told_of(row)
    _fill(row, starts_at, minutes, place, link, agenda, at if starts_at != row.starts_at else None)
    row.host = host or row.host
    if _told_of(row) == before:
        return row
    row.sequence, row.changed_at = row.sequence + 1, at
    row.save()
    told(row.forum, MeetingChanged(meeting=row.public_id), by, at)
    return row


@action
def cancel_meeting(meeting: Meeting, *, because: str, by: Actor, at: datetime) -> Meeting:
    """Cancel it, with a reason that who is invited reads. Twice is once."""
    row = held_meeting(meeting)
    require(rules.may_hold(by, row))
    if row.state == "cancelled":
        return row
    because = clean(because)
    if not 0 < len(because) <= rules.LONGEST_REASON:
        raise Refused(not_now("questions.no_reason", most=rules.LONGEST_REASON))
    row.state, row.because = MEETING.after(row.state, "cancel"), because
    row.sequence, row.changed_at = row.sequence + 1, at
    row.save()
    told(row.forum, MeetingCancelled(meeting=row.public_id, because=because), by, at)
    return row


@action
def say_coming(meeting: Meeting, *, coming: bool, by: Actor, at: datetime) -> Attendance:
    """Say whether one comes; it may be said anew until the meeting is held. Who was not invited may come, too."""
    require(rules.may_ask(by))
    if by.person is None:
        raise Refused(may_not("forums.not_the_host"))
    row = held_meeting(meeting)
    require(rules.can_plan(row))
    mine, _new = Attendance.objects.get_or_create(meeting=row, person=by.person)
    said = "yes" if coming else "no"
    if mine.coming != said:
        mine.coming, mine.said_at = said, at
        mine.save(update_fields=["coming", "said_at"])
    if coming:
        follow(row.forum, by.person.pk, at)
    return mine


@action
def hold_meeting(meeting: Meeting, *, there: Iterable[str], by: Actor, at: datetime) -> Meeting:
    """Confirm who was there, by public ids, of those who were invited or said that they come; it may be put right.

    Whoever is confirmed was there as a fact, which evaluation may take up; nobody else is said to have been away.
    """
    row = held_meeting(meeting)
    require(rules.may_hold(by, row))
    if row.state == "cancelled":
        raise Refused(not_now("forums.not_planned"))
    if row.starts_at > at:
        raise Refused(not_now("forums.too_early"))
    lines = list(Attendance.objects.filter(meeting=row).select_related("person"))
    wanted = set(there)
    if not wanted <= {line.person.public_id for line in lines}:
        raise Refused(not_now("forums.not_invited"))
    before = {line.person.public_id for line in lines if line.was_there}
    if row.state == "held" and wanted == before:
        return row
    for line in lines:
        line.was_there = line.person.public_id in wanted
    Attendance.objects.bulk_update(lines, ["was_there"])
    row.state = "held" if row.state == "held" else MEETING.after(row.state, "hold")
    row.held_by, row.held_at = by.person, at
    row.save(update_fields=["state", "held_by", "held_at"])
    fact = Attended(
        meeting=row.public_id, people=sorted(wanted), not_there=sorted(before - wanted), minutes=row.minutes
    )
    told(row.forum, fact, by, at)
    return row


@action
def add_takeaway(
    meeting: Meeting,
    *,
    made_id: uuid.UUID,
    words: str,
    person: Person | None = None,
    by_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Takeaway:
    """Write what came of a meeting; with somebody, it appears with them until it is done."""
    row = held_meeting(meeting)
    require(rules.may_hold(by, row))
    known = Takeaway.objects.filter(made_id=made_id).first()
    if known is not None:
        if known.meeting_id == row.pk:
            return known
        raise Refused(not_now("questions.form_used"))
    words = clean(words)
    require(rules.can_say(words))
    if row.starts_at > at:
        raise Refused(not_now("forums.too_early"))
    if person is not None and not Attendance.objects.filter(meeting=row, person=person).exists():
        raise Refused(not_now("forums.not_invited"))
    made = Takeaway.objects.create(
        made_id=made_id, meeting=row, words=words, person=person, by_on=by_on if person else None, made_at=at
    )
    told(row.forum, TakeawayMade(meeting=row.public_id, takeaway=made.public_id), by, at)
    return made


@action
def finish_takeaway(takeaway: Takeaway, *, done: bool = True, by: Actor, at: datetime) -> Takeaway:
    """Say that it is done, or not after all; twice is once."""
    meeting = held_meeting(takeaway.meeting)
    row = Takeaway.objects.select_related("person").get(pk=takeaway.pk)
    row.meeting = meeting
    require(rules.may_finish(by, row))
    if row.person is None:
        raise Refused(not_now("forums.nobodys"))
    if (row.done_at is not None) == done:
        return row
    row.done_at = at if done else None
    row.save(update_fields=["done_at"])
    told(meeting.forum, TakeawayDone(takeaway=row.public_id, done=done), by, at)
    return row


def held_meeting(meeting: Meeting) -> Meeting:
    """The meeting as it is now, kept from others until the open transaction ends."""
    rows = Meeting.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("forum__organisation", "host").get(pk=meeting.pk)


def last_of(forum: Forum) -> datetime | None:
    """When the last meeting of a forum is or was; what was cancelled counts too, since the rhythm goes on."""
    last: datetime | None = (
        Meeting._base_manager.filter(forum=forum).order_by("-starts_at").values_list("starts_at", flat=True)
    ).first()
    return last


def _fill(
    row: Meeting,
    starts_at: datetime,
    minutes: int,
    place: str,
    link: str,
    agenda: Sequence[str],
    after: datetime | None,
) -> None:
    lines = [line for line in (clean(one) for one in agenda) if line]
    require(rules.can_recur(0, 0, False, minutes))
    require(rules.can_be_found(place, link))
    if len(lines) > rules.MOST_ITEMS:
        raise Refused(not_now("forums.too_many_items", most=rules.MOST_ITEMS))
    for line in lines:
        require(rules.can_say(line))
    if after is not None and starts_at <= after:
        raise Refused(not_now("forums.in_the_past"))
    row.starts_at, row.minutes, row.agenda = starts_at, minutes, lines
    row.place, row.link = clean(place), clean(link)


def _told_of(row: Meeting) -> tuple[object, ...]:
    return row.starts_at, row.minutes, row.place, row.link, row.host_id, tuple(row.agenda)


def _invite(meeting: Meeting, at: datetime) -> int:
    """Invite the people of the class or of the thing, else who follows; the host comes."""
    forum = meeting.forum
    people = set(_people(forum, at)) | ({meeting.host_id} if meeting.host_id else set())
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting, person_id=one, coming="yes" if one == meeting.host_id else "",
            said_at=at if one == meeting.host_id else None,
        )
        for one in sorted(people)
    )  # fmt: skip
    return len(people)


def _people(forum: Forum, at: datetime) -> Iterable[int]:
    if forum.of_kind:
        owner = OWNERS.get(forum.of_kind)
        return owner.people(forum.of_id) if owner else ()
    if forum.cohort_id is not None:
        today = at.date()
        learners = everybody_in([forum.cohort_id], today, today)
        return [*(row.person_id for row in learners), *parties_in([forum.cohort_id])]
    return Follow.objects.filter(forum=forum).values_list("person_id", flat=True)
