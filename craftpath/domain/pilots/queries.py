"""Reading pilots, rounds, steps, changes, cases and reports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Prefetch, Q

from craftpath.domain.pilots.models import (
    CountryCase,
    Cycle,
    Deliverable,
    KeptCase,
    Pilot,
    PilotChange,
    PilotMember,
    PilotRound,
    RoundReport,
    RoundStep,
    StepEvent,
)
from craftpath.kernel.access import memberships_on
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person


def pilots() -> models.QuerySet[Pilot]:
    """The pilots of the open scope with office and members, those that run first; two queries."""
    members = PilotMember.objects.select_related("organisation").order_by("pk")
    rows = Pilot.objects.select_related("organisation").prefetch_related(Prefetch("members", members))
    return rows.order_by("-state", "-starts_on", "pk")


def cycles() -> models.QuerySet[Cycle]:
    """Presets and the versions that the reader's organisations wrote, the newest first."""
    rows = Cycle.objects.select_related("organisation", "made_by")
    return rows.order_by(models.F("organisation").desc(nulls_last=True), "key", "-version")


def newest_cycles() -> list[Cycle]:
    """Of each the newest version, presets last: what a new round may begin on. One query."""
    found: dict[tuple[int | None, str], Cycle] = {}
    for row in cycles():
        found.setdefault((row.organisation_id, row.key), row)
    return list(found.values())


def rounds_of(some: Iterable[Pilot]) -> dict[int, list[PilotRound]]:
    """pilot id → its rounds by number, each with cycle, steps and owners; two queries."""
    steps = RoundStep._base_manager.select_related("owner", "closed_by").order_by("order")
    rows = PilotRound.objects.filter(pilot__in=[one.pk for one in some]).select_related("cycle")
    found: dict[int, list[PilotRound]] = {}
    for row in rows.prefetch_related(Prefetch("steps", steps)).order_by("number"):
        for step in row.steps.all():
            step.round = row
        found.setdefault(row.pilot_id, []).append(row)
    return found


def last_given(step_ids: Iterable[int]) -> dict[int, tuple[datetime, int]]:
    """step id → when something was handed in last, and how much there is; one query."""
    rows = Deliverable.objects.filter(step__in=list(step_ids), taken_back_at__isnull=True).order_by()
    told = rows.values_list("step_id").annotate(last=models.Max("given_at"), count=models.Count("pk"))
    return {pk: (last, count) for pk, last, count in told}


def steps_of(row: PilotRound) -> list[RoundStep]:
    """The steps in order with owners, history, deliverables and cases at hand; five queries."""
    rows = RoundStep.objects.filter(round=row).select_related("owner", "place", "closed_by", "round__pilot")
    given = Deliverable.objects.select_related("given_by", "kept").order_by("pk")
    events = StepEvent.objects.select_related("person").order_by("at", "pk")
    cases = KeptCase.objects.select_related("case", "kept_by").order_by("pk")
    found = list(
        rows.prefetch_related(
            Prefetch("deliverables", given), Prefetch("events", events), Prefetch("cases", cases)
        ).order_by("order")
    )
    for step in found:
        step.round = row
    return found


def changes_of(row: PilotRound) -> list[PilotChange]:
    """What was raised in a round; one query."""
    rows = PilotChange.objects.filter(round=row).select_related("owner", "raised_by", "decided_by")
    return list(rows.order_by("pk"))


def carried_into(row: PilotRound) -> list[PilotChange]:
    """Changes that a round starts from: accepted in the round before, or in an earlier one and not carried out by then.

    What was put off in an earlier round comes along too, to be decided again. One query.
    """
    rows = PilotChange._base_manager.filter(round__pilot=row.pilot_id, round__number__lt=row.number)
    before = Q(round__number=row.number - 1, state__in=("accepted", "finished"))
    carried = Q(state="accepted") | Q(state="postponed")
    late = Q(state="finished", finished_at__gt=row.opened_at)
    rows = rows.filter(before | carried | late)
    return list(rows.select_related("owner", "round", "decided_by").order_by("round__number", "pk"))


def changes() -> models.QuerySet[PilotChange]:
    """Changes of the open scope."""
    return PilotChange.objects.select_related("round__pilot__organisation", "owner").order_by("pk")


def steps() -> models.QuerySet[RoundStep]:
    """Steps of the open scope."""
    rows = RoundStep.objects.select_related("round__pilot__organisation", "round__cycle", "owner")
    return rows.order_by("round", "order")


def own_steps(person: Person) -> list[RoundStep]:
    """Somebody's own open steps, the nearest day first; one query."""
    rows = steps().filter(owner=person, state="open", round__pilot__state="running")
    return list(rows.order_by(models.F("due_on").asc(nulls_last=True), "pk"))


def deliverable(public_id: str) -> models.QuerySet[Deliverable]:
    """A deliverable of a step that the reader sees."""
    seen = RoundStep.objects.order_by().values("pk")
    rows = Deliverable.objects.select_related(
        "step__round__pilot__organisation", "step__round__cycle", "kept"
    )
    return rows.filter(public_id=public_id, step__in=seen)


def cases() -> models.QuerySet[CountryCase]:
    """Cases of the open scope: own ones first, then those that came with the program."""
    rows = CountryCase.objects.select_related("organisation", "published_by")
    return rows.order_by(models.F("organisation").desc(nulls_last=True), "place", "pk")


def reports_of(row: PilotRound) -> list[RoundReport]:
    """The versions of a round's report, the newest first; one query."""
    rows = RoundReport.objects.filter(round=row).select_related("issued_by")
    return list(rows.order_by("-version"))


def newest_reports() -> list[RoundReport]:
    """The newest version of each report that the reader's pilots have issued, the newest first; one query."""
    seen = Pilot.objects.order_by().values("pk")
    rows = RoundReport.objects.filter(round__pilot__in=seen).select_related("round__pilot__organisation")
    newest: dict[int, RoundReport] = {}
    for row in rows.order_by("-issued_at", "-pk")[:400]:
        newest.setdefault(row.round_id, row)
    return list(newest.values())


def who_may_own(pilot: Pilot, today: date) -> list[tuple[Organisation, Person]]:
    """(place, person) of everybody with a role of staff at the office or a member, by place; one query."""
    paths = [pilot.organisation.path, *(one.organisation.path for one in pilot.members.all())]
    within = Q(pk__in=[])
    for path in paths:
        within |= Q(organisation__path=path) if path == paths[0] else Q(organisation__path__startswith=path)
    rows = memberships_on(today).filter(within, person__is_active=True)
    rows = rows.exclude(role__in=[Role.APPRENTICE.value, Role.MENTOR.value, Role.ASSESSOR.value])
    rows = rows.select_related("person", "organisation").order_by("organisation__path", "person__name", "pk")
    found: dict[int, tuple[Organisation, Person]] = {}
    for row in rows:
        found.setdefault(row.person_id, (row.organisation, row.person))
    return list(found.values())


def own_changes(person: Person) -> list[PilotChange]:
    """Changes that somebody has to carry out, the nearest day first; one query."""
    rows = changes().filter(owner=person, state="accepted", round__pilot__state="running")
    return list(rows.order_by(models.F("due_on").asc(nulls_last=True), "pk"))
