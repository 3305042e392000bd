"""Buttons of one step: hand in, take back, plan, close, close with a reason, reopen, keep a case at hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.history.things import thing_at
from craftpath.delivery.web.pilots.forms import GiveForm, PlanForm, ReasonForm
from craftpath.delivery.web.pilots.places import READERS, found_case, found_step
from craftpath.delivery.web.pilots.step import owners, page_of, wanted
from craftpath.delivery.web.shell.downloads import shown_or_saved
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.domain.pilots import actions, queries, rules
from craftpath.values.verdict import Verdict, require

if TYPE_CHECKING:
    from craftpath.domain.pilots.models import RoundStep

VERBS: dict[str, Callable[..., object]] = {"waive": actions.waive_step, "reopen": actions.reopen_step}


def _back(request: Request, row: RoundStep) -> HttpResponse:
    return redirect("pilots:step", request.organisation.key, row.public_id)


def attempt(
    request: Request, row: RoundStep, name: str, form: Any, done: str, act: Callable[[], object]
) -> HttpResponse:
    """Do it and say so; what cannot be stays in its form, opened, with the reason."""
    status = tried(request, form, done, act)
    if not status:
        return _back(request, row)
    return render(request, "pilots/step.html", page_of(request, row, wrong=name, form=form), status=status)


@require_POST
@needs(*READERS)
def give(request: Request, organisation: str, step: str) -> HttpResponse:
    """Hand in words, a thing of the record, or a file."""
    row = found_step(step)
    require(rules.may_work(request.actor, row))
    form = GiveForm(request.POST, request.FILES, wanted=wanted(row.words["deliverables"]))

    def act() -> None:
        given = form.cleaned_data
        thing = thing_at(request, given["address"]) if given["address"] else None
        file = given["file"]
        actions.give_deliverable(
            row, made_id=given["made_id"], key=given["key"], words=given["words"], thing=thing,
            content=file.read() if file else b"", name=file.name if file else "",
            by=request.actor, at=request.at,
        )  # fmt: skip

    return attempt(request, row, "give", form, _("Handed in."), act)


@require_POST
@needs(*READERS)
def take_back(request: Request, organisation: str, given: str) -> HttpResponse:
    """Take a deliverable back; it stays in the record and counts no more."""
    row = get_object_or_404(queries.deliverable(plain_id(given)))
    actions.take_back_deliverable(row, by=request.actor, at=request.at)
    messages.success(request, _("Taken back."))
    return _back(request, row.step)


@require_GET
@needs(*READERS)
def given(request: Request, organisation: str, given: str) -> HttpResponse:
    """The file of a deliverable: pictures and videos to look at, all else to save."""
    row = get_object_or_404(queries.deliverable(plain_id(given)), form="file")
    if row.kept is None:
        raise Http404
    name = row.kept.name.rpartition(".")[0] or row.kept.name
    return shown_or_saved(row.kept.bytes(), name, row.media_type)


@require_POST
@needs(*READERS)
def plan(request: Request, organisation: str, step: str) -> HttpResponse:
    """Say whose a step is and by when."""
    row = found_step(step)
    require(rules.may_run(request.actor, row.round.pilot))
    people = {one.public_id: one for _place, one in queries.who_may_own(row.round.pilot, request.today)}
    form = PlanForm(request.POST, people=owners(request, row))

    def act() -> None:
        given = form.cleaned_data
        actions.plan_step(
            row, owner=people.get(given["owner"]), due_on=given["due_on"], by=request.actor, at=request.at
        )

    return attempt(request, row, "plan", form, _("Kept. The owner finds it on the home page."), act)


@require_POST
@needs(*READERS)
def move(request: Request, organisation: str, step: str, verb: str) -> HttpResponse:
    """Close it as done, close it for a reason, or reopen it."""
    row = found_step(step)
    if verb == "close":
        actions.close_step(row, by=request.actor, at=request.at)
        messages.success(request, _("Closed. What the record says now is kept with it."))
        return redirect("pilots:round", organisation, row.round.pilot.public_id, row.round.number)
    if verb not in VERBS:
        raise Http404
    may = rules.may_close if verb == "waive" else _may_reopen
    require(may(request.actor, row))
    form = ReasonForm(request.POST, auto_id=f"{verb}_%s")
    done = _("Closed; the reason is kept with it.") if verb == "waive" else _("Reopened.")
    return attempt(
        request, row, verb, form, done,
        lambda: VERBS[verb](row, because=form.cleaned_data["because"], by=request.actor, at=request.at),
    )  # fmt: skip


def _may_reopen(actor: Any, row: RoundStep) -> Verdict:
    return rules.may_run(actor, row.round.pilot)


@require_POST
@needs(*READERS)
def at_hand(request: Request, organisation: str, step: str, case: str, verb: str) -> HttpResponse:
    """Keep a case at hand, or let it go."""
    verbs = {"keep": actions.keep_case, "let-go": actions.let_go_case}
    if verb not in verbs:
        raise Http404
    row = found_step(step)
    verbs[verb](row, found_case(case), by=request.actor, at=request.at)
    messages.success(request, _("Kept at hand.") if verb == "keep" else _("No longer at hand."))
    return _back(request, row)
