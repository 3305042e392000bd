"""Facts of other nouns as columns, for very many apprenticeships at once: a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np
import numpy.typing as npt
from django.utils import timezone

from craftpath.domain.agreements.noticed import away_between
from craftpath.domain.apprenticeships.noticed import Among, InTraining, in_training, mentored
from craftpath.domain.evaluation.noticed import gaps_to_date
from craftpath.domain.learning.noticed import attendance_lately
from craftpath.domain.logbook.noticed import log_lately, writing
from craftpath.domain.progression.noticed import gates_late
from craftpath.domain.reviews.noticed import late_on
from craftpath.domain.support.ruling import FEATURES, FRESH_DAYS, WEEKS

Floats = npt.NDArray[np.float64]
REVIEWS_BACK = timedelta(days=365)
COLUMNS = (
    "silent_weeks", "attendance", "sessions", "unanswered_days", "review_late_days", "mark_gap", "judged",
    "mentorless_days", "gate_late_days",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gathered:
    """Who is in training, and a column for each figure in the same order; NaN where nothing is known."""

    people: list[InTraining]
    columns: dict[str, Floats]

    @property
    def table(self) -> Floats:
        """What the model is asked with: its figures in its order."""
        known = self.columns | {"absence": 100 - self.columns["attendance"]}
        enough = self.columns["sessions"] >= 2
        known["absence"] = np.where(enough, known["absence"], np.nan)
        return np.column_stack([known[one.key] for one in FEATURES])


def gather(among: Among, at: datetime, *, past: bool = False) -> Gathered:
    """The figures as they are at this moment; for a past one without marks and gates, which keep no record of it."""
    day = timezone.localdate(at)
    since = day - timedelta(weeks=WEEKS)
    people = in_training(among, day if past else None)
    columns = {name: np.full(len(people), np.nan) for name in COLUMNS}
    if not people:
        return Gathered(people, columns)
    where = {one.pk: n for n, one in enumerate(people)}
    began = np.array([one.starts_on for one in people], "datetime64[D]")
    fresh = (np.datetime64(day) - began).astype(int) < FRESH_DAYS
    _of_logs(columns, people, where, among, since, day, at)
    _of_attendance(columns, where, among, since, at)
    columns["review_late_days"][:] = 0
    _days(columns["review_late_days"], where, late_on(among, day - REVIEWS_BACK, day), day)
    _of_mentors(columns["mentorless_days"], people, among, day)
    if not past:
        columns["gate_late_days"][:] = 0
        _days(columns["gate_late_days"], where, gates_late(among, day), day)
        for who, (gap, judged) in gaps_to_date(among).items():
            if who in where:
                columns["mark_gap"][where[who]] = round(gap * 10)
                columns["judged"][where[who]] = int(judged)
    for who in away_between(among, day - timedelta(days=FRESH_DAYS), day):
        if who in where:  # whoever is or was away with leave is asked for no log
            columns["silent_weeks"][where[who]] = np.nan
    for name in ("silent_weeks", "mentorless_days"):
        columns[name][fresh] = np.nan
    return Gathered(people, columns)


def _of_logs(
    columns: dict[str, Floats],
    people: list[InTraining],
    where: dict[int, int],
    among: Among,
    since: date,
    day: date,
    at: datetime,
) -> None:
    kept = writing({one.cohort for one in people}, since, day)
    first = {one.pk: max(since, one.starts_on) - timedelta(days=1) for one in people}
    told = log_lately(among, since, day, at)
    silent, unanswered = columns["silent_weeks"], columns["unanswered_days"]
    unanswered[:] = 0
    for n, one in enumerate(people):
        if one.cohort not in kept:
            continue  # here nobody keeps a log
        last, oldest = told.get(one.pk, (None, None))
        silent[n] = max(0, (day - (last or first[one.pk])).days // 7)
        if oldest is not None:
            unanswered[n] = max(0, (at - oldest).days)


def _of_attendance(
    columns: dict[str, Floats], where: dict[int, int], among: Among, since: date, at: datetime
) -> None:
    begin = timezone.make_aware(datetime.combine(since, time.min))
    columns["sessions"][:] = 0
    for who, (there, marked) in attendance_lately(among, begin, at).items():
        if who in where and marked:
            columns["sessions"][where[who]] = marked
            columns["attendance"][where[who]] = 100 * there // marked


def _of_mentors(column: Floats, people: list[InTraining], among: Among, day: date) -> None:
    known = mentored(among, day)
    for n, one in enumerate(people):
        now, gone = known.get(one.pk, (False, None))
        column[n] = 0 if now else (day - max(one.starts_on, gone or one.starts_on)).days


def _days(column: Floats, where: dict[int, int], since: dict[int, date], day: date) -> None:
    for who, first in since.items():
        if who in where:
            column[where[who]] = (day - first).days
