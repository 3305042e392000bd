"""The working calendar, year by year: official days of a country, days of one's own, and what is not announced."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from craftpath.delivery.web.hooks.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.workdays.forms import DaysForm, LoadForm
from craftpath.delivery.web.workdays.months import months, spans
from craftpath.kernel.roles import Permission
from craftpath.kernel.workdays import (
    WEEKEND,
    YEARS,
    add_days,
    load_official_year,
    remove_days,
    years_for,
)
from craftpath.values.verdict import Refused


@require_safe
@needs(Permission.RUN_ORGANISATION)
def calendar_page(request: Request, organisation: str) -> HttpResponse:
    """One year; this one unless another is asked for."""
    return _page(request, _year(request.GET.get("year", ""), request.today))


def _year(words: str, today: date) -> int:
    known = words.isascii() and words.isdigit() and len(words) == 4 and int(words) in YEARS
    return int(words) if known else today.year


def _page(request: Request, year: int, *, status: int = 200, **forms: Any) -> HttpResponse:
    years = years_for(request.organisation)
    row = years.get(year)
    weekend = row.weekend if row else WEEKEND
    page = {
        "year": year,
        "years": sorted({*range(request.today.year - 1, request.today.year + 3), year}),
        "row": row,
        "inherited": row is not None and row.organisation_id != request.organisation.pk,
        "announced": row is not None and row.announced,
        "spans": spans(row),
        "months": months(year, row, weekend, request.today),
        "load": LoadForm(initial={"year": year, "country": row.country if row and row.country else "CN"}),
        "days": DaysForm(initial={"works": "free"}),
        "tabs": tabs(request, "workdays:calendar"),
    }
    return render(request, "workdays/calendar.html", page | forms, status=status)


def _to_year(request: Request, year: int) -> HttpResponse:
    return redirect(f"{reverse('workdays:calendar', args=[request.organisation.key])}?year={year}")


@require_POST
@needs(Permission.RUN_ORGANISATION)
def load(request: Request, organisation: str) -> HttpResponse:
    """Take a country's official days for a year."""
    form = LoadForm(request.POST)
    if not form.is_valid():
        return _page(request, _year(request.POST.get("year", ""), request.today), status=422, load=form)
    year = form.cleaned_data["year"]
    try:
        row = load_official_year(
            request.organisation, form.cleaned_data["country"], year, by=request.actor, at=request.at
        )
    except Refused as refused:
        return _refused(request, year, form, refused, "load")
    if row.announced:
        messages.success(request, _("The official days of %(year)s are loaded.") % {"year": year})
    else:
        said = _("%(year)s is not announced yet: its statutory days are loaded, and they may move.")
        messages.info(request, said % {"year": year})
    return _to_year(request, year)


@require_POST
@needs(Permission.RUN_ORGANISATION)
def add(request: Request, organisation: str) -> HttpResponse:
    """Add days of one's own; what contradicts the calendar is named, and everything typed stays."""
    form = DaysForm(request.POST)
    if not form.is_valid():
        return _page(request, _year(request.POST.get("first", "")[:4], request.today), status=422, days=form)
    given = form.cleaned_data
    first, last = given["first"], given["last"] or given["first"]
    try:
        add_days(
            request.organisation,
            first,
            last,
            works=given["works"] == "works",
            name={"zh": given["name"], "en": given["name"]},
            by=request.actor,
            at=request.at,
        )
    except Refused as refused:
        return _refused(request, first.year, form, refused, "days")
    messages.success(request, _("Added: %(name)s.") % {"name": given["name"]})
    return _to_year(request, first.year)


@require_POST
@needs(Permission.RUN_ORGANISATION)
def remove(request: Request, organisation: str) -> HttpResponse:
    """Take days out; the second press of the same button finds them gone."""
    try:
        first, last = (date.fromisoformat(request.POST.get(name, "")) for name in ("first", "last"))
    except ValueError:
        return _to_year(request, request.today.year)
    if first.year not in YEARS:
        return _to_year(request, request.today.year)
    remove_days(request.organisation, first, last, by=request.actor, at=request.at)
    messages.success(request, _("Taken out of the calendar."))
    return _to_year(request, first.year)


def _refused(request: Request, year: int, form: Any, refused: Refused, name: str) -> HttpResponse:
    if refused.verdict.who:
        raise refused
    form.add_error(None, sentence(refused.verdict))
    return _page(request, year if year in YEARS else request.today.year, status=422, **{name: form})
