"""One gate of a cohort: who is ready, what holds the others back; letting them through, or letting them repeat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.progression.said import Said, held_by, said
from craftpath.delivery.web.progression.trail import found, to_gate, to_gates
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.programmes.queries import stage_after, stages_of
from craftpath.domain.progression import actions, queries, rules
from craftpath.domain.progression.findings import Report
from craftpath.domain.progression.texts import GATES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.programmes.models import Stage

A_REPEAT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Line:
    """One apprentice at the gate."""

    enrolment: Enrolment
    report: Report
    missing: Sequence[Said]

    @property
    def all(self) -> int:
        """How many conditions there are."""
        return len(self.report.findings)


@require_GET
@needs(Permission.SEE_RESULTS)
def gate(request: Request, organisation: str, cohort: str, stage: str, kind: str) -> HttpResponse:
    """Everybody who stands at it, those who are ready first."""
    row, at = found(cohort, stage, kind)
    return _page(request, row, at, kind)


def _page(
    request: Request,
    row: Cohort,
    at: Stage,
    kind: str,
    *,
    ticked: frozenset[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    people = list(enrolments().filter(cohort=row, state="active"))
    reports = queries.reports(row, at, kind, people, request.today)
    gone = queries.through([one.pk for one in people], at, kind)
    lines = [
        Line(one, reports[one.pk], [said(finding) for finding in reports[one.pk].missing])
        for one in people
        if one.pk in reports and one.pk not in gone
    ]
    lines.sort(key=lambda line: (not line.report.ready, -line.report.done, line.enrolment.number))
    ready = [line for line in lines if line.report.ready]
    stages = stages_of(row.programme_id)
    context = {
        "cohort": row,
        "stage": at,
        "kind": kind,
        "name": GATES[kind],
        "lines": lines,
        "ready": len(ready),
        "ticked": ticked if ticked is not None else {line.enrolment.public_id for line in ready},
        "held": held_by(line.report for line in lines if not line.report.ready),
        "gone": list(gone.values()),
        "may_open": bool(rules.may_open(request.actor, row)),
        "may_shape": bool(rules.may_shape(request.actor, request.organisation)),
        "following": stage_after(at),
        "tabs": _tabs(request, row, at, kind),
        "stages": stages,
        "until": request.today + A_REPEAT,
        "crumbs": to_gates(request, here(f"{text(row.name)} · {text(at.name)}")),
    }
    return render(request, "progression/gate.html", context, status=status)


def _tabs(request: Request, row: Cohort, at: Stage, kind: str) -> list[dict[str, object]]:
    return [
        {
            "label": label,
            "url": reverse("progression:gate", args=[request.organisation.key, row.public_id, at.key, key]),
            "current": key == kind,
        }
        for key, label in GATES.items()
    ]


def _chosen(request: Request, row: Cohort) -> tuple[list[Enrolment], dict[str, str]]:
    """Whom the form ticks, and which report of each was read: each value is `enrolment.fingerprint`."""
    seen: dict[str, str] = {}
    for value in request.POST.getlist("who"):
        public_id, _dot, fingerprint = value.partition(".")
        if plain_id(public_id):
            seen[public_id] = fingerprint[:12]
    people = list(enrolments().filter(cohort=row, public_id__in=seen))
    if len(people) != len(seen):
        raise Http404
    return people, seen


@require_POST
@needs(Permission.MANAGE_COHORTS)
def open_(request: Request, organisation: str, cohort: str, stage: str, kind: str) -> HttpResponse:
    """First whom it concerns, then, confirmed, the decision."""
    row, at = found(cohort, stage, kind)
    people, seen = _chosen(request, row)
    if not people:
        messages.warning(request, _("Tick at least one apprentice."))
        return redirect("progression:gate", organisation, cohort, stage, kind)
    if kind == "stage" and request.POST.get("do") == "repeat":
        return _repeat(request, row, at, people, seen)
    if not request.POST.get("confirmed"):
        return render(
            request,
            "progression/open.html",
            {
                "cohort": row,
                "stage": at,
                "kind": kind,
                "people": [(one, seen[one.public_id]) for one in people],
                "following": stage_after(at),
                "mark": str(at.order),
                "next_mark": str(at.order + 1),
                "crumbs": to_gate(request, row, at, kind, here(_("Open the gate"))),
            },
        )
    act = actions.open_gate if kind == "stage" else actions.admit
    try:
        act(people, at, seen=seen, on=request.today, by=request.actor, at=request.at)
    except Refused as refused:
        if refused.verdict.who:
            raise
        messages.warning(request, sentence(refused.verdict))
        return _page(request, row, at, kind, ticked=frozenset(seen), status=409)
    if kind == "stage":
        done = ngettext(
            "%(count)s apprentice passed %(stage)s. Congratulations.",
            "%(count)s apprentices passed %(stage)s. Congratulations.",
            len(people),
        )
    else:
        done = ngettext(
            "%(count)s apprentice is admitted to the examination of %(stage)s.",
            "%(count)s apprentices are admitted to the examination of %(stage)s.",
            len(people),
        )
    messages.success(request, done % {"count": len(people), "stage": text(at.name)})
    return redirect("progression:gate", organisation, cohort, stage, kind)


def _repeat(
    request: Request, row: Cohort, at: Stage, people: Sequence[Enrolment], seen: dict[str, str]
) -> HttpResponse:
    """Let those who are ticked stay in the stage until a day, with the reason that they read."""
    try:
        until = date.fromisoformat(request.POST.get("until", ""))
    except ValueError:
        until = request.today
    because = request.POST.get("because", "").replace("\0", "")
    try:
        actions.repeat_stage(people, at, because=because, until=until, by=request.actor, at=request.at)
    except Refused as refused:
        if refused.verdict.who:
            raise
        messages.warning(request, sentence(refused.verdict))
        return _page(request, row, at, "stage", ticked=frozenset(seen), status=409)
    messages.success(request, _("Recorded; the apprentices read the reason."))
    return redirect("progression:gate", request.organisation.key, row.public_id, at.key, "stage")
