"""Laying: nothing is lost, no limit is passed, as much as possible fits, and the same input gives the same plan."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.teaching import STEP, lay, split

WEIGHTS = st.lists(st.integers(0, 9), min_size=1, max_size=6)


@given(st.integers(0, 100_000), WEIGHTS)
def test_parts_come_to_the_whole(whole: int, weights: list[int]) -> None:
    parts = split(whole, weights)
    assert sum(parts) == (whole if sum(weights) else 0)
    assert all(abs(part * sum(weights) - whole * weight) < sum(weights) or not sum(weights)
               for part, weight in zip(parts, weights, strict=True))  # fmt: skip


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[int], list[int], list[list[int]], list[int]]:
    people, weeks = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    return (
        [draw(st.integers(0, 400)) for _ in range(people)],
        [draw(st.integers(0, 3)) for _ in range(weeks)],
        [[draw(st.integers(0, 200)) for _ in range(weeks)] for _ in range(people)],
        [draw(st.integers(0, 300)) for _ in range(weeks)],
    )


@settings(max_examples=60, deadline=None)
@given(problems())
def test_no_limit_is_passed_and_nothing_is_lost(
    problem: tuple[list[int], list[int], list[list[int]], list[int]],
) -> None:
    minutes, weights, room, most = problem
    laid = lay(*problem)
    for member, row in enumerate(laid.minutes):
        assert sum(row) + laid.left[member] == minutes[member]
        assert all(0 <= cell <= room[member][week] for week, cell in enumerate(row))
        assert all(cell == 0 for week, cell in enumerate(row) if not weights[week])
    assert all(sum(row[week] for row in laid.minutes) <= most[week] for week in range(len(weights)))
    assert lay(*problem) == laid


def most_steps(minutes: list[int], weights: list[int], room: list[list[int]], most: list[int]) -> int:
    """The most steps that can be laid, by the cut theorem over all sets of members and weeks."""
    members, weeks = range(len(minutes)), range(len(weights))
    best = None
    for side in product((0, 1), repeat=len(minutes) + len(weights)):
        m, w = side[: len(minutes)], side[len(minutes) :]
        cut = sum(minutes[i] // STEP for i in members if not m[i]) + sum(
            most[j] // STEP for j in weeks if w[j]
        )
        cut += sum(
            room[i][j] // STEP if weights[j] else 0 for i in members for j in weeks if m[i] and not w[j]
        )
        best = cut if best is None else min(best, cut)
    return best or 0


@settings(max_examples=60, deadline=None)
@given(problems())
def test_as_many_steps_are_laid_as_fit(
    problem: tuple[list[int], list[int], list[list[int]], list[int]],
) -> None:
    laid = lay(*problem)
    assert sum(cell // STEP for row in laid.minutes for cell in row) >= most_steps(*problem)


def test_an_even_spread_stays_even() -> None:
    assert lay([240, 120], [1, 1, 1, 1], [[600] * 4] * 2, [900] * 4).minutes == ((60,) * 4, (30,) * 4)


def test_a_week_that_is_closed_to_one_moves_earlier_first() -> None:
    laid = lay([240], [1, 1, 1, 1], [[600, 600, 0, 600]], [900] * 4)
    assert laid.minutes == ((120, 60, 0, 60),)


def test_whoever_can_only_come_early_is_not_crowded_out() -> None:
    laid = lay([120, 120], [1, 1], [[120, 0], [120, 120]], [120, 120])
    assert laid.minutes == ((120, 0), (0, 120))
    assert laid.left == (0, 0)


def test_a_rest_below_a_step_finds_a_week() -> None:
    laid = lay([100], [1, 1, 1], [[600] * 3], [600] * 3)
    assert laid.left == (0,)
    assert laid.minutes == ((40, 30, 30),)


@pytest.mark.parametrize(
    "wrong",
    [([1], [1], [], [1]), ([1], [1], [[1, 1]], [1]), ([-1], [1], [[1]], [1]), ([1], [1], [[-1]], [1])],
)
def test_what_has_no_shape_is_refused(wrong: tuple[list[int], list[int], list[list[int]], list[int]]) -> None:
    with pytest.raises(ValueError, match="member|negative"):
        lay(*wrong)
