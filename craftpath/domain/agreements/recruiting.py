"""Applications for a place in a cohort, and local wage floors, which are entered before agreements are written."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from craftpath.domain.agreements import rules
from craftpath.domain.agreements.drafting import Newcomer, Written, draft_for_newcomer
from craftpath.domain.agreements.facts import (
    ApplicationMade,
    ApplicationMoved,
    FloorConfirmed,
    FloorEntered,
)
from craftpath.domain.agreements.models import Agreement, Application, WageFloor
from craftpath.domain.agreements.queries import suggested
from craftpath.domain.agreements.states import APPLICATION
from craftpath.domain.apprenticeships.rules import can_enrol, may_place
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort


@action
def apply_for_place(
    cohort: Cohort,
    newcomer: Newcomer,
    *,
    enterprise: Organisation | None,
    note: str = "",
    by: Actor,
    at: datetime,
) -> Application:
    """Note that somebody applied; the same name and contact applies once at a time."""
    require(may_place(by, cohort, enterprise))
    require(can_enrol(cohort))
    row = Application(
        cohort=cohort,
        enterprise=enterprise,
        name=newcomer.name,
        name_latin=newcomer.name_latin,
        birth_date=newcomer.birth_date,
        contact=newcomer.email or newcomer.phone,
        note=note.strip(),
        made_by=by.person,
        made_at=at,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as fault:
        raise Refused(not_now("agreements.applied_already", name=newcomer.name)) from fault
    _tell(ApplicationMade(row.public_id), row, by=by, at=at)
    return row


@action
def offer_place(application: Application, *, by: Actor, at: datetime) -> Application:
    """Offer a place."""
    return _move(application, "offer", by=by, at=at)


@action
def decline_application(application: Application, *, by: Actor, at: datetime) -> Application:
    """No place this time."""
    return _move(application, "decline", by=by, at=at)


@action
def withdraw_application(application: Application, *, by: Actor, at: datetime) -> Application:
    """The applicant thought otherwise."""
    return _move(application, "withdraw", by=by, at=at)


@action
def accept_offer(application: Application, *, number: str, by: Actor, at: datetime) -> Agreement:
    """The applicant takes the offered place: a person with a place in the cohort, and a draft to go on with."""
    row = _locked(application, by=by)
    if row.enterprise is None:
        raise Refused(not_now("agreements.no_enterprise"))
    start = max(row.cohort.starts_on, localdate(at))
    ends_on, terms = suggested(row.cohort, row.enterprise, start)
    mail = row.contact if "@" in row.contact else ""
    agreement = draft_for_newcomer(
        row.cohort,
        Newcomer(row.name, row.birth_date, row.name_latin, mail, "" if mail else row.contact[:30]),
        number=number,
        enterprise=row.enterprise,
        written=Written(start, ends_on, terms),
        by=by,
        at=at,
    )
    row.enrolment = agreement.enrolment
    row.state = APPLICATION.after(row.state, "accept")
    row.ended_by, row.ended_at = by.person, at
    row.save(update_fields=["state", "enrolment", "ended_by", "ended_at"])
    _tell(ApplicationMoved(row.public_id, row.state), row, by=by, at=at)
    return agreement


@action
def enter_floor(
    organisation: Organisation,
    *,
    amount: int,
    currency: str,
    per: str,
    valid_from: date,
    source: str,
    by: Actor,
    at: datetime,
) -> WageFloor:
    """Enter a local minimum wage for an organisation and all below it; it waits to be confirmed."""
    require(by.may_at(Permission.MANAGE_AGREEMENTS, organisation))
    row = WageFloor(
        organisation=organisation,
        amount=amount,
        currency=currency,
        per=per,
        valid_from=valid_from,
        source=source.strip(),
        entered_by=by.person,
        entered_at=at,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as fault:
        raise Refused(not_now("agreements.floor_there", day=valid_from)) from fault
    told = FloorEntered(row.public_id, amount, currency, per, valid_from.isoformat())
    tell(told, by=by, at=at, organisation=organisation, subject=_place(organisation))
    return row


@action
def confirm_floor(floor: WageFloor, *, by: Actor, at: datetime) -> WageFloor:
    """Somebody looked it up in its source."""
    row = WageFloor.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=floor.pk)
    require(by.may_at(Permission.MANAGE_AGREEMENTS, row.organisation))
    if row.confirmed_at is None:
        row.confirmed_by, row.confirmed_at = by.person, at
        row.save(update_fields=["confirmed_by", "confirmed_at"])
        told = FloorConfirmed(row.public_id)
        tell(told, by=by, at=at, organisation=row.organisation, subject=_place(row.organisation))
    return row


def _move(application: Application, move: str, *, by: Actor, at: datetime) -> Application:
    row = _locked(application, by=by)
    row.state = APPLICATION.after(row.state, move)
    if move != "offer":
        row.ended_by, row.ended_at = by.person, at
    row.save(update_fields=["state", "ended_by", "ended_at"])
    _tell(ApplicationMoved(row.public_id, row.state), row, by=by, at=at)
    return row


def _locked(application: Application, *, by: Actor) -> Application:
    rows = Application.objects.select_for_update(of=("self",))
    row = rows.select_related("cohort__organisation", "cohort__programme", "enterprise").get(
        pk=application.pk
    )
    require(rules.may_recruit(by, row))
    return row


def _place(organisation: Organisation) -> Ref:
    return Ref("kernel", "organisation", organisation.public_id)


def _tell(fact: Fact, row: Application, *, by: Actor, at: datetime) -> None:
    tell(fact, by=by, at=at, organisation=row.cohort.organisation, subject=row.ref)
