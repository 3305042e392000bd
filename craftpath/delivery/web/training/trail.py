"""The way back: from the list of plans to this page; and the pages of one cohort, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort


def to_plans(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the list of plans on; who sees only single apprentices has no such list."""
    if not request.actor.may(Permission.SEE_FIGURES):
        return list(further)
    return [step(request, _("Plan"), "training:plans"), *further]


def to_plan(request: Request, cohort: Cohort, *further: Crumb) -> list[Crumb]:
    """Crumbs from the list over one cohort's plan on."""
    here = step(request, text(cohort.name), "training:plan", cohort.public_id)
    return to_plans(request, here, *further)


def tabs(request: Request, cohort: Cohort, current: str) -> list[dict[str, Any]]:
    """Plan, rotation and hours of a cohort."""
    pages = (("plan", _("Units")), ("rotation", _("Rotation")), ("cohort_hours", _("Hours")))
    return [
        {
            "label": label,
            "url": reverse(f"training:{name}", args=[request.organisation.key, cohort.public_id]),
            "current": name == current,
            "count": None,
        }
        for name, label in pages
    ]
