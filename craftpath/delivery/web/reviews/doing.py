"""Small buttons of one review: another moment, it did not take place, cancel, take the text back, excuse a signer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from craftpath.delivery.web.reviews.forms import MoveForm
from craftpath.delivery.web.reviews.showing import found_review, page_of
from craftpath.delivery.web.shell.refusals import refusals_in
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.reviews import actions, queries, rules
from craftpath.domain.reviews.texts import ROLES
from craftpath.values.verdict import require


def _because(request: Request) -> str:
    return request.POST.get("because", "").replace("\0", "")


@require_POST
def move(request: Request, organisation: str, review: str) -> HttpResponse:
    """Give it another day, hour or place; what cannot be stays in the form with the reason."""
    row = found_review(review)
    require(rules.may_lead(request.actor, row))
    form, status = MoveForm(row, request.POST), 422
    if form.is_valid():
        given = form.cleaned_data
        status = 409
        with refusals_in(form):
            actions.move_review(
                row,
                starts_at=given["starts_at"],
                ends_at=given["ends_at"],
                place=given["place"],
                because=given["because"],
                by=request.actor,
                at=request.at,
            )
            messages.success(request, _("Moved. Calendars of those who take part follow."))
            return redirect("reviews:review", organisation, review)
    return render(request, "reviews/review.html", page_of(request, row, move=form), status=status)


@require_POST
def miss(request: Request, organisation: str, review: str) -> HttpResponse:
    """Say that it did not take place."""
    row = found_review(review)
    actions.miss_review(row, because=_because(request), by=request.actor, at=request.at)
    messages.success(request, _("Noted. Give it another moment as soon as you know one."))
    return redirect("reviews:review", organisation, review)


@require_POST
def cancel(request: Request, organisation: str, review: str) -> HttpResponse:
    """It does not take place at all."""
    row = found_review(review)
    actions.cancel_review(row, because=_because(request), by=request.actor, at=request.at)
    messages.success(request, _("Cancelled. Those who were to come see the reason."))
    return redirect("reviews:review", organisation, review)


@require_POST
def reach(request: Request, organisation: str, goal: str) -> HttpResponse:
    """Say that the own goal is met, without waiting for the next review."""
    row = get_object_or_404(queries.goals(), public_id=goal)
    actions.reach_goal(row, by=request.actor, at=request.at)
    messages.success(request, _("Well done. The next review shows it."))
    return redirect(f"{reverse('reviews:list', args=[organisation])}#goals")


@require_POST
def reopen(request: Request, organisation: str, review: str) -> HttpResponse:
    """Take the text back, to change it."""
    row = found_review(review)
    actions.reopen_review(row, by=request.actor, at=request.at)
    messages.success(request, _("Taken back. Change it, then fix it again; everybody signs anew."))
    return redirect("reviews:review", organisation, review)


@require_POST
def excuse(request: Request, organisation: str, review: str) -> HttpResponse:
    """Do without the signature of one side."""
    row = found_review(review)
    role = request.POST.get("role", "")
    role = role if role in ROLES else ""
    done = actions.excuse_signer(row, role=role, because=_because(request), by=request.actor, at=request.at)
    said = _("Excused. Everybody who still can has signed.") if done else _("Excused; the reason is kept.")
    messages.success(request, said)
    return redirect("reviews:review", organisation, review)
