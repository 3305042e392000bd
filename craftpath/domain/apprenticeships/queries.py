"""Reading cohorts and enrolments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.db.models import Count, F, FilteredRelation, OuterRef, Q, Subquery

from craftpath.domain.apprenticeships.models import (
    Cohort,
    Enrolment,
    EnrolmentParty,
    PartyRole,
    StageProgress,
)
from craftpath.domain.programmes.queries import STAGE_FIELDS, stage_from, stages_by_programme
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person

if TYPE_CHECKING:
    from craftpath.domain.programmes.models import Stage


_WITHOUT_PASSWORD = Q(person__password__startswith=UNUSABLE_PASSWORD_PREFIX)  # cannot sign in yet


def cohorts() -> models.QuerySet[Cohort]:
    """The cohorts of the open scope, newest first."""
    return Cohort.objects.select_related("programme", "organisation").order_by("-starts_on", "pk")


def with_path(cohorts: models.QuerySet[Cohort]) -> tuple[Cohort, list[Stage]] | None:
    """The one cohort that these are, with its path in order; None if they are none. One query."""
    told = {f"of_{name}": F(f"programme__stages__{name}") for name in STAGE_FIELDS}
    rows = list(cohorts.annotate(**told).order_by("programme__stages__order"))
    found = [[getattr(row, f"of_{name}") for name in STAGE_FIELDS] for row in rows]
    return (rows[0], [stage_from(values) for values in found if values[0] is not None]) if rows else None


def with_people(cohorts: models.QuerySet[Cohort]) -> models.QuerySet[Cohort]:
    """The same, each with the number of its active apprentices as `people`."""
    return cohorts.annotate(people=Count("enrolments", filter=Q(enrolments__state="active")))


def enrolments() -> models.QuerySet[Enrolment]:
    """The enrolments of the open scope, with person, enterprise and cohort, by number."""
    return Enrolment.objects.select_related(
        "person", "enterprise", "cohort", "cohort__programme", "cohort__organisation"
    ).order_by("number", "pk")


def active_with_parties() -> models.QuerySet[Enrolment]:
    """The active enrolments of the open scope as bare rows, for conditions over their `parties`."""
    return Enrolment.objects.filter(state="active").order_by()


def enrolments_of(person: Person) -> models.QuerySet[Enrolment]:
    """One person's own enrolments, the newest first."""
    return enrolments().filter(person=person).order_by("-starts_on", "-pk")


def next_number(cohort: Cohort) -> str:
    """A student number that nobody in the cohort has: one above the highest, else the year and 01."""
    numbers = Enrolment._base_manager.filter(cohort=cohort).values_list("number", flat=True)
    digits = sorted((number for number in numbers if number.isascii() and number.isdigit()), key=int)
    if not digits:
        return f"{cohort.starts_on.year}01"
    return f"{int(digits[-1]) + 1:0{len(digits[-1])}}"


def enrolments_with(person: Person, role: str = PartyRole.MENTOR) -> models.QuerySet[Enrolment]:
    """The active apprentices to whom somebody is mentor, trainer or assessor today."""
    mine = EnrolmentParty.objects.filter(person=person, role=role, ends_on__isnull=True)
    return enrolments().filter(pk__in=mine.values("enrolment_id"), state="active")


def hosts_below(organisation: Organisation) -> set[int]:
    """The organisations where active apprentices of cohorts here and below are learning; one query."""
    rows = Enrolment._base_manager.filter(
        cohort__organisation__path__startswith=organisation.path, enterprise__isnull=False, state="active"
    )
    return set(rows.order_by().values_list("enterprise_id", flat=True).distinct())


def other_sides(
    places: models.QuerySet[Any, Any],
) -> tuple[models.QuerySet[Any, Any], models.QuerySet[Any, Any]]:
    """(where active apprentices of these places learn, whose apprentices learn at them), for a query around them."""
    active = Enrolment._base_manager.filter(state="active", enterprise__isnull=False).order_by()
    hosts = active.filter(cohort__organisation__in=places).values("enterprise_id")
    return hosts, active.filter(enterprise__in=places).values("cohort__organisation_id")


def hold(enrolment_ids: Iterable[int]) -> None:
    """Keep others from writing about these apprentices until the open transaction ends; in a fixed order."""
    rows = Enrolment._base_manager.select_for_update(of=("self",), no_key=True).order_by("pk")
    list(rows.filter(pk__in=set(enrolment_ids)).values_list("pk"))


