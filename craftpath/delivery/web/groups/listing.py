"""The own groups, those that others of the class may join, and how to form one."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from craftpath.delivery.web.groups import saying
from craftpath.delivery.web.groups.places import tabs, tends
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.groups import queries
from craftpath.kernel.roles import Permission

A_PAGE = 25


@require_GET
@needs(Permission.STUDY_TOGETHER)
def own(request: Request, organisation: str) -> HttpResponse:
    """Groups that somebody is in, was asked into or asks to join, and those that are open; the office reads all."""
    if tends(request) and not request.actor.sees_only_own:
        return redirect("groups:tended", organisation)
    mine = queries.listed(queries.mine(request.user)).order_by("state", "-formed_at", "-pk")
    open_ = queries.listed(queries.to_join(request.user))
    shown = Paginator(open_, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs(request, "groups:list"),
        "mine": saying.lines(request, mine),
        "open": saying.lines(request, shown.object_list),
        "page": shown,
    }
    return render(request, "groups/list.html", context)
