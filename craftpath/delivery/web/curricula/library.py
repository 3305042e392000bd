"""The library: all cards with a filter, one card to read or change, offered or no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.curricula import task_choices
from craftpath.delivery.web.curricula.card_forms import (
    CardForm,
    Outcomes,
    Resources,
    initial_of,
    named,
    outcome_rows,
)
from craftpath.delivery.web.curricula.places import OFFICE, found_card, revision_of, tabs, to_curricula
from craftpath.delivery.web.frameworks.choosing import skill_groups
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.curricula import queries, rules
from craftpath.domain.curricula.actions import offer_card, retire_card, save_card
from craftpath.domain.curricula.cards import cards_by_key, values_of
from craftpath.domain.curricula.texts import CARD_STATES, PLACES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import UnitCard
    from craftpath.kernel.organisations import Organisation

A_PAGE = 50


@require_GET
@needs(*OFFICE)
def library(request: Request, organisation: str) -> HttpResponse:
    """A page of cards; found by name or key, stage and place."""
    asked = {name: request.GET.get(name, "")[:80] for name in ("q", "stage", "place")}
    rows = queries.cards().prefetch_related("outcomes")
    if asked["q"].isprintable() and asked["q"]:
        words = Q(name__zh__icontains=asked["q"]) | Q(name__en__icontains=asked["q"])
        rows = rows.filter(words | Q(key__icontains=asked["q"]))
    if asked["place"] in PLACES:
        rows = rows.filter(place=asked["place"])
    offer = queries.offer_of(request.organisation.pk)
    found = list(rows)
    if asked["stage"] in offer.stages:
        found = [row for row in found if not row.stages or asked["stage"] in row.stages]
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    stages = {key: text(stage.name) for key, stage in offer.stages.items()}
    areas = {key: text(area.name) for key, area in offer.areas.items()}
    context = {
        "page": page,
        "rows": [
            (
                card,
                str(PLACES[card.place]),
                [stages.get(key, key) for key in card.stages],
                areas.get(card.area, ""),
                str(CARD_STATES[card.state]),
            )
            for card in page
        ],
        "asked": asked,
        "stages": list(stages.items()),
        "places": list(PLACES.items()),
        "may": bool(rules.may_design(request.actor, request.organisation)),
        "tabs": tabs(request, "curricula:library"),
    }
    return render(request, "curricula/library.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DESIGN_CURRICULA)
def new_card(request: Request, organisation: str) -> HttpResponse:
    """An empty form; the same press twice makes one card."""
    require(rules.may_design(request.actor, request.organisation))
    return _edited(request, request.organisation, None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*OFFICE)
def card(request: Request, organisation: str, card: str) -> HttpResponse:
    """Whoever designs changes the card; others read it."""
    row = found_card(card)
    if request.method == "POST":
        require(rules.may_design(request.actor, row.organisation))
    return _edited(request, row.organisation, row)


@require_POST
@needs(Permission.DESIGN_CURRICULA)
def move(request: Request, organisation: str, card: str, verb: str) -> HttpResponse:
    """Offer a card no more, or again."""
    row = found_card(card)
    act = {"offer": offer_card, "retire": retire_card}.get(verb)
    if act is None:
        raise Http404
    act(row, by=request.actor, at=request.at)
    messages.success(request, _("Done."))
    return redirect("curricula:card", organisation, row.public_id)


def _edited(request: Request, owner: Organisation, row: UnitCard | None) -> HttpResponse:
    offer = queries.offer_of(owner.pk)
    known = list(queries.cards().filter(organisation=owner))
    others = [(one.key, text(one.name)) for one in known if row is None or one.pk != row.pk]
    values = values_of(row) if row else None
    posted = request.POST if request.method == "POST" else None
    form = CardForm(offer, others, posted, initial=initial_of(values) if values else None)
    tasks = task_choices.offer_of(
        owner, also=[task for one in (values.outcomes if values else ()) for task in one.tasks]
    )
    more: dict[str, Any] = {
        "areas": [("", "–"), *named(offer.areas)],
        "offer": tasks,
        "known": skill_groups(
            stored=[key for one in (values.outcomes if values else ()) for key in one.skills]
        ),
    }
    outcomes = Outcomes(
        posted, prefix="outcome", initial=outcome_rows(values, tasks) if values else None, form_kwargs=more
    )
    resources = Resources(posted, prefix="resource", initial=list(values.resources) if values else None)
    status = 200
    if posted is not None:
        status = 422
        if form.is_valid() and outcomes.is_valid() and resources.is_valid():
            status = 409
            with refusals_in(form):
                made = save_card(
                    owner,
                    form.values(row.key, outcomes, resources)
                    if row
                    else form.new_values(cards_by_key(owner), outcomes, resources),
                    revision=revision_of(posted) if row else None, by=request.actor, at=request.at,
                )  # fmt: skip
                messages.success(request, _("The unit is kept."))
                return redirect("curricula:card", request.organisation.key, made.public_id)
    title = text(row.name) if row else _("New unit")
    library_step = step(request, _("Library of units"), "curricula:library")
    context = {
        "card": row,
        "title": title,
        "form": form,
        "outcomes": outcomes,
        "resources": resources,
        "state": str(CARD_STATES[row.state]) if row else "",
        "may": bool(rules.may_design(request.actor, owner)),
        "back": reverse("curricula:library", args=[request.organisation.key]),
        "crumbs": to_curricula(request, library_step, here(title)),
    }
    return render(request, "curricula/card.html", context, status=status)
