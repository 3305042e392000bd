"""Marking essays one after the other, without knowing whose they are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.exams.showing import addresses, block, candidate
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.sittings.places import found, to_list
from craftpath.domain.exams import actions, queries
from craftpath.domain.exams.marking import essays_to_mark
from craftpath.engines.rating import half_up
from craftpath.engines.scoring import read_number
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.IMPORT_MARKS)
def essays(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """The next essay with its guide; points, a word, next."""
    row = found(sitting)
    left = essays_to_mark(row, request.actor)
    fault, status = "", 200
    if request.method == "POST":
        which = plain_id(request.POST.get("essay", ""))
        order = request.POST.get("order", "")
        chosen = next(
            (one for one in left if one.candidate.public_id == which and str(one.line.order) == order), None
        )
        if chosen is None:  # marked meanwhile, or never there
            return redirect("sittings:essays", organisation, sitting)
        try:
            actions.mark_essay(
                chosen.candidate,
                chosen.line,
                points=typed_points(request.POST.get("points", "")),
                words=request.POST.get("words", "").replace("\0", ""),
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            if refused.verdict.who:
                raise
            fault, status = sentence(refused.verdict), 409
            left = [chosen, *[one for one in left if one is not chosen]]
        else:
            messages.success(request, _("Marked."))
            return redirect("sittings:essays", organisation, sitting)
    one = left[0] if left else None
    context: dict[str, Any] = {
        "sitting": row,
        "essay": one,
        "left": len(left),
        "fault": fault,
        "typed": request.POST if fault else {},
        "crumbs": to_list(
            request, step(request, row.paper.title, "sittings:sitting", row.public_id), here(_("Essays"))
        ),
    }
    if one is not None:
        content = queries.content_of(one.line.version, one.line.version.item.kind)
        address = addresses(request.organisation.key)
        context |= {
            "asked": candidate(content, address, None, one.line.version.stimulus),
            "guide": block(content.details.get("guide"), address),
            "most": one.line.version.points,
        }
    return render(request, "sittings/essays.html", context, status=status)


def typed_points(typed: str) -> Decimal:
    """What was typed as candidates type figures, or a figure that is refused."""
    value = read_number(typed)
    return Decimal(-1) if value is None else half_up(value, 2)
