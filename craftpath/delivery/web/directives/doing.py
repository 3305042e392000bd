"""Buttons of the office: publish, remind, withdraw, throw a draft away."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from craftpath.delivery.web.directives.forms import PublishForm, ReasonForm
from craftpath.delivery.web.directives.places import issued
from craftpath.delivery.web.directives.showing import page_of
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.directives import actions
from craftpath.kernel.roles import Permission


@require_POST
@needs(Permission.ISSUE_DIRECTIVES)
def publish(request: Request, organisation: str, directive: str) -> HttpResponse:
    """At once, or from a day on."""
    row = issued(request, directive)
    form = PublishForm(request.POST, auto_id="publish_%s")

    def act() -> None:
        day = form.cleaned_data["shown_from"] or request.today
        actions.publish_directive(row, shown_from=day, by=request.actor, at=request.at)

    status = tried(request, form, _("Published. It stands on their home page until they have read it."), act)
    if not status:
        return redirect("directives:receipts", organisation, row.public_id)
    return render(request, "directives/directive.html", page_of(request, row, publish=form), status=status)


@require_POST
@needs(Permission.ISSUE_DIRECTIVES)
def withdraw(request: Request, organisation: str, directive: str) -> HttpResponse:
    """It no longer holds, and says why."""
    row = issued(request, directive)
    form = ReasonForm(request.POST, auto_id="withdraw_%s")

    def act() -> None:
        actions.withdraw_directive(row, because=form.cleaned_data["because"], by=request.actor, at=request.at)

    status = tried(request, form, _("Withdrawn. Readers see that it no longer holds, and why."), act)
    if not status:
        return redirect("directives:directive", organisation, row.public_id)
    return render(request, "directives/directive.html", page_of(request, row, withdraw=form), status=status)


@require_POST
@needs(Permission.ISSUE_DIRECTIVES)
def do(request: Request, organisation: str, directive: str, verb: str) -> HttpResponse:
    """Remind those who have not read it, or throw a draft away."""
    row = issued(request, directive)
    if verb == "discard":
        actions.discard_directive(row, by=request.actor, at=request.at)
        messages.success(request, _("The draft is thrown away."))
        return redirect("directives:issued", organisation)
    if verb != "remind":
        raise Http404
    count = actions.remind_readers(row, by=request.actor, at=request.at)
    said = ngettext("%(count)s person is reminded.", "%(count)s people are reminded.", count)
    messages.success(request, said % {"count": count})
    return redirect("directives:receipts", organisation, row.public_id)
