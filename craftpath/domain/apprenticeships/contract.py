"""What a contract does to an enrolment: a place before it, active with it, paused, moved and ended by it.

`agreements` calls these. Rosters bring people who learn already and whose papers may lie elsewhere.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from craftpath.domain.apprenticeships import rules
from craftpath.domain.apprenticeships.facts import (
    EnrolmentActivated,
    EnrolmentMoved,
    EnrolmentResumed,
    EnrolmentsEnded,
    EnrolmentSuspended,
    PersonEnrolled,
)
from craftpath.domain.apprenticeships.models import (
    Cohort,
    Enrolment,
    EnrolmentParty,
    PartyRole,
    StageProgress,
)
from craftpath.domain.apprenticeships.roster import path_from
from craftpath.domain.apprenticeships.states import ENROLMENT
from craftpath.domain.programmes.queries import stages_of
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.admission import give_role
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.values.ref import Ref
from craftpath.values.verdict import YES, Refused, not_now, require


@action
def enrol_person(
    cohort: Cohort,
    person: Person,
    *,
    number: str,
    enterprise: Organisation | None,
    starts_on: date,
    by: Actor,
    at: datetime,
) -> Enrolment:
    """Give somebody a place; nobody has two in one cohort."""
    cohort = Cohort.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=cohort.pk)
    require(rules.may_place(by, cohort, enterprise))
    require(rules.can_enrol(cohort))
    held = Enrolment._base_manager.filter(cohort=cohort)
    if held.filter(person=person).exists():
        raise Refused(not_now("apprenticeships.enrolled_already", name=person.name))
    row = Enrolment(cohort=cohort, person=person, number=number, enterprise=enterprise, starts_on=starts_on)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as fault:
        raise Refused(not_now("apprenticeships.number_taken", number=number)) from fault
    give_role([person], cohort.organisation, Role.APPRENTICE, on=localdate(at), by=by, at=at)
    _tell(PersonEnrolled(row.public_id, person.public_id), row, by=by, at=at)
    return row


@action
def activate_enrolment(
    enrolment: Enrolment, *, mentor: Person | None, on: date, by: Actor, at: datetime
) -> Enrolment:
    """From now on an apprentice; the first stage opens. Whoever is active already stays so."""
    row = _locked(enrolment)
    require(rules.may_change_contract(by, row))
    if row.state != "active":
        row.state, row.starts_on = ENROLMENT.after(row.state, "activate"), on
        row.save(update_fields=["state", "starts_on"])
        if not StageProgress.objects.filter(enrolment=row).exists():
            StageProgress.objects.bulk_create(path_from(row, None, stages_of(row.cohort.programme_id)))
        _tell(EnrolmentActivated(row.public_id, row.person.public_id), row, by=by, at=at)
    if mentor is not None:
        _supervised_by(row, mentor, on, by=by, at=at)
    return row


@action
def suspend_enrolment(enrolment: Enrolment, *, because: str, by: Actor, at: datetime) -> None:
    """Let the time rest: no log, no hours, no deadlines until it is resumed."""
    row = _moved(enrolment, "suspend", by=by)
    _tell(EnrolmentSuspended(row.public_id, row.person.public_id, because), row, by=by, at=at)


@action
def resume_enrolment(enrolment: Enrolment, *, by: Actor, at: datetime) -> None:
    """Go on after a pause."""
    row = _moved(enrolment, "resume", by=by)
    _tell(EnrolmentResumed(row.public_id, row.person.public_id), row, by=by, at=at)


@action
def move_enrolment(
    enrolment: Enrolment,
    *,
    enterprise: Organisation,
    mentor: Person | None,
    former: Person | None = None,
    on: date,
    by: Actor,
    at: datetime,
) -> None:
    """Another enterprise, and its mentor in place of the former ones, from a day on.

    At the same enterprise another mentor takes the place of `former` alone: whoever guides beside them stays.
    """
    row = _locked(enrolment)
    before = row.enterprise
    mentors = EnrolmentParty.objects.filter(enrolment=row, role=PartyRole.MENTOR, ends_on__isnull=True)
    if before is None or before.pk != enterprise.pk:
        row.enterprise = enterprise
        row.save(update_fields=["enterprise"])
        mentors.update(ends_on=on)
        told = EnrolmentMoved(
            row.public_id,
            row.person.public_id,
            before.public_id if before else "",
            enterprise.public_id,
        )
        _tell(told, row, by=by, at=at)
    elif former is not None and former != mentor:
        mentors.filter(person=former).update(ends_on=on)
    if mentor is not None:
        _supervised_by(row, mentor, on, by=by, at=at)


@action
def end_contract(enrolment: Enrolment, *, because: str, last_day: date, by: Actor, at: datetime) -> None:
    """The enrolment ends with its contract, when this last day is over; marks and results stay."""
    row = _locked(enrolment)
    require(rules.may_change_contract(by, row))
    row.state = ENROLMENT.after(row.state, "end")
    row.ended_on, row.ended_because = last_day + timedelta(days=1), because
    row.save(update_fields=["state", "ended_on", "ended_because"])
    _tell(EnrolmentsEnded(enrolments=[row.public_id], because=because), row, by=by, at=at)


def _locked(enrolment: Enrolment) -> Enrolment:
    # Whoever signs last for another enterprise may not see the enrolment yet; the caller has asked who may.
    rows = Enrolment._base_manager.select_for_update(of=("self",))
    return rows.select_related("cohort__organisation", "person", "enterprise").get(pk=enrolment.pk)


def _moved(enrolment: Enrolment, move: str, *, by: Actor) -> Enrolment:
    row = _locked(enrolment)
    require(rules.may_change_contract(by, row))
    row.state = ENROLMENT.after(row.state, move)
    row.save(update_fields=["state"])
    return row


def _supervised_by(row: Enrolment, mentor: Person, on: date, *, by: Actor, at: datetime) -> None:
    require(YES if mentor.pk != row.person_id else not_now("apprenticeships.mentor_of_oneself"))
    place = row.enterprise or row.cohort.organisation
    give_role([mentor], place, Role.MENTOR, on=localdate(at), by=by, at=at)
    EnrolmentParty.objects.get_or_create(
        enrolment=row, person=mentor, role=PartyRole.MENTOR, ends_on=None, defaults={"starts_on": on}
    )


def _tell(fact: Fact, row: Enrolment, *, by: Actor, at: datetime) -> None:
    subject = Ref("apprenticeships", "cohort", row.cohort.public_id)
    tell(fact, by=by, at=at, organisation=row.cohort.organisation, subject=subject)
