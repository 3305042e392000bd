"""Where somebody is among the skill pages: rows that addresses name, crumbs, which stage is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.apprenticeships.queries import Step, cohorts, enrolments
from craftpath.domain.standards.queries import CORE, lists, skill_seen
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.standards.models import Skill


def found(public_id: str) -> Enrolment:
    """An apprentice whom the reader sees."""
    return get_object_or_404(enrolments(), public_id=plain_id(public_id))


def found_cohort(public_id: str) -> Cohort:
    """A cohort that the reader sees."""
    return get_object_or_404(cohorts(), public_id=plain_id(public_id))


def found_skill(key: str) -> Skill:
    """A skill of a published framework that the reader sees."""
    one = skill_seen(key)
    if one is None:
        raise Http404
    return one


def framework_asked(request: Request) -> tuple[str, dict[str, Any]]:
    """The key of the framework that was asked for, else the core skills; what a page offers to choose from.

    One query. Where there is one framework there is nothing to choose.
    """
    some = lists()
    keys = [one.key for one in some]
    asked = request.GET.get("framework", "")
    chosen = asked if asked in keys else next(iter(keys), CORE)
    options = [(one.key, text(one.name)) for one in some] if len(some) > 1 else []
    return chosen, {"framework": chosen, "frameworks": options}


def asking(**fields: str) -> str:
    """What follows an address; the core skills and the empty need no word."""
    kept = {name: value for name, value in fields.items() if value and (name, value) != ("framework", CORE)}
    return f"?{urlencode(kept)}" if kept else ""


def stage_asked(path: Sequence[Step], asked: str) -> Step | None:
    """The step that was asked for if it has begun, else the one that is open, else the last one begun."""
    begun = [one for one in path if one.state != "locked"]
    named = [one for one in begun if one.stage.key == asked]
    current = [one for one in begun if one.state == "open"]
    return next(iter([*named, *current, *reversed(begun)]), None)


def trail(request: Request, row: Enrolment, *further: str, framework: str = "") -> list[Crumb]:
    """From all skills, by the cohort where the reader sees cohorts, to one apprentice; the last step is the page."""
    own = request.user.pk == row.person_id
    name = _("My core skills") if own else row.person.name
    steps = [] if own else [step(request, _("Core skills"), "growth:entry")]
    if not own and Permission.SEE_FIGURES in request.actor.permissions:
        steps.append(step(request, text(row.cohort.name), "growth:cohort", row.cohort.public_id))
    if not further:
        return [*steps, here(name)] if steps else []
    back = reverse("growth:one", args=[request.organisation.key, row.public_id]) + asking(framework=framework)
    return [*steps, {"label": name, "url": back}, *map(here, further)]
