"""Closing sessions, and settling what two people said differently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from craftpath.domain.learning import rules
from craftpath.domain.learning.counting import attendance_ref, count_hours
from craftpath.domain.learning.facts import AttendanceSettled, SessionsClosed
from craftpath.domain.learning.models import STATUSES, THERE, Attendance, OtherMark, Session
from craftpath.domain.learning.planning import ref
from craftpath.domain.learning.queries import unmarked
from craftpath.domain.learning.states import SESSION
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, Verdict, not_now, require


@dataclass(frozen=True, slots=True)
class Closed:
    """What closing came to: sessions done, session public id → why not, attendance public id → why its hours wait."""

    done: list[Session]
    refused: dict[str, Verdict] = field(default_factory=dict)
    waiting: dict[str, Verdict] = field(default_factory=dict)


@action
def close_session(sessions: Sequence[Session], *, by: Actor, at: datetime) -> Closed:
    """Close sessions whose roll was called: hours of those who were there go into the ledger.

    Those that cannot be closed are refused one by one and the others done.
    """
    rows = list(
        Session.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .filter(pk__in=[row.pk for row in sessions])
        .order_by("pk")
    )
    missing = unmarked(rows)
    done: list[Session] = []
    refused: dict[str, Verdict] = {}
    for row in rows:
        verdict = rules.may_hold(by, row) and rules.can_close(row, missing.get(row.pk, 0), at)
        if verdict:
            row.state = SESSION.after(row.state, "close")
            done.append(row)
        else:
            refused[row.public_id] = verdict
    Session.objects.bulk_update(done, ["state"])
    lines = list(Attendance._base_manager.filter(session__in=done))
    waiting = count_hours(lines, by=by, at=at)
    for college in {row.organisation for row in done}:
        here = [row for row in done if row.organisation == college]
        counted = Attendance._base_manager.filter(session__in=here, counted__gt=0)
        told = SessionsClosed(
            [row.public_id for row in here], minutes=sum(counted.values_list("counted", flat=True))
        )
        tell(told, by=by, at=at, organisation=college, subject=ref(here[0]))
    return Closed(done, refused, waiting)


@action
def settle_attendance(
    attendance: Attendance, *, status: str, minutes: int | None = None, by: Actor, at: datetime
) -> Attendance:
    """Say what stands where roll calls differ, or an apprentice objected; all that was said stays in the record."""
    if status not in STATUSES:
        raise Refused(not_now("learning.status_unknown", status=status[:20]))
    session = (
        Session.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=attendance.session_id)
    )
    require(rules.may_hold(by, session))
    row = Attendance.objects.select_related("enrolment").get(pk=attendance.pk)
    if row.enrolment.person == by.person:
        raise Refused(not_now("learning.nothing_to_settle"))
    others = OtherMark.objects.filter(attendance=row, settled_at=None)
    if not row.disputed and not others.exists():
        raise Refused(not_now("learning.nothing_to_settle"))
    before, known = row.status, {row.status: row.minutes}
    for other in others:
        known.setdefault(other.status, other.minutes)
    if status not in THERE:
        length = 0
    elif minutes is not None:
        length = max(0, min(minutes, session.minutes))
    else:
        length = known.get(status, session.minutes)
    if (status, length) != (row.status, row.minutes):
        session.revision += 1
        session.save(update_fields=["revision"])
        row.status, row.minutes, row.since = status, length, session.revision
        row.confirmed_at = None
    row.revision += 1
    row.settled_by, row.settled_at = by.person, at
    row.save()
    others.update(settled_at=at)
    told = AttendanceSettled(attendance=row.public_id, before=before, after=status)
    tell(told, by=by, at=at, organisation=session.organisation, subject=attendance_ref(row))
    if session.state == "closed":
        count_hours([row], by=by, at=at)
        row.refresh_from_db()
    return row
