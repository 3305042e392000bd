"""Where core skills begin for somebody: with the own page, the own apprentices, or the cohorts."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.apprenticeships.queries import (
    cohorts,
    enrolments,
    enrolments_of,
    with_people,
    working_with,
)
from craftpath.domain.growth.queries import objections, pages_of
from craftpath.kernel.roles import Permission

A_PAGE = 50
MOST = 20  # objections in a list


@require_GET
@needs(Permission.SEE_RESULTS)
def entry(request: Request, organisation: str) -> HttpResponse:
    """An apprentice goes to the own page; others find whose skills they may read, and what waits for an answer."""
    if request.actor.sees_only_own:
        own = enrolments_of(request.user).order_by("state", "-starts_on").first()
        if own is not None:
            return redirect("growth:one", organisation, own.public_id)
    mine = working_with(request.user) if Permission.CONFIRM_LOGS in request.actor.permissions else set()
    wide = Permission.SEE_FIGURES in request.actor.permissions
    seen = enrolments().filter(state="active")
    people = list((seen.filter(pk__in=mine) if mine or wide else seen)[:A_PAGE])
    page = Paginator(with_people(cohorts()), A_PAGE).get_page(request.GET.get("page")) if wide else None
    waiting = list(objections().filter(state="open")[:MOST]) if mine or _runs(request) else []
    pages = pages_of(waiting)
    context = {"people": people, "page": page, "waiting": [(one, pages[one.pk]) for one in waiting]}
    return render(request, "growth/entry.html", context)


def _runs(request: Request) -> bool:
    return Permission.MANAGE_COHORTS in request.actor.permissions
