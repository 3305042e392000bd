"""The desks of those who look from above: the officer, the auditor, the administrator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from craftpath.delivery.web.components.shapes import figure
from craftpath.delivery.web.desks.answering import contests_to_answer
from craftpath.delivery.web.desks.examining import appeals_to_decide
from craftpath.delivery.web.desks.figuring import late_sum, people_sum, stage_bar
from craftpath.delivery.web.desks.noticing import hooks_off
from craftpath.delivery.web.desks.placing import ENTERPRISES, places
from craftpath.delivery.web.desks.reads import StageStanding, board, own_cohorts
from craftpath.delivery.web.desks.shapes import MOST, Desk, Line, Sum
from craftpath.delivery.web.desks.teaching import figures_of, first_steps
from craftpath.delivery.web.history.lines import newest, told_nearby
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.counts.measures import COLLEGE, STAFF
from craftpath.domain.counts.queries import counted_on, figures_at
from craftpath.domain.evaluation.distribution import showable
from craftpath.kernel.roles import Role
from craftpath.kernel.sheets import SHEET, imports

LATEST = 5  # entries of the history
ABANDONED_AFTER = 14  # days after which an upload that nobody took in is on its way no more


@dataclass(frozen=True, slots=True)
class Cell:
    """A stage of a cohort without persons; None stands for a figure from which fewer than five could be told."""

    stage: StageStanding
    n: int | None
    share: int | None
    mean: Decimal | None
    mean_n: int = 0


def cell(stage: StageStanding) -> Cell:
    """No sums over several cohorts are shown, so nothing can be had by subtraction either."""
    tally = stage.tally
    if not showable(tally.people):
        return Cell(stage, None, None, None)
    if not showable(tally.complete, tally.open):
        return Cell(stage, tally.people, None, None)
    return Cell(
        stage,
        tally.people,
        (200 * tally.complete + tally.people) // (2 * tally.people),
        tally.mean,
        tally.complete,
    )


def officer(request: Request) -> Desk:
    """The places below with what may be told of them, and the own cohorts by stage; never a person."""
    here, today = request.organisation, request.today
    figures = figures_at(here, COLLEGE, today)
    rows, page = own_cohorts(here, request.GET.get("cohorts"))
    needs = [
        Line(
            _("%(stage)s has no scheme yet") % {"stage": text(stage.name)},
            text(row.cohort.name),
            icon="scheme",
        )
        for row in rows
        for stage in row.stages
        if stage.evaluation is None and row.cohort.state == "running"
    ]
    people = figures.shown("people")
    known = sum(people.values())
    told = sum(figures.shown("told").values())
    sums = [Sum(figure(known), ngettext("apprentice", "apprentices", known), "standing")] if known else []
    if told:
        complete = (200 * sum(figures.shown("complete").values()) + told) // (2 * told)
        sums.append(Sum(f"{complete} %", _("of the results are complete"), "standing"))
    facts = {
        "places": places(request, ENTERPRISES, told_only=True),
        "cells": [cell(stage) for row in rows for stage in row.stages],
        "page": page,
        "stages": stage_bar(people),
        "counted": counted_on(),
    }
    return Desk(Role.OFFICER, "desks/city.html", (), needs[:MOST], facts, sums)


def auditor(request: Request) -> Desk:
    """The latest history, the places below, and the own cohorts with their results."""
    here = request.organisation
    latest = told_nearby(request, newest(request, LATEST))
    rows, page = board(here, request.GET.get("cohorts"), below=False)
    figures = figures_at(here, COLLEGE, request.today)
    facts = figures_of(request, rows, page, may_import=False) | {
        "latest": latest,
        "places": places(request, ENTERPRISES),
        "stages": stage_bar(figures.stages),
        "counted": counted_on(),
    }
    return Desk(Role.AUDITOR, "desks/audit.html", (), (), facts, [*people_sum(figures), *late_sum(figures)])


def administrator(request: Request) -> Desk:
    """The places below with their people, and whether the site is well."""
    here = request.organisation
    staff = figures_at(here, STAFF, request.today)
    jobs = dict(DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk")))
    since = request.at - timedelta(days=ABANDONED_AFTER)
    on_their_way = imports().filter(state=SHEET.start, organisation__in=here.below())
    facts = {
        "places": places(request, (), side=STAFF),
        "roles": [(role, staff.roles[role]) for role in Role if staff.roles.get(role)],
        "counted": counted_on(),
        "jobs_waiting": jobs.get(TaskResultStatus.READY, 0) + jobs.get(TaskResultStatus.RUNNING, 0),
        "jobs_failed": jobs.get(TaskResultStatus.FAILED, 0),
        "imports": on_their_way.filter(made_at__gte=since).count(),
        "days": ABANDONED_AFTER,
    }
    waiting = [
        *contests_to_answer(request),
        *appeals_to_decide(request),
        *first_steps(request),
        *hooks_off(request),
        *_ailments(facts["jobs_failed"]),
    ]
    members = staff.members
    words = ngettext("person has a role", "people have a role", members)
    sums = [Sum(figure(members), words, "standing")] if members else []
    return Desk(Role.ADMINISTRATOR, "desks/house.html", waiting, (), facts, sums)


def _ailments(failed: int) -> Iterator[Line]:
    if failed:
        yield Line(
            ngettext("%(count)s job has failed", "%(count)s jobs have failed", failed) % {"count": failed},
            _("The log of the site names the reason; tell whoever runs it."),
            "",
            _("Health"),
            "wrong",
            "warning",
        )
