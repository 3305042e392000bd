"""The history of an organisation: who did what when, to read and to take along as a table."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.writing import write_csv
from craftpath.delivery.web.history.forms import Filter
from craftpath.delivery.web.history.labels import LABELS
from craftpath.delivery.web.history.lines import SYSTEM_NAME, entries, line_rows, lines
from craftpath.delivery.web.shell.downloads import CSV, attachment
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.facts import FACTS
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission

PAGE = 50
MOST_ROWS = 20_000  # of one exported table
SYSTEM = "system"  # the choice in the filter for what no person did


@require_GET
@needs(Permission.SEE_HISTORY)
def history(request: Request, organisation: str) -> HttpResponse:
    """The entries, newest first."""
    form = _filter(request)
    page = Paginator(_wanted(request, form), PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    found = lines(request, list(page.object_list))
    shown = {
        "form": form,
        "page": page,
        "lines": found,
        "body": line_rows(found),
        "query": query.urlencode(),
    }
    return render(request, "history/history.html", shown | {"filtered": bool(query)})


@require_GET
@needs(Permission.SEE_HISTORY)
def export(request: Request, organisation: str) -> HttpResponse:
    """The same entries as a table, times in the reader's zone."""
    found = list(_wanted(request, _filter(request))[:MOST_ROWS])
    rows = [
        (
            timezone.localtime(line.entry.at).strftime("%Y-%m-%d %H:%M:%S %z"),
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
    head = (
        _("When"),
        _("Who"),
        _("Sign-in name"),
        _("What"),
        _("In words"),
        _("About"),
        _("Code"),
        _("Entry"),
    )
    content = write_csv([head, *rows])
    name = f"history-{request.organisation.key}-{request.today.isoformat()}.csv"
    return attachment(content, name, CSV)


def _filter(request: Request) -> Filter:
    people = Person.objects.filter(pk__in=entries(request).order_by().values("person_id"))
    named = people.order_by("name", "pk").values_list("public_id", "name")
    return Filter(
        request.GET,
        people=[(SYSTEM, SYSTEM_NAME), *named],
        facts=sorted(
            ((code, str(label)) for code, label in LABELS.items() if not FACTS[code].confidential),
            key=lambda choice: choice[1],
        ),
    )


def _wanted(request: Request, form: Filter) -> QuerySet[AuditEntry]:
    form.is_valid()
    wanted = form.cleaned_data
    rows = entries(request)
    if wanted.get("person") == SYSTEM:
        rows = rows.filter(person__isnull=True)
    elif wanted.get("person"):
        rows = rows.filter(person__public_id=wanted["person"])
    if wanted.get("fact"):
        rows = rows.filter(fact=wanted["fact"])
    if wanted.get("since"):
        rows = rows.filter(at__gte=_midnight(wanted["since"]))
    if wanted.get("until"):
        rows = rows.filter(at__lt=_midnight(wanted["until"]) + timedelta(days=1))
    return rows


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
