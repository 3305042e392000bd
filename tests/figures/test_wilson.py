"""Wilson's interval against the published examples of Newcombe (1998), table I."""

from __future__ import annotations

import numpy as np
import pytest

from craftpath.figures.wilson import wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_published_examples(successes: int, n: int, low: float, high: float) -> None:
    found = wilson(np.array([successes]), np.array([n]))
    assert found[0][0] == pytest.approx(low, abs=5e-5)
    assert found[1][0] == pytest.approx(high, abs=5e-5)


def test_all_and_none_mirror_each_other_and_stay_inside() -> None:
    low, high = wilson(np.array([0, 7, 7]), np.array([7, 7, 0]))
    assert low[0] == 0
    assert high[1] == 1
    assert high[0] == pytest.approx(1 - low[1])
    assert np.isnan(low[2])
    assert np.isnan(high[2])
