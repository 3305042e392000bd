"""Calling the roll: the whole class in one action, merged with what others said before.

A roll call may come from a device that was without a network: late, doubled, or out of order. It is kept as it was said
and taken once. What it says of somebody for the first time stands; what its own writer changes, knowing what stood,
stands too; what somebody else said otherwise is kept beside it, and neither counts until it is settled.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from craftpath.domain.learning import rules
from craftpath.domain.learning.counting import count_hours
from craftpath.domain.learning.facts import RollTaken
from craftpath.domain.learning.models import STATUSES, THERE, Attendance, OtherMark, Roll, Session
from craftpath.domain.learning.planning import ref
from craftpath.domain.learning.queries import expected
from craftpath.domain.learning.states import SESSION
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


@dataclass(frozen=True, slots=True)
class Said:
    """What a roll call says of one apprentice; `minutes` there, if somebody has counted them."""

    status: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a roll call: the session after it, and the public ids of enrolments by what was done.

    `beside` were said otherwise by somebody else, `unknown` are not in this session, or are the caller's own; `again`
    means that this very roll call had come before and nothing was done.
    """

    session: Session
    new: Sequence[str] = ()
    changed: Sequence[str] = ()
    same: Sequence[str] = ()
    beside: Sequence[str] = ()
    unknown: Sequence[str] = ()
    again: bool = False


@dataclass(slots=True)
class _Merge:
    """Rows to write."""

    new: list[Attendance] = field(default_factory=list)
    changed: dict[str, list[str]] = field(default_factory=dict)
    rows: list[Attendance] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    beside: dict[str, OtherMark] = field(default_factory=dict)


