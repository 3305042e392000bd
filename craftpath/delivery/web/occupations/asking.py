"""Putting a chart before more workers: whose people, until when, with names or without."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.occupations.forms import AskForm
from craftpath.delivery.web.occupations.places import found, to_chart
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.apprenticeships.queries import hosts_below
from craftpath.domain.occupations import actions, queries, rules
from craftpath.domain.occupations.moving import USUAL_ROLES, USUAL_TIME
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import require


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, organisation: str, chart: str) -> HttpResponse:
    """The form; what is asked is the chart as it stands, and its words are closed from then on."""
    row = found(request, chart)
    require(rules.may_run(request.actor, row))
    places = {place.key: place for place in _places(request)}
    initial = {"places": list(places), "roles": USUAL_ROLES, "closes_on": request.today + USUAL_TIME}
    form = AskForm(
        request.POST if request.method == "POST" else None,
        places=[(key, text(place.name)) for key, place in places.items()], initial=initial,
    )  # fmt: skip
    status = 200
    if request.method == "POST":

        def act() -> None:
            given = form.cleaned_data
            actions.verify_chart(
                row, closes_on=given["closes_on"], today=request.today, named=given["named"] == "yes",
                places=[places[key] for key in given["places"]], roles=given["roles"],
                by=request.actor, at=request.at,
            )  # fmt: skip

        status = tried(
            request, form, _("It is asked. The link for people without an account stands below."), act
        )
        if not status:
            return redirect("occupations:results", organisation, row.public_id)
    context = {
        "row": queries.counted(queries.charts()).get(pk=row.pk),
        "form": form,
        "crumbs": to_chart(request, row, here(_("Ask more workers"))),
    }
    return render(request, "occupations/ask.html", context, status=status)


def _places(request: Request) -> list[Organisation]:
    """The own organisation, and the enterprises where its apprentices learn; what lies below is asked too."""
    hosts = Organisation.objects.filter(pk__in=hosts_below(request.organisation)).order_by("path")
    return [
        request.organisation,
        *(one for one in hosts if not one.path.startswith(request.organisation.path)),
    ]
