"""What desks read from the nouns; the number of queries does not grow with people, cohorts or marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.queries import (
    Step,
    cohorts,
    mentors_of,
    paths_of,
    people_by_cohort,
    stage_counts,
    without_password,
)
from craftpath.domain.evaluation.queries import MissingItem, Row, evaluations, results_of
from craftpath.domain.evaluation.standings import (
    Tally,
    away_marks,
    missed_items,
    ready_to_pass,
    tallies,
)
from craftpath.domain.programmes.queries import stages_by_programme
from craftpath.kernel.organisations import Organisation

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.evaluation.models import Evaluation, Mark
    from craftpath.domain.programmes.models import Stage
    from craftpath.kernel.people import Person


@dataclass(frozen=True, slots=True)
class StageStanding:
    """A stage of a cohort: its evaluation (None while no scheme is chosen), who is in it now, how it stands."""

    cohort: Cohort
    stage: Stage
    evaluation: Evaluation | None
    here: int
    tally: Tally
    missed: Sequence[MissingItem] = ()
    ready: int = 0


@dataclass(frozen=True, slots=True)
class CohortStanding:
    """A cohort that is not completed, the people whom the reader sees, and its stages that matter now."""

    cohort: Cohort
    people: int
    without_password: int
    stages: Sequence[StageStanding]


def board(organisation: Organisation) -> list[CohortStanding]:
    """The cohorts of an organisation and below that are planned or running, newest first; nine queries."""
    here = cohorts().filter(organisation__in=organisation.below())
    rows = list(here.exclude(state="completed"))
    keys = [row.pk for row in rows]
    people, in_stage, locked_out = people_by_cohort(keys), stage_counts(keys), without_password(keys)
    stages = stages_by_programme(row.programme_id for row in rows)
    judged = list(evaluations().filter(cohort__in=keys))
    by_stage = {(row.cohort_id, row.stage_id): row for row in judged}
    found, missing, ready = tallies(judged), missed_items(judged), ready_to_pass(judged)

    def stage_standing(cohort: Cohort, stage: Stage) -> StageStanding:
        evaluation = by_stage.get((cohort.pk, stage.pk))
        here = in_stage.get(cohort.pk, {}).get(stage.pk, 0)
        if evaluation is None:
            return StageStanding(cohort, stage, None, here, Tally())
        pk = evaluation.pk
        return StageStanding(
            cohort,
            stage,
            evaluation,
            here,
            found[pk],
            missing[pk],
            ready.get(pk, 0),
        )

    def stages_of(cohort: Cohort) -> list[StageStanding]:
        every = [stage_standing(cohort, stage) for stage in stages.get(cohort.programme_id, [])]
        return [row for row in every if row.here or row.evaluation]

    return [
        CohortStanding(row, people.get(row.pk, 0), locked_out.get(row.pk, 0), stages_of(row)) for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Learner:
    """An apprentice on somebody's desk: path, results by stage, mentors, marks that say absent or deferred."""

    enrolment: Enrolment
    path: Sequence[Step]
    results: Sequence[tuple[Evaluation, Row]]
    mentors: Sequence[Person]
    away: Sequence[Mark]

    @property
    def step(self) -> Step | None:
        """Where the apprentice is: the open stage, else the last one passed."""
        begun = [step for step in self.path if step.state != "locked"]
        return next((step for step in begun if step.state == "open"), begun[-1] if begun else None)

    @property
    def current(self) -> tuple[Evaluation, Row] | None:
        """The evaluation and result of the present stage; None while it has no evaluation."""
        if self.step is None:
            return None
        return next((pair for pair in self.results if pair[0].stage_id == self.step.stage.pk), None)


def learners(enrolments: Sequence[Enrolment]) -> list[Learner]:
    """The same enrolments with all that a card or a row says of them; five queries."""
    paths, results = paths_of(enrolments), results_of(enrolments)
    mentors, away = mentors_of(enrolments), away_marks(row.pk for row in enrolments)
    return [
        Learner(
            row, paths.get(row.pk, ()), results.get(row.pk, ()), mentors.get(row.pk, ()), away.get(row.pk, ())
        )
        for row in enrolments
    ]
