"""Buttons of one pair: yes, no, end, renew, another teacher, a deputy; and mentors of a roster taken over."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from craftpath.delivery.web.pairing.forms import DeputyForm, EndForm, ReasonForm, RenewForm, ReplaceForm
from craftpath.delivery.web.pairing.pair import may_do, page_of
from craftpath.delivery.web.pairing.people import Teachers
from craftpath.delivery.web.pairing.places import found
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.pairing import actions, rules
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.pairing.models import Bond, Pair


@require_POST
def accept(request: Request, organisation: str, pair: str) -> HttpResponse:
    """Say yes."""
    row = actions.accept_pair(found(pair), by=request.actor, at=request.at)
    said = (
        _("The pair is formed.") if row.state == "active" else _("Noted. The others have still to say yes.")
    )
    messages.success(request, said)
    return redirect("pairing:pair", organisation, pair)


@require_POST
def decline(request: Request, organisation: str, pair: str) -> HttpResponse:
    """Say no, or take the proposal back."""
    row = found(pair)
    if not rules.may_pair(request.actor, row.organisation):
        require(rules.may_answer(request.actor, row))
    form = ReasonForm(request.POST, auto_id="decline_%s")
    return _attempt(
        request, row, "decline", form, _("Noted. The office sees the reason."),
        lambda given: actions.decline_pair(row, **given, by=request.actor, at=request.at),
    )  # fmt: skip


@require_POST
def dissolve(request: Request, organisation: str, pair: str) -> HttpResponse:
    """Object within the days for it."""
    row = found(pair)
    require(rules.may_answer(request.actor, row))
    form = ReasonForm(request.POST, auto_id="object_%s")
    return _attempt(
        request, row, "object", form, _("The pair is dissolved from today. The office finds another teacher."),
        lambda given: actions.dissolve_pair(row, **given, by=request.actor, at=request.at),
    )  # fmt: skip


@require_POST
def end(request: Request, organisation: str, pair: str) -> HttpResponse:
    """End it on a day."""
    row = found(pair)
    _require_office(request, row)
    form = EndForm(request.POST, auto_id="end_%s")
    return _attempt(
        request, row, "end", form, _("Ended. Its days and reasons stay."),
        lambda given: actions.end_pair(row, **given, by=request.actor, at=request.at),
    )  # fmt: skip


@require_POST
def renew(request: Request, organisation: str, pair: str) -> HttpResponse:
    """Let it go on."""
    row = found(pair)
    _require_office(request, row)
    form = RenewForm(request.POST, auto_id="renew_%s")
    return _attempt(
        request, row, "renew", form, _("Renewed."),
        lambda given: actions.renew_pair(row, **given, by=request.actor, at=request.at),
    )  # fmt: skip


@require_POST
def replace(request: Request, organisation: str, pair: str) -> HttpResponse:
    """Somebody else teaches from a day on."""
    row = found(pair)
    bonds = _require_office(request, row)
    teachers = Teachers(request, row.kind)
    form = ReplaceForm(request.POST, bonds=_teaching(bonds), teachers=teachers.choices(), today=request.today)

    def act(given: dict[str, Any]) -> None:
        person, place = teachers.known[given["teacher"]]
        actions.replace_teacher(
            form.bond, teacher=person, place=place, on=given["on"], because=given["because"],
            by=request.actor, at=request.at,
        )  # fmt: skip

    return _attempt(request, row, "replace", form, _("Replaced. Role and share stay."), act)


@require_POST
def deputy(request: Request, organisation: str, pair: str) -> HttpResponse:
    """Somebody stands in between two days; whoever goes on leave names the own deputy."""
    row = found(pair)
    bonds = list(row.bonds.all())
    office = may_do(request, row, bonds)["end"]
    mine = [bond for bond in bonds if rules.is_teacher(request.actor, bond)]
    if not office and not mine:
        _require_office(request, row)
    teachers = Teachers(request, row.kind)
    form = DeputyForm(
        request.POST,
        bonds=_teaching(bonds if office else mine),
        teachers=teachers.choices(),
        today=request.today,
    )

    def act(given: dict[str, Any]) -> None:
        person, place = teachers.known[given["deputy"]]
        actions.appoint_deputy(
            form.bond, deputy=person, place=place, starts_on=given["starts_on"], ends_on=given["ends_on"],
            by=request.actor, at=request.at,
        )  # fmt: skip

    return _attempt(
        request, row, "deputy", form, _("Noted. The record opens for the deputy on these days."), act
    )


@require_POST
def take_over(request: Request, organisation: str, cohort: str) -> HttpResponse:
    """Make pairs of the mentors whom a roster named."""
    row = get_object_or_404(cohorts(), public_id=plain_id(cohort))
    require(rules.may_pair(request.actor, row.organisation))
    made = actions.take_over_mentors(row, by=request.actor, at=request.at)
    said = ngettext("%(count)s pair made.", "%(count)s pairs made.", len(made)) % {"count": len(made)}
    messages.success(request, said)
    return redirect("pairing:board", organisation)


def _require_office(request: Request, row: Pair) -> list[Bond]:
    bonds = list(row.bonds.all())
    for bond in bonds:
        if bond.enrolment is not None:
            require(rules.may_pair_apprentice(request.actor, bond.enrolment))
    require(rules.may_change(request.actor, row, bonds))
    return bonds


def _teaching(bonds: list[Bond]) -> list[Bond]:
    return [bond for bond in bonds if bond.role != "deputy"]


def _attempt(
    request: Request, row: Pair, name: str, form: Form, done: str, act: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    """Do it and say so; what cannot be stays in its form, opened, with the reason."""
    status = tried(request, form, done, lambda: act(form.cleaned_data))
    if not status:
        return redirect("pairing:pair", request.organisation.key, row.public_id)
    return render(request, "pairing/pair.html", page_of(request, row, wrong=name, form=form), status=status)
