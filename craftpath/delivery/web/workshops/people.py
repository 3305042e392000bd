"""Who registered: found, filtered, registered for others, invited, taken as a sheet; one registration with its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.exchange.listing import Head
from craftpath.delivery.web.shell.codes import qr
from craftpath.delivery.web.shell.lists import Told, exported, listing, require_form, sent, ways_out
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.workshops import saying
from craftpath.delivery.web.workshops.forms import ComerForm, ManyForm
from craftpath.delivery.web.workshops.places import found_in, page_of, run_by, to_workshop
from craftpath.domain.workshops import actions, queries
from craftpath.domain.workshops.texts import KINDS, REGISTRATION_STATES, WAYS
from craftpath.kernel.organisations import Organisation

if TYPE_CHECKING:
    from craftpath.domain.workshops.models import Registration

A_PAGE = 50
MOST_PLACES = 500


@require_GET
def people(request: Request, organisation: str, workshop: str) -> HttpResponse:
    """The list, and those who may stand in it twice."""
    row = run_by(request, workshop)
    asked = {name: request.GET.get(name, "") for name in ("q", "kind", "way", "state")}
    rows = queries.filtered(queries.registrations(row), asked)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        **page_of(request, row, "people", ""),
        "page": page,
        "exports": ways_out(request, "registrations", workshop),
        "lines": [(one, str(REGISTRATION_STATES[one.state]), saying.SEATED[one.state], str(KINDS[one.kind]))
                  for one in page.object_list],
        "asked": asked,
        "kinds": list(KINDS.items()),
        "ways": list(WAYS.items()),
        "states": list(REGISTRATION_STATES.items()),
        "alike": queries.alike(row),
        "sites": queries.sites_of(row),
    }  # fmt: skip
    return render(request, "workshops/people.html", context)


@require_GET
def sheet(request: Request, organisation: str, workshop: str, form: str) -> HttpResponse:
    """The list as a file, as it is filtered."""
    require_form(form)
    row = run_by(request, workshop)
    rows = queries.filtered(queries.registrations(row), request.GET.dict())
    heads = [
        _("Name"), _("Organisation"), _("Kind of organisation"), _("City"), Head(_("How they come"), beyond=True),
        _("Site"), _("State"), Head(_("E-mail"), beyond=True), Head(_("Telephone"), text=True, beyond=True),
        _("What they need"), Head(_("Pictures"), beyond=True), Head(pgettext("of a registration", "Code"), text=True),
    ]  # fmt: skip
    return sent(
        request, listing(_("Registrations"), text(row.title), heads, [_cells(one) for one in rows]), form
    )


exported("registrations", screen="workshops:people", file="workshops:sheet", caption="Registrations")


def _cells(one: Registration) -> tuple[str | None | Told, ...]:
    return (
        one.name, one.organisation_name, str(KINDS[one.kind]), one.city, str(WAYS[one.way]),
        text(one.site.name) if one.site else Told(None, _("On line")), str(REGISTRATION_STATES[one.state]), one.email,
        one.phone, one.needs or Told(None, ""), _("yes") if one.pictures else _("no"), one.badge,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def many(request: Request, organisation: str, workshop: str) -> HttpResponse:
    """Register the people of an organisation."""
    row = run_by(request, workshop)
    form = ManyForm(
        request.POST if request.method == "POST" else None, workshop=row, sites=queries.sites_of(row)
    )
    status = 200
    if request.method == "POST":
        status = tried(
            request, form, _("Registered. Give each the own link; it stands beside the name."),
            lambda: actions.register_many(row, form.comers, by=request.actor, at=request.at),
        )  # fmt: skip
        if not status:
            return redirect("workshops:people", organisation, row.public_id)
    title = _("Register several")
    context = {"form": form, "title": title, "crumbs": to_workshop(request, row, title)}
    return render(request, "workshops/many.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: Request, organisation: str, workshop: str) -> HttpResponse:
    """Ask organisations, with all below each: their people find it in their list."""
    row = run_by(request, workshop)
    root = Organisation.objects.filter(path=row.organisation.path[: Organisation.steplen]).get()
    places = {one.key: one for one in root.below().exclude(kind="site").order_by("path")[:MOST_PLACES]}
    if request.method == "POST":
        chosen = [places[key] for key in request.POST.getlist("place")[:MOST_PLACES] if key in places]
        if not chosen:
            messages.warning(request, _("Choose at least one organisation."))
            return redirect("workshops:invite", organisation, row.public_id)
        actions.invite_organisations(row, chosen, by=request.actor, at=request.at)
        messages.success(request, _("Invited. Their people find it under Workshops."))
        return redirect("workshops:people", organisation, row.public_id)
    asked = set(row.invited.values_list("organisation__key", flat=True))
    title = _("Invite organisations")
    context = {
        "title": title, "crumbs": to_workshop(request, row, title),
        "places": [(one.key, text(one.name), one.get_depth(), one.key in asked) for one in places.values()],
    }  # fmt: skip
    return render(request, "workshops/invite.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: Request, organisation: str, workshop: str, registration: str) -> HttpResponse:
    """A registration with its link and code, and what was said; changed here for whoever rings up."""
    row = run_by(request, workshop)
    found, status = found_in(row, registration), 200
    form = ComerForm(
        request.POST if request.method == "POST" else None,
        workshop=row,
        sites=queries.sites_of(row),
        row=found,
    )
    if request.method == "POST":
        status = tried(
            request, form, _("Kept."),
            lambda: actions.change_registration(found, form.comer, by=request.actor, at=request.at),
        )  # fmt: skip
        if not status:
            return redirect("workshops:one", organisation, row.public_id, found.public_id)
    link = saying.link_of(request, found)
    context = {
        "row": found, "form": form, "title": found.name, "crumbs": to_workshop(request, row, found.name),
        "link": link, "code": qr(f"workshop:{found.badge}"), "workshop": row,
        "state": (str(REGISTRATION_STATES[found.state]), saying.SEATED[found.state]),
    }  # fmt: skip
    return render(request, "workshops/one.html", context, status=status)


@require_POST
def withdraw(request: Request, organisation: str, workshop: str, registration: str) -> HttpResponse:
    """Somebody does not come after all."""
    row = run_by(request, workshop)
    actions.withdraw_registration(found_in(row, registration), by=request.actor, at=request.at)
    messages.success(request, _("Withdrawn. Whoever waited longest has the seat."))
    return redirect("workshops:people", organisation, row.public_id)
