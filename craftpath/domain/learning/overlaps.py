"""Which sessions are at the same time as one, and what they share with it: people, a teacher, the place."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from craftpath.domain.learning.models import Session, SessionCohort, SessionTeacher
from craftpath.domain.learning.queries import sessions


@dataclass(frozen=True, slots=True)
class Overlap:
    """Another session; `shares` says what: `people`, `teacher`, `place`."""

    session: Session
    shares: tuple[str, ...]


def overlapping(session: Session) -> list[Overlap]:
    """Other sessions at the same time for somebody of the same cohorts, by a same teacher or in a same place.

    A room is the same where its name is, in one organisation; what is wholly online has none. Six queries at most.
    """
    rows = sessions().filter(starts_at__lt=session.ends_at, ends_at__gt=session.starts_at)
    rows = rows.exclude(pk=session.pk).exclude(state="cancelled")
    people = _ids(rows.filter(_with_people(session)))
    teachers = SessionTeacher.objects.filter(session=session).values("person_id")
    taught = SessionTeacher.objects.filter(person__in=teachers).values("session_id")
    by_teacher = _ids(rows.filter(pk__in=taught))
    there: set[int] = set()
    if session.place.strip() and session.mode != "online":
        rooms = rows.filter(organisation=session.organisation_id, place__iexact=session.place.strip())
        there = _ids(rooms.exclude(mode="online"))
    known = {"people": people, "teacher": by_teacher, "place": there}
    return [
        Overlap(row, tuple(name for name, ids in known.items() if row.pk in ids))
        for row in rows.filter(pk__in=people | by_teacher | there)
    ]


def _with_people(session: Session) -> Q:
    mine = SessionCohort.objects.filter(session=session).values("cohort_id")
    same = SessionCohort.objects.filter(cohort__in=mine)
    people = SessionCohort.objects.filter(cohort__in=mine).values("cohort__enrolments__person_id")
    shared = SessionCohort.objects.filter(cohort__enrolments__person__in=people)
    return Q(pk__in=same.values("session_id")) | Q(pk__in=shared.values("session_id"))


def _ids(rows: QuerySet[Session]) -> set[int]:
    return set(rows.order_by().values_list("pk", flat=True))
