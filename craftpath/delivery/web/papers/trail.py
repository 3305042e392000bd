"""The way back from printing: to the page from which it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from craftpath.delivery.web.apprenticeships.trail import to_cohort
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.evaluation.rules import may_see_figures

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


def to_apprentice(request: Request, row: Enrolment) -> list[Crumb]:
    """Crumbs over the apprentice's page, and over the cohort for whoever has one."""
    own = [step(request, row.person.name, "apprenticeships:apprentice", row.public_id), here(_("Print"))]
    return to_cohort(request, row.cohort, *own) if may_see_figures(request.actor) else own