@action
def take_roll(
    session: Session,
    marks: Mapping[str, Said],
    *,
    made_id: uuid.UUID,
    base: int,
    taken_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Taken:
    """Take a roll call: enrolment public id → what is said. Who is not named is not marked.

    `base` is the session's revision that was known when it was called. Constant queries however many people.
    """
    taken_at = min(taken_at or at, at)
    # Whoever hands a session in has seen it; the lock asks only for its newest state.
    rows = Session._base_manager.select_for_update(of=("self",)).select_related("organisation")
    session = rows.get(pk=session.pk)
    require(rules.may_hold(by, session))
    if Roll.objects.filter(session=session, made_id=made_id).exists():
        return Taken(session, again=True)
    _require(session, marks, taken_at)
    standing = {
        row.enrolment.public_id: row
        for row in Attendance._base_manager.filter(session=session).select_related("enrolment")
    }
    people = _people(session, standing, by)
    roll = _kept(session, marks, made_id=made_id, base=base, taken_at=taken_at, by=by, at=at)
    merge = _merge(session, roll, marks, people, standing)
    _write(session, roll, merge)
    if session.state == "closed":
        touched = [*merge.new, *merge.rows, *(other.attendance for other in merge.beside.values())]
        count_hours(touched, by=by, at=at)
    told = _told(session, roll, marks, people, merge)
    tell(told, by=by, at=at, organisation=session.organisation, subject=ref(session))
    return Taken(
        session,
        new=[row.enrolment.public_id for row in merge.new],
        changed=list(merge.changed),
        same=merge.same,
        beside=list(merge.beside),
        unknown=[public_id for public_id in marks if public_id not in people],
    )


def _require(session: Session, marks: Mapping[str, Said], taken_at: datetime) -> None:
    """A roll call comes in time, says something, and says only what a mark can be."""
    require(rules.can_take(session, taken_at))
    if not marks:
        raise Refused(not_now("learning.nobody_marked"))
    for said in marks.values():
        if said.status not in STATUSES:
            raise Refused(not_now("learning.status_unknown", status=said.status[:20]))


def _people(session: Session, standing: Mapping[str, Attendance], by: Actor) -> dict[str, Enrolment]:
    """Who can be marked, by public id: those expected and those marked before, but never the caller."""
    people = {row.public_id: row for row in expected(session)}
    people |= {public_id: row.enrolment for public_id, row in standing.items()}
    own = by.person.pk if by.person else None
    return {public_id: row for public_id, row in people.items() if row.person_id != own}


def _kept(
    session: Session,
    marks: Mapping[str, Said],
    *,
    made_id: uuid.UUID,
    base: int,
    taken_at: datetime,
    by: Actor,
    at: datetime,
) -> Roll:
    """The roll call as it was said."""
    roll = Roll(
        session=session,
        made_id=made_id,
        base=base,
        revision=session.revision + 1,
        marks={public_id: [said.status, said.minutes] for public_id, said in marks.items()},
        taken_by=by.person,
        taken_at=taken_at,
        saved_at=at,
    )
    roll.save()
    return roll


def _told(
    session: Session,
    roll: Roll,
    marks: Mapping[str, Said],
    people: Mapping[str, Enrolment],
    merge: _Merge,
) -> RollTaken:
    known = [public_id for public_id in marks if public_id in people]
    return RollTaken(
        session=session.public_id,
        roll=roll.public_id,
        people=len(known),
        away=sum(marks[public_id].status not in THERE for public_id in known),
        changed=merge.changed,
        beside=list(merge.beside),
    )


def _merge(
    session: Session,
    roll: Roll,
    marks: Mapping[str, Said],
    people: Mapping[str, Enrolment],
    standing: Mapping[str, Attendance],
) -> _Merge:
    merge = _Merge()
    length = session.minutes
    for public_id, said in marks.items():
        enrolment = people.get(public_id)
        if enrolment is None:
            continue
        minutes = _minutes(session, said, roll.taken_at, length)
        row = standing.get(public_id)
        if row is None:
            merge.new.append(
                Attendance(
                    session=session,
                    enrolment=enrolment,
                    status=said.status,
                    minutes=minutes,
                    roll=roll,
                    marked_by=roll.taken_by,
                    marked_at=roll.taken_at,
                    since=roll.revision,
                )
            )
        elif row.status == said.status and said.minutes in (None, row.minutes):
            merge.same.append(public_id)
        elif row.marked_by_id == roll.taken_by_id and row.since <= roll.base and not row.settled_at:
            merge.changed[public_id] = [row.status, said.status]
            row.status, row.minutes, row.roll = said.status, minutes, roll
            row.marked_at, row.since = roll.taken_at, roll.revision
            row.revision += 1
            row.confirmed_at = None
            merge.rows.append(row)
        else:
            merge.beside[public_id] = OtherMark(
                attendance=row,
                status=said.status,
                minutes=minutes,
                roll=roll,
                marked_by=roll.taken_by,
                marked_at=roll.taken_at,
            )
    return merge


def _minutes(session: Session, said: Said, taken_at: datetime, length: int) -> int:
    """How many minutes a mark stands for, where nobody counted them.

    Present and late are the whole session. Who left early is marked at the door: until then, if the session was under
    way, and otherwise nothing until somebody says how long.
    """
    if said.status not in THERE:
        return 0
    if said.minutes is not None:
        return max(0, min(said.minutes, length))
    if said.status != "left_early":
        return length
    passed = int((taken_at - session.starts_at).total_seconds()) // 60
    return passed if 0 <= passed <= length else 0


def _write(session: Session, roll: Roll, merge: _Merge) -> None:
    Attendance.objects.bulk_create(merge.new)
    if merge.beside:
        _beside(merge.beside)
    if merge.rows:
        fields = ["status", "minutes", "roll", "marked_at", "since", "revision", "confirmed_at"]
        Attendance._base_manager.bulk_update(merge.rows, fields)
    session.state = SESSION.after(session.state, "take")
    if merge.new or merge.rows or merge.beside:
        session.revision = roll.revision
    session.save(update_fields=["state", "revision"])


def _beside(marks: dict[str, OtherMark]) -> None:
    """Keep other marks; the same one by the same person, still waiting, is kept once. Hours of their lines wait."""
    rows = {other.attendance_id: other for other in marks.values()}
    waiting = OtherMark.objects.filter(attendance__in=rows, settled_at=None)
    said = set(waiting.values_list("attendance_id", "status", "marked_by_id"))
    new = [row for row in rows.values() if (row.attendance_id, row.status, row.marked_by_id) not in said]
    OtherMark.objects.bulk_create(new)
    lines = Attendance._base_manager.filter(pk__in=[row.attendance_id for row in new])
    lines.filter(Q(confirmed_at__isnull=False)).update(confirmed_at=None)
