"""What stands around a chart: the workshop, what decides, the four lists, and the panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.occupations.forms import FrameForm, ListsForm, PanelForm
from craftpath.delivery.web.occupations.places import found, to_chart
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.apprenticeships.queries import hosts_below
from craftpath.domain.occupations import actions, rules
from craftpath.kernel.access import memberships_on
from craftpath.kernel.roles import Role
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person

CONFLICT = 409
WORKERS = (Role.MENTOR, Role.TRAINER)


@require_http_methods(["GET", "HEAD", "POST"])
def frame(request: Request, organisation: str, chart: str) -> HttpResponse:
    """Facilitator, place, days, and the figures that decide."""
    row = found(request, chart)
    require(rules.may_run(request.actor, row))
    form, status = FrameForm(request.POST if request.method == "POST" else None, chart=row), 200
    if request.method == "POST":
        status = tried(
            request, form, pgettext("what was written", "Kept."),
            lambda: actions.set_chart(row, by=request.actor, at=request.at, **form.frame()),
        )  # fmt: skip
        if not status:
            return redirect("occupations:chart", organisation, row.public_id)
    context = {"form": form, "row": row, "crumbs": to_chart(request, row, here(_("Workshop and criteria")))}
    return render(request, "occupations/frame.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: Request, organisation: str, chart: str) -> HttpResponse:
    """The four lists, which the panel fills too."""
    row = found(request, chart)
    require(rules.may_edit(request.actor, row))
    form, status = ListsForm(request.POST if request.method == "POST" else None, chart=row), 200
    if request.method == "POST":
        status = tried(
            request, form, pgettext("what was written", "Kept."),
            lambda: actions.set_chart(
                row, lists=form.lists(), was=form.cleaned_data["was"], by=request.actor, at=request.at
            ),
        )  # fmt: skip
        if not status:
            return redirect("occupations:chart", organisation, row.public_id)
        if status == CONFLICT:
            row.refresh_from_db()
            form.beside(row)
    context = {"form": form, "row": row, "crumbs": to_chart(request, row, here(_("Beside the chart")))}
    return render(request, "occupations/lists.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def panel(request: Request, organisation: str, chart: str) -> HttpResponse:
    """Who sits there; one is added, or taken off."""
    row = found(request, chart)
    require(rules.may_run(request.actor, row))
    do = request.POST.get("do", "")
    if do not in ("", "remove"):
        raise Http404
    if do == "remove":
        actions.unseat_panellist(row, plain_id(request.POST.get("seat", "")), by=request.actor, at=request.at)
        messages.success(request, _("Taken off the panel."))
        return redirect("occupations:panel", organisation, row.public_id)
    people = _people(request)
    form = PanelForm(request.POST if request.method == "POST" else None, people=_choices(people))
    status = 200
    if request.method == "POST":

        def act() -> None:
            given = form.cleaned_data
            person, place = people.get(given["person"], (None, None))
            employer = given["employer"] or (text(place.name) if place else "")
            actions.seat_panellist(
                row, name=given["name"], person=person, employer=employer, years=given["years"],
                told=given["told"], on=request.today, by=request.actor, at=request.at,
            )  # fmt: skip

        status = tried(request, form, _("Seated."), act)
        if not status:
            return redirect("occupations:panel", organisation, row.public_id)
    context = {
        "form": form,
        "row": row,
        "panel": list(row.panel.all()),
        "draft": row.state == "draft",
        "crumbs": to_chart(request, row, here(_("Panel of expert workers"))),
    }
    return render(request, "occupations/panel.html", context, status=status)


def _people(request: Request) -> dict[str, tuple[Person, Organisation]]:
    """public id → a mentor or trainer here, below, or where apprentices learn, with the place; two queries."""
    rows = memberships_on(request.today).filter(
        Q(organisation__path__startswith=request.organisation.path)
        | Q(organisation__in=hosts_below(request.organisation)),
        role__in=[role.value for role in WORKERS],
        person__is_active=True,
    )
    rows = rows.select_related("person", "organisation").order_by("organisation__path", "person__name", "pk")
    return {one.person.public_id: (one.person, one.organisation) for one in rows}


def _choices(people: dict[str, tuple[Person, Organisation]]) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, (person, place) in people.items():
        groups.setdefault(text(place.name), []).append((key, person.name))
    return list(groups.items())
