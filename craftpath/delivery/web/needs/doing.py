"""What is done with an analysis: published, signed, tried again, put away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from craftpath.delivery.web.needs.forms import PublishForm
from craftpath.delivery.web.needs.pages import page
from craftpath.delivery.web.needs.places import found
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.needs import actions

if TYPE_CHECKING:
    from craftpath.domain.needs.models import Analysis


@require_POST
def do(request: Request, organisation: str, analysis: str) -> HttpResponse:
    """One of the steps; what cannot be is said on the page."""
    row, wanted = found(request, analysis), request.POST.get("do", "")
    if wanted == "publish":
        return _publish(request, row)
    by, at = request.actor, request.at
    if wanted == "sign":
        actions.sign_analysis(row, by=by, at=at)
        messages.success(request, _("You have signed the list of priorities."))
    elif wanted == "retry":
        row = actions.retry_analysis(row, by=by, at=at)
    elif wanted == "drop":
        actions.drop_analysis(row, by=by, at=at)
        messages.success(request, _("Thrown away."))
        return redirect("needs:list", organisation)
    else:
        raise Http404
    return redirect("needs:analysis", organisation, row.public_id)


def _publish(request: Request, row: Analysis) -> HttpResponse:
    form = PublishForm(request.POST)

    def publish() -> None:
        said = form.cleaned_data
        actions.publish_analysis(
            row, method=said["method"], count=said["count"], by=request.actor, at=request.at
        )

    status = tried(request, form, _("Published. Those who were asked can read it now."), publish)
    if status:
        return render(request, "needs/analysis.html", page(request, row, publish=form), status=status)
    return redirect("needs:analysis", request.organisation.key, row.public_id)
