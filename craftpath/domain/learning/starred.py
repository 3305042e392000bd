"""What sessions give to counting: after which facts the hours of a class stand otherwise in the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from craftpath.domain.learning.models import Attendance, SessionCohort
from craftpath.kernel.audit import AuditEntry

HEARD = dict.fromkeys(
    (
        "learning.session_changed",
        "learning.sessions_cancelled",
        "learning.roll_taken",
        "learning.attendance_settled",
        "learning.sessions_closed",
    ),
    ("hours",),
)
"""Facts, and the tables of the star that they may change."""


def concerned(entries: Sequence[AuditEntry]) -> Iterator[tuple[str, int]]:
    """(table, class) that these facts may have changed; two questions."""
    sessions: set[str] = set()
    people: set[str] = set()
    for entry in entries:
        if entry.fact in HEARD:
            sessions.update(entry.payload.get("sessions", ()))
            sessions.update(one for one in (entry.payload.get("session"),) if one)
            people.update(one for one in (entry.payload.get("attendance"),) if one)
    if sessions:
        rows = SessionCohort.objects.filter(session__public_id__in=sessions).order_by()
        yield from (("hours", pk) for pk in rows.values_list("cohort_id", flat=True).distinct())
    if people:
        held = Attendance._base_manager.filter(public_id__in=people).order_by()
        yield from (("hours", pk) for pk in held.values_list("enrolment__cohort_id", flat=True).distinct())
