"""A new pilot, an old one written anew, its end, and the beginning of a round."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.pilots.forms import PilotForm, ReasonForm
from craftpath.delivery.web.pilots.places import READERS, found, to_here
from craftpath.delivery.web.pilots.round_page import begin_form, first_page, number_of, page_of
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import kind as kind_name
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.pilots import actions, queries, rules
from craftpath.domain.pilots.finding import who_may_take_part
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.pilots.models import Pilot
    from craftpath.kernel.organisations import Organisation

SHOWN_KINDS = ("city", "enterprise", "college", "institute", "centre", "campus", "point", "ministry")
DAY = 1


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_PILOTS)
def new(request: Request, organisation: str) -> HttpResponse:
    """Start a pilot of this office."""
    first = {
        "made_id": uuid.uuid4(),
        "starts_on": request.today,
        "kind": "city" if request.organisation.kind in ("city", "ministry") else "organisation",
    }
    return _form_page(request, None, request.organisation, first)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_PILOTS)
def change(request: Request, organisation: str, pilot: str) -> HttpResponse:
    """Write it anew; rounds and steps stay."""
    row = found(pilot)
    require(rules.may_run(request.actor, row))
    first = {
        "made_id": row.made_id, "kind": row.kind, "name_zh": row.name.get("zh", ""),
        "name_en": row.name.get("en", ""), "goals": row.goals, "starts_on": row.starts_on,
        "ends_on": row.ends_on and row.ends_on.fromordinal(row.ends_on.toordinal() - DAY),
        "members": [one.organisation.public_id for one in row.members.all()],
        "classes": list(row.classes.order_by("pk").values_list("public_id", flat=True)),
    }  # fmt: skip
    return _form_page(request, row, row.organisation, first)


def _form_page(
    request: Request, row: Pilot | None, office: Organisation, first: dict[str, Any]
) -> HttpResponse:
    able = {one.public_id: one for one in who_may_take_part(office, row)}
    counted = row.classes.order_by().values("pk") if row else ()
    classes = {one.public_id: one for one in cohorts().filter(Q(state="running") | Q(pk__in=counted))}
    form = PilotForm(
        request.POST if request.method == "POST" else None,
        members=[
            (key, f"{text(one.name)} · {kind_name(one.kind)}")
            for key, one in able.items()
            if one.kind in SHOWN_KINDS or key in first.get("members", ())
        ],
        classes=[(key, f"{text(one.name)} · {text(one.organisation.name)}") for key, one in classes.items()],
        initial=first,
    )
    status = 200
    if request.method == "POST":
        kept: list[Pilot] = []
        done = pgettext("what was written", "Kept.") if row else _("Started. Now begin the first round.")
        status = tried(
            request, form, done, lambda: kept.append(_write(request, row, office, form, able, classes))
        )
        if not status:
            return redirect("pilots:pilot", request.organisation.key, kept[0].public_id)
    context = {
        "form": form,
        "pilot": row,
        "crumbs": to_here(request, text(row.name) if row else _("New pilot")),
    }
    return render(request, "pilots/form.html", context, status=status)


def _write(
    request: Request,
    row: Pilot | None,
    office: Organisation,
    form: PilotForm,
    able: dict[str, Organisation],
    classes: dict[str, Any],
) -> Pilot:
    given = form.cleaned_data
    values: dict[str, Any] = {
        "kind": given["kind"],
        "name": form.name(),
        "goals": given["goals"],
        "starts_on": given["starts_on"],
        "ends_on": given["ends_on"],
        "members": [able[key] for key in given["members"]],
        "classes": [classes[key] for key in given["classes"]],
        "by": request.actor,
        "at": request.at,
    }
    if row is not None:
        return actions.change_pilot(row, **values)
    return actions.start_pilot(organisation=office, made_id=given["made_id"], **values)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_PILOTS)
def end(request: Request, organisation: str, pilot: str) -> HttpResponse:
    """End it, with the reason."""
    row = found(pilot)
    require(rules.may_run(request.actor, row))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = tried(
            request, form, _("Ended. It stays readable as it is."),
            lambda: actions.end_pilot(row, because=form.cleaned_data["because"], by=request.actor, at=request.at),
        )  # fmt: skip
        if not status:
            return redirect("pilots:pilot", organisation, row.public_id)
    context = {"form": form, "pilot": row, "crumbs": to_here(request, text(row.name))}
    return render(request, "pilots/end.html", context, status=status)


@require_POST
@needs(*READERS)
def begin(request: Request, organisation: str, pilot: str) -> HttpResponse:
    """Begin the next round; pressed twice it begins once."""
    row = found(pilot)
    require(rules.may_run(request.actor, row))
    rounds = queries.rounds_of([row]).get(row.pk, [])
    cycles = {one.public_id: one for one in queries.newest_cycles()}
    form = begin_form(request.POST)
    wanted = _number(request.POST.get("number", ""), number_of(rounds) + 1)

    def act() -> None:
        cycle = cycles[form.cleaned_data["cycle"]]
        actions.open_round(row, wanted, cycle=cycle, by=request.actor, at=request.at)

    status = tried(request, form, _("The round has begun."), act)
    if not status:
        return redirect("pilots:pilot", organisation, row.public_id)
    if not rounds:
        return render(request, "pilots/first.html", first_page(request, row, form), status=status)
    rounds[-1].pilot = row
    context = page_of(request, rounds[-1], forms={"begin": form}, wrong="begin")
    return render(request, "pilots/round.html", context, status=status)


def _number(given: str, usual: int) -> int:
    """Which round the button was for, so that a second press is not the round after it."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 4 else usual
