"""The way back from a result: cohorts, the cohort, the stage – as far as the reader may go there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.evaluation.rules import may_see_figures

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Evaluation


def to_stage(request: Request, evaluation: Evaluation, *further: Crumb) -> list[Crumb]:
    """Crumbs to an evaluation and on; without more of them the evaluation is the page itself."""
    cohort, stage = evaluation.cohort, text(evaluation.stage.name)
    way: list[Crumb] = []
    if may_see_figures(request.actor):
        way.append(step(request, _("Cohorts"), "apprenticeships:cohorts"))
        way.append(step(request, text(cohort.name), "apprenticeships:cohort", cohort.public_id))
    if not further:
        way.append(here(stage))
    elif not request.actor.sees_only_own:  # whose table of the stage is the derivation itself
        way.append(step(request, stage, "evaluation:cohort", evaluation.public_id))
    return [*way, *further]
