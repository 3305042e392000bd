"""The search for a lowest point, on hills that are worse than likelihoods."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.psychometrics.irt.descent import descend


def rosenbrock(at: np.ndarray) -> tuple[float, np.ndarray]:
    x, y = at
    return 100 * (y - x * x) ** 2 + (1 - x) ** 2, np.array(
        [-400 * x * (y - x * x) - 2 * (1 - x), 200 * (y - x * x)]
    )


def test_a_bent_valley_is_followed_to_its_end() -> None:
    found = descend(rosenbrock, np.array([-1.2, 1.0]), np.array([5.0, 5.0]), 1e-9, 200)
    assert found.at == pytest.approx([1, 1], abs=1e-8)
    assert (found.left <= 1e-9, found.steps < 60) == (True, True)


def test_a_bound_in_the_way_is_kept_to() -> None:
    found = descend(rosenbrock, np.array([-0.3, 0.2]), np.array([0.5, 5.0]), 1e-9, 200)
    assert found.at == pytest.approx([0.5, 0.25], abs=1e-7)
    assert found.left <= 1e-9


@settings(deadline=None, max_examples=40)
@given(st.lists(st.floats(0.1, 30), min_size=1, max_size=6), st.data())
def test_bowls_have_a_bottom(curves: list, data: st.DataObject) -> None:
    size = len(curves)
    bottom = np.array(data.draw(st.lists(st.floats(-3, 3), min_size=size, max_size=size)))
    curved, limit = np.array(curves), np.full(size, 2.0)

    def bowl(at: np.ndarray) -> tuple[float, np.ndarray]:
        return float(curved @ (at - bottom) ** 2 / 2), curved * (at - bottom)

    found = descend(bowl, np.zeros(size), limit, 1e-7, 300)
    assert found.at == pytest.approx(np.clip(bottom, -2, 2), abs=1e-5)


def test_where_it_bends_down_it_goes_on_to_the_bound() -> None:
    """A bowl in one direction, a dome in the other: what the steps show of curvature is of no use here."""

    def saddle(at: np.ndarray) -> tuple[float, np.ndarray]:
        return (at[0] - 0.4) ** 2 - 5 * at[1] ** 2, np.array([2 * (at[0] - 0.4), -10 * at[1]])

    found = descend(saddle, np.array([0.0, 0.1]), np.array([0.5, 50.0]), 1e-9, 100)
    assert found.at == pytest.approx([0.4, 50])


def test_steps_are_counted_and_limited() -> None:
    found = descend(rosenbrock, np.array([-1.2, 1.0]), np.array([5.0, 5.0]), 1e-9, 3)
    assert (found.steps, found.evaluations > 3, found.left > 1e-3) == (3, True, True)
    assert descend(rosenbrock, np.ones(2), np.full(2, 5.0), 1e-9, 3).steps == 0


def test_a_slope_that_belongs_to_another_hill_ends_the_search() -> None:
    """Nothing along the way is lower: it stops instead of going on for ever."""
    found = descend(lambda at: (float(at[0] ** 2), -2 * at - 1), np.array([1.0]), np.array([9.0]), 1e-9, 50)
    assert (found.at[0], found.steps, found.left) == (1, 0, 3)
