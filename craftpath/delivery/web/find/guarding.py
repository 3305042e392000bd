"""Kinds whose rows exist for more readers than their page opens for: the page's own rule is asked for each row.

Names of drafts and of what others are asked about stay with those who may read them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.standards.places import looks_after
from craftpath.delivery.web.teaching.places import sees_teams
from craftpath.domain.agreements import rules as agreed
from craftpath.domain.agreements.queries import agreements
from craftpath.domain.courses import rules as course_rules
from craftpath.domain.courses.queries import courses, place_in, runs
from craftpath.domain.exams.studies import judges, studies
from craftpath.domain.forums.queries import to_find as threads
from craftpath.domain.needs import rules as needs
from craftpath.domain.needs.queries import analyses
from craftpath.domain.occupations import rules as occupations
from craftpath.domain.occupations.queries import charts
from craftpath.domain.packages import rules as package_rules
from craftpath.domain.packages.queries import packages
from craftpath.domain.questions.queries import to_find as questions
from craftpath.domain.resources import rules as resource_rules
from craftpath.domain.resources.queries import resources
from craftpath.domain.stories.queries import wall
from craftpath.domain.surveys import rules as surveys
from craftpath.domain.surveys.queries import all_surveys
from craftpath.domain.teaching import rules as teaching
from craftpath.domain.teaching.queries import teams

Guard = Callable[[Request, list[str]], set[str]]


def _rows(rows: QuerySet[Any], ids: list[str]) -> list[Any]:
    return list(rows.filter(public_id__in=ids))


def _surveys(request: Request, ids: list[str]) -> set[str]:
    """Those that the reader runs: whoever is asked answers on another page."""
    rows = _rows(all_surveys().select_related("organisation"), ids)
    return {row.public_id for row in rows if surveys.may_run(request.actor, row.organisation)}


def _analyses(request: Request, ids: list[str]) -> set[str]:
    """All of them for the office, published ones for readers of figures and for those who were asked."""
    asked = set(
        analyses().filter(public_id__in=ids, surveys__asked__person=request.user).values_list("pk", flat=True)
    )
    rows = _rows(analyses(), ids)
    return {row.public_id for row in rows if needs.may_read(request.actor, row, asked=row.pk in asked)}


def _charts(request: Request, ids: list[str]) -> set[str]:
    return {row.public_id for row in _rows(charts(), ids) if occupations.may_read(request.actor, row)}


def _studies(request: Request, ids: list[str]) -> set[str]:
    if looks_after(request):
        return set(ids)
    mine = judges().filter(person=request.user, excused_at__isnull=True).values("study_id")
    return set(studies().filter(public_id__in=ids, pk__in=mine).values_list("public_id", flat=True))


def _agreements(request: Request, ids: list[str]) -> set[str]:
    return {row.public_id for row in _rows(agreements(), ids) if agreed.may_read(request.actor, row)}


def _courses(request: Request, ids: list[str]) -> set[str]:
    return {
        row.public_id
        for row in _rows(courses(), ids)
        if course_rules.may_write(request.actor, row.organisation)
    }


def _runs(request: Request, ids: list[str]) -> set[str]:
    """Those in which the reader learns, and those that the reader looks after."""
    return {
        row.public_id
        for row in _rows(runs(), ids)
        if course_rules.may_look_after(request.actor, row) or place_in(row, request.user)[0]
    }


def _packages(request: Request, ids: list[str]) -> set[str]:
    return {row.public_id for row in _rows(packages(), ids) if package_rules.may_see(request.actor, row)}


def _resources(request: Request, ids: list[str]) -> set[str]:
    return {row.public_id for row in _rows(resources(), ids) if resource_rules.may_see(request.actor, row)}


def _teams(request: Request, ids: list[str]) -> set[str]:
    """All of them for whoever sees names of many, else those in which the reader teaches."""
    rows = _rows(teams().prefetch_related("members"), ids)
    many = sees_teams(request.actor)
    return {
        row.public_id
        for row in rows
        if many or teaching.member_of(request.actor, row.members.all()) is not None
    }


def _standing(rows: Callable[[], QuerySet[Any]]) -> Guard:
    """Those that stand now: what was withdrawn, hidden or taken down since is named to nobody."""
    return lambda _request, ids: {row.public_id for row in _rows(rows(), ids)}


GUARDS: dict[tuple[str, str], Guard] = {
    ("agreements", "agreement"): _agreements,
    ("teaching", "team"): _teams,
    ("courses", "course"): _courses,
    ("courses", "run"): _runs,
    ("packages", "package"): _packages,
    ("resources", "resource"): _resources,
    ("surveys", "survey"): _surveys,
    ("needs", "analysis"): _analyses,
    ("occupations", "chart"): _charts,
    ("exams", "study"): _studies,
    ("questions", "question"): _standing(questions),
    ("forums", "thread"): _standing(threads),
    ("stories", "story"): _standing(wall),
}
