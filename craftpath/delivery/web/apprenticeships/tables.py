"""The lines of the cohorts' table and of one cohort's people and stages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from craftpath.delivery.web.evaluation.figures import standing_of_row
from craftpath.delivery.web.evaluation.sentences import sum_in_words
from craftpath.delivery.web.shell.templatetags.say import listed, text
from craftpath.domain.apprenticeships import queries as apprenticeships
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
        """The stage's fixed mark; a fourth stage and later ones look like the third."""
        return str(min(self.stage.order, 3))

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
    """Cohorts with their stages; five queries however many. `floor` hides counts of fewer than five."""
    keys = [cohort.pk for cohort in cohorts]
    counted = apprenticeships.headcounts(keys)
    stages = stages_by_programme(cohort.programme_id for cohort in cohorts)
    evaluations = list(evaluation_queries.evaluations().filter(cohort__in=keys))
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
    """One apprentice in a cohort's table."""

    enrolment: Enrolment
    mentors: str
    stage: str
    sentence: str
    evaluation: str


def person_lines(enrolments: Sequence[Enrolment]) -> list[PersonLine]:
    """Apprentices with mentor, stage and result of that stage; four queries however many."""
    mentors = apprenticeships.mentors_of(enrolments)
    paths = apprenticeships.paths_of(enrolments)
    results = evaluation_queries.results_of(enrolments)
    return [
        _person_line(row, mentors.get(row.pk, []), paths[row.pk], results.get(row.pk, []))
        for row in enrolments
    ]


def _person_line(
    enrolment: Enrolment,
    mentors: Sequence[object],
    path: Sequence[apprenticeships.Step],
    results: Sequence[tuple[Evaluation, evaluation_queries.Row]],
) -> PersonLine:
    current = next((step.stage for step in path if step.state == "open"), None)
    last = next((step.stage for step in reversed(path) if step.state == "passed"), None)
    shown = current or last
    found = next(((one, row) for one, row in results if shown and one.stage_id == shown.pk), None)
    return PersonLine(
        enrolment=enrolment,
        mentors=listed(mentors),
        stage=text(shown.name) if shown else "",
        sentence=sum_in_words(standing_of_row(found[1])) if found else "",
        evaluation=found[0].public_id if found else "",
    )
