"""Changing what was signed: an amendment is a document of its own that holds only what changes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.timezone import localdate

from craftpath.domain.agreements import rules
from craftpath.domain.agreements.acting import locked, told, unscoped
from craftpath.domain.agreements.calendar import age_on
from craftpath.domain.agreements.checking import blocking, check
from craftpath.domain.agreements.drafting import Written, parties_named, signatories
from craftpath.domain.agreements.facts import AmendmentEnded, AmendmentMade
from craftpath.domain.agreements.law import law_of
from craftpath.domain.agreements.models import Agreement, Amendment
from craftpath.domain.agreements.queries import case_of, waiting_amendment, waivers_of
from craftpath.domain.agreements.states import AMENDMENT
from craftpath.domain.agreements.terms import Terms, changed
from craftpath.domain.agreements.wording import amendment_paper, name_of, said
from craftpath.domain.apprenticeships.actions import move_enrolment
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.signing import Party, make_document, withdraw_document
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now, require

Change = tuple[Text, Text, Text]


def standing(
    enterprise: Organisation, mentor: Person | None, starts_on: date, ends_on: date, terms: dict[str, Any]
) -> dict[str, Any]:
    """Parties, dates and terms as one value that can be compared."""
    return {
        "enterprise": enterprise.title.as_json(),
        "mentor": mentor.name if mentor else "",
        "starts_on": starts_on.isoformat(),
        "ends_on": ends_on.isoformat(),
        **terms,
    }


def differences(before: dict[str, Any], after: dict[str, Any], jurisdiction: str) -> list[Change]:
    """What differs: its name, what stood, what will stand, each in both languages."""
    law = law_of(jurisdiction)
    found = []
    for key in changed(before, after):
        old, new = _value(before, key), _value(after, key)
        found.append((name_of(key, law), said(key, old, before), said(key, new, after)))
    return found


def _value(state: dict[str, Any], key: str) -> Any:
    if key.startswith("clauses."):
        return (state.get("clauses") or {}).get(key.removeprefix("clauses."))
    return state.get(key)


@action
def amend_agreement(
    agreement: Agreement,
    *,
    written: Written,
    enterprise: Organisation,
    takes_effect_on: date,
    reason: str,
    by: Actor,
    at: datetime,
) -> Amendment:
    """Write a change down and let the same parties sign it; with another enterprise, both enterprises sign.

    A guardian signs for somebody who is still a minor on the day on which the change takes effect.
    """
    row = locked(agreement, by=by)
    require(rules.can_amend(row, waiting=waiting_amendment(row) is not None))
    if not reason.strip():
        raise Refused(not_now("agreements.amendment_without_reason"))
    if not row.starts_on <= takes_effect_on <= max(row.ends_on, written.ends_on):
        raise Refused(not_now("agreements.outside_term", start=row.starts_on, end=row.ends_on))
    before = standing(row.enterprise, row.mentor, row.starts_on, row.ends_on, row.terms)
    terms = written.terms.as_json()
    after = standing(enterprise, written.mentor, row.starts_on, written.ends_on, terms)
    changes = differences(before, after, row.jurisdiction)
    if not changes:
        raise Refused(not_now("agreements.nothing_changes"))
    case = case_of(
        row,
        terms=written.terms,
        ends_on=written.ends_on,
        mentor=written.mentor is not None,
        enterprise=enterprise,
    )
    found = blocking(check(case), waivers_of(row), "send")
    if found:
        raise Refused(not_now("agreements.blocked", count=len(found)))
    highest = row.amendments.aggregate(highest=Max("number"))["highest"] or 0
    amendment = Amendment(
        agreement=row,
        number=highest + 1,
        reason=reason.strip(),
        takes_effect_on=takes_effect_on,
        before=before,
        after=after,
        changed=changed(before, after),
        enterprise=enterprise,
        former=row.enterprise,
        mentor=written.mentor,
        made_by=by.person,
        made_at=at,
    )
    amendment.save()
    minor = _is_minor(row, takes_effect_on)
    signed_on = row.document.completed_at if row.document else None
    paper = amendment_paper(
        parties_named(row, minor=minor, enterprise=enterprise, mentor=written.mentor),
        amendment.number,
        localdate(signed_on) if signed_on else row.starts_on,
        takes_effect_on,
        changes,
        amendment.reason,
    )
    parties = signatories(row, enterprise, minor=minor)
    if enterprise.pk != row.enterprise_id:
        former = Party("former_enterprise", row.enterprise.title.both(), organisation=row.enterprise)
        parties.insert(-1, former)
    amendment.document = make_document(
        amendment.ref,
        kind="amendment",
        content=paper.as_json(),
        text=paper.plain(),
        parties=parties,
        organisation=row.organisation,
        by=by,
        at=at,
    )
    amendment.save(update_fields=["document"])
    told(AmendmentMade(row.public_id, amendment.public_id, amendment.changed), row, by=by, at=at)
    return amendment


@action
def withdraw_amendment(amendment: Amendment, *, by: Actor, at: datetime) -> Amendment:
    """Take a change back that not everybody has signed; the agreement stays as it is."""
    row = locked(amendment.agreement, by=by)
    amendment = Amendment._base_manager.select_for_update().get(pk=amendment.pk)
    amendment.state, amendment.ended_at = AMENDMENT.after(amendment.state, "withdraw"), at
    if amendment.document is not None:
        withdraw_document(amendment.document, by=by, at=at)
    amendment.save(update_fields=["state", "ended_at"])
    told(AmendmentEnded(row.public_id, amendment.public_id, amendment.state), row, by=by, at=at)
    return amendment


def come_into_force(public_id: str, *, by: Actor, at: datetime) -> None:
    """Everybody has signed: the agreement's terms are the new ones, and another enterprise is the apprentice's."""
    rows = Amendment._base_manager.select_for_update(of=("self",))
    amendment = rows.select_related("agreement", "enterprise", "mentor").get(public_id=public_id)
    if amendment.state != AMENDMENT.start:
        return
    amendment.state, amendment.ended_at = AMENDMENT.after(amendment.state, "sign"), at
    amendment.save(update_fields=["state", "ended_at"])
    row = unscoped(amendment.agreement.public_id)
    after = dict(amendment.after)
    row.ends_on = date.fromisoformat(after["ends_on"])
    row.terms = Terms.from_json(after).as_json()
    row.enterprise, row.mentor = amendment.enterprise, amendment.mentor
    row.save(update_fields=["ends_on", "terms", "enterprise", "mentor"])
    move_enrolment(
        row.enrolment,
        enterprise=row.enterprise,
        mentor=row.mentor,
        on=amendment.takes_effect_on,
        by=by,
        at=at,
    )
    told(AmendmentEnded(row.public_id, amendment.public_id, amendment.state), row, by=by, at=at)


def _is_minor(row: Agreement, day: date) -> bool:
    law, birth = law_of(row.jurisdiction), row.enrolment.person.birth_date
    if birth is None or not row.guardian_name or not law.value("guardian_signs", day, True):
        return False
    return age_on(birth, day) < int(law.value("age_of_majority", day, 18))
