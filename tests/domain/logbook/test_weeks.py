"""Weeks of a log: which are in time, which were missed, and how far anything is known."""

from __future__ import annotations

from datetime import date, timedelta

from craftpath.domain.logbook.weeks import in_time, standing, weeks_at_work

MONDAY = date(2026, 3, 2)
WEEKS = [MONDAY + timedelta(weeks=n) for n in range(6)]
WEEKDAYS = lambda day: day.weekday() < 5  # noqa: E731


def states(confirmed: dict[int, bool], today: date) -> list[str]:
    known = {WEEKS[n]: timely for n, timely in confirmed.items()}
    return [week.state for week in standing(WEEKS, known, within_days=7, today=today)]


def test_a_week_without_a_confirmed_entry_was_missed_only_before_the_last_confirmed_one() -> None:
    long_after = WEEKS[-1] + timedelta(days=60)
    assert states({0: True, 3: False}, long_after) == [
        "on_time",
        "missed",
        "missed",
        "late",
        "unanswered",
        "unanswered",
    ]
    assert states({}, long_after) == ["unanswered"] * 6


def test_a_week_is_not_judged_before_its_days_are_over() -> None:
    fourth_over = WEEKS[3] + timedelta(days=14)  # the Monday after the week in which it could be handed in
    assert states({0: True}, fourth_over)[3:] == ["unanswered", "not_due", "not_due"]
    assert states({0: True}, fourth_over - timedelta(days=1))[3:] == ["not_due", "not_due", "not_due"]


def test_an_entry_is_in_time_by_its_own_day() -> None:
    wednesday = MONDAY + timedelta(days=2)
    assert in_time(wednesday, MONDAY + timedelta(days=13), 7)
    assert not in_time(wednesday, MONDAY + timedelta(days=14), 7)
    assert in_time(wednesday, wednesday - timedelta(days=1), 7)  # a device in another time zone
    assert not in_time(wednesday, MONDAY, 7)  # handed in for another day, and moved to this one


def test_weeks_away_with_leave_are_no_weeks_at_work() -> None:
    window = (MONDAY + timedelta(days=2), MONDAY + timedelta(days=30))
    leave = (WEEKS[1], WEEKS[1] + timedelta(days=4))
    part = (WEEKS[2], WEEKS[2] + timedelta(days=3))
    assert weeks_at_work(window, [leave, part], WEEKDAYS) == [WEEKS[0], WEEKS[2], WEEKS[3], WEEKS[4]]
    saturday = (MONDAY + timedelta(days=5), MONDAY + timedelta(days=6))
    assert weeks_at_work(saturday, [], WEEKDAYS) == []
