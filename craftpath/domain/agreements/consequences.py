"""What follows when an agreement ends early: notice, probation, and what a training bond may still ask. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from craftpath.domain.agreements.calendar import ONE_DAY, add_months, months_from
from craftpath.domain.agreements.law import Law
from craftpath.domain.agreements.terms import Terms

NOT_OWED_WHEN = ("enterprise", "college")
"""Initiators after whose ending nothing is owed: the enterprise ends it without the apprentice's fault."""


@dataclass(frozen=True, slots=True)
class Consequences:
    """Months and days of one early ending; `owed` in minor units of `currency`."""

    in_probation: bool
    notice_days: int | None
    notice_ends: date | None
    notice_kept: bool
    unserved_months: int
    bond_unserved: int
    owed: int
    currency: str


def consequences(
    *,
    law: Law,
    terms: Terms,
    starts_on: date,
    ends_on: date,
    initiator: str,
    told_on: date,
    last_day: date,
    by_agreement: bool = False,
) -> Consequences:
    """What an ending on `last_day` means that was told on `told_on`."""
    in_probation = terms.probation_end is not None and last_day <= terms.probation_end
    row = law.row("notice_days_probation", told_on) if in_probation else None
    row = row or law.row("notice_days", told_on)
    notice = None if row is None or by_agreement else int(row.value)
    earliest = None if notice is None else told_on + timedelta(days=notice)
    bond_left = unserved(starts_on, add_months(starts_on, terms.bond_months) - ONE_DAY, last_day)
    owed = (
        0
        if initiator in NOT_OWED_WHEN or in_probation
        else bond_owed(terms.bond_cost, terms.bond_months, bond_left)
    )
    return Consequences(
        in_probation=in_probation,
        notice_days=notice,
        notice_ends=earliest,
        notice_kept=earliest is None or last_day >= earliest,
        unserved_months=unserved(starts_on, ends_on, last_day),
        bond_unserved=bond_left if terms.bond_months else 0,
        owed=owed,
        currency=terms.currency,
    )


def unserved(starts_on: date, ends_on: date, last_day: date) -> int:
    """Months of the term that are not worked: the whole term less the full months up to the last day."""
    whole = months_from(starts_on, ends_on + ONE_DAY)
    return max(0, whole - months_from(starts_on, last_day + ONE_DAY))


def bond_owed(cost: int, agreed_months: int, unserved_months: int) -> int:
    """At most the training cost, and of it at most the share of the unserved time; rounded down, never negative."""
    if agreed_months <= 0 or cost <= 0:
        return 0
    share = Fraction(min(max(unserved_months, 0), agreed_months), agreed_months)
    return int(cost * share)
