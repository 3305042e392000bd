"""Changing what was signed: an amendment is a document of its own that holds only what changes, and from which day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.timezone import localdate

from craftpath.domain.agreements import rules
from craftpath.domain.agreements.acting import locked, told, unscoped
from craftpath.domain.agreements.by_day import leavings, put_on, signed_amendments, state_of, written_out
from craftpath.domain.agreements.calendar import age_on
from craftpath.domain.agreements.checking import blocking, check
from craftpath.domain.agreements.drafting import Written, parties_named, signatories
from craftpath.domain.agreements.facts import AmendmentEnded, AmendmentMade
from craftpath.domain.agreements.law import law_of
from craftpath.domain.agreements.models import Agreement, Amendment
from craftpath.domain.agreements.queries import case_of, waiting_amendment, waivers_of
from craftpath.domain.agreements.settling import settle_agreement, up_to_date
from craftpath.domain.agreements.standing import rebased, value_of
from craftpath.domain.agreements.states import AMENDMENT
from craftpath.domain.agreements.terms import Terms, changed
from craftpath.domain.agreements.wording import amendment_paper, name_of, said
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.signing import Document, Party, make_document, withdraw_document
from craftpath.values.text import Text
from craftpath.values.verdict import YES, Refused, Verdict, not_now, require

Change = tuple[Text, Text, Text]


def differences(before: dict[str, Any], after: dict[str, Any], jurisdiction: str) -> list[Change]:
    """What differs: its name, what stood, what will stand, each in both languages."""
    law = law_of(jurisdiction)
    found = []
    for key in changed(before, after):
        old, new = value_of(before, key), value_of(after, key)
        found.append((name_of(key, law), said(key, old, before), said(key, new, after)))
    return found


@action
def amend_agreement(
    agreement: Agreement,
    *,
    written: Written,
    enterprise: Organisation,
    takes_effect_on: date,
    reason: str,
    shown_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Amendment:
    """Write a change down and let the same parties sign it; with another enterprise, both enterprises sign.

    `written` is the whole agreement as it reads with the change; `shown_on` is the day of which the form showed it
    (today if not said). What differs from that is the change, and it is laid on what stands on the day on which it
    takes effect: another change that is agreed for an earlier day stays. A day in the past is allowed, and said.
    """
    row = up_to_date(agreement, by=by, at=at)
    require(rules.can_amend(row, waiting=waiting_amendment(row) is not None))
    require(_sound(row, written, takes_effect_on, reason))
    amendments = signed_amendments([row]).get(row.pk, [])
    shown = state_of(put_on(row, amendments, shown_on or localdate(at)))
    wanted = written_out(enterprise, written.mentor, row.starts_on, written.ends_on, written.terms)
    before = state_of(put_on(row, amendments, takes_effect_on))
    after = rebased(before, wanted, changed(shown, wanted))
    if not changed(before, after):
        raise Refused(not_now("agreements.nothing_changes"))
    moves = "enterprise" in changed(before, after)
    enterprise = enterprise if moves else row.enterprise
    require(_holds(row, after, enterprise))
    amendment = Amendment(
        agreement=row,
        number=(row.amendments.aggregate(highest=Max("number"))["highest"] or 0) + 1,
        reason=reason.strip(),
        takes_effect_on=takes_effect_on,
        before=before,
        after=after,
        changed=changed(before, after),
        enterprise=enterprise,
        former=row.enterprise,
        mentor=written.mentor if "mentor" in changed(shown, wanted) else row.mentor,
        made_by=by.person,
        made_at=at,
    )
    amendment.save()
    amendment.document = _fixed(row, amendment, by=by, at=at)
    amendment.save(update_fields=["document"])
    told(AmendmentMade(row.public_id, amendment.public_id, amendment.changed), row, by=by, at=at)
    return amendment


def _sound(row: Agreement, written: Written, day: date, reason: str) -> Verdict:
    """A reason, and a day inside the time that the agreement has with the change, or until an early ending."""
    if not reason.strip():
        return not_now("agreements.amendment_without_reason")
    leaving = leavings([row]).get(row.pk)
    last = max(row.ends_on, written.ends_on) if leaving is None else leaving.last_day
    inside = row.starts_on <= day <= last and (leaving is None or written.ends_on >= last)
    return YES if inside else not_now("agreements.outside_term", start=row.starts_on, end=last)


def _holds(row: Agreement, after: dict[str, Any], enterprise: Organisation) -> Verdict:
    """Whether the checklist lets the agreement stand as it will be; what stood in the way before does not hold it up.

    `row` is the agreement as it stands on the day of the change.
    """
    waived = waivers_of(row)
    before = {one.key for one in blocking(check(case_of(row)), waived, "send") if one.waivable}
    case = case_of(
        row,
        terms=Terms.from_json(after),
        ends_on=date.fromisoformat(after["ends_on"]),
        mentor=bool(after["mentor"]),
        enterprise=enterprise,
    )
    found = [one for one in blocking(check(case), waived, "send") if one.key not in before]
    return not_now("agreements.blocked", count=len(found)) if found else YES


def _fixed(row: Agreement, amendment: Amendment, *, by: Actor, at: datetime) -> Document:
    """The text of the change, for everybody to sign whom it concerns.

    A guardian signs for somebody who is still a minor on the day on which the change takes effect.
    """
    minor = _is_minor(row, amendment.takes_effect_on)
    signed_on = row.document.completed_at if row.document else None
    paper = amendment_paper(
        parties_named(row, minor=minor, enterprise=amendment.enterprise, mentor=amendment.mentor),
        amendment.number,
        localdate(signed_on) if signed_on else row.starts_on,
        amendment.takes_effect_on,
        differences(amendment.before, amendment.after, row.jurisdiction),
        amendment.reason,
    )
    parties = signatories(row, amendment.enterprise, minor=minor)
    if amendment.enterprise_id != amendment.former_id:
        name = amendment.former.title.both()
        parties.insert(-1, Party("former_enterprise", name, organisation=amendment.former))
    return make_document(
        amendment.ref,
        kind="amendment",
        content=paper.as_json(),
        text=paper.plain(),
        parties=parties,
        organisation=row.organisation,
        by=by,
        at=at,
    )


@action
def withdraw_amendment(amendment: Amendment, *, by: Actor, at: datetime) -> Amendment:
    """Take a change back that not everybody has signed; the agreement stays as it is.

    What everybody has signed binds, also before its day: it is changed by another amendment.
    """
    row = locked(amendment.agreement, by=by)
    amendment = Amendment._base_manager.select_for_update().get(pk=amendment.pk)
    amendment.state, amendment.ended_at = AMENDMENT.after(amendment.state, "withdraw"), at
    if amendment.document is not None:
        withdraw_document(amendment.document, by=by, at=at)
    amendment.save(update_fields=["state", "ended_at"])
    told(AmendmentEnded(row.public_id, amendment.public_id, amendment.state), row, by=by, at=at)
    return amendment


def agree_on(public_id: str, *, by: Actor, at: datetime) -> None:
    """Everybody has signed: it is agreed, and begins at once if its day has come."""
    rows = Amendment._base_manager.select_for_update(of=("self",)).select_related("agreement")
    amendment = rows.get(public_id=public_id)
    if amendment.state != AMENDMENT.start:
        return
    amendment.state, amendment.ended_at = AMENDMENT.after(amendment.state, "sign"), at
    amendment.save(update_fields=["state", "ended_at"])
    row = unscoped(amendment.agreement.public_id)
    told(AmendmentEnded(row.public_id, amendment.public_id, amendment.state), row, by=by, at=at)
    settle_agreement(row, by=by, at=at)


def _is_minor(row: Agreement, day: date) -> bool:
    law, birth = law_of(row.jurisdiction), row.enrolment.person.birth_date
    if birth is None or not row.guardian_name or not law.value("guardian_signs", day, True):
        return False
    return age_on(birth, day) < int(law.value("age_of_majority", day, 18))
