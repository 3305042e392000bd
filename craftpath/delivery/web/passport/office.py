"""Under an organisation: the way to one's own record, and records that people brought along under another name."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.web.passport import saying
from craftpath.delivery.web.passport.forms import SettleForm
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.passport import actions, queries
from craftpath.domain.passport.texts import VERDICTS
from craftpath.kernel.roles import Permission

A_PAGE = 40


@require_GET
def entry(request: Request, organisation: str) -> HttpResponse:
    """The own record is of no organisation."""
    return redirect("record:record")


@require_GET
@needs(Permission.MANAGE_PEOPLE)
def waiting(request: Request, organisation: str) -> HttpResponse:
    """What waits for a word of the office."""
    rows = queries.waiting_at(request.organisation).exclude(person=request.user)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "passport/waiting.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MANAGE_PEOPLE)
def settle(request: Request, organisation: str, arrival: str) -> HttpResponse:
    """Whose it is, as the file says and as this site knows; the office says yes or no, and why."""
    rows = queries.waiting_at(request.organisation).exclude(person=request.user)
    row = get_object_or_404(rows, public_id=plain_id(arrival))
    form = SettleForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        act = actions.accept_arrival if request.POST.get("do") == "accept" else actions.refuse_arrival
        status = tried(
            request, form, _("Noted. The owner reads it with your reason."),
            lambda: act(row, because=form.cleaned_data["because"], by=request.actor, at=request.at),
        )  # fmt: skip
        if not status:
            return redirect("passport:waiting", organisation)
    entries = saying.timeline(queries.told_by(row, request.today))
    page = Paginator(entries, A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "row": row, "form": form, "page": page, "years": saying.by_year(page.object_list),
        "name": text(row.issuer_name), "verdict": VERDICTS[row.verdict],
    }  # fmt: skip
    return render(request, "passport/settle.html", context, status=status)
