"""From the last signature on: registered, active, paused, completed – and signed by whoever has to."""

from __future__ import annotations

from datetime import date, datetime

from craftpath.domain.agreements import rules
from craftpath.domain.agreements.acting import locked, move, told, told_state, unscoped
from craftpath.domain.agreements.amending import agree_on
from craftpath.domain.agreements.by_day import leavings
from craftpath.domain.agreements.facts import (
    AgreementRegistered,
    ApprenticeshipPaused,
    ApprenticeshipResumed,
)
from craftpath.domain.agreements.models import Agreement, Pause
from craftpath.domain.agreements.queries import holding_up
from craftpath.domain.agreements.settling import lapse_amendments, up_to_date
from craftpath.domain.apprenticeships.actions import (
    activate_enrolment,
    end_contract,
    resume_enrolment,
    suspend_enrolment,
)
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.links import SignedLink
from craftpath.kernel.signing import SigningParty, sign_document
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require


@action
def sign_agreement(
    party: SigningParty, *, seen: str, link: SignedLink | None = None, by: Actor, at: datetime
) -> bool:
    """Sign an agreement or an amendment for one party; with the last signature it stands, an amendment from its day on.

    Returns whether everybody has signed.
    """
    complete = sign_document(party, seen=seen, link=link, by=by, at=at)
    ref = Ref.parse(party.document.subject)
    if complete and ref.kind == "amendment":
        agree_on(ref.public_id, by=by, at=at)
    elif complete:
        row = unscoped(ref.public_id)
        if row.state == "awaiting_signatures":
            move(row, "sign")
            told_state(row, by=by, at=at)
    return complete


@action
def register_agreement(agreement: Agreement, *, number: str, on: date, by: Actor, at: datetime) -> Agreement:
    """Note where and when the authority took it into its register; also afterwards, when it came late."""
    row = locked(agreement, by=by)
    row.registration_no, row.registered_on = number.strip(), on
    move(row, "register", "registration_no", "registered_on")
    told(AgreementRegistered(row.public_id, row.registration_no), row, by=by, at=at)
    return row


@action
def activate_agreement(agreement: Agreement, *, by: Actor, at: datetime) -> Agreement:
    """From now on it binds, and the apprentice is active; refused while an item blocks that nobody waived."""
    row = locked(agreement, by=by)
    found = holding_up(row, "send", "activate")
    if found:
        raise Refused(not_now("agreements.blocked", count=len(found)))
    row.active_on = row.starts_on
    move(row, "activate", "active_on")
    activate_enrolment(row.enrolment, mentor=row.mentor, on=row.starts_on, by=by, at=at)
    told_state(row, by=by, at=at)
    return row


@action
def complete_agreement(agreement: Agreement, *, on: date, by: Actor, at: datetime) -> Agreement:
    """The apprenticeship came to its good end; the enrolment stays in the cohort's record."""
    return _ended(agreement, "complete", "completed", on, by=by, at=at)


@action
def expire_agreement(agreement: Agreement, *, on: date, by: Actor, at: datetime) -> Agreement:
    """Its last day has passed without completion."""
    row = up_to_date(agreement, by=by, at=at)
    if on <= row.ends_on:
        raise Refused(not_now("agreements.not_over", day=row.ends_on))
    return _ended(row, "expire", "expired", row.ends_on, by=by, at=at)


def _ended(agreement: Agreement, name: str, because: str, on: date, *, by: Actor, at: datetime) -> Agreement:
    row = up_to_date(agreement, by=by, at=at)
    if leavings([row]).get(row.pk) is not None and row.state == "active":
        raise Refused(not_now("agreements.leaving_announced"))
    row.ended_on = on
    move(row, name, "ended_on")
    lapse_amendments(row, by=by, at=at)
    if row.enrolment.state != "ended":
        end_contract(row.enrolment, because=because, last_day=on, by=by, at=at)
    told_state(row, by=by, at=at)
    return row


@action
def pause_apprenticeship(
    agreement: Agreement, *, on: date, until: date | None, because: str, by: Actor, at: datetime
) -> Pause:
    """Let it rest; what was agreed stays, and the enrolment is suspended until it is resumed."""
    row = up_to_date(agreement, by=by, at=at)
    require(rules.can_pause(row))
    leaving = leavings([row]).get(row.pk)
    last = row.ends_on if leaving is None else leaving.last_day
    require(rules.can_be_absent(row, on, max(on, min(until or on, last)), last))
    if until is not None and until < on:
        raise Refused(not_now("agreements.dates_unsound"))
    pause = Pause(agreement=row, starts_on=on, until=until, because=because, made_by=by.person, made_at=at)
    pause.save()
    suspend_enrolment(row.enrolment, because=because, by=by, at=at)
    said = until.isoformat() if until else ""
    told(ApprenticeshipPaused(row.public_id, on.isoformat(), said), row, by=by, at=at)
    return pause


@action
def resume_apprenticeship(agreement: Agreement, *, on: date, by: Actor, at: datetime) -> Pause:
    """Go on after a pause."""
    row = locked(agreement, by=by)
    pause = Pause.objects.select_for_update().filter(agreement=row, resumed_on__isnull=True).first()
    if pause is None:
        raise Refused(not_now("agreements.not_paused"))
    if on < pause.starts_on:
        raise Refused(not_now("agreements.dates_unsound"))
    pause.resumed_on = on
    pause.save(update_fields=["resumed_on"])
    resume_enrolment(row.enrolment, by=by, at=at)
    told(ApprenticeshipResumed(row.public_id, on.isoformat()), row, by=by, at=at)
    return pause
