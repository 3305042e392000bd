"""Where somebody is among the pages of study: rows that addresses name, crumbs, tabs."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.apprenticeships.helping import helped
from craftpath.domain.apprenticeships.queries import enrolments_of
from craftpath.domain.exams.exercises import picture_in
from craftpath.domain.standards.queries import skill_seen
from craftpath.domain.study.rules import is_own
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from collections.abc import Iterable

    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.exams.models import ItemVersion
    from craftpath.domain.standards.models import Skill


def found(public_id: str) -> Enrolment:
    """An apprentice who is the reader, or whom the reader helps or has in the own college."""
    return get_object_or_404(helped(), public_id=plain_id(public_id))


def found_skill(key: str) -> Skill:
    """A skill of a published framework that the reader sees."""
    one = skill_seen(key)
    if one is None:
        raise Http404
    return one


def own_enrolment(request: Request) -> Enrolment | None:
    """The apprenticeship that the reader is in; one query."""
    return enrolments_of(request.user).filter(state="active").order_by("-starts_on").first()


def made_id(request: Request) -> uuid.UUID:
    """The name that a form has for what it writes; a form without one is none of ours."""
    try:
        return uuid.UUID(request.POST.get("made_id", ""))
    except ValueError:
        raise Http404 from None


def trail(request: Request, row: Enrolment, *further: str) -> list[Crumb]:
    """From all by the cohort to one apprentice; the last step is the page."""
    own = is_own(request.actor, row)
    steps = [] if own else [step(request, pgettext("a place", "Study"), "study:entry")]
    if not own and Permission.SEE_FIGURES in request.actor.permissions:
        steps.append(step(request, text(row.cohort.name), "study:cohort", row.cohort.public_id))
    name = _("My skills for now") if own else row.person.name
    if not further:
        return [*steps, here(name)] if steps else []
    back = reverse("study:mine", args=[request.organisation.key, row.public_id])
    return [*steps, {"label": name, "url": back}, *map(here, further)]


def tabs(request: Request, row: Enrolment, current: str) -> list[dict[str, Any]]:
    """The pages of one apprentice beside one another."""
    places = [("study:mine", _("Where I stand") if is_own(request.actor, row) else _("Where things stand"))]
    places.append(("study:way", pgettext("in study", "What comes next")))
    return [
        {
            "label": label,
            "url": reverse(name, args=[request.organisation.key, row.public_id]),
            "current": name == current,
        }
        for name, label in places
    ]


def shown_picture(versions: Iterable[ItemVersion], picture: str) -> HttpResponse:
    """A picture of one of these questions; nobody finds another one here."""
    for version in versions:
        kept = picture_in(version, plain_id(picture))
        if kept is not None:
            response = HttpResponse(kept.file.bytes(), content_type=kept.media_type)
            response.headers["Cache-Control"] = "private, max-age=86400"
            response.headers["X-Content-Type-Options"] = "nosniff"
            return response
    raise Http404
