"""Clear rules: steps, the unknown, and monotone in their figure."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.engines.forewarning import Faulty, Rule, judge

SILENT = Rule("silent", "weeks", ((2, 20), (4, 40)))
ABSENT = Rule("absent", "there", ((80, 20), (60, 40)), below=True, needs=(("sessions", 4),))


def test_by_hand() -> None:
    columns = {
        "weeks": np.array([0, 1.9, 2, 4, np.nan]),
        "there": np.array([100, 80, 79, 59, 0.0]),
        "sessions": np.array([9, 9, 9, 4, 3.0]),
    }
    found = judge([SILENT, ABSENT], columns, 5)
    assert found.points.tolist() == [[0, 0], [0, 0], [20, 20], [40, 40], [0, 0]]
    assert found.weight.tolist() == [0, 0, 40, 80, 0]
    assert found.heaviest.tolist() == [-1, -1, 0, 0, -1]


def test_what_nobody_brought_is_not_known() -> None:
    found = judge([SILENT, ABSENT], {"there": np.array([10.0])}, 1)
    assert found.points.tolist() == [[0, 0]]  # and without the count of sessions absence says nothing
    assert np.isnan(found.values[0, 0])


def test_nobody_and_no_rule() -> None:
    assert judge([SILENT], {"weeks": np.empty(0)}, 0).weight.tolist() == []
    assert judge([], {}, 2).heaviest.tolist() == [-1, -1]


@pytest.mark.parametrize(
    ("steps", "below"),
    [
        ((), False),
        (((4, 40), (2, 50)), False),
        (((2, 20), (4, 20)), False),
        (((2, 20), (4, 40)), True),
        (((2, 0),), False),
    ],
)
def test_a_rule_that_is_none(steps: tuple[tuple[float, int], ...], below: bool) -> None:
    with pytest.raises(Faulty):
        Rule("x", "x", steps, below)


@given(st.lists(st.floats(0, 100), min_size=2, max_size=30))
def test_more_of_it_never_gives_fewer_points(given_weeks: list[float]) -> None:
    weeks = np.sort(np.array(given_weeks))
    points = judge([SILENT], {"weeks": weeks}, len(weeks)).points[:, 0]
    assert (np.diff(points) >= 0).all()
    there = judge([ABSENT], {"there": weeks, "sessions": np.full(len(weeks), 9.0)}, len(weeks)).points[:, 0]
    assert (np.diff(there) <= 0).all()
