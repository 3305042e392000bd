"""The apprentice's side: confirming the own attendance, or saying that it was otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from craftpath.domain.learning import rules
from craftpath.domain.learning.counting import attendance_ref, count_hours
from craftpath.domain.learning.facts import AttendanceConfirmed, AttendanceDisputed
from craftpath.domain.learning.models import LONGEST, Attendance, Session
from craftpath.domain.learning.queries import to_confirm
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, not_now, require


@action
def confirm_own_attendance(attendances: Sequence[Attendance], *, by: Actor, at: datetime) -> int:
    """Say of own lines that they are right, as many as one likes by one press; returns how many were new.

    The lines are as they were read: one whose mark was changed since is not confirmed, and is asked again.
    """
    read = {row.pk: row.status for row in attendances}
    rows = list(
        Attendance.objects.select_for_update(of=("self",))
        .select_related("enrolment", "session__organisation")
        .filter(pk__in=read)
        .order_by("pk")
    )
    for row in rows:
        require(rules.may_answer(by, row))
    able = set(to_confirm(rows[0].enrolment.person).values_list("pk", flat=True)) if rows else set()
    new = [row for row in rows if row.pk in able and row.status == read[row.pk]]
    Attendance.objects.filter(pk__in=[row.pk for row in new]).update(confirmed_at=at)
    by_college: dict[Organisation, list[Attendance]] = {}
    for row in new:
        by_college.setdefault(row.session.organisation, []).append(row)
    for college, some in by_college.items():
        told = AttendanceConfirmed([row.public_id for row in some])
        tell(told, by=by, at=at, organisation=college, subject=attendance_ref(some[0]))
    return len(new)


@action
def dispute_attendance(
    attendance: Attendance, *, words: str, says: str = "", by: Actor, at: datetime
) -> Attendance:
    """Say that a line is wrong: I was there, or I was not. Its hours wait until somebody settles it.

    `says` is what stood on the button; if the mark was changed since, it would now say the contrary, and is refused.
    """
    session = (
        Session.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=attendance.session_id)
    )
    row = Attendance.objects.select_related("enrolment").get(pk=attendance.pk)
    require(rules.may_answer(by, row))
    require(rules.can_dispute(row))
    claim = "not_there" if row.status == "present" else "there"
    if says not in ("", claim):
        raise Refused(not_now("learning.marked_meanwhile"))
    row.says = claim
    row.words = words.strip()[:LONGEST]
    row.said_at, row.confirmed_at = at, None
    row.revision += 1
    row.save()
    told = AttendanceDisputed(attendance=row.public_id, says=row.says)
    tell(told, by=by, at=at, organisation=session.organisation, subject=attendance_ref(row))
    if session.state == "closed":
        count_hours([row], by=by, at=at)
        row.refresh_from_db()
    return row
