"""The time that a training record is about: everything, a month, or the days in a stage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.queries import stage_windows
from craftpath.domain.programmes.queries import stages_of
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.programmes.models import Stage

ALL = "all"
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
_DAY = timedelta(days=1)
Windows = Mapping[int, tuple[date, date]]


@dataclass(frozen=True, slots=True)
class Period:
    """A period as it is written in an address (`all`, `2026-09`, a stage's key), with what it means."""

    key: str
    name: Text
    month: date | None = None
    stage: Stage | None = None

    @property
    def whole(self) -> bool:
        """Whether it is everything up to now."""
        return self.month is None and self.stage is None


def period_of(key: str, cohort: Cohort) -> Period | None:
    """The period of this key; None for what is none. One query for a stage."""
    if key in ("", ALL):
        return Period(ALL, Text("全部", "Everything so far"))
    found = _MONTH.fullmatch(key)
    if found:
        return _month(date(int(found[1]), int(found[2]), 1))
    stage = next((one for one in stages_of(cohort.programme_id) if one.key == key), None)
    return Period(key, Text.of(stage.name), stage=stage) if stage else None


def periods(cohort: Cohort, today: date, stages: Iterable[Stage]) -> list[Period]:
    """What is offered: everything, the stages, the months since the cohort began, the newest first; asks nothing."""
    found = [Period(ALL, Text("全部", "Everything so far"))]
    found += [Period(stage.key, Text.of(stage.name), stage=stage) for stage in stages]
    month, first = today.replace(day=1), cohort.starts_on.replace(day=1)
    while month >= first:
        found.append(_month(month))
        month = (month - _DAY).replace(day=1)
    return found


def _month(first: date) -> Period:
    name = Text(f"{first.year}年{first.month}月", f"{first:%Y-%m}")
    return Period(f"{first:%Y-%m}", name, month=first)


def windows_in(period: Period, cohort: Cohort, people: Sequence[Enrolment], today: date) -> Windows:
    """enrolment id → first and last day of the period for each of these; whoever has none is left out.

    At most one query. Nobody has a day before the apprenticeship, after its end, or after today.
    """
    own = {row.pk: (row.starts_on, min(today, (row.ended_on or today + _DAY) - _DAY)) for row in people}
    if period.month is not None:
        last = (period.month + timedelta(days=31)).replace(day=1) - _DAY
        own = {pk: (max(first, period.month), min(until, last)) for pk, (first, until) in own.items()}
    if period.stage is not None:
        own = stage_windows(cohort.pk, period.stage.pk, today, list(own))
    return {pk: window for pk, window in own.items() if window[0] <= window[1]}
