"""Cohorts of the cast's college under other countries' presets."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from craftpath.domain.apprenticeships.actions import RosterEntry, plan_cohort, start_cohort, take_roster
from craftpath.domain.apprenticeships.models import Cohort, Enrolment
from craftpath.domain.evaluation.actions import NewMark, open_evaluation, record_marks
from craftpath.domain.evaluation.models import Evaluation
from craftpath.domain.programmes.actions import draft_scheme, load_preset
from craftpath.domain.programmes.models import EvaluationScheme
from craftpath.domain.programmes.queries import stages_of
from craftpath.kernel.access import system
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, TODAY, Cast


@dataclass
class Country:
    """A running cohort of two, judged by a college's own copy of a preset's scheme."""

    cohort: Cohort
    scheme: EvaluationScheme
    evaluation: Evaluation
    people: dict[str, Enrolment]


def country(cast: Cast, preset: str, marks: dict[str, dict[str, Any]] | None = None) -> Country:
    """`marks`: number → item → a score, the key of a grade, or a status."""
    by = cast.actor("coordinator")
    with everywhere("a test makes a cohort"):
        programme = load_preset(preset, by=system(), at=AT)
        given = EvaluationScheme.objects.get(programme=programme, organisation=None)
        scheme = draft_scheme(given, organisation=cast.college, by=by, at=AT)
        cohort = plan_cohort(
            organisation=cast.college,
            programme=programme,
            name={"en": preset},
            occupation={},
            starts_on=TODAY,
            by=by,
            at=AT,
        )
        cohort = start_cohort(cohort, by=by, at=AT)
        take_roster(cohort, [RosterEntry("71", "甲"), RosterEntry("72", "乙")], by=by, at=AT)
        evaluation = open_evaluation(
            cohort=cohort, stage=stages_of(programme.pk)[0], scheme=scheme, by=by, at=AT
        )
        people = {row.number: row for row in Enrolment.objects.filter(cohort=cohort)}
        found = [
            _mark(people[number].pk, item, value)
            for number, row in (marks or {}).items()
            for item, value in row.items()
        ]
        if found:
            record_marks(evaluation, found, by=by, at=AT)
        return Country(cohort, Evaluation.objects.get(pk=evaluation.pk).scheme, evaluation, people)


def _mark(enrolment: int, item: str, value: Any) -> NewMark:
    if value in ("absent", "deferred", "exempt", "missing"):
        return NewMark(enrolment, item, value)
    if isinstance(value, str):
        return NewMark(enrolment, item, "scored", grade=value)
    return NewMark(enrolment, item, "scored", Decimal(value))
