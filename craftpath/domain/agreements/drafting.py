"""From a place in a cohort to a text that waits for signatures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from craftpath.domain.agreements import rules
from craftpath.domain.agreements.acting import locked, move, told, told_state
from craftpath.domain.agreements.facts import AgreementDrafted, AgreementSaved, ItemWaived
from craftpath.domain.agreements.law import law_of
from craftpath.domain.agreements.models import Agreement, Waiver
from craftpath.domain.agreements.places import can_place
from craftpath.domain.agreements.queries import findings_of, holding_up, needs_guardian
from craftpath.domain.agreements.states import UNDER_WAY
from craftpath.domain.agreements.terms import Terms, changed
from craftpath.domain.agreements.wording import Parties, agreement_paper
from craftpath.domain.apprenticeships.actions import enrol_person
from craftpath.domain.apprenticeships.rules import may_change_contract
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person, free_usernames
from craftpath.kernel.signing import Party, canonical, make_document, withdraw_document
from craftpath.values.text import Text
from craftpath.values.verdict import YES, Refused, Verdict, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class Guardian:
    """Who signs for a minor."""

    name: str = ""
    contact: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who is nobody here yet."""

    name: str
    birth_date: date | None = None
    name_latin: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What a form writes: dates, who supervises, who signs for a minor, and the terms."""

    starts_on: date
    ends_on: date
    terms: Terms
    mentor: Person | None = None
    guardian: Guardian = Guardian()


def stamp(agreement: Agreement) -> str:
    """What somebody saw when the form was opened; another one means that somebody else saved meanwhile."""
    return canonical(_state_of(agreement))


def _state_of(agreement: Agreement) -> dict[str, Any]:
    return {
        "starts_on": agreement.starts_on.isoformat(),
        "ends_on": agreement.ends_on.isoformat(),
        "mentor": agreement.mentor_id or 0,
        "guardian": [agreement.guardian_name, agreement.guardian_contact, agreement.guardian_relation],
        **agreement.terms,
    }


@action
def draft_agreement(
    enrolment: Enrolment, *, enterprise: Organisation, written: Written, by: Actor, at: datetime
) -> Agreement:
    """Begin a draft; an apprentice has one agreement under way, and one active, at a time."""
    require(may_change_contract(by, enrolment))
    require(_sound(written))
    standing = Agreement._base_manager.filter(enrolment=enrolment, state__in=[*UNDER_WAY, "active"]).first()
    if standing is not None:
        raise Refused(not_now("agreements.under_way", agreement=standing.public_id))
    require(can_place(enrolment, enterprise, written.starts_on))
    row = Agreement(
        enrolment=enrolment,
        organisation=enrolment.cohort.organisation,
        enterprise=enterprise,
        jurisdiction=enrolment.cohort.programme.jurisdiction,
        made_by=by.person,
        made_at=at,
    )
    _fill(row, written)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as fault:  # a second press was quicker by a moment
        raise Refused(not_now("agreements.under_way", agreement="")) from fault
    told(AgreementDrafted(row.public_id, enrolment.person.public_id), row, by=by, at=at)
    return row


@action
def draft_for_newcomer(
    cohort: Cohort,
    newcomer: Newcomer,
    *,
    number: str,
    enterprise: Organisation,
    written: Written,
    by: Actor,
    at: datetime,
) -> Agreement:
    """The same for somebody new: a person is made, with a place in the cohort that becomes active by the agreement."""
    [username] = free_usernames([(number, f"{cohort.organisation.key[:39]}-{number}")])
    taken = newcomer.email and Person.objects.filter(email__iexact=newcomer.email).exists()
    person = Person(
        username=username,
        name=newcomer.name,
        name_latin=newcomer.name_latin,
        email=None if taken or not newcomer.email else newcomer.email,
        phone=newcomer.phone,
        birth_date=newcomer.birth_date,
    )
    person.set_unusable_password()
    person.save()
    enrolment = enrol_person(
        cohort,
        person,
        number=number,
        enterprise=enterprise,
        starts_on=written.starts_on,
        by=by,
        at=at,
    )
    return draft_agreement(enrolment, enterprise=enterprise, written=written, by=by, at=at)


@action
def save_agreement(
    agreement: Agreement,
    *,
    written: Written,
    birth_date: date | None = None,
    seen: str = "",
    by: Actor,
    at: datetime,
) -> Agreement:
    """Change a draft, whole. `seen` is the stamp of what the form was opened with."""
    row = locked(agreement, by=by)
    require(rules.can_change(row))
    require(_sound(written))
    if seen and seen != stamp(row):
        raise Refused(not_now("agreements.changed_meanwhile"))
    before, person = _state_of(row), row.enrolment.person
    _fill(row, written)
    differs = changed(before, _state_of(row))
    if birth_date is not None and person.birth_date != birth_date:
        person.birth_date = birth_date
        person.save(update_fields=["birth_date"])
        differs.append("birth_date")
    if differs or row.state != "draft":
        columns = ["starts_on", "ends_on", "mentor", "terms"]
        move(row, "save", *columns, "guardian_name", "guardian_contact", "guardian_relation")
        told(AgreementSaved(row.public_id, differs), row, by=by, at=at)
    return row


@action
def waive_item(agreement: Agreement, item: str, *, reason: str, by: Actor, at: datetime) -> Waiver:
    """Take it upon oneself that an item is not met; what the law does not leave open cannot be waived."""
    row = locked(agreement, by=by)
    require(rules.can_waive(row))
    found = next((one for one in findings_of(row) if one.key == item), None)
    if found is None or found.status == "ok":
        raise Refused(not_now("agreements.nothing_to_waive"))
    if not found.waivable or found.status == "open":
        raise Refused(not_now("agreements.not_waivable"))
    if not reason.strip() or by.person is None:
        raise Refused(not_now("agreements.waiver_without_reason"))
    waiver, _ = Waiver.objects.update_or_create(
        agreement=row,
        item=item,
        defaults={"reason": reason.strip(), "made_by": by.person, "made_at": at},
    )
    told(ItemWaived(row.public_id, item, reason.strip()), row, by=by, at=at)
    return waiver


@action
def check_agreement(agreement: Agreement, *, by: Actor, at: datetime) -> Agreement:
    """Record that nothing holds the draft up any more; refused with how much does."""
    row = locked(agreement, by=by)
    require(_nothing_blocks(row, "send"))
    before = row.state
    move(row, "check")
    if row.state != before:
        told_state(row, by=by, at=at)
    return row


@action
def send_agreement(agreement: Agreement, *, by: Actor, at: datetime) -> Agreement:
    """Fix the text and let it wait for signatures, in any order; a draft is checked on the way."""
    row = locked(check_agreement(agreement, by=by, at=at), by=by)
    minor = needs_guardian(row)
    paper = agreement_paper(
        parties_named(row, minor=minor),
        Terms.from_json(row.terms),
        row.starts_on,
        row.ends_on,
        law_of(row.jurisdiction),
    )
    row.document = make_document(
        row.ref,
        kind="agreement",
        content=paper.as_json(),
        text=paper.plain(),
        parties=signatories(row, row.enterprise, minor=minor),
        organisation=row.organisation,
        by=by,
        at=at,
    )
    move(row, "send", "document")
    told_state(row, by=by, at=at)
    return row


@action
def recall_agreement(agreement: Agreement, *, by: Actor, at: datetime) -> Agreement:
    """Take the text back to change it; signatures given so far bind nobody, and links to it end."""
    row = locked(agreement, by=by)
    if row.document is not None and row.state == "awaiting_signatures":
        withdraw_document(row.document, by=by, at=at)
    row.document = None
    move(row, "recall", "document")
    told_state(row, by=by, at=at)
    return row


@action
def void_agreement(agreement: Agreement, *, by: Actor, at: datetime) -> Agreement:
    """It never becomes active; the place in the cohort stays."""
    row = locked(agreement, by=by)
    if row.document is not None and row.document.is_open:
        withdraw_document(row.document, by=by, at=at)
    move(row, "void")
    told_state(row, by=by, at=at)
    return row


def parties_named(row: Agreement, *, minor: bool, enterprise: Organisation | None = None,
                  mentor: Person | None = None) -> Parties:  # fmt: skip
    """The parties as the text names them."""
    person, cohort = row.enrolment.person, row.enrolment.cohort
    mentor = mentor or row.mentor
    return Parties(
        apprentice=_name(person),
        birth_date=person.birth_date,
        number=row.enrolment.number,
        enterprise=(enterprise or row.enterprise).title,
        college=row.organisation.title,
        mentor=_name(mentor) if mentor else "",
        guardian=row.guardian_name if minor else "",
        guardian_relation=row.guardian_relation if minor else "",
        programme=cohort.programme.title,
        cohort=Text.of(cohort.name),
    )


def signatories(row: Agreement, enterprise: Organisation, *, minor: bool) -> list[Party]:
    """Who signs: the apprentice, a guardian for a minor, the enterprise, the college."""
    person = row.enrolment.person
    found = [Party("apprentice", person.name, person=person)]
    if minor:
        found.append(Party("guardian", row.guardian_name))
    return [
        *found,
        Party("enterprise", enterprise.title.both(), organisation=enterprise),
        Party("college", row.organisation.title.both(), organisation=row.organisation),
    ]


def _name(person: Person) -> str:
    return f"{person.name} {person.name_latin}" if person.name_latin else person.name


def _sound(written: Written) -> Verdict:
    if not EARLIEST <= written.starts_on <= written.ends_on <= LATEST:
        return not_now("agreements.dates_unsound")
    return YES


def _fill(row: Agreement, written: Written) -> None:
    row.starts_on, row.ends_on = written.starts_on, written.ends_on
    row.terms, row.mentor = written.terms.as_json(), written.mentor
    guardian = written.guardian
    row.guardian_name, row.guardian_contact = guardian.name, guardian.contact
    row.guardian_relation = guardian.relation


def _nothing_blocks(row: Agreement, *phases: str) -> Verdict:
    found = holding_up(row, *phases)
    return not_now("agreements.blocked", count=len(found)) if found else YES
