"""Writing what is said about a place, its seats, travel times, and the outline of an area."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.places.finding import found, to_places
from craftpath.delivery.web.places.forms import OutlineForm, PlaceForm, TravelForm, seat_rows
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.picking import tree
from craftpath.delivery.web.shell.refusals import refusals_in, tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import both, text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.places import actions, queries, rules
from craftpath.domain.places.rules import OFFERS
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text
from craftpath.values.verdict import require

KEEPS = Permission.KEEP_PLACES


@require_http_methods(["GET", "HEAD", "POST"])
@needs(KEEPS)
def edit(request: Request, organisation: str, place: str) -> HttpResponse:
    """What is said about a place."""
    row = found(request, place)
    require(rules.may_keep(request.actor, row))
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form, status = PlaceForm(data, files, initial=_said(row)), 200

    def act() -> None:
        file = form.cleaned_data["photo"]
        actions.keep_place(
            row, form.told(), picture=file.read() if file else b"", by=request.actor, at=request.at
        )

    if request.method == "POST":
        status = tried(request, form, pgettext("what was written", "Kept."), act)
        if not status:
            return redirect("places:place", organisation, row.key)
    context = {"form": form, "row": row, "crumbs": _crumbs(request, row, _("Describe"))}
    return render(request, "places/edit.html", context, status=status)


def _crumbs(request: Request, row: Organisation, last: str) -> Any:
    return to_places(request, step(request, text(row.name), "places:place", row.key), here(last))


def _said(row: Organisation) -> dict[str, Any]:
    said = queries.place_of(row)
    if said is None:
        return {"is_indexed": True}
    about = Text.of(said.about)
    position = f"{said.lat:.6f}, {said.lon:.6f}" if said.position else ""
    lines = {key: "\n".join(said.offers.get(key, [])) for key in OFFERS}
    same = (
        "address",
        "hours",
        "contact",
        "languages",
        "access",
        "network",
        "photo_words",
        "is_public",
        "is_indexed",
    )
    return {
        "position": position, "about_zh": about.zh, "about_en": about.en, **lines,
        **{name: getattr(said, name) for name in same},
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(KEEPS)
def seats(request: Request, organisation: str, place: str) -> HttpResponse:
    """All lines of a place at once; an empty line is none."""
    row = found(request, place)
    require(rules.may_keep(request.actor, row))
    known = [
        {"occupation": _slashed(one.occupation), "starts_on": one.starts_on, "ends_on": one.ends_on, "count": one.count}
        for one in queries.seats_of(row)
    ]  # fmt: skip
    data = request.POST if request.method == "POST" else None
    forms, status = seat_rows(data, known), 200
    if data is not None:
        begun = [form for form in forms if form.begun]
        status = 422 if sum(not form.is_valid() for form in begun) else 0
        if not status:
            first = begun[0] if begun else forms[0]
            done = pgettext("what was written", "Kept.")
            if begun:
                status = tried(request, first, done, lambda: _keep(request, row, begun))
            else:
                actions.keep_seats(row, [], by=request.actor, at=request.at)
        if not status:
            return redirect("places:place", organisation, row.key)
    wrong = next((form for form in forms if form.begun and form.errors), None)
    context = {"forms": forms, "wrong": wrong, "row": row, "crumbs": _crumbs(request, row, _("Seats"))}
    return render(request, "places/seats.html", context, status=status)


def _keep(request: Request, row: Organisation, forms: Any) -> None:
    actions.keep_seats(row, [form.term() for form in forms], by=request.actor, at=request.at)


def _slashed(occupation: Any) -> str:
    said = Text.of(occupation)
    return f"{said.zh} / {said.en}" if said.zh and said.en and said.zh != said.en else both(occupation)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(KEEPS)
def travel(request: Request, organisation: str) -> HttpResponse:
    """Travel times as rows: all of them or none."""
    require(rules.may_keep(request.actor, request.organisation))
    form, status = TravelForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status, count = 422, 0
        if form.is_valid():
            ways = form.ways(tree(request.organisation))
            if not form.errors:
                with refusals_in(form):
                    count = actions.keep_travel(
                        ways, organisation=request.organisation, by=request.actor, at=request.at
                    )
        if not form.errors:
            said = ngettext("%(count)s row is kept.", "%(count)s rows are kept.", count) % {"count": count}
            tried(request, form, said, lambda: None)
            return redirect("places:list", organisation)
        status = 422
    context = {"form": form, "crumbs": to_places(request, here(_("Travel times")))}
    return render(request, "places/travel.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(KEEPS)
def outline(request: Request, organisation: str) -> HttpResponse:
    """The outline of one's area, which the map shows behind the places."""
    require(rules.may_keep(request.actor, request.organisation))
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form, status = OutlineForm(data, files), 200

    def act() -> None:
        file = form.cleaned_data["file"]
        content = file.read(rules.OUTLINE_BYTES + 1) if file else b""
        actions.keep_outline(request.organisation, content, by=request.actor, at=request.at)

    if request.method == "POST":
        status = tried(request, form, pgettext("what was written", "Kept."), act)
        if not status:
            return redirect("places:list", organisation)
    context = {"form": form, "crumbs": to_places(request, here(_("Outline of the area")))}
    return render(request, "places/outline.html", context, status=status)
