"""A layout for many people: asked for here, filled by a worker that says how far it is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from craftpath.delivery.exchange.layout_filling import require_fillable
from craftpath.delivery.exchange.layout_kinds import ways
from craftpath.delivery.exchange.layout_run import EACH, LIST, MOST, OWN_FORM
from craftpath.delivery.exchange.printouts.batches import Wanted
from craftpath.delivery.web.layouts.finding import find_layout, find_stage
from craftpath.delivery.web.layouts.values import language, names_of, values_of
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.kernel.printruns import ask_print
from craftpath.kernel.roles import Permission
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now

_QUERY = 400  # characters of the filter of a results page


@require_POST
@needs(Permission.SEE_RESULTS)
def ask(request: Request, organisation: str, evaluation: str, layout: str) -> HttpResponse:
    """One file for each of the rows that the address filters, or one list of them; pressed twice, made once."""
    stage = find_stage(request, evaluation)
    found = find_layout(request, layout, stage)
    which = LIST if request.POST.get("which") == LIST else EACH
    seen = ways(found.file.bytes(), names_of(stage))
    require_fillable((seen.alone if which == EACH else seen.listed).faults)
    people = len(values_of(request, stage).people)
    if not people:
        raise Refused(not_now("exchange.nothing_to_print"))
    if which == EACH and people > MOST:
        raise Refused(not_now("exchange.too_many_to_print", most=MOST))
    wanted = Wanted(
        OWN_FORM,
        "zh" if language().startswith("zh") else "en",
        seen.kind,
        which=which,
        evaluation=stage.public_id,
        layout=found.public_id,
        query=request.GET.urlencode()[:_QUERY],
    )
    about = Ref("apprenticeships", "cohort", stage.cohort.public_id)
    row = ask_print(about, wanted.as_json(), people=people, by=request.actor, at=request.at)
    messages.success(request, _("Asked for. You can close this page: it goes on."))
    return redirect("papers:run", organisation, row.public_id)
