"""What can be printed about one apprentice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.printouts.periods import period_of, periods
from craftpath.delivery.exchange.printouts.training_record import training_records
from craftpath.delivery.web.papers.sending import languages, look_of, own_language, sent
from craftpath.delivery.web.papers.trail import to_apprentice
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.apprenticeships.queries import enrolments, path_of
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


def _enrolment(public_id: str) -> Enrolment:
    return get_object_or_404(enrolments(), public_id=plain_id(public_id))


@require_GET
@needs(Permission.SEE_RESULTS)
def apprentice(request: Request, organisation: str, enrolment: str) -> HttpResponse:
    """Which paper, of which time, in which language."""
    row = _enrolment(enrolment)
    begun = [step.stage for step in path_of(row) if step.state != "locked"]
    context = {
        "enrolment": row,
        "periods": [(one.key, text(one.name)) for one in periods(row.cohort, request.today, begun)],
        "languages": languages(),
        "language": own_language(),
        "crumbs": to_apprentice(request, row),
    }
    return render(request, "papers/apprentice.html", context)


@require_GET
@needs(Permission.SEE_RESULTS)
def training_record(request: Request, organisation: str, enrolment: str) -> HttpResponse:
    """The training record of a period, as whoever reads it sees the log."""
    row, look = _enrolment(enrolment), look_of(request.GET)
    period = period_of(request.GET.get("period", ""), row.cohort)
    if period is None:
        raise Http404
    (found,) = training_records(row.cohort, [row], period, today=request.today, at=request.at)
    return sent(found, look, number=row.number, name=row.person.name)
