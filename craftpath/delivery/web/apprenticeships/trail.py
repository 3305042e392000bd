"""The way back: from the list of cohorts to this page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import Crumb, step

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort


def to_cohorts(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the list of cohorts on."""
    return [step(request, _("Cohorts"), "apprenticeships:cohorts"), *further]


def to_cohort(request: Request, cohort: Cohort, *further: Crumb) -> list[Crumb]:
    """Crumbs from the list over one cohort on."""
    here = step(request, text(cohort.name), "apprenticeships:cohort", cohort.public_id)
    return to_cohorts(request, here, *further)
