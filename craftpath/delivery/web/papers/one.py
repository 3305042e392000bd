"""What can be printed about one apprentice, and of one review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.printouts.core_skills import core_skills_papers
from craftpath.delivery.exchange.printouts.gate_form import KINDS, gate_forms
from craftpath.delivery.exchange.printouts.periods import period_of, periods
from craftpath.delivery.exchange.printouts.review_form import review_forms
from craftpath.delivery.exchange.printouts.training_record import training_records
from craftpath.delivery.web.papers.sending import languages, look_of, own_language, sent
from craftpath.delivery.web.papers.texts import PAPERS
from craftpath.delivery.web.papers.trail import to_apprentice, to_review
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.apprenticeships.queries import Step, enrolments, path_of
from craftpath.domain.progression.queries import conditions_of, passages_of, went_through
from craftpath.domain.progression.texts import GATES
from craftpath.domain.reviews.queries import reviews, whole
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.programmes.models import Stage
    from craftpath.domain.reviews.models import Review


def _enrolment(public_id: str) -> Enrolment:
    return get_object_or_404(enrolments(), public_id=plain_id(public_id))


def _review(public_id: str) -> Review:
    return get_object_or_404(whole(reviews()), public_id=plain_id(public_id))


def _gates(row: Enrolment, path: Sequence[Step]) -> list[tuple[Stage, str]]:
    """Gates of which there is a form: those of the open stage that ask for something, and those gone through."""
    gone = {(one.stage_id, one.gate) for one in passages_of([row.pk]).get(row.pk, []) if went_through(one)}
    return [
        (step.stage, kind)
        for step in reversed(path)
        for kind in KINDS
        if (step.stage.pk, kind) in gone
        or (step.state == "open" and conditions_of(row.cohort, step.stage, kind))
    ]


def spoken() -> dict[str, Any]:
    """What papers are called, the languages to choose from, and the reader's own."""
    return {"names": PAPERS, "languages": languages(), "own_language": own_language()}


@require_GET
@needs(Permission.SEE_RESULTS)
def apprentice(request: Request, organisation: str, enrolment: str) -> HttpResponse:
    """Which paper, of which time or at which gate, in which language; `first` is the one that was asked for."""
    row = _enrolment(enrolment)
    path = path_of(row)
    gates = _gates(row, path)
    begun = [step.stage for step in reversed(path) if step.state != "locked"]
    context = spoken() | {
        "enrolment": row,
        "first": _first(request.GET.get("paper", ""), gates=bool(gates)),
        "periods": [(one.key, text(one.name)) for one in periods(row.cohort, request.today, begun)],
        "gates": [(f"{stage.key}.{kind}", f"{text(stage.name)} · {GATES[kind]}") for stage, kind in gates],
        "crumbs": to_apprentice(request, row),
    }
    return render(request, "papers/apprentice.html", context)


def _first(asked: str, *, gates: bool) -> str:
    """The paper that was asked for, else the training record."""
    known = {"core_skills"} | ({"gate_form"} if gates else set())
    return asked if asked in known else "training_record"


@require_GET
@needs(Permission.SEE_RESULTS)
def core_skills(request: Request, organisation: str, enrolment: str) -> HttpResponse:
    """Core skills beside technical results, stage by stage."""
    row, look = _enrolment(enrolment), look_of(request.GET)
    (found,) = core_skills_papers(row.cohort, [row], today=request.today, at=request.at)
    return sent(found, look, number=row.number, name=row.person.name)


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


@require_GET
@needs(Permission.SEE_RESULTS)
def gate_form(request: Request, organisation: str, enrolment: str) -> HttpResponse:
    """The form of a gate at which the apprentice stands or that was gone through; the next one by itself."""
    row, look = _enrolment(enrolment), look_of(request.GET)
    asked = request.GET.get("gate", "")
    chosen = [pair for pair in _gates(row, path_of(row)) if asked in ("", f"{pair[0].key}.{pair[1]}")]
    if not chosen:
        raise Http404
    stage, kind = chosen[0]
    made = gate_forms(row.cohort, stage, kind, [row], today=request.today, at=request.at)
    if row.pk not in made:
        raise Http404
    return sent(made[row.pk], look, number=row.number, name=row.person.name)


@require_GET
@needs(Permission.SEE_RESULTS)
def review(request: Request, organisation: str, review: str) -> HttpResponse:
    """In which language."""
    row = _review(review)
    return render(
        request, "papers/review.html", spoken() | {"review": row, "crumbs": to_review(request, row)}
    )


@require_GET
@needs(Permission.SEE_RESULTS)
def review_form(request: Request, organisation: str, review: str) -> HttpResponse:
    """The form of one review: what was said so far, and lines for the rest."""
    row, look = _review(review), look_of(request.GET)
    (found,) = review_forms([row], today=request.today, at=request.at)
    return sent(found, look, number=row.enrolment.number, name=f"{row.enrolment.person.name}-{row.round}")
