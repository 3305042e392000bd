"""What desks read from the nouns; the number of queries does not grow with people, cohorts or marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator

from craftpath.domain.apprenticeships.queries import Step, cohorts, headcounts, mentors_of, paths_of
from craftpath.domain.evaluation.queries import MissingItem, Row, results_of
from craftpath.domain.evaluation.standings import Standing, Tally, away_marks, judged, standings
from craftpath.kernel.organisations import Organisation

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.evaluation.models import Evaluation, Mark
    from craftpath.kernel.people import Person


A_BOARD = 40  # cohorts on one page of a board


@dataclass(frozen=True, slots=True)
class StageStanding:
    """A stage of a cohort by its name: its evaluation (None while no scheme is chosen), who is in it, how it stands."""

    cohort: Cohort
    name: Mapping[str, str]
    evaluation: Evaluation | None
    here: int
    standing: Standing

    @property
    def tally(self) -> Tally:
        """Its results, counted."""
        return self.standing.tally

    @property
    def missed(self) -> Sequence[MissingItem]:
        """What is still open, most missed first."""
        return self.standing.missed


@dataclass(frozen=True, slots=True)
class CohortStanding:
    """A cohort that is not completed, the people whom the reader sees, and its stages that matter now."""

    cohort: Cohort
    people: int
    without_password: int
    stages: Sequence[StageStanding]


def board(
    organisation: Organisation, number: str | None = None, *, below: bool = True
) -> tuple[list[CohortStanding], Page[int]]:
    """A page of the cohorts of an organisation and below that are planned or running, newest first; five queries."""
    rows = _under_way(organisation) if below else _own(organisation)
    page = Paginator(list(rows.values_list("pk", flat=True)), A_BOARD).get_page(number)
    return standing_of(cohorts().filter(pk__in=list(page))), page


def own_cohorts(
    organisation: Organisation, number: str | None = None
) -> tuple[list[CohortStanding], Page[int]]:
    """The same of the organisation itself without those below."""
    return board(organisation, number, below=False)


def _own(organisation: Organisation) -> QuerySet[Cohort]:
    return cohorts().filter(organisation=organisation).exclude(state="completed")


def _under_way(organisation: Organisation) -> QuerySet[Cohort]:
    return cohorts().filter(organisation__in=organisation.below()).exclude(state="completed")


def standing_of(here: QuerySet[Cohort]) -> list[CohortStanding]:
    """How these cohorts stand, in their order; four queries."""
    rows = judged(here.select_related(None).select_related("organisation").only(*_SHOWN))
    counts = headcounts(row.cohort.pk for row in rows)
    found = standings(one for row in rows for one in row.evaluations)

    def stages_of(cohort: Cohort, evaluations: Sequence[Evaluation]) -> list[StageStanding]:
        count = counts[cohort.pk]
        own = {one.stage_id: one for one in evaluations}
        stages = [
            (one.stage.order, StageStanding(cohort, one.stage.name, one, count.in_stage(pk), found[one.pk]))
            for pk, one in own.items()
        ]
        stages += [
            (now.order, StageStanding(cohort, now.name, None, now.people, Standing()))
            for pk, now in count.stages.items()
            if pk not in own
        ]
        return [stage for _order, stage in sorted(stages, key=itemgetter(0))]

    return [
        CohortStanding(
            row.cohort,
            counts[row.cohort.pk].people,
            counts[row.cohort.pk].without_password,
            stages_of(row.cohort, row.evaluations),
        )
        for row in rows
    ]


_SHOWN = ("public_id", "name", "state", "organisation__path", "organisation__name")  # of a cohort


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
