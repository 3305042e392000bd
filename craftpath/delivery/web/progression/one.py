"""One apprentice before the gate: each condition with its figures, who can supply it; notes of papers, waivers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.apprenticeships.learner import stage_path
from craftpath.delivery.web.progression.said import Said, lines
from craftpath.delivery.web.progression.trail import to_gates
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.apprenticeships.queries import enrolments, path_of
from craftpath.domain.progression import actions, queries, rules
from craftpath.domain.progression.conditions import GATES
from craftpath.domain.progression.texts import GATES as GATE_NAMES
from craftpath.domain.progression.texts import OUTCOMES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.programmes.models import Stage
    from craftpath.domain.progression.findings import Report


@dataclass(frozen=True, slots=True)
class GatePart:
    """One gate of the stage that is open, as this page shows it."""

    kind: str
    name: Any
    report: Report
    lines: list[Said]
    waivers: Mapping[str, Any]
    evidence: Mapping[str, Any]

    @property
    def summary(self) -> str:
        """How far it is, in words."""
        facts = {"done": self.report.done, "all": len(self.report.findings)}
        return _("%(done)s of %(all)s") % facts


@require_GET
@needs(Permission.SEE_RESULTS)
def one(request: Request, organisation: str, enrolment: str) -> HttpResponse:
    """The gates before this apprentice, and the decisions so far."""
    row = get_object_or_404(enrolments(), public_id=plain_id(enrolment))
    path = path_of(row)
    stage = next((step.stage for step in path if step.state == "open"), None)
    own = request.user.pk == row.person_id
    context = {
        "enrolment": row,
        "own": own,
        "stage": stage,
        "path": stage_path(path),
        "parts": _parts(request, row, stage) if stage is not None else [],
        "passages": queries.passages_of([row.pk]).get(row.pk, []),
        "outcomes": OUTCOMES,
        "gates": GATE_NAMES,
        "may_note": bool(rules.may_note(request.actor, row)),
        "may_waive": bool(rules.may_open_for(request.actor, row)),
        "crumbs": [] if own else to_gates(request, here(row.person.name)),
    }
    return render(request, "progression/one.html", context)


def _parts(request: Request, row: Enrolment, stage: Stage) -> list[GatePart]:
    found = []
    for kind in GATES:
        report = queries.reports(row.cohort, stage, kind, [row], request.today).get(row.pk)
        if report is not None and row.pk not in queries.through([row.pk], stage, kind):
            waivers = queries.waivers_at(row, stage, kind)
            evidence = queries.evidence_at(row, stage, kind)
            found.append(GatePart(kind, GATE_NAMES[kind], report, lines(report), waivers, evidence))
    return found


def _standing(enrolment: str, kind: str) -> tuple[Enrolment, Stage]:
    row = get_object_or_404(enrolments(), public_id=plain_id(enrolment))
    stage = next((step.stage for step in path_of(row) if step.state == "open"), None)
    if stage is None or kind not in GATES:
        raise Http404
    return row, stage


def _word(request: Request, name: str) -> str:
    return request.POST.get(name, "").replace("\0", "")


@require_POST
@needs(Permission.MANAGE_COHORTS, Permission.MANAGE_AGREEMENTS)
def note(request: Request, organisation: str, enrolment: str, kind: str) -> HttpResponse:
    """Note that a paper is there, or take the note back."""
    row, stage = _standing(enrolment, kind)
    key = _word(request, "condition")[:40]
    by, at = request.actor, request.at
    if request.POST.get("do") == "withdraw":
        standing = queries.evidence_at(row, stage, kind).get(key)
        if standing is not None:
            actions.withdraw_evidence(standing, by=by, at=at)
            messages.success(request, _("The note was taken back."))
    else:
        actions.give_evidence(row, stage, kind, key, note=_word(request, "note"), by=by, at=at)
        messages.success(request, _("Noted, with your name."))
    return redirect("progression:one", organisation, enrolment)


@require_POST
@needs(Permission.MANAGE_COHORTS)
def waive(request: Request, organisation: str, enrolment: str, kind: str) -> HttpResponse:
    """Waive a condition with a reason, or take the waiver back."""
    row, stage = _standing(enrolment, kind)
    key = _word(request, "condition")[:60]
    by, at = request.actor, request.at
    if request.POST.get("do") == "withdraw":
        standing = queries.waivers_at(row, stage, kind).get(key)
        if standing is not None:
            actions.withdraw_waiver(standing, by=by, at=at)
            messages.success(request, _("The waiver was taken back."))
        return redirect("progression:one", organisation, enrolment)
    try:
        actions.waive_condition(row, stage, kind, key, because=_word(request, "because"), by=by, at=at)
    except Refused as refused:
        if refused.verdict.who:
            raise
        messages.warning(request, sentence(refused.verdict))
    else:
        messages.success(
            request, _("Waived, with your name and reason: %(what)s.") % {"what": text(stage.name)}
        )
    return redirect("progression:one", organisation, enrolment)