def enrolments_worked_with(person: Person) -> models.QuerySet[EnrolmentParty, int]:
    """The ids of the enrolments to whom somebody is mentor or trainer today, as a condition of another question."""
    rows = EnrolmentParty.objects.filter(
        person=person, role__in=(PartyRole.MENTOR, PartyRole.TRAINER), ends_on__isnull=True
    )
    return rows.values_list("enrolment_id", flat=True)


def working_with(person: Person) -> set[int]:
    """The same, asked for: one query."""
    return set(enrolments_worked_with(person))


def everybody_in(cohort_ids: Iterable[int], first: date, last: date, *reads: str) -> list[Enrolment]:
    """Everybody who is in these cohorts on some day from `first` to `last`, by number; with `reads`, such as "person".

    Whatever the reader sees: whoever teaches a class calls all its names. The caller has asked for that right.
    """
    rows = Enrolment._base_manager.filter(cohort__in=set(cohort_ids), starts_on__lte=last)
    rows = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=first))
    return list((rows.select_related(*reads) if reads else rows).order_by("number", "pk"))


def parties_in(cohort_ids: Iterable[int]) -> models.QuerySet[EnrolmentParty, int]:
    """The ids of the people who work with an apprentice of these cohorts today."""
    rows = EnrolmentParty.objects.filter(enrolment__cohort__in=set(cohort_ids), ends_on__isnull=True)
    return rows.order_by().values_list("person_id", flat=True)


def mentors_of(enrolments: Iterable[Enrolment]) -> dict[int, list[Person]]:
    """enrolment id → its mentors of today."""
    found: dict[int, list[Person]] = {}
    rows = EnrolmentParty.objects.filter(
        enrolment__in=[row.pk for row in enrolments], role=PartyRole.MENTOR, ends_on__isnull=True
    ).select_related("person")
    for row in rows.order_by("pk"):
        found.setdefault(row.enrolment_id, []).append(row.person)
    return found


def mentor_today(enrolment: str) -> Subquery:
    """As a column: the mentor of today of the enrolment in this field, the first of several; null without one."""
    rows = EnrolmentParty.objects.filter(
        enrolment=OuterRef(enrolment), role=PartyRole.MENTOR, ends_on__isnull=True
    )
    return Subquery(rows.order_by("pk").values("person_id")[:1])


def mentors_in(cohort_id: int) -> dict[int, list[Person]]:
    """The same for everybody whom the reader sees in a cohort; two queries, and one object for each mentor."""
    seen = Enrolment.objects.filter(cohort=cohort_id).order_by()
    rows = EnrolmentParty.objects.filter(
        enrolment__in=seen.values("pk"), role=PartyRole.MENTOR, ends_on__isnull=True
    )
    people = {person.pk: person for person in Person.objects.filter(pk__in=rows.values("person_id"))}
    found: dict[int, list[Person]] = {}
    for enrolment, person in rows.order_by("pk").values_list("enrolment_id", "person_id"):
        found.setdefault(enrolment, []).append(people[person])
    return found


def current_stages(cohort_id: int) -> dict[int, str]:
    """enrolment id → key of the stage that is open, else of the last one passed; one query for a whole cohort."""
    seen = Enrolment.objects.filter(cohort=cohort_id).order_by()
    rows = StageProgress.objects.filter(enrolment__in=seen.values("pk")).order_by("stage__order", "pk")
    found: dict[int, str] = {}
    opened: set[int] = set()
    for enrolment, key, state in rows.values_list("enrolment_id", "stage__key", "state"):
        if enrolment in opened:
            continue
        found[enrolment] = key
        if state == "open":
            opened.add(enrolment)
    return found


@dataclass(frozen=True, slots=True)
class Learner:
    """One apprentice as a line of a table; `stage_id` is the open stage, else the last one passed, None before both."""

    pk: int
    public_id: str
    number: str
    name: str
    enterprise: Mapping[str, str] | None
    stage_id: int | None
    mentors: list[str]


