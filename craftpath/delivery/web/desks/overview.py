"""The desks of those who look from above: the officer, the auditor, the administrator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from craftpath.delivery.web.desks.answering import contests_to_answer
from craftpath.delivery.web.desks.examining import appeals_to_decide
from craftpath.delivery.web.desks.noticing import hooks_off
from craftpath.delivery.web.desks.reads import StageStanding, board, cohorts_at, colleges_with
from craftpath.delivery.web.desks.shapes import MOST, Desk, Line
from craftpath.delivery.web.desks.teaching import figures_of, first_steps
from craftpath.delivery.web.history.lines import entries, lines
from craftpath.delivery.web.history.stretches import newest
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.evaluation.distribution import showable
from craftpath.kernel.access import memberships_on
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Role
from craftpath.kernel.sheets import SHEET, imports

LATEST = 8  # entries of the history
ABANDONED_AFTER = 14  # days after which an upload that nobody took in is on its way no more


@dataclass(frozen=True, slots=True)
class Cell:
    """A stage of a cohort without persons; None stands for a figure from which fewer than five could be told."""

    stage: StageStanding
    n: int | None
    share: int | None
    mean: Decimal | None
    mean_n: int = 0


@dataclass(frozen=True, slots=True)
class College:
    """One college of the city with the stages of its cohorts."""

    organisation: Organisation
    cells: Sequence[Cell]


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
    """The cohorts of the city by college and stage, without persons."""
    page = colleges_with(request.organisation, request.GET.get("colleges"))
    rows = cohorts_at(page)
    colleges = [
        College(
            place, [cell(stage) for row in rows if row.cohort.organisation == place for stage in row.stages]
        )
        for place in sorted({row.cohort.organisation for row in rows}, key=lambda place: place.path)
    ]
    needs = [
        Line(
            _("%(stage)s has no scheme yet") % {"stage": text(stage.name)},
            _("%(cohort)s, %(college)s")
            % {"cohort": text(row.cohort.name), "college": text(row.cohort.organisation.name)},
            icon="scheme",
        )
        for row in rows
        for stage in row.stages
        if stage.evaluation is None and row.cohort.state == "running"
    ]
    return Desk(Role.OFFICER, "desks/colleges.html", (), needs[:MOST], {"colleges": colleges, "page": page})


def auditor(request: Request) -> Desk:
    """The latest history, and the cohorts with their results."""
    latest = lines(request, newest(entries(request), LATEST, until=request.at))
    rows, page = board(request.organisation, request.GET.get("cohorts"))
    figures = figures_of(request, rows, page, may_import=False) | {"latest": latest}
    return Desk(Role.AUDITOR, "desks/audit.html", (), (), figures)


@dataclass(slots=True)
class Place:
    """An organisation of the tree with the number of people who hold a role there, and those below it."""

    organisation: Organisation
    people: int
    inside: list[Place] = field(default_factory=list)


def tree(organisation: Organisation, counts: dict[int, int]) -> Place:
    """The organisation and everything under it, nested; one query."""
    top = Place(organisation, counts.get(organisation.pk, 0))
    trail = [top]
    below = organisation.below().exclude(pk=organisation.pk).order_by("path")
    for row in below:
        place = Place(row, counts.get(row.pk, 0))
        while not row.path.startswith(trail[-1].organisation.path):
            trail.pop()
        trail[-1].inside.append(place)
        trail.append(place)
    return top


def administrator(request: Request) -> Desk:
    """The tree below with its people, and whether the site is well."""
    here = request.organisation
    held = memberships_on(request.today).filter(organisation__in=here.below()).order_by()
    people = Count("person", distinct=True)  # somebody with two roles is one person of the place
    by_place = dict(held.values_list("organisation_id").annotate(people))
    by_role = dict(held.values_list("role").annotate(people))
    roles = [(role, by_role[role]) for role in Role if role in by_role]
    jobs = dict(DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk")))
    since = request.at - timedelta(days=ABANDONED_AFTER)
    on_their_way = imports().filter(state=SHEET.start, organisation__in=here.below())
    figures = {
        "place": tree(here, by_place),
        "roles": roles,
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
        *_ailments(figures["jobs_failed"]),
    ]
    return Desk(Role.ADMINISTRATOR, "desks/house.html", waiting, (), figures)


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
