"""Planning sessions: one, or one in each of the coming weeks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.learning import saying
from craftpath.delivery.web.learning.forms import PlanForm
from craftpath.delivery.web.learning.trail import to_sessions
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.learning.actions import plan_session
from craftpath.domain.learning.overlaps import overlapping
from craftpath.kernel.roles import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.HOLD_SESSIONS)
def plan(request: Request, organisation: str) -> HttpResponse:
    """The form; what overlaps is said once the session is planned, since it may be meant."""
    form = PlanForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            made = plan_session(
                form.plan(),
                organisation=request.organisation,
                cohorts=form.cohorts_chosen(),
                teachers=form.teachers_chosen(),
                weeks=form.cleaned_data["weeks"],
                by=request.actor,
                at=request.at,
            )
            said = ngettext("%(count)s session is planned.", "%(count)s sessions are planned.", len(made))
            messages.success(request, said % {"count": len(made)})
            others = overlapping(made[0])
            if others:
                messages.warning(request, saying.overlaps_said(others))
            return redirect("learning:session", organisation, made[0].public_id)
    context = {
        "form": form,
        "teachers": form.teacher_fields(),
        "zone": request.organisation.time_zone,
        "crumbs": to_sessions(request, here(_("Plan sessions"))),
    }
    return render(request, "learning/plan.html", context, status=422 if form.is_bound else 200)
