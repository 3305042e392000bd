"""What was confirmed of a cohort's logs, as counts: weeks, and the outcomes of talks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from craftpath.domain.agreements.away import away_with_leave
from craftpath.domain.logbook.models import Entry, Talk
from craftpath.domain.logbook.talks import next_month
from craftpath.domain.logbook.weeks import (
    LATE,
    NOT_DUE,
    ON_TIME,
    Span,
    Week,
    in_time,
    monday_of,
    standing,
    weeks_at_work,
)
from craftpath.kernel.workdays import calendar_for, works_on

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort

LISTED = 500  # ids named in a statement; of more the whole cohort is read
AT_ONCE = 10_000

Windows = Mapping[int, Span]
"""enrolment id → the first and the last day that count."""


def weeks_of(cohort: Cohort, windows: Windows, *, within_days: int, today: date) -> dict[int, list[Week]]:
    """enrolment id → each week at work and how it stands; four queries however many."""
    if not windows:
        return {}
    few = list(windows) if len(windows) <= LISTED else None
    first = min(window[0] for window in windows.values())
    last = max(window[1] for window in windows.values())
    away = away_with_leave(cohort.pk, first, last, few)
    works = cache(partial(works_on, calendar_for(cohort.organisation, today)))
    usual = cache(lambda window: weeks_at_work(window, (), works))
    confirmed = _confirmed_weeks(cohort, windows, few, within_days)
    return {
        who: standing(
            weeks_at_work(window, away[who], works) if who in away else usual(window),
            confirmed.get(who, {}),
            within_days=within_days,
            today=today,
        )
        for who, window in windows.items()
    }


def week_counts(
    cohort: Cohort, windows: Windows, *, within_days: int, today: date
) -> dict[int, dict[str, int]]:
    """enrolment id → how a week stands → how many; four queries however many."""
    found: dict[int, dict[str, int]] = {}
    for who, weeks in weeks_of(cohort, windows, within_days=within_days, today=today).items():
        counts: dict[str, int] = defaultdict(int)
        for week in weeks:
            counts[week.state] += 1
        found[who] = dict(counts)
    return found


def weeks_confirmed(cohort: Cohort, windows: Windows, today: date) -> dict[int, tuple[int, int]]:
    """enrolment id → how many weeks are confirmed, soon or late, and of how many; four queries however many.

    A week that is not over counts once it is confirmed.
    """
    counted = week_counts(cohort, windows, within_days=0, today=today)
    return {
        who: (own.get(ON_TIME, 0) + own.get(LATE, 0), sum(own.values()) - own.get(NOT_DUE, 0))
        for who, own in counted.items()
    }


def _confirmed_weeks(
    cohort: Cohort, windows: Windows, few: list[int] | None, within_days: int
) -> dict[int, dict[date, bool]]:
    """enrolment id → Monday of a confirmed week → whether it was in time. Nothing unconfirmed is read; one query."""
    zone = ZoneInfo(cohort.organisation.time_zone)
    rows = Entry._base_manager.filter(state="confirmed").order_by()
    rows = rows.filter(enrolment__cohort=cohort.pk) if few is None else rows.filter(enrolment__in=few)
    found: dict[int, dict[date, bool]] = defaultdict(dict)
    told = rows.values_list("enrolment_id", "on", "first_submitted_at")
    for who, on, handed_in in told.iterator(chunk_size=AT_ONCE):
        window = windows.get(who)
        if window is None or not window[0] <= on <= window[1]:
            continue
        monday, weeks = monday_of(on), found[who]
        weeks[monday] = weeks.get(monday, False) or _was_in_time(on, handed_in, zone, within_days)
    return found


def _was_in_time(on: date, handed_in: datetime | None, zone: ZoneInfo, within_days: int) -> bool:
    return handed_in is not None and in_time(on, handed_in.astimezone(zone).date(), within_days)


def last_day(month: date) -> date:
    """The last day of a month."""
    return next_month(month) - timedelta(days=1)


def talk_counts(cohort: Cohort, windows: Windows) -> dict[int, dict[str, int]]:
    """enrolment id → outcome of a talk → how many, about months that ended in these days; one query however many.

    The month is asked and not the entry's day, which its writer may still move while nobody has confirmed it.
    """
    rows = Talk._base_manager.order_by()
    rows = (
        rows.filter(enrolment__in=list(windows))
        if len(windows) <= LISTED
        else rows.filter(enrolment__cohort=cohort.pk)
    )
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for who, month, outcome in rows.values_list("enrolment_id", "month", "outcome"):
        window = windows.get(who)
        if window is not None and window[0] <= last_day(month) <= window[1]:
            found[who][outcome] += 1
    return {who: dict(counts) for who, counts in found.items()}


def written_by(entries: Collection[str]) -> set[int]:
    """The enrolments of these entries (public ids); one query."""
    rows = Entry._base_manager.filter(public_id__in=list(entries))
    return set(rows.values_list("enrolment_id", flat=True))


def entries_by_week(enrolment_id: int, window: Span) -> dict[date, list[Entry]]:
    """Monday → one apprentice's entries of its week by day, as far as the reader sees them; one query."""
    rows = Entry.objects.filter(enrolment=enrolment_id, on__gte=window[0], on__lte=window[1])
    found: dict[date, list[Entry]] = defaultdict(list)
    for row in rows.only("public_id", "on", "state").order_by("on", "pk"):
        found[monday_of(row.on)].append(row)
    return found


def talks_of(enrolment_id: int, window: Span) -> list[Talk]:
    """One apprentice's talks as `talk_counts` counts them, the newest first; one query."""
    rows = Talk.objects.filter(enrolment=enrolment_id).select_related("entry", "held_by").order_by("-month")
    return [row for row in rows if window[0] <= last_day(row.month) <= window[1]]
