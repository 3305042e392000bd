"""Where study begins for somebody: with the own page, the own apprentices, or the cohorts."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.study.places import own_enrolment
from craftpath.domain.apprenticeships.helping import helped
from craftpath.domain.apprenticeships.queries import cohorts, with_people, working_with
from craftpath.domain.standards.queries import skills_by_key
from craftpath.domain.study.queries import objections
from craftpath.kernel.roles import Permission

A_PAGE = 50
MOST = 20  # objections in a list


@require_GET
@needs(Permission.SEE_RESULTS)
def entry(request: Request, organisation: str) -> HttpResponse:
    """An apprentice goes to the own page; others find the apprentices and cohorts that they help."""
    own = own_enrolment(request) if request.actor.sees_only_own else None
    if own is not None:
        return redirect("study:mine", organisation, own.public_id)
    wide = Permission.SEE_FIGURES in request.actor.permissions
    mine = working_with(request.user)
    people = list(helped().filter(state="active", pk__in=mine)[:A_PAGE]) if mine else []
    page = Paginator(with_people(cohorts()), A_PAGE).get_page(request.GET.get("page")) if wide else None
    waiting = list(objections().filter(state="open").exclude(enrolment__person=request.user)[:MOST])
    names = skills_by_key(one.skill for one in waiting)
    context = {"people": people, "page": page, "waiting": [(one, names.get(one.skill)) for one in waiting]}
    return render(request, "study/entry.html", context)
