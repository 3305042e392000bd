"""Showing a figure to everybody, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from craftpath.delivery.web.indicators.places import indicator_of
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.insight import actions
from craftpath.kernel.roles import Permission


@require_POST
@needs(Permission.PUBLISH_FIGURES)
def publish(request: Request, organisation: str, kind: str, form: str) -> HttpResponse:
    """Show an indicator to everybody, or to members only."""
    found = indicator_of(kind)
    match form:
        case "publish":
            actions.publish_indicator(request.organisation, found.key, by=request.actor, at=request.at)
            messages.success(request, _("Published. Everybody reads it from now on."))
        case "withdraw":
            actions.withdraw_indicator(request.organisation, found.key, by=request.actor, at=request.at)
            messages.success(request, _("Taken back. Only members read it."))
        case _:
            raise Http404
    return redirect("indicators:one", organisation, found.key)
