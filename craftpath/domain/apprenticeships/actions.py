"""Writing cohorts, enrolments and stage progress."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships import rules
from craftpath.domain.apprenticeships.contract import (
    activate_enrolment,
    end_contract,
    enrol_person,
    move_enrolment,
    resume_enrolment,
    suspend_enrolment,
)
from craftpath.domain.apprenticeships.facts import (
    CohortCompleted,
    CohortPlanned,
    CohortStarted,
    EnrolmentsEnded,
    PartiesAppointed,
    StagesPassed,
)
from craftpath.domain.apprenticeships.following import follow_parties
from craftpath.domain.apprenticeships.models import (
    Cohort,
    Enrolment,
    EnrolmentParty,
    PartyRole,
    StageProgress,
)
from craftpath.domain.apprenticeships.roster import RosterEntry, RosterOutcome, take_roster
from craftpath.domain.apprenticeships.states import COHORT, ENROLMENT, STAGE
from craftpath.domain.programmes.queries import stage_after
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.programmes.models import Programme, Stage
    from craftpath.kernel.people import Person


__all__ = [
    "RosterEntry",
    "RosterOutcome",
    "activate_enrolment",
    "appoint",
    "complete_cohort",
    "end_contract",
    "end_enrolments",
    "enrol_person",
    "follow_parties",
    "move_enrolment",
    "pass_stages",
    "plan_cohort",
    "ref",
    "resume_enrolment",
    "start_cohort",
    "suspend_enrolment",
    "take_roster",
]


def ref(cohort: Cohort) -> Ref:
    """The pointer that other rows keep."""
    return Ref("apprenticeships", "cohort", cohort.public_id)


@action
def plan_cohort(
    *,
    organisation: Organisation,
    programme: Programme,
    name: dict[str, str],
    occupation: dict[str, str],
    starts_on: date,
    ends_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Cohort:
    """Make a cohort that follows a programme version; one of the same name and first day is refused."""
    require(by.may_at(Permission.MANAGE_COHORTS, organisation))
    # Two presses of one button stand in line here, so that the second one finds the first one's cohort.
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    for other in Cohort.objects.filter(organisation=organisation, programme=programme, starts_on=starts_on):
        if other.name == name:
            raise Refused(not_now("apprenticeships.cohort_exists", cohort=other.public_id))
    cohort = Cohort(
        organisation=organisation,
        programme=programme,
        name=name,
        occupation=occupation,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    cohort.save()
    tell(CohortPlanned(cohort=cohort.public_id), by=by, at=at, organisation=organisation, subject=ref(cohort))
    return cohort


@action
def start_cohort(cohort: Cohort, *, by: Actor, at: datetime) -> Cohort:
    """Begin: from now on it counts as running."""
    cohort = _move(cohort, "start", by=by)
    tell(
        CohortStarted(cohort=cohort.public_id),
        by=by,
        at=at,
        organisation=cohort.organisation,
        subject=ref(cohort),
    )
    return cohort


@action
def complete_cohort(cohort: Cohort, *, by: Actor, at: datetime) -> Cohort:
    """End: nobody is enrolled any more; the record stays."""
    cohort = _move(cohort, "complete", by=by)
    tell(
        CohortCompleted(cohort=cohort.public_id),
        by=by,
        at=at,
        organisation=cohort.organisation,
        subject=ref(cohort),
    )
    return cohort


def _move(cohort: Cohort, move: str, *, by: Actor) -> Cohort:
    cohort = Cohort.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=cohort.pk)
    require(rules.may_manage(by, cohort))
    cohort.state = COHORT.after(cohort.state, move)
    cohort.save(update_fields=["state"])
    return cohort


def _cohort_of(enrolments: Sequence[Enrolment], *, by: Actor) -> Cohort:
    """The one cohort that a decision about several people is made in; refused for none, for two, for another's."""
    found = {row.cohort_id for row in enrolments}
    if len(found) != 1:
        raise Refused(not_now("apprenticeships.not_one_cohort"))
    cohort = Cohort.objects.select_related("organisation").get(pk=found.pop())
    require(rules.may_manage(by, cohort))
    return cohort


@action
def end_enrolments(
    enrolments: Sequence[Enrolment], *, because: str, on: date, by: Actor, at: datetime
) -> None:
    """Record that apprentices left, with the reason; their marks and results stay."""
    cohort = _cohort_of(enrolments, by=by)
    rows = list(
        Enrolment.objects.select_for_update(of=("self",))
        .filter(pk__in=[row.pk for row in enrolments])
        .order_by("pk")
    )
    for row in rows:
        row.state = ENROLMENT.after(row.state, "end")
        row.ended_on, row.ended_because = on, because
    Enrolment.objects.bulk_update(rows, ["state", "ended_on", "ended_because"])
    told = EnrolmentsEnded(enrolments=[row.public_id for row in rows], because=because)
    tell(told, by=by, at=at, organisation=cohort.organisation, subject=ref(cohort))


@action
def pass_stages(
    enrolments: Sequence[Enrolment],
    *,
    stage: Stage,
    on: date,
    basis: str = "decision",
    by: Actor,
    at: datetime,
) -> None:
    """Record the decision that these apprentices passed a stage, and open the next one for them."""
    cohort = _cohort_of(enrolments, by=by)
    rows = list(
        StageProgress.objects.select_for_update(of=("self",))
        .filter(enrolment__in=[row.pk for row in enrolments], stage=stage, state="open")
        .order_by("pk")
    )
    if len(rows) != len(enrolments):
        raise Refused(not_now("apprenticeships.stage_not_open", count=len(enrolments) - len(rows)))
    for row in rows:
        row.state = STAGE.after(row.state, "pass")
        row.passed_on, row.passed_by, row.basis = on, by.person, basis
    StageProgress.objects.bulk_update(rows, ["state", "passed_on", "passed_by", "basis"])
    following = stage_after(stage)
    if following is not None:
        StageProgress.objects.bulk_create(
            StageProgress(enrolment=row, stage=following, opened_on=on) for row in enrolments
        )
    told = StagesPassed(
        cohort=cohort.public_id,
        enrolments=[row.public_id for row in enrolments],
        stage=stage.key,
        opened=following.key if following else "",
    )
    tell(told, by=by, at=at, organisation=cohort.organisation, subject=ref(cohort))


@action
def appoint(
    enrolments: Sequence[Enrolment], *, person: Person, role: str, on: date, by: Actor, at: datetime
) -> int:
    """Make somebody mentor, trainer or assessor of apprentices; those whom it already is are left out."""
    cohort = _cohort_of(enrolments, by=by)
    role = PartyRole(role)
    held = set(
        EnrolmentParty.objects.filter(person=person, role=role, ends_on__isnull=True).values_list(
            "enrolment_id", flat=True
        )
    )
    new = [row for row in enrolments if row.pk not in held]
    EnrolmentParty.objects.bulk_create(
        EnrolmentParty(enrolment=row, person=person, role=role, starts_on=on) for row in new
    )
    if new:
        told = PartiesAppointed([row.public_id for row in new], person=person.public_id, role=role)
        tell(told, by=by, at=at, organisation=cohort.organisation, subject=ref(cohort))
    return len(new)
