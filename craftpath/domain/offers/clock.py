"""The promise on the clock: by which day, how many workdays it took, and what a city promises."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from craftpath.domain.offers.models import OfferRule
from craftpath.engines.deadlines import Term, Unit, due
from craftpath.kernel.tenancy import paths_to
from craftpath.kernel.workdays import calendar_for, workdays_between

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation


def rule_for(organisation: Organisation) -> OfferRule:
    """What holds here: the row of the nearest above, else what the house begins with; one query."""
    return rules_for([organisation])[organisation.pk]


def rules_for(organisations: Iterable[Organisation]) -> dict[int, OfferRule]:
    """The same of many, by their ids; one query."""
    ways = {one.pk: (one, paths_to(one.path)) for one in organisations}
    paths = {path for _one, way in ways.values() for path in way}
    rows = OfferRule._base_manager.filter(organisation__path__in=paths).select_related("organisation")
    known = {row.organisation.path: row for row in rows}
    return {
        pk: next((known[path] for path in reversed(way) if path in known), OfferRule(organisation=one))
        for pk, (one, way) in ways.items()
    }


def local_day(place: Organisation, at: datetime) -> date:
    """The day that it is at a place."""
    return at.astimezone(ZoneInfo(place.time_zone)).date()


def promised(authority: Organisation, at: datetime) -> date:
    """The day by which somebody is to have answered what comes in now."""
    today = local_day(authority, at)
    term = Term(rule_for(authority).promise_days, Unit("workdays"))
    found: date = due([today], term, calendar_for(authority, today)).days[0].item()
    return found


def taken(authority: Organisation, asked_at: datetime, at: datetime) -> int:
    """Workdays from the day on which it was asked until now; that day itself is not counted."""
    first, last = local_day(authority, asked_at), local_day(authority, at)
    over = calendar_for(authority, last)
    return max(0, workdays_between(over, first, last) - workdays_between(over, first, first))
