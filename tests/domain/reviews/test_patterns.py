"""Placing reviews: nobody is at two places, whoever has one mentor sits together, no room is said."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.domain.reviews.patterns import Busy, Pattern, Place, Seat, place

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 9, 14)
TRAINER = 900


def pattern(**instead: object) -> Pattern:
    values = {
        "first_on": MONDAY, "weekdays": (0, 2), "from_at": time(14), "until_at": time(16), "minutes": 30,
        "every_weeks": 4, "rounds": 2,
    }  # fmt: skip
    return Pattern(**{**values, **instead})  # type: ignore[arg-type]


def seats(*mentors: int | None) -> list[Seat]:
    return [Seat(n, 100 + n, mentor) for n, mentor in enumerate(mentors)]


def placed(with_seats: list[Seat], busy: dict[int, list[Busy]] | None = None, **instead: object):  # type: ignore[no-untyped-def]
    return place(
        pattern(**instead),
        with_seats,
        trainer_id=TRAINER,
        busy=busy or {},
        works=lambda day: day.weekday() < 5,
        zone=ZONE,
    )


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE)


def test_slots_follow_one_another_and_the_next_round_is_weeks_later() -> None:
    found = placed(seats(1, 1))
    assert [(one.round, one.start) for one in found.places] == [
        (0, at(MONDAY, 14)),
        (0, at(MONDAY, 14, 30)),
        (1, at(MONDAY + timedelta(weeks=4), 14)),
        (1, at(MONDAY + timedelta(weeks=4), 14, 30)),
    ]


def test_a_day_that_is_full_goes_on_at_the_next_one() -> None:
    found = placed(seats(*[1] * 5), rounds=1)
    assert found.places[4].start == at(date(2026, 9, 16), 14)


@pytest.mark.parametrize("who", [100, 1, TRAINER])
def test_a_moment_at_which_any_of_the_three_is_busy_is_passed_over_and_said(who: int) -> None:
    hindered = {who: [Busy(at(MONDAY, 14, 10), at(MONDAY, 14, 20), "reviews.away")]}
    found = placed(seats(1), hindered, rounds=1)
    assert found.places[0].start == at(MONDAY, 14, 30)
    assert found.passed_over == {("reviews.away", who): 1}


def test_a_moment_that_ends_when_another_begins_is_free() -> None:
    hindered = {1: [Busy(at(MONDAY, 14, 30), at(MONDAY, 16), "x")]}
    assert placed(seats(1), hindered, rounds=1).places[0].start == at(MONDAY, 14)


def test_whoever_finds_no_room_is_left_out_by_name_and_round() -> None:
    found = placed(seats(*[1] * 3), rounds=1, every_weeks=1, weekdays=(0,), until_at=time(15))
    assert [seat.enrolment_id for _round, seat in found.left_out] == [2]


def test_nobody_is_reviewed_after_the_last_day() -> None:
    leaving = Seat(1, 101, 1, last_on=MONDAY + timedelta(weeks=2))
    found = placed([leaving])
    assert [one.round for one in found.places] == [0]
    assert found.left_out == [(1, leaving)]


@pytest.mark.parametrize(
    "instead",
    [
        {"weekdays": ()},
        {"weekdays": (7,)},
        {"minutes": 0},
        {"minutes": 300},
        {"until_at": time(14, 20)},
        {"rounds": 0},
        {"rounds": 99},
        {"every_weeks": 0},
    ],
)
def test_a_pattern_without_room_is_not_one(instead: dict[str, object]) -> None:
    assert pattern().fits
    assert not pattern(**instead).fits


def _overlap(one: Place, other: Place) -> bool:
    return one.start < other.end and other.start < one.end


@given(
    st.lists(st.sampled_from([None, 1, 2, 3]), min_size=1, max_size=14),
    st.lists(st.tuples(st.sampled_from([1, 2, 100, 101, TRAINER]), st.integers(0, 200)), max_size=8),
)
def test_nobody_is_ever_at_two_places(mentors: list[int | None], hindered: list[tuple[int, int]]) -> None:
    busy: dict[int, list[Busy]] = {}
    for who, n in hindered:
        start = at(MONDAY, 8) + timedelta(minutes=90 * n)
        busy.setdefault(who, []).append(Busy(start, start + timedelta(minutes=100), "x"))
    found = placed(seats(*mentors), busy)
    for n, one in enumerate(found.places):
        people = {one.seat.person_id, one.seat.mentor_id, TRAINER} - {None}
        for who in people:
            assert not any(some.start < one.end and one.start < some.end for some in busy.get(who, ()))
        for other in found.places[n + 1 :]:
            assert not _overlap(one, other)
    assert len(found.places) + len(found.left_out) == 2 * len(mentors)
