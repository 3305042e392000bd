"""The papers of a batch in one PDF, made by a worker while one goes on."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from craftpath.delivery.exchange.printouts.batches import MOST, Wanted
from craftpath.delivery.exchange.printouts.certificates import PAPER, standing
from craftpath.delivery.web.certificates.places import the_batch, way
from craftpath.delivery.web.papers.subjects import About, Room, printed_about
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.certificates import queries, rules
from craftpath.kernel.printruns import ask_print
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, not_now, require


@require_POST
@needs(Permission.ISSUE_CERTIFICATES)
def everybody(request: Request, organisation: str, batch: str) -> HttpResponse:
    """All that hold; pressed twice, they are printed once."""
    row = the_batch(batch)
    require(rules.may_issue(request.actor, row.organisation))
    people = standing(row).count()
    if not people:
        raise Refused(not_now("exchange.nothing_to_print"))
    if people > MOST:
        raise Refused(not_now("exchange.too_many_to_print", most=MOST))
    wanted = Wanted(PAPER, "both", "pdf")
    run = ask_print(row.ref, wanted.as_json(), people=people, by=request.actor, at=request.at)
    messages.success(request, _("Asked for. You can close this page: it goes on."))
    return redirect("papers:run", organisation, run.public_id)


def _names(ids: Collection[str]) -> dict[str, str]:
    return {one.public_id: text(one.kind.title) for one in queries.batches().filter(public_id__in=ids)}


def _about(request: Request, public_id: str, last: str) -> About | None:
    row = queries.batches().filter(public_id=public_id).first()
    if row is None or not rules.may_issue(request.actor, row.organisation):
        return None
    title = text(row.kind.title)
    crumbs = way(request, step(request, title, "certificates:batch", public_id), here(last))
    return About(title, reverse("certificates:batch", args=[request.organisation.key, public_id]), crumbs)


printed_about("certificates", Room(_names, _about))
