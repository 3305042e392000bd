"""What closed roll calls say of a cohort, as counts: whoever reads them decides what each is worth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from craftpath.domain.learning.models import Attendance, OtherMark, Session

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort

LISTED = 500  # ids named in a statement; of more the whole cohort is read
AT_ONCE = 10_000
DIFFERS = "differs"
"""Two roll calls say different things of it, and nobody has settled which holds."""

Windows = Mapping[int, tuple[date, date]]
"""enrolment id → the first and the last day that count."""


def presence(cohort: Cohort, windows: Windows) -> dict[int, dict[str, int]]:
    """enrolment id → status → in how many of the cohort's closed sessions; three queries however many.

    Only closed roll calls count, since only they were confirmed by whoever teaches. What the apprentice says to a line
    changes nothing until somebody settles it; a line of which two roll calls differ counts as `differs` until then.
    """
    days = closed_days(cohort)
    rows = Attendance._base_manager.filter(session__state="closed").order_by()
    rows = (
        rows.filter(enrolment__in=list(windows))
        if len(windows) <= LISTED
        else rows.filter(enrolment__cohort=cohort.pk)
    )
    waiting = OtherMark.objects.filter(settled_at=None, attendance__session__cohorts__cohort=cohort.pk)
    open_ids = set(waiting.values_list("attendance_id", flat=True))
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    told = rows.values_list("pk", "enrolment_id", "session_id", "status")
    for pk, who, session, status in told.iterator(chunk_size=AT_ONCE):
        window, day = windows.get(who), days.get(session)
        if window is not None and day is not None and window[0] <= day <= window[1]:
            found[who][DIFFERS if pk in open_ids else status] += 1
    return {who: dict(counts) for who, counts in found.items()}


def closed_days(cohort: Cohort) -> dict[int, date]:
    """session id → the day of each closed session of a cohort, where it was held; one query."""
    rows = Session._base_manager.filter(state="closed", cohorts__cohort=cohort.pk)
    told = rows.values_list("pk", "starts_at", "organisation__time_zone")
    return {pk: starts_at.astimezone(ZoneInfo(zone)).date() for pk, starts_at, zone in told}


def attended(sessions: Collection[str]) -> set[int]:
    """The enrolments that a roll call names in these sessions (public ids); one query."""
    rows = Attendance._base_manager.filter(session__public_id__in=list(sessions))
    return set(rows.values_list("enrolment_id", flat=True))


def attended_line(attendance: str) -> set[int]:
    """The enrolment of one line; one query."""
    rows = Attendance._base_manager.filter(public_id=attendance)
    return set(rows.values_list("enrolment_id", flat=True))


def lines_of(
    cohort: Cohort, enrolment_id: int, window: tuple[date, date]
) -> list[tuple[date, Attendance, bool]]:
    """One apprentice's lines as `presence` counts them, the newest first: day, line, whether two roll calls differ.

    As far as the reader sees them; three queries.
    """
    days = closed_days(cohort)
    rows = Attendance.objects.filter(enrolment=enrolment_id, session__in=list(days)).select_related("session")
    waiting = OtherMark.objects.filter(settled_at=None, attendance__enrolment=enrolment_id)
    open_ids = set(waiting.values_list("attendance_id", flat=True))
    found = [
        (days[row.session_id], row, row.pk in open_ids) for row in rows.order_by("-session__starts_at", "-pk")
    ]
    return [line for line in found if window[0] <= line[0] <= window[1]]
