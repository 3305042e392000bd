"""Reporting an incident in one short form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.care.forms import ReportForm
from craftpath.delivery.web.care.trail import to_care
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.apprenticeships.queries import enrolments, enrolments_of
from craftpath.domain.care.actions import report_incident
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment

MOST = 200  # apprentices in one choice; more are found by name or number


def _offered(request: Request) -> list[Enrolment]:
    """Of whom this reader can report: the own apprenticeship, or those whom the reader sees.

    Many are narrowed by a word, or reached from the apprentice's own page.
    """
    if request.actor.sees_only_own:
        rows = enrolments_of(request.user).filter(state="active")
    else:
        rows = enrolments().filter(state="active")
    asked = request.POST.get("who") or request.GET.get("who") or ""
    if asked and (one := enrolments().filter(public_id=plain_id(asked)).first()) is not None:
        return [one]
    word = request.GET.get("q", "").replace("\0", "").strip()[:60]
    if word:
        rows = rows.filter(person__name__icontains=word) | rows.filter(number__startswith=word)
    return list(rows[:MOST])


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REPORT_INCIDENTS)
def report(request: Request, organisation: str) -> HttpResponse:
    """The form; sent twice it is one report."""
    people = _offered(request)
    posted = request.method == "POST"
    form = ReportForm(
        request.POST if posted else None, request.FILES if posted else None, people=people,
        who=plain_id(request.GET.get("who", "")),
    )  # fmt: skip
    if posted and form.is_valid():
        file = form.cleaned_data["photo"]
        try:
            made = report_incident(
                form.chosen(),
                **form.values(),
                photo=file.read() if file else b"",
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            form.add_error(None, sentence(refused.verdict))
        else:
            messages.success(request, _("Reported. You read here how it ends."))
            return redirect("care:incident", organisation, made.public_id)
    context = {
        "form": form,
        "many": len(people) == MOST or bool(request.GET.get("q")),
        "asked": request.GET.get("q", ""),
        "crumbs": to_care(request, here(_("Report an incident"))),
    }
    return render(request, "care/report.html", context, status=422 if posted else 200)
