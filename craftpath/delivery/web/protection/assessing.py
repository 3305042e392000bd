"""Assessments of risky uses: all of them, a new one, one of them with its decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from craftpath.delivery.web.protection.forms import AssessmentForm, DecisionForm
from craftpath.delivery.web.protection.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.protection import actions, queries
from craftpath.domain.protection.states import ASSESSMENT
from craftpath.domain.protection.texts import ASSESSMENTS, OCCASIONS, OUTCOMES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.protection.models import Assessment

TONES = {"draft": "attention", "decided": "good", "retired": "plain"}
FIELDS = ("title", "occasion", "use", "need", "risks", "measures")


@require_safe
@needs(Permission.ANSWER_REQUESTS)
def listing(request: Request, organisation: str) -> HttpResponse:
    """Drafts first, then what is in force."""
    rows = [_line(row) for row in queries.assessments()]
    context = {"tabs": tabs(request, "assessments"), "rows": rows}
    return render(request, "protection/assessments.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ANSWER_REQUESTS)
def new(request: Request, organisation: str) -> HttpResponse:
    """Write one."""
    form = AssessmentForm(request.POST if request.method == "POST" else None)
    made: list[Assessment] = []

    def act() -> None:
        made.append(
            actions.write_assessment(
                request.organisation,
                form.said,
                made_id=form.cleaned_data["made_id"],
                by=request.actor,
                at=request.at,
            )
        )

    status = 200
    if request.method == "POST":
        status = tried(request, form, _("Kept as a draft."), act)
        if not status:
            return redirect("protection:assessment", organisation, made[0].public_id)
    context = {"form": form, "crumbs": [*_way(request), here(pgettext("of a use of data", "New assessment"))]}
    return render(request, "protection/new_assessment.html", context, status=status)


@require_safe
def one(request: Request, organisation: str, assessment: str) -> HttpResponse:
    """What it says, how it was decided."""
    return render(request, "protection/assessment.html", _page(request, _found(request, assessment)))


@require_POST
def do(request: Request, organisation: str, assessment: str, verb: str) -> HttpResponse:
    """Change a draft, decide it, retire it."""
    row = _found(request, assessment)
    if verb == "retire":
        actions.retire_assessment(row, by=request.actor, at=request.at)
        return redirect("protection:assessment", organisation, row.public_id)
    form: Any
    if verb == "change":
        form, done = AssessmentForm(request.POST, auto_id="change_%s"), _("Kept.")
    elif verb == "decide":
        form, done = DecisionForm(request.POST, auto_id="decide_%s"), pgettext("an assessment", "Decided.")
    else:
        raise Http404

    def act() -> None:
        if verb == "change":
            actions.change_assessment(row, form.said, by=request.actor, at=request.at)
        else:
            given = form.cleaned_data
            actions.decide_assessment(
                row, given["outcome"], given["words"], given["review_on"], by=request.actor, at=request.at
            )

    status = tried(request, form, done, act)
    if not status:
        return redirect("protection:assessment", organisation, row.public_id)
    return render(request, "protection/assessment.html", _page(request, row) | {verb: form}, status=status)


def _line(row: Assessment) -> dict[str, Any]:
    return {
        "row": row,
        "occasion": OCCASIONS[row.occasion],
        "state": ASSESSMENTS[row.state],
        "tone": TONES[row.state],
        "outcome": OUTCOMES.get(row.outcome, ""),
    }


def _page(request: Request, row: Assessment) -> dict[str, Any]:
    labels = AssessmentForm.base_fields
    return _line(row) | {
        "said": [(labels[name].label, getattr(row, name)) for name in FIELDS[2:]],
        "change": AssessmentForm(initial={name: getattr(row, name) for name in FIELDS}, auto_id="change_%s"),
        "decide": DecisionForm(auto_id="decide_%s"),
        "can": {move for move in ASSESSMENT.moves if ASSESSMENT.can(row.state, move)},
        "crumbs": [*_way(request), here(row.title)],
    }


def _way(request: Request) -> list[Any]:
    return [step(request, pgettext("about personal data", "Assessments"), "protection:assessments")]


def _found(request: Request, assessment: str) -> Assessment:
    row = get_object_or_404(queries.assessments(), public_id=plain_id(assessment))
    require(request.actor.may_at(Permission.ANSWER_REQUESTS, row.organisation))
    return row
