"""All gates at which somebody stands now: how many are ready, and what holds the others back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.apprenticeships.queries import cohorts, enrolments_of, headcounts
from craftpath.domain.programmes.queries import stages_by_programme
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.programmes.models import Stage

MOST = 60  # cohorts on the page, the newest first


@dataclass(frozen=True, slots=True)
class Place:
    """A stage of a cohort with somebody in it."""

    cohort: Cohort
    stage: Stage
    people: int
    url: str
    exam: str

    @property
    def mark(self) -> str:
        """The stage's mark: one, two or three strokes, then a figure."""
        return str(self.stage.order)


@require_GET
@needs(Permission.SEE_RESULTS)
def board(request: Request, organisation: str) -> HttpResponse:
    """Running cohorts with the stages in which somebody is; an apprentice goes to the own gate."""
    if request.actor.sees_only_own:
        own = enrolments_of(request.user).filter(state="active").first()
        if own is not None:
            return redirect("progression:one", organisation, own.public_id)
    rows = list(cohorts().filter(state="running")[:MOST])
    counts = headcounts(row.pk for row in rows)
    stages = stages_by_programme(row.programme_id for row in rows)
    key = request.organisation.key
    places = [
        Place(
            row,
            stage,
            counts[row.pk].in_stage(stage.pk),
            reverse("progression:gate", args=[key, row.public_id, stage.key, "stage"]),
            reverse("progression:gate", args=[key, row.public_id, stage.key, "exam"]),
        )
        for row in rows
        for stage in stages.get(row.programme_id, [])
        if counts[row.pk].in_stage(stage.pk)
    ]
    return render(request, "progression/board.html", {"places": places})
