"""What can be printed of a whole cohort: its file, the mark lists of its stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.printouts.batches import LARGE, everybody, judged
from craftpath.delivery.exchange.printouts.cohort_file import cohort_file as file_of
from craftpath.delivery.exchange.printouts.gate_form import KINDS
from craftpath.delivery.exchange.printouts.mark_list import mark_list as list_of
from craftpath.delivery.exchange.printouts.periods import periods
from craftpath.delivery.web.papers.one import spoken
from craftpath.delivery.web.papers.sending import Look, look_of, sent
from craftpath.delivery.web.papers.trail import to_cohort_print
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.evaluation.queries import evaluations
from craftpath.domain.evaluation.rules import may_see_results
from craftpath.domain.programmes.queries import stages_of
from craftpath.domain.progression.texts import GATES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort


def found_cohort(request: Request, public_id: str) -> Cohort:
    """A cohort whose people the reader sees as a table; for an apprentice there is none. Refused without persons."""
    require(may_see_results(request.actor))
    if request.actor.sees_only_own:
        raise Http404
    return get_object_or_404(cohorts(), public_id=plain_id(public_id))


@require_GET
@needs(Permission.SEE_RESULTS)
def cohort(request: Request, organisation: str, cohort: str) -> HttpResponse:
    """Which paper of the cohort, in which language; `stage` is the one that was asked for."""
    found = found_cohort(request, cohort)
    stages_judged = list(evaluations().filter(cohort=found))
    stages, people = stages_of(found.programme_id), everybody(found).count()
    asked = request.GET.get("evaluation", "")
    context = spoken() | {
        "cohort": found,
        "evaluations": [(one.public_id, text(one.stage.name)) for one in stages_judged],
        "evaluation": asked if any(one.public_id == asked for one in stages_judged) else "",
        "periods": [(one.key, text(one.name)) for one in periods(found, request.today, stages)],
        "gates": [
            (f"{stage.key}.{kind}", f"{text(stage.name)} · {GATES[kind]}")
            for stage in stages
            for kind in KINDS
        ],
        "gate": request.GET.get("gate", ""),
        "which": [("next", _("The next one of each")), ("last", _("The last one that was held"))],
        "people": people,
        "large": people > LARGE,
        "crumbs": to_cohort_print(request, found),
    }
    return render(request, "papers/cohort.html", context)


def _small(request: Request, public_id: str) -> tuple[Cohort, Look]:
    """The cohort and what is asked for; refused if it is to be laid out for more people than a reader waits for."""
    found, look = found_cohort(request, public_id), look_of(request.GET)
    if look.form == "pdf" and everybody(found).count() > LARGE:
        raise Refused(not_now("exchange.too_large_at_once"))
    return found, look


@require_GET
@needs(Permission.SEE_RESULTS)
def cohort_file(request: Request, organisation: str, cohort: str) -> HttpResponse:
    """The file of everybody in it whom the reader sees."""
    found, look = _small(request, cohort)
    agreements = bool(request.actor.may(Permission.SEE_AGREEMENTS))
    return sent(file_of(found, agreements=agreements, today=request.today, at=request.at), look)


@require_GET
@needs(Permission.SEE_RESULTS)
def mark_list(request: Request, organisation: str, cohort: str) -> HttpResponse:
    """The mark list of a stage; of the first judged one by itself."""
    found, look = _small(request, cohort)
    asked = request.GET.get("evaluation", "")
    evaluation = judged(found, asked.replace("\0", ""))
    if evaluation is None:
        raise Http404
    return sent(list_of(evaluation, today=request.today, at=request.at), look)
