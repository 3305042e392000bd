"""Changing a planned session instead of cancelling it and planning it anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.learning import saying
from craftpath.delivery.web.learning.forms import ChangeForm
from craftpath.delivery.web.learning.trail import to_sessions
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.learning import queries, rules
from craftpath.domain.learning.actions import change_session
from craftpath.domain.learning.overlaps import overlapping
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.learning.models import Session


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.HOLD_SESSIONS)
def change(request: Request, organisation: str, session: str) -> HttpResponse:
    """The form, filled with what is planned; what overlaps is said once it is kept, since it may be meant."""
    found = get_object_or_404(queries.sessions(), public_id=session)
    require(rules.may_plan(request.actor, found.organisation))
    if request.method != "POST":
        require(rules.can_change(found, request.at))
    form = ChangeForm(request.POST if request.method == "POST" else None, request=request, session=found)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            changed = _keep(request, found, form)
        except Refused as refused:
            if refused.verdict.who:
                raise
            field = "because" if refused.verdict.reason == "learning.no_reason_for_move" else None
            form.add_error(field, sentence(refused.verdict))
            status = 409
        else:
            _said(request, found, changed)
            return redirect("learning:session", organisation, session)
    title = text(found.title)
    context = {
        "form": form,
        "session": found,
        "sequence": request.POST.get("sequence", "") if form.is_bound else found.sequence,
        "teachers": form.teacher_fields(),
        "zone": found.organisation.time_zone,
        "crumbs": to_sessions(
            request, step(request, title, "learning:session", found.public_id), here(_("Change the session"))
        ),
    }
    return render(request, "learning/change.html", context, status=status)


def _keep(request: Request, found: Session, form: ChangeForm) -> Session:
    typed = request.POST.get("sequence", "")
    return change_session(
        found,
        form.plan(),
        cohorts=form.cohorts_chosen(),
        teachers=form.teachers_chosen(),
        because=form.cleaned_data["because"],
        sequence=int(typed[:9]) if typed.isascii() and typed.isdecimal() else -1,
        by=request.actor,
        at=request.at,
    )


def _said(request: Request, before: Session, changed: Session) -> None:
    if changed.sequence == before.sequence:
        messages.info(request, _("Nothing was changed."))
    elif changed.was != before.was:
        messages.success(request, _("The session is changed. Those who come read the reason."))
    else:
        messages.success(request, _("The session is changed."))
    others = overlapping(changed)
    if others:
        messages.warning(request, saying.overlaps_said(others))
