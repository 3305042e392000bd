"""What enterprises ask for: the form of an enterprise that is here, one application, and what the city says."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.accreditation import saying
from craftpath.delivery.web.accreditation.accrediting import LASTS, crumbs_to, room_of
from craftpath.delivery.web.accreditation.forms import ApplyForm, ReasonForm, RoomForm
from craftpath.delivery.web.offers.places import READERS
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.accreditation import actions, queries, rules
from craftpath.domain.accreditation.states import APPLICATION
from craftpath.domain.accreditation.trades import known_trades, trade_named
from craftpath.kernel.organisations import Kind
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.accreditation.models import PlaceApplication

MOST_SITES = 200


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*READERS)
def apply(request: Request, organisation: str) -> HttpResponse:
    """Ask for places of an occupation, at the enterprise or one of its sites."""
    own = request.organisation
    authority = queries.authority_of(own)
    if own.kind not in (Kind.ENTERPRISE, Kind.SITE) or authority is None:
        raise Http404
    require(rules.may_apply(request.actor, own))
    rows = own.below().filter(kind__in=[Kind.ENTERPRISE, Kind.SITE]).order_by("path")[:MOST_SITES]
    sites, known = {one.public_id: one for one in rows}, known_trades()
    data = request.POST if request.method == "POST" else None
    first = {"made_id": uuid.uuid4(), "organisation": own.public_id}
    form = ApplyForm(data, organisations=[(key, text(one.name)) for key, one in sites.items()], initial=first)
    status, kept = 200, []

    def act() -> None:
        given = form.cleaned_data
        wanted = actions.Wanted(
            trade_named(given["occupation"], known),
            **{name: given[name] for name in ("workers", "mentors", "capacity", "words")},
        )
        where = sites[given["organisation"]]
        kept.append(
            actions.apply_for_places(where, wanted, made_id=given["made_id"], by=request.actor, at=request.at)
        )

    if data is not None:
        status = tried(request, form, _("The city has it. You find here what it answers."), act)
        if not status:
            return redirect("accreditation:application", organisation, kept[0].public_id)
    context = {
        "form": form,
        "rule": queries.rule_for(authority),
        "trades": sorted({said for one in known for said in one.values() if said}),
        "crumbs": crumbs_to(request, _("Apply for places")),
    }
    return render(request, "accreditation/apply.html", context, status=status)


@require_GET
@needs(*READERS)
def application(request: Request, organisation: str, application: str) -> HttpResponse:
    """One of them."""
    return render(request, "accreditation/application.html", _page(request, _found(application)))


def _found(public_id: str) -> PlaceApplication:
    return get_object_or_404(queries.applications(), public_id=plain_id(public_id))


def _page(request: Request, row: PlaceApplication, wrong: str = "", form: Any = None) -> dict[str, Any]:
    forms: dict[str, Any] = {}
    if rules.may_accredit(request.actor, row.authority) and APPLICATION.can(row.state, "grant"):
        first = {name: getattr(row, name) for name in ("workers", "mentors", "capacity")}
        first |= {"valid_from": request.today, "valid_until": request.today + LASTS}
        forms = {"grant": RoomForm(initial=first), "decline": ReasonForm(key="decline")}
    if wrong in forms:
        forms[wrong] = form
    asks = bool(rules.may_apply(request.actor, row.organisation))
    return {
        "row": row,
        "badge": saying.application_badge(row),
        "forms": forms,
        "wrong": wrong,
        "withdraws": asks and not forms and APPLICATION.can(row.state, "withdraw"),
        "most": rules.most_places(row.workers, row.mentors, queries.rule_for(row.authority)),
        "crumbs": crumbs_to(request, f"{text(row.organisation.name)} · {text(row.occupation)}"),
    }


@require_POST
@needs(*READERS)
def application_move(request: Request, organisation: str, application: str, verb: str) -> HttpResponse:
    """Grant it, decline it, take it back."""
    row = _found(application)
    who: dict[str, Any] = {"by": request.actor, "at": request.at}
    if verb == "withdraw":
        actions.withdraw_application(row, **who)
        messages.success(request, pgettext("an application for places", "Withdrawn."))
        return redirect("accreditation:places", organisation)
    require(rules.may_accredit(request.actor, row.authority))
    if verb == "grant":
        form: Any = RoomForm(request.POST)
        status = tried(
            request, form, _("Accredited."),
            lambda: actions.grant_application(row, room_of(form.cleaned_data), **who),
        )  # fmt: skip
    elif verb == "decline":
        form = ReasonForm(request.POST, key="decline")
        status = tried(
            request, form, _("Declined; the enterprise reads why."),
            lambda: actions.decline_application(row, because=form.cleaned_data["because"], **who),
        )  # fmt: skip
    else:
        raise Http404
    if not status:
        return redirect("accreditation:application", organisation, row.public_id)
    return render(request, "accreditation/application.html", _page(request, row, verb, form), status=status)
