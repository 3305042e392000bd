"""Saving an enterprise's costs and benefits, and issuing the yearly letter."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Max

from craftpath.domain.partnership import rules
from craftpath.domain.partnership.costing import assumptions_of
from craftpath.domain.partnership.facts import CostsSaved, LetterIssued
from craftpath.domain.partnership.models import BalanceLetter, Cooperation, CostStatement, Side
from craftpath.domain.partnership.writing import locked, tell_of
from craftpath.engines.enterprise_costs import reckon
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.signing import fingerprint
from craftpath.values.verdict import Refused, not_now, require


@action
def save_costs(
    side: Side,
    *,
    assumptions: dict[str, Any],
    on_letter: bool = False,
    note: str = "",
    by: Actor,
    at: datetime,
) -> CostStatement:
    """Keep a version of the assumptions, each with where it comes from."""
    row, sides = locked(side.cooperation, by)
    own = next(one for one in sides if one.pk == side.pk)
    require(rules.may_reckon(by, own))
    try:
        reckon(assumptions_of(assumptions))
    except (ValueError, ArithmeticError, KeyError):
        raise Refused(not_now("partnership.costs_unclear")) from None
    last = CostStatement.objects.filter(side=own).aggregate(last=Max("version"))["last"] or 0
    made = CostStatement(
        side=own, version=last + 1, assumptions=assumptions, on_letter=on_letter, note=note, made_by=by.person,
        made_at=at,
    )  # fmt: skip
    made.save()
    tell_of(row, CostsSaved(made.version), by=by, at=at)
    return made


@action
def issue_letter(
    cooperation: Cooperation, *, year: int, content: dict[str, Any], by: Actor, at: datetime
) -> BalanceLetter:
    """Freeze the statement of a year under the next number; the newest version again where nothing has changed."""
    row, _sides = locked(cooperation, by)
    require(rules.can_settle(row))
    sha256 = fingerprint(content, {})
    newest = BalanceLetter.objects.filter(cooperation=row, year=year).order_by("-version").first()
    if newest is not None and newest.sha256 == sha256:
        return newest
    made = BalanceLetter(
        cooperation=row, year=year, version=(newest.version if newest else 0) + 1, content=content, sha256=sha256,
        issued_by=by.person, issued_at=at,
    )  # fmt: skip
    made.save()
    tell_of(row, LetterIssued(year, made.version, sha256), by=by, at=at)
    return made
