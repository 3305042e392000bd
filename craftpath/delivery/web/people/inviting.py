"""Invitations: write them, see their links once, see what became of them, take them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.people.inviting_form import Inviting
from craftpath.delivery.web.people.letters import mail_links
from craftpath.delivery.web.people.places import tabs
from craftpath.delivery.web.shell.codes import qr
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.kernel.invitations import (
    Invitation,
    Sent,
    invitations,
    invite,
    renew_invitations,
    withdraw_invitations,
)
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission
from craftpath.kernel.signin import people_of

PAGE = 100
STATES = {
    "sent": gettext_lazy("Waiting"),
    "expired": gettext_lazy("Expired"),
    "accepted": gettext_lazy("Accepted"),
    "withdrawn": gettext_lazy("Withdrawn"),
}


@dataclass(frozen=True)
class Letter:
    """What is handed over for one guest: the link, and the same as a picture for a telephone."""

    invitation: Invitation
    link: str
    code: str


@dataclass(frozen=True)
class Row:
    """One invitation of the list with the state that a reader understands."""

    invitation: Invitation
    state: str


@sensitive_variables()
@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_PEOPLE)
def invite_people(request: Request, organisation: str) -> HttpResponse:
    """The form; what is wrong stays in it, and the answer to a good one is the links, shown once."""
    form = Inviting(
        request.POST if request.method == "POST" and "lines" in request.POST else None,
        request=request,
        chosen=_chosen(request),
    )
    if form.is_bound and form.is_valid():
        sent = invite(
            form.guests,
            form.places[form.cleaned_data["place"]],
            starts_on=form.cleaned_data["starts_on"],
            ends_on=form.cleaned_data["ends_on"],
            by=request.actor,
            at=request.at,
        )
        return letters_page(request, sent)
    return render(request, "people/invite.html", {"form": form, "chosen": form.chosen})


@sensitive_variables()
@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_PEOPLE)
def invited(request: Request, organisation: str) -> HttpResponse:
    """What became of them; those ticked are taken back or get a new link."""
    if request.method == "POST":
        return _act(request)
    page = Paginator(invitations(), PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "rows": [Row(row, _state(row, request)) for row in page.object_list],
        "states": STATES,
        "tabs": tabs(request, "people:invitations"),
    }
    return render(request, "people/invitations.html", shown)


def _state(row: Invitation, request: Request) -> str:
    over = request.at >= row.expires_at or (row.ends_on is not None and row.ends_on <= request.today)
    return "expired" if row.state == "sent" and over else row.state


def _act(request: Request) -> HttpResponse:
    ids = {plain_id(value) for value in request.POST.getlist("invitation")}
    if not ids:
        messages.warning(request, _("No invitation is ticked."))
        return redirect("people:invitations", request.organisation.key)
    rows = list(invitations().filter(public_id__in=ids))
    if len(rows) != len(ids):
        raise Http404
    if request.POST.get("do") == "renew":
        return letters_page(request, renew_invitations(rows, by=request.actor, at=request.at))
    gone = withdraw_invitations(rows, by=request.actor, at=request.at)
    said = ngettext("%(number)s invitation is withdrawn.", "%(number)s invitations are withdrawn.", gone)
    messages.success(request, said % {"number": gone})
    return redirect("people:invitations", request.organisation.key)


def letters_page(request: Request, sent: Sequence[Sent], *, back: str = "") -> HttpResponse:
    """The links, shown once; `back` leads to where they were asked for, else to the list of invitations."""
    letters = []
    for one in sent:
        link = request.build_absolute_uri(reverse("accounts:invitation", args=[one.token]))
        letters.append(Letter(one.invitation, link, qr(link)))
    mailed = mail_links([(letter.invitation, letter.link) for letter in letters])
    if mailed.failed:
        messages.warning(request, _("Some mails could not be sent. Hand over the links below."))
    back = back or reverse("people:invitations", args=[request.organisation.key])
    shown = {"letters": letters, "mailed": mailed.sent, "back": back}
    return render(request, "people/links.html", shown)


def _chosen(request: Request) -> list[Person]:
    """Who was ticked in the list of people; somebody else's people are not found."""
    ids = {plain_id(value) for value in (request.POST or request.GET).getlist("person")}
    if not ids:
        return []
    found = list(people_of(request.organisation, request.today).filter(public_id__in=ids))
    if len(found) != len(ids):
        raise Http404
    return found
