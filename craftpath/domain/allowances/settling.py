"""A computed month goes on: checked, sent back, approved by somebody else, paid. From approval on nothing changes."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from craftpath.domain.allowances import rules
from craftpath.domain.allowances.facts import RunApproved, RunChecked, RunPaid, RunSentBack
from craftpath.domain.allowances.models import LONGEST_REASON, Calculation, Run
from craftpath.domain.allowances.running import changed_since, counted_otherwise, held_run, line_sum
from craftpath.domain.allowances.states import RUN
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.values.verdict import Refused, not_now, require


@action
def check_run(run: Run, *, by: Actor, at: datetime) -> Run:
    """Say that the lines were looked at; refused if what they were made of has changed. Again, nothing changes."""
    run = held_run(run)
    require(rules.may_run(by, run.organisation))
    if run.state == "checked":
        return run
    after = RUN.after(run.state, "check")
    _require_ended(run)
    if changed_since(run) or counted_otherwise(run):
        raise Refused(not_now("allowances.inputs_changed"))
    run.state, run.checked_by, run.checked_at, run.because = after, by.person, at, ""
    run.save(update_fields=["state", "checked_by", "checked_at", "because"])
    return _told(run, RunChecked(month=f"{run.month:%Y-%m}"), by, at)


@action
def send_back(run: Run, *, because: str, by: Actor, at: datetime) -> Run:
    """Let a checked month be looked at again, and say why."""
    run = held_run(run)
    if not rules.may_approve(by, run):
        require(rules.may_run(by, run.organisation))
    require(rules.has_words(because, LONGEST_REASON))
    if run.state == "computed" and run.because == because.strip():
        return run
    run.state, run.because = RUN.after(run.state, "send"), because.strip()
    run.checked_by = run.checked_at = None
    run.save(update_fields=["state", "because", "checked_by", "checked_at"])
    return _told(run, RunSentBack(month=f"{run.month:%Y-%m}", because=run.because), by, at)


@action
def approve_run(run: Run, *, by: Actor, at: datetime) -> Run:
    """Approve a checked month, as somebody who neither computed nor checked it. Again by the same, nothing changes."""
    run = held_run(run)
    require(rules.may_approve(by, run))
    if run.state == "approved" and by.person is not None and run.approved_by_id == by.person.pk:
        return run
    after = RUN.after(run.state, "approve")
    _require_ended(run)
    require(rules.can_approve(by, run))
    if counted_otherwise(run):
        raise Refused(not_now("allowances.inputs_changed"))
    if line_sum(run) != run.total:
        raise RuntimeError(f"the lines of run {run.public_id} do not come to its total")
    run.state, run.approved_by, run.approved_at = after, by.person, at
    run.save(update_fields=["state", "approved_by", "approved_at"])
    return _told(run, RunApproved(month=f"{run.month:%Y-%m}", total=run.total, currency=run.currency), by, at)


@action
def pay_run(run: Run, *, paid_on: date, reference: str, by: Actor, at: datetime) -> Run:
    """Note that an approved month was paid: the day, and the payment's reference. The same again changes nothing."""
    run = held_run(run)
    require(rules.may_run(by, run.organisation))
    require(rules.can_pay(paid_on, reference, localdate(at)))
    if run.state == "paid" and (run.paid_on, run.reference) == (paid_on, reference.strip()):
        return run
    run.state, run.paid_on = RUN.after(run.state, "pay"), paid_on
    run.reference, run.paid_by = reference.strip(), by.person
    run.save(update_fields=["state", "paid_on", "reference", "paid_by"])
    told = RunPaid(month=f"{run.month:%Y-%m}", paid_on=paid_on.isoformat(), reference=run.reference)
    return _told(run, told, by, at)


def _require_ended(run: Run) -> None:
    """Nothing goes on while a worker computes it anew."""
    if Calculation._base_manager.filter(run=run, state="asked").exists():
        raise Refused(not_now("allowances.being_computed"))


def _told(run: Run, told: Fact, by: Actor, at: datetime) -> Run:
    tell(told, by=by, at=at, organisation=run.organisation, subject=run.ref)
    return run
