"""Reading rubrics, practical assessments and what was seen of each apprentice's work."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q

from craftpath.domain.apprenticeships.queries import enrolments_in_stage, mentors_in
from craftpath.domain.judging.models import Exhibit, Judgement, Practical, Rater, Rating, Rubric
from craftpath.domain.judging.settling import Seat, Work, work_of
from craftpath.kernel.access import memberships_on
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.evaluation.models import Evaluation

STAFF_WHO_RATE = (Role.TRAINER, Role.COORDINATOR, Role.ADMINISTRATOR)


def rubrics() -> models.QuerySet[Rubric]:
    """Rubrics of the open scope, the newest version of each first."""
    return Rubric.objects.select_related("organisation", "made_by").order_by("key", "-version")


def newest_rubrics() -> models.QuerySet[Rubric]:
    """The newest version of each, the last written first."""
    newer = Rubric._base_manager.filter(
        organisation=OuterRef("organisation"), key=OuterRef("key"), version__gt=OuterRef("version")
    )
    return rubrics().filter(~Exists(newer)).order_by("-made_at", "-pk")


def usable_rubrics() -> models.QuerySet[Rubric]:
    """Those that a new practical assessment may take: of each the newest that is not retired."""
    newer = Rubric._base_manager.filter(
        organisation=OuterRef("organisation"), key=OuterRef("key"), version__gt=OuterRef("version")
    ).exclude(state="retired")
    return rubrics().filter(~Exists(newer)).exclude(state="retired").order_by("-made_at", "-pk")


def versions_of(rubric: Rubric) -> models.QuerySet[Rubric]:
    """All versions of one rubric, the newest first."""
    return rubrics().filter(organisation=rubric.organisation_id, key=rubric.key)


def practicals() -> models.QuerySet[Practical]:
    """Practical assessments of the open scope, the nearest day first."""
    return Practical.objects.select_related(
        "organisation", "rubric", "evaluation__cohort", "evaluation__stage", "evaluation__scheme"
    ).order_by("due_on", "pk")


def planned_as(evaluation: Evaluation, made_id: uuid.UUID | None) -> Practical | None:
    """The practical assessment that a form of this name has planned already; no query without a name."""
    if made_id is None:
        return None
    return practicals().filter(evaluation=evaluation, made_id=made_id).first()


def judged_items(evaluation: Evaluation) -> dict[str, Practical]:
    """item → its practical assessment, those that are cancelled left out."""
    rows = practicals().filter(evaluation=evaluation).exclude(state="cancelled")
    return {row.item: row for row in rows}


def in_stage(evaluation: Evaluation) -> models.QuerySet[Enrolment]:
    """Who is judged when it is planned: everybody who is in the stage now, by number."""
    rows = enrolments_in_stage(evaluation.cohort_id, evaluation.stage_id).filter(state="active")
    return rows.select_related("person", "enterprise").order_by("number", "pk")


def works(practical: Practical, enrolments: Iterable[int] | None = None) -> dict[int, Work]:
    """enrolment id → how its work stands, for everybody who is judged or for some; three queries however many."""
    return works_of([practical], enrolments).get(practical.pk, {})


def works_of(
    rows: Sequence[Practical], enrolments: Iterable[int] | None = None
) -> dict[int, dict[int, Work]]:
    """practical id → enrolment id → the same, over several; three queries however many."""
    wanted = {} if enrolments is None else {"enrolment__in": list(enrolments)}
    raters = list(
        Rater._base_manager.filter(practical__in=[row.pk for row in rows], **wanted)
        .select_related("person", "enrolment__person")
        .order_by("pk")
    )
    current: dict[int, Rating] = {}
    for rating in Rating._base_manager.filter(rater__in=_ids(raters), is_current=True):
        current[rating.rater_id] = rating
    standing: dict[tuple[int, int], Judgement] = {}
    told = Judgement._base_manager.filter(practical__in=[row.pk for row in rows], **wanted)
    for one in told.select_related("made_by").order_by("number"):
        standing[one.practical_id, one.enrolment_id] = one
    seats: dict[tuple[int, int], list[Seat]] = {}
    for rater in raters:
        seats.setdefault((rater.practical_id, rater.enrolment_id), []).append(
            Seat(rater, current.get(rater.pk))
        )
    known = {row.pk: row for row in rows}
    found: dict[int, dict[int, Work]] = {row.pk: {} for row in rows}
    for (practical, enrolment), here in seats.items():
        found[practical][enrolment] = work_of(known[practical], here, standing.get((practical, enrolment)))
    return found


def _ids(raters: Sequence[Rater]) -> models.QuerySet[Rater, int] | list[int]:
    """Named by the practical where they are many: no statement names ten thousand ids."""
    if len(raters) <= 500:
        return [row.pk for row in raters]
    rows = Rater._base_manager.filter(practical__in={row.practical_id for row in raters})
    return rows.order_by().values_list("pk", flat=True)


@dataclass(frozen=True, slots=True)
class Asked:
    """A practical assessment at which somebody rates: how many works, and how many of them are rated."""

    practical: Practical
    works: int
    rated: int

    @property
    def left(self) -> int:
        """How many still wait."""
        return self.works - self.rated


def asked_of(person: Person) -> list[Asked]:
    """Open practical assessments at which somebody is asked, the nearest day first; two queries."""
    done = Rating._base_manager.filter(rater=OuterRef("pk"), is_current=True)
    counts = {
        pk: (works, rated)
        for pk, works, rated in Rater.objects.filter(
            person=person, excused_at__isnull=True, practical__state="open"
        )
        .annotate(done=Exists(done))
        .order_by()
        .values("practical")
        .annotate(works=Count("pk"), rated=Count("pk", filter=Q(done=True)))
        .values_list("practical", "works", "rated")
    }
    return [Asked(row, *counts[row.pk]) for row in practicals().filter(pk__in=counts)]


def mine_at(practical: Practical, person: Person) -> list[Seat]:
    """The works that somebody is asked to rate here, by number, each with the own current rating; two queries."""
    rows = list(
        Rater.objects.filter(practical=practical, person=person, excused_at__isnull=True)
        .select_related("enrolment__person", "enrolment__enterprise", "person")
        .order_by(F("enrolment__number"), "pk")
    )
    own = Rating._base_manager.filter(rater__in=[row.pk for row in rows], is_current=True)
    current = {rating.rater_id: rating for rating in own}
    return [Seat(row, current.get(row.pk)) for row in rows]


def raters_at(practical: Practical) -> models.QuerySet[Rater]:
    """Everybody who is asked at a practical assessment, as far as the reader sees them."""
    return Rater.objects.filter(practical=practical).select_related(
        "person", "enrolment__person", "practical"
    )


def is_published(practical: Practical, enrolment_id: int) -> bool:
    """Whether a mark of this work stands and is not being looked at anew."""
    rows = Judgement._base_manager.filter(practical=practical, enrolment=enrolment_id)
    return rows.filter(reopened_at__isnull=True).exists()


def exhibits_of(practical: Practical, enrolments: Iterable[int]) -> dict[int, list[Exhibit]]:
    """enrolment id → what was put there, the oldest first; one query."""
    found: dict[int, list[Exhibit]] = {}
    rows = Exhibit.objects.filter(practical=practical, enrolment__in=list(enrolments))
    for row in rows.select_related("added_by", "kept").order_by("pk"):
        found.setdefault(row.enrolment_id, []).append(row)
    return found


def exhibits() -> models.QuerySet[Exhibit]:
    """Exhibits of the open scope with their files."""
    return Exhibit.objects.select_related("kept", "practical__organisation", "enrolment")


def works_by(enrolment_ids: Iterable[int]) -> models.QuerySet[Practical]:
    """Practical assessments at which these apprentices are judged, cancelled ones left out."""
    mine = Rater._base_manager.filter(enrolment__in=list(enrolment_ids)).order_by()
    return practicals().filter(pk__in=mine.values("practical_id")).exclude(state="cancelled")


def judgements_at(practical: Practical, enrolment_id: int) -> list[Judgement]:
    """What was published of one work, the newest first."""
    rows = Judgement.objects.filter(practical=practical, enrolment=enrolment_id)
    return list(rows.select_related("made_by", "reopened_by").order_by("-number"))


def raters() -> models.QuerySet[Rater]:
    """Raters of the open scope with whose work they rate."""
    return Rater.objects.select_related("practical__organisation", "enrolment__person", "person")


def candidates(cohort: Cohort, on: date) -> list[tuple[Person, str]]:
    """Who can be asked to rate a whole cohort, as what: staff, assessors, mentors as masters; three queries.

    Everybody stands there once, as the first that applies.
    """
    path, step = cohort.organisation.path, cohort.organisation.steplen
    near = [path[:end] for end in range(step, len(path), step)]
    held = memberships_on(on).filter(
        Q(organisation__in=cohort.organisation.below()) | Q(organisation__path__in=near),
        role__in=[*STAFF_WHO_RATE, Role.ASSESSOR],
        person__is_active=True,
    )
    rows = held.select_related("person").order_by("person__name", "person_id")
    found = [(row.person, "assessor" if row.role == Role.ASSESSOR else "trainer") for row in rows]
    found.sort(key=lambda one: one[1] != "trainer")
    masters = {person.pk: person for some in mentors_in(cohort.pk).values() for person in some}
    found += [(person, "master") for person in sorted(masters.values(), key=lambda one: one.name)]
    once: dict[int, tuple[Person, str]] = {}
    for person, kind in found:
        once.setdefault(person.pk, (person, kind))
    return list(once.values())


def items_taken(evaluation_ids: Iterable[int]) -> list[tuple[int, str]]:
    """(evaluation id, item) of items that have a practical assessment; one query."""
    rows = Practical._base_manager.filter(evaluation__in=list(evaluation_ids)).exclude(state="cancelled")
    return list(rows.order_by().values_list("evaluation_id", "item"))


def enrolments_named(practical: Practical, public_ids: Iterable[str]) -> dict[str, int]:
    """public id → id of those named who are judged here and whom the reader sees; one query."""
    rows = Rater.objects.filter(practical=practical, enrolment__public_id__in=list(public_ids))
    return dict(rows.order_by().values_list("enrolment__public_id", "enrolment_id"))


def judgements_of(enrolments: Iterable[int]) -> list[Judgement]:
    """What is published and in force of the works of these apprentices; one query."""
    rows = Judgement.objects.filter(enrolment__in=set(enrolments), reopened_at__isnull=True)
    return list(rows.select_related("practical__organisation").order_by("made_at", "pk"))
