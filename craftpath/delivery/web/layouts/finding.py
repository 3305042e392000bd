"""Which stage and which layout a page is about; what the reader may not see is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404

from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.evaluation import queries
from craftpath.domain.evaluation.cohort_tables import with_newest_mark
from craftpath.kernel.layouts import Layout, can_fill, layouts, may_keep, serves
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Verdict, require

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Evaluation


def find_stage(request: Request, public_id: str) -> Evaluation:
    """The stage of a cohort; who sees nobody but oneself has no table to fill."""
    if request.actor.sees_only_own:
        raise Http404
    return get_object_or_404(with_newest_mark(queries.evaluations()), public_id=public_id)


def find_layout(
    request: Request, public_id: str, evaluation: Evaluation | None = None, *, ended: bool = False
) -> Layout:
    """A layout that serves the stage; one that is only tried is for those who may keep it."""
    if request.actor.sees_only_own:
        raise Http404
    layout = get_object_or_404(layouts(), public_id=public_id)
    if evaluation is not None and not serves(layout, evaluation.cohort.organisation):
        raise Http404
    if layout.state == "tried":
        require(may_keep(request.actor, layout.organisation))
    elif not ended:
        require(can_fill(layout))
    return layout


def may_bring(request: Request, evaluation: Evaluation) -> Verdict:
    """Whether the reader may give this stage's office a layout: one kept here must serve it."""
    return request.actor.may_at(Permission.MANAGE_COHORTS, evaluation.cohort.organisation)
