"""The way back from printing: to the page from which it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from craftpath.delivery.web.apprenticeships.trail import to_cohort
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.evaluation.rules import may_see_figures

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.reviews.models import Review


def to_apprentice(request: Request, row: Enrolment) -> list[Crumb]:
    """Crumbs over the apprentice's page, and over the cohort for whoever has one."""
    own = [step(request, row.person.name, "apprenticeships:apprentice", row.public_id), here(_("Print"))]
    return to_cohort(request, row.cohort, *own) if may_see_figures(request.actor) else own


def to_review(request: Request, row: Review) -> list[Crumb]:
    """Crumbs over the review's page."""
    name = _("Review %(round)s") % {"round": row.round}
    return [step(request, name, "reviews:review", row.public_id), here(_("Print"))]


def to_cohort_print(request: Request, row: Cohort, *further: Crumb) -> list[Crumb]:
    """Crumbs over the cohort's page to printing, and on; who sees single apprentices only has no such page."""
    way = list(further)
    if further:
        way.insert(0, step(request, _("Print"), "papers:cohort", row.public_id))
    else:
        way.append(here(_("Print")))
    return to_cohort(request, row, *way) if may_see_figures(request.actor) else way
