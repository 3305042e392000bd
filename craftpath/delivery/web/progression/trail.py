"""The way to a gate, and what its address names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.programmes.queries import stages_of
from craftpath.domain.progression.conditions import GATES

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.programmes.models import Stage


def found(cohort: str, stage: str, kind: str) -> tuple[Cohort, Stage]:
    """The cohort and stage of an address; 404 for what is not seen or does not exist."""
    row = get_object_or_404(cohorts(), public_id=plain_id(cohort))
    here = next((one for one in stages_of(row.programme_id) if one.key == stage), None)
    if here is None or kind not in GATES:
        raise Http404
    return row, here


def to_gates(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the list of gates on."""
    return [step(request, _("Gates"), "progression:board"), *further]


def to_gate(request: Request, cohort: Cohort, stage: Stage, kind: str, *further: Crumb) -> list[Crumb]:
    """Crumbs over one gate on."""
    label = f"{text(cohort.name)} · {text(stage.name)}"
    gate = step(request, label, "progression:gate", cohort.public_id, stage.key, kind)
    return to_gates(request, gate, *further)
