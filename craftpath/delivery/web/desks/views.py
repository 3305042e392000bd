"""Where somebody lands, and the home page of each role."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from craftpath.delivery.web.components.shapes import figure
from craftpath.delivery.web.desks import learning, overview, teaching
from craftpath.delivery.web.desks.asking import surveys_to_answer
from craftpath.delivery.web.desks.caring import care
from craftpath.delivery.web.desks.directing import notices_to_read
from craftpath.delivery.web.desks.errands import errands
from craftpath.delivery.web.desks.following import courses_to_continue, courses_to_look_at
from craftpath.delivery.web.desks.grouping import study_groups
from craftpath.delivery.web.desks.judging import questions_to_judge
from craftpath.delivery.web.desks.meeting import meetings
from craftpath.delivery.web.desks.noticing import said_at_once
from craftpath.delivery.web.desks.questioning import new_answers, questions_form, to_answer
from craftpath.delivery.web.desks.shapes import Desk, Line, Sum, by_urgency
from craftpath.delivery.web.desks.studying import study_card
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.words import ROLE_NAMES
from craftpath.kernel.access import Membership, memberships_on
from craftpath.kernel.notices import notice_at
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Role

AT_ONCE = 5  # lines before the rest is folded away

# The widest view first: this is also the order on the page of somebody with several roles.
DESKS: dict[Role, Callable[[Request], Desk]] = {
    Role.ADMINISTRATOR: overview.administrator,
    Role.OFFICER: overview.officer,
    Role.AUDITOR: overview.auditor,
    Role.COORDINATOR: teaching.coordinator,
    Role.HR: learning.hr,
    Role.TRAINER: teaching.trainer,
    Role.ASSESSOR: learning.assessor,
    Role.MENTOR: learning.mentor,
    Role.APPRENTICE: learning.apprentice,
}


@login_not_required
@require_safe
def mine(request: Request) -> HttpResponse:
    """To the one desk, to a choice of desks, or to the door; an empty site is opened first."""
    if not request.user.is_authenticated:
        if not Organisation.objects.exists():
            return redirect("start:form")
        return redirect("account_login")
    held = memberships_on(request.today).filter(person=request.user).order_by("organisation__path", "role")
    places: dict[Organisation, list[str]] = {}
    for row in held:
        places.setdefault(row.organisation, []).append(str(ROLE_NAMES[Role(row.role)]))
    if len(places) == 1:
        return redirect("desks:home", next(iter(places)).key)
    choices = [(place, " · ".join(roles)) for place, roles in places.items()]
    others = [] if choices else _not_today(request)
    return render(request, "desks/mine.html", {"choices": choices, "others": others})


def _not_today(request: Request) -> list[Membership]:
    """Roles that have ended, the last one first, and roles that are still to begin: why there is no desk."""
    held = Membership.objects.filter(person=request.user).select_related("organisation")
    return list(held.order_by("-starts_on", "-pk")[:10])


@require_safe
def home(request: Request, organisation: str) -> HttpResponse:
    """What waits, who needs you, where you stand: for each of the actor's roles, the widest first."""
    desks = [make(request) for role, make in DESKS.items() if role in request.actor.roles]
    lines = [line for desk in desks for line in desk.waiting]
    first = [
        *said_at_once(request),
        *notices_to_read(request),
        *care(request),
        *questions_to_judge(request),
        *surveys_to_answer(request),
        *new_answers(request),
        *to_answer(request),
        *courses_to_look_at(request),
        *meetings(request),
        *study_groups(request),
    ]
    waiting = by_urgency([*first, *lines], request.today)
    coordinating = next((desk for desk in desks if desk.role is Role.COORDINATOR), None)
    notice = notice_at(request.organisation, request.today, request.user)
    page = {
        "desks": desks,
        "notice": notice if notice and not notice.read else None,  # type: ignore[attr-defined]
        "waiting": waiting,
        "first": waiting[0] if waiting else None,
        "next": waiting[1:AT_ONCE],
        "later": waiting[AT_ONCE:],
        "sums": [*_waiting_sum(waiting), *_sums(desks)],
        "needing": next((desk.role for desk in desks if desk.needs), None),
        "courses": courses_to_continue(request),
        "ask": questions_form(request),
        "study": study_card(request),
        "errands": errands(request, coordinating) if settings.DEMO and coordinating else [],
    }
    return render(request, "desks/home.html", page)


def _waiting_sum(waiting: Sequence[Line]) -> list[Sum]:
    count = sum(not line.rest for line in waiting)
    return [Sum(figure(count), ngettext("thing waits for you", "things wait for you", count), "waiting")]


def _sums(desks: Sequence[Desk]) -> list[Sum]:
    """The figures of every role, each once: somebody with two roles has the same people in both."""
    return list(dict.fromkeys(one for desk in desks for one in desk.sums))[:4]
