"""One's own requests: the list, a new one, one of them, taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.protection.forms import AskForm
from craftpath.delivery.web.protection.saying import line
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.domain.protection import actions, queries
from craftpath.domain.protection.rules import due_on
from craftpath.domain.protection.texts import KINDS
from craftpath.kernel.access import Actor, Membership
from craftpath.kernel.organisations import Organisation

if TYPE_CHECKING:
    from craftpath.domain.protection.models import DataRequest


def _self(request: Request) -> Actor:
    return Actor(organisation=None, person=request.user)


def _places(request: Request) -> list[Organisation]:
    """Where one has or had a role; who never had any asks whoever runs the site."""
    held = Membership.objects.filter(person=request.user).select_related("organisation")
    found = {row.organisation.pk: row.organisation for row in held.order_by("organisation__path")}
    return list(found.values()) or list(Organisation.get_root_nodes())


@never_cache
@require_GET
def mine(request: Request) -> HttpResponse:
    """What one has asked, the newest first."""
    rows = [line(row, request.today) for row in queries.requests_of(request.user)]
    return render(request, "protection/mine.html", {"rows": rows})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Ask: what, whom, and about what."""
    places = _places(request)
    wanted = request.GET.get("kind", "")
    initial = {"kind": wanted if wanted in KINDS else "see"}
    form = AskForm(places, request.POST if request.method == "POST" else None, initial=initial)
    status = 200
    made: list[DataRequest] = []

    def act() -> None:
        given = form.cleaned_data
        made.append(
            actions.ask_about_data(
                form.organisation,
                given["kind"],
                given["words"],
                made_id=given["made_id"],
                by=_self(request),
                at=request.at,
            )
        )

    if request.method == "POST":
        status = tried(request, form, _("Asked. You find the answer here."), act)
        if not status:
            return redirect("requests:one", made[0].public_id)
    last = due_on(places[0], request.today) if places else None
    return render(request, "protection/new.html", {"form": form, "last": last}, status=status)


@never_cache
@require_GET
def one(request: Request, asked: str) -> HttpResponse:
    """One of one's own, with its answer."""
    return render(request, "protection/own.html", line(_own(request, asked), request.today))


@require_POST
def withdraw(request: Request, asked: str) -> HttpResponse:
    """Take it back."""
    row = _own(request, asked)
    actions.withdraw_request(row, by=_self(request), at=request.at)
    messages.success(request, _("Taken back."))
    return redirect("requests:mine")


def _own(request: Request, asked: str) -> DataRequest:
    return get_object_or_404(queries.requests_of(request.user), public_id=plain_id(asked))
