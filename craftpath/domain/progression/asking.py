"""What each kind of condition asks of the record: whole cohorts at once, constant queries a kind."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from craftpath.domain.agreements.calendar import months_from
from craftpath.domain.agreements.queries import in_force_for
from craftpath.domain.apprenticeships.queries import mentors_of
from craftpath.domain.evaluation.passing import held_back, is_judged
from craftpath.domain.learning.queries import tallies
from craftpath.domain.logbook.confirmed import weeks_confirmed
from craftpath.domain.progression.conditions import Condition
from craftpath.domain.progression.findings import Finding
from craftpath.domain.reviews.queries import kept_since, last_colours
from craftpath.domain.training.queries import minutes_by_bucket, planned_in_stage
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.programmes.models import Stage


@dataclass(frozen=True)
class Asked:
    """Apprentices of one cohort in one stage, since which day each is in it, and the papers noted for each."""

    cohort: Cohort
    stage: Stage
    people: Sequence[Enrolment]
    since: Mapping[int, date]
    today: date
    noted: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    @property
    def ids(self) -> list[int]:
        """Of the enrolments."""
        return [row.pk for row in self.people]


Found = dict[int, list[Finding]]
Kind = Callable[[Condition, Asked], Found]


def agreement(condition: Condition, asked: Asked) -> Found:
    """A signed agreement that is active."""
    held = in_force_for(asked.ids)
    return {
        pk: [Finding(condition, pk in held, detail="" if pk in held else "no_agreement")] for pk in asked.ids
    }


def mentor(condition: Condition, asked: Asked) -> Found:
    """Somebody who is the mentor today."""
    found = mentors_of(asked.people)
    return {
        pk: [Finding(condition, pk in found, detail="" if pk in found else "no_mentor")] for pk in asked.ids
    }


def hours(condition: Condition, asked: Asked) -> Found:
    """Of each kind of hours that the stage plans, the share that is asked; one finding a kind."""
    planned = planned_in_stage(asked.cohort, asked.stage)
    if not planned:
        return {pk: [Finding(condition, True, detail="nothing_planned")] for pk in asked.ids}
    counted = minutes_by_bucket(asked.ids, since=asked.since)
    share = condition.share or Fraction(1)
    told: Found = {}
    for pk in asked.ids:
        own = counted.get(pk, {})
        told[pk] = []
        for bucket, plan in planned.items():
            have, want = sum(own.get(kind, 0) for kind in plan.kinds), _whole_hours(plan.minutes * share)
            key = f"hours-{bucket}"
            told[pk].append(Finding(condition, have >= want, have, want, "minutes", label=plan.name, key=key))
    return told


def log(condition: Condition, asked: Asked) -> Found:
    """Of the weeks at work in the stage, those of which an entry is confirmed; the current week once it is."""
    kept = weeks_confirmed(
        asked.cohort, {pk: (asked.since[pk], asked.today) for pk in asked.ids}, asked.today
    )
    return {pk: [_share_of(condition, *kept[pk], "weeks")] for pk in asked.ids}


def attendance(condition: Condition, asked: Asked) -> Found:
    """Of the sessions marked in the stage, excused ones left out, those at which the apprentice was there."""
    found = tallies(asked.ids, since=asked.since)
    want = math.ceil(100 * (condition.share or Fraction(1)))
    told = {}
    for pk in asked.ids:
        rate = found[pk].rate if pk in found else None
        told[pk] = [
            Finding(condition, True, detail="nothing_due", unit="percent")
            if rate is None
            else Finding(condition, rate >= want, rate, want, "percent")
        ]
    return told


def reviews(condition: Condition, asked: Asked) -> Found:
    """Every review that was due by now has been held."""
    kept = kept_since(asked.since, asked.today)
    told = {}
    for pk in asked.ids:
        one = kept.get(pk)
        if one is None:
            told[pk] = [Finding(condition, True, detail="nothing_due")]
        else:
            held = one.in_time + one.late
            told[pk] = [Finding(condition, not one.missing, held, held + one.missing, "reviews")]
    return told


def colour(condition: Condition, asked: Asked) -> Found:
    """The last review that was held did not end red."""
    last = last_colours(asked.ids)
    return {
        pk: [
            Finding(
                condition,
                last.get(pk) != "red",
                detail={"red": "red", "": "no_review"}.get(last.get(pk, ""), ""),
            )
        ]
        for pk in asked.ids
    }


def result(condition: Condition, asked: Asked) -> Found:
    """A person has decided that the result of the stage passes."""
    held = held_back(asked.people, asked.stage)
    on_paper = "" if is_judged(asked.cohort, asked.stage) else "on_paper"
    return {pk: [Finding(condition, pk not in held, detail=held.get(pk, on_paper))] for pk in asked.ids}


def months(condition: Condition, asked: Asked) -> Found:
    """So many full months in the stage."""
    return {
        pk: [
            Finding(
                condition,
                (have := months_from(asked.since[pk], asked.today)) >= condition.months,
                have,
                condition.months,
                "months",
            )
        ]
        for pk in asked.ids
    }


def document(condition: Condition, asked: Asked) -> Found:
    """Somebody has noted that the paper is there."""
    told = {}
    for pk in asked.ids:
        noted = asked.noted.get(pk, {})
        there = condition.key in noted
        told[pk] = [
            Finding(
                condition,
                there,
                detail="" if there else "no_paper",
                label=condition.name,
                noted=noted.get(condition.key, ""),
            )
        ]
    return told


ASK: dict[str, Kind] = {
    "agreement": agreement,
    "mentor": mentor,
    "hours": hours,
    "log": log,
    "attendance": attendance,
    "reviews": reviews,
    "colour": colour,
    "result": result,
    "months": months,
    "document": document,
}


def _share_of(condition: Condition, have: int, of: int, unit: str) -> Finding:
    want = math.ceil(of * (condition.share or Fraction(1)))
    return Finding(
        condition, have >= want, have, want, unit, detail="" if of else "nothing_due", label=Text()
    )


def _whole_hours(minutes: Fraction) -> int:
    """A share of hours is asked for in whole ones."""
    return 60 * math.ceil(minutes / 60)
