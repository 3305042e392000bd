"""Taking the record along as a file, and bringing one of another site."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.exchange.press import print_page
from craftpath.delivery.exchange.printout_pages import printout_page
from craftpath.delivery.exchange.printouts.learner_record import learner_record, record_csv, record_xlsx
from craftpath.delivery.exchange.printouts.naming import safe
from craftpath.delivery.web.passport import saying
from craftpath.delivery.web.passport.forms import BringForm
from craftpath.delivery.web.passport.own import A_PAGE, actor, own_rows
from craftpath.delivery.web.shell.downloads import CSV, XLSX, attachment
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.passport import actions, queries
from craftpath.domain.passport.gathering import record_of
from craftpath.domain.passport.texts import ARRIVAL_STATES, VERDICTS


@require_GET
@own_rows
def along(request: Request) -> HttpResponse:
    """What there is to take along."""
    return render(request, "passport/along.html")


@require_GET
@own_rows
def file(request: Request, form: str) -> HttpResponse:
    """The whole record as PDF, workbook or text table."""
    if form not in {"pdf", "xlsx", "csv"}:
        raise Http404
    found = record_of(request.user, request.today)
    name = f"{safe(request.user.name)}_record.{form}"
    if form == "xlsx":
        return attachment(record_xlsx(found), name, XLSX)
    if form == "csv":
        return attachment(record_csv(found), name, CSV)
    page = printout_page(learner_record(found, at=request.at), "both")
    return attachment(print_page(page), name, "application/pdf")


@require_POST
@own_rows
def signed(request: Request) -> HttpResponse:
    """The whole record as a signed file; a POST, since the first one makes the organisation's key."""
    content = actions.carry_record(request.user, by=actor(request), at=request.at).encode()
    return attachment(content, f"{safe(request.user.name)}_record.json", "application/ld+json")


@require_http_methods(["GET", "HEAD", "POST"])
@own_rows
def brought(request: Request) -> HttpResponseBase:
    """What was brought along, and the form for a file."""
    limited = ratelimit.consume_or_429(request, action="bring")
    if limited:
        return limited
    posted = request.method == "POST"
    form = BringForm(request.POST if posted else None, request.FILES if posted else None)
    status = 200
    if posted:
        made: list[Any] = []
        status = tried(
            request, form, _("The file is read."),
            lambda: made.append(
                actions.bring_record(
                    request.user, content=form.cleaned_data["file"].read(), by=actor(request), at=request.at
                )
            ),
        )  # fmt: skip
        if not status:
            return redirect("record:arrival", made[0].public_id)
    page = Paginator(queries.arrivals_of(request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "rows": [_line(one) for one in page.object_list]}
    return render(request, "passport/brought.html", context, status=status)


def _line(arrival: Any) -> dict[str, Any]:
    return {
        "arrival": arrival,
        "name": text(arrival.issuer_name),
        "state": ARRIVAL_STATES[arrival.state],
        "verdict": VERDICTS[arrival.verdict],
        "count": len(arrival.content),
    }


@require_GET
@own_rows
def arrival(request: Request, arrival: str) -> HttpResponse:
    """One file: from whom, what its signature says, and everything that it tells."""
    row = get_object_or_404(queries.arrivals_of(request.user), public_id=plain_id(arrival))
    entries = saying.timeline(queries.told_by(row, request.today))
    page = Paginator(entries, A_PAGE).get_page(request.GET.get("page"))
    context = {**_line(row), "page": page, "years": saying.by_year(page.object_list)}
    return render(request, "passport/arrival.html", context)


@require_POST
@own_rows
def remove(request: Request, arrival: str) -> HttpResponse:
    """Take a file out of the own record."""
    row = get_object_or_404(queries.arrivals_of(request.user), public_id=plain_id(arrival))
    actions.remove_arrival(row, by=actor(request), at=request.at)
    messages.success(request, _("Taken out. Nothing of it stands in your record any more."))
    return redirect("record:brought")
