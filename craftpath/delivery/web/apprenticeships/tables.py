"""The lines of the cohorts' table and of one cohort's people and stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from craftpath.delivery.web.evaluation.figures import standing_of_sum
from craftpath.delivery.web.evaluation.sentences import sum_in_words
from craftpath.delivery.web.shell.templatetags.say import listed, text
from craftpath.domain.apprenticeships import queries as apprenticeships
from craftpath.domain.apprenticeships.queries import Learner
from craftpath.domain.evaluation import queries as evaluation_queries
from craftpath.domain.evaluation.distribution import showable
from craftpath.domain.evaluation.standings import Tally, tallies
from craftpath.domain.programmes.queries import stages_by_programme

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.evaluation.models import Evaluation
    from craftpath.domain.programmes.models import Stage


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage of a cohort: how many are in it, and how far its results are; None where it may not be told."""

    stage: Stage
    people: int | None
    evaluation: Evaluation | None
    counts: Tally | None

    @property
    def results(self) -> int:
        """How many results there are."""
        return self.counts.people if self.counts else 0

    @property
    def mark(self) -> str:
        """The stage's mark: one, two or three strokes, then a figure."""
        return str(self.stage.order)

    def said(self, words: str) -> str:
        """A button's words with the stage, for those who hear the page."""
        return f"{words}: {text(self.stage.name)}"

    @property
    def results_label(self) -> str:
        """Of the link to the results."""
        return self.said(_("Results"))

    @property
    def import_label(self) -> str:
        """Of the link to the import of marks."""
        return self.said(_("Import marks"))

    @property
    def open_label(self) -> str:
        """Of the button that opens the evaluation."""
        return self.said(_("Open the evaluation"))


@dataclass(frozen=True, slots=True)
class CohortLine:
    """One cohort in the list."""

    cohort: Cohort
    people: int | None
    stages: list[StageLine]


def cohort_lines(cohorts: Sequence[Cohort], *, floor: bool) -> list[CohortLine]:
    """Cohorts with their stages; four queries however many. `floor` hides counts of fewer than five."""
    keys = [cohort.pk for cohort in cohorts]
    stages = stages_by_programme(cohort.programme_id for cohort in cohorts)
    return _lines(cohorts, stages, evaluation_queries.evaluations_of(keys), floor=floor)


def cohort_line(cohort: Cohort, stages: list[Stage], *, floor: bool) -> CohortLine:
    """One cohort on its own page, where each evaluation names its scheme; three queries."""
    evaluations = evaluation_queries.evaluations_of([cohort.pk], schemes=True)
    return _lines([cohort], {cohort.programme_id: stages}, evaluations, floor=floor)[0]


def _lines(
    cohorts: Sequence[Cohort],
    stages: dict[int, list[Stage]],
    evaluations: Sequence[Evaluation],
    *,
    floor: bool,
) -> list[CohortLine]:
    counted = apprenticeships.headcounts(cohort.pk for cohort in cohorts)
    counts = tallies(evaluations)
    by_stage = {(one.cohort_id, one.stage_id): one for one in evaluations}
    return [
        CohortLine(
            cohort=cohort,
            people=_told(counted[cohort.pk].people, floor=floor),
            stages=[
                _stage_line(
                    stage, counted[cohort.pk], by_stage.get((cohort.pk, stage.pk)), counts, floor=floor
                )
                for stage in stages.get(cohort.programme_id, [])
            ],
        )
        for cohort in cohorts
    ]


def _told(count: int, *, floor: bool) -> int | None:
    return count if not floor or count == 0 or showable(count) else None


def _stage_line(
    stage: Stage,
    counted: apprenticeships.Headcount,
    evaluation: Evaluation | None,
    counts: dict[int, Tally],
    *,
    floor: bool,
) -> StageLine:
    told = not floor or showable(*(now.people for now in counted.stages.values()))
    found = counts[evaluation.pk] if evaluation else None
    # Results count those who left and none who came in a later stage: the difference is a cell of its own.
    if (
        found
        and floor
        and not showable(found.complete, found.open, abs(counted.people - found.complete - found.open))
    ):
        found = None
    return StageLine(stage, counted.in_stage(stage.pk) if told else None, evaluation, found)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One apprentice in a cohort's table; `evaluation` is that of the stage, if there is one with a result."""

    enrolment: Learner
    mentors: str
    stage: str
    sentence: str
    evaluation: str


def person_lines(
    people: QuerySet[Enrolment], stages: Sequence[Stage], evaluations: Sequence[Evaluation]
) -> list[PersonLine]:
    """Apprentices of one cohort with mentors, stage and result of that stage; two queries however many."""
    found = apprenticeships.learners(people)
    sums = evaluation_queries.sums_of(evaluations, [one.pk for one in found])
    names = {stage.pk: text(stage.name) for stage in stages}
    judging = {one.stage_id: one for one in evaluations}
    return [_person_line(one, names, judging, sums) for one in found]


def _person_line(
    one: Learner,
    names: Mapping[int, str],
    judging: Mapping[int, Evaluation],
    sums: Mapping[tuple[int, int], evaluation_queries.Sum],
) -> PersonLine:
    evaluation = judging.get(one.stage_id) if one.stage_id else None
    found = sums.get((evaluation.pk, one.pk)) if evaluation else None
    return PersonLine(
        enrolment=one,
        mentors=listed(one.mentors),
        stage=names.get(one.stage_id, "") if one.stage_id else "",
        sentence=sum_in_words(standing_of_sum(found)) if found else "",
        evaluation=evaluation.public_id if evaluation and found else "",
    )
