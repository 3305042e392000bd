"""Clashes: each kind on the days on which it is, and on no other."""

from __future__ import annotations

from datetime import date

from craftpath.domain.training.clashes import Bounds, Limits, Planned, birthday, clashes


def d(day: int, month: int = 9) -> date:
    return date(2026, month, day)


def stay(name: str, who: int, first: date, last: date, **more: object) -> Planned:
    return Planned(name, who, name, first, last, **more)  # type: ignore[arg-type]


def found(*stays: Planned, last: date | None = None, **limits: object) -> list[tuple[str, str, date, date]]:
    bounds = {one.enrolment_id: Bounds(d(1), last) for one in stays}
    made = clashes(stays, Limits(bounds, limits.pop("capacity", {}), **limits))  # type: ignore[arg-type]
    return [(one.reason, one.level, one.first, one.last) for one in made]


def test_two_stays_that_share_a_day_clash_and_neighbours_do_not() -> None:
    assert found(stay("a", 1, d(1), d(7)), stay("b", 1, d(8), d(14))) == []
    assert found(stay("a", 1, d(1), d(7)), stay("b", 1, d(7), d(14))) == [
        ("training.clash_overlap", "block", d(7), d(7))
    ]
    assert found(stay("a", 1, d(1), d(7)), stay("b", 2, d(7), d(14))) == []


def test_a_long_stay_clashes_with_each_one_inside_it() -> None:
    made = found(stay("a", 1, d(1), d(28)), stay("b", 1, d(3), d(4)), stay("c", 1, d(10), d(12)))
    assert [(first, last) for _, _, first, last in made] == [(d(3), d(4)), (d(10), d(12))]


def test_a_block_at_the_college_is_a_place_too() -> None:
    made = found(stay("a", 1, d(1), d(7)), stay("b", 1, d(5), d(9), kind="college"))
    assert [row[0] for row in made] == ["training.clash_block"]


def test_nobody_is_sent_before_the_first_or_after_the_last_day() -> None:
    made = found(stay("a", 1, date(2026, 8, 30), d(7)), stay("b", 1, d(20), d(30)), last=d(25))
    assert made == [
        ("training.clash_before", "block", date(2026, 8, 30), date(2026, 8, 31)),
        ("training.clash_after", "block", d(26), d(30)),
    ]


def test_a_minor_is_not_sent_to_hazardous_work_until_the_birthday() -> None:
    work = stay("a", 1, d(1), d(14), hazardous=True)
    assert found(work, born={1: date(2008, 9, 10)}) == [("training.clash_minor", "block", d(1), d(9))]
    assert found(work, born={1: date(2008, 9, 1)}) == []
    assert found(work, born={}) == []
    assert found(stay("b", 1, d(1), d(14)), born={1: date(2010, 1, 1)}) == []
    assert birthday(date(2008, 2, 29), 18) == date(2026, 3, 1)


def test_a_department_counts_people_and_joins_days() -> None:
    rows = [stay(str(n), n, d(n), d(20), department_id=5) for n in range(1, 5)]
    assert found(*rows, capacity={5: 2}) == [("training.clash_full", "warn", d(3), d(20))]
    assert found(*rows, capacity={5: 4}) == []
    assert found(*rows, capacity={}) == []


def test_a_mentor_is_warned_at_nine_tenths_and_over_the_limit() -> None:
    rows = [stay(str(n), n, d(1), d(7), responsible_id=9) for n in range(10)]
    assert found(*rows[:8], mentor_most=10) == []
    assert found(*rows[:9], mentor_most=10) == [("training.clash_mentor_near", "info", d(1), d(7))]
    assert found(*rows, mentor_most=10) == [("training.clash_mentor_near", "info", d(1), d(7))]
    assert found(*rows, mentor_most=9) == [("training.clash_mentor", "warn", d(1), d(7))]
