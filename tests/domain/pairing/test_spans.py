"""Spans of days, against what one would count with fingers."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from craftpath.domain.pairing.rules import circle
from craftpath.domain.pairing.spans import busiest, gaps, merged, period
from craftpath.values.period import Period

FIRST = date(2026, 9, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(30)]
SPANS = st.builds(
    lambda first, days: period(DAYS[first], None if days is None else DAYS[first] + timedelta(days=days)),
    st.integers(0, 29),
    st.one_of(st.none(), st.integers(0, 12)),
)
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
MONTH = Period(FIRST, DAYS[-1] + timedelta(days=1))


@PATIENT
@given(st.lists(st.tuples(SPANS, st.integers(1, 3)), max_size=8))
def test_the_busiest_day_is_the_one_that_counting_finds(weighted: list[tuple[Period, int]]) -> None:
    loads = [sum(weight for span, weight in weighted if day in span) for day in DAYS]
    most, on = busiest(weighted, MONTH)
    assert most == max(loads)
    assert loads[(on - FIRST).days] == most


@PATIENT
@given(st.lists(SPANS, max_size=6))
def test_merged_days_are_the_same_and_leave_a_day_between(spans: list[Period]) -> None:
    found = merged(spans)
    assert all(any(day in one for one in found) == any(day in one for one in spans) for day in DAYS)
    assert all(one.end < other.start for one, other in zip(found, found[1:], strict=False))


@PATIENT
@given(st.lists(SPANS, max_size=6))
def test_gaps_are_the_days_that_no_span_holds(spans: list[Period]) -> None:
    found = gaps(spans, MONTH)
    free = {day for gap in found for day in DAYS if day in gap}
    assert free == {day for day in DAYS if not any(day in span for span in spans)}
    assert all(gap.days for gap in found)


ARROWS = st.sets(st.tuples(st.integers(1, 6), st.integers(1, 6)).filter(lambda a: a[0] != a[1]), max_size=10)


@PATIENT
@given(ARROWS, ARROWS.filter(bool))
def test_a_circle_is_found_if_and_only_if_there_is_one(
    old: set[tuple[int, int]], new: set[tuple[int, int]]
) -> None:
    known: dict[int, set[int]] = {}
    for teacher, learner in old:
        known.setdefault(teacher, set()).add(learner)
    reach = old | new
    while True:
        more = {(a, d) for a, b in reach for c, d in reach if b == c} - reach
        if not more:
            break
        reach |= more
    closes = any((learner, teacher) in reach for teacher, learner in new)
    way = circle(known, sorted(new))
    assert bool(way) == closes
    if way:
        assert way[0] == way[-1]
        assert set(zip(way, way[1:], strict=False)) <= old | new
