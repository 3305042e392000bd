"""The active apprentices of cohorts as bare rows, for counts over many cohorts at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q

from craftpath.domain.apprenticeships.models import Cohort, Enrolment, EnrolmentParty, PartyRole

Who = Sequence[int]


@dataclass(frozen=True, slots=True)
class Placed:
    """One active apprentice: where, in which stage (by its key, empty for none), and whether somebody mentors."""

    pk: int
    cohort: int
    college: int
    host: int | None
    stage: str
    mentored: bool
    starts_on: date


def placed(*, cohorts: Iterable[int] | None = None, enrolments: Iterable[int] | None = None) -> list[Placed]:
    """The active ones of these cohorts that are not completed, or of these enrolments; whoever asks. One query."""
    rows = Enrolment._base_manager.filter(state="active").exclude(cohort__state="completed")
    if cohorts is not None:
        rows = rows.filter(cohort__in=list(cohorts))
    if enrolments is not None:
        rows = rows.filter(pk__in=list(enrolments))
    mentors = EnrolmentParty.objects.filter(
        enrolment=OuterRef("pk"), role=PartyRole.MENTOR, ends_on__isnull=True
    )
    found = rows.order_by().annotate(
        now=FilteredRelation("progress", condition=Q(progress__state="open")),
        stage=F("now__stage__key"),
        mentored=Exists(mentors),
    )
    told = found.values_list(
        "pk", "cohort_id", "cohort__organisation_id", "enterprise_id", "stage", "mentored", "starts_on"
    )
    return [
        Placed(pk, at, college, host, stage or "", yes, on) for pk, at, college, host, stage, yes, on in told
    ]


def homes_of(cohorts: Iterable[int]) -> dict[int, int]:
    """cohort id → its college, of those that are not completed; whoever asks. One query."""
    rows = Cohort._base_manager.filter(pk__in=list(cohorts)).exclude(state="completed").order_by()
    return dict(rows.values_list("pk", "organisation_id"))


def cohorts_meant(*, cohorts: Iterable[str] = (), enrolments: Iterable[str] = ()) -> set[int]:
    """The ids of the cohorts that these public ids name, and of those of these enrolments; two queries."""
    named = Cohort._base_manager.filter(public_id__in=set(cohorts)).order_by()
    theirs = Enrolment._base_manager.filter(public_id__in=set(enrolments)).order_by()
    return {*named.values_list("pk", flat=True), *theirs.values_list("cohort_id", flat=True)}


def cohorts_after(pk: int, most: int) -> list[int]:
    """The next cohort ids above one, whoever asks: for whatever goes through all of them; one query."""
    rows = Cohort._base_manager.filter(pk__gt=pk).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:most])


def cohorts_below(organisations: Iterable[int]) -> set[int]:
    """The ids of the cohorts of these organisations, whoever asks; one query."""
    rows = Cohort._base_manager.filter(organisation__in=list(organisations)).order_by()
    return set(rows.values_list("pk", flat=True))
