"""Money of a file: the advance, the public notice, the settlement, what is paid and what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from craftpath.domain.subsidies import queries, reckoning, rules
from craftpath.domain.subsidies.facts import MoneyDecided
from craftpath.domain.subsidies.models import SubsidyFile
from craftpath.domain.subsidies.moving import moved, require_day
from craftpath.domain.subsidies.opening import held
from craftpath.domain.subsidies.schemes import engine_scheme
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.workdays import calendar_for, works_on
from craftpath.values.period import later
from craftpath.values.verdict import Refused, not_now, require


def _office(file: SubsidyFile, by: Actor) -> SubsidyFile:
    """The file as it is now, if this officer decides on it: another person than who filed."""
    file = held(file)
    require(rules.may_decide(by, file))
    require(rules.decides_apart(by, queries.filers(file)))
    return file


@action
def advance_money(file: SubsidyFile, *, on: date, by: Actor, at: datetime) -> SubsidyFile:
    """Approve the advance on the plan as registered, paid on a day; its line is kept. Once more changes nothing."""
    file = _office(file, by)
    if file.state == "advanced":
        return file
    require_day(file, on, at)
    found = reckoning.advance_of(file, file.heads or 0)
    if not found.amount.minor:
        raise Refused(not_now("subsidies.no_advance"))
    file.advance = found.amount.minor
    figures = {"steps": reckoning.lines(found.steps), "amount": found.amount.minor}
    return _with_money(file, "advance", on, figures, found.amount.minor, by=by, at=at)


@action
def notice_claim(file: SubsidyFile, *, on: date, by: Actor, at: datetime) -> SubsidyFile:
    """Begin the public notice of a claim on a day; its last day follows from the scheme. Once more changes nothing."""
    file = _office(file, by)
    if file.state == "noticed":
        return file
    require_day(file, on, at)
    file.notice_ends_on = notice_end(file, on)
    figures = {"until": file.notice_ends_on.isoformat()}
    return moved(file, "notice", on, figures=figures, by=by, at=at)


def notice_end(file: SubsidyFile, on: date) -> date:
    """The last day of a notice that begins on a day: so many days after it, or workdays of the authority."""
    scheme = engine_scheme(file.scheme)
    days = scheme.notice_days or 0
    if scheme.notice.value == "days":
        return on + timedelta(days=days)
    over, day = calendar_for(file.authority, on), on
    while days:
        day += timedelta(days=1)
        days -= works_on(over, day)
    return day


@action
def settle_claim(file: SubsidyFile, *, on: date, by: Actor, at: datetime) -> SubsidyFile:
    """Approve the claim after its public notice: all lines are kept as they are now. Once more changes nothing."""
    file = _office(file, by)
    if file.state == "settled":
        return file
    require_day(file, on, at)
    if file.notice_ends_on is not None and on <= file.notice_ends_on:
        raise Refused(not_now("subsidies.notice_runs", on=file.notice_ends_on))
    found = reckoning.settlement_of(file, queries.people_of(file), on)
    file.advance, file.due = found.advance.minor, found.due.minor
    file.balance, file.refund, file.refund_by = found.balance.minor, found.refund.minor, found.refund_by
    kept = {
        "steps": reckoning.lines(found.steps),
        "due": file.due,
        "advance": file.advance,
        "balance": file.balance,
        "breaches": [
            {
                "measure": one.bound.measure,
                "least": one.bound.least,
                "most": one.bound.most,
                "value": None if one.value is None else str(one.value),
            }
            for one in found.breaches
        ],
    }
    return _with_money(file, "settle", on, kept, found.balance.minor, by=by, at=at, what="balance")


@action
def pay_balance(file: SubsidyFile, *, on: date, by: Actor, at: datetime) -> SubsidyFile:
    """The balance went out, or there is none: the file is closed. Once more changes nothing."""
    file = _office(file, by)
    if file.state == "closed":
        return file
    require_day(file, on, at)
    if (file.balance or 0) < 0:
        raise Refused(not_now("subsidies.is_refund"))
    return moved(file, "pay", on, figures={"amount": file.balance or 0}, by=by, at=at)


@action
def demand_refund(
    file: SubsidyFile, *, on: date, by_day: date | None = None, because: str = "", by: Actor, at: datetime
) -> SubsidyFile:
    """Ask back what was advanced too much, or the whole advance of a training that will not be claimed.

    By the scheme's day; where it sets none, by `by_day`. Before the settlement with a reason.
    """
    file = _office(file, by)
    if file.state == "refund_due":
        return file
    require_day(file, on, at)
    if file.state != "settled":
        require(rules.can_say_why(because))
        file.refund, months = file.advance or 0, engine_scheme(file.scheme).refund_months
        file.refund_by = later(on, months) if months is not None else None
    if not file.refund:
        raise Refused(not_now("subsidies.nothing_to_refund"))
    file.refund_by = file.refund_by or by_day
    if file.refund_by is None or file.refund_by < on:
        raise Refused(not_now("subsidies.refund_without_day"))
    figures = {"amount": file.refund, "until": file.refund_by.isoformat()}
    return _with_money(
        file, "demand", on, figures, file.refund, because=because, what="refund_due", by=by, at=at
    )


@action
def refund_money(file: SubsidyFile, *, on: date, by: Actor, at: datetime) -> SubsidyFile:
    """What was asked back has come: the file is closed. Once more changes nothing."""
    file = _office(file, by)
    if file.state == "closed":
        return file
    require_day(file, on, at)
    amount = file.refund or 0
    return _with_money(file, "refund", on, {"amount": amount}, amount, by=by, at=at)


def _with_money(
    file: SubsidyFile,
    move: str,
    on: date,
    figures: Mapping[str, Any],
    amount: int,
    *,
    because: str = "",
    what: str = "",
    by: Actor,
    at: datetime,
) -> SubsidyFile:
    file = moved(file, move, on, because=because, figures=figures, by=by, at=at)
    told = MoneyDecided(what=what or move, amount=amount, currency=currency_of(file))
    tell(told, by=by, at=at, organisation=file.organisation, subject=file.ref)
    return file


def currency_of(file: SubsidyFile) -> str:
    """The currency of the file's scheme."""
    return str(file.scheme.definition["currency"])
