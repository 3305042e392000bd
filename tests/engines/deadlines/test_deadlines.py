"""Due days against a plain oracle that walks from day to day, and calendars that contradict themselves."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.engines.deadlines import (
    CalendarFaulty,
    CalendarTooShort,
    DayRow,
    Roll,
    Term,
    Unit,
    WorkCalendar,
    calendar,
    due,
    steps_reached,
)

FIRST, LAST, ONE = date(2026, 1, 1), date(2028, 12, 31), timedelta(days=1)
# National Day 2026 in China: seven days off, a Sunday before and a Saturday after worked for them.
NATIONAL_DAY = [DayRow(date(2026, 10, n), False) for n in range(1, 8)]
NATIONAL_DAY += [DayRow(date(2026, 9, 20), True), DayRow(date(2026, 10, 10), True)]


def china() -> WorkCalendar:
    return calendar(FIRST, LAST, NATIONAL_DAY, announced_until=date(2026, 12, 31))


def one(day: date, term: Term, over: WorkCalendar | None = None) -> date:
    return due([day], term, over or china()).days[0].item()


def walked(day: date, term: Term, over: WorkCalendar) -> date:
    """The same, one step at a time."""
    step = 1 if term.count > 0 else -1
    if term.unit is Unit.WORKDAYS:
        left = abs(term.count)
        while left:
            day += step * ONE
            left -= over.works_on(day)
    elif term.unit is Unit.MONTHS:
        year, month = divmod(day.year * 12 + day.month - 1 + term.count, 12)
        day = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    else:
        day += term.count * (7 if term.unit is Unit.WEEKS else 1) * ONE
    while term.roll is not Roll.STAYS and not over.works_on(day):
        day += ONE if term.roll is Roll.NEXT else -ONE
    return day


def test_swapped_workdays_count_and_holidays_do_not() -> None:
    assert one(date(2026, 9, 18), Term(1, Unit.WORKDAYS)) == date(2026, 9, 20)
    assert one(date(2026, 9, 30), Term(1, Unit.WORKDAYS)) == date(2026, 10, 8)
    assert one(date(2026, 9, 30), Term(3, Unit.WORKDAYS)) == date(2026, 10, 10)
    assert one(date(2026, 10, 8), Term(-1, Unit.WORKDAYS)) == date(2026, 9, 30)


def test_the_first_day_is_not_counted() -> None:
    assert one(date(2026, 11, 27), Term(1, Unit.WORKDAYS)) == date(2026, 11, 30)
    assert one(date(2026, 11, 28), Term(1, Unit.WORKDAYS)) == date(2026, 11, 30)
    assert one(date(2026, 11, 28), Term(0, Unit.WORKDAYS)) == date(2026, 11, 28)


def test_a_month_later_is_the_last_day_where_there_is_no_such_day() -> None:
    assert one(date(2027, 1, 31), Term(1, Unit.MONTHS)) == date(2027, 2, 28)
    assert one(date(2028, 1, 31), Term(1, Unit.MONTHS)) == date(2028, 2, 29)


def test_a_day_that_nobody_works_on_rolls_either_way() -> None:
    assert one(date(2026, 10, 1), Term(2, Unit.DAYS, Roll.NEXT)) == date(2026, 10, 8)
    assert one(date(2026, 10, 1), Term(2, Unit.DAYS, Roll.BEFORE)) == date(2026, 9, 30)
    assert one(date(2026, 10, 1), Term(2, Unit.DAYS)) == date(2026, 10, 3)


def test_what_is_not_announced_yet_is_said_to_be_assumed() -> None:
    found = due([date(2026, 12, 1), date(2026, 12, 30)], Term(5, Unit.WORKDAYS), china())
    assert found.assumed.tolist() == [False, True]
    plain = due([date(2026, 12, 30)], Term(5, Unit.DAYS), china())
    assert plain.assumed.tolist() == [False]


def test_rows_that_contradict_each_other_are_named() -> None:
    rows = [
        DayRow(date(2026, 10, 1), False),
        DayRow(date(2026, 10, 1), True),
        DayRow(date(2026, 11, 30), True),
    ]
    rows.append(DayRow(date(2031, 1, 1), False))
    with pytest.raises(CalendarFaulty) as caught:
        calendar(FIRST, LAST, rows, announced_until=LAST)
    assert [(fault.code, fault.on) for fault in caught.value.faults] == [
        ("twice", date(2026, 10, 1)),
        ("works_already", date(2026, 11, 30)),
        ("outside", date(2031, 1, 1)),
    ]


@pytest.mark.parametrize(
    "term", [Term(900, Unit.WORKDAYS), Term(-5, Unit.WORKDAYS), Term(4000, roll=Roll.NEXT)]
)
def test_a_term_out_of_the_calendar_is_refused_not_guessed(term: Term) -> None:
    with pytest.raises(CalendarTooShort):
        due([FIRST], term, china())


def test_nothing_asked_is_nothing_answered() -> None:
    assert due([], Term(3, Unit.WORKDAYS), china()).days.tolist() == []


def test_what_is_due_today_is_not_late_today() -> None:
    days = np.array(
        [date(2026, 11, 20), date(2026, 11, 27), date(2026, 11, 28), date(2026, 12, 1)], "datetime64[D]"
    )
    terms = [Term(-3), Term(0), Term(5, Unit.WORKDAYS)]
    assert steps_reached(days, terms, date(2026, 11, 28), china()).tolist() == [3, 2, 1, 1]


@given(
    st.integers(150, 700),
    st.integers(-90, 200),
    st.sampled_from(list(Unit)),
    st.sampled_from(list(Roll)),
    st.sets(st.integers(0, 1000), max_size=60),
)
def test_columns_answer_as_walking_does(
    start: int, count: int, unit: Unit, roll: Roll, changed: set[int]
) -> None:
    rows = []
    for n in changed:
        day = FIRST + n * ONE
        rows.append(DayRow(day, day.weekday() > 4))
    over = calendar(FIRST, LAST + 1500 * ONE, rows, announced_until=LAST)
    if unit in {Unit.WEEKS, Unit.MONTHS}:
        count //= 8
    if unit is Unit.MONTHS:
        count = max(count, -3)
    if unit is Unit.WORKDAYS:
        count = max(count, -60)
    day, term = FIRST + start * ONE, Term(count, unit, roll)
    assert one(day, term, over) == walked(day, term, over)
