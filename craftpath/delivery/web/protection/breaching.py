"""Breaches of personal data: all of them, a new one, one of them with what is known and who was told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from craftpath.delivery.web.protection.forms import BreachForm, FoundForm
from craftpath.delivery.web.protection.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusal_of, tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.protection import actions, queries
from craftpath.domain.protection.states import BREACH
from craftpath.domain.protection.texts import BREACHES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.protection.models import Breach

TONES = {"found": "wrong", "assessed": "attention", "closed": "plain"}
TO_TELL = timedelta(hours=72)
"""GDPR, article 33; PIPL, article 57, says at once."""
KNOWN = (
    "people",
    "cause",
    "harm",
    "measures",
    "authority_at",
    "authority_words",
    "people_at",
    "people_words",
)


@require_safe
@needs(Permission.ANSWER_REQUESTS)
def listing(request: Request, organisation: str) -> HttpResponse:
    """Open ones first."""
    rows = [_line(row, request.at) for row in queries.breaches()]
    return render(request, "protection/breaches.html", {"tabs": tabs(request, "breaches"), "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ANSWER_REQUESTS)
def new(request: Request, organisation: str) -> HttpResponse:
    """Report one: a minute, with what is known."""
    form = BreachForm(request.POST if request.method == "POST" else None, initial={"found_at": request.at})
    made: list[Breach] = []

    def act() -> None:
        given = form.cleaned_data
        made.append(
            actions.report_breach(
                request.organisation,
                given["what"],
                given["kinds"],
                found_at=given["found_at"],
                people=given["people"],
                made_id=given["made_id"],
                by=request.actor,
                at=request.at,
            )
        )

    status = 200
    if request.method == "POST":
        status = tried(request, form, _("Reported. The time to tell the authority runs."), act)
        if not status:
            return redirect("protection:breach", organisation, made[0].public_id)
    context = {"form": form, "crumbs": [*_way(request), here(_("Report a breach"))]}
    return render(request, "protection/new_breach.html", context, status=status)


@require_safe
def one(request: Request, organisation: str, breach: str) -> HttpResponse:
    """What is known, and who was told."""
    return render(request, "protection/breach.html", _page(request, _found(request, breach)))


@require_POST
def do(request: Request, organisation: str, breach: str, verb: str) -> HttpResponse:
    """Write down what is known by now; close it."""
    row = _found(request, breach)
    if verb == "close":
        said = refusal_of(lambda: actions.close_breach(row, by=request.actor, at=request.at))
        if said:
            messages.error(request, said)
        return redirect("protection:breach", organisation, row.public_id)
    if verb != "assess":
        raise Http404
    form = FoundForm(request.POST)

    def act() -> None:
        actions.assess_breach(row, form.found, by=request.actor, at=request.at)

    status = tried(request, form, _("Kept."), act)
    if not status:
        return redirect("protection:breach", organisation, row.public_id)
    return render(request, "protection/breach.html", _page(request, row) | {"form": form}, status=status)


def _line(row: Breach, at: datetime) -> dict[str, Any]:
    left = row.found_at + TO_TELL - at
    waits = row.state != "closed" and not row.authority_words
    return {
        "row": row,
        "state": BREACHES[row.state],
        "tone": TONES[row.state],
        "left": _hours(left) if waits else "",
        "late": waits and left < timedelta(0),
    }


def _hours(left: timedelta) -> str:
    hours = int(left.total_seconds() // 3600)
    if hours < 0:
        return str(_("the authority should know by now"))
    said = ngettext(
        "%(hours)s hour left to tell the authority", "%(hours)s hours left to tell the authority", hours
    )
    return str(said % {"hours": hours})


def _page(request: Request, row: Breach) -> dict[str, Any]:
    labels = FoundForm.base_fields
    known = [
        (labels[name].label, value)
        for name in KNOWN
        if (value := getattr(row, name)) not in (None, "") and not isinstance(value, datetime)
    ]
    return _line(row, request.at) | {
        "known": known,
        "form": FoundForm(initial={name: getattr(row, name) for name in KNOWN}),
        "can": {move for move in BREACH.moves if BREACH.can(row.state, move)},
        "crumbs": [*_way(request), here(pgettext("one breach", "Breach"))],
    }


def _way(request: Request) -> list[Any]:
    return [step(request, pgettext("about personal data", "Breaches"), "protection:breaches")]


def _found(request: Request, breach: str) -> Breach:
    row = get_object_or_404(queries.breaches(), public_id=plain_id(breach))
    require(request.actor.may_at(Permission.ANSWER_REQUESTS, row.organisation))
    return row
