"""Leave and absences: asked for or told, approved or refused; the reason is opened by those who need it, and told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.utils.timezone import localdate

from craftpath.domain.agreements import rules
from craftpath.domain.agreements.by_day import as_of, leavings
from craftpath.domain.agreements.facts import AbsenceEnded, AbsenceReasonRead, AbsenceRequested
from craftpath.domain.agreements.leave import said
from craftpath.domain.agreements.leave_books import KIND, leave_books
from craftpath.domain.agreements.models import Absence, Agreement
from craftpath.domain.agreements.states import ABSENCE
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.values.verdict import YES, Refused, Verdict, not_now, require

OVER = "leave_over_balance"
"""The law's row on annual leave beyond the balance: where it says `refuse`, nobody waves it through."""


@action
def request_absence(
    agreement: Agreement,
    *,
    kind: str,
    starts_on: date,
    ends_on: date,
    reason: str = "",
    beyond: bool = False,
    by: Actor,
    at: datetime,
) -> Absence:
    """Ask for leave, or tell an absence; days that are asked for or approved already are refused.

    Annual leave beyond what is left is refused unless `beyond` says that whoever asks knows it.
    """
    # Two presses of one button stand in line at the agreement.
    rows = Agreement.objects.select_for_update(of=("self",))
    row = rows.select_related("enrolment", "enterprise", "organisation", "mentor").get(pk=agreement.pk)
    as_of([row], localdate(at))
    require(rules.may_ask_absence(by, row))
    leaving = leavings([row]).get(row.pk)
    require(
        rules.can_be_absent(row, starts_on, ends_on, row.ends_on if leaving is None else leaving.last_day)
    )
    overlapping = Absence.objects.filter(
        agreement=row, state__in=["requested", "approved"], starts_on__lte=ends_on, ends_on__gte=starts_on
    ).first()
    if overlapping is not None:
        facts = {"start": overlapping.starts_on, "end": overlapping.ends_on}
        raise Refused(not_now("agreements.absence_overlaps", **facts))
    if kind == KIND:
        require(_within(row, starts_on, ends_on, asked=False, beyond=beyond, at=at))
    absence = Absence(
        agreement=row,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip(),
        made_by=by.person,
        made_at=at,
    )
    absence.save()
    told = AbsenceRequested(absence.public_id, starts_on.isoformat(), ends_on.isoformat())
    _tell(told, absence, row, by=by, at=at)
    return absence


@action
def approve_absence(
    absence: Absence, *, answer: str = "", beyond: bool = False, by: Actor, at: datetime
) -> Absence:
    """Let the apprentice be away; more annual leave than is left only with `beyond`."""
    row = _row(absence)
    require(rules.may_decide_absence(by, row))
    if row.kind == KIND and row.state == ABSENCE.start:
        require(_within(row.agreement, row.starts_on, row.ends_on, asked=True, beyond=beyond, at=at))
    return _end(absence, "approve", rules.may_decide_absence, answer, by=by, at=at)


@action
def refuse_absence(absence: Absence, *, answer: str, by: Actor, at: datetime) -> Absence:
    """Refuse, and say why."""
    if not answer.strip():
        raise Refused(not_now("agreements.refusal_without_reason"))
    return _end(absence, "refuse", rules.may_decide_absence, answer, by=by, at=at)


@action
def withdraw_absence(absence: Absence, *, by: Actor, at: datetime) -> Absence:
    """Take one's own request back."""
    return _end(absence, "withdraw", rules.may_withdraw_absence, "", by=by, at=at)


@action
def open_reason(absence: Absence, *, by: Actor, at: datetime) -> str:
    """The reason, for whoever decides; that it was read stands in the history. One's own needs no telling."""
    row = _row(absence)
    if rules.is_own(by, row.agreement):
        return row.reason
    require(rules.may_decide_absence(by, row))
    _tell(AbsenceReasonRead(row.public_id), row, row.agreement, by=by, at=at)
    return row.reason


def _within(row: Agreement, first: date, last: date, *, asked: bool, beyond: bool, at: datetime) -> Verdict:
    """Whether these days of annual leave are left; the law may forbid more, else it is a warning that one answers."""
    book = leave_books([row])[row.pk]
    over = book.over(first, last, localdate(at), asked=asked) if book.is_agreed else None
    if over is None:
        return YES
    known, days = over
    facts = {"days": days, "left": said(known.left if asked else known.free), "year": known.year}
    if book.law.value(OVER, first) == "refuse":
        return not_now("agreements.leave_used_up", **facts)
    return YES if beyond else not_now("agreements.more_than_left", **facts)


def _end(
    absence: Absence,
    move: str,
    may: Callable[[Actor, Absence], Verdict],
    answer: str,
    *,
    by: Actor,
    at: datetime,
) -> Absence:
    row = _row(absence)
    require(may(by, row))
    row.state = ABSENCE.after(row.state, move)
    row.answer, row.ended_by, row.ended_at = answer.strip(), by.person, at
    row.save(update_fields=["state", "answer", "ended_by", "ended_at"])
    _tell(AbsenceEnded(row.public_id, row.state), row, row.agreement, by=by, at=at)
    return row


def _row(absence: Absence) -> Absence:
    rows = Absence.objects.select_for_update(of=("self",))
    return rows.select_related(
        "agreement__enrolment", "agreement__enterprise", "agreement__organisation"
    ).get(pk=absence.pk)


def _tell(fact: Fact, absence: Absence, row: Agreement, *, by: Actor, at: datetime) -> None:
    tell(fact, by=by, at=at, organisation=row.organisation, subject=absence.ref)
