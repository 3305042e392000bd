"""Offering things, changing their rules, saying when they are out of order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.bookings.forms import ClosureForm, TermsForm
from craftpath.delivery.web.bookings.one import page_of
from craftpath.delivery.web.bookings.places import the_thing, to_list, to_thing
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.domain.bookings import actions, queries, rules
from craftpath.domain.teaching.queries import who_may_teach
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.bookings.models import Thing

MOST_SITES = 300


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.LEND_THINGS)
def new(request: Request, organisation: str) -> HttpResponse:
    """Offer something."""
    form = _form(request, None)
    title = _("Offer something to be booked")
    made: list[Thing] = []

    def act() -> None:
        made.append(
            actions.offer_thing(
                request.organisation, form.terms(), site=form.place_of, trainer=form.person, picture=form.picture,
                by=request.actor, at=request.at,
            )
        )  # fmt: skip

    status = 200
    if request.method == "POST":
        status = tried(request, form, _("It can be booked now."), act)
        if not status:
            return redirect("bookings:thing", organisation, made[0].public_id)
    context = {"form": form, "title": title, "crumbs": to_list(request, title)}
    return render(request, "bookings/edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.LEND_THINGS)
def change(request: Request, organisation: str, thing: str) -> HttpResponse:
    """Change what it is, or its rules."""
    row = the_thing(thing)
    require(rules.may_lend(request.actor, row.organisation))
    form = _form(request, row)

    def act() -> None:
        actions.change_thing(
            row, form.terms(), site=form.place_of, trainer=form.person, picture=form.picture, by=request.actor,
            at=request.at,
        )  # fmt: skip

    status = 200
    if request.method == "POST":
        status = tried(request, form, _("Kept. What is booked already stays as it is."), act)
        if not status:
            return redirect("bookings:thing", organisation, row.public_id)
    title = pgettext("something to book", "Change it")
    context = {"form": form, "title": title, "crumbs": to_thing(request, row, title), "row": row}
    return render(request, "bookings/edit.html", context, status=status)


def _form(request: Request, row: Thing | None) -> TermsForm:
    owner = row.organisation if row else request.organisation
    people = [
        person for place, person in who_may_teach(owner, request.today) if place.path.startswith(owner.path)
    ]
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    sites = list(owner.below().order_by("path")[:MOST_SITES])
    return TermsForm(*posted, thing=row, sites=sites, people=people)


@require_POST
@needs(Permission.LEND_THINGS)
def move(request: Request, organisation: str, thing: str, verb: str) -> HttpResponse:
    """Offer it no longer, or again."""
    row = the_thing(thing)
    if verb not in ("retire", "return"):
        raise Http404
    act = actions.retire_thing if verb == "retire" else actions.return_thing
    act(row, by=request.actor, at=request.at)
    messages.success(
        request,
        _("It is no longer offered; what is booked stays.")
        if verb == "retire"
        else _("It can be booked now."),
    )
    return redirect("bookings:thing", organisation, row.public_id)


@require_POST
@needs(Permission.LEND_THINGS)
def close(request: Request, organisation: str, thing: str) -> HttpResponse:
    """Say when it is out of order."""
    row = the_thing(thing)
    require(rules.may_lend(request.actor, row.organisation))
    form = ClosureForm(request.POST)
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    status = tried(
        request, form, _("Nobody can book it in that time."),
        lambda: actions.close_thing(row, **form.cleaned_data, **by),
    )  # fmt: skip
    if status:
        return render(request, "bookings/thing.html", page_of(request, row, closing=form), status=status)
    return redirect("bookings:thing", organisation, row.public_id)


@require_POST
@needs(Permission.LEND_THINGS)
def reopen(request: Request, organisation: str, closure: str) -> HttpResponse:
    """It works after all."""
    row = get_object_or_404(queries.closure(plain_id(closure)))
    actions.reopen_thing(row, by=request.actor, at=request.at)
    messages.success(request, _("It can be booked again in that time."))
    return redirect("bookings:thing", organisation, row.thing.public_id)
