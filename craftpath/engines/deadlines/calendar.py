"""A calendar out of rows, or the rows that cannot be."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

import numpy as np

from craftpath.engines.deadlines.types import CalendarFaulty, DayRow, Fault, WorkCalendar

_MONDAY = 4  # 1970-01-01, from which days are counted, was a Thursday
WEEKEND = (5, 6)  # as `date.weekday` counts


def calendar(
    first: date,
    last: date,
    rows: Iterable[DayRow] = (),
    *,
    announced_until: date,
    weekend: Collection[int] = WEEKEND,
) -> WorkCalendar:
    """The days from `first` to `last`, both counted; CalendarFaulty names every row that cannot be.

    A day stands once at most; only a day of the weekend can be worked in place of another one.
    """
    start = np.datetime64(first, "D")
    count = (last - first).days + 1
    weekdays = (np.arange(count) + start.astype(np.int64) + 7 - _MONDAY) % 7
    works = ~np.isin(weekdays, list(weekend))
    faults, seen = [], set[date]()
    for row in rows:
        place = (row.on - first).days
        if row.on in seen:
            faults.append(Fault("twice", row.on))
        elif not 0 <= place < count:
            faults.append(Fault("outside", row.on))
        elif row.works and works[place]:
            faults.append(Fault("works_already", row.on))
        else:
            works[place] = row.works
        seen.add(row.on)
    if faults:
        raise CalendarFaulty(tuple(sorted(faults, key=lambda fault: (fault.on, fault.code))))
    before = np.concatenate([[0], np.cumsum(works)[:-1]]).astype(np.int64)
    order = np.flatnonzero(works).astype(np.int64)
    return WorkCalendar(start, works, np.datetime64(announced_until, "D"), order, before)
