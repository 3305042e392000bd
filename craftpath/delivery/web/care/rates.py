"""Rates of incidents: cases against the hours in the ledger, for a period."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from craftpath.delivery.web.care.trail import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.care import queries, rules
from craftpath.domain.training.queries import minutes_at
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

YEAR = timedelta(days=364)  # with the last day itself, 365 days


@require_GET
@needs(Permission.HANDLE_CARE)
def rates(request: Request, organisation: str) -> HttpResponse:
    """The last twelve months, or the days that are asked for."""
    require(rules.may_handle_incidents(request.actor))
    last = _day(request.GET.get("until", ""), request.today)
    first = _day(request.GET.get("since", ""), last - YEAR)
    first = min(first, last)
    zone = ZoneInfo(request.organisation.time_zone)
    start = datetime.combine(first, time.min, tzinfo=zone)
    end = datetime.combine(last + timedelta(days=1), time.min, tzinfo=zone)
    cases = queries.cases_at(request.organisation, start, end)
    found = queries.Rates(cases, minutes_at(request.organisation, first, last))
    context = {"rates": found, "since": first, "until": last, "tabs": tabs(request, "care:rates")}
    return render(request, "care/rates.html", context)


def _day(text: str, otherwise: date) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return otherwise
    return found if 2000 <= found.year <= 2100 else otherwise
