"""What is promised, and how long it usually takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from craftpath.domain.questions.models import Promise, Question
from craftpath.engines.deadlines import CalendarTooShort, Term, Unit, due
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import STEP
from craftpath.kernel.workdays import calendar_for, workdays_between

DEFAULT = 2
FEWEST = 5
COUNTED = 20


@dataclass(frozen=True, slots=True)
class Pace:
    """Within how many workdays answers are promised, and within how many they usually come (None: too few to say)."""

    promised: int
    usual: int | None


def promised(organisation: Organisation) -> int:
    """The workdays that the nearest organisation above promises, else the house's own; one query."""
    paths = [organisation.path[:end] for end in range(STEP, len(organisation.path) + 1, STEP)]
    row = Promise.objects.filter(organisation__path__in=paths).order_by("-organisation__depth").first()
    return row.workdays if row else DEFAULT


def due_after(organisation: Organisation, workdays: int, at: datetime) -> date:
    """So many workdays after today, by the organisation's calendar."""
    today = at.astimezone(ZoneInfo(organisation.time_zone)).date()
    try:
        answer = due([today], Term(workdays, Unit.WORKDAYS), calendar_for(organisation, today))
    except CalendarTooShort:
        return today + timedelta(days=workdays)
    found: date = answer.days[0].astype(date)
    return found


def pace(organisation: Organisation, today: date) -> Pace:
    """The promise beside the median of the last answered ones, counted in workdays; three queries."""
    rows = Question._base_manager.filter(organisation=organisation, answered_at__isnull=False)
    spans = list(rows.order_by("-asked_at").values_list("asked_at", "answered_at")[:COUNTED])
    if len(spans) < FEWEST:
        return Pace(promised(organisation), None)
    zone, over = ZoneInfo(organisation.time_zone), calendar_for(organisation, today)
    took = [
        max(0, workdays_between(over, first.astimezone(zone).date(), last.astimezone(zone).date()) - 1)
        for first, last in spans
        if last is not None
    ]
    return Pace(promised(organisation), round(median(took)))
