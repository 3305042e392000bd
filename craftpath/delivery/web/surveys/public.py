"""Answering by a link, without an account: by one's own link, or by the open one of a survey."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.surveys import posing, saying
from craftpath.delivery.web.surveys.places import title_of
from craftpath.domain.surveys import actions, queries, rules
from craftpath.domain.surveys.reading import checked
from craftpath.kernel.access import Actor
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Refused, Verdict

if TYPE_CHECKING:
    from craftpath.domain.surveys.models import Asked, Survey

WHY = "whoever holds a link of a survey answers it without an account"
NOBODY = Actor(organisation=None)
GUEST, DONE = "guest", "done"
A_YEAR = 366 * 24 * 3600


class Door:
    """Behind a link: the survey, and whose place in it, if it is a personal one."""

    def __init__(self, survey: Survey, asked: Asked | None) -> None:
        self.survey, self.asked = survey, asked

    @property
    def by_link(self) -> bool:
        """Whether it is the open link, of which a device is all that can be known."""
        return self.asked is None

    @property
    def answered(self) -> bool:
        """Whether it is a personal link whose place is taken."""
        return self.asked is not None and self.asked.answered

    @property
    def role(self) -> str:
        """As what one is asked."""
        return self.asked.role if self.asked is not None else GUEST

    @property
    def groups(self) -> dict[str, str]:
        """What is kept with the answer."""
        if self.asked is not None:
            return dict(self.asked.groups)
        return {"role": GUEST} if "role" in self.survey.groups else {}

    @property
    def cookie(self) -> str:
        """The name under which a device keeps its ticket."""
        return f"survey-{self.survey.public_id}"


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: Request, token: str) -> HttpResponse:
    """The form behind a link, or that it was answered from here already; `?again` is for the next person."""
    with everywhere(WHY):
        survey, asked = queries.by_token(token)
        if survey is None:
            raise Http404
        door = Door(survey, asked)
        if request.method == "POST":
            return _taken(request, door, token)
        return _shown(request, door, token)


def _shown(request: Request, door: Door, token: str) -> HttpResponse:
    ticket = "" if "again" in request.GET or not door.by_link else request.COOKIES.get(door.cookie, "")
    can = rules.can_take_answers(door.survey, request.today)
    if ticket == DONE or door.answered:
        return _after(request, door, again=reverse("survey:enter", args=[token]) if can else "")
    if not can:
        return _after(request, door, said=sentence(can))
    if not door.by_link:
        return render(request, "surveys/public.html", _page(request, door, "", {}))
    ticket = ticket or secrets.token_urlsafe(18)
    response = render(request, "surveys/public.html", _page(request, door, ticket, {}))
    _give(response, door, token, ticket)
    return response


def _taken(request: Request, door: Door, token: str) -> HttpResponse:
    limited = ratelimit.consume_or_429(request, action="survey") if door.by_link else None
    if limited:
        return limited
    there = reverse("survey:enter", args=[token])
    if door.answered:
        return redirect(f"{there}?before")
    given = posing.given_from(door.survey.asked_for, request.POST.getlist)
    ticket = (request.POST.get("ticket", "")[:40] or secrets.token_urlsafe(18)) if door.by_link else ""
    found = checked(door.survey.asked_for, door.survey.points, door.role, given)
    if found.faults:
        context = _page(request, door, ticket, found.faults)
        return render(request, "surveys/public.html", context, status=422)
    try:
        if door.asked is not None:
            taken = actions.answer_survey(door.asked, given, by=NOBODY, at=request.at)
        else:
            taken = actions.answer_by_link(door.survey, ticket, given, by=NOBODY, at=request.at)
    except Refused as refused:
        context = _page(request, door, ticket, {}) | {"said": sentence(refused.verdict)}
        return render(request, "surveys/public.html", context, status=409)
    response = redirect(f"{there}?{'done' if taken else 'before'}")
    if door.by_link:
        _give(response, door, token, DONE)
    return response


def _give(response: HttpResponse, door: Door, token: str, ticket: str) -> None:
    """One answer a device, as far as a device can be known: whoever clears it is somebody new."""
    path = reverse("survey:enter", args=[token])
    response.set_cookie(door.cookie, ticket, max_age=A_YEAR, path=path, httponly=True, samesite="Lax")


def _after(request: Request, door: Door, *, said: str = "", again: str = "") -> HttpResponse:
    context = {
        "survey": door.survey,
        "title": title_of(door.survey),
        "said": said,
        "done": "done" in request.GET,
        "again": f"{again}?again" if again and door.by_link else "",
        "own": not door.by_link,
    }
    return render(request, "surveys/after.html", context)


def _page(request: Request, door: Door, ticket: str, faults: dict[str, Verdict]) -> dict[str, Any]:
    get = request.POST.getlist if request.method == "POST" else None
    return {
        "survey": door.survey,
        "title": title_of(door.survey),
        "steps": posing.steps(door.survey, door.role, get, faults),
        "kept": saying.what_is_kept(door.survey, door.groups),
        "step_words": posing.step_words(),
        "faults": bool(faults),
        "ticket": ticket,
        "by_link": door.by_link,
    }
