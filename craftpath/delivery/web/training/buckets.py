"""Kinds of hours as bars: confirmed, planned by now, and what is asked; and the training years that they count by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.templatetags.say import hours, text
from craftpath.domain.training.coverage import together

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.programmes.models import HourBucket

AN_HOUR = 60
MOST_YEARS = 12


@dataclass(frozen=True, slots=True)
class Years:
    """The training years begun, and the one that is shown; both days included."""

    numbers: list[int]
    chosen: int
    first: date
    last: date


def years_of(enrolment: Enrolment, today: date, asked: str) -> Years:
    """The year that is asked for, if it has begun, else the present one."""
    start = enrolment.starts_on
    end = min(today, enrolment.ended_on or today)
    begun = 1
    while begun < MOST_YEARS and _after(start, begun) <= end:
        begun += 1
    chosen = int(asked) if asked.isascii() and asked.isdecimal() and 1 <= int(asked[:3]) <= begun else begun
    last = _after(start, chosen) - timedelta(days=1)
    return Years(list(range(1, begun + 1)), chosen, _after(start, chosen - 1), last)


def _after(start: date, years: int) -> date:
    try:
        return start.replace(year=start.year + years)
    except ValueError:  # 29 February
        return date(start.year + years, 3, 1)


@dataclass(frozen=True, slots=True)
class Bucket:
    """One bar. Lengths are percent of the longest figure of this bar; `None` where nothing is asked."""

    name: str
    period: str
    done: int
    planned: int
    target: int | None
    cap: int | None
    words: str
    tone: str
    label: str
    done_at: float
    planned_at: float
    target_at: float | None
    cap_at: float | None


def bars(
    buckets: Sequence[HourBucket], sums: Mapping[str, tuple[Mapping[str, int], Mapping[str, int]]]
) -> list[Bucket]:
    """`sums` has, for each period, (confirmed, planned by now) by bucket."""
    found = []
    for one in buckets:
        done, planned = (together(part, buckets)[one.key] for part in sums[one.period])
        target = one.target_minutes if one.target_minutes is not None else one.floor_minutes
        longest = max(done, planned, target or 0, one.cap_minutes or 0, AN_HOUR)
        words, tone = _verdict(one, done, planned, target)
        found.append(
            Bucket(
                name=text(one.name),
                period=_("this training year") if one.period == "year" else _("the whole programme"),
                done=done,
                planned=planned,
                target=target,
                cap=one.cap_minutes,
                words=words,
                tone=tone,
                label=_("%(name)s: %(done)s confirmed, %(planned)s planned by now")
                % {"name": text(one.name), "done": hours(done), "planned": hours(planned)},
                done_at=_percent(done, longest),
                planned_at=_percent(planned, longest),
                target_at=None if target is None else _percent(target, longest),
                cap_at=None if one.cap_minutes is None else _percent(one.cap_minutes, longest),
            )
        )
    return found


def _verdict(bucket: HourBucket, done: int, planned: int, target: int | None) -> tuple[str, str]:
    if bucket.cap_minutes is not None and done > bucket.cap_minutes:
        return _("%(hours)s over the cap") % {"hours": hours(done - bucket.cap_minutes)}, "wrong"
    if target is not None and done >= target:
        return _("reached"), "good"
    if planned - done >= AN_HOUR:
        return _("%(hours)s behind the plan") % {"hours": hours(planned - done)}, "attention"
    return (_("as planned"), "good") if planned else ("", "plain")


def _percent(minutes: int, longest: int) -> float:
    return round(100 * max(0, minutes) / longest, 2)
