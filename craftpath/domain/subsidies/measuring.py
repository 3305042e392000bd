"""Measures of a class that a scheme sets bounds to, as the record has them: hours, shares, apprentices of a mentor.

What the record does not have is left out, and the page says that nobody has shown it. Hours have 60 minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from craftpath.domain.learning.queries import online_shares
from craftpath.domain.pairing.queries import bonds, carried, meeting
from craftpath.domain.pairing.spans import busiest, merged
from craftpath.domain.training.queries import minutes_by_bucket
from craftpath.values.period import Period, later

if TYPE_CHECKING:
    from craftpath.domain.subsidies.models import FilePerson, SubsidyFile

HOUR, YEAR = 60, 12
Measures = dict[str, Fraction | int]


def measures_of(file: SubsidyFile, people: Sequence[FilePerson], on: date) -> Measures:
    """Each measure that the scheme names and the record has, up to a day; six queries at most."""
    asked = {bound["measure"] for bound in file.scheme.definition.get("bounds", ())}
    counted = [row.enrolment_id for row in people if not row.excluded]
    end = min(later(file.starts_on, file.months), on)
    if not counted or end <= file.starts_on:
        return {}
    span = Period(file.starts_on, end)
    found: Measures = {}
    if asked & {"class_hours_per_year", "central_hours", "online_percent_of_central", "recorded_percent"}:
        found |= _hours(file, counted, span)
    if "apprentices_per_mentor" in asked:
        found |= _mentors(counted, span)
    return {name: value for name, value in found.items() if name in asked}


def _hours(file: SubsidyFile, enrolments: Sequence[int], span: Period) -> Measures:
    """Hours a year: of everybody on average from the ledger, central ones from the sessions that were held."""
    years = Fraction(file.months, YEAR)
    found: Measures = {}
    ledger = minutes_by_bucket(enrolments, span.start, span.end)
    minutes = sum(sum(kinds.values()) for kinds in ledger.values())
    if minutes:
        found["class_hours_per_year"] = Fraction(minutes, HOUR * len(enrolments)) / years
    share = online_shares([file.cohort]).get(file.cohort_id)
    if share is not None and share.taught:
        found["central_hours"] = Fraction(share.taught, HOUR) / years
        found["online_percent_of_central"] = share.percent or 0
        found["recorded_percent"] = share.recorded_percent or 0
    return found


def _mentors(enrolments: Sequence[int], span: Period) -> Measures:
    """The most apprentices that one of their masters had on one day, those of other classes too."""
    mine = bonds().filter(meeting(span), enrolment__in=enrolments, pair__kind="master_apprentice")
    teachers = set(mine.exclude(role="deputy").values_list("teacher_id", flat=True))
    most = 0
    for held in carried(teachers, span).values():
        days: dict[int, list[Period]] = {}
        for learner, one in held:
            days.setdefault(learner, []).append(one)
        load, _on = busiest(((one, 1) for some in days.values() for one in merged(some)), span)
        most = max(most, load)
    return {"apprentices_per_mentor": most} if most else {}
