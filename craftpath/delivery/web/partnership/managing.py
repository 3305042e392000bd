"""Co-manage: the committees of a partnership, what they decide, and what of it is still to do."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.web.committees.asking import asked
from craftpath.delivery.web.committees.forms import both
from craftpath.delivery.web.committees.saying import committee_line, decision_lines, meeting_line, motion_line
from craftpath.delivery.web.partnership.forms import CommitteeForm
from craftpath.delivery.web.partnership.places import READERS, found, frame, trail
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.committees import actions, queries
from craftpath.domain.partnership import rules
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

FEW = 8


@require_GET
@needs(*READERS)
def manage(request: Request, organisation: str, cooperation: str) -> HttpResponse:
    """Committees, the next meetings, open votes, and decisions by the day they are due."""
    row = found(cooperation)
    owner = str(row.ref)
    page = Paginator(queries.of_owner(row.ref), FEW).get_page(request.GET.get("page"))
    meetings = queries.meetings().filter(committee__owner=owner)[:FEW]
    motions = queries.motions().filter(committee__owner=owner).exclude(state="withdrawn")[:FEW]
    decisions = queries.decisions().filter(committee__owner=owner)[: 2 * FEW]
    context = frame(request, row, "partnership:manage") | {
        "committees": [committee_line(request, one) for one in page],
        "page": page,
        "meetings": [meeting_line(request, one) for one in meetings],
        "motions": [motion_line(request, one) for one in motions],
        "decisions": decision_lines(request, decisions),
        "founds": bool(request.actor.may(Permission.RUN_PARTNERSHIPS)) and row.state == "in_force",
    }
    return render(request, "partnership/manage.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_PARTNERSHIPS)
def found_committee(request: Request, organisation: str, cooperation: str) -> HttpResponse:
    """Found a committee of all sides."""
    row = found(cooperation)
    form = CommitteeForm(request.POST or None)

    def act() -> None:
        require(rules.can_give(row))
        sides = [side.organisation for side in row.sides.all()]
        actions.found_committee(
            row.ref, name=both(form, "name"), sides=sides, quorum=form.cleaned_data["quorum"],
            by=request.actor, at=request.at,
        )  # fmt: skip

    to_manage = step(request, pgettext("of a partnership", "Co-manage"), "partnership:manage", row.public_id)
    return asked(
        request, form, act, done=_("Founded. Now each side names its people."), title=_("Found a committee"),
        what=_("All sides of the partnership sit in it; each names its own people."),
        crumbs=trail(request, row, to_manage, here(_("Found"))),
        back=reverse("partnership:manage", args=[organisation, row.public_id]), button=_("Found it"),
    )  # fmt: skip
