"""Buttons of goals: a new one, reached, dropped, objected to."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from craftpath.delivery.web.mentoring.forms import GoalForm, WhyForm
from craftpath.delivery.web.mentoring.pair import page_of
from craftpath.delivery.web.mentoring.places import found, found_goal
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.mentoring import actions, rules
from craftpath.domain.pairing.seeing import learners_in
from craftpath.values.verdict import Refused, may_not, require

PAGE = "mentoring/pair.html"


@require_POST
def new(request: Request, organisation: str, pair: str) -> HttpResponse:
    """Set a goal for somebody who learns."""
    row = found(request, pair)
    require(rules.may_set_goal(request.actor, row, request.today))
    form = GoalForm(request.POST, learners=learners_in(row), initial={})

    def act() -> None:
        given = form.cleaned_data
        actions.set_goal(
            row, person=form.learners[given["person"]], text=given["text"], due_on=given["due_on"],
            made_id=given["made_id"], by=request.actor, at=request.at,
        )  # fmt: skip

    status = tried(request, form, _("The goal is set. Everybody in the pair sees it."), act)
    if not status:
        return redirect("mentoring:pair", organisation, row.public_id)
    return render(request, PAGE, page_of(request, row, wrong="new", form=form), status=status)


@require_POST
def reach(request: Request, organisation: str, goal: str) -> HttpResponse:
    """Say that it is reached."""
    row = found_goal(request, goal)
    actions.reach_goal(row, by=request.actor, at=request.at)
    messages.success(request, _("Reached. Whoever learns sees it, and may object."))
    return redirect("mentoring:pair", organisation, row.pair.public_id)


@require_POST
def drop(request: Request, organisation: str, goal: str) -> HttpResponse:
    """Give it up, with a word why."""
    row = found_goal(request, goal)
    require(rules.may_set_goal(request.actor, row.pair, request.today))
    form = WhyForm(request.POST, auto_id=f"drop_{row.public_id}_%s")
    status = tried(
        request, form, _("Dropped. The reason stands beside it."),
        lambda: actions.drop_goal(row, because=form.cleaned_data["because"], by=request.actor, at=request.at),
    )  # fmt: skip
    if not status:
        return redirect("mentoring:pair", organisation, row.pair.public_id)
    context = page_of(request, row.pair, goal=row, wrong="drop", form=form)
    return render(request, PAGE, context, status=status)


@require_POST
def object_to(request: Request, organisation: str, goal: str) -> HttpResponse:
    """Say why it is not reached yet."""
    row = found_goal(request, goal)
    if row.person_id != request.user.pk:
        raise Refused(may_not("mentoring.learner_objects"))
    form = WhyForm(request.POST, auto_id=f"object_{row.public_id}_%s")
    status = tried(
        request, form, _("Noted. The goal is open again."),
        lambda: actions.object_to_goal(
            row, because=form.cleaned_data["because"], by=request.actor, at=request.at
        ),
    )  # fmt: skip
    if not status:
        return redirect("mentoring:pair", organisation, row.pair.public_id)
    context = page_of(request, row.pair, goal=row, wrong="object", form=form)
    return render(request, PAGE, context, status=status)
