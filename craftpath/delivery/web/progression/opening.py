"""One gate of a cohort: who is ready, what holds the others back; letting them through, or letting them repeat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
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
from craftpath.domain.programmes.queries import stage_after
from craftpath.domain.progression import actions, queries, rules
from craftpath.domain.progression.findings import Report
from craftpath.domain.progression.texts import GATES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.programmes.models import Stage

A_REPEAT = timedelta(days=90)
A_PAGE = 100  # apprentices


@dataclass(frozen=True, slots=True)
class Standing:
    """One apprentice before the gate."""

    enrolment: Enrolment
    report: Report

    @property
    def read(self) -> str:
        """Who it is and which report was read, as forms send it back."""
        return f"{self.enrolment.public_id}.{self.report.fingerprint}"


@dataclass(frozen=True, slots=True)
class Line:
    """The same as the page shows it."""

    one: Standing
    missing: Sequence[Said]

    @property
    def all(self) -> int:
        """How many conditions there are."""
        return len(self.one.report.findings)


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
    before, gone = _before(request, row, at, kind)
    ready = [one for one in before if one.report.ready]
    page = Paginator(before, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "cohort": row,
        "stage": at,
        "kind": kind,
        "name": GATES[kind],
        "page": page,
        "lines": [Line(one, [said(finding) for finding in one.report.missing]) for one in page],
        "before": len(before),
        "ready": len(ready),
        "more_ready": len(ready) > A_PAGE,
        "ticked": ticked if ticked is not None else {one.enrolment.public_id for one in ready},
        "held": held_by(one.report for one in before if not one.report.ready),
        "gone": gone,
        "may_open": bool(rules.may_open(request.actor, row)),
        "may_shape": bool(rules.may_shape(request.actor, request.organisation)),
        "following": stage_after(at),
        "tabs": _tabs(request, row, at, kind),
        "until": request.today + A_REPEAT,
        "crumbs": to_gates(request, here(f"{text(row.name)} · {text(at.name)}")),
    }
    return render(request, "progression/gate.html", context, status=status)


def _before(request: Request, row: Cohort, at: Stage, kind: str) -> tuple[list[Standing], int]:
    """Everybody who stands before it, those who are ready first; how many are through and have not moved on."""
    people = list(enrolments().filter(cohort=row, state="active"))
    reports = queries.reports(row, at, kind, people, request.today)
    gone = queries.through([one.pk for one in people], at, kind)
    found = [Standing(one, reports[one.pk]) for one in people if one.pk in reports and one.pk not in gone]
    found.sort(key=lambda one: (not one.report.ready, -one.report.done, one.enrolment.number))
    return found, len(gone)


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
    """Whom the form ticks, and which report of each was read: words of the form `enrolment.fingerprint`."""
    seen: dict[str, str] = {}
    for value in " ".join(request.POST.getlist("who")).split():
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
    if request.POST.get("do") == "ready":  # on every page; the next one names them before anything is decided
        before, _gone = _before(request, row, at, kind)
        ready = [one for one in before if one.report.ready]
        people = [one.enrolment for one in ready]
        seen = {one.enrolment.public_id: one.report.fingerprint for one in ready}
    else:
        people, seen = _chosen(request, row)
    if not people:
        messages.warning(request, _("Tick at least one apprentice."))
        return redirect("progression:gate", organisation, cohort, stage, kind)
    if kind == "stage" and request.POST.get("do") == "repeat":
        return _repeat(request, row, at, people, seen)
    if not request.POST.get("confirmed") or request.POST.get("do") == "ready":
        return render(
            request,
            "progression/open.html",
            {
                "cohort": row,
                "stage": at,
                "kind": kind,
                "people": people,
                "who": " ".join(f"{one.public_id}.{seen[one.public_id]}" for one in people),
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
