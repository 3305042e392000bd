"""Places right below one's own, a few at a time, each with what is counted there: the way down from a nation."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.urls import reverse

from craftpath.delivery.web.desks.figuring import Share, stage_bar_of
from craftpath.delivery.web.desks.needing import many
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.counts.measures import COLLEGE
from craftpath.domain.counts.queries import Figures, Side, figures_of, places_below
from craftpath.domain.programmes.queries import stages_named
from craftpath.kernel.organisations import Kind

A_PAGE = 12
ENTERPRISES = (Kind.ENTERPRISE, Kind.SITE)


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation with its figures, and the desk of the reader there; None for what may not be told."""

    name: str
    kind: str
    url: str
    people: int | None
    share: int | None
    late: Sequence[str]
    stages: Sequence[Share]


@dataclass(frozen=True, slots=True)
class Places:
    """A few of them; `after` names the last one where there are more, `begun` says that these are not the first."""

    rows: Sequence[Place]
    after: str
    begun: bool


def places(
    request: Request, but: Collection[str], *, side: Side = COLLEGE, told_only: bool = False
) -> Places:
    """The next few after the one that the address names; with `told_only` no more than readers without persons see.

    Three queries however many there are: places, their figures, names of stages.
    """
    after = request.GET.get("places", "")
    found = places_below(request.organisation, after, A_PAGE + 1, but=but)
    shown = found[:A_PAGE]
    figures = figures_of([row.pk for row in shown], side, request.today)
    names = {
        stage.key: (stage.order, text(stage.name))
        for stage in stages_named(
            {key for one in figures.values() for key in _stages(one, told_only=told_only)}
        )
    }
    rows = [
        Place(
            text(row.name),
            row.kind,
            reverse("desks:home", args=[row.key]),
            *_told(figures[row.pk], side, told_only=told_only),
            () if told_only else many(figures[row.pk].late),
            stage_bar_of(_stages(figures[row.pk], told_only=told_only), names),
        )
        for row in shown
    ]
    return Places(rows, shown[-1].path if len(found) > A_PAGE else "", bool(after))


def _stages(figures: Figures, *, told_only: bool) -> dict[str, int]:
    return figures.shown("people") if told_only else dict(figures.stages)


def _told(figures: Figures, side: Side, *, told_only: bool) -> tuple[int | None, int | None]:
    """How many people, and how many percent of the results are complete."""
    if side != COLLEGE:
        return figures.members, None
    if not told_only:
        results = figures.results
        complete, whole = results.get("complete", 0), results.get("complete", 0) + results.get("open", 0)
        return figures.people, _percent(complete, whole)
    people = sum(figures.shown("people").values())
    return people or None, _percent(
        sum(figures.shown("complete").values()), sum(figures.shown("told").values())
    )


def _percent(part: int, whole: int) -> int | None:
    return (200 * part + whole) // (2 * whole) if whole else None
