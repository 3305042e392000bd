"""Patterns: nobody is in two places, every step is done once, and no department is overfilled without a word."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.domain.training.clashes import Bounds, Limits, Planned, clashes
from craftpath.domain.training.patterns import Rooms, Seat, Step, expand, length, timeline

MONDAY = date(2026, 9, 21)
STEPS = st.lists(
    st.builds(Step, st.sampled_from("abcdef"), st.integers(1, 6), st.booleans()), min_size=1, max_size=8
)


@given(STEPS, st.data())
def test_a_timeline_does_every_step_whole_and_leaves_no_week_out(
    steps: list[Step], data: st.DataObject
) -> None:
    turning = sum(not step.together for step in steps)
    way = timeline(steps, data.draw(st.integers(0, max(0, turning - 1))))
    weeks = [week for _, first, many in way for week in range(first, first + many)]
    assert weeks == list(range(length(steps)))
    asked: dict[str, int] = defaultdict(int)
    done: dict[str, int] = defaultdict(int)
    for step in steps:
        asked[step.unit] += step.weeks
    for unit, _, many in way:
        done[unit] += many
    assert done == asked


@given(STEPS, st.data())
def test_what_is_done_together_is_done_together(steps: list[Step], data: st.DataObject) -> None:
    at, common = 0, []
    for step in steps:
        if step.together:
            common.append((step.unit, at, step.weeks))
        at += step.weeks
    turning = sum(not step.together for step in steps)
    assert set(common) <= set(timeline(steps, data.draw(st.integers(0, max(0, turning - 1)))))


@settings(deadline=None)
@given(
    STEPS,
    st.lists(st.integers(1, 2), min_size=1, max_size=14),
    st.dictionaries(st.tuples(st.integers(1, 2), st.sampled_from("abcdef")), st.integers(10, 13)),
    st.dictionaries(st.integers(10, 13), st.integers(1, 4)),
)
def test_nobody_overlaps_and_every_overfilled_day_is_reported(
    steps: list[Step],
    hosts: list[int],
    department: dict[tuple[int, str], int],
    capacity: dict[int, int],
) -> None:
    seats = [Seat(who, host) for who, host in enumerate(hosts)]
    drafts = expand(steps, seats, MONDAY, Rooms(department, capacity, {}))
    stays = [
        Planned(
            name=str(n),
            enrolment_id=draft.enrolment_id,
            unit=draft.unit,
            starts_on=draft.starts_on,
            ends_on=draft.ends_on,
            department_id=department.get((hosts[draft.enrolment_id], draft.unit)),
        )
        for n, draft in enumerate(drafts)
    ]
    places: dict[tuple[int, date], set[int]] = defaultdict(set)
    days: dict[int, list[date]] = defaultdict(list)
    for stay in stays:
        for day in range((stay.ends_on - stay.starts_on).days + 1):
            on = stay.starts_on + timedelta(days=day)
            days[stay.enrolment_id].append(on)
            if stay.department_id is not None:
                places[stay.department_id, on].add(stay.enrolment_id)
    assert all(len(own) == len(set(own)) == 7 * length(steps) for own in days.values())
    found = clashes(stays, Limits({seat.enrolment_id: Bounds(MONDAY) for seat in seats}, capacity))
    said = {
        (clash.facts["department"], clash.first + timedelta(days=n))
        for clash in found
        for n in range((clash.last - clash.first).days + 1)
    }
    assert {clash.reason for clash in found} <= {"training.clash_full"}
    over = {place for place, people in places.items() if len(people) > capacity.get(place[0], 99)}
    assert said == over
    for clash in found:
        reached = [
            len(people)
            for (where, on), people in places.items()
            if where == clash.facts["department"] and clash.first <= on <= clash.last
        ]
        assert max(reached) == clash.facts["people"]


def test_three_departments_for_six_people_are_never_overfilled_by_equal_steps() -> None:
    steps = [Step(unit, 4) for unit in "abc"]
    rooms = Rooms({(1, unit): n for n, unit in enumerate("abc")}, {0: 2, 1: 2, 2: 2}, {})
    drafts = expand(steps, [Seat(n, 1) for n in range(6)], MONDAY, rooms)
    held: dict[tuple[str, date], int] = defaultdict(int)
    for draft in drafts:
        held[draft.unit, draft.starts_on] += 1
    assert set(held.values()) == {2}


def test_whoever_comes_later_begins_where_there_is_room() -> None:
    steps = [Step("a", 2), Step("b", 2)]
    taken = {(0, 0): 1, (0, 1): 1}  # department 0 is full in the first two weeks
    [first, second] = expand(
        steps, [Seat(1, 1)], MONDAY, Rooms({(1, "a"): 0, (1, "b"): 1}, {0: 1, 1: 1}, taken)
    )
    assert (first.unit, second.unit) == ("b", "a")
    assert (first.ends_on, second.starts_on) == (date(2026, 10, 4), date(2026, 10, 5))
