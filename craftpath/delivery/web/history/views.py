"""The history of an organisation: who did what when, to read and to take along as a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.listing import Head
from craftpath.delivery.web.history.forms import Filter
from craftpath.delivery.web.history.labels import LABELS
from craftpath.delivery.web.history.lines import SYSTEM_NAME, entries, line_rows, lines
from craftpath.delivery.web.history.stretches import Mark, after, newest
from craftpath.delivery.web.shell.lists import Told, exported, listing, require_form, sent, ways_out
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.facts import FACTS
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission

PAGE = 50
MOST_ROWS = 20_000  # of one exported table
LATELY = timedelta(days=366)  # whoever did something since may be chosen
ACTS = 2_000  # the newest entries that say who they are
_KEY = re.compile(r"[0-9A-Za-z_-]{1,16}")
SYSTEM = "system"  # the choice in the filter for what no person did


@require_GET
@needs(Permission.SEE_HISTORY)
def history(request: Request, organisation: str) -> HttpResponse:
    """The entries, newest first, from where the last page ended."""
    form = _filter(request)
    wanted = _wanted(request, form)
    mark = Mark.read(request.GET.get("before", ""))
    rows, until = wanted.rows, wanted.until
    if mark is not None:
        rows, until = after(rows, mark), min(mark.at, until)
    some = newest(rows, PAGE + 1, until=until, since=wanted.since)
    found = lines(request, some[:PAGE])
    query = request.GET.copy()
    query.pop("before", None)
    shown = {
        "ways": ways_out(request, "history"),
        "form": form,
        "lines": found,
        "body": line_rows(found),
        "query": query.urlencode(),
        "older": str(Mark.of(some[PAGE - 1])) if len(some) > PAGE else "",
        "later": mark is not None,
    }
    return render(request, "history/history.html", shown | {"filtered": bool(query)})


@require_GET
@needs(Permission.SEE_HISTORY)
def export(request: Request, organisation: str, form: str) -> HttpResponse:
    """The same entries as a file, times in the reader's zone."""
    require_form(form)
    wanted = _wanted(request, _filter(request))
    found = newest(wanted.rows, MOST_ROWS, until=wanted.until, since=wanted.since)
    rows = [
        (
            Told(
                timezone.localtime(line.entry.at).strftime("%Y-%m-%d %H:%M:%S %z"),
                date_format(timezone.localtime(line.entry.at), "DATETIME_FORMAT"),
            ),
            line.who,
            line.entry.person.username if line.entry.person else "",
            str(LABELS.get(line.entry.fact, line.entry.fact)),
            line.what,
            line.subject,
            line.entry.fact,
            line.entry.public_id,
        )
        for line in lines(request, found)
    ]
    heads = [
        _("When"), _("Who"), Head(_("Sign-in name"), text=True, beyond=True), Head(_("What"), beyond=True),
        _("In words"), _("About"), Head(_("Code"), beyond=True), Head(_("Entry"), text=True, beyond=True),
    ]  # fmt: skip
    return sent(request, listing(_("History"), text(request.organisation.name), heads, rows), form)


exported("history", screen="history:list", file="history:export", caption="History")


def _moment(at: datetime) -> Told:
    return Told(at.strftime("%Y-%m-%d %H:%M:%S %z"), date_format(at, "DATETIME_FORMAT"))


def _filter(request: Request) -> Filter:
    codes = ((code, str(label)) for code, label in LABELS.items() if not FACTS[code].confidential)
    form = Filter(request.GET, facts=sorted(codes, key=lambda choice: choice[1]))
    since, until = _days(request, form)
    lately = entries(request).filter(at__gte=since or until - LATELY, at__lt=until + timedelta(days=1))
    seen = Q(pk__in=lately[:ACTS].values("person_id"))
    chosen = request.GET.get("person", "")
    if _KEY.fullmatch(chosen):  # somebody of earlier years stays chosen
        earlier = entries(request).order_by().filter(person__public_id=chosen)
        seen |= Q(public_id=chosen) & Q(pk__in=earlier.values("person_id"))
    named = Person.objects.filter(seen).order_by("name", "pk").values_list("public_id", "name")
    form.name_people([(SYSTEM, SYSTEM_NAME), *named])
    return form


@dataclass(frozen=True, slots=True)
class Wanted:
    """The entries that fit, all of them, and the days between which they lie as far as that is known."""

    rows: QuerySet[AuditEntry]
    since: datetime | None
    until: datetime


def _wanted(request: Request, form: Filter) -> Wanted:
    form.is_valid()
    wanted = form.cleaned_data
    rows = entries(request)
    if wanted.get("person") == SYSTEM:
        rows = rows.filter(person__isnull=True)
    elif wanted.get("person"):
        rows = rows.filter(person__public_id=wanted["person"])
    if wanted.get("fact"):
        rows = rows.filter(fact=wanted["fact"])
    since, until = _days(request, form)
    if since is not None:
        rows = rows.filter(at__gte=since)
    if wanted.get("until"):
        rows = rows.filter(at__lt=until)
    return Wanted(rows, since, until)


def _days(request: Request, form: Filter) -> tuple[datetime | None, datetime]:
    """The first moment that is asked for, and the one up to which; without one it is now."""
    since, until = form.day("since"), form.day("until")
    first = _midnight(since) if since else None
    return first, _midnight(until) + timedelta(days=1) if until else request.at


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