def learners(rows: models.QuerySet[Enrolment]) -> list[Learner]:
    """These enrolments, which may be a slice, by number, with stage and today's mentors; one query."""
    begun = StageProgress.objects.filter(enrolment=OuterRef("pk"))
    mentor = Q(parties__role=PartyRole.MENTOR, parties__ends_on__isnull=True)
    told = (
        Enrolment._base_manager.filter(pk__in=rows.values("pk"))  # rows that the caller sees already
        .annotate(
            mentor=FilteredRelation("parties", condition=mentor),
            # "open" stands before "passed", and nobody is in two stages at once.
            at=Subquery(begun.order_by("state", "-stage__order").values("stage_id")[:1]),
        )
        .order_by("number", "pk", "mentor__pk")
        .values_list(
            "pk", "public_id", "number", "person__name", "enterprise__name", "at", "mentor__person__name"
        )
    )
    found: dict[int, Learner] = {}
    for pk, public_id, number, name, enterprise, at, mentor_name in told:
        if pk not in found:
            found[pk] = Learner(pk, public_id, number, name, enterprise, at, [])
        if mentor_name is not None:
            found[pk].mentors.append(mentor_name)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class InStage:
    """A stage in which somebody is now: its place on the path, its name as JSON, how many are in it."""

    order: int
    name: Mapping[str, str]
    people: int


@dataclass(slots=True)
class Headcount:
    """The active apprentices of one cohort whom the reader sees: all, without a password, by stage id."""

    people: int = 0
    without_password: int = 0
    stages: dict[int, InStage] = field(default_factory=dict)

    def in_stage(self, stage_id: int) -> int:
        """How many are in this stage now."""
        return self.stages[stage_id].people if stage_id in self.stages else 0


def headcounts(cohort_ids: Iterable[int]) -> dict[int, Headcount]:
    """cohort id → its headcount, of every one of them; one query. Nobody is in two stages at once."""
    found = {pk: Headcount() for pk in cohort_ids}
    rows = (
        Enrolment.objects.filter(cohort__in=list(found), state="active")
        .annotate(now=FilteredRelation("progress", condition=Q(progress__state="open")))
        .values_list("cohort_id", "now__stage_id", "now__stage__order", "now__stage__name")
        .annotate(people=Count("pk"), without=Count("pk", filter=_WITHOUT_PASSWORD))
        .order_by()
    )
    for cohort, stage, order, name, people, without in rows:
        count = found[cohort]
        count.people += people
        count.without_password += without
        if stage is not None:
            count.stages[stage] = InStage(order, name, people)
    return found


def begun_stages() -> models.QuerySet[StageProgress]:
    """Every stage that somebody has begun or passed, whoever asks: for conditions of other questions."""
    return StageProgress.objects.order_by("pk")


def open_stages() -> models.QuerySet[StageProgress]:
    """Whoever is in a stage now: for conditions of other tables."""
    return StageProgress.objects.filter(state="open")


@dataclass(frozen=True, slots=True)
class Step:
    """One stage on an apprentice's path; `state` is locked, open or passed."""

    stage: Stage
    state: str
    opened_on: date | None = None
    passed_on: date | None = None
    passed_by: Person | None = None
    basis: str = ""


def path_of(enrolment: Enrolment) -> list[Step]:
    """The whole path of one apprentice, stages not begun included."""
    return paths_of([enrolment])[enrolment.pk]


def paths_of(rows: Iterable[Enrolment]) -> dict[int, list[Step]]:
    """enrolment id → path; two queries however many."""
    rows = list(rows)
    stages = stages_by_programme(row.cohort.programme_id for row in rows)
    begun = {
        (row.enrolment_id, row.stage_id): row
        for row in StageProgress.objects.filter(enrolment__in=[row.pk for row in rows]).select_related(
            "passed_by"
        )
    }
    return {
        row.pk: [
            _step(stage, begun.get((row.pk, stage.pk))) for stage in stages.get(row.cohort.programme_id, [])
        ]
        for row in rows
    }


def _step(stage: Stage, progress: StageProgress | None) -> Step:
    if progress is None:
        return Step(stage, "locked")
    return Step(
        stage, progress.state, progress.opened_on, progress.passed_on, progress.passed_by, progress.basis
    )


def enrolments_in_stage(cohort_id: int, stage_id: int) -> models.QuerySet[Enrolment]:
    """Those of a cohort who begin, or began, this stage here; a stage taken over from before is not theirs."""
    begun = StageProgress.objects.filter(stage=stage_id).exclude(basis="taken_over")
    return Enrolment.objects.filter(cohort=cohort_id, pk__in=begun.values("enrolment_id")).order_by("pk")


