"""Sessions, their roll, and attendance as the apprentice answers it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query
from pydantic import Field

from craftpath.delivery.api.finding import actor, at, needs, one
from craftpath.delivery.api.kinds import (
    Asked,
    Day,
    Id,
    Line,
    Named,
    NamedText,
    Revision,
    Said,
    Shape,
    named,
    said,
)
from craftpath.delivery.api.paging import Page, Turn, given, page_of
from craftpath.delivery.api.revisions import match, tag
from craftpath.delivery.api.room import Room
from craftpath.domain.learning import actions, queries, rules
from craftpath.kernel.client_scopes import Area
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.learning.models import Attendance as AttendanceRow
    from craftpath.domain.learning.models import Session as SessionRow

room = Room("sessions", Area.SESSIONS)
Status = Literal["present", "absent", "late", "excused", "left_early"]


class Session(Shape):
    """Something taught to one or more cohorts between two moments."""

    id: str
    title: Said
    kind: str
    mode: str
    place: str
    starts_at: datetime
    ends_at: datetime
    state: str
    revision: int = Field(description="also the ETag of its roll")
    organisation: NamedText
    cohorts: list[NamedText]
    teachers: list[Named]


class RollLine(Shape):
    """One apprentice in the roll; no status where nobody has marked it."""

    apprentice: Named = Field(description="with the id of the enrolment")
    number: str
    status: Status | None
    minutes: int | None
    differs: bool = Field(description="whether people say different things of it, and nobody has settled it")


class Roll(Shape):
    """Everybody who should be there, or is marked."""

    session: Session
    lines: list[RollLine]


class Mark(Asked):
    """What is said of one apprentice."""

    apprentice: Id
    status: Status
    minutes: Annotated[int, Field(ge=0, le=24 * 60)] | None = None


class RollCall(Asked):
    """A roll call: whoever is not named is not marked."""

    made_id: UUID | None = Field(None, description="a name that a device gave it, so that it comes but once")
    revision: Revision = Field(description="the session's revision when it was called")
    marks: Annotated[list[Mark], Field(min_length=1, max_length=500)]


class Taken(Shape):
    """What became of a roll call, by ids of enrolments."""

    session: Session
    new: list[str]
    changed: list[str]
    same: list[str]
    beside: list[str] = Field(
        description="said otherwise by somebody else; both are kept until it is settled"
    )
    unknown: list[str] = Field(description="not in this session")
    again: bool = Field(description="whether this very roll call had come before")


class Attendance(Shape):
    """Whether one apprentice was at one session, and what the apprentice says to it."""

    id: str
    session: NamedText
    starts_at: datetime
    apprentice: Named
    status: Status
    minutes: int
    confirmed_at: datetime | None
    says: str
    words: str
    settled_at: datetime | None


class SessionsAsked(Turn, Asked):
    """Which sessions."""

    first: Day | None = None
    last: Day | None = None
    state: Literal["planned", "held", "closed", "cancelled"] | None = None


class AttendanceAsked(Turn, Asked):
    """Whose attendance."""

    enrolment: Id | None = None
    unconfirmed: bool | None = None


class Confirmation(Asked):
    """Own lines that are right."""

    attendances: Annotated[list[Id], Field(min_length=1, max_length=500)]


class Objection(Asked):
    """What is wrong with one."""

    says: Literal["there", "not_there"]
    words: Line


class Counted(Shape):
    """How many were new."""

    count: int


@room.read("/sessions", Page[Session])
def list_sessions(request: HttpRequest, asked: Query[SessionsAsked]) -> Any:
    """Sessions that one sees, the latest first."""
    needs(request, Permission.HOLD_SESSIONS, Permission.SEE_RESULTS)
    rows = given(
        queries.sessions(),
        starts_at__date__gte=asked.first,
        starts_at__date__lte=asked.last,
        state=asked.state,
    )
    found = page_of(rows, ("-starts_at", "-pk"), asked, request)
    return {"items": [session_shape(row) for row in found.rows], "next": found.next}


@room.read("/sessions/{session}/roll", Roll, one=True)
def read_roll(request: HttpRequest, response: HttpResponse, session: str) -> Roll:
    """The roll of a session, for whoever may call it."""
    needs(request, Permission.HOLD_SESSIONS, Permission.SEE_RESULTS)
    row = one(queries.sessions(), session)
    require(rules.may_hold(actor(request), row))
    tag(response, row.revision)
    lines = [
        RollLine(
            apprentice=Named(id=line.enrolment.public_id, name=line.enrolment.person.name),
            number=line.enrolment.number,
            status=line.attendance.status if line.attendance else None,  # type: ignore[arg-type]
            minutes=line.attendance.minutes if line.attendance else None,
            differs=line.open,
        )
        for line in queries.roll_of(row)
    ]
    return Roll(session=session_shape(row), lines=lines)


@room.write("/sessions/{session}/roll", Taken, name="call_roll", revised=True)
def call_roll(request: HttpRequest, response: HttpResponse, session: str, body: RollCall) -> Taken:
    """Call the roll. What somebody else said otherwise is kept beside it."""
    row = one(queries.sessions(), session)
    require(rules.may_hold(actor(request), row))
    match(request, row.revision)
    marks = {mark.apprentice: actions.Said(mark.status, mark.minutes) for mark in body.marks}
    made_id = body.made_id or uuid.uuid4()
    taken = actions.take_roll(
        row, marks, made_id=made_id, base=body.revision, by=actor(request), at=at(request)
    )
    tag(response, taken.session.revision)
    return Taken(
        session=session_shape(one(queries.sessions(), session)),
        new=list(taken.new),
        changed=list(taken.changed),
        same=list(taken.same),
        beside=list(taken.beside),
        unknown=list(taken.unknown),
        again=taken.again,
    )


@room.read("/attendance", Page[Attendance])
def list_attendance(request: HttpRequest, asked: Query[AttendanceAsked]) -> Any:
    """Attendance of everybody whom one sees, the newest session first."""
    needs(request, Permission.SEE_RESULTS)
    open_ones = True if asked.unconfirmed else None
    rows = given(queries.attendances(), enrolment__public_id=asked.enrolment, confirmed_at__isnull=open_ones)
    found = page_of(rows, ("-session__starts_at", "-pk"), asked, request)
    return {"items": [_attendance(row) for row in found.rows], "next": found.next}


@room.write("/attendance/confirm", Counted, name="confirm_attendance", one=False)
def confirm_attendance(request: HttpRequest, body: Confirmation) -> Counted:
    """Say of own lines that they are right."""
    rows = list(queries.attendances().filter(public_id__in=body.attendances))
    return Counted(count=actions.confirm_own_attendance(rows, by=actor(request), at=at(request)))


@room.write("/attendance/{attendance}/dispute", Attendance, name="dispute_attendance")
def dispute_attendance(request: HttpRequest, attendance: str, body: Objection) -> Attendance:
    """Say that an own line is wrong; its hours wait until somebody settles it."""
    row = one(queries.attendances(), attendance)
    actions.dispute_attendance(row, words=body.words, says=body.says, by=actor(request), at=at(request))
    return _attendance(one(queries.attendances(), attendance))


def session_shape(row: SessionRow) -> Session:
    return Session(
        id=row.public_id,
        title=said(row.title),
        kind=row.kind,
        mode=row.mode,
        place=row.place,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        state=row.state,
        revision=row.revision,
        organisation=NamedText(id=row.organisation.public_id, name=said(row.organisation.name)),
        cohorts=[NamedText(id=one.cohort.public_id, name=said(one.cohort.name)) for one in row.cohorts.all()],
        teachers=[found for one in row.teachers.all() if (found := named(one.person)) is not None],
    )


def _attendance(row: AttendanceRow) -> Attendance:
    return Attendance(
        id=row.public_id,
        session=NamedText(id=row.session.public_id, name=said(row.session.title)),
        starts_at=row.session.starts_at,
        apprentice=Named(id=row.enrolment.public_id, name=row.enrolment.person.name),
        status=row.status,  # type: ignore[arg-type]
        minutes=row.minutes,
        confirmed_at=row.confirmed_at,
        says=row.says,
        words=row.words,
        settled_at=row.settled_at,
    )
