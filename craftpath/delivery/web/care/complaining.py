"""Making a complaint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.care.forms import ComplaintForm
from craftpath.delivery.web.care.trail import to_care
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.apprenticeships.queries import enrolments_of
from craftpath.domain.care.actions import make_complaint
from craftpath.domain.care.queries import people_around
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.kernel.organisations import Organisation


def surroundings(request: Request) -> tuple[dict[str, Organisation], list[Enrolment]]:
    """Where the complainant belongs: the college and the enterprise of an apprentice, else the organisation here."""
    own = list(enrolments_of(request.user).filter(state="active"))
    places = {row.cohort.organisation.key: row.cohort.organisation for row in own}
    places |= {row.enterprise.key: row.enterprise for row in own if row.enterprise is not None}
    return places or {request.organisation.key: request.organisation}, own


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.COMPLAIN)
def complain(request: Request, organisation: str) -> HttpResponse:
    """The form; sent twice it is one complaint."""
    places, own = surroundings(request)
    people = [
        row
        for row in people_around(places.values(), own, request.today, mates=True)
        if row.pk != request.user.pk
    ]
    posted = request.method == "POST"
    form = ComplaintForm(request.POST if posted else None, places=places, people=people)
    if posted and form.is_valid():
        try:
            made = make_complaint(
                places[form.cleaned_data["begins"]], **form.values(), by=request.actor, at=request.at
            )
        except Refused as refused:
            form.add_error(None, sentence(refused.verdict))
        else:
            messages.success(request, _("Received. You see here who looks after it, and every step."))
            return redirect("care:complaint", organisation, made.public_id)
    crumbs = to_care(request, here(_("Make a complaint")))
    return render(
        request, "care/complain.html", {"form": form, "crumbs": crumbs}, status=422 if posted else 200
    )
