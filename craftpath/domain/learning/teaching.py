"""Which sessions somebody teaches: of some classes, or wherever; whoever sees them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from craftpath.domain.learning.models import SessionCohort, SessionTeacher


@dataclass(frozen=True, slots=True)
class TaughtSession:
    """A session of one of its teachers; `on` is the day where it is held, `title` both languages."""

    public_id: str
    person_id: int
    cohorts: frozenset[int]
    starts_at: datetime
    ends_at: datetime
    on: date
    bucket: str
    title: dict[str, Any]
    state: str

    @property
    def minutes(self) -> int:
        """How long it is."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


def sessions_taught_by(
    person_ids: Iterable[int], start: datetime, end: datetime, *, cohorts: Iterable[int] | None = None
) -> list[TaughtSession]:
    """What these people teach between two moments, of some classes or of all, by time; two queries.

    Cancelled ones are left out. Who teaches together has a line each.
    """
    rows = SessionTeacher.objects.filter(
        person__in=set(person_ids), session__starts_at__lt=end, session__ends_at__gt=start
    ).exclude(session__state="cancelled")
    if cohorts is not None:
        held = SessionCohort.objects.filter(cohort__in=set(cohorts)).order_by()
        rows = rows.filter(session__in=held.values("session_id"))
    rows = rows.select_related("session__organisation").order_by("session__starts_at", "pk")
    found = list(rows)
    classes: dict[int, set[int]] = defaultdict(set)
    links = SessionCohort.objects.filter(session__in={row.session_id for row in found})
    for session, cohort in links.values_list("session_id", "cohort_id"):
        classes[session].add(cohort)
    return [
        TaughtSession(
            public_id=row.session.public_id,
            person_id=row.person_id,
            cohorts=frozenset(classes[row.session_id]),
            starts_at=row.session.starts_at,
            ends_at=row.session.ends_at,
            on=row.session.starts_at.astimezone(ZoneInfo(row.session.organisation.time_zone)).date(),
            bucket=row.session.bucket,
            title=row.session.title,
            state=row.session.state,
        )
        for row in found
    ]
