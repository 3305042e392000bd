"""Papers for everybody of a cohort: asked for here, made by a worker."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from craftpath.delivery.exchange.printouts.batches import MOST, WHOLE, Wanted, can_be_made, everybody
from craftpath.delivery.web.papers.whole import found_cohort
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.kernel.printruns import ask_print
from craftpath.kernel.roles import Permission
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now

LONGEST = 80  # characters of one part of what is asked


@require_POST
@needs(Permission.SEE_RESULTS)
def ask(request: Request, organisation: str, cohort: str) -> HttpResponse:
    """Ask for one paper about each of them; pressed twice, it is printed once."""
    found = found_cohort(request, cohort)
    given = {name: str(value).replace("\0", "")[:LONGEST] for name, value in request.POST.items()}
    wanted = Wanted.of(given)
    if not can_be_made(wanted, found):
        raise Http404
    people = everybody(found).count()
    if not people and wanted.paper not in WHOLE:
        raise Refused(not_now("exchange.nothing_to_print"))
    if people > MOST and wanted.paper not in WHOLE:
        raise Refused(not_now("exchange.too_many_to_print", most=MOST))
    about = Ref("apprenticeships", "cohort", found.public_id)
    row = ask_print(about, wanted.as_json(), people=people, by=request.actor, at=request.at)
    messages.success(request, _("Asked for. You can close this page: it goes on."))
    return redirect("papers:run", organisation, row.public_id)
