"""Results of many cohorts as counts, whoever asks; what readers without persons may be told is decided here too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from craftpath.domain.evaluation.distribution import showable
from craftpath.domain.evaluation.models import Evaluation, Result


@dataclass(frozen=True, slots=True)
class Judged:
    """So many results of one stage of a cohort at one enterprise: all, complete, decided, with the pass rules met."""

    cohort: int
    host: int | None
    stage: str
    people: int
    complete: int
    decided: int
    met: int


def judged_in(cohorts: Iterable[int]) -> list[Judged]:
    """Of each stage that is evaluated and each enterprise; one query."""
    rows = Result._base_manager.filter(evaluation__cohort__in=list(cohorts)).order_by()
    told = rows.values_list(
        "evaluation__cohort_id", "enrolment__enterprise_id", "evaluation__stage__key"
    ).annotate(
        people=Count("pk"),
        complete=Count("pk", filter=Q(complete=True)),
        decided_n=Count("decided"),
        met=Count("pk", filter=Q(passed=True)),
    )
    return [Judged(*row) for row in told]


def shown_of(
    rows: Iterable[Judged], here: Mapping[tuple[int, str], int]
) -> dict[tuple[int, str], tuple[int, int, int]]:
    """(cohort, stage) → people in it now, results whose share is told, complete ones; 0 where fewer than five could be.

    `here` says how many are in it now. Each cell is told by itself or not at all, so sums of these tell nothing more,
    whatever is subtracted: nor who has gone on, since the results of a cohort are told elsewhere.
    """
    sums: dict[tuple[int, str], list[int]] = {}
    for row in rows:
        cell = sums.setdefault((row.cohort, row.stage), [0, 0])
        cell[0] += row.people
        cell[1] += row.complete
    found = {}
    for key in {*sums, *here}:
        people, (results, complete) = here.get(key, 0), sums.get(key, [0, 0])
        gone = abs(results - people) if results else 0
        told = results if showable(complete, results - complete) else 0
        shown = (people if showable(people, gone) else 0, told, complete if told else 0)
        if any(shown):
            found[key] = shown
    return found


def cohorts_judged(evaluations: Iterable[str]) -> set[int]:
    """The ids of the cohorts of these evaluations (public ids); one query."""
    rows = Evaluation._base_manager.filter(public_id__in=set(evaluations)).order_by()
    return set(rows.values_list("cohort_id", flat=True))
