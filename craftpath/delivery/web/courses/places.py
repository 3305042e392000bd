"""Where somebody is among the pages of courses: tabs, crumbs, and the row that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.domain.courses import queries, rules
from craftpath.kernel.roles import Permission, Role
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.courses.models import Course, Run

USES = pgettext_lazy("that train a skill", "Courses")
TONES = {"draft": "plain", "published": "good", "archived": "plain"}
PROGRESS_TONES = {
    "begun": "info",
    "waiting": "attention",
    "again": "attention",
    "failed": "wrong",
    "done": "good",
}


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """The pages beside one another that the reader has."""
    actor = request.actor
    writes = Permission.WRITE_COURSES in actor.permissions
    confirms = bool(actor.roles & {Role.MENTOR, Role.TRAINER})
    places = [
        ("list", pgettext("courses", "All courses"), writes),
        ("mine", pgettext("courses", "I learn"), Role.APPRENTICE in actor.roles or not writes),
        ("desk", pgettext("courses", "To look at"), writes),
        ("confirming", pgettext("courses", "To confirm"), confirms),
    ]
    return [
        {
            "label": label,
            "url": reverse(f"courses:{name}", args=[request.organisation.key]),
            "current": name == current,
        }
        for name, label, there in places
        if there
    ]


def written(request: Request, public_id: str) -> Course:
    """A course that the reader writes; 404 for one that is not seen."""
    row = get_object_or_404(queries.courses(), public_id=plain_id(public_id))
    require(rules.may_write(request.actor, row.organisation))
    return row


def seen_run(request: Request, public_id: str) -> Run:
    """A run that the reader sees."""
    return get_object_or_404(queries.runs(), public_id=plain_id(public_id))


def followed(request: Request, public_id: str) -> Run:
    """A run in which the reader learns; 404 for everybody else."""
    row = seen_run(request, public_id)
    if not queries.place_in(row, request.user)[0]:
        raise Http404
    return row


def looked_after(request: Request, public_id: str) -> Run:
    """A run that the reader looks after."""
    row = seen_run(request, public_id)
    require(rules.may_look_after(request.actor, row))
    return row


def to_courses(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the list that the reader has."""
    page = "courses:list" if Permission.WRITE_COURSES in request.actor.permissions else "courses:mine"
    return [step(request, _("Online courses"), page), *further]


def to_course(request: Request, course: Course, *further: Crumb) -> list[Crumb]:
    """Crumbs through a course as its author sees it."""
    return to_courses(
        request, step(request, text(course.title), "courses:course", course.public_id), *further
    )


def to_run(request: Request, run: Run, *further: Crumb) -> list[Crumb]:
    """Crumbs through a course as its learner sees it."""
    way = step(request, _("Online courses"), "courses:mine")
    return [way, step(request, text(run.course.title), "courses:run", run.public_id), *further]
