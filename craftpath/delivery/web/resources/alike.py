"""Doubles: pairs that look alike, for the office to merge or to leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from craftpath.delivery.web.resources import saying
from craftpath.delivery.web.resources.places import to_list
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.resources import actions, queries, rules
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.resources.models import Resource

A_PAGE = 20


@require_safe
def alike(request: Request, organisation: str) -> HttpResponse:
    """Pairs, the most alike first."""
    require(rules.may_tend(request.actor, request.organisation))
    page = Paginator(queries.pairs(request.organisation), A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    marks = queries.marks_of({one.pk: one for row in rows for one in (row.first, row.second)}.values())
    context = {
        "pairs": [
            {
                "row": row,
                "why": saying.why(row),
                "sides": [_side(organisation, one, marks[one.pk]) for one in (row.first, row.second)],
            }
            for row in rows
        ],
        "page": page,
        "crumbs": to_list(request, here(_("Doubles"))),
    }
    return render(request, "resources/alike.html", context)


def _side(organisation: str, row: Resource, marks: Any) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "title": text(row.title),
        "url": reverse("resources:resource", args=[organisation, row.public_id]),
        "about": " · ".join(saying.line(row, marks)),
        "kept": row.state == "shared",
    }


@require_POST
def settle(request: Request, organisation: str, pair: str) -> HttpResponse:
    """Keep the one that was pressed, or neither."""
    row = get_object_or_404(queries.any_pair(plain_id(pair)))
    keep = plain_id(request.POST.get("keep", ""))
    if request.POST.get("different"):
        actions.part_pair(row, by=request.actor, at=request.at)
        messages.success(request, _("Noted: they are different."))
    else:
        actions.merge_pair(row, keep, by=request.actor, at=request.at)
        messages.success(
            request, _("Merged: uses and stars are with the one that was kept; the other leads to it.")
        )
    return redirect("resources:alike", organisation)