def mentor_names(cohort_id: int) -> dict[int, list[str]]:
    """enrolment id → the names of today's mentors of everybody whom the reader sees there; one query."""
    seen = Enrolment.objects.filter(cohort=cohort_id).order_by()
    rows = EnrolmentParty.objects.filter(
        enrolment__in=seen.values("pk"), role=PartyRole.MENTOR, ends_on__isnull=True
    )
    found: dict[int, list[str]] = {}
    for who, name in rows.order_by("pk").values_list("enrolment_id", "person__name"):
        found.setdefault(who, []).append(name)
    return found


def each_since(since: Mapping[int, date], day: str, *, enrolment: str = "enrolment") -> Q:
    """The condition that rows are of these enrolments, each from a day of its own on; `day` names the column."""
    groups: dict[date, list[int]] = {}
    for pk, first in since.items():
        groups.setdefault(first, []).append(pk)
    found = Q(pk__in=[])
    for first, ids in groups.items():
        found |= Q(**{f"{enrolment}__in": ids, f"{day}__gte": first})
    return found


def each_within(windows: Mapping[int, tuple[date, date]], day: str, *, enrolment: str = "enrolment") -> Q:
    """The same, each from a day of its own to another one, both included."""
    groups: dict[tuple[date, date], list[int]] = {}
    for pk, window in windows.items():
        groups.setdefault(window, []).append(pk)
    found = Q(pk__in=[])
    for (first, last), ids in groups.items():
        found |= Q(**{f"{enrolment}__in": ids, f"{day}__gte": first, f"{day}__lte": last})
    return found


@dataclass(frozen=True, slots=True)
class Company:
    """How many active apprentices there are, oneself counted: at the enterprise, of the mentor, in the cohort."""

    at_enterprise: int
    of_mentor: int
    in_cohort: int


def headcounts_for(asked: Mapping[int, tuple[int, int | None, int]]) -> dict[int, Company]:
    """enrolment id → its company at (enterprise, mentor, cohort), whether it is there already or not; three queries."""
    active = Enrolment._base_manager.filter(state="active").order_by()
    hosts = _ids(active.filter(enterprise__in={one[0] for one in asked.values()}), "enterprise_id")
    classes = _ids(active.filter(cohort__in={one[2] for one in asked.values()}), "cohort_id")
    parties = EnrolmentParty.objects.filter(
        person__in={one[1] for one in asked.values() if one[1] is not None},
        role=PartyRole.MENTOR,
        ends_on__isnull=True,
        enrolment__state="active",
    )
    mentors: dict[int, set[int]] = {}
    for person, enrolment in parties.values_list("person_id", "enrolment_id"):
        mentors.setdefault(person, set()).add(enrolment)
    return {
        pk: Company(
            len(hosts.get(host, set()) | {pk}),
            len(mentors.get(mentor, set()) | {pk}) if mentor is not None else 0,
            len(classes.get(cohort, set()) | {pk}),
        )
        for pk, (host, mentor, cohort) in asked.items()
    }


def _ids(rows: models.QuerySet[Enrolment], field: str) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for key, pk in rows.values_list(field, "pk"):
        found.setdefault(key, set()).add(pk)
    return found


def stage_windows(
    cohort_id: int, stage_id: int, last: date, enrolments: Iterable[int] | None = None
) -> dict[int, tuple[date, date]]:
    """enrolment id → its first and its last day in a stage up to `last`, of everybody in it or of some; one query.

    Whoever asks: a result belongs to its evaluation. The day of passing belongs to the next stage.
    """
    rows = StageProgress.objects.filter(stage=stage_id, enrolment__cohort=cohort_id)
    rows = rows.exclude(basis="taken_over").order_by()
    if enrolments is not None:
        rows = rows.filter(enrolment__in=list(enrolments))
    found = {}
    for who, opened, starts, passed, ended in rows.values_list(
        "enrolment_id", "opened_on", "enrolment__starts_on", "passed_on", "enrolment__ended_on"
    ):
        ends = min([day - timedelta(days=1) for day in (passed, ended) if day is not None] + [last])
        found[who] = (max(opened, starts), ends)
    return found


def cohorts_of(enrolments: Iterable[int]) -> dict[int, int]:
    """enrolment id → cohort id; one query."""
    rows = Enrolment._base_manager.filter(pk__in=list(enrolments)).order_by()
    return dict(rows.values_list("pk", "cohort_id"))
