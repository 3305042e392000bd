"""What is asked of very many apprenticeships at once, on one day, today or past: who is in training, who has a mentor.

Whatever the reader sees: whoever keeps counts current asks for everybody, and pages ask who may read them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q

from craftpath.domain.apprenticeships.models import (
    Cohort,
    Enrolment,
    EnrolmentParty,
    PartyRole,
    StageProgress,
)
from craftpath.kernel.organisations import Organisation, span

GOOD_ENDS = ("completed", "expired", "transfer")
"""Reason codes of endings with which nobody left early; `expired` is a last day that had been planned."""


@dataclass(frozen=True, slots=True)
class Among:
    """Enrolments by their ids: these few, or all in (after, until]."""

    these: tuple[int, ...] | None = None
    after: int = 0
    until: int = 0

    @classmethod
    def of(cls, ids: Iterable[int]) -> Among:
        """These few."""
        return cls(tuple(sorted(set(ids))))

    def where(self, name: str) -> Q:
        """The condition that the id in `name` is among them."""
        if self.these is not None:
            return Q(**{f"{name}__in": self.these})
        return Q(**{f"{name}__gt": self.after, f"{name}__lte": self.until})


@dataclass(frozen=True, slots=True)
class InTraining:
    """One apprenticeship on a day, with its college and the path of that."""

    pk: int
    starts_on: date
    cohort: int
    college: int
    path: str


def last_enrolment() -> int:
    """The greatest id that there is; 0 for none."""
    return Enrolment._base_manager.aggregate(last=Max("pk"))["last"] or 0


def portions(size: int) -> list[Among]:
    """All enrolments in portions of about so many ids, by their order; two queries."""
    last = last_enrolment()
    return [Among(after=at, until=min(at + size, last)) for at in range(0, last, size)]


def in_training(among: Among, day: date | None = None) -> list[InTraining]:
    """Who is active now, or was in training on a past day; one query."""
    rows = Enrolment._base_manager.filter(among.where("pk")).order_by("pk")
    if day is None:
        rows = rows.filter(state="active")
    else:
        rows = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), starts_on__lte=day)
        rows = rows.exclude(state="enrolled")
    told = rows.values_list(
        "pk", "starts_on", "cohort_id", "cohort__organisation_id", "cohort__organisation__path"
    )
    return [InTraining(*row) for row in told]


def cohorts_with(cohorts: Iterable[int], condition: Any) -> set[int]:
    """Those of these cohorts for which a condition of another table holds; one query."""
    rows = Cohort._base_manager.filter(condition, pk__in=set(cohorts)).order_by()
    return set(rows.values_list("pk", flat=True))


def mentored(among: Among, day: date) -> dict[int, tuple[bool, date | None]]:
    """enrolment id → (whether it has a mentor on this day, when the last one went); not of those who never had one."""
    there = Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    rows = EnrolmentParty.objects.filter(among.where("enrolment"), role=PartyRole.MENTOR, starts_on__lte=day)
    told = (
        rows.order_by()
        .values_list("enrolment_id")
        .annotate(now=Count("pk", filter=there), last=Max("ends_on", filter=Q(ends_on__lte=day)))
    )
    return {who: (bool(now), last) for who, now, last in told}


def stages_begun(among: Among) -> list[tuple[int, int, date, int]]:
    """(enrolment id, stage id, opened on, planned months) of the stages that are open, where months are planned."""
    rows = StageProgress.objects.filter(among.where("enrolment"), state="open", stage__default_months__gt=0)
    return list(rows.order_by().values_list("enrolment_id", "stage_id", "opened_on", "stage__default_months"))


@dataclass(frozen=True, slots=True)
class Course:
    """How one apprenticeship went: from when to when, and whether it ended early; None where it goes on.

    The rest is what it is grouped by where that is recorded: the birth date, the trade, the enterprise, the college.
    """

    pk: int
    person: str
    starts_on: date
    ended_on: date | None
    left: bool
    planned_end: date | None
    birth: date | None
    trade: dict[str, str]
    enterprise: int | None
    college: dict[str, str]


def courses_begun_before(day: date, most: int) -> list[Course]:
    """Apprenticeships that began before a day, the newest first, at most so many; one query."""
    rows = Enrolment._base_manager.filter(starts_on__lt=day).exclude(state="enrolled").order_by("-pk")
    told = rows.values_list(
        "pk", "person__public_id", "starts_on", "ended_on", "state", "ended_because", "cohort__ends_on",
        "person__birth_date", "cohort__occupation", "enterprise_id", "cohort__organisation__name",
    )[:most]  # fmt: skip
    return [
        Course(pk, person, starts, ended, state == "ended" and because not in GOOD_ENDS, planned, *rest)
        for pk, person, starts, ended, state, because, planned, *rest in told
    ]


def active_at(enterprises: Iterable[int]) -> dict[int, int]:
    """enterprise id → how many apprentices have learned there; one query."""
    rows = Enrolment._base_manager.filter(enterprise__in=set(enterprises)).order_by()
    return dict(rows.values_list("enterprise_id").annotate(n=Count("pk")))


def ids_of(public_ids: Iterable[str]) -> list[int]:
    """The ids of these enrolments; one query."""
    rows = Enrolment._base_manager.filter(public_id__in=list(public_ids)).order_by()
    return list(rows.values_list("pk", flat=True))


def ended_between(college: Organisation, first: date, last: date) -> dict[int, tuple[date, bool]]:
    """enrolment id → (ended on, whether early) of a college's that ended in [first, last); one query."""
    rows = Enrolment._base_manager.filter(state="ended", ended_on__gte=first, ended_on__lt=last)
    told = rows.filter(cohort__organisation__path__range=span(college.path)).order_by()
    return {
        pk: (ended, because not in GOOD_ENDS)
        for pk, ended, because in told.values_list("pk", "ended_on", "ended_because")
        if ended is not None  # the question has left those out; types do not know
    }
